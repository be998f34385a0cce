//! The rules of checks that people ask for.

use app::{Ctx, Decision, Job as _};
use discord::reply::Reply;

use super::jobs::Look;
use super::plan::FRESH_MS;
use super::view;
use crate::jobs::Job;
use crate::link::safe;
use crate::model::{Resource, State};
use crate::refusal::Refusal;
use crate::share::decide::{is_on, may_share};

/// « Le lien ne marche plus ».
///
/// # Errors
/// When the person may not say so, or there is no such link to be seen.
pub fn broken(ctx: &Ctx, known: Option<Resource>) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    may_share(ctx)?;
    let resource = known.filter(|resource| resource.state == State::Publiee).ok_or(Refusal::Outdated)?;
    let link = resource.link.as_ref().ok_or(Refusal::Outdated)?;
    let can_be_opened = url::Url::parse(&link.open).is_ok_and(|url| safe::may_open(&url).is_ok());
    if !can_be_opened {
        return Ok(Decision::reply(Reply::Whisper(view::cannot_check(ctx.lang))));
    }
    let health = &resource.health;
    if health.checked_at != 0 && ctx.now.0 - health.checked_at < FRESH_MS {
        return Ok(Decision::reply(Reply::Whisper(view::just_checked(health, ctx.lang))));
    }
    let look = Job::CheckLink(Look::now(resource.id));
    Ok(Decision::reply(Reply::Whisper(view::will_check(ctx.lang))).job(look.now()))
}
