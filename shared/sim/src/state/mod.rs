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

/// How many interactions are remembered. Their tokens live 15 minutes; a late call learns that for longer.
const INTERACTIONS_KEPT: usize = 2_000;

/// How many private answers one person sees in one channel.
const PRIVATE_KEPT: usize = 50;

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

    /// Notes an interaction; of very many, the oldest are forgotten.
    pub(crate) fn remember(&mut self, opened: Opened) {
        self.interactions.insert(opened.id, opened);
        while self.interactions.len() > INTERACTIONS_KEPT {
            self.interactions.pop_first();
        }
    }

    /// Of what one person alone sees in a channel, the newest stay: Discord forgets them all when its
    /// window is closed.
    pub(crate) fn forget_private(&mut self, channel: ChannelId, person: UserId) {
        let Some(messages) = self.messages.get_mut(&channel) else { return };
        let own = messages.values().rev().filter(|message| message.only_for == Some(person));
        let old: Vec<MessageId> = own.skip(PRIVATE_KEPT).map(|message| message.id).collect();
        for id in old {
            for file in messages.remove(&id).into_iter().flat_map(|message| message.attachments) {
                self.files.remove(&file.id);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(id: u64) -> Opened {
        Opened {
            id: InteractionId(id),
            token: String::new(),
            application: ApplicationId(1),
            kind: 2,
            user: UserId(1),
            guild: None,
            channel: ChannelId(1),
            source: None,
            command: None,
            at: 0,
            progress: Progress::Answered,
            original: None,
            follow_ups: Vec::new(),
        }
    }

    #[test]
    fn the_newest_interactions_are_remembered() {
        let mut world = World::default();
        for id in 0..INTERACTIONS_KEPT as u64 + 5 {
            world.remember(opened(id));
        }
        assert_eq!(world.interactions.len(), INTERACTIONS_KEPT);
        assert_eq!(world.interactions.keys().next(), Some(&InteractionId(5)));
    }

    #[test]
    fn ids_grow_also_when_time_stands_still() {
        let mut world = World::default();
        let first = world.new_id(EPOCH_MS + 5);
        assert_eq!(first, 5 << 22);
        assert_eq!(world.new_id(EPOCH_MS + 5), first + 1);
        assert!(world.new_id(EPOCH_MS + 4) > first);
        assert_eq!(world.new_id(EPOCH_MS + 6), 6 << 22);
    }
}
