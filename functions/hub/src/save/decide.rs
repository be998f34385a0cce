//! The rules of saving: everybody may, for themselves.

use app::{Ctx, Decision, Job as _};
use discord::reply::Reply;

use super::action::Action;
use super::model::{Count, NOTE_MAX_CHARS, Page, Saved};
use super::{items, view};
use crate::jobs::Job;
use crate::model::{Resource, ResourceId, State};
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// What the rules of saving must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The resource that it is about.
    pub resource: Option<Resource>,
    /// What the person has saved of it.
    pub saved: Option<Saved>,
    /// How many the person has saved.
    pub count: Count,
    /// The page that is asked for.
    pub page: Page,
}

/// What was asked about what is saved.
///
/// # Errors
/// When the function is off, or it is about something that is gone.
pub fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    match action {
        Action::Toggle { .. } => toggle(ctx, known),
        Action::Remove { resource } => Ok(remove(*resource, ctx, known.saved.as_ref())),
        Action::Note { resource } => {
            let saved = known.saved.ok_or(Refusal::Outdated)?;
            let note = saved.note.unwrap_or_default();
            Ok(Decision::reply(Reply::Ask(view::form(*resource, &note, ctx.lang))))
        }
        Action::Write { resource, note } => write(*resource, note, ctx, known.saved.as_ref()),
        Action::List { in_place, .. } => {
            let message = view::list(&known.page, ctx.lang);
            Ok(Decision::reply(if *in_place { Reply::Update(message) } else { Reply::Whisper(message) }))
        }
        Action::Export if known.count.count == 0 => {
            Ok(Decision::reply(Reply::Whisper(view::list(&Page::default(), ctx.lang))))
        }
        // As many resources are read as are saved: that is the worker's.
        Action::Export => {
            let job = Job::SavedFile { user: ctx.user, lang: ctx.lang };
            Ok(Decision::reply(Reply::Think).job(job.now().answers()))
        }
    }
}

fn toggle(ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    if let Some(saved) = known.saved {
        return Ok(remove(saved.id, ctx, Some(&saved)));
    }
    let resource = known.resource.filter(|resource| resource.state == State::Publiee);
    let resource = resource.ok_or(Refusal::Outdated)?;
    if !items::has_room(known.count) {
        return Ok(Decision::reply(Reply::Whisper(view::full(ctx.lang))));
    }
    let saved = Saved { id: resource.id, at: ctx.now.0, title: resource.title, note: None };
    let decision = Decision::reply(Reply::Whisper(view::saved(saved.id, ctx.lang)));
    Ok(items::save(ctx.guild, ctx.user, &saved).into_iter().fold(decision, Decision::write))
}

/// Taking off what is off already says the same: a list that is open may be older than that.
fn remove(id: ResourceId, ctx: &Ctx, saved: Option<&Saved>) -> Decision {
    let had_note = saved.is_some_and(|saved| saved.note.is_some());
    let decision = Decision::reply(Reply::Whisper(view::removed(had_note, ctx.lang)));
    match saved {
        Some(_) => items::remove(ctx.guild, ctx.user, id).into_iter().fold(decision, Decision::write),
        None => decision,
    }
}

fn write(id: ResourceId, note: &str, ctx: &Ctx, saved: Option<&Saved>) -> Result<Decision, Refusal> {
    if saved.is_none() {
        return Err(Refusal::Outdated);
    }
    let note: String = note.chars().take(NOTE_MAX_CHARS).collect();
    let reply = Reply::Whisper(view::noted(&note, ctx.lang));
    Ok(Decision::reply(reply).write(items::note(ctx.guild, ctx.user, id, &note)))
}
