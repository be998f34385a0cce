//! How the worker publishes a resource and keeps its post true.

use app::{Desk, Failure, Finish, Lang, Planned};
use bytes::Bytes;
use directory::ChannelKey;
use discord::check::Checked;
use discord::message::{File, Message};
use discord::rest::{FileError, Gone, Nonce, RestError, ThreadEdit, ThreadState};
use discord::{ChannelId, MessageId};

use super::plan::{self, Next};
use super::short::{self, Followed};
use super::{Reservation, file, post, view};
use crate::case::model::Posted;
use crate::history::NOBODY;
use crate::inbox::Notice;
use crate::model::{Resource, ResourceId, State, Upload};
use crate::obsolete::decide::settled;
use crate::refusal::Refusal;
use crate::tally;
use crate::{blacklist, check, inbox, items};

/// Steps of one try: open, look, tell, and as many again when something changed.
const STEPS_MAX: u32 = 8;

/// Publishes a resource: exactly one post, whatever happens on the way.
///
/// # Errors
/// See [`Failure`].
pub async fn publish(
    id: ResourceId,
    lang: Lang,
    upload: Option<Upload>,
    desk: &Desk<'_>,
) -> Result<Finish, Failure> {
    let mut content = Content { upload, bytes: None };
    let mut follows = desk.outside.is_some();
    for _ in 0..STEPS_MAX {
        let resource = items::read(desk.store, desk.guild, id).await?;
        match (plan::next(resource.as_ref(), follows), resource) {
            (Next::FollowShort, Some(resource)) => match short::follow(&resource, desk).await? {
                Followed::Reserved => {}
                Followed::Unknown => follows = false,
                Followed::Taken(holder) => {
                    return taken(&resource, &holder, content.upload.take(), lang, desk).await;
                }
                Followed::Refused(entry) => {
                    let no = Refusal::Blacklisted.with_draft(draft(desk), lang);
                    let news = not_published(&resource, desk);
                    let line = blacklist::decide::refused(&entry, desk.guild, resource.author, desk.now);
                    let finish = give_back(&resource, content.upload.take(), no, news, desk).await?;
                    return Ok(finish.write(line));
                }
                Followed::Private => {
                    let no = Refusal::PrivateLink.with_draft(draft(desk), lang);
                    let news = not_published(&resource, desk);
                    return give_back(&resource, content.upload.take(), no, news, desk).await;
                }
            },
            (Next::ReadFile, Some(resource)) => {
                if let Some(stopped) = reserve_file(&resource, &mut content, lang, desk).await? {
                    return Ok(stopped);
                }
            }
            (Next::Open, Some(resource)) => {
                if let Some(stopped) = open(&resource, &mut content, lang, desk).await? {
                    return Ok(stopped);
                }
            }
            (Next::Look { since }, Some(resource)) => {
                if let Some(posted) = post::look(&resource, since, desk).await? {
                    desk.record(items::published(desk.guild, &resource, posted, desk.now).into()).await?;
                } else if let Some(stopped) = open(&resource, &mut content, lang, desk).await? {
                    // It was not there: the call that was lost had no effect.
                    return Ok(stopped);
                }
            }
            (Next::Tell { thread }, Some(resource)) => {
                let told = desk.answer(view::published(thread, lang)).await?;
                let look = check::jobs::first(id, desk);
                return Ok(news(&resource, told, published(&resource), look.into_iter().collect(), desk));
            }
            (Next::Nothing, _) | (_, None) => return Ok(Finish::done()),
        }
    }
    Err(Failure::Changed)
}

/// The content of a file, fetched once in a try.
struct Content {
    upload: Option<Upload>,
    bytes: Option<Bytes>,
}

impl Content {
    /// The bytes; nothing when Discord keeps them no longer, or they are not what was announced.
    async fn read(&mut self, desk: &Desk<'_>) -> Result<Option<Bytes>, Failure> {
        if let Some(bytes) = &self.bytes {
            return Ok(Some(bytes.clone()));
        }
        let Some(upload) = &self.upload else { return Ok(None) };
        match desk.discord.file(&upload.url, file::MAX_BYTES).await {
            Ok(bytes) => {
                self.bytes = Some(bytes.clone());
                Ok(Some(bytes))
            }
            Err(FileError::Trouble(error)) => Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, "the file of a resource cannot be read");
                Ok(None)
            }
        }
    }
}

/// Reads the file and reserves its content. Gives how the job ends when that is not possible.
async fn reserve_file(
    resource: &Resource,
    content: &mut Content,
    lang: Lang,
    desk: &Desk<'_>,
) -> Result<Option<Finish>, Failure> {
    let Some(bytes) = content.read(desk).await? else {
        let gone = view::file_gone(draft(desk), lang);
        return give_back(resource, None, gone, not_published(resource, desk), desk).await.map(Some);
    };
    let key = file::key(&bytes);
    match desk.record(items::reserve_file(desk.guild, resource.id, &key).into()).await {
        Ok(()) => Ok(None),
        // Taken, or the resource has changed: who has it tells which.
        Err(Failure::Changed) => match holder(&key, desk).await? {
            Some(holder) if holder.id != resource.id => {
                taken(resource, &holder, content.upload.take(), lang, desk).await.map(Some)
            }
            _ => Ok(None),
        },
        Err(failure) => Err(failure),
    }
}

/// The resource that has a key.
pub(super) async fn holder(key: &str, desk: &Desk<'_>) -> Result<Option<Resource>, Failure> {
    let Some(item) = desk.store.get(&items::reservation(desk.guild, key)).await? else { return Ok(None) };
    let reserved: Reservation = store::read(item)?;
    Ok(items::read(desk.store, desk.guild, reserved.resource).await?)
}

/// Another resource has its link or its file: its author sees that one, and it is a draft again.
async fn taken(
    resource: &Resource,
    holder: &Resource,
    upload: Option<Upload>,
    lang: Lang,
    desk: &Desk<'_>,
) -> Result<Finish, Failure> {
    let card = view::duplicate(holder, desk.guild, lang);
    let news = Notice::Duplicate {
        title: resource.title.clone(),
        resource: holder.id,
        thread: holder.thread,
        draft: draft(desk),
    };
    let finish = give_back(resource, upload, card, news, desk).await?;
    Ok(finish.write(items::count_duplicate(desk.guild)))
}

/// Says why it cannot be published, and makes it a draft again. Whoever has no answer to read any more
/// has `otherwise` in the inbox.
async fn give_back(
    resource: &Resource,
    upload: Option<Upload>,
    answer: Message,
    otherwise: Notice,
    desk: &Desk<'_>,
) -> Result<Finish, Failure> {
    let told = desk.answer(answer).await?;
    let writes = items::back_to_draft(desk.guild, resource, upload, draft(desk), desk.now);
    let finish = news(resource, told, otherwise, Vec::new(), desk);
    Ok(writes.into_iter().fold(finish, Finish::write))
}

/// What is in the author's inbox when the answer could not be edited any more.
fn news(resource: &Resource, told: bool, otherwise: Notice, then: Vec<Planned>, desk: &Desk<'_>) -> Finish {
    let finish = then.into_iter().fold(Finish::done(), Finish::job);
    if told || resource.author == NOBODY {
        return finish;
    }
    finish.write(inbox::tell(desk.guild, resource.author, otherwise, desk.now))
}

fn published(resource: &Resource) -> Notice {
    Notice::Published { resource: resource.id, title: resource.title.clone() }
}

fn not_published(resource: &Resource, desk: &Desk<'_>) -> Notice {
    Notice::NotPublished { title: resource.title.clone(), draft: Some(draft(desk)) }
}

/// The draft that a resource becomes again: named by the interaction that sent it.
fn draft(desk: &Desk<'_>) -> u64 {
    desk.cause().unwrap_or(desk.now.0.unsigned_abs())
}

/// Intent, call, record. Gives how the job ends when the post's file is gone.
async fn open(
    resource: &Resource,
    content: &mut Content,
    lang: Lang,
    desk: &Desk<'_>,
) -> Result<Option<Finish>, Failure> {
    let mut message = view::post(resource, desk.settings.language);
    if let Some(shared) = &resource.file {
        let Some(bytes) = content.read(desk).await? else {
            let gone = view::file_gone(draft(desk), lang);
            return give_back(resource, None, gone, not_published(resource, desk), desk).await.map(Some);
        };
        let shown = view::alternative(resource, &shared.name);
        message = message.file(File::new(file::posted_name(&shared.name), bytes, shown));
    }
    let posted = post::open(resource, message, desk).await?;
    desk.record(items::published(desk.guild, resource, posted, desk.now).into()).await?;
    Ok(None)
}

/// Brings the card and the counters of a post up to date, the resource with them, and its thread: closed
/// while nobody is to see the resource.
///
/// # Errors
/// See [`Failure`].
pub async fn refresh(id: ResourceId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = tally::read(desk.store, desk.guild, id).await? else {
        return Ok(Finish::done());
    };
    let (resource, settled) = settled(resource, desk.guild, desk.now);
    let finish = Finish { writes: settled, ..Finish::done() };
    let Some((channel, first)) = resource.message() else {
        return Ok(finish.write(items::counted(desk.guild, &resource)));
    };
    let (message, kept) = with_file(&resource, view::post(&resource, desk.settings.language), desk).await?;
    let message = Checked::new(message)?;
    let shut = !resource.state.is_open();
    if shut != resource.shut && !close(&resource, shut, desk).await? {
        return Ok(Finish::done());
    }
    match desk.discord.edit_message(channel, first, &message).await {
        Ok(_) => {
            // Back on its post, it waits nowhere else.
            let back = resource.file_kept.filter(|_| !shut);
            if let Some(Posted { channel, message }) = back {
                desk.discord.delete_message(channel, message, post::reason(&resource).as_str()).await?;
            }
            let file = if shut { kept } else { None };
            Ok(finish.write(items::refreshed(desk.guild, &resource, desk.now, shut, file)))
        }
        // An archived post shows its counters when it comes back; a deleted one shows nothing.
        Err(RestError::Thread(ThreadState::Archived) | RestError::Gone(Gone::Channel | Gone::Message)) => {
            Ok(finish.write(items::counted(desk.guild, &resource)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The post with or without its file, and where the file waits. Nobody sees the file of what is out of
/// sight: a copy waits in the moderation channel, until the resource is seen again or gone.
async fn with_file(
    resource: &Resource,
    post: Message,
    desk: &Desk<'_>,
) -> Result<(Message, Option<Posted>), Failure> {
    let (Some(shared), Some((channel, first))) = (&resource.file, resource.message()) else {
        return Ok((post, None));
    };
    match (resource.state, resource.file_kept) {
        (State::Masquee | State::Retiree, None) if may_come_back(resource) => {
            match keep(resource, channel, first, desk).await? {
                Some(kept) => Ok((post.without_files(), Some(kept))),
                // It could not be given back: only a decision takes it away.
                None if resource.state == State::Masquee => Ok((post, None)),
                None => Ok((post.without_files(), None)),
            }
        }
        (state, kept) if !state.is_open() => Ok((post.without_files(), kept)),
        (_, Some(kept)) => {
            let Some(bytes) = attached(kept.channel, kept.message, desk).await? else {
                return Ok((post, None));
            };
            let shown = view::alternative(resource, &shared.name);
            Ok((post.file(File::new(file::posted_name(&shared.name), bytes, shown)), None))
        }
        (_, None) => Ok((post, None)),
    }
}

/// Whether a resource that is out of sight may be seen again: hidden, or removed by a decision that its
/// author may contest.
fn may_come_back(resource: &Resource) -> bool {
    resource.state == State::Masquee || resource.removed_by.is_some()
}

/// Puts a copy of the file where only moderators see it.
async fn keep(
    resource: &Resource,
    channel: ChannelId,
    first: MessageId,
    desk: &Desk<'_>,
) -> Result<Option<Posted>, Failure> {
    let (Some(shared), Some(moderation)) =
        (&resource.file, desk.settings.channel_for(ChannelKey::Moderation))
    else {
        return Ok(None);
    };
    let Some(bytes) = attached(channel, first, desk).await? else { return Ok(None) };
    let shown = view::alternative(resource, &shared.name);
    let copy = view::kept_file(resource, desk.settings.language);
    let copy = Checked::new(copy.file(File::new(file::posted_name(&shared.name), bytes, shown)))?;
    // The same in each try; another one when it is hidden again.
    let nonce = Nonce::of(format!("file {} {}", resource.id, resource.refreshed_at));
    match desk.discord.send_message(moderation, &copy, nonce).await {
        Ok(sent) => {
            let kept = Posted { channel: moderation, message: sent.id };
            desk.record(vec![items::file_kept(desk.guild, resource.id, kept)]).await?;
            Ok(Some(kept))
        }
        Err(RestError::Gone(Gone::Channel)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The file of a message; nothing when it is no longer there.
async fn attached(channel: ChannelId, message: MessageId, desk: &Desk<'_>) -> Result<Option<Bytes>, Failure> {
    let posted = match desk.discord.message(channel, message).await {
        Ok(posted) => posted,
        Err(RestError::Gone(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(attachment) = posted.attachments.first() else { return Ok(None) };
    match desk.discord.file(&attachment.url, file::MAX_BYTES).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(FileError::Trouble(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "the file of a resource cannot be read");
            Ok(None)
        }
    }
}

/// Closes the thread of a resource, or opens it again; out of the archive, where nothing can be edited.
/// Gives `false` when somebody deleted it.
async fn close(resource: &Resource, shut: bool, desk: &Desk<'_>) -> Result<bool, Failure> {
    let Some(thread) = resource.thread else { return Ok(false) };
    let edit = ThreadEdit {
        name: Some(view::post_name(resource, desk.settings.language)),
        archived: Some(false),
        locked: Some(shut),
        ..ThreadEdit::default()
    };
    match desk.discord.edit_thread(thread, &edit, post::reason(resource).as_str()).await {
        Ok(_) => Ok(true),
        Err(RestError::Gone(Gone::Channel)) => Ok(false),
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
    upload: Option<Upload>,
    desk: &Desk<'_>,
) -> Result<Finish, Failure> {
    let Some(resource) = items::read(desk.store, desk.guild, id).await? else { return Ok(Finish::done()) };
    if resource.thread.is_some() {
        return Ok(Finish::done());
    }
    if let Next::Look { since } = plan::next(Some(&resource), false) {
        // The last try may have opened it: a post without its resource would answer nobody.
        match post::look(&resource, since, desk).await {
            Ok(Some(posted)) => {
                let told = desk.answer(view::published(posted.thread, lang)).await?;
                let look = check::jobs::first(id, desk);
                let finish = news(&resource, told, published(&resource), look.into_iter().collect(), desk);
                let writes = items::published(desk.guild, &resource, posted, desk.now);
                return Ok(writes.into_iter().fold(finish, Finish::write));
            }
            Ok(None) => {}
            Err(failure) => tracing::warn!(?failure, "whether a post was opened could not be seen"),
        }
    }
    let draft = draft(desk);
    // Being told comes second: the text is kept and the link free, also when nobody can be told.
    if let Err(failure) = tell(&resource, draft, lang, channel, desk).await {
        tracing::warn!(?failure, "an author could not be told that publishing failed");
    }
    let writes = items::back_to_draft(desk.guild, &resource, upload, draft, desk.now);
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
