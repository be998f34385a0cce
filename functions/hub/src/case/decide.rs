//! The rules of moderation: who may see and take a case.

use app::{Ctx, Decision, Job as _};
use directory::Group;
use discord::reply::Reply;

use super::action::{Button, Judgement};
use super::model::{About, Appeal, Case, Lock, Queued, Ruling, Stage, Verdict};
use super::{items, view};
use crate::history::{self, Event, Line};
use crate::jobs::Job;
use crate::model::{Resource, State};
use crate::refusal::Refusal;
use crate::report::model::Report;
use crate::share::decide::is_on;
use crate::{items as shared, report, sanction};

/// How long a moderator has a case in hand, in seconds: ten minutes.
///
/// Source: HUB §13.2.
const LOCK_SECS: i64 = 10 * 60;

/// How long an author may contest, in seconds: 30 days, as long as what was removed is kept.
///
/// Source: HUB §5.2 for the 30 days.
const APPEAL_SECS: i64 = 30 * 24 * 3600;

/// After this long without another moderator, the one who decided first may close an appeal, in
/// milliseconds: three days, when a case is late.
///
/// Source: HUB §13.2 (« by another moderator when one exists »).
const ALONE_MS: i64 = 72 * 3600 * 1000;

/// Why a decision was taken, in characters. Source: HUB §4.3 M8.
pub const REASON_CHARS: std::ops::RangeInclusive<usize> = 10..=300;
/// What an author says against it, in characters. Source: HUB §4.3 M9.
pub const APPEAL_CHARS: std::ops::RangeInclusive<usize> = 20..=1000;

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
    if let Button::Appeal { .. } = button {
        let case = contestable(ctx, known)?;
        return Ok(Decision::reply(Reply::Ask(view::appeal(case.id, ctx.lang))));
    }
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
        Button::Decide { verdict: Verdict::Remove, .. } => {
            fits(Verdict::Remove, case)?;
            Ok(Decision::reply(Reply::Whisper(view::confirm(case.id, ctx.lang))))
        }
        Button::Decide { verdict, .. } => ask(*verdict, case, ctx),
        Button::Confirm { .. } => ask(Verdict::Remove, case, ctx),
        Button::Form { .. } | Button::Appeal { .. } => Err(Refusal::Outdated),
    }
}

fn ask(verdict: Verdict, case: &Case, ctx: &Ctx) -> Result<Decision, Refusal> {
    fits(verdict, case)?;
    Ok(Decision::reply(Reply::Ask(view::form(case, verdict, ctx.lang))))
}

fn fits(verdict: Verdict, case: &Case) -> Result<(), Refusal> {
    if verdict.fits(&case.about) { Ok(()) } else { Err(Refusal::Outdated) }
}

/// Form M8 was sent: the case is decided. Who reported and who wrote it are told by the worker.
///
/// # Errors
/// When the person may not decide this case, or somebody else has it in hand.
pub fn judge(judgement: &Judgement, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    let case = to_decide(ctx, known)?;
    let Judgement { verdict, reason, note, told, .. } = judgement;
    fits(*verdict, case)?;
    if !REASON_CHARS.contains(&reason.chars().count()) {
        return Err(Refusal::ReasonLength);
    }
    let ruling = Ruling {
        verdict: *verdict,
        by: ctx.user,
        at: ctx.now.0,
        reason: reason.clone(),
        note: (!note.is_empty()).then(|| note.clone()),
        told: *told,
    };
    let number = u32::try_from(case.rulings.len()).expect("two at most");
    let (stage, closes) = match case.stage {
        Stage::Conteste => (Stage::Clos, Job::Close { case: case.id }.now()),
        _ => (Stage::Decide, Job::Close { case: case.id }.at(ctx.now.plus_secs(APPEAL_SECS))),
    };
    let line = Line::new(ctx.user, Event::Decided(verdict.key().into())).because(reason.as_str());
    let mut decision = Decision::reply(Reply::Whisper(view::decided(*verdict, ctx.lang)))
        .write(items::rule(ctx.guild, case, ruling, stage))
        .write(history::line(ctx.guild, case.in_history(), line, ctx.now));
    let warned = match verdict {
        Verdict::Warn => sanction::decide::warned(case.author, reason, case.id, ctx),
        Verdict::Keep | Verdict::Hide | Verdict::Remove | Verdict::Abuse => Vec::new(),
    };
    for write in effects(*verdict, case, ctx, known).into_iter().chain(warned) {
        decision = decision.write(write);
    }
    if let Some(resource) = &known.resource {
        decision = decision.job(Job::Refresh { resource: resource.id }.now());
    }
    Ok(decision
        .job(Job::Case { case: case.id }.now())
        .job(Job::Settle { case: case.id, ruling: number }.now())
        .job(closes))
}

/// What a verdict changes of its target, which can then be reported again.
fn effects(verdict: Verdict, case: &Case, ctx: &Ctx, known: &Known) -> Vec<store::Write> {
    match case.about {
        About::Resource(_) => {
            let Some(resource) = &known.resource else { return Vec::new() };
            let next = state_after(verdict, resource, case);
            let mut writes = shared::ruled(ctx.guild, resource, next, case.id);
            if next != resource.state {
                let line = Line::new(ctx.user, Event::Became(next));
                writes.push(history::line(ctx.guild, case.in_history(), line, ctx.now));
            }
            writes
        }
        // By the time of an appeal there may be another case about the same.
        _ if case.stage != Stage::Ouvert => Vec::new(),
        About::Message { message, .. } => {
            vec![store::Write::delete(report::items::of_message(ctx.guild, message))]
        }
        About::Person(user) => vec![store::Write::delete(report::items::of_target(ctx.guild, user))],
    }
}

/// Where a resource is after a verdict: whatever does not hide it shows it again. What this very case
/// removed comes back when its author was right to contest: the one way out of being removed.
fn state_after(verdict: Verdict, resource: &Resource, case: &Case) -> State {
    let next = match verdict {
        Verdict::Keep | Verdict::Warn | Verdict::Abuse => State::Publiee,
        Verdict::Hide => State::Masquee,
        Verdict::Remove => State::Retiree,
    };
    let removed_here = resource.state == State::Retiree && resource.removed_by == Some(case.id);
    // What another open case keeps out of sight is that case's to show again.
    let held_by_another = resource.case.is_some_and(|open| open != case.id);
    if held_by_another && resource.state == State::Masquee && next == State::Publiee {
        return resource.state;
    }
    if resource.state.may_become(next) || removed_here { next } else { resource.state }
}

/// Form M9 was sent: another moderator decides.
///
/// # Errors
/// When the case is not the person's, or was contested before.
pub fn contest(text: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    let case = contestable(ctx, known)?;
    if !APPEAL_CHARS.contains(&text.chars().count()) {
        return Err(Refusal::ReasonLength);
    }
    let appeal = Appeal { text: text.to_owned(), at: ctx.now.0 };
    Ok(Decision::reply(Reply::Whisper(view::contested(ctx.lang)))
        .write(items::contest(ctx.guild, case.id, &appeal))
        .job(Job::Case { case: case.id }.now()))
}

/// The case, when this person may contest it: whom it concerns, once, while it is not closed.
fn contestable<'k>(ctx: &Ctx, known: &'k Known) -> Result<&'k Case, Refusal> {
    is_on(ctx)?;
    let case = known.case.as_ref().ok_or(Refusal::Outdated)?;
    let contestable = case.rulings.last().is_some_and(|ruling| case.may_be_contested(ruling));
    if case.author == ctx.user && contestable { Ok(case) } else { Err(Refusal::Outdated) }
}

/// The case, when this person may decide it now: a moderator whom it does not concern, while nobody
/// else has it in hand. An appeal is for another one than who decided first, as long as one may come.
fn to_decide<'k>(ctx: &Ctx, known: &'k Known) -> Result<&'k Case, Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    let case = known.case.as_ref().ok_or(Refusal::Outdated)?;
    if !case.stage.is_open() {
        return Err(Refusal::Outdated);
    }
    let decided_first = case.rulings.iter().any(|ruling| ruling.by == ctx.user);
    let alone = case.appeal.as_ref().is_some_and(|appeal| ctx.now.0 - appeal.at >= ALONE_MS);
    if case.author == ctx.user || known.own.is_some() || (decided_first && !alone) {
        return Err(Refusal::OwnCase);
    }
    match case.held_by(ctx.now.0) {
        Some(lock) if lock.by != ctx.user => Err(Refusal::Taken { by: lock.by, until: lock.until }),
        _ => Ok(case),
    }
}

#[cfg(test)]
mod tests {
    use discord::UserId;

    use super::*;
    use crate::case::model::CaseId;
    use crate::model::ResourceId;

    #[test]
    fn what_another_open_case_hides_is_not_shown_by_the_end_of_this_one() {
        let (id, author) = (ResourceId::new(1), UserId(9));
        let case = Case::new(CaseId::new(1), About::Resource(id), "Le livre", author, 0);
        let mut resource = Resource::new(id, "Le livre", "Pour bien commencer.", author, 0);
        resource.state = State::Masquee;
        assert_eq!(state_after(Verdict::Keep, &resource, &case), State::Publiee);
        resource.case = Some(CaseId::new(2));
        assert_eq!(state_after(Verdict::Keep, &resource, &case), State::Masquee);
        assert_eq!(state_after(Verdict::Remove, &resource, &case), State::Retiree);
    }
}
