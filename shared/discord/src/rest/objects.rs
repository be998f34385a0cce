//! What Discord answers, as far as we read it.
//!
//! Lenient on purpose: everything but an identity may be absent or null, and what is unknown is ignored.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::interaction::{Attachment, User};
use crate::lenient::{or_default, readable};
use crate::permission::{Overwrite, Permissions};
use crate::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, TagId, UserId};

/// Kind of a channel.
///
/// Source: <https://docs.discord.com/developers/resources/channel#channel-object-channel-types>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// Text.
    Text,
    /// A private conversation with one person.
    Private,
    /// Voice.
    Voice,
    /// A group of channels.
    Category,
    /// Text that others can follow.
    Announcement,
    /// A thread under an announcement.
    AnnouncementThread,
    /// A thread that everyone sees who sees its parent; also the post of a forum.
    PublicThread,
    /// A thread that its members see.
    PrivateThread,
    /// A stage.
    Stage,
    /// Posts only.
    Forum,
    /// Posts with pictures only.
    Media,
    /// Any other.
    Other(u8),
}

impl ChannelKind {
    /// Whether it holds posts, and no messages of its own.
    pub const fn has_posts(self) -> bool {
        matches!(self, Self::Forum | Self::Media)
    }

    const NUMBERS: [(Self, u8); 11] = [
        (Self::Text, 0),
        (Self::Private, 1),
        (Self::Voice, 2),
        (Self::Category, 4),
        (Self::Announcement, 5),
        (Self::AnnouncementThread, 10),
        (Self::PublicThread, 11),
        (Self::PrivateThread, 12),
        (Self::Stage, 13),
        (Self::Forum, 15),
        (Self::Media, 16),
    ];

    /// The number by which Discord knows it.
    pub fn number(self) -> u8 {
        match self {
            Self::Other(number) => number,
            known => Self::NUMBERS.iter().find(|(kind, _)| *kind == known).map_or(0, |(_, number)| *number),
        }
    }

    /// Whether it is a thread or a post.
    pub fn is_thread(self) -> bool {
        matches!(self, Self::AnnouncementThread | Self::PublicThread | Self::PrivateThread)
    }
}

impl From<u8> for ChannelKind {
    fn from(number: u8) -> Self {
        Self::NUMBERS
            .iter()
            .find(|(_, known)| *known == number)
            .map_or(Self::Other(number), |(kind, _)| *kind)
    }
}

impl Default for ChannelKind {
    fn default() -> Self {
        Self::Other(u8::MAX)
    }
}

impl Serialize for ChannelKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for ChannelKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u8::deserialize(deserializer).map(Self::from)
    }
}

/// A channel, a category, a forum or a thread.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Channel {
    /// Identity.
    pub id: ChannelId,
    /// Kind.
    #[serde(rename = "type", default)]
    pub kind: ChannelKind,
    /// The server; none in private conversations.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// The category, or the channel of a thread.
    #[serde(default)]
    pub parent_id: Option<ChannelId>,
    /// Name; empty in private conversations.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What the channel is for; the guidelines of a forum.
    #[serde(default, deserialize_with = "or_default")]
    pub topic: String,
    /// Place in the list.
    #[serde(default, deserialize_with = "or_default")]
    pub position: i64,
    /// Own rights. Those of a category are copied into its channels, not inherited.
    #[serde(default, deserialize_with = "readable")]
    pub permission_overwrites: Vec<Overwrite>,
    /// Who opened the thread.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Newest message, or newest post of a forum. It may be deleted since.
    #[serde(default)]
    pub last_message_id: Option<MessageId>,
    /// State of a thread.
    #[serde(default)]
    pub thread_metadata: Option<ThreadMetadata>,
    /// Tags that posts of this forum can have.
    #[serde(default, deserialize_with = "readable")]
    pub available_tags: Vec<AppliedTag>,
    /// Tags of this post.
    #[serde(default, deserialize_with = "or_default")]
    pub applied_tags: Vec<TagId>,
    /// 2: pinned post. 16: the forum wants a tag.
    #[serde(default, deserialize_with = "or_default")]
    pub flags: u64,
}

/// State of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ThreadMetadata {
    /// Out of the list; writing brings it back.
    pub archived: bool,
    /// Only moderators can write or bring it back.
    pub locked: bool,
    /// Minutes without a message after which it leaves the list.
    pub auto_archive_duration: u32,
    /// When it last left or came back, in ISO 8601.
    #[serde(deserialize_with = "or_default")]
    pub archive_timestamp: String,
}

/// A tag of a forum, as Discord knows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AppliedTag {
    /// Identity.
    pub id: TagId,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// Only moderators can set it.
    #[serde(default, deserialize_with = "or_default")]
    pub moderated: bool,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Role {
    /// Identity.
    pub id: RoleId,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// What it gives in the whole server.
    #[serde(default, deserialize_with = "or_default")]
    pub permissions: Permissions,
    /// Place in the hierarchy; see [`crate::permission::Rank`].
    #[serde(default, deserialize_with = "or_default")]
    pub position: i64,
    /// Belongs to a bot or an integration: nobody can give it.
    #[serde(default, deserialize_with = "or_default")]
    pub managed: bool,
    /// Everyone can mention it.
    #[serde(default, deserialize_with = "or_default")]
    pub mentionable: bool,
}

/// A person in a server, with who they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MemberInfo {
    /// Who.
    pub user: User,
    /// Name chosen for this server.
    #[serde(default)]
    pub nick: Option<String>,
    /// Roles, without `@everyone`.
    #[serde(default, deserialize_with = "or_default")]
    pub roles: Vec<RoleId>,
    /// When they came, in ISO 8601.
    #[serde(default, deserialize_with = "or_default")]
    pub joined_at: String,
    /// Has not passed the server's screening yet.
    #[serde(default, deserialize_with = "or_default")]
    pub pending: bool,
    /// Until when they are silenced, in ISO 8601.
    #[serde(default)]
    pub communication_disabled_until: Option<String>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Guild {
    /// Identity.
    pub id: GuildId,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// Whose it is.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// Language chosen for the server.
    #[serde(default, deserialize_with = "or_default")]
    pub preferred_locale: String,
    /// What it can do, such as `COMMUNITY`.
    #[serde(default, deserialize_with = "or_default")]
    pub features: Vec<String>,
    /// Roles.
    #[serde(default, deserialize_with = "readable")]
    pub roles: Vec<Role>,
}

/// A message that stands in a channel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PostedMessage {
    /// Identity.
    pub id: MessageId,
    /// Where it stands.
    #[serde(default)]
    pub channel_id: Option<ChannelId>,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<User>,
    /// Its text. Empty for messages of others, unless the bot has the message content intent.
    #[serde(default, deserialize_with = "or_default")]
    pub content: String,
    /// 0 and 19 are messages of people; others tell an event, 7 that somebody joined.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: u8,
    /// When it was sent, in ISO 8601.
    #[serde(default, deserialize_with = "or_default")]
    pub timestamp: String,
    /// What was sent with it, to know one's own message again.
    #[serde(default, deserialize_with = "text")]
    pub nonce: Option<String>,
    /// Files.
    #[serde(default, deserialize_with = "readable")]
    pub attachments: Vec<Attachment>,
    /// Cards.
    #[serde(default, deserialize_with = "readable")]
    pub embeds: Vec<PostedEmbed>,
    /// Pinned.
    #[serde(default, deserialize_with = "or_default")]
    pub pinned: bool,
    /// See [`crate::message`].
    #[serde(default, deserialize_with = "or_default")]
    pub flags: u64,
    /// The thread under it.
    #[serde(default)]
    pub thread: Option<Channel>,
}

/// A card of a message, as far as we read it: by its footer we know our own again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct PostedEmbed {
    #[serde(default)]
    footer: Option<PostedFooter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct PostedFooter {
    #[serde(default)]
    text: String,
}

impl PostedEmbed {
    /// The small line below.
    pub fn footer_text(&self) -> Option<&str> {
        self.footer.as_ref().map(|footer| footer.text.as_str())
    }
}

/// Discord gives a nonce back as it came: text, or a number.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Nonce {
        Text(String),
        Number(i64),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Option::deserialize(deserializer)? {
        Some(Nonce::Text(text)) => Some(text),
        Some(Nonce::Number(number)) => Some(number.to_string()),
        Some(Nonce::Other(_)) | None => None,
    })
}

/// An invite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Invite {
    /// The end of its address.
    pub code: String,
    /// How often it was used; told to who may manage the server.
    #[serde(default, deserialize_with = "or_default")]
    pub uses: u64,
    /// How often it may be used; 0 is without end.
    #[serde(default, deserialize_with = "or_default")]
    pub max_uses: u64,
    /// When it ends, in ISO 8601.
    #[serde(default)]
    pub expires_at: Option<String>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Application {
    /// Identity.
    pub id: ApplicationId,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// The public key that signs its interactions, in hexadecimal.
    #[serde(default, deserialize_with = "or_default")]
    pub verify_key: String,
    /// Where its interactions go. Null after Discord removed an endpoint that failed its probes.
    #[serde(default)]
    pub interactions_endpoint_url: Option<String>,
}
