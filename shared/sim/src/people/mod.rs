//! People act: what they type, press and send is delivered, signed, and the answer is applied.
//!
//! The functions on [`Sim`] act by ids, as a page does. [`Person`] acts by labels, as tests do.

pub(crate) mod answer;
mod check;
mod deliver;
mod label;
mod payload;
mod why;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use discord::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use serde_json::{Value, json};

use crate::Sim;
use crate::state::{Modal, Opened, Progress, RegisteredCommand};

pub use answer::{Failure, Seen};
pub use label::{Form, Person};

pub(crate) use deliver::FIRST_ANSWER;
use deliver::Outgoing;
use why::Why;

/// A command as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    /// Whose command, when two applications have one of that name.
    pub application: Option<ApplicationId>,
    /// Command, then group and sub-command: `["hub", "fiche"]`. Default names, or those of the person's language.
    pub path: Vec<String>,
    /// What was typed, by option name.
    pub options: Vec<(String, TypedValue)>,
    /// The person or message of a menu command.
    pub target: Option<u64>,
}

/// What was typed for one option.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedValue {
    /// Text as typed, for any kind of option: numbers are read, `@name` and `#name` are looked up, a choice is
    /// found by its name or its value.
    Text(String),
    /// A person, role, channel or anything else by its id.
    Id(u64),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A file.
    File(Upload),
}

impl From<&str> for TypedValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A file that somebody sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Name with its ending.
    pub filename: String,
    /// Media type.
    pub content_type: Option<String>,
    /// What is in it.
    pub bytes: Bytes,
}

/// What was filled in one field of a form, by the field's `custom_id`.
#[derive(Debug, Clone, PartialEq)]
pub enum Filled {
    /// Text, or the value of a radio button.
    Text(String),
    /// Values of a select or checkbox group.
    Values(Vec<String>),
    /// A checkbox.
    Checked(bool),
    /// Files.
    Files(Vec<Upload>),
}

/// One suggestion under a half-typed option.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What is shown.
    pub name: String,
    /// What is sent when it is chosen.
    pub value: Value,
}

impl Sim {
    /// A person sends a slash or menu command.
    pub async fn run_command(&self, person: UserId, channel: ChannelId, typed: &Typed) -> Seen {
        match self.prepare_command(person, channel, typed, None) {
            Ok(outgoing) => self.deliver(outgoing).await,
            Err(why) => Seen::Refused(why),
        }
    }

    /// A person is typing a command; `focused` is the option the cursor is in.
    ///
    /// # Errors
    /// With what the person would see instead of suggestions.
    pub async fn autocomplete(
        &self,
        person: UserId,
        channel: ChannelId,
        typed: &Typed,
        focused: &str,
    ) -> Result<Vec<Suggestion>, String> {
        let outgoing = self.prepare_command(person, channel, typed, Some(focused))?;
        match self.deliver(outgoing).await {
            Seen::Suggestions(list) => Ok(list),
            Seen::Failed(failure) => Err(failure.to_string()),
            other => Err(format!("{other:?}")),
        }
    }

    /// A person presses a button, or chooses `values` in a select.
    pub async fn press(
        &self,
        person: UserId,
        channel: ChannelId,
        message: MessageId,
        custom_id: &str,
        values: &[String],
    ) -> Seen {
        match self.prepare_press(person, channel, message, custom_id, values) {
            Ok(outgoing) => self.deliver(outgoing).await,
            Err(why) => Seen::Refused(why),
        }
    }

    /// A person sends a form. It stays on the screen when the answer does not come.
    pub async fn submit(
        &self,
        person: UserId,
        modal: InteractionId,
        fields: &BTreeMap<String, Filled>,
    ) -> Seen {
        match self.prepare_submit(person, modal, fields) {
            Ok(outgoing) => {
                let seen = self.deliver(outgoing).await;
                if !matches!(seen, Seen::Failed(_)) {
                    self.close(person, modal);
                }
                seen
            }
            Err(why) => Seen::Refused(why),
        }
    }

    /// A person closes a form without sending it. Nothing is told to anybody.
    pub fn close(&self, person: UserId, modal: InteractionId) {
        self.act(|act| {
            if act.world.modals.get(&modal).is_some_and(|open| open.user == person) {
                act.world.modals.remove(&modal);
            }
        });
    }

    /// A person removes what they alone see. Nothing is told to anybody.
    pub fn dismiss(&self, person: UserId, channel: ChannelId, message: MessageId) {
        self.act(|act| {
            if act.world.message(channel, message).is_some_and(|message| message.only_for == Some(person)) {
                act.delete_message(channel, message);
            }
        });
    }

    /// What is delivered, or why nothing is, in the person's language.
    fn prepare(
        &self,
        person: UserId,
        build: impl FnOnce(&mut crate::act::Act<'_>) -> Result<Outgoing, Why>,
    ) -> Result<Outgoing, String> {
        self.act(|act| {
            let locale = act.world.users.get(&person).map(|user| user.locale.clone()).unwrap_or_default();
            build(act).map_err(|why| why.said(&locale))
        })
    }

    fn prepare_command(
        &self,
        person: UserId,
        channel: ChannelId,
        typed: &Typed,
        focused: Option<&str>,
    ) -> Result<Outgoing, String> {
        self.prepare(person, |act| {
            let guild = check::may_type(act, person, channel)?;
            let (application, command) = check::find_command(act, person, guild, typed)?;
            let (options, resolved) =
                check::options(act, person, channel, (application, &command), typed, focused)?;
            let kind = if focused.is_some() { AUTOCOMPLETE } else { COMMAND };
            let mut data = json!({ "id": command.id, "name": command.name, "type": command.kind });
            if let Some(guild) = command.guild {
                data["guild_id"] = json!(guild);
            }
            if !options.is_empty() {
                data["options"] = json!(options);
            }
            let resolved = match typed.target {
                Some(target) => {
                    data["target_id"] = json!(target.to_string());
                    payload::target(act, channel, &command, target)?
                }
                None => resolved,
            };
            if resolved.as_object().is_some_and(|maps| !maps.is_empty()) {
                data["resolved"] = resolved;
            }
            let what = shown_command(&command, typed);
            let act_of =
                Act { person, channel, guild, application, kind, source: None, command: Some(command.name) };
            Ok(open(act, act_of, data, what))
        })
    }

    fn prepare_press(
        &self,
        person: UserId,
        channel: ChannelId,
        message: MessageId,
        custom_id: &str,
        values: &[String],
    ) -> Result<Outgoing, String> {
        self.prepare(person, |act| {
            let (guild, application, component) =
                check::component(act, person, channel, message, custom_id, values)?;
            let kind = component["type"].clone();
            let mut data = json!({ "id": component["id"], "component_type": &kind, "custom_id": custom_id });
            if kind != json!(2) {
                data["values"] = json!(values);
                let bot = act.world.applications[&application].bot;
                let mut resolved = payload::Resolved::of(person, bot);
                resolved.chosen(act, channel, kind.as_u64().unwrap_or(0), values);
                let resolved = resolved.done();
                if resolved.as_object().is_some_and(|maps| !maps.is_empty()) {
                    data["resolved"] = resolved;
                }
            }
            let what = format!("[{}]", check::label_of(&component, values));
            let act_of = Act {
                person,
                channel,
                guild,
                application,
                kind: COMPONENT,
                source: Some(message),
                command: None,
            };
            Ok(open(act, act_of, data, what))
        })
    }

    fn prepare_submit(
        &self,
        person: UserId,
        modal: InteractionId,
        fields: &BTreeMap<String, Filled>,
    ) -> Result<Outgoing, String> {
        self.prepare(person, |act| {
            let modal: Modal = act
                .world
                .modals
                .get(&modal)
                .filter(|open| open.user == person)
                .cloned()
                .ok_or(Why::FormClosed)?;
            let guild = act.world.channels.get(&modal.channel).and_then(|channel| channel.guild);
            let (components, resolved) = check::fields(act, &modal, fields)?;
            let mut data = json!({ "custom_id": modal.custom_id, "components": components });
            if resolved.as_object().is_some_and(|maps| !maps.is_empty()) {
                data["resolved"] = resolved;
            }
            let what = format!("« {} »", modal.title);
            let act_of = Act {
                person,
                channel: modal.channel,
                guild,
                application: modal.application,
                kind: SUBMIT,
                source: modal.source,
                command: None,
            };
            let details = check::told(&modal, fields);
            Ok(Outgoing { details, ..open(act, act_of, data, what) })
        })
    }
}

/// Types of interaction.
///
/// Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type>
const PING: u8 = 1;
const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const SUBMIT: u8 = 5;

/// Who does what where.
struct Act {
    person: UserId,
    channel: ChannelId,
    guild: Option<GuildId>,
    application: ApplicationId,
    kind: u8,
    source: Option<MessageId>,
    command: Option<String>,
}

/// Notes the interaction and builds what is delivered.
fn open(act: &mut crate::act::Act<'_>, doing: Act, data: Value, what: String) -> Outgoing {
    let id = InteractionId(act.id());
    let now = act.now;
    let opened = Opened {
        id,
        token: payload::token(id, doing.application),
        application: doing.application,
        kind: doing.kind,
        user: doing.person,
        guild: doing.guild,
        channel: doing.channel,
        source: doing.source,
        command: doing.command,
        at: now,
        progress: Progress::Waiting,
        original: None,
        follow_ups: Vec::new(),
    };
    let body = payload::interaction(act, &opened, data);
    act.world.remember(opened.clone());
    Outgoing { opened, body, what, details: Vec::new(), at: now }
}

fn shown_command(command: &RegisteredCommand, typed: &Typed) -> String {
    if command.kind != 1 {
        return command.name.clone();
    }
    let mut text = format!("/{}", typed.path.join(" "));
    for (name, value) in &typed.options {
        let value = match value {
            TypedValue::Text(text) => text.clone(),
            TypedValue::Id(id) => id.to_string(),
            TypedValue::Integer(number) => number.to_string(),
            TypedValue::Number(number) => number.to_string(),
            TypedValue::Boolean(yes) => yes.to_string(),
            TypedValue::File(file) => file.filename.clone(),
        };
        let _ = write!(text, " {name}: {value}");
    }
    text
}
