//! What a person did, as Discord tells it.
//!
//! Lenient on purpose: fields we do not need are not read, unknown ones are ignored, and what may
//! be absent is optional. Only an interaction without its own identity is refused.
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::lenient::{maybe, or_default, readable, readable_map};
use crate::permission::Permissions;
use crate::rest::ChannelKind;
use crate::signature::Verified;
use crate::{ApplicationId, AttachmentId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};

/// One delivery: who did what, where.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Identity of this delivery. A repeated delivery has the same one.
    pub id: InteractionId,
    /// The application that was addressed; 0 in a PING that names none, which its key tells all the same.
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

    /// The yes or no of an option.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.options.get(name)? {
            OptionValue::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The channel of an option.
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        self.text(name)?.parse().ok()
    }

    /// The role of an option.
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.text(name)?.parse().ok()
    }

    /// The file of an option.
    pub fn attachment(&self, name: &str) -> Option<&Attachment> {
        self.resolved.attachments.get(&self.text(name)?.parse().ok()?)
    }

    /// The user of an option.
    pub fn user(&self, name: &str) -> Option<UserId> {
        self.text(name)?.parse().ok()
    }
}

/// A component that was used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Press {
    /// What the component does; see [`crate::custom_id`].
    pub custom_id: String,
    /// What was chosen in a select: values of ours, or ids.
    pub values: Vec<String>,
    /// What the ids stand for.
    pub resolved: Resolved,
}

/// A modal that was sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Submit {
    /// What the modal is for; see [`crate::custom_id`].
    pub custom_id: String,
    /// What was filled in, by the `custom_id` of the field.
    pub fields: BTreeMap<String, FieldValue>,
    /// What the ids in the fields stand for, files among them.
    pub resolved: Resolved,
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

    /// Whether a box is ticked.
    pub fn checked(&self, field: &str) -> bool {
        matches!(self.fields.get(field), Some(FieldValue::Checked(true)))
    }

    /// The files of an upload field.
    pub fn files(&self, field: &str) -> impl Iterator<Item = &Attachment> {
        self.values(field).iter().filter_map(|id| self.resolved.attachments.get(&id.parse().ok()?))
    }
}

/// A person or a bot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Unique name.
    #[serde(default, deserialize_with = "or_default")]
    pub username: String,
    /// Name chosen for all servers.
    #[serde(default)]
    pub global_name: Option<String>,
    /// A bot.
    #[serde(default, deserialize_with = "or_default")]
    pub bot: bool,
}

/// A person in a server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Member {
    /// Name chosen for this server.
    #[serde(default)]
    pub nick: Option<String>,
    /// Roles, without `@everyone`.
    #[serde(default, deserialize_with = "or_default")]
    pub roles: Vec<RoleId>,
    /// What the person may do in this channel, computed by Discord.
    #[serde(default, deserialize_with = "or_default")]
    pub permissions: Permissions,
}

/// A file that came with a modal or a command. Its address expires: fetch it at once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Attachment {
    /// Identity.
    pub id: AttachmentId,
    /// Name, with its ending.
    #[serde(default, deserialize_with = "or_default")]
    pub filename: String,
    /// Bytes.
    #[serde(default, deserialize_with = "or_default")]
    pub size: u64,
    /// Media type, as Discord guessed it.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Signed address.
    #[serde(default, deserialize_with = "or_default")]
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
    #[serde(default, deserialize_with = "or_default")]
    pub content: String,
}

/// What the ids of an interaction stand for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Resolved {
    /// People.
    #[serde(deserialize_with = "readable_map")]
    pub users: BTreeMap<UserId, User>,
    /// People as members; without their user.
    #[serde(deserialize_with = "readable_map")]
    pub members: BTreeMap<UserId, Member>,
    /// Channels and threads.
    #[serde(deserialize_with = "readable_map")]
    pub channels: BTreeMap<ChannelId, PickedChannel>,
    /// Messages.
    #[serde(deserialize_with = "readable_map")]
    pub messages: BTreeMap<MessageId, TargetMessage>,
    /// Files.
    #[serde(deserialize_with = "readable_map")]
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}

/// A channel that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PickedChannel {
    /// Identity.
    pub id: ChannelId,
    /// Kind.
    #[serde(rename = "type", default)]
    pub kind: ChannelKind,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What the person may do there.
    #[serde(default, deserialize_with = "or_default")]
    pub permissions: Permissions,
    /// What the bot may do there.
    #[serde(default, deserialize_with = "or_default")]
    pub app_permissions: Permissions,
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
    token: Option<Token>,
    guild_id: Option<GuildId>,
    channel_id: Option<ChannelId>,
    user: Option<User>,
    member: Option<RawMember>,
    app_permissions: Option<Permissions>,
    #[serde(default, deserialize_with = "maybe")]
    locale: Option<String>,
    #[serde(default, deserialize_with = "maybe")]
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
    #[serde(deserialize_with = "or_default")]
    name: String,
    #[serde(deserialize_with = "readable")]
    options: Vec<RawOption>,
    #[serde(deserialize_with = "maybe")]
    target_id: Option<MessageId>,
    #[serde(deserialize_with = "or_default")]
    resolved: Resolved,
    #[serde(deserialize_with = "or_default")]
    custom_id: String,
    #[serde(deserialize_with = "readable")]
    values: Vec<String>,
    #[serde(deserialize_with = "readable")]
    components: Vec<RawComponent>,
}

#[derive(Deserialize)]
struct RawOption {
    name: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: u64,
    #[serde(default, deserialize_with = "maybe")]
    value: Option<OptionValue>,
    #[serde(default, deserialize_with = "readable")]
    options: Vec<RawOption>,
    #[serde(default, deserialize_with = "or_default")]
    focused: bool,
}

/// A label with its component, an action row with its components, or the component itself.
#[derive(Deserialize)]
struct RawComponent {
    #[serde(default, deserialize_with = "maybe")]
    custom_id: Option<String>,
    #[serde(default, deserialize_with = "maybe")]
    value: Option<RawValue>,
    #[serde(default, deserialize_with = "maybe")]
    values: Option<Vec<String>>,
    #[serde(default, deserialize_with = "maybe")]
    component: Option<Box<RawComponent>>,
    #[serde(default, deserialize_with = "readable")]
    components: Vec<RawComponent>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawValue {
    Checked(bool),
    Text(String),
}

/// Sub-command and group: their own options are the ones that were typed.
/// Source: <https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type>
const SUB_COMMAND: u64 = 1;
const SUB_COMMAND_GROUP: u64 = 2;

impl Raw {
    fn read(self) -> Result<Interaction, Unreadable> {
        let data = self.data.unwrap_or_default();
        let kind = match self.kind {
            1 => Kind::Ping,
            2 => Kind::Command(data.invocation()?),
            4 => Kind::Autocomplete(data.invocation()?),
            3 => {
                Kind::Press(Press { custom_id: data.custom_id, values: data.values, resolved: data.resolved })
            }
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
        // A PING asks whether somebody is there: what it lacks is nobody's loss.
        let (no_id, no_application) = match kind {
            Kind::Ping => (Some(InteractionId(0)), Some(ApplicationId(0))),
            _ => (None, None),
        };
        Ok(Interaction {
            id: self.id.or(no_id).ok_or(Unreadable::Missing("id"))?,
            application_id: self
                .application_id
                .or(no_application)
                .ok_or(Unreadable::Missing("application_id"))?,
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
            component.collect(&mut fields);
        }
        Submit { custom_id: self.custom_id, fields, resolved: self.resolved }
    }
}

impl RawComponent {
    /// By `custom_id`, never by place: text displays come back between the fields.
    fn collect(self, fields: &mut BTreeMap<String, FieldValue>) {
        if let Some(custom_id) = self.custom_id {
            let value = match (self.values, self.value) {
                (Some(values), _) => Some(FieldValue::Values(values)),
                (None, Some(RawValue::Text(text))) => Some(FieldValue::Text(text)),
                (None, Some(RawValue::Checked(checked))) => Some(FieldValue::Checked(checked)),
                (None, None) => None,
            };
            if let Some(value) = value {
                fields.insert(custom_id, value);
            }
        }
        // As deep as serde_json follows, which is not far.
        for child in self.component.map(|boxed| *boxed).into_iter().chain(self.components) {
            child.collect(fields);
        }
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use http::HeaderMap;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::signature::{PublicKey, SIGNATURE_HEADER, TIMESTAMP_HEADER, verify};

    /// Signs a body as Discord does, and reads it.
    fn signed(body: &[u8]) -> Result<Interaction, Unreadable> {
        let signer = SigningKey::from_bytes(&[7; 32]);
        let key = PublicKey::from_bytes(signer.verifying_key().as_bytes()).unwrap();
        let signature = hex::encode(signer.sign(&[b"1790000000", body].concat()).to_bytes());
        let mut headers = HeaderMap::new();
        headers.insert(SIGNATURE_HEADER, signature.parse().unwrap());
        headers.insert(TIMESTAMP_HEADER, "1790000000".parse().unwrap());
        Interaction::parse(verify(&key, &headers, body, 1_790_000_000).unwrap())
    }

    /// Reads a body as if it were signed: signing thousands of them takes its time.
    fn parse_bytes(body: &[u8]) -> Result<Interaction, Unreadable> {
        serde_json::from_slice::<Raw>(body)?.read()
    }

    fn parse(body: &Value) -> Result<Interaction, Unreadable> {
        parse_bytes(body.to_string().as_bytes())
    }

    /// An interaction in a server, as Discord sends it, with what a test is about.
    fn interaction(kind: u64, data: Value) -> Value {
        json!({
            "id": "11", "application_id": "1", "type": kind, "token": "secret", "version": 1, "data": data,
            "guild": {"id": "4", "locale": "fr", "features": []}, "guild_id": "4",
            "channel": {"id": "7", "type": 0, "name": "général"}, "channel_id": "7",
            "member": {
                "user": {"id": "100", "username": "ada", "global_name": "Ada", "avatar": null, "discriminator": "0"},
                "nick": null, "roles": ["10", "12"], "permissions": "1024", "joined_at": "2026-01-01T00:00:00+00:00",
                "flags": 0, "pending": false, "deaf": false, "mute": false, "avatar": null, "premium_since": null,
            },
            "app_permissions": "2048", "locale": "fr", "guild_locale": "fr", "entitlements": [], "context": 0,
            "authorizing_integration_owners": {"0": "4"}, "attachment_size_limit": 10_485_760,
        })
    }

    #[test]
    fn the_shortest_ping_is_read() {
        let ping = signed(br#"{"id":"11","application_id":"1","type":1}"#).unwrap();
        assert_eq!(ping.kind, Kind::Ping);
        assert_eq!(ping.address(), Address::Ping);
        assert_eq!((ping.id, ping.application_id), (InteractionId(11), ApplicationId(1)));
        // Discord's own comes with a user and nothing else that helps.
        let full = json!({
            "id": "11", "application_id": "1", "type": 1, "token": "x", "version": 1, "entitlements": [],
            "user": {"id": "5", "username": "discord", "bot": false}, "app_permissions": "0",
            "authorizing_integration_owners": {},
        });
        assert_eq!(parse(&full).unwrap().user.id, UserId(5));
    }

    #[test]
    fn a_command_is_read_with_who_and_where() {
        let data = json!({"id": "3", "name": "partager", "type": 1, "options": [
            {"name": "lien", "type": 3, "value": "https://a.fr"}, {"name": "note", "type": 4, "value": 5},
            {"name": "public", "type": 5, "value": true}, {"name": "avec", "type": 6, "value": "101"},
            {"name": "salon", "type": 7, "value": "7"}, {"name": "part", "type": 10, "value": 0.5},
            {"name": "role", "type": 8, "value": "10"}, {"name": "fichier", "type": 11, "value": "55"},
            {"name": "neuf", "type": 99, "value": {"of": "a kind to come"}},
        ], "resolved": {
            "users": {"101": {"id": "101", "username": "bo", "bot": null}, "102": {"username": "no id"}},
            "members": {"101": {"roles": null, "permissions": null, "nick": "Bo"}},
            "channels": {"7": {"id": "7", "type": 0, "name": "général", "permissions": "1024", "app_permissions": "0"}},
            "attachments": {"55": {"id": "55", "filename": "a.pdf", "size": 3, "content_type": null, "url": "https://cdn"}},
            "roles": {"10": {"id": "10"}}, "things to come": {},
        }});
        let read = parse(&interaction(2, data)).unwrap();
        assert_eq!(read.address(), Address::Command("partager"));
        assert_eq!((read.guild_id, read.channel_id), (Some(GuildId(4)), Some(ChannelId(7))));
        assert_eq!((read.user.id, read.user.global_name.as_deref()), (UserId(100), Some("Ada")));
        let member = read.member.unwrap();
        assert_eq!(member.roles, [RoleId(10), RoleId(12)]);
        assert_eq!((member.permissions, read.app_permissions), (Permissions(1024), Permissions(2048)));
        assert_eq!(read.locale.as_deref(), Some("fr"));
        assert_eq!(format!("{:?}", read.token), "Token(hidden)");
        assert_eq!(read.token.reveal(), "secret");
        let Kind::Command(typed) = read.kind else { panic!("a command") };
        assert_eq!((typed.text("lien"), typed.integer("note")), (Some("https://a.fr"), Some(5)));
        assert_eq!((typed.boolean("public"), typed.user("avec")), (Some(true), Some(UserId(101))));
        assert_eq!((typed.channel("salon"), typed.role("role")), (Some(ChannelId(7)), Some(RoleId(10))));
        assert_eq!(typed.options["part"], OptionValue::Number(0.5));
        assert_eq!(typed.attachment("fichier").unwrap().filename, "a.pdf");
        assert_eq!((typed.text("neuf"), typed.text("absent"), typed.integer("lien")), (None, None, None));
        assert_eq!(typed.resolved.users.len(), 1);
        assert_eq!(typed.resolved.members[&UserId(101)].nick.as_deref(), Some("Bo"));
        assert_eq!(typed.resolved.channels[&ChannelId(7)].kind, ChannelKind::Text);
    }

    #[test]
    fn a_sub_command_is_a_path_with_its_own_options() {
        let data = json!({"name": "hub", "options": [{"name": "theme", "type": 2, "options": [
            {"name": "creer", "type": 1, "options": [{"name": "nom", "type": 3, "value": "Rust"}]},
        ]}]});
        let Kind::Command(typed) = parse(&interaction(2, data)).unwrap().kind else { panic!("a command") };
        assert_eq!(typed.path, ["hub", "theme", "creer"]);
        assert_eq!(typed.text("nom"), Some("Rust"));
        let bare = json!({"name": "hub", "options": [{"name": "liste", "type": 1}]});
        let Kind::Command(typed) = parse(&interaction(2, bare)).unwrap().kind else { panic!("a command") };
        assert_eq!(typed.path, ["hub", "liste"]);
    }

    #[test]
    fn a_command_on_a_message_or_a_person_has_a_target() {
        let data = json!({"name": "Partager cette ressource", "type": 3, "target_id": "9", "resolved": {"messages": {"9": {
            "id": "9", "channel_id": "7", "author": {"id": "101", "username": "bo"}, "content": "https://a.fr", "embeds": [],
        }}}});
        let Kind::Command(typed) = parse(&interaction(2, data)).unwrap().kind else { panic!("a command") };
        assert_eq!(typed.target, Some(9));
        assert_eq!(typed.resolved.messages[&MessageId(9)].content, "https://a.fr");
    }

    #[test]
    fn what_is_half_typed_is_known_and_need_not_be_of_its_type() {
        let data = json!({"name": "chercher", "options": [
            {"name": "texte", "type": 3, "value": "ow", "focused": true}, {"name": "max", "type": 4, "value": "12a"},
        ]});
        let read = parse(&interaction(4, data)).unwrap();
        assert_eq!(read.address(), Address::Command("chercher"));
        let Kind::Autocomplete(typed) = read.kind else { panic!("an autocompletion") };
        assert_eq!(typed.focused.as_deref(), Some("texte"));
        assert_eq!((typed.text("texte"), typed.integer("max")), (Some("ow"), None));
    }

    #[test]
    fn a_button_and_a_list_are_read_with_their_message() {
        let mut press = interaction(3, json!({"custom_id": "hub/1:up:1", "component_type": 2, "id": 3}));
        press["message"] = json!({"id": "77", "channel_id": "7", "components": [], "embeds": [], "flags": 0});
        let read = parse(&press).unwrap();
        assert_eq!(read.message, Some(MessageId(77)));
        assert_eq!(read.address(), Address::CustomId("hub/1:up:1"));
        let data = json!({"custom_id": "hub/1:who", "component_type": 5, "values": ["101", 3],
            "resolved": {"users": {"101": {"id": "101", "username": "bo"}}}});
        let Kind::Press(press) = parse(&interaction(3, data)).unwrap().kind else { panic!("a press") };
        assert_eq!(press.values, ["101"]);
        assert_eq!(press.resolved.users[&UserId(101)].username, "bo");
    }

    #[test]
    fn a_form_is_read_by_the_names_of_its_fields() {
        let label = |component: Value| json!({"type": 18, "id": 2, "component": component});
        let data = json!({"custom_id": "hub/1:share", "components": [
            {"type": 10, "id": 1},
            label(json!({"type": 4, "id": 3, "custom_id": "titre", "value": "Rust"})),
            label(json!({"type": 3, "custom_id": "themes", "values": ["a", "b"]})),
            label(json!({"type": 19, "custom_id": "fichiers", "values": ["55", "56"]})),
            label(json!({"type": 21, "custom_id": "niveau", "value": null})),
            label(json!({"type": 23, "custom_id": "accord", "value": true})),
            {"type": 1, "components": [{"type": 4, "custom_id": "ancien", "value": "x"}]},
            label(json!({"type": 99, "custom_id": "neuf", "value": {"of": "a kind to come"}})),
        ], "resolved": {"attachments": {"55": {"id": "55", "filename": "a.pdf", "size": 3, "url": "https://cdn"}}}});
        let read = parse(&interaction(5, data)).unwrap();
        assert_eq!(read.address(), Address::CustomId("hub/1:share"));
        let Kind::Submit(form) = read.kind else { panic!("a form") };
        assert_eq!((form.text("titre"), form.text("ancien"), form.text("absent")), ("Rust", "x", ""));
        assert_eq!(form.values("themes"), ["a", "b"]);
        let files: Vec<_> = form.files("fichiers").map(|file| file.filename.as_str()).collect();
        assert_eq!(files, ["a.pdf"], "a file that is not there is left out");
        assert!(form.checked("accord") && !form.checked("niveau"));
        assert_eq!(form.fields.get("niveau"), None);
        assert_eq!(form.fields.get("neuf"), None);
    }

    #[test]
    fn in_a_private_message_there_is_a_user_and_no_member() {
        let mut private = interaction(3, json!({"custom_id": "a/1:x"}));
        let map = private.as_object_mut().unwrap();
        for gone in ["guild", "guild_id", "member", "guild_locale"] {
            map.remove(gone);
        }
        map.insert("user".to_owned(), json!({"id": "100", "username": "ada"}));
        map.insert("context".to_owned(), json!(1));
        let read = parse(&private).unwrap();
        assert_eq!((read.user.id, read.member, read.guild_id), (UserId(100), None, None));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let cases = [
            (parse(&interaction(6, json!({}))), "unknown interaction type 6"),
            (parse(&interaction(99, json!({}))), "unknown interaction type 99"),
            (parse(&interaction(2, json!({"name": ""}))), "the interaction has no command name"),
            (parse(&interaction(2, json!(null))), "the interaction has no command name"),
            (parse(&json!({"type": 3, "user": {"id": "1"}})), "the interaction has no id"),
            (
                parse(&json!({"type": 3, "user": {"id": "1"}, "id": "1"})),
                "the interaction has no application_id",
            ),
            (parse(&json!({"type": 3, "id": "1", "application_id": "1"})), "the interaction has no user"),
            (parse(&json!({"type": "1"})), "the body is not an interaction"),
            (parse(&json!({"type": 1, "id": "x"})), "the body is not an interaction"),
            (parse(&json!([])), "the body is not an interaction"),
            (parse_bytes(b""), "the body is not an interaction"),
            (parse_bytes(&[0xff, 0xfe]), "the body is not an interaction"),
            (parse_bytes("[".repeat(100_000).as_bytes()), "the body is not an interaction"),
        ];
        for (read, words) in cases {
            assert_eq!(read.unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn a_ping_needs_nothing_but_its_type() {
        assert_eq!(parse(&json!({"type": 1})).unwrap().kind, Kind::Ping);
    }

    #[test]
    fn rights_that_cannot_be_read_are_no_rights() {
        let mut odd = interaction(3, json!({"custom_id": "a/1:x"}));
        odd["member"]["permissions"] = json!(null);
        odd["member"]["roles"] = json!(null);
        odd["app_permissions"] = json!(null);
        odd["locale"] = json!(7);
        odd["message"] = json!("later");
        let read = parse(&odd).unwrap();
        let member = read.member.unwrap();
        assert_eq!((member.permissions, member.roles.len()), (Permissions::NONE, 0));
        assert_eq!((read.app_permissions, read.locale, read.message), (Permissions::NONE, None, None));
        odd["member"]["roles"] = json!("all");
        assert!(parse(&odd).is_err());
    }

    /// JSON made of the words that Discord uses, and of others.
    fn any_json() -> impl Strategy<Value = Value> {
        let word = || {
            prop_oneof![
                4 => prop::sample::select(vec![
                    "id", "application_id", "type", "token", "guild_id", "channel_id", "user", "member", "roles",
                    "permissions", "app_permissions", "locale", "message", "data", "name", "options", "value", "values",
                    "focused", "resolved", "users", "members", "messages", "channels", "attachments", "custom_id",
                    "components", "component", "target_id", "author", "nick", "1", "42",
                ]).prop_map(str::to_owned),
                1 => "\\PC{0,6}",
            ]
        };
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            (0_u64..8).prop_map(Value::from),
            word().prop_map(Value::from),
            any::<u64>().prop_map(|id| Value::from(id.to_string())),
        ];
        leaf.prop_recursive(6, 64, 8, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(word(), inner, 0..8)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_json_makes_it_panic(body in any_json()) {
            let _ = parse(&body);
        }

        #[test]
        fn no_data_makes_it_panic(kind in 0_u64..8, data in any_json(), member in any_json()) {
            let mut body = interaction(kind, data);
            let _ = parse(&body);
            body["member"] = member;
            if let Ok(read) = parse(&body) {
                let _ = (read.address(), format!("{read:?}"));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(body: Vec<u8>) {
            let _ = parse_bytes(&body);
        }
    }
}
