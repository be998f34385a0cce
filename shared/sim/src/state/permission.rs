//! Who may do what where: Discord's algorithm over the state.
//!
//! Written apart from `discord::permission` on purpose: this is the judge, not the judged.
//! Source: <https://docs.discord.com/developers/topics/permissions#permission-overwrites>

use discord::permission::Permissions;
use discord::{ChannelId, GuildId, UserId};

use super::{Channel, ChannelKind, Overwrite, World};

/// What stays to somebody who is silenced.
const WHILE_TIMED_OUT: Permissions = Permissions::VIEW_CHANNEL.or(Permissions::READ_MESSAGE_HISTORY);

/// Every bit that Discord defines today; administrators have them all.
/// Source: <https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>
const EVERYTHING: Permissions = Permissions((1 << 53) - 1);

impl World {
    /// What somebody may do in a server, before any channel is asked.
    pub fn guild_permissions(&self, guild: GuildId, user: UserId) -> Permissions {
        let Some(guild) = self.guilds.get(&guild) else { return Permissions::NONE };
        if guild.owner == user {
            return EVERYTHING;
        }
        let Some(member) = guild.members.get(&user) else { return Permissions::NONE };
        let everyone =
            guild.roles.get(&guild.id.everyone()).map_or(Permissions::NONE, |role| role.permissions);
        let all = member
            .roles
            .iter()
            .filter_map(|role| guild.roles.get(role))
            .fold(everyone, |sum, role| sum.or(role.permissions));
        if all.has(Permissions::ADMINISTRATOR) { EVERYTHING } else { all }
    }

    /// What somebody may do in a channel or thread at `now_ms`, implicit rules applied.
    pub fn permissions(&self, user: UserId, channel: ChannelId, now_ms: i64) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else { return Permissions::NONE };
        let Some(guild_id) = channel.guild else {
            return if channel.recipients.contains(&user) {
                private_conversation()
            } else {
                Permissions::NONE
            };
        };
        let base = self.guild_permissions(guild_id, user);
        if base.has(Permissions::ADMINISTRATOR) {
            return base;
        }
        let Some(member) = self.member(guild_id, user) else { return Permissions::NONE };
        let place = self.place_of(channel);
        let mut sum = base;
        let of =
            |id: u64, person: bool| place.overwrites.iter().find(move |o| o.id == id && o.person == person);
        if let Some(Overwrite { allow, deny, .. }) = of(guild_id.0, false) {
            sum = sum.without(*deny).or(*allow);
        }
        let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
        for overwrite in member.roles.iter().filter_map(|role| of(role.0, false)) {
            allow = allow.or(overwrite.allow);
            deny = deny.or(overwrite.deny);
        }
        sum = sum.without(deny).or(allow);
        if let Some(Overwrite { allow, deny, .. }) = of(user.0, true) {
            sum = sum.without(*deny).or(*allow);
        }
        if member.timed_out_until.is_some_and(|until| until > now_ms) {
            sum = Permissions(sum.0 & WHILE_TIMED_OUT.0);
        }
        implied(sum, user, channel)
    }

    /// Threads have no overwrites of their own: their channel's hold.
    fn place_of<'w>(&'w self, channel: &'w Channel) -> &'w Channel {
        match channel.parent {
            Some(parent) if channel.is_thread() => self.channels.get(&parent).unwrap_or(channel),
            _ => channel,
        }
    }

    /// Whether somebody may write in a channel: threads ask for another bit than channels.
    pub fn may_write(&self, user: UserId, channel: ChannelId, now_ms: i64) -> bool {
        let may = self.permissions(user, channel, now_ms);
        let in_thread = self.channels.get(&channel).is_some_and(Channel::is_thread);
        may.has(if in_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES })
    }

    /// Whether somebody sees a channel in the list.
    pub fn may_see(&self, user: UserId, channel: ChannelId, now_ms: i64) -> bool {
        self.permissions(user, channel, now_ms).has(Permissions::VIEW_CHANNEL)
    }
}

fn implied(sum: Permissions, user: UserId, channel: &Channel) -> Permissions {
    if !sum.has(Permissions::VIEW_CHANNEL) {
        return Permissions::NONE;
    }
    if let Some(thread) = &channel.thread {
        let private = channel.kind == ChannelKind::PrivateThread;
        if private && !thread.members.contains(&user) && !sum.has(Permissions::MANAGE_THREADS) {
            return Permissions::NONE;
        }
        // In a thread the right to write has another name.
        return if sum.has(Permissions::SEND_MESSAGES_IN_THREADS) { sum } else { without_writing(sum) };
    }
    if sum.has(Permissions::SEND_MESSAGES) { sum } else { without_writing(sum) }
}

/// What one needs the right to write for.
const fn without_writing(sum: Permissions) -> Permissions {
    sum.without(
        Permissions::MENTION_EVERYONE
            .or(Permissions::EMBED_LINKS)
            .or(Permissions::ATTACH_FILES)
            .or(Permissions::SEND_TTS_MESSAGES),
    )
}

const fn private_conversation() -> Permissions {
    Permissions::VIEW_CHANNEL
        .or(Permissions::SEND_MESSAGES)
        .or(Permissions::EMBED_LINKS)
        .or(Permissions::ATTACH_FILES)
        .or(Permissions::READ_MESSAGE_HISTORY)
        .or(Permissions::ADD_REACTIONS)
        .or(Permissions::USE_APPLICATION_COMMANDS)
}
