//! The rules of what has aged: three members more than those who say the contrary, or one person who
//! knows.

use app::{Ctx, Decision, Job as _, Timestamp};
use discord::reply::Reply;
use discord::{GuildId, UserId};
use store::Write;

use super::model::{Opinion, Said};
use super::{items, view};
use crate::history::{Event, Line, NOBODY, Target, line};
use crate::inbox::{Notice, tell};
use crate::items::{VOTES_AN_HOUR, hour};
use crate::jobs::Job;
use crate::model::{Resource, State};
use crate::refusal::Refusal;
use crate::share::decide::{is_on, may_share};
use crate::share::plan::refresh;
use crate::tally;
use crate::theme::decide::decides;

/// So many more members say « Obsolète » than « Toujours valable ».
///
/// Source: HUB §9.
pub const QUORUM: u32 = 3;

/// The author is told at most once in so many milliseconds, a day: members may change their minds often.
const TOLD_EVERY_MS: i64 = 24 * 3600 * 1000;

/// The flag as history names it.
const FLAG: &str = "obsolete";

/// What the rules must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Of what.
    pub resource: Option<Resource>,
    /// What the person has said of it so far.
    pub opinion: Option<Opinion>,
    /// How often the person has voted in this hour, on whatever it be.
    pub presses: u32,
}

/// « Obsolète » or « Toujours valable » was pressed.
///
/// # Errors
/// When the person may not say this here, or there is nothing to say it of any more.
pub fn say(outdated: bool, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    may_share(ctx)?;
    is_on(ctx)?;
    let resource = known.resource.filter(|resource| resource.state == State::Publiee);
    let resource = resource.ok_or(Refusal::Outdated)?;
    match alone(&resource, ctx) {
        Some(said) if outdated => Ok(mark(said, ctx, &resource)),
        Some(_) if lifts(&resource, ctx) => Ok(lift(ctx, &resource)),
        Some(Said::Author) => Err(Refusal::OwnResource),
        Some(Said::Staff) | None => vote(outdated, ctx, &resource, known.opinion, known.presses),
    }
}

/// As whom the person says alone that it is out of date, if so.
fn alone(resource: &Resource, ctx: &Ctx) -> Option<Said> {
    if resource.author == ctx.user { Some(Said::Author) } else { decides(ctx).then_some(Said::Staff) }
}

/// Whether « Toujours valable » of this person takes back what was said alone: staff for all, authors
/// for themselves.
fn lifts(resource: &Resource, ctx: &Ctx) -> bool {
    match (resource.said_obsolete, alone(resource, ctx)) {
        (None, _) | (_, None) | (Some(Said::Staff), Some(Said::Author)) => false,
        (Some(Said::Author), Some(Said::Author)) | (Some(_), Some(Said::Staff)) => true,
    }
}

/// Whether « Toujours valable » of this person has an effect.
pub fn may_say_valid(resource: &Resource, ctx: &Ctx) -> bool {
    may_share(ctx).is_ok() && (resource.author != ctx.user || lifts(resource, ctx))
}

fn mark(said: Said, ctx: &Ctx, seen: &Resource) -> Decision {
    if seen.said_obsolete.is_some() {
        return Decision::reply(Reply::Whisper(view::already(ctx.lang)));
    }
    let next = Resource { said_obsolete: Some(said), obsolete: true, ..seen.clone() };
    let decision = alone_decides(view::marked(ctx.lang), seen, &next, ctx);
    if said == Said::Author || seen.author == NOBODY {
        return decision;
    }
    let notice = Notice::ObsoleteForStaff { resource: seen.id, title: seen.title.clone() };
    decision.write(tell(ctx.guild, seen.author, notice, ctx.now))
}

fn lift(ctx: &Ctx, seen: &Resource) -> Decision {
    let next = Resource { said_obsolete: None, ..seen.clone() };
    let next = Resource { obsolete: next.is_obsolete(), ..next };
    alone_decides(view::lifted(&next, ctx.lang), seen, &next, ctx)
}

fn alone_decides(
    message: discord::message::Message,
    seen: &Resource,
    next: &Resource,
    ctx: &Ctx,
) -> Decision {
    let decision = Decision::reply(Reply::Whisper(message)).write(items::say(ctx.guild, seen, next));
    let decision = decision.job(refresh(seen, ctx.now));
    if next.obsolete == seen.obsolete {
        return decision;
    }
    decision.write(flagged(ctx.guild, next, ctx.user, ctx.now))
}

fn flagged(guild: GuildId, resource: &Resource, actor: UserId, now: Timestamp) -> Write {
    let event = Event::Flagged { flag: FLAG.into(), on: resource.obsolete };
    line(guild, Target::Resource(resource.id), Line::new(actor, event), now)
}

fn vote(
    outdated: bool,
    ctx: &Ctx,
    resource: &Resource,
    seen: Option<Opinion>,
    presses: u32,
) -> Result<Decision, Refusal> {
    if presses >= VOTES_AN_HOUR {
        return Err(Refusal::TooOften { again: Timestamp((hour(ctx.now) + 1) * 3_600_000) });
    }
    let next = match seen {
        Some(opinion) if opinion.outdated == outdated => None,
        _ => Some(Opinion { outdated, at: ctx.now.0 }),
    };
    let count = |outdated: bool, total: u32| {
        let has = |opinion: Option<Opinion>| opinion.is_some_and(|opinion| opinion.outdated == outdated);
        (total + u32::from(has(next))).saturating_sub(u32::from(has(seen)))
    };
    let (old, valid) = (count(true, resource.old), count(false, resource.valid));
    let decision = Decision::reply(Reply::Whisper(view::noted(next, old, valid, ctx.lang)));
    let writes = items::cast(ctx.guild, resource.id, ctx.user, seen, next, ctx.now);
    let decision = writes.into_iter().fold(decision, Decision::write);
    Ok(decision.job(Job::Count { resource: resource.id, shard: tally::shard_of(ctx.user) }.now()))
}

/// The resource as what members say makes it, and what is written when that changes something: its
/// history, and the author is told.
pub fn settled(seen: Resource, guild: GuildId, now: Timestamp) -> (Resource, Vec<Write>) {
    let obsolete = seen.is_obsolete();
    if obsolete == seen.obsolete {
        return (seen, Vec::new());
    }
    let mut next = Resource { obsolete, ..seen };
    let mut writes = vec![flagged(guild, &next, NOBODY, now)];
    let told = next.told_obsolete_at.is_some_and(|at| now.0 - at < TOLD_EVERY_MS);
    if obsolete && !told && next.author != NOBODY {
        let notice = Notice::Obsolete { resource: next.id, title: next.title.clone(), people: next.old };
        writes.push(tell(guild, next.author, notice, now));
        next.told_obsolete_at = Some(now.0);
    }
    (next, writes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ResourceId;

    fn resource(old: u32, valid: u32, said: Option<Said>) -> Resource {
        let resource = Resource::new(ResourceId::new(42), "Le livre de Rust", "Description", UserId(3), 0);
        Resource { old, valid, said_obsolete: said, state: State::Publiee, ..resource }
    }

    #[test]
    fn three_members_more_than_those_who_say_the_contrary_make_it_obsolete() {
        for (old, valid, said, expected) in [
            (2, 0, None, false),
            (3, 0, None, true),
            (3, 1, None, false),
            (10, 7, None, true),
            (0, 9, Some(Said::Author), true),
            (0, 0, Some(Said::Staff), true),
            (u32::MAX, u32::MAX, None, false),
        ] {
            assert_eq!(resource(old, valid, said).is_obsolete(), expected, "{old} {valid} {said:?}");
        }
    }

    #[test]
    fn an_author_is_told_once_a_day_however_often_members_change_their_minds() {
        let at = |resource: Resource, now: i64| settled(resource, GuildId(1), Timestamp(now));
        let (first, writes) = at(resource(3, 0, None), 1_000);
        assert_eq!((first.obsolete, writes.len()), (true, 2));
        let (again, writes) = at(first, 2_000);
        assert_eq!(writes, []);
        let (better, writes) = at(Resource { old: 2, ..again }, 3_000);
        assert_eq!((better.obsolete, writes.len()), (false, 1));
        let (worse, writes) = at(Resource { old: 3, ..better.clone() }, 4_000);
        assert_eq!((worse.obsolete, writes.len()), (true, 1));
        let (_, writes) = at(Resource { old: 3, ..better }, 1_000 + TOLD_EVERY_MS);
        assert_eq!(writes.len(), 2);
    }

    #[test]
    fn nobody_is_told_who_was_erased() {
        let (_, writes) =
            settled(Resource { author: UserId(0), ..resource(3, 0, None) }, GuildId(1), Timestamp(0));
        assert_eq!(writes.len(), 1);
    }
}
