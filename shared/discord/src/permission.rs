//! Who may do what: Discord's permission bits and the order in which they are computed.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

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

    /// Bits of this one that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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
