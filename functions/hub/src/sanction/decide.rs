//! The rules of sanctions: who may take which, and what somebody who is suspended still may.

use app::{Ctx, Decision, Job as _, Refusal as _};
use directory::{Group, Held};
use discord::UserId;
use discord::reply::Reply;

use super::model::{Measure, Proposal, Sanction, Suspension};
use super::{items, view};
use crate::case::decide::may_moderate;
use crate::case::model::CaseId;
use crate::history::{self, Event, Line, Target};
use crate::inbox::{self, Notice};
use crate::jobs::Job;
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// After this long, an admin who proposed an exclusion may confirm it alone, in milliseconds: 24 hours,
/// for a server with a single one.
///
/// Source: HUB §13.3.
const ALONE_MS: i64 = 24 * 3600 * 1000;

/// Longest reason, in characters.
///
/// Source: HUB §4.1.
pub const REASON_MAX_CHARS: usize = 300;

/// What the rules must know of the person in question.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// What was done about them, newest first.
    pub sanctions: Vec<Sanction>,
    /// What they may not do at the moment.
    pub suspension: Option<Suspension>,
    /// Somebody proposes to exclude them.
    pub proposal: Option<Proposal>,
}

/// `/moderation sanctionner`.
///
/// # Errors
/// When the person is no moderator, or it is about themselves.
pub fn take(
    user: UserId,
    measure: Measure,
    reason: &str,
    ctx: &Ctx,
    known: &Known,
) -> Result<Decision, Refusal> {
    allowed(user, ctx)?;
    if measure != Measure::Exclusion {
        return Ok(taken(user, measure, reason, ctx, known));
    }
    if known.proposal.is_some() {
        return confirm(user, ctx, known);
    }
    let proposed = Proposal { by: ctx.user, at: ctx.now.0, reason: reason.to_owned() };
    Ok(Decision::reply(Reply::Whisper(view::proposed(user, ctx.lang)))
        .write(items::propose(ctx.guild, user, &proposed, ctx.now))
        .job(Job::Exclusion { user }.now()))
}

/// « Confirmer l’exclusion »: an admin other than who proposed it, or the same one a day later.
///
/// # Errors
/// When the person may not confirm it, or nothing is proposed any more.
pub fn confirm(user: UserId, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    allowed(user, ctx)?;
    let proposal = known.proposal.as_ref().ok_or(Refusal::Outdated)?;
    let alone = ctx.now.0 - proposal.at >= ALONE_MS;
    if !ctx.held.is(Group::Admin) || (proposal.by == ctx.user && !alone) {
        return Err(Refusal::SecondAdmin);
    }
    let decision = taken(user, Measure::Exclusion, &proposal.reason, ctx, known);
    Ok(decision.write(items::settle(ctx.guild, user)))
}

/// `/moderation lever`.
///
/// # Errors
/// When the person is no admin, or it is about themselves.
pub fn lift(user: UserId, reason: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    if !ctx.held.is(Group::Admin) {
        return Err(Refusal::NotAnAdmin);
    }
    if user == ctx.user {
        return Err(Refusal::OwnCase);
    }
    let holds = known.suspension.filter(|suspension| suspension.holds(ctx.now.0));
    let mut decision = Decision::reply(Reply::Whisper(view::lifted(user, holds.is_some(), ctx.lang)));
    if known.proposal.is_some() {
        decision = decision.write(items::settle(ctx.guild, user));
    }
    let Some(suspension) = holds else { return Ok(decision) };
    let [writes_again, lifted] = items::lift(ctx.guild, user, suspension, ctx.now);
    decision = decision.write(writes_again);
    // Of whoever was erased there is no record any more.
    if known.sanctions.iter().any(|sanction| sanction.at == suspension.at) {
        decision = decision.write(lifted);
    }
    let line = Line::new(ctx.user, Event::Lifted).because(reason);
    let notice = Notice::Lifted { reason: reason.to_owned() };
    Ok(decision
        .write(history::line(ctx.guild, Target::Person(user), line, ctx.now))
        .write(inbox::tell(ctx.guild, user, notice, ctx.now)))
}

/// Moderators and admins, never about themselves.
fn allowed(user: UserId, ctx: &Ctx) -> Result<(), Refusal> {
    may_moderate(ctx)?;
    is_on(ctx)?;
    if user == ctx.user { Err(Refusal::OwnCase) } else { Ok(()) }
}

fn taken(user: UserId, measure: Measure, reason: &str, ctx: &Ctx, known: &Known) -> Decision {
    let mut sanctions = known.sanctions.clone();
    let sanction = sanction(measure, reason, None, ctx);
    sanctions.insert(0, sanction.clone());
    let proposed = next_measure(&sanctions, ctx.now.0);
    let reply = view::taken(user, &sanction, proposed, ctx.lang);
    let notice = Notice::Sanctioned { measure, until: sanction.until, reason: reason.to_owned() };
    let mut decision = Decision::reply(Reply::Whisper(reply));
    if measure.suspends() {
        let next = Suspension { at: sanction.at, until: sanction.until };
        // A shorter one does not end a longer one.
        let write = match known.suspension {
            Some(seen) if !next.outlasts(&seen) && seen.holds(ctx.now.0) => {
                items::stands(ctx.guild, user, seen)
            }
            seen => items::suspend(ctx.guild, user, seen, next, ctx.now),
        };
        decision = decision.write(write);
    }
    for write in recorded(user, &sanction, ctx) {
        decision = decision.write(write);
    }
    decision.write(inbox::tell(ctx.guild, user, notice, ctx.now))
}

fn sanction(measure: Measure, reason: &str, case: Option<CaseId>, ctx: &Ctx) -> Sanction {
    Sanction {
        measure,
        by: ctx.user,
        at: ctx.now.0,
        until: measure.until(ctx.now.0),
        reason: reason.to_owned(),
        case,
        lifted_at: None,
    }
}

fn recorded(user: UserId, sanction: &Sanction, ctx: &Ctx) -> [store::Write; 2] {
    let line = Line::new(ctx.user, Event::Sanctioned(sanction.measure.key().into()));
    let line = line.because(sanction.reason.as_str());
    [items::take(ctx.guild, user, sanction), history::line(ctx.guild, Target::Person(user), line, ctx.now)]
}

/// The author of a case is warned. The decision itself tells them.
pub fn warned(user: UserId, reason: &str, case: CaseId, ctx: &Ctx) -> Vec<store::Write> {
    if user == history::NOBODY {
        return Vec::new();
    }
    recorded(user, &sanction(Measure::Warning, reason, Some(case), ctx), ctx).into()
}

/// What comes next for somebody, as a proposal: one step after the hardest that still counts, or was
/// taken within six months.
///
/// Source: HUB §13.3, « ladder proposed, never automatic ».
pub fn next_measure(sanctions: &[Sanction], now: i64) -> Measure {
    let lapse = Measure::Warning.until(0).unwrap_or_default();
    let counts = |sanction: &&Sanction| {
        sanction.lifted_at.is_none() && (sanction.is_active(now) || now - sanction.at < lapse)
    };
    match sanctions.iter().filter(counts).map(|sanction| sanction.measure).max() {
        None => Measure::Warning,
        Some(Measure::Warning) => Measure::Day,
        Some(Measure::Day) => Measure::Week,
        Some(Measure::Week | Measure::Exclusion) => Measure::Exclusion,
    }
}

/// Somebody who is suspended has the rights of who has just arrived. What these do not allow is refused
/// with the end of the suspension; what was typed is kept all the same.
///
/// Source: HUB §3, §16 E16.
pub fn within(
    suspension: Option<Suspension>,
    ctx: &Ctx,
    decide: impl FnOnce(&Ctx) -> Result<Decision, Refusal>,
) -> Result<Decision, Refusal> {
    let Some(held) = suspension.filter(|suspension| suspension.holds(ctx.now.0)) else { return decide(ctx) };
    let refusal = Refusal::Suspended { until: held.until };
    let ctx = Ctx { held: Held::default(), ..ctx.clone() };
    let rights = Refusal::NotAMember.code();
    match decide(&ctx) {
        Err(refused) if refused.code() == rights => Err(refusal),
        Ok(decision) if decision.refused == Some(rights) => {
            let reply = Reply::Whisper(refusal.with_draft(ctx.interaction.0, ctx.lang));
            Ok(Decision { reply, refused: Some(refusal.code()), ..decision })
        }
        other => other,
    }
}
