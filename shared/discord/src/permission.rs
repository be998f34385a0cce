//! Who may do what: Discord's permission bits, the order in which they are computed, and the
//! hierarchy of roles.
//!
//! Discord sends the result with each interaction (`member.permissions`, `app_permissions`). The
//! computation itself is needed where nobody clicked: a worker that plans a change, and the
//! simulated Discord.
//! Source: <https://docs.discord.com/developers/topics/permissions>

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{GuildId, RoleId, UserId};

/// A set of permission bits. A decimal string in JSON.
///
/// Source: <https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Permissions(pub u64);

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Permissions {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
            /// Every bit that has a name here, with that name.
            pub const NAMED: &'static [(Self, &'static str)] = &[$((Self::$name, stringify!($name))),*];
        }
    };
}

bits! {
    /// Create invites.
    CREATE_INSTANT_INVITE = 0;
    /// Remove members.
    KICK_MEMBERS = 1;
    /// Everything, whatever the channel says.
    ADMINISTRATOR = 3;
    /// Create, edit and delete channels.
    MANAGE_CHANNELS = 4;
    /// Edit the server.
    MANAGE_GUILD = 5;
    /// Add reactions.
    ADD_REACTIONS = 6;
    /// Read the audit log.
    VIEW_AUDIT_LOG = 7;
    /// See a channel.
    VIEW_CHANNEL = 10;
    /// Write in a channel, open posts in a forum.
    SEND_MESSAGES = 11;
    /// Have a message read aloud.
    SEND_TTS_MESSAGES = 12;
    /// Delete messages of others.
    MANAGE_MESSAGES = 13;
    /// Embeds under links.
    EMBED_LINKS = 14;
    /// Send files.
    ATTACH_FILES = 15;
    /// Read what was written before.
    READ_MESSAGE_HISTORY = 16;
    /// Mention everyone and any role.
    MENTION_EVERYONE = 17;
    /// Join a voice channel.
    CONNECT = 20;
    /// Speak in a voice channel.
    SPEAK = 21;
    /// Talk without pushing a key.
    USE_VAD = 25;
    /// Change nicknames of others.
    MANAGE_NICKNAMES = 27;
    /// Create and give roles below one's own.
    MANAGE_ROLES = 28;
    /// Create webhooks.
    MANAGE_WEBHOOKS = 29;
    /// Use slash commands.
    USE_APPLICATION_COMMANDS = 31;
    /// Edit events of others.
    MANAGE_EVENTS = 33;
    /// Lock, archive and delete threads.
    MANAGE_THREADS = 34;
    /// Open public threads.
    CREATE_PUBLIC_THREADS = 35;
    /// Open private threads.
    CREATE_PRIVATE_THREADS = 36;
    /// Write in threads.
    SEND_MESSAGES_IN_THREADS = 38;
    /// Time members out.
    MODERATE_MEMBERS = 40;
    /// Create events.
    CREATE_EVENTS = 44;
    /// Send polls.
    SEND_POLLS = 49;
    /// Use applications that are not in the server.
    USE_EXTERNAL_APPS = 50;
    /// Pin messages.
    PIN_MESSAGES = 51;
    /// Ignore slow mode.
    BYPASS_SLOWMODE = 52;
}

impl Permissions {
    /// No bit.
    pub const NONE: Self = Self(0);
    /// All bits.
    pub const ALL: Self = Self(u64::MAX);

    /// Whether every bit of `wanted` is here.
    pub const fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// Bits of either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Bits of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Bits of this one that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Names of the bits, as Discord's documentation writes them, lowest bit first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().filter(move |(bit, _)| self.has(*bit)).map(|(_, name)| *name)
    }

    /// Whether messages can be sent here: in a thread another bit says so than in its parent.
    pub const fn may_write(self, place: Place) -> bool {
        self.has(Self::VIEW_CHANNEL)
            && match place {
                Place::Text | Place::Voice => self.has(Self::SEND_MESSAGES),
                Place::Thread => self.has(Self::SEND_MESSAGES_IN_THREADS),
            }
    }
}

/// Lost with the right to write.
///
/// Source: <https://docs.discord.com/developers/topics/permissions#implicit-permissions>
const USELESS_WITHOUT_WRITING: Permissions = Permissions::SEND_TTS_MESSAGES
    .or(Permissions::MENTION_EVERYONE)
    .or(Permissions::ATTACH_FILES)
    .or(Permissions::EMBED_LINKS);

/// What a member who is timed out keeps.
///
/// Source: <https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members>
const KEPT_IN_TIMEOUT: Permissions = Permissions::VIEW_CHANNEL.or(Permissions::READ_MESSAGE_HISTORY);

/// For whom an overwrite is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Everyone who has this role. `@everyone` has the id of its guild.
    Role(RoleId),
    /// This person or bot.
    Member(UserId),
}

/// What a channel gives to a role or a person, and takes from them.
///
/// `{"id": "…", "type": 0 | 1, "allow": "…", "deny": "…"}` in JSON.
/// Source: <https://docs.discord.com/developers/resources/channel#overwrite-object>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Overwrite {
    /// For whom.
    pub target: Target,
    /// Given.
    pub allow: Permissions,
    /// Taken.
    pub deny: Permissions,
}

impl Overwrite {
    /// For a role, nothing given and nothing taken yet.
    pub const fn role(role: RoleId) -> Self {
        Self { target: Target::Role(role), allow: Permissions::NONE, deny: Permissions::NONE }
    }

    /// For a person or a bot, nothing given and nothing taken yet.
    pub const fn member(user: UserId) -> Self {
        Self { target: Target::Member(user), allow: Permissions::NONE, deny: Permissions::NONE }
    }

    /// Gives these bits.
    #[must_use]
    pub const fn allow(self, bits: Permissions) -> Self {
        Self { allow: self.allow.or(bits), deny: self.deny.without(bits), ..self }
    }

    /// Takes these bits.
    #[must_use]
    pub const fn deny(self, bits: Permissions) -> Self {
        Self { deny: self.deny.or(bits), allow: self.allow.without(bits), ..self }
    }
}

#[derive(Serialize, Deserialize)]
struct RawOverwrite {
    id: RoleId,
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default)]
    allow: Permissions,
    #[serde(default)]
    deny: Permissions,
}

impl Serialize for Overwrite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (id, kind) = match self.target {
            Target::Role(role) => (role, 0),
            Target::Member(user) => (RoleId(user.0), 1),
        };
        RawOverwrite { id, kind, allow: self.allow, deny: self.deny }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Overwrite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawOverwrite::deserialize(deserializer)?;
        let target = match raw.kind {
            0 => Target::Role(raw.id),
            1 => Target::Member(UserId(raw.id.0)),
            other => {
                return Err(de::Error::custom(format!("an overwrite for neither role nor member: {other}")));
            }
        };
        Ok(Self { target, allow: raw.allow, deny: raw.deny })
    }
}

/// Where bits are asked for: some mean nothing in some places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A text channel, an announcement channel, a forum, a category.
    Text,
    /// A voice or stage channel.
    Voice,
    /// A thread or a post. The overwrites are those of its parent.
    Thread,
}

/// A member, as far as the computation goes.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// In which guild.
    pub guild: GuildId,
    /// Who.
    pub user: UserId,
    /// Whether the guild is theirs.
    pub owner: bool,
    /// Their roles, without `@everyone`.
    pub roles: &'a [RoleId],
    /// Whether a moderator silenced them for now.
    pub timed_out: bool,
}

impl Standing<'_> {
    /// What the member may do in the guild, before any channel has its say. `roles` are all of the
    /// guild's, `@everyone` included.
    ///
    /// Source: <https://docs.discord.com/developers/topics/permissions#permission-overwrites>
    pub fn in_guild(&self, roles: impl IntoIterator<Item = (RoleId, Permissions)>) -> Permissions {
        if self.owner {
            return Permissions::ALL;
        }
        let everyone = self.guild.everyone();
        let base = roles
            .into_iter()
            .filter(|(role, _)| *role == everyone || self.roles.contains(role))
            .fold(Permissions::NONE, |sum, (_, bits)| sum.or(bits));
        if base.has(Permissions::ADMINISTRATOR) {
            Permissions::ALL
        } else if self.timed_out {
            base.and(KEPT_IN_TIMEOUT)
        } else {
            base
        }
    }

    /// What the member may do in a channel with these overwrites, with everything that follows
    /// implicitly. In a thread, `overwrites` are those of its parent.
    ///
    /// Order: `@everyone`'s overwrite, the denials of all roles together, then their allowances,
    /// the member's own. The place of a role in the list does not matter here.
    ///
    /// Source: <https://docs.discord.com/developers/topics/permissions#permission-overwrites>
    pub fn in_channel(
        &self,
        roles: impl IntoIterator<Item = (RoleId, Permissions)>,
        overwrites: &[Overwrite],
        place: Place,
    ) -> Permissions {
        let base = self.in_guild(roles);
        if base.has(Permissions::ADMINISTRATOR) {
            return base;
        }
        let everyone = Target::Role(self.guild.everyone());
        let mut bits = base;
        for overwrite in overwrites.iter().filter(|overwrite| overwrite.target == everyone) {
            bits = bits.without(overwrite.deny).or(overwrite.allow);
        }
        let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
        for overwrite in overwrites.iter().filter(|overwrite| overwrite.target != everyone) {
            if matches!(overwrite.target, Target::Role(role) if self.roles.contains(&role)) {
                allow = allow.or(overwrite.allow);
                deny = deny.or(overwrite.deny);
            }
        }
        bits = bits.without(deny).or(allow);
        for overwrite in overwrites.iter().filter(|overwrite| overwrite.target == Target::Member(self.user)) {
            bits = bits.without(overwrite.deny).or(overwrite.allow);
        }
        if self.timed_out {
            bits = bits.and(KEPT_IN_TIMEOUT);
        }
        implied(bits, place)
    }
}

/// Takes away what means nothing without another bit.
///
/// Source: <https://docs.discord.com/developers/topics/permissions#implicit-permissions>
fn implied(bits: Permissions, place: Place) -> Permissions {
    if !bits.has(Permissions::VIEW_CHANNEL) || (place == Place::Voice && !bits.has(Permissions::CONNECT)) {
        return Permissions::NONE;
    }
    if bits.may_write(place) { bits } else { bits.without(USELESS_WITHOUT_WRITING) }
}

/// The place of a role, or of a member's highest role: a greater one is higher.
///
/// Two roles of one position are ordered by id, the older one is higher.
/// Source: <https://docs.discord.com/developers/topics/permissions#role-object-role-structure>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    position: i64,
    older: std::cmp::Reverse<RoleId>,
}

impl Rank {
    /// The place of a role.
    pub const fn of(role: RoleId, position: i64) -> Self {
        Self { position, older: std::cmp::Reverse(role) }
    }

    /// The place of a member with these roles; without any they stand with `@everyone`.
    pub fn highest(guild: GuildId, roles: impl IntoIterator<Item = (RoleId, i64)>) -> Self {
        roles
            .into_iter()
            .map(|(role, position)| Self::of(role, position))
            .max()
            .unwrap_or(Self::of(guild.everyone(), 0))
    }
}

/// Somebody who changes roles or members: a person, or our bot.
///
/// Source: <https://docs.discord.com/developers/topics/permissions#permission-hierarchy>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Whether the guild is theirs.
    pub owner: bool,
    /// What they may do in the guild, see [`Standing::in_guild`].
    pub permissions: Permissions,
    /// Their highest role.
    pub rank: Rank,
}

impl Actor {
    /// Whether this role can be edited, given, taken, sorted or deleted.
    pub fn can_manage_role(&self, role: Rank) -> bool {
        self.owner || (self.permissions.has(Permissions::MANAGE_ROLES) && self.rank > role)
    }

    /// Whether a role can be given these bits: nobody gives what they do not have.
    pub fn can_give(&self, bits: Permissions) -> bool {
        self.owner || self.permissions.has(Permissions::ADMINISTRATOR) || self.permissions.has(bits)
    }

    /// Whether a member can be removed, banned or renamed, as far as the hierarchy goes.
    pub fn is_above(&self, owner: bool, rank: Rank) -> bool {
        !owner && (self.owner || self.rank > rank)
    }

    /// Whether a channel's overwrites can become these bits. `in_channel` is what the actor may do
    /// in that channel, `own_allow` what an overwrite of the channel gives to the actor, or nothing.
    ///
    /// Source: <https://docs.discord.com/developers/resources/channel#edit-channel-permissions>
    pub fn can_overwrite(
        &self,
        in_channel: Permissions,
        own_allow: Permissions,
        changed: Permissions,
    ) -> bool {
        if self.owner || self.permissions.has(Permissions::ADMINISTRATOR) {
            return true;
        }
        in_channel.has(Permissions::MANAGE_ROLES)
            && changed.and(Permissions::MANAGE_ROLES) == Permissions::NONE
            && (own_allow.has(Permissions::MANAGE_ROLES) || self.permissions.or(in_channel).has(changed))
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bits;
        impl de::Visitor<'_> for Bits {
            type Value = Permissions;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("permission bits as a decimal string")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Permissions, E> {
                text.parse().map(Permissions).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Permissions, E> {
                Ok(Permissions(number))
            }
        }
        deserializer.deserialize_any(Bits)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    const GUILD: GuildId = GuildId(1);
    const ADA: UserId = UserId(100);
    const LEARNER: RoleId = RoleId(10);
    const DELEGATE: RoleId = RoleId(11);
    const ADMIN: RoleId = RoleId(12);

    const VIEW: Permissions = Permissions::VIEW_CHANNEL;
    const SEND: Permissions = Permissions::SEND_MESSAGES;
    const FILES: Permissions = Permissions::ATTACH_FILES;
    const HISTORY: Permissions = Permissions::READ_MESSAGE_HISTORY;
    const THREADS: Permissions = Permissions::SEND_MESSAGES_IN_THREADS;

    fn roles() -> [(RoleId, Permissions); 4] {
        [
            (GUILD.everyone(), VIEW.or(SEND).or(FILES).or(HISTORY)),
            (LEARNER, THREADS),
            (DELEGATE, Permissions::MANAGE_MESSAGES),
            (ADMIN, Permissions::ADMINISTRATOR),
        ]
    }

    fn ada(roles: &[RoleId]) -> Standing<'_> {
        Standing { guild: GUILD, user: ADA, owner: false, roles, timed_out: false }
    }

    fn show(bits: Permissions) -> String {
        match bits {
            Permissions::ALL => "everything".to_owned(),
            Permissions::NONE => "nothing".to_owned(),
            bits => bits.names().collect::<Vec<_>>().join(" "),
        }
    }

    fn deny(role: RoleId, bits: Permissions) -> Overwrite {
        Overwrite::role(role).deny(bits)
    }

    fn allow(role: RoleId, bits: Permissions) -> Overwrite {
        Overwrite::role(role).allow(bits)
    }

    #[test]
    fn overwrites_are_applied_in_discords_order() {
        let everyone = GUILD.everyone();
        let me = Overwrite::member(ADA);
        let table: [(&str, &[RoleId], &[Overwrite]); 12] = [
            ("no overwrite", &[LEARNER], &[]),
            ("everyone is denied", &[LEARNER], &[deny(everyone, SEND)]),
            ("a role is allowed again", &[LEARNER], &[deny(everyone, SEND), allow(LEARNER, SEND)]),
            ("whatever the order in the list", &[LEARNER], &[allow(LEARNER, SEND), deny(everyone, SEND)]),
            ("a role I do not have", &[LEARNER], &[deny(everyone, SEND), allow(DELEGATE, SEND)]),
            (
                "one role denies, another allows",
                &[LEARNER, DELEGATE],
                &[deny(DELEGATE, SEND), allow(LEARNER, SEND)],
            ),
            ("the member's own comes last", &[LEARNER], &[me.deny(SEND), allow(LEARNER, SEND)]),
            ("the member's own gives", &[LEARNER], &[deny(LEARNER, SEND), me.allow(SEND)]),
            ("somebody else's own", &[LEARNER], &[Overwrite::member(UserId(101)).deny(SEND)]),
            ("what the guild did not give", &[], &[allow(everyone, Permissions::MANAGE_MESSAGES)]),
            ("without sight nothing counts", &[LEARNER], &[deny(everyone, VIEW), allow(LEARNER, SEND)]),
            ("an administrator", &[ADMIN], &[deny(everyone, VIEW), me.deny(VIEW)]),
        ];
        let lines: Vec<String> = table
            .iter()
            .map(|(case, mine, overwrites)| {
                format!("{case}: {}\n", show(ada(mine).in_channel(roles(), overwrites, Place::Text)))
            })
            .collect();
        expect![[r#"
            no overwrite: VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            everyone is denied: VIEW_CHANNEL READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            a role is allowed again: VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            whatever the order in the list: VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            a role I do not have: VIEW_CHANNEL READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            one role denies, another allows: VIEW_CHANNEL SEND_MESSAGES MANAGE_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            the member's own comes last: VIEW_CHANNEL READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            the member's own gives: VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            somebody else's own: VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            what the guild did not give: VIEW_CHANNEL SEND_MESSAGES MANAGE_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY
            without sight nothing counts: nothing
            an administrator: everything
        "#]].assert_eq(&lines.concat());
    }

    #[test]
    fn places_and_silence_take_what_follows() {
        let everyone = GUILD.everyone();
        let learner = ada(&[LEARNER]);
        let silent = Standing { timed_out: true, ..learner };
        let owner = Standing { owner: true, timed_out: true, ..learner };
        let admin = Standing { roles: &[ADMIN], timed_out: true, ..learner };
        let table: [(&str, Standing<'_>, &[Overwrite], Place); 9] = [
            ("text, not allowed to write", learner, &[deny(everyone, SEND)], Place::Text),
            ("its thread, allowed to write there", learner, &[deny(everyone, SEND)], Place::Thread),
            ("a thread, not allowed to write there", learner, &[deny(LEARNER, THREADS)], Place::Thread),
            ("voice, not allowed to connect", learner, &[], Place::Voice),
            ("voice, allowed to connect", learner, &[allow(everyone, Permissions::CONNECT)], Place::Voice),
            ("timed out", silent, &[allow(LEARNER, SEND)], Place::Text),
            ("timed out, not allowed to see", silent, &[deny(everyone, VIEW)], Place::Text),
            ("timed out, but the owner", owner, &[deny(everyone, VIEW)], Place::Text),
            ("timed out, but an administrator", admin, &[deny(everyone, VIEW)], Place::Text),
        ];
        let lines: Vec<String> = table
            .iter()
            .map(|(case, who, overwrites, place)| {
                let bits = who.in_channel(roles(), overwrites, *place);
                let writes = if bits.may_write(*place) { "writes" } else { "reads only" };
                format!("{case}: {writes}, {}\n", show(bits))
            })
            .collect();
        expect![[r#"
            text, not allowed to write: reads only, VIEW_CHANNEL READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            its thread, allowed to write there: writes, VIEW_CHANNEL ATTACH_FILES READ_MESSAGE_HISTORY SEND_MESSAGES_IN_THREADS
            a thread, not allowed to write there: reads only, VIEW_CHANNEL SEND_MESSAGES READ_MESSAGE_HISTORY
            voice, not allowed to connect: reads only, nothing
            voice, allowed to connect: writes, VIEW_CHANNEL SEND_MESSAGES ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SEND_MESSAGES_IN_THREADS
            timed out: reads only, VIEW_CHANNEL READ_MESSAGE_HISTORY
            timed out, not allowed to see: reads only, nothing
            timed out, but the owner: writes, everything
            timed out, but an administrator: writes, everything
        "#]].assert_eq(&lines.concat());
    }

    #[test]
    fn the_bits_of_a_guild_are_those_of_everyone_and_of_ones_roles() {
        assert_eq!(ada(&[]).in_guild(roles()), VIEW.or(SEND).or(FILES).or(HISTORY));
        assert_eq!(
            ada(&[DELEGATE, RoleId(99)]).in_guild(roles()),
            VIEW.or(SEND).or(FILES).or(HISTORY).or(Permissions::MANAGE_MESSAGES)
        );
        assert_eq!(ada(&[ADMIN]).in_guild(roles()), Permissions::ALL);
        let silent = Standing { timed_out: true, ..ada(&[DELEGATE]) };
        assert_eq!(silent.in_guild(roles()), VIEW.or(HISTORY));
    }

    #[test]
    fn an_overwrite_is_written_and_read_as_discord_does() {
        let overwrite = Overwrite::member(ADA).allow(VIEW).deny(Permissions::BYPASS_SLOWMODE);
        let json = serde_json::to_string(&overwrite).unwrap();
        assert_eq!(json, r#"{"id":"100","type":1,"allow":"1024","deny":"4503599627370496"}"#);
        assert_eq!(serde_json::from_str::<Overwrite>(&json).unwrap(), overwrite);
        assert!(serde_json::from_str::<Overwrite>(r#"{"id":"100","type":2}"#).is_err());
    }

    #[test]
    fn a_bit_is_given_or_taken_never_both() {
        let overwrite = Overwrite::role(LEARNER).allow(SEND.or(VIEW)).deny(SEND);
        assert_eq!((overwrite.allow, overwrite.deny), (VIEW, SEND));
        let overwrite = overwrite.allow(SEND);
        assert_eq!((overwrite.allow, overwrite.deny), (VIEW.or(SEND), Permissions::NONE));
    }

    #[test]
    fn a_higher_role_is_above_and_the_older_of_two_alike() {
        assert!(Rank::of(LEARNER, 5) > Rank::of(DELEGATE, 4));
        assert!(Rank::of(LEARNER, 5) > Rank::of(DELEGATE, 5));
        assert_eq!(Rank::highest(GUILD, []), Rank::of(GUILD.everyone(), 0));
        assert_eq!(Rank::highest(GUILD, [(LEARNER, 2), (DELEGATE, 7)]), Rank::of(DELEGATE, 7));
    }

    #[test]
    fn roles_are_managed_strictly_from_above() {
        let bot = |permissions| Actor { owner: false, permissions, rank: Rank::of(DELEGATE, 5) };
        let able = bot(Permissions::MANAGE_ROLES.or(SEND));
        assert!(able.can_manage_role(Rank::of(LEARNER, 4)));
        assert!(!able.can_manage_role(Rank::of(DELEGATE, 5)), "its own highest role");
        assert!(!able.can_manage_role(Rank::of(LEARNER, 5)), "an older role of the same position");
        assert!(!able.can_manage_role(Rank::of(LEARNER, 6)));
        assert!(!bot(SEND).can_manage_role(Rank::of(LEARNER, 4)), "without the right");
        assert!(Actor { owner: true, ..bot(SEND) }.can_manage_role(Rank::of(LEARNER, 6)));
        assert!(able.can_give(SEND) && !able.can_give(SEND.or(VIEW)));
        assert!(bot(Permissions::ALL).can_give(Permissions::ADMINISTRATOR));
    }

    #[test]
    fn members_are_managed_strictly_from_above_and_the_owner_never() {
        let bot = Actor { owner: false, permissions: Permissions::ALL, rank: Rank::of(DELEGATE, 5) };
        assert!(bot.is_above(false, Rank::of(LEARNER, 4)));
        assert!(!bot.is_above(false, Rank::of(DELEGATE, 5)));
        assert!(!bot.is_above(true, Rank::of(GUILD.everyone(), 0)));
        assert!(Actor { owner: true, ..bot }.is_above(false, Rank::of(LEARNER, 9)));
    }

    #[test]
    fn overwrites_change_only_bits_one_has() {
        let manage = Permissions::MANAGE_ROLES;
        let bot = Actor { owner: false, permissions: manage.or(VIEW), rank: Rank::of(DELEGATE, 5) };
        let here = manage.or(VIEW);
        assert!(bot.can_overwrite(here, Permissions::NONE, VIEW));
        assert!(!bot.can_overwrite(here, Permissions::NONE, SEND), "a bit it does not have");
        assert!(bot.can_overwrite(here, manage, SEND), "its own overwrite there gives it the right");
        assert!(!bot.can_overwrite(here, manage, manage), "the right itself takes an administrator");
        assert!(!bot.can_overwrite(VIEW, Permissions::NONE, VIEW), "without the right in that channel");
        let admin = Actor { permissions: Permissions::ALL, ..bot };
        assert!(admin.can_overwrite(Permissions::ALL, Permissions::NONE, manage));
    }
}
