//! Where a resource appears on Discord: as a post of the forum, or, in a server without one, as a
//! message of a text channel with a thread for comments.
//!
//! Neither is opened twice: what is about to be tried is written first, and a worker that resumes
//! looks for the card whose footer carries the id.

use app::{Desk, Failure};
use directory::ChannelKey;
use discord::check::Checked;
use discord::message::Message;
use discord::rest::{AppliedTag, Channel, Messages, NewPost, Nonce, PostedMessage, RestError, ThreadState};
use discord::{ChannelId, MessageId, TagId};

use super::plan::{self, Listed};
use super::view;
use crate::items;
use crate::link::words::fold;
use crate::model::Resource;

/// Minutes without a message after which a post leaves the list: seven days.
///
/// Source: HUB §8.
const AUTO_ARCHIVE_MINUTES: u32 = 10_080;

/// Flag of a forum that wants a tag on each post.
///
/// Source: <https://docs.discord.com/developers/resources/channel#channel-object-channel-flags>
const REQUIRE_TAG: u64 = 1 << 4;

/// Names of the tag for what fits no other, folded. Source: HUB §8 (« Divers »).
const OTHER: [&str; 3] = ["divers", "autre", "other"];

/// Where a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// The thread for comments; it has the id of the message that carries the card.
    pub thread: ChannelId,
    /// The text channel of that message; none when it is the first of a forum's post.
    pub message_in: Option<ChannelId>,
}

/// Opens the post: intent, call. The caller records what came of it.
///
/// # Errors
/// See [`Failure`].
pub async fn open(resource: &Resource, message: Message, desk: &Desk<'_>) -> Result<Posted, Failure> {
    let place = desk.discord.channel(place(desk)?).await?;
    let message = Checked::new(message)?;
    let intent = vec![items::posting(desk.guild, resource.id, desk.now)];
    let reason = reason(resource);
    if !place.kind.has_posts() {
        let nonce = Nonce::of(reason);
        let sent = desk.step(intent, desk.discord.send_message(place.id, &message, nonce)).await??;
        return thread_of(resource, place.id, sent.id, desk).await;
    }
    let post = NewPost {
        name: resource.title.clone(),
        tags: tags(resource, &place),
        message,
        auto_archive_minutes: AUTO_ARCHIVE_MINUTES,
    };
    let call = desk.discord.create_post(place.id, post, reason.as_str());
    let post = desk.step(intent, call).await??;
    Ok(Posted { thread: post.thread, message_in: None })
}

/// The post, if an earlier try opened it.
///
/// # Errors
/// See [`Failure`].
pub async fn look(resource: &Resource, since: i64, desk: &Desk<'_>) -> Result<Option<Posted>, Failure> {
    let place = desk.discord.channel(place(desk)?).await?;
    if !place.kind.has_posts() {
        let after = MessageId::first_at(since.unsigned_abs());
        let newest = desk.discord.messages(place.id, Messages { after: Some(after), ..Messages::default() });
        return match newest.await?.into_iter().find(|message| is_of(resource, message)) {
            Some(message) => thread_of(resource, place.id, message.id, desk).await.map(Some),
            None => Ok(None),
        };
    }
    let threads = desk.discord.active_threads(desk.guild).await?;
    let listed: Vec<Listed> =
        threads.into_iter().map(|thread| Listed { thread: thread.id, forum: thread.parent_id }).collect();
    for thread in plan::candidates(&listed, place.id, since) {
        match desk.discord.message(thread, thread.first_message()).await {
            Ok(message) if is_of(resource, &message) => {
                return Ok(Some(Posted { thread, message_in: None }));
            }
            // Another post, or one that somebody deleted meanwhile.
            Ok(_) | Err(RestError::Gone(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// The thread under a message of a text channel. A message has one at most.
async fn thread_of(
    resource: &Resource,
    channel: ChannelId,
    message: MessageId,
    desk: &Desk<'_>,
) -> Result<Posted, Failure> {
    let reason = reason(resource);
    let thread = desk.discord.create_thread_on(
        channel,
        message,
        &resource.title,
        AUTO_ARCHIVE_MINUTES,
        reason.as_str(),
    );
    match thread.await {
        // The thread has the id of its message.
        Ok(_) | Err(RestError::Thread(ThreadState::Exists)) => {
            Ok(Posted { thread: ChannelId(message.0), message_in: Some(channel) })
        }
        Err(error) => Err(error.into()),
    }
}

fn is_of(resource: &Resource, message: &PostedMessage) -> bool {
    let footer = view::footer(resource);
    message.embeds.iter().any(|embed| embed.footer_text() == Some(&footer))
}

/// Why something of a resource changes on Discord, for the audit log.
pub(crate) fn reason(resource: &Resource) -> String {
    format!("Hub {}", resource.id)
}

/// The channel of the hub.
fn place(desk: &Desk<'_>) -> Result<ChannelId, Failure> {
    let channel = desk.settings.channel_for(ChannelKey::Hub);
    channel.ok_or_else(|| Failure::again("no channel of the hub is set up in this server"))
}

/// The tags that its post should have; none where it is no post of a forum.
///
/// # Errors
/// See [`Failure`].
pub(crate) async fn wanted_tags(resource: &Resource, desk: &Desk<'_>) -> Result<Option<Vec<TagId>>, Failure> {
    if resource.message_in.is_some() {
        return Ok(None);
    }
    let forum = desk.discord.channel(place(desk)?).await?;
    let tags = tags(resource, &forum).into_iter().take(discord::limits::POST_TAGS_MAX).collect();
    Ok(forum.kind.has_posts().then_some(tags))
}

/// The tags of its themes that the forum still has. A forum that wants one and has none of them gets
/// the one for everything else, or its first.
fn tags(resource: &Resource, forum: &Channel) -> Vec<TagId> {
    let known = |tag: &TagId| forum.available_tags.iter().any(|available| available.id == *tag);
    let tags: Vec<TagId> =
        resource.themes.iter().filter_map(|theme| theme.tag).filter(|tag| known(tag)).collect();
    if !tags.is_empty() || forum.flags & REQUIRE_TAG == 0 {
        return tags;
    }
    let mut free = forum.available_tags.iter().filter(|tag| !tag.moderated);
    let is_other = |tag: &&AppliedTag| OTHER.contains(&fold(&tag.name).as_str());
    let other = free.clone().find(is_other).or_else(|| free.next());
    other.into_iter().map(|tag| tag.id).collect()
}
