//! Threads, and the posts of forums, which are threads.
//!
//! Source: <https://docs.discord.com/developers/topics/threads>

use http::Method;
use serde::{Deserialize, Serialize};

use super::route::Route;
use super::{Call, Channel, Reason, Rest, RestError};
use crate::check::Checked;
use crate::lenient::readable;
use crate::markdown::cut;
use crate::message::Message;
use crate::permission::Permissions;
use crate::{ChannelId, GuildId, MessageId, TagId, UserId, limits};

const SEE: Permissions = Permissions::VIEW_CHANNEL;

/// A post to open in a forum.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPost {
    /// Title, cut to what Discord takes.
    pub name: String,
    /// Tags; Discord takes five, the others are left out.
    pub tags: Vec<TagId>,
    /// First message.
    pub message: Checked<Message>,
    /// Minutes without a message after which it leaves the list: 60, 1440, 4320 or 10080.
    pub auto_archive_minutes: u32,
}

/// A post that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The thread; its first message has the same id.
    pub thread: ChannelId,
}

/// Who sees a thread that is opened without a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadKind {
    /// Everyone who sees its channel.
    Public,
    /// Its members, and who manages threads. Under text channels only.
    Private,
}

/// What changes in a thread; what is not said stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ThreadEdit {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Out of the list, or back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Closed to everyone but moderators, or open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked: Option<bool>,
    /// Tags of a post.
    #[serde(rename = "applied_tags", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<TagId>>,
    /// All flags; 2 pins a post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<u64>,
    /// Minutes without a message after which it leaves the list.
    #[serde(rename = "auto_archive_duration", skip_serializing_if = "Option::is_none")]
    pub auto_archive_minutes: Option<u32>,
}

/// A page of archived threads, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ArchivedThreads {
    /// The threads.
    #[serde(default, deserialize_with = "readable")]
    pub threads: Vec<Channel>,
    /// Whether there are older ones: ask again with the last one's `archive_timestamp`.
    #[serde(default)]
    pub has_more: bool,
}

impl Rest {
    /// Opens a post in a forum. It has no nonce: after [`RestError::Uncertain`], look for it among
    /// [`Rest::active_threads`] before opening it again.
    pub async fn create_post(
        &self,
        forum: ChannelId,
        post: NewPost,
        reason: impl Into<Reason>,
    ) -> Result<Post, RestError> {
        #[derive(Serialize)]
        struct Body<'a> {
            name: String,
            message: &'a Checked<Message>,
            applied_tags: &'a [TagId],
            auto_archive_duration: u32,
        }
        let needs = SEE.or(Permissions::SEND_MESSAGES).or(Permissions::EMBED_LINKS);
        let route = Route::bot(Method::POST, "/channels/{}/threads", &[forum.0]).needs(needs);
        let body = Body {
            name: cut(&post.name, limits::CHANNEL_NAME_MAX_CHARS),
            message: &post.message,
            applied_tags: &post.tags[..post.tags.len().min(limits::POST_TAGS_MAX)],
            auto_archive_duration: post.auto_archive_minutes,
        };
        let call = Call::new(route).parts(&body, post.message.get().files()).reason(reason.into());
        let thread: Channel = self.read(call).await?;
        Ok(Post { thread: thread.id })
    }

    /// Opens a thread without a message. After [`RestError::Uncertain`], look before opening again.
    pub async fn create_thread(
        &self,
        channel: ChannelId,
        name: &str,
        kind: ThreadKind,
        auto_archive_minutes: u32,
        reason: impl Into<Reason>,
    ) -> Result<Channel, RestError> {
        #[derive(Serialize)]
        struct Body {
            name: String,
            /// Discord's default is a private thread, so it is always said.
            #[serde(rename = "type")]
            kind: u8,
            auto_archive_duration: u32,
            #[serde(skip_serializing_if = "Option::is_none")]
            invitable: Option<bool>,
        }
        let (number, invitable, needs) = match kind {
            ThreadKind::Public => (11, None, Permissions::CREATE_PUBLIC_THREADS),
            ThreadKind::Private => (12, Some(false), Permissions::CREATE_PRIVATE_THREADS),
        };
        let route = Route::bot(Method::POST, "/channels/{}/threads", &[channel.0]).needs(SEE.or(needs));
        let body = Body {
            name: cut(name, limits::CHANNEL_NAME_MAX_CHARS),
            kind: number,
            auto_archive_duration: auto_archive_minutes,
            invitable,
        };
        self.read(Call::new(route).json(&body).reason(reason.into())).await
    }

    /// Opens the thread of a message. A message has one: a second call is
    /// [`super::ThreadState::Exists`], so repeating is harmless.
    pub async fn create_thread_on(
        &self,
        channel: ChannelId,
        message: MessageId,
        name: &str,
        auto_archive_minutes: u32,
        reason: impl Into<Reason>,
    ) -> Result<Channel, RestError> {
        #[derive(Serialize)]
        struct Body {
            name: String,
            auto_archive_duration: u32,
        }
        let needs = SEE.or(Permissions::CREATE_PUBLIC_THREADS);
        let route = Route::bot(Method::POST, "/channels/{}/messages/{}/threads", &[channel.0, message.0])
            .needs(needs)
            .repeatable();
        let body = Body {
            name: cut(name, limits::CHANNEL_NAME_MAX_CHARS),
            auto_archive_duration: auto_archive_minutes,
        };
        self.read(Call::new(route).json(&body).reason(reason.into())).await
    }

    /// Changes a thread or a post.
    pub async fn edit_thread(
        &self,
        thread: ChannelId,
        edit: &ThreadEdit,
        reason: impl Into<Reason>,
    ) -> Result<Channel, RestError> {
        let route = Route::bot(Method::PATCH, "/channels/{}", &[thread.0]).needs(Permissions::MANAGE_THREADS);
        self.read(Call::new(route).json(edit).reason(reason.into())).await
    }

    /// Adds somebody to a thread that is not archived.
    pub async fn add_thread_member(&self, thread: ChannelId, user: UserId) -> Result<(), RestError> {
        let route = Route::bot(Method::PUT, "/channels/{}/thread-members/{}", &[thread.0, user.0])
            .needs(SEE.or(Permissions::SEND_MESSAGES_IN_THREADS));
        self.done(Call::new(route)).await
    }

    /// Every thread of the server that is not archived and that the bot sees.
    pub async fn active_threads(&self, guild: GuildId) -> Result<Vec<Channel>, RestError> {
        #[derive(Deserialize)]
        struct Body {
            #[serde(default, deserialize_with = "readable")]
            threads: Vec<Channel>,
        }
        let call = Call::new(Route::bot(Method::GET, "/guilds/{}/threads/active", &[guild.0]));
        Ok(self.read::<Body>(call).await?.threads)
    }

    /// Archived public threads of a channel, newest first; `before` is an ISO 8601 time.
    pub async fn archived_threads(
        &self,
        channel: ChannelId,
        before: Option<&str>,
    ) -> Result<ArchivedThreads, RestError> {
        let mut route = Route::bot(Method::GET, "/channels/{}/threads/archived/public", &[channel.0])
            .needs(SEE.or(Permissions::READ_MESSAGE_HISTORY));
        if let Some(before) = before {
            route = route.query("before", before);
        }
        self.read(Call::new(route)).await
    }
}
