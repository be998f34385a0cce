//! What changes the state, shared by REST routes, answers to interactions and people.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use bytes::Bytes;
use discord::message::EPHEMERAL;
use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, CommandId, GuildId, InteractionId, MessageId, RoleId, UserId};
use serde_json::{Value, json};

use crate::markup;
use crate::state::{Attachment, Cause, Channel, ChannelKind, Message, Thread, World};

/// Something that somebody may want to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A message came.
    MessageCreated {
        /// Where.
        channel: ChannelId,
        /// Which.
        message: MessageId,
        /// The only person who sees it.
        only_for: Option<UserId>,
    },
    /// A message changed.
    MessageEdited {
        /// Where.
        channel: ChannelId,
        /// Which.
        message: MessageId,
        /// The only person who sees it.
        only_for: Option<UserId>,
    },
    /// A message is gone.
    MessageDeleted {
        /// Where.
        channel: ChannelId,
        /// Which.
        message: MessageId,
        /// Who wrote it.
        author: UserId,
        /// The only person who saw it.
        only_for: Option<UserId>,
    },
    /// A channel, thread or post came, changed or went.
    Channel {
        /// Its server.
        guild: Option<GuildId>,
        /// Which.
        channel: ChannelId,
        /// Whether it is gone.
        deleted: bool,
    },
    /// Roles or members of a server changed.
    Guild {
        /// Which.
        guild: GuildId,
    },
    /// Commands of an application changed.
    Commands {
        /// Whose.
        application: ApplicationId,
    },
    /// A form opened on somebody's screen.
    Modal {
        /// Whose screen.
        user: UserId,
        /// Its handle.
        modal: InteractionId,
    },
    /// A delivery to an application ended.
    Delivery {
        /// Its number in the log.
        number: u64,
    },
    /// A REST call was answered.
    Rest {
        /// Its number in the log.
        number: u64,
    },
    /// Everything was replaced: read it again.
    Reloaded,
}

/// A file that comes with a request.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) index: String,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// A message about to be written.
pub(crate) struct Draft<'b> {
    pub(crate) channel: ChannelId,
    pub(crate) author: UserId,
    pub(crate) application: Option<ApplicationId>,
    pub(crate) kind: u8,
    pub(crate) body: &'b Value,
    pub(crate) files: &'b [File],
    pub(crate) only_for: Option<UserId>,
    pub(crate) cause: Option<Cause>,
    /// Flags beside those of the body.
    pub(crate) flags: u64,
    /// What is parsed for mentions when `allowed_mentions` is absent.
    pub(crate) default_mentions: &'static [&'static str],
    /// The id, when it is that of its thread.
    pub(crate) id: Option<MessageId>,
}

/// Flags that a sender may set.
/// Source: <https://docs.discord.com/developers/resources/message#message-object-message-flags>
const SETTABLE_FLAGS: u64 = 1 << 2 | EPHEMERAL | 1 << 12 | 1 << 13 | 1 << 15;

/// The state while it is being changed.
pub(crate) struct Act<'a> {
    pub(crate) world: &'a mut World,
    /// Unix milliseconds.
    pub(crate) now: i64,
    pub(crate) address: &'a str,
    pub(crate) changes: Vec<Change>,
}

impl<'a> Act<'a> {
    pub(crate) fn new(world: &'a mut World, now: i64, address: &'a str) -> Self {
        let aged = world.age(now).into_iter();
        let changes = aged.map(|channel| {
            let guild = world.channels.get(&channel).and_then(|channel| channel.guild);
            Change::Channel { guild, channel, deleted: false }
        });
        let changes = changes.collect();
        Self { world, now, address, changes }
    }

    pub(crate) fn id(&mut self) -> u64 {
        self.world.new_id(self.now)
    }

    /// Writes a message that was judged before.
    pub(crate) fn post(&mut self, draft: Draft<'_>) -> MessageId {
        let id = draft.id.unwrap_or_else(|| MessageId(self.id()));
        let body = draft.body;
        let content = body["content"].as_str().unwrap_or_default().to_owned();
        let mut message = Message {
            id,
            channel: draft.channel,
            author: draft.author,
            application: draft.application,
            kind: draft.kind,
            content,
            embeds: markup::embeds(&body["embeds"]),
            components: markup::components(&body["components"]),
            attachments: Vec::new(),
            flags: (body["flags"].as_u64().unwrap_or(0) & SETTABLE_FLAGS) | draft.flags,
            mention_everyone: false,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            nonce: nonce(body),
            sent_at: self.now,
            edited_at: None,
            pinned: false,
            only_for: draft.only_for,
            cause: draft.cause,
            reply_to: body["message_reference"]["message_id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .map(MessageId),
        };
        if message.reply_to.is_some() && message.kind == 0 {
            message.kind = 19;
        }
        message.attachments = self.attach(draft.channel, &body["attachments"], draft.files, &[]);
        self.resolve_mentions(&mut message, &body["allowed_mentions"], draft.default_mentions);
        let only_for = message.only_for;
        self.world.messages.entry(draft.channel).or_default().insert(id, message);
        match only_for {
            None => self.grow(draft.channel, id),
            Some(person) => self.world.forget_private(draft.channel, person),
        }
        self.changes.push(Change::MessageCreated { channel: draft.channel, message: id, only_for });
        id
    }

    /// A new message wakes its thread and counts in it.
    fn grow(&mut self, channel: ChannelId, message: MessageId) {
        let now = self.now;
        let Some(place) = self.world.channels.get_mut(&channel) else { return };
        place.last_message = Some(message);
        let guild = place.guild;
        if let Some(thread) = &mut place.thread {
            if message.0 != channel.0 {
                thread.total_messages += 1;
            }
            if thread.archived && !thread.locked {
                thread.archived = false;
                thread.archive_changed_at = now;
                self.changes.push(Change::Channel { guild, channel, deleted: false });
            }
        }
    }

    /// Changes a message as an edit does: absent fields stay.
    pub(crate) fn edit(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        body: &Value,
        files: &[File],
        default_mentions: &'static [&'static str],
        touch: bool,
    ) {
        let Some(mut message) = self.world.message(channel, id).cloned() else { return };
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().clone_into(&mut message.content);
        }
        if let Some(embeds) = body.get("embeds") {
            message.embeds = markup::embeds(embeds);
        }
        if let Some(components) = body.get("components") {
            message.components = markup::components(components);
        }
        if let Some(flags) = body["flags"].as_u64() {
            // Neither privacy nor layout can be taken back by an edit.
            let kept = message.flags & !(1 << 2);
            message.flags = kept | (flags & SETTABLE_FLAGS & !EPHEMERAL);
        }
        if body.get("attachments").is_some() || !files.is_empty() {
            let kept: Vec<Attachment> = if body["attachments"].is_array() {
                let named: BTreeSet<String> = body["attachments"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|file| text_of(&file["id"]))
                    .collect();
                message
                    .attachments
                    .iter()
                    .filter(|file| named.contains(&file.id.to_string()))
                    .cloned()
                    .collect()
            } else if body.get("attachments").is_some() {
                Vec::new()
            } else {
                message.attachments.clone()
            };
            message.attachments = self.attach(channel, &body["attachments"], files, &kept);
        }
        message.flags &= !crate::state::LOADING;
        if body.get("content").is_some()
            || body.get("allowed_mentions").is_some()
            || body.get("components").is_some()
        {
            self.resolve_mentions(&mut message, &body["allowed_mentions"], default_mentions);
        }
        if touch {
            message.edited_at = Some(self.now);
        }
        let only_for = message.only_for;
        self.world.messages.entry(channel).or_default().insert(id, message);
        self.changes.push(Change::MessageEdited { channel, message: id, only_for });
    }

    pub(crate) fn delete_message(&mut self, channel: ChannelId, id: MessageId) -> bool {
        let Some(gone) = self.world.messages.get_mut(&channel).and_then(|messages| messages.remove(&id))
        else {
            return false;
        };
        for file in &gone.attachments {
            self.world.files.remove(&file.id);
        }
        self.changes.push(Change::MessageDeleted {
            channel,
            message: id,
            author: gone.author,
            only_for: gone.only_for,
        });
        true
    }

    fn attach(
        &mut self,
        channel: ChannelId,
        named: &Value,
        files: &[File],
        kept: &[Attachment],
    ) -> Vec<Attachment> {
        let mut all = kept.to_vec();
        for file in files {
            let described =
                named.as_array().into_iter().flatten().find(|entry| text_of(&entry["id"]) == file.index);
            let name =
                described.and_then(|entry| entry["filename"].as_str()).unwrap_or(&file.name).to_owned();
            let description = described.and_then(|entry| entry["description"].as_str()).map(str::to_owned);
            all.push(self.keep_file(channel, name, description, file.content_type.clone(), &file.bytes));
        }
        all
    }

    /// Stores the bytes of a file and gives it an address.
    pub(crate) fn keep_file(
        &mut self,
        channel: ChannelId,
        filename: String,
        description: Option<String>,
        content_type: Option<String>,
        bytes: &[u8],
    ) -> Attachment {
        let id = self.id();
        self.world.files.insert(id, base64::engine::general_purpose::STANDARD.encode(bytes));
        let name = percent_encoding::utf8_percent_encode(&filename, percent_encoding::NON_ALPHANUMERIC);
        let url = format!("{}/attachments/{channel}/{id}/{name}", self.address);
        Attachment { id, filename, description, content_type, size: bytes.len() as u64, url }
    }

    fn resolve_mentions(&self, message: &mut Message, allowed: &Value, default: &[&str]) {
        let mut text = message.content.clone();
        markup::all_text(&message.components, &mut text);
        let found = markup::mentions(&text);
        let listed = |field: &str| -> BTreeSet<u64> {
            allowed[field]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|id| text_of(id).parse().ok())
                .collect()
        };
        let parse: BTreeSet<&str> = if allowed.is_object() {
            allowed["parse"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
        } else {
            default.iter().copied().collect()
        };
        let (users, roles) = (listed("users"), listed("roles"));
        message.mentions = found
            .users
            .iter()
            .copied()
            .filter(|user| parse.contains("users") || users.contains(user))
            .map(UserId)
            .filter(|user| self.world.users.contains_key(user))
            .collect();
        let guild = self.world.guild_of(message.channel);
        let may_all = self
            .world
            .permissions(message.author, message.channel, self.now)
            .has(Permissions::MENTION_EVERYONE);
        message.mention_roles = found
            .roles
            .iter()
            .copied()
            .filter(|role| parse.contains("roles") || roles.contains(role))
            .map(RoleId)
            .filter(|role| {
                guild.and_then(|guild| guild.roles.get(role)).is_some_and(|role| role.mentionable || may_all)
            })
            .collect();
        message.mention_everyone = found.everyone && parse.contains("everyone") && may_all;
        let replied =
            message.reply_to.and_then(|id| self.world.message(message.channel, id)).map(|m| m.author);
        if let Some(author) = replied
            && allowed["replied_user"].as_bool().unwrap_or(!allowed.is_object())
            && !message.mentions.contains(&author)
        {
            message.mentions.push(author);
        }
    }

    /// Opens a thread or post.
    pub(crate) fn open_thread(&mut self, opening: Opening<'_>) -> ChannelId {
        let id = opening.id.unwrap_or_else(|| ChannelId(self.id()));
        let now = self.now;
        let parent = self.world.channels.get(&opening.parent).expect("the caller looked it up");
        let guild = parent.guild;
        let slow_mode = opening.slow_mode.unwrap_or(0);
        let auto_archive_minutes =
            opening.auto_archive_minutes.unwrap_or(parent.default_auto_archive_minutes);
        let forum = parent.kind.is_forum();
        let thread = Thread {
            owner: opening.owner,
            archived: false,
            locked: false,
            invitable: opening.invitable,
            auto_archive_minutes,
            archive_changed_at: now,
            created_at: now,
            tags: opening.tags.to_vec(),
            members: BTreeSet::from([opening.owner]),
            total_messages: 0,
        };
        let channel = Channel {
            id,
            kind: opening.kind,
            guild,
            name: opening.name.to_owned(),
            parent: Some(opening.parent),
            position: 0,
            topic: None,
            overwrites: Vec::new(),
            tags: Vec::new(),
            flags: 0,
            slow_mode,
            nsfw: false,
            default_auto_archive_minutes: auto_archive_minutes,
            thread: Some(thread),
            recipients: Vec::new(),
            last_message: None,
        };
        self.world.channels.insert(id, channel);
        if forum && let Some(parent) = self.world.channels.get_mut(&opening.parent) {
            parent.last_message = Some(MessageId(id.0));
        }
        self.changes.push(Change::Channel { guild, channel: id, deleted: false });
        id
    }

    /// Removes a channel with its threads and messages; what stood under a category stays without one.
    pub(crate) fn delete_channel(&mut self, id: ChannelId) {
        let Some(gone) = self.world.channels.remove(&id) else { return };
        let under: Vec<ChannelId> =
            self.world.channels.values().filter(|channel| channel.parent == Some(id)).map(|c| c.id).collect();
        for child in under {
            if gone.kind == ChannelKind::Category {
                if let Some(child) = self.world.channels.get_mut(&child) {
                    child.parent = None;
                }
            } else {
                self.delete_channel(child);
            }
        }
        for message in self.world.messages.remove(&id).into_iter().flat_map(BTreeMap::into_values) {
            for file in message.attachments {
                self.world.files.remove(&file.id);
            }
        }
        self.changes.push(Change::Channel { guild: gone.guild, channel: id, deleted: true });
    }

    /// The private conversation of a person with a bot, opened when there is none.
    pub(crate) fn private_channel(&mut self, bot: UserId, user: UserId) -> ChannelId {
        let both = [bot, user];
        let there = self
            .world
            .channels
            .values()
            .find(|channel| {
                channel.kind == ChannelKind::Private && both.iter().all(|u| channel.recipients.contains(u))
            })
            .map(|channel| channel.id);
        if let Some(id) = there {
            return id;
        }
        let id = ChannelId(self.id());
        self.world.channels.insert(
            id,
            Channel {
                id,
                kind: ChannelKind::Private,
                guild: None,
                name: String::new(),
                parent: None,
                position: 0,
                topic: None,
                overwrites: Vec::new(),
                tags: Vec::new(),
                flags: 0,
                slow_mode: 0,
                nsfw: false,
                default_auto_archive_minutes: 1440,
                thread: None,
                recipients: both.to_vec(),
                last_message: None,
            },
        );
        self.changes.push(Change::Channel { guild: None, channel: id, deleted: false });
        id
    }

    /// A command id; used where no server is concerned.
    pub(crate) fn command_id(&mut self) -> CommandId {
        CommandId(self.id())
    }
}

/// A thread or post about to be opened.
pub(crate) struct Opening<'b> {
    pub(crate) parent: ChannelId,
    pub(crate) kind: ChannelKind,
    pub(crate) owner: UserId,
    pub(crate) name: &'b str,
    pub(crate) tags: &'b [discord::TagId],
    pub(crate) auto_archive_minutes: Option<u64>,
    pub(crate) slow_mode: Option<u64>,
    pub(crate) invitable: bool,
    /// The id, when it is that of the message it hangs on.
    pub(crate) id: Option<ChannelId>,
}

/// A nonce may be a number or a text.
pub(crate) fn nonce(body: &Value) -> Option<String> {
    match &body["nonce"] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An id, written as text or as a number.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An empty message: "thinking…".
pub(crate) fn nothing() -> Value {
    json!({})
}
