//! Everything the simulated Discord knows. All of it can be saved and read back.

mod application;
mod channel;
mod guild;
mod interaction;
mod message;
mod permission;
pub(crate) mod wire;

use std::collections::BTreeMap;

use discord::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};
use serde::{Deserialize, Serialize};

pub(crate) use application::localized;
pub use application::{Application, RegisteredCommand};
pub use channel::{Channel, ChannelKind, Overwrite, Tag, Thread};
pub use guild::{Guild, Member, Role, User};
pub use interaction::{Modal, Opened, Progress};
pub use message::{Attachment, Cause, Message};
pub(crate) use message::{HAS_THREAD, LOADING};

/// First millisecond of Discord's time as Unix milliseconds.
#[expect(clippy::cast_possible_wrap, reason = "the year 2015 in milliseconds fits")]
const EPOCH_MS: i64 = discord::id::DISCORD_EPOCH_MS as i64;

const MINUTE_MS: i64 = 60_000;

/// `flags` of a forum post that is pinned: it is never put away.
///
/// Source: <https://docs.discord.com/developers/resources/channel#channel-object-channel-flags>
const PINNED: u64 = 1 << 1;

/// All servers, people, channels and messages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct World {
    /// The newest id given, so that ids only grow.
    pub last_id: u64,
    /// People and bots.
    pub users: BTreeMap<UserId, User>,
    /// Servers.
    pub guilds: BTreeMap<GuildId, Guild>,
    /// Channels, categories, forums, threads, posts and private conversations.
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Messages by channel, oldest first. Also those that one person alone sees.
    pub messages: BTreeMap<ChannelId, BTreeMap<MessageId, Message>>,
    /// Applications with their bots.
    pub applications: BTreeMap<ApplicationId, Application>,
    /// What people did and how it was answered, for as long as the token lives.
    pub interactions: BTreeMap<InteractionId, Opened>,
    /// Forms on somebody's screen.
    pub modals: BTreeMap<InteractionId, Modal>,
    /// The newest message that each person has seen, by channel.
    pub read: BTreeMap<UserId, BTreeMap<ChannelId, MessageId>>,
    /// Bytes of files by attachment id, in base64.
    pub files: BTreeMap<u64, String>,
    /// When silent threads were last put away, in Unix milliseconds.
    pub aged_at: i64,
}

impl World {
    /// A new id, made at `now_ms` (Unix milliseconds) as Discord makes them; two are never equal.
    pub fn new_id(&mut self, now_ms: i64) -> u64 {
        let from_time = u64::try_from(now_ms - EPOCH_MS).unwrap_or(0) << 22;
        self.last_id = from_time.max(self.last_id + 1);
        self.last_id
    }

    /// Puts threads away that were silent for too long, and names them. Looks once a minute at most.
    pub(crate) fn age(&mut self, now_ms: i64) -> Vec<ChannelId> {
        if now_ms - self.aged_at < MINUTE_MS {
            return Vec::new();
        }
        self.aged_at = now_ms;
        let mut aged = Vec::new();
        for channel in self.channels.values_mut() {
            let pinned = channel.flags & PINNED != 0;
            let last = channel.last_message.map_or(channel.id.0, |message| message.0.max(channel.id.0));
            let Some(thread) = channel.thread.as_mut().filter(|thread| !thread.archived && !pinned) else {
                continue;
            };
            let last = i64::try_from(MessageId(last).created_ms())
                .unwrap_or(i64::MAX)
                .max(thread.archive_changed_at);
            let silence =
                i64::try_from(thread.auto_archive_minutes).unwrap_or(i64::MAX).saturating_mul(MINUTE_MS);
            if now_ms - last > silence {
                thread.archived = true;
                thread.archive_changed_at = now_ms;
                aged.push(channel.id);
            }
        }
        aged
    }

    /// The messages of a channel that `viewer` may be shown, oldest first: nobody else's private answers,
    /// and none that were dismissed. Without a viewer: what the channel's routes show.
    pub fn messages_for(
        &self,
        channel: ChannelId,
        viewer: Option<UserId>,
    ) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.get(&channel).into_iter().flat_map(BTreeMap::values).filter(move |message| {
            message.only_for.is_none() || (message.only_for == viewer && viewer.is_some())
        })
    }

    /// A message, wherever it stands.
    pub fn message(&self, channel: ChannelId, id: MessageId) -> Option<&Message> {
        self.messages.get(&channel)?.get(&id)
    }

    /// A message to be changed.
    pub(crate) fn message_mut(&mut self, channel: ChannelId, id: MessageId) -> Option<&mut Message> {
        self.messages.get_mut(&channel)?.get_mut(&id)
    }

    /// The server of a channel or thread.
    pub fn guild_of(&self, channel: ChannelId) -> Option<&Guild> {
        self.guilds.get(&self.channels.get(&channel)?.guild?)
    }

    /// A member of a server.
    pub fn member(&self, guild: GuildId, user: UserId) -> Option<&Member> {
        self.guilds.get(&guild)?.members.get(&user)
    }

    /// A person by the name that is theirs alone.
    pub fn user_named(&self, username: &str) -> Option<&User> {
        self.users.values().find(|user| user.username == username)
    }

    /// How a person is called in a server: nickname, else display name, else user name.
    pub fn name_in(&self, guild: Option<GuildId>, user: UserId) -> String {
        guild
            .and_then(|guild| self.member(guild, user))
            .and_then(|member| member.nick.clone())
            .or_else(|| self.users.get(&user).map(|user| user.display_name().to_owned()))
            .unwrap_or_else(|| user.to_string())
    }

    /// The application whose bot this is.
    pub fn application_of(&self, user: UserId) -> Option<&Application> {
        self.applications.values().find(|application| application.bot == user)
    }

    /// Channels of a server in the order of its list, without threads.
    pub fn channels_in(&self, guild: GuildId) -> impl Iterator<Item = &Channel> {
        self.channels.values().filter(move |channel| channel.guild == Some(guild) && channel.thread.is_none())
    }

    /// Threads under a channel, archived or not.
    pub fn threads_under(&self, parent: ChannelId) -> impl DoubleEndedIterator<Item = &Channel> {
        self.channels
            .values()
            .filter(move |channel| channel.parent == Some(parent) && channel.thread.is_some())
    }

    /// A role of a server.
    pub fn role(&self, guild: GuildId, role: RoleId) -> Option<&Role> {
        self.guilds.get(&guild)?.roles.get(&role)
    }
}
