//! What a person sees, for a page that shows it.

use std::collections::BTreeMap;

use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, CommandId, GuildId, InteractionId, MessageId, UserId};
use serde::Serialize;
use serde_json::Value;

use crate::Sim;
use crate::act::Change;
use crate::state::{Channel, ChannelKind, Guild, Message, Modal, RegisteredCommand, World};

/// A channel in somebody's list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelView {
    /// The channel itself.
    pub channel: Channel,
    /// Messages since this person was last here.
    pub unread: usize,
    /// Whether this person may write, or open posts, here.
    pub may_write: bool,
}

/// A command in somebody's list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommandView {
    /// Whose.
    pub application: ApplicationId,
    /// The application's name.
    pub application_name: String,
    /// Identity.
    pub id: CommandId,
    /// 1 typed, 2 on a person, 3 on a message.
    pub kind: u8,
    /// The name by which it is sent.
    pub name: String,
    /// The whole command as it was registered, translations included.
    pub body: Value,
}

impl Sim {
    /// The servers a person is in.
    pub fn guilds_of(&self, person: UserId) -> Vec<Guild> {
        self.look(|world| {
            world.guilds.values().filter(|guild| guild.members.contains_key(&person)).cloned().collect()
        })
    }

    /// The channels of a server as a person sees them: categories (by place), each before its channels.
    /// Threads are asked for with [`Sim::threads_of`], private conversations with [`Sim::private_channels_of`].
    pub fn channels_of(&self, person: UserId, guild: GuildId) -> Vec<ChannelView> {
        let now = self.now_ms();
        self.look(|world| {
            let seen: Vec<&Channel> = world
                .channels_in(guild)
                .filter(|channel| {
                    channel.kind == ChannelKind::Category || world.may_see(person, channel.id, now)
                })
                .collect();
            let mut shown: Vec<&Channel> = seen
                .iter()
                .copied()
                .filter(|channel| {
                    // An empty category is shown to those who may fill it.
                    channel.kind != ChannelKind::Category
                        || seen.iter().any(|child| child.parent == Some(channel.id))
                        || (world.permissions(person, channel.id, now).has(Permissions::MANAGE_CHANNELS))
                })
                .collect();
            shown.sort_by_key(|channel| {
                let category = match channel.kind {
                    ChannelKind::Category => Some(*channel),
                    _ => channel.parent.and_then(|parent| world.channels.get(&parent)),
                };
                let place =
                    category.map_or((0, 0, ChannelId(0)), |category| (1, category.position, category.id));
                (place, channel.kind != ChannelKind::Category, channel.position, channel.id)
            });
            shown.into_iter().map(|channel| world.channel_view(person, channel, now)).collect()
        })
    }

    /// Threads and posts under a channel that a person sees, newest activity first, archived ones last.
    pub fn threads_of(&self, person: UserId, parent: ChannelId) -> Vec<ChannelView> {
        let now = self.now_ms();
        self.look(|world| {
            let mut threads: Vec<&Channel> =
                world.threads_under(parent).filter(|thread| world.may_see(person, thread.id, now)).collect();
            threads.sort_by_key(|thread| {
                let archived = thread.thread.as_ref().is_some_and(|thread| thread.archived);
                (archived, std::cmp::Reverse(thread.last_message.map_or(thread.id.0, |message| message.0)))
            });
            threads.into_iter().map(|thread| world.channel_view(person, thread, now)).collect()
        })
    }

    /// Private conversations of a person, newest first.
    pub fn private_channels_of(&self, person: UserId) -> Vec<ChannelView> {
        let now = self.now_ms();
        self.look(|world| {
            let mut channels: Vec<&Channel> = world
                .channels
                .values()
                .filter(|channel| {
                    channel.kind == ChannelKind::Private && channel.recipients.contains(&person)
                })
                .collect();
            channels.sort_by_key(|channel| std::cmp::Reverse(channel.last_message));
            channels.into_iter().map(|channel| world.channel_view(person, channel, now)).collect()
        })
    }

    /// Messages of a channel as a person sees them, oldest first: the newest `limit` before `before`, with what
    /// only this person sees. Nothing where the person may not look.
    pub fn messages(
        &self,
        person: UserId,
        channel: ChannelId,
        before: Option<MessageId>,
        limit: usize,
    ) -> Vec<Message> {
        let now = self.now_ms();
        self.look(|world| {
            let may = world.permissions(person, channel, now);
            if !may.has(Permissions::VIEW_CHANNEL) {
                return Vec::new();
            }
            let history = may.has(Permissions::READ_MESSAGE_HISTORY);
            let mut list: Vec<Message> = world
                .messages_for(channel, Some(person))
                .rev()
                .filter(|message| before.is_none_or(|before| message.id < before))
                .filter(|message| history || message.only_for.is_some())
                .take(limit)
                .cloned()
                .collect();
            list.reverse();
            list
        })
    }

    /// One message as a person sees it.
    pub fn message(&self, person: UserId, channel: ChannelId, message: MessageId) -> Option<Message> {
        let now = self.now_ms();
        self.look(|world| {
            world
                .message(channel, message)
                .filter(|message| message.only_for.is_none_or(|only| only == person))
                .filter(|_| world.may_see(person, channel, now))
                .cloned()
        })
    }

    /// The commands a person may use in a server, by name.
    pub fn commands_of(&self, person: UserId, guild: GuildId) -> Vec<CommandView> {
        self.look(|world| {
            let mut list: Vec<CommandView> = world
                .applications
                .values()
                .filter(|application| application.guilds.contains(&guild))
                .flat_map(|application| {
                    application.commands_in(Some(guild)).map(move |command| (application, command))
                })
                .filter(|(_, command)| world.may_use(person, guild, command))
                .map(|(application, command)| CommandView {
                    application: application.id,
                    application_name: application.name.clone(),
                    id: command.id,
                    kind: command.kind,
                    name: command.name.clone(),
                    body: command.body.clone(),
                })
                .collect();
            list.sort_by(|a, b| a.name.cmp(&b.name));
            list
        })
    }

    /// The forms on a person's screen.
    pub fn modals_of(&self, person: UserId) -> Vec<Modal> {
        self.look(|world| world.modals.values().filter(|modal| modal.user == person).cloned().collect())
    }

    /// A form by its handle.
    pub fn modal(&self, handle: InteractionId) -> Option<Modal> {
        self.look(|world| world.modals.get(&handle).cloned())
    }

    /// A person has read a channel up to its end.
    pub fn mark_read(&self, person: UserId, channel: ChannelId) {
        self.act(|act| {
            let newest = act.world.messages_for(channel, Some(person)).next_back().map(|message| message.id);
            if let Some(newest) = newest {
                act.world.read.entry(person).or_default().insert(channel, newest);
            }
        });
    }

    /// Whether a change is any of a person's business: they may see where it happened, and it is not somebody
    /// else's private answer.
    pub fn concerns(&self, person: UserId, change: &Change) -> bool {
        let now = self.now_ms();
        let only = |only_for: &Option<UserId>| only_for.is_none_or(|only| only == person);
        match change {
            Change::MessageCreated { channel, only_for, .. }
            | Change::MessageEdited { channel, only_for, .. }
            | Change::MessageDeleted { channel, only_for, .. } => {
                only(only_for) && self.look(|world| world.may_see(person, *channel, now))
            }
            Change::Channel { guild: None, channel, .. } => {
                self.look(|world| world.may_see(person, *channel, now))
            }
            Change::Channel { guild: Some(guild), .. } | Change::Guild { guild } => {
                self.look(|world| world.member(*guild, person).is_some())
            }
            Change::Modal { user, .. } => *user == person,
            Change::Commands { .. } | Change::Delivery { .. } | Change::Rest { .. } | Change::Reloaded => {
                true
            }
        }
    }
}

impl World {
    fn channel_view(&self, person: UserId, channel: &Channel, now: i64) -> ChannelView {
        let seen: Option<MessageId> = self
            .read
            .get(&person)
            .map(BTreeMap::iter)
            .and_then(|mut read| read.find(|(id, _)| **id == channel.id))
            .map(|(_, m)| *m);
        let unread = self
            .messages_for(channel.id, Some(person))
            .rev()
            .take_while(|message| seen.is_none_or(|seen| message.id > seen))
            .filter(|message| message.author != person)
            .count();
        ChannelView { channel: channel.clone(), unread, may_write: self.may_write(person, channel.id, now) }
    }

    /// Whether a command is shown to a person: `default_member_permissions`, unless they administer.
    pub(crate) fn may_use(&self, person: UserId, guild: GuildId, command: &RegisteredCommand) -> bool {
        let may = self.guild_permissions(guild, person);
        if may.has(Permissions::ADMINISTRATOR) {
            return true;
        }
        let in_guild = command.body["contexts"]
            .as_array()
            .is_none_or(|contexts| contexts.iter().any(|context| context.as_u64() == Some(0)));
        let needed = match &command.body["default_member_permissions"] {
            Value::String(bits) => bits.parse::<u64>().ok(),
            Value::Number(bits) => bits.as_u64(),
            _ => None,
        };
        // "0" means administrators alone.
        in_guild && needed.is_none_or(|needed| needed != 0 && may.has(Permissions(needed)))
    }
}
