//! The rules of moderation: who may see and take a case.

use app::{Ctx, Decision, Job as _};
use directory::Group;
use discord::reply::Reply;

use super::action::Button;
use super::model::{Case, Lock, Queued};
use super::{items, view};
use crate::jobs::Job;
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::report::model::Report;
use crate::share::decide::is_on;

/// How long a moderator has a case in hand, in seconds: ten minutes.
///
/// Source: HUB §13.2.
const LOCK_SECS: i64 = 10 * 60;

/// What the rules of moderation must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The case in question.
    pub case: Option<Case>,
    /// Its reports.
    pub reports: Vec<Report>,
    /// The person's own report among them.
    pub own: Option<Report>,
    /// The resource that it is about.
    pub resource: Option<Resource>,
    /// Open cases.
    pub queue: Vec<Queued>,
}

/// Moderators and admins. Source: HUB §3.
pub(crate) fn may_moderate(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.held.is_any(&[Group::Moderator, Group::Admin]) { Ok(()) } else { Err(Refusal::NotAModerator) }
}

/// `/moderation file`.
///
/// # Errors
/// When the person is no moderator.
pub fn queue(ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    let mut cases = known.queue;
    // Called before below; then whose reporters are most often right; then the oldest.
    cases.sort_by_key(|case| (case.reached_at.is_none(), std::cmp::Reverse(case.trust), case.opened_at));
    Ok(Decision::reply(Reply::Whisper(view::queue(&cases, ctx.guild, ctx.now, ctx.lang))))
}

/// `/moderation dossier` is being typed.
///
/// # Errors
/// When the person is no moderator.
pub fn suggest(typed: &str, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    let typed = typed.trim().to_lowercase();
    let mut cases = known.queue;
    cases.retain(|case| {
        case.case.to_string().to_lowercase().contains(&typed) || case.title.to_lowercase().contains(&typed)
    });
    Ok(Decision::reply(Reply::Suggest(view::suggestions(&cases))))
}

/// `/moderation dossier`.
///
/// # Errors
/// When the person is no moderator, or the case is about them.
pub fn open(ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    let case = known.case.as_ref().ok_or(Refusal::UnknownCase)?;
    // Reporters are never named to whom they reported, moderator or not.
    if case.author == ctx.user {
        return Err(Refusal::OwnCase);
    }
    let shown = view::Shown {
        case,
        reports: &known.reports,
        resource: known.resource.as_ref(),
        guild: ctx.guild,
        now: ctx.now,
    };
    Ok(Decision::reply(Reply::Whisper(view::file(shown, ctx.lang))))
}

/// A button of a case was pressed.
///
/// # Errors
/// When the person may not decide this case, or somebody else has it in hand.
pub fn press(button: &Button, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    let case = to_decide(ctx, known)?;
    match button {
        Button::Claim { .. } => {
            let lock = Lock { by: ctx.user, until: ctx.now.plus_secs(LOCK_SECS).0 };
            Ok(Decision::reply(Reply::Whisper(view::claimed(lock.until, ctx.lang)))
                .write(items::lock(ctx.guild, case, Some(lock)))
                .job(Job::Case { case: case.id }.now()))
        }
        Button::Release { .. } => {
            let decision = Decision::reply(Reply::Whisper(view::released(ctx.lang)));
            if case.held_by(ctx.now.0).is_none() {
                return Ok(decision);
            }
            Ok(decision.write(items::lock(ctx.guild, case, None)).job(Job::Case { case: case.id }.now()))
        }
    }
}

/// The case, when this person may decide it now: a moderator whom it does not concern, while nobody
/// else has it in hand.
fn to_decide<'k>(ctx: &Ctx, known: &'k Known) -> Result<&'k Case, Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    let case = known.case.as_ref().ok_or(Refusal::Outdated)?;
    if !case.stage.is_open() {
        return Err(Refusal::Outdated);
    }
    if case.author == ctx.user || known.own.is_some() {
        return Err(Refusal::OwnCase);
    }
    match case.held_by(ctx.now.0) {
        Some(lock) if lock.by != ctx.user => Err(Refusal::Taken { by: lock.by, until: lock.until }),
        _ => Ok(case),
    }
}
