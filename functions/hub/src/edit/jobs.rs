//! What the worker does after a change: the post follows its resource.

use app::{Desk, Failure, Finish, Job as _};
use discord::check::Checked;
use discord::rest::{Gone, RestError, ThreadState};

use super::plan;
use crate::items;
use crate::jobs::Job;
use crate::model::{ResourceId, State};
use crate::share::{post, view};
use crate::tally;

/// Title, tags and card of a post are those of its resource. An archived post is opened for it.
///
/// # Errors
/// See [`Failure`].
pub async fn dress(id: ResourceId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = tally::read(desk.store, desk.guild, id).await? else {
        return Ok(Finish::done());
    };
    let Some(thread) = resource.thread else { return Ok(Finish::done()) };
    if resource.state != State::Publiee {
        // A try before this one may have put the card back just after it was hidden.
        return Ok(Finish::done().job(Job::Refresh { resource: id }.now()));
    }
    let mut finish = Finish::done();
    match desk.discord.channel(thread).await {
        Ok(found) => {
            let tags = post::wanted_tags(&resource, desk).await?;
            let dressing =
                plan::dressing(&found, &resource.title, tags.as_deref(), &resource.renames, desk.now);
            if let Some(edit) = dressing.edit {
                if dressing.renames {
                    // Counted before the call: one that is lost may have had its effect.
                    desk.record(vec![super::items::renamed(desk.guild, &resource, desk.now)]).await?;
                }
                match desk.discord.edit_thread(thread, &edit, post::reason(&resource).as_str()).await {
                    Ok(_) | Err(RestError::Gone(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            if let Some(later) = dressing.later {
                finish = finish.job(Job::Rename { resource: id }.at(later));
            }
        }
        // A message whose thread somebody deleted is still there in a text channel.
        Err(RestError::Gone(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let Some((channel, first)) = resource.message() else { return Ok(finish) };
    let message = Checked::new(view::post(&resource, desk.settings.language))?;
    match desk.discord.edit_message(channel, first, &message).await {
        Ok(_) => {
            // Only a refresh opens and closes the thread.
            let (shut, kept) = (resource.shut, resource.file_kept);
            Ok(finish.write(items::refreshed(desk.guild, &resource, desk.now, shut, kept)))
        }
        Err(RestError::Gone(Gone::Channel | Gone::Message)) => Ok(finish),
        // It was archived again meanwhile.
        Err(RestError::Thread(ThreadState::Archived)) => Err(Failure::Changed),
        Err(error) => Err(error.into()),
    }
}
