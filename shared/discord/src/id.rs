//! Ids as types: a user cannot be passed as a channel.
//!
//! Discord's ids are 64-bit snowflakes, written as decimal strings in JSON.
//! Source: <https://docs.discord.com/developers/reference#snowflakes>

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// First millisecond of Discord's time, 2015-01-01T00:00:00Z, as Unix milliseconds.
///
/// Source: <https://docs.discord.com/developers/reference#snowflakes>
pub const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Text that is not a 64-bit decimal id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a Discord id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u64);

        impl $name {
            /// The moment at which Discord made this id, in Unix milliseconds.
            pub const fn created_ms(self) -> u64 {
                (self.0 >> 22) + DISCORD_EPOCH_MS
            }

            /// The lowest id of a moment, in Unix milliseconds: what is older has a lower one.
            pub const fn first_at(ms: u64) -> Self {
                Self(ms.saturating_sub(DISCORD_EPOCH_MS) << 22)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(IdText).map(Self)
            }
        }
    )*};
}

ids! {
    /// An application, in our case a bot.
    ApplicationId
    /// A file sent with a message or a modal.
    AttachmentId
    /// A channel, a category, a forum or a thread.
    ChannelId
    /// A registered slash, message or user command.
    CommandId
    /// A server.
    GuildId
    /// One delivery of what one person did.
    InteractionId
    /// A message. The first message of a forum post has the id of its thread.
    MessageId
    /// A role. `@everyone` has the id of its guild.
    RoleId
    /// A tag of a forum.
    TagId
    /// A person or a bot.
    UserId
}

impl GuildId {
    /// The role that every member has: its id is the guild's.
    ///
    /// Source: <https://docs.discord.com/developers/topics/permissions#role-object>
    pub const fn everyone(self) -> RoleId {
        RoleId(self.0)
    }
}

impl ChannelId {
    /// The first message of this channel when it is a post of a forum: thread and message share one id.
    ///
    /// Source: <https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel>
    pub const fn first_message(self) -> MessageId {
        MessageId(self.0)
    }
}

/// Accepts the documented string, and the bare number some old fixtures carry.
struct IdText;

impl de::Visitor<'_> for IdText {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a snowflake as a decimal string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        text.parse().map_err(|_| E::custom(NotAnId))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<u64, E> {
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        // The example of Discord's own page.
        assert_eq!(UserId(175_928_847_299_117_063).created_ms(), 1_462_015_105_796);
    }

    #[test]
    fn an_id_is_a_string_in_json() {
        assert_eq!(serde_json::to_string(&UserId(42)).unwrap(), r#""42""#);
        assert_eq!(serde_json::from_str::<UserId>(r#""42""#).unwrap(), UserId(42));
        assert!(serde_json::from_str::<UserId>(r#""+42x""#).is_err());
        assert_eq!("+42".parse::<UserId>(), Err(NotAnId));
    }
}
