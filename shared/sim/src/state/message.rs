//! Messages and their files.

use discord::message::{EPHEMERAL, IS_COMPONENTS_V2};
use discord::{ApplicationId, ChannelId, InteractionId, MessageId, RoleId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A message that stands for an answer still to come: "thinking…".
///
/// Source: <https://docs.discord.com/developers/resources/message#message-object-message-flags>
pub(crate) const LOADING: u64 = 1 << 7;
/// The message opened a thread.
pub(crate) const HAS_THREAD: u64 = 1 << 5;

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Identity.
    pub id: MessageId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: UserId,
    /// The application that wrote it.
    pub application: Option<ApplicationId>,
    /// `type`: 0 written, 19 a reply, 20 the answer to a slash command, 7 somebody joined.
    pub kind: u8,
    /// Text.
    pub content: String,
    /// Cards, as Discord gives them back.
    pub embeds: Vec<Value>,
    /// Rows, or a whole layout, as Discord gives them back.
    pub components: Vec<Value>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// `flags`.
    pub flags: u64,
    /// Whether everybody was called.
    pub mention_everyone: bool,
    /// Who was called.
    pub mentions: Vec<UserId>,
    /// Which roles were called.
    pub mention_roles: Vec<RoleId>,
    /// The sender's own mark, with which a repeated send is found.
    pub nonce: Option<String>,
    /// When it was written, in Unix milliseconds.
    pub sent_at: i64,
    /// When it was last changed, in Unix milliseconds.
    pub edited_at: Option<i64>,
    /// Kept at the top of the channel.
    pub pinned: bool,
    /// The only person who sees it.
    pub only_for: Option<UserId>,
    /// What it answers.
    pub cause: Option<Cause>,
    /// The message it replies to, in this channel.
    pub reply_to: Option<MessageId>,
}

/// The interaction that a message answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// Which one.
    pub interaction: InteractionId,
    /// Its type: 2 a command, 3 a component, 5 a form.
    pub kind: u8,
    /// Who acted.
    pub user: UserId,
    /// Name of the command.
    pub command: Option<String>,
    /// The message whose component was used.
    pub message: Option<MessageId>,
    /// For a follow-up, the first answer.
    pub original: Option<MessageId>,
}

/// A file of a message or a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Identity.
    pub id: u64,
    /// Name with its ending.
    pub filename: String,
    /// Alternative text.
    pub description: Option<String>,
    /// Media type.
    pub content_type: Option<String>,
    /// Bytes.
    pub size: u64,
    /// Where it can be fetched.
    pub url: String,
}

impl Message {
    /// Only one person sees it.
    pub const fn is_ephemeral(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    /// "Thinking…": the real answer will replace it.
    pub const fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    /// Laid out by its components alone.
    pub const fn is_layout(&self) -> bool {
        self.flags & IS_COMPONENTS_V2 != 0
    }

    /// Every component that can be used, in reading order: buttons and selects.
    pub fn controls(&self) -> Vec<&Value> {
        let mut found = Vec::new();
        for component in &self.components {
            collect_controls(component, &mut found);
        }
        found
    }
}

fn collect_controls<'v>(component: &'v Value, found: &mut Vec<&'v Value>) {
    if let Some(2 | 3 | 5..=8) = component["type"].as_u64() {
        found.push(component);
        return;
    }
    for child in component["components"].as_array().into_iter().flatten() {
        collect_controls(child, found);
    }
    if component["accessory"].is_object() {
        collect_controls(&component["accessory"], found);
    }
}
