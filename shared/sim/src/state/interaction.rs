//! What people did, and forms on their screens.

use discord::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One interaction, from the act to the end of its token.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// Identity.
    pub id: InteractionId,
    /// The secret with which the answer can be changed.
    pub(crate) token: String,
    /// To whom it was delivered.
    pub application: ApplicationId,
    /// `type`: 1 ping, 2 command, 3 component, 4 autocompletion, 5 form.
    pub kind: u8,
    /// Who acted.
    pub user: UserId,
    /// The server.
    pub guild: Option<GuildId>,
    /// Where.
    pub channel: ChannelId,
    /// The message whose component was used, or from which the form was opened.
    pub source: Option<MessageId>,
    /// Name of the command.
    pub command: Option<String>,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// How far the answer is.
    pub progress: Progress,
    /// The first answer, if it is a message.
    pub original: Option<MessageId>,
    /// Later messages.
    pub follow_ups: Vec<MessageId>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("id", &self.id)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

/// How far the answer to an interaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// Nothing came yet.
    Waiting,
    /// The first answer came.
    Answered,
    /// It did not come, or was no answer: the token is dead.
    Failed,
}

/// A form on somebody's screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Modal {
    /// The interaction that opened it: its handle.
    pub id: InteractionId,
    /// Who sees it.
    pub user: UserId,
    /// The application that will receive it.
    pub application: ApplicationId,
    /// Where.
    pub channel: ChannelId,
    /// The message from whose component it was opened.
    pub source: Option<MessageId>,
    /// What the form is for.
    pub custom_id: String,
    /// Title.
    pub title: String,
    /// Fields and texts, as Discord's modal components.
    pub components: Vec<Value>,
}
