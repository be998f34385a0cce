//! How the worker publishes a resource and keeps its post true.

use app::{Desk, Failure, Finish, Lang};
use directory::ChannelKey;
use discord::check::Checked;
use discord::rest::{Gone, NewPost, Nonce, RestError, ThreadState};
use discord::{ChannelId, MessageId};

use super::plan::{self, Listed, Next};
use super::view;
use crate::items;
use crate::model::{Resource, ResourceId};

/// Minutes without a message after which a post leaves the list: seven days.
///
/// Source: HUB §8.
const AUTO_ARCHIVE_MINUTES: u32 = 10_080;

/// Steps of one try: open, look, tell, and as many again when something changed.
const STEPS_MAX: u32 = 8;

/// Publishes a resource: exactly one post, whatever happens on the way.
///
/// # Errors
/// See [`Failure`].
pub async fn publish(id: ResourceId, lang: Lang, desk: &Desk<'_>) -> Result<Finish, Failure> {
    for _ in 0..STEPS_MAX {
        let resource = read(id, desk).await?;
        match (plan::next(resource.as_ref()), resource) {
            (Next::Open, Some(resource)) => open(&resource, desk).await?,
            (Next::Look { since }, Some(resource)) => {
                if let Some(thread) = look(&resource, since, desk).await? {
                    desk.record(items::published(desk.guild, &resource, thread, desk.now).into()).await?;
                } else {
                    // It is not there: the call that was lost had no effect.
                    open(&resource, desk).await?;
                }
            }
            (Next::Tell { thread }, _) => {
                desk.answer(view::published(thread, lang)).await?;
                return Ok(Finish::done());
            }
            (Next::Nothing, _) | (_, None) => return Ok(Finish::done()),
        }
    }
    Err(Failure::Changed)
}

/// Intent, call, record.
async fn open(resource: &Resource, desk: &Desk<'_>) -> Result<(), Failure> {
    let forum = forum(desk)?;
    let post = NewPost {
        name: resource.title.clone(),
        tags: resource.tags.clone(),
        message: Checked::new(view::post(resource, desk.settings.language))?,
        auto_archive_minutes: AUTO_ARCHIVE_MINUTES,
    };
    let intent = vec![items::posting(desk.guild, resource.id, desk.now)];
    let reason = format!("Hub {}", resource.id);
    let post = desk.step(intent, desk.discord.create_post(forum, post, reason.as_str())).await??;
    desk.record(items::published(desk.guild, resource, post.thread, desk.now).into()).await
}

/// The post of a resource, if an earlier try opened it: its card carries the id.
async fn look(resource: &Resource, since: i64, desk: &Desk<'_>) -> Result<Option<ChannelId>, Failure> {
    let forum = forum(desk)?;
    let listed: Vec<Listed> = desk
        .discord
        .active_threads(desk.guild)
        .await?
        .into_iter()
        .map(|thread| Listed { thread: thread.id, forum: thread.parent_id })
        .collect();
    let footer = view::footer(resource);
    for thread in plan::candidates(&listed, forum, since) {
        match desk.discord.message(thread, thread.first_message()).await {
            Ok(message) if message.embeds.iter().any(|embed| embed.footer_text() == Some(&footer)) => {
                return Ok(Some(thread));
            }
            // Another post, or one that somebody deleted meanwhile.
            Ok(_) | Err(RestError::Gone(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Brings the card and the counters of a post up to date.
///
/// # Errors
/// See [`Failure`].
pub async fn refresh(id: ResourceId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = read(id, desk).await? else { return Ok(Finish::done()) };
    let Some(thread) = resource.thread else { return Ok(Finish::done()) };
    let message = Checked::new(view::post(&resource, desk.settings.language))?;
    let first: MessageId = thread.first_message();
    match desk.discord.edit_message(thread, first, &message).await {
        Ok(_) => Ok(Finish::done().write(items::refreshed(desk.guild, id, desk.now))),
        // An archived post shows its counters when it comes back; a deleted one shows nothing.
        Err(RestError::Thread(ThreadState::Archived) | RestError::Gone(Gone::Channel | Gone::Message)) => {
            Ok(Finish::done())
        }
        Err(error) => Err(error.into()),
    }
}

/// After the last try: the resource is a draft again, its link is free, its author is told.
///
/// # Errors
/// See [`Failure`].
pub async fn give_up(
    id: ResourceId,
    lang: Lang,
    channel: Option<ChannelId>,
    desk: &Desk<'_>,
) -> Result<Finish, Failure> {
    let Some(resource) = read(id, desk).await? else { return Ok(Finish::done()) };
    if resource.thread.is_some() {
        return Ok(Finish::done());
    }
    let draft = desk.cause().unwrap_or(desk.now.0.unsigned_abs());
    // Being told comes second: the text is kept and the link free, also when nobody can be told.
    if let Err(failure) = tell(&resource, draft, lang, channel, desk).await {
        tracing::warn!(?failure, "an author could not be told that publishing failed");
    }
    let writes = items::back_to_draft(desk.guild, &resource, draft, desk.now);
    Ok(writes.into_iter().fold(Finish::done(), Finish::write))
}

/// In the answer while it can be edited, then in the channel where it was shared from.
async fn tell(
    resource: &Resource,
    draft: u64,
    lang: Lang,
    channel: Option<ChannelId>,
    desk: &Desk<'_>,
) -> Result<(), Failure> {
    if desk.answer(view::not_published(draft, lang)).await? {
        return Ok(());
    }
    let Some(channel) = channel else { return Ok(()) };
    let message =
        Checked::new(view::not_published_in_channel(resource.author, draft, desk.settings.language))?;
    let nonce = Nonce::of(format!("not published {}", resource.id));
    desk.discord.send_message(channel, &message, nonce).await?;
    Ok(())
}

async fn read(id: ResourceId, desk: &Desk<'_>) -> Result<Option<Resource>, Failure> {
    let item = desk.store.get(&items::resource(desk.guild, id)).await?;
    Ok(item.map(store::read).transpose()?)
}

fn forum(desk: &Desk<'_>) -> Result<ChannelId, Failure> {
    let forum = desk.settings.channel_for(ChannelKey::Hub);
    forum.ok_or_else(|| Failure::again("no channel of the hub is set up in this server"))
}
