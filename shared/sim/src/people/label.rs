//! Acting by what one reads: a test names labels, never a `custom_id`.

use std::collections::BTreeMap;

use bytes::Bytes;
use discord::{ChannelId, MessageId, UserId};
use serde_json::{Value, json};

use super::{Filled, Seen, Suggestion, Typed, TypedValue, Upload};
use crate::Sim;
use crate::state::{Channel, Message, Modal};

/// Somebody at their Discord, in one channel.
#[derive(Clone)]
pub struct Person {
    sim: Sim,
    user: UserId,
    channel: Option<ChannelId>,
}

impl Person {
    pub(crate) fn new(sim: Sim, user: UserId) -> Self {
        Self { sim, user, channel: None }
    }

    /// Who it is.
    pub fn id(&self) -> UserId {
        self.user
    }

    /// The channel they look at.
    ///
    /// # Panics
    /// When they look at none.
    pub fn channel(&self) -> ChannelId {
        self.channel.expect("say where with in_channel or in_post")
    }

    /// The same person, looking at this channel of one of their servers.
    ///
    /// # Panics
    /// When they see no channel of that name.
    #[must_use]
    pub fn in_channel(&self, name: &str) -> Self {
        self.looking_at(name, |channel| !channel.is_thread())
    }

    /// The same person, looking at this post or thread.
    ///
    /// # Panics
    /// When they see no thread of that name.
    #[must_use]
    pub fn in_post(&self, name: &str) -> Self {
        self.looking_at(name, Channel::is_thread)
    }

    /// The same person, looking at this channel, thread or private conversation.
    #[must_use]
    pub fn at(&self, channel: ChannelId) -> Self {
        Self { channel: Some(channel), ..self.clone() }
    }

    /// The same person, looking at their private conversation with the bot of this name.
    ///
    /// # Panics
    /// When there is no such bot.
    #[must_use]
    pub fn in_private_with(&self, bot: &str) -> Self {
        let bot = self.sim.user(bot).expect("the bot of a private conversation exists");
        let channel = self.sim.act(|act| act.private_channel(bot, self.user));
        self.at(channel)
    }

    fn looking_at(&self, name: &str, fits: impl Fn(&Channel) -> bool) -> Self {
        let now = self.sim.now_ms();
        let found = self.sim.look(|world| {
            world
                .channels
                .values()
                .rev()
                .find(|channel| {
                    channel.name == name && fits(channel) && world.may_see(self.user, channel.id, now)
                })
                .map(|channel| channel.id)
        });
        self.at(found.unwrap_or_else(|| panic!("{} sees no channel called {name}", self.name())))
    }

    fn name(&self) -> String {
        self.sim.look(|world| world.users[&self.user].username.clone())
    }

    /// Sends a slash command: `types("/hub fiche", &[("ressource", "H-7KX2P9Q")])`.
    pub async fn types(&self, command: &str, options: &[(&str, &str)]) -> Seen {
        let typed = typed(command, options);
        let seen = self.sim.run_command(self.user, self.channel(), &typed).await;
        self.told(seen)
    }

    /// Sends a menu command on a message or person.
    pub async fn chooses_menu(&self, command: &str, target: u64) -> Seen {
        let typed = Typed { path: vec![command.to_owned()], target: Some(target), ..Typed::default() };
        let seen = self.sim.run_command(self.user, self.channel(), &typed).await;
        self.told(seen)
    }

    /// Types an option half and reads what is offered.
    ///
    /// # Panics
    /// When nothing can be offered.
    pub async fn completes(&self, command: &str, option: &str, text: &str) -> Vec<Suggestion> {
        self.completes_after(command, &[], option, text).await
    }

    /// As [`Person::completes`], with other options typed before.
    ///
    /// # Panics
    /// When nothing can be offered.
    pub async fn completes_after(
        &self,
        command: &str,
        before: &[(&str, &str)],
        option: &str,
        text: &str,
    ) -> Vec<Suggestion> {
        let mut typed = typed(command, before);
        typed.options.push((option.to_owned(), text.into()));
        let offered = self.sim.autocomplete(self.user, self.channel(), &typed, option).await;
        let offered =
            offered.unwrap_or_else(|why| panic!("nothing is offered for {command} {option}: {why}"));
        let names: Vec<&str> = offered.iter().map(|suggestion| suggestion.name.as_str()).collect();
        self.note(&format!("is typing {command} {option}: {text}…"), &names);
        offered
    }

    /// Presses the newest button with this label that they see here, or in a post under here. A counter after
    /// the label, as in « Utile (3) », need not be named.
    ///
    /// # Panics
    /// When they see no such button.
    pub async fn presses(&self, label: &str) -> Seen {
        let found = self.find(|control| control["type"] == json!(2) && label_fits(&control["label"], label));
        let (channel, message, custom_id) = found.unwrap_or_else(|| self.lost("button", label));
        let seen = self.sim.press(self.user, channel, message, &custom_id, &[]).await;
        self.told(seen)
    }

    /// Chooses a line, or several, of the newest select here that has them.
    ///
    /// # Panics
    /// When they see no such line.
    pub async fn chooses(&self, labels: &[&str]) -> Seen {
        let mut chosen = Vec::new();
        let found = self.find(|control| {
            let Some(options) = control["options"].as_array() else { return false };
            let values: Option<Vec<String>> = labels.iter().map(|label| value_of(options, label)).collect();
            values.is_some_and(|values| {
                chosen = values;
                true
            })
        });
        let (channel, message, custom_id) = found.unwrap_or_else(|| self.lost("line", &labels.join(", ")));
        let seen = self.sim.press(self.user, channel, message, &custom_id, &chosen).await;
        self.told(seen)
    }

    /// Fills the field with this label of the form on the screen.
    pub fn fills(&self, label: &str, text: &str) -> Form {
        self.form().fills(label, text)
    }

    /// The form on the screen, as it is.
    ///
    /// # Panics
    /// When there is none.
    pub fn form(&self) -> Form {
        let modal = self.sim.modals_of(self.user).pop();
        let modal =
            modal.unwrap_or_else(|| panic!("{} has no form open\n{}", self.name(), self.sim.transcript()));
        Form { person: self.clone(), modal, fields: BTreeMap::new() }
    }

    /// Removes what they alone see here.
    pub fn dismisses(&self) {
        for message in self.sim.messages(self.user, self.channel(), None, usize::MAX) {
            if message.only_for == Some(self.user) {
                self.sim.dismiss(self.user, self.channel(), message.id);
            }
        }
    }

    /// Writes a message.
    ///
    /// # Errors
    /// When they may not.
    pub fn says(&self, text: &str) -> Result<MessageId, crate::ApiError> {
        self.sim.say(self.user, self.channel(), text)
    }

    /// What they see here, oldest first.
    pub fn sees(&self) -> Vec<Message> {
        self.sim.messages(self.user, self.channel(), None, usize::MAX)
    }

    /// What they see here, as text.
    pub fn reads(&self) -> String {
        self.sim.look(|world| {
            let mut text = String::new();
            for message in self.sees_in(world) {
                crate::transcript::write_message(world, message, &mut text);
            }
            text
        })
    }

    fn sees_in<'w>(&self, world: &'w crate::World) -> Vec<&'w Message> {
        world.messages_for(self.channel(), Some(self.user)).collect()
    }

    /// The newest control that fits, here or in a thread under here.
    fn find(&self, mut fits: impl FnMut(&Value) -> bool) -> Option<(ChannelId, MessageId, String)> {
        let (here, now) = (self.channel(), self.sim.now_ms());
        self.sim.look(|world| {
            let mut places = vec![here];
            places.extend(world.threads_under(here).map(|thread| thread.id));
            let mut messages: Vec<&Message> = places
                .into_iter()
                .filter(|place| world.may_see(self.user, *place, now))
                .flat_map(|place| world.messages_for(place, Some(self.user)))
                .collect();
            // What is private to them is in front of their eyes.
            messages.sort_by_key(|message| (message.only_for.is_some(), message.id));
            messages.into_iter().rev().find_map(|message| {
                let control = message.controls().into_iter().find(|control| fits(control))?;
                Some((message.channel, message.id, control["custom_id"].as_str()?.to_owned()))
            })
        })
    }

    fn lost(&self, what: &str, label: &str) -> ! {
        panic!("{} sees no {what} « {label} » here\n{}", self.name(), self.sim.transcript())
    }

    /// What Discord itself refuses belongs into the story too.
    fn told(&self, seen: Seen) -> Seen {
        if let Seen::Refused(why) = &seen {
            self.note(&format!("cannot: {why}"), &[]);
        }
        seen
    }

    fn note(&self, text: &str, lines: &[&str]) {
        let name = self.name();
        crate::lock(&self.sim.0.transcript).note(&format!("{name} {text}"), lines);
    }
}

/// A form being filled in.
#[must_use = "a form does nothing until it is sent"]
pub struct Form {
    person: Person,
    modal: Modal,
    fields: BTreeMap<String, Filled>,
}

impl Form {
    /// What the form is called.
    pub fn title(&self) -> &str {
        &self.modal.title
    }

    /// The text that a field holds from the start.
    ///
    /// # Panics
    /// When there is no field of that label.
    pub fn prefilled(&self, label: &str) -> &str {
        self.field(label)["value"].as_str().unwrap_or_default()
    }

    /// Types text into the field with this label.
    ///
    /// # Panics
    /// When there is no field of that label.
    pub fn fills(self, label: &str, text: &str) -> Self {
        self.set(label, |_| Filled::Text(text.to_owned()))
    }

    /// Chooses lines of the field with this label, a list, radio buttons or check boxes.
    ///
    /// # Panics
    /// When there is no such field or line.
    pub fn chooses(self, label: &str, lines: &[&str]) -> Self {
        self.set(label, |field| {
            let options = field["options"].as_array().map(Vec::as_slice).unwrap_or_default();
            let value =
                |line: &&str| value_of(options, line).unwrap_or_else(|| panic!("{label} has no line {line}"));
            Filled::Values(lines.iter().map(value).collect())
        })
    }

    /// Ticks or clears the box with this label.
    ///
    /// # Panics
    /// When there is no field of that label.
    pub fn ticks(self, label: &str, checked: bool) -> Self {
        self.set(label, |_| Filled::Checked(checked))
    }

    /// Adds a file to the field with this label.
    ///
    /// # Panics
    /// When there is no field of that label.
    pub fn attaches(mut self, label: &str, filename: &str, bytes: impl Into<Bytes>) -> Self {
        let name = self.field(label)["custom_id"].as_str().unwrap_or_default().to_owned();
        let upload = Upload { filename: filename.to_owned(), content_type: None, bytes: bytes.into() };
        match self.fields.entry(name).or_insert_with(|| Filled::Files(Vec::new())) {
            Filled::Files(files) => files.push(upload),
            other => *other = Filled::Files(vec![upload]),
        }
        self
    }

    /// Sends the form.
    pub async fn sends(self) -> Seen {
        let seen = self.person.sim.submit(self.person.user, self.modal.id, &self.fields).await;
        self.person.told(seen)
    }

    /// Closes the form.
    pub fn cancels(self) {
        self.person.sim.close(self.person.user, self.modal.id);
    }

    fn set(mut self, label: &str, filled: impl FnOnce(&Value) -> Filled) -> Self {
        let field = self.field(label);
        let name = field["custom_id"].as_str().unwrap_or_default().to_owned();
        let filled = filled(field);
        self.fields.insert(name, filled);
        self
    }

    fn field(&self, label: &str) -> &Value {
        let found = self.modal.components.iter().find_map(|part| match part["type"].as_u64() {
            Some(18) if part["label"] == json!(label) => Some(&part["component"]),
            Some(1) if part["components"][0]["label"] == json!(label) => Some(&part["components"][0]),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("the form « {} » has no field « {label} »", self.modal.title))
    }
}

fn typed(command: &str, options: &[(&str, &str)]) -> Typed {
    Typed {
        application: None,
        path: command.trim_start_matches('/').split_whitespace().map(str::to_owned).collect(),
        options: options.iter().map(|(name, text)| ((*name).to_owned(), TypedValue::from(*text))).collect(),
        target: None,
    }
}

fn value_of(options: &[Value], label: &str) -> Option<String> {
    options
        .iter()
        .find(|option| option["label"] == json!(label))
        .and_then(|option| option["value"].as_str())
        .map(str::to_owned)
}

/// The label itself, or the label with a counter: « Utile (3) ».
fn label_fits(shown: &Value, label: &str) -> bool {
    let shown = shown.as_str().unwrap_or_default();
    let counted = |rest: &str| {
        rest.strip_prefix(" (")
            .and_then(|rest| rest.strip_suffix(')'))
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    shown == label || shown.strip_prefix(label).is_some_and(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_need_not_be_named() {
        assert!(label_fits(&json!("Utile (3)"), "Utile"));
        assert!(label_fits(&json!("Utile"), "Utile"));
        assert!(!label_fits(&json!("Utile plus"), "Utile"));
        assert!(!label_fits(&json!("Utile ()"), "Utile"));
    }
}
