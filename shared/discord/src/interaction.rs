//! What a person did, as Discord tells it.
//!
//! Lenient on purpose: fields we do not need are not read, unknown ones are ignored, and what may
//! be absent is optional. Only an interaction without its own identity is refused.
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::permission::Permissions;
use crate::signature::Verified;
use crate::{ApplicationId, AttachmentId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};

/// One delivery: who did what, where.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Identity of this delivery. A repeated delivery has the same one.
    pub id: InteractionId,
    /// The application that was addressed.
    pub application_id: ApplicationId,
    /// What was done.
    pub kind: Kind,
    /// The secret with which the answer can be edited for 15 minutes.
    pub token: Token,
    /// The server; none in private messages.
    pub guild_id: Option<GuildId>,
    /// The channel or thread.
    pub channel_id: Option<ChannelId>,
    /// Who did it.
    pub user: User,
    /// Who that is in the server; none in private messages.
    pub member: Option<Member>,
    /// What the bot may do in this channel.
    pub app_permissions: Permissions,
    /// Language of the person, such as `fr` or `en-GB`.
    pub locale: Option<String>,
    /// The message whose component was used, or from which the modal was opened.
    pub message: Option<MessageId>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Discord asks whether we are there.
    Ping,
    /// A slash, message or user command was sent.
    Command(Invocation),
    /// A slash command is being typed.
    Autocomplete(Invocation),
    /// A button was pressed, or a select chosen.
    Press(Press),
    /// A modal was sent.
    Submit(Submit),
}

/// A command with what was typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Invocation {
    /// Command, then group and sub-command if any: `["hub", "theme", "creer"]`.
    pub path: Vec<String>,
    /// What was typed, by option name.
    pub options: BTreeMap<String, OptionValue>,
    /// The option being typed, in an autocompletion.
    pub focused: Option<String>,
    /// The user or message of a context-menu command, as a raw id.
    pub target: Option<u64>,
    /// What the ids in this interaction stand for.
    pub resolved: Resolved,
}

/// Value of one option. Users, roles, channels and attachments arrive as the text of their id.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Number(f64),
    /// Text, or an id.
    Text(String),
}

impl Invocation {
    /// The text of an option; also what is half typed in an autocompletion.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.options.get(name)? {
            OptionValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number of an option.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.options.get(name)? {
            OptionValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The user of an option.
    pub fn user(&self, name: &str) -> Option<UserId> {
        self.text(name)?.parse().ok()
    }
}

/// A component that was used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Press {
    /// What the component does; see [`crate::custom_id`].
    pub custom_id: String,
    /// What was chosen in a select.
    pub values: Vec<String>,
}

/// A modal that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Submit {
    /// What the modal is for; see [`crate::custom_id`].
    pub custom_id: String,
    /// What was filled in, by the `custom_id` of the field.
    pub fields: BTreeMap<String, FieldValue>,
    /// Files, by their id.
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}

/// What was filled in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Text input, or the chosen radio button.
    Text(String),
    /// Select, checkbox group, or ids of files.
    Values(Vec<String>),
    /// Checkbox.
    Checked(bool),
}

impl Submit {
    /// The text of a field; empty when nothing was typed.
    pub fn text(&self, field: &str) -> &str {
        match self.fields.get(field) {
            Some(FieldValue::Text(text)) => text,
            _ => "",
        }
    }

    /// The choices of a field; empty when nothing was chosen.
    pub fn values(&self, field: &str) -> &[String] {
        match self.fields.get(field) {
            Some(FieldValue::Values(values)) => values,
            _ => &[],
        }
    }

    /// The files of an upload field.
    pub fn files(&self, field: &str) -> impl Iterator<Item = &Attachment> {
        self.values(field).iter().filter_map(|id| self.attachments.get(&id.parse().ok()?))
    }
}

/// A person or a bot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Unique name.
    #[serde(default)]
    pub username: String,
    /// Name chosen for all servers.
    #[serde(default)]
    pub global_name: Option<String>,
    /// A bot.
    #[serde(default)]
    pub bot: bool,
}

/// A person in a server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// Name chosen for this server.
    #[serde(default)]
    pub nick: Option<String>,
    /// Roles, without `@everyone`.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// What the person may do in this channel, computed by Discord.
    #[serde(default)]
    pub permissions: Permissions,
}

/// A file that came with a modal or a command. Its address expires: fetch it at once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Attachment {
    /// Identity.
    pub id: AttachmentId,
    /// Name, with its ending.
    #[serde(default)]
    pub filename: String,
    /// Bytes.
    #[serde(default)]
    pub size: u64,
    /// Media type, as Discord guessed it.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Signed address.
    #[serde(default)]
    pub url: String,
}

/// The message of a message command.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TargetMessage {
    /// Identity.
    pub id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author: User,
    /// What it says.
    #[serde(default)]
    pub content: String,
}

/// What the ids of an interaction stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Resolved {
    /// People.
    pub users: BTreeMap<UserId, User>,
    /// People as members; without their user.
    pub members: BTreeMap<UserId, Member>,
    /// Messages.
    pub messages: BTreeMap<MessageId, TargetMessage>,
    /// Files.
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}

/// The secret of an answer. Whoever has it can edit that answer, so it is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// A token from where it was kept.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The secret itself, for the address of a call and for the job that keeps it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// Why a signed body cannot be used. Answered with 400 and a line in the log.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or a field of another type than documented.
    #[error("the body is not an interaction")]
    Json(#[from] serde_json::Error),
    /// A type that Discord added since.
    #[error("unknown interaction type {0}")]
    UnknownType(u64),
    /// A field without which nothing can be done.
    #[error("the interaction has no {0}")]
    Missing(&'static str),
}

impl Interaction {
    /// Reads what Discord signed.
    ///
    /// # Errors
    /// When it is no interaction of a known type.
    pub fn parse(verified: Verified<'_>) -> Result<Self, Unreadable> {
        let raw: Raw = serde_json::from_slice(verified.body())?;
        raw.read()
    }

    /// The command name, or the `custom_id`, by which the feature is found.
    pub fn address(&self) -> Address<'_> {
        match &self.kind {
            Kind::Ping => Address::Ping,
            Kind::Command(invocation) | Kind::Autocomplete(invocation) => {
                Address::Command(invocation.path.first().map_or("", String::as_str))
            }
            Kind::Press(press) => Address::CustomId(&press.custom_id),
            Kind::Submit(submit) => Address::CustomId(&submit.custom_id),
        }
    }
}

/// To whom an interaction is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address<'a> {
    /// To the route itself.
    Ping,
    /// To whoever declared this command.
    Command(&'a str),
    /// To whoever made this component.
    CustomId(&'a str),
}

#[derive(Deserialize)]
struct Raw {
    id: Option<InteractionId>,
    application_id: Option<ApplicationId>,
    #[serde(rename = "type")]
    kind: u64,
    #[serde(default)]
    token: Option<Token>,
    guild_id: Option<GuildId>,
    channel_id: Option<ChannelId>,
    user: Option<User>,
    member: Option<RawMember>,
    #[serde(default)]
    app_permissions: Option<Permissions>,
    locale: Option<String>,
    message: Option<RawMessage>,
    data: Option<RawData>,
}

#[derive(Deserialize)]
struct RawMember {
    user: Option<User>,
    #[serde(flatten)]
    member: Member,
}

#[derive(Deserialize)]
struct RawMessage {
    id: MessageId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawData {
    name: String,
    options: Vec<RawOption>,
    target_id: Option<MessageId>,
    resolved: Resolved,
    custom_id: String,
    values: Vec<String>,
    components: Vec<RawComponent>,
}

#[derive(Deserialize)]
struct RawOption {
    name: String,
    #[serde(rename = "type", default)]
    kind: u8,
    value: Option<OptionValue>,
    #[serde(default)]
    options: Vec<RawOption>,
    #[serde(default)]
    focused: bool,
}

/// A label with its component, an action row with its components, or the component itself.
#[derive(Deserialize)]
struct RawComponent {
    #[serde(default)]
    custom_id: Option<String>,
    #[serde(default)]
    value: Option<RawValue>,
    #[serde(default)]
    values: Option<Vec<String>>,
    #[serde(default)]
    component: Option<Box<RawComponent>>,
    #[serde(default)]
    components: Vec<RawComponent>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawValue {
    Checked(bool),
    Text(String),
    Other(serde::de::IgnoredAny),
}

/// Sub-command and group: their own options are the ones that were typed.
/// Source: <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type>
const SUB_COMMAND: u8 = 1;
const SUB_COMMAND_GROUP: u8 = 2;

impl Raw {
    fn read(self) -> Result<Interaction, Unreadable> {
        let data = self.data.unwrap_or_default();
        let kind = match self.kind {
            1 => Kind::Ping,
            2 => Kind::Command(data.invocation()?),
            4 => Kind::Autocomplete(data.invocation()?),
            3 => Kind::Press(Press { custom_id: data.custom_id, values: data.values }),
            5 => Kind::Submit(data.submit()),
            other => return Err(Unreadable::UnknownType(other)),
        };
        let (member_user, member) = match self.member {
            Some(RawMember { user, member }) => (user, Some(member)),
            None => (None, None),
        };
        let user = match member_user.or(self.user) {
            Some(user) => user,
            // A PING may come without anybody.
            None if kind == Kind::Ping => {
                User { id: UserId(0), username: String::new(), global_name: None, bot: false }
            }
            None => return Err(Unreadable::Missing("user")),
        };
        Ok(Interaction {
            id: self.id.ok_or(Unreadable::Missing("id"))?,
            application_id: self.application_id.ok_or(Unreadable::Missing("application_id"))?,
            kind,
            token: self.token.unwrap_or_else(|| Token(String::new())),
            guild_id: self.guild_id,
            channel_id: self.channel_id,
            user,
            member,
            app_permissions: self.app_permissions.unwrap_or_default(),
            locale: self.locale,
            message: self.message.map(|message| message.id),
        })
    }
}

impl RawData {
    fn invocation(self) -> Result<Invocation, Unreadable> {
        if self.name.is_empty() {
            return Err(Unreadable::Missing("command name"));
        }
        let mut invocation = Invocation {
            path: vec![self.name],
            target: self.target_id.map(|id| id.0),
            resolved: self.resolved,
            ..Invocation::default()
        };
        let mut level = self.options;
        // Command, group, sub-command: nothing is deeper, and a hostile body is not followed further.
        for _ in 0..2 {
            match level.first() {
                Some(option) if matches!(option.kind, SUB_COMMAND | SUB_COMMAND_GROUP) => {
                    let option = level.swap_remove(0);
                    invocation.path.push(option.name);
                    level = option.options;
                }
                _ => break,
            }
        }
        for option in level {
            if option.focused {
                invocation.focused = Some(option.name.clone());
            }
            if let Some(value) = option.value {
                invocation.options.insert(option.name, value);
            }
        }
        Ok(invocation)
    }

    fn submit(self) -> Submit {
        let mut fields = BTreeMap::new();
        for component in self.components {
            component.collect(&mut fields, 0);
        }
        Submit { custom_id: self.custom_id, fields, attachments: self.resolved.attachments }
    }
}

impl RawComponent {
    /// By `custom_id`, never by place: text displays come back between the fields.
    fn collect(self, fields: &mut BTreeMap<String, FieldValue>, depth: u8) {
        if let Some(custom_id) = self.custom_id {
            let value = match (self.values, self.value) {
                (Some(values), _) => Some(FieldValue::Values(values)),
                (None, Some(RawValue::Text(text))) => Some(FieldValue::Text(text)),
                (None, Some(RawValue::Checked(checked))) => Some(FieldValue::Checked(checked)),
                (None, Some(RawValue::Other(_)) | None) => None,
            };
            if let Some(value) = value {
                fields.insert(custom_id, value);
            }
        }
        if depth < 2 {
            for child in self.component.map(|boxed| *boxed).into_iter().chain(self.components) {
                child.collect(fields, depth + 1);
            }
        }
    }
}
