//! The rules of voting: the same button again withdraws, the other one switches.

use app::{Ctx, Decision, Job as _, Timestamp};
use discord::reply::Reply;

use super::view;
use crate::items;
use crate::jobs::Job;
use crate::model::{Resource, State, Vote};
use crate::refusal::Refusal;
use crate::share::decide::{is_on, may_share};
use crate::tally;

/// What the rules of voting must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// On what.
    pub resource: Option<Resource>,
    /// The person's opinion so far.
    pub vote: Option<Vote>,
    /// How often the person has voted in this hour.
    pub presses: u32,
}

/// « Utile » or « Inutile » was pressed.
///
/// # Errors
/// When the person may not vote here, or there is nothing to vote on any more.
pub fn vote(useful: bool, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    is_on(ctx)?;
    let resource = known.resource.ok_or(Refusal::Outdated)?;
    if resource.state != State::Publiee {
        return Err(Refusal::Outdated);
    }
    if resource.author == ctx.user {
        return Err(Refusal::OwnResource);
    }
    if known.presses >= items::VOTES_AN_HOUR {
        return Err(Refusal::TooOften { again: Timestamp((items::hour(ctx.now) + 1) * 3_600_000) });
    }
    let next = match known.vote {
        Some(vote) if vote.useful == useful => None,
        _ => Some(Vote { useful, at: ctx.now.0 }),
    };
    let (up, down) = counted(&resource, known.vote, next);
    let mut decision = Decision::reply(Reply::Whisper(view::saved(next, up, down, ctx.lang)));
    for write in items::cast_vote(ctx.guild, resource.id, ctx.user, known.vote, next, ctx.now) {
        decision = decision.write(write);
    }
    Ok(decision.job(Job::Count { resource: resource.id, shard: tally::shard_of(ctx.user) }.now()))
}

/// The counters after this vote.
fn counted(resource: &Resource, seen: Option<Vote>, next: Option<Vote>) -> (u32, u32) {
    let count = |useful: bool, total: u32| {
        let gone = u32::from(seen.is_some_and(|vote| vote.useful == useful));
        let come = u32::from(next.is_some_and(|vote| vote.useful == useful));
        (total + come).saturating_sub(gone)
    };
    (count(true, resource.up), count(false, resource.down))
}
