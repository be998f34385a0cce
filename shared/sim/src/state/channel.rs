//! Channels, forums, threads and private conversations.

use std::collections::BTreeSet;

use discord::permission::Permissions;
use discord::{ChannelId, GuildId, MessageId, TagId, UserId};
use serde::{Deserialize, Serialize};

/// Kinds of channel that Passerelle meets.
///
/// Source: <https://docs.discord.com/developers/resources/channel#channel-object-channel-types>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelKind {
    /// Text in a server.
    Text = 0,
    /// A private conversation.
    Private = 1,
    /// Voice in a server.
    Voice = 2,
    /// A heading over channels.
    Category = 4,
    /// Text that others may follow.
    Announcement = 5,
    /// A thread under an announcement.
    AnnouncementThread = 10,
    /// A thread, or a post of a forum.
    PublicThread = 11,
    /// A thread that its members alone see.
    PrivateThread = 12,
    /// A stage.
    Stage = 13,
    /// A forum.
    Forum = 15,
    /// A forum of images.
    Media = 16,
}

impl ChannelKind {
    /// All of them.
    const ALL: [Self; 11] = [
        Self::Text,
        Self::Private,
        Self::Voice,
        Self::Category,
        Self::Announcement,
        Self::AnnouncementThread,
        Self::PublicThread,
        Self::PrivateThread,
        Self::Stage,
        Self::Forum,
        Self::Media,
    ];

    /// Discord's number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind with this number.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| u64::from(kind.number()) == number)
    }

    /// Forums hold posts, never messages of their own.
    pub const fn is_forum(self) -> bool {
        matches!(self, Self::Forum | Self::Media)
    }

    /// Names of channels one writes in are lower case without spaces.
    pub const fn is_text_like(self) -> bool {
        matches!(self, Self::Text | Self::Announcement | Self::Forum | Self::Media)
    }

    /// Whether messages can be written here.
    pub const fn holds_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum | Self::Media | Self::Stage)
    }
}

/// A channel, category, forum, thread, post or private conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Identity.
    pub id: ChannelId,
    /// What it is.
    pub kind: ChannelKind,
    /// The server; none for a private conversation.
    pub guild: Option<GuildId>,
    /// Name, or the title of a post.
    pub name: String,
    /// Category, or the channel or forum of a thread.
    pub parent: Option<ChannelId>,
    /// Place in the list.
    pub position: i64,
    /// Subject, or the rules of a forum.
    pub topic: Option<String>,
    /// What roles and people may do here beyond or below what they may elsewhere.
    pub overwrites: Vec<Overwrite>,
    /// Tags that posts of this forum can have.
    pub tags: Vec<Tag>,
    /// `flags`: 2 a pinned post, 16 a forum whose posts need a tag.
    pub flags: u64,
    /// Seconds to wait between two messages of one person.
    pub slow_mode: u64,
    /// For adults only.
    pub nsfw: bool,
    /// Minutes of silence after which new threads are archived, unless they say otherwise.
    pub default_auto_archive_minutes: u64,
    /// What makes it a thread.
    pub thread: Option<Thread>,
    /// Who talks here, in a private conversation.
    pub recipients: Vec<UserId>,
    /// The newest message; of a forum, the newest post.
    pub last_message: Option<MessageId>,
}

/// What makes a channel a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Who opened it.
    pub owner: UserId,
    /// Put away.
    pub archived: bool,
    /// Closed to all but moderators.
    pub locked: bool,
    /// Whether members may invite others to a private thread.
    pub invitable: bool,
    /// Minutes of silence after which it is archived.
    pub auto_archive_minutes: u64,
    /// When `archived` last changed, in Unix milliseconds.
    pub archive_changed_at: i64,
    /// When it was opened, in Unix milliseconds.
    pub created_at: i64,
    /// Tags of a post.
    pub tags: Vec<TagId>,
    /// Who follows it.
    pub members: BTreeSet<UserId>,
    /// Messages ever sent in it, its first one not counted.
    pub total_messages: u64,
}

/// What one role or person may do in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overwrite {
    /// Role or person.
    pub id: u64,
    /// Whether `id` is a person.
    pub person: bool,
    /// Given.
    pub allow: Permissions,
    /// Taken.
    pub deny: Permissions,
}

/// A tag of a forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Identity.
    pub id: TagId,
    /// Name.
    pub name: String,
    /// Whether moderators alone may use it.
    pub moderated: bool,
    /// A plain emoji before the name.
    pub emoji: Option<String>,
}

impl Channel {
    /// A post of a forum, or a thread.
    pub const fn is_thread(&self) -> bool {
        self.thread.is_some()
    }

    /// Discord's own rule for names of text channels, as seen in public issues: lower case, no spaces.
    pub(crate) fn normal_name(kind: ChannelKind, name: &str) -> String {
        if !kind.is_text_like() {
            return name.trim().to_owned();
        }
        let mut normal = String::with_capacity(name.len());
        for letter in name.trim().chars().flat_map(char::to_lowercase) {
            let letter = if letter.is_whitespace() { '-' } else { letter };
            if letter != '-' || !normal.ends_with('-') {
                normal.push(letter);
            }
        }
        normal
    }
}
