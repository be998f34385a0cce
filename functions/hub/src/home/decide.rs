//! The rules of the way in: everyone has it; who is in charge may put it where all see it.

use app::{Ctx, Decision, Job as _};
use directory::{Group, RoleKey};
use discord::ChannelId;
use discord::reply::Reply;

use super::model::Page;
use super::view;
use crate::jobs::Job;
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// `/hub accueil`.
///
/// # Errors
/// When the function is off.
pub fn open(ctx: &Ctx) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    Ok(Decision::reply(Reply::Whisper(view::home(ctx.lang))))
}

/// « C’est quoi le Hub ? »
///
/// # Errors
/// When the function is off.
pub fn what(ctx: &Ctx) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    Ok(Decision::reply(Reply::Whisper(view::what(ctx.lang))))
}

/// « Mes ressources ».
///
/// # Errors
/// When the function is off.
pub fn mine(in_place: bool, ctx: &Ctx, page: &Page) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    let message = view::mine(page, ctx.lang);
    Ok(Decision::reply(if in_place { Reply::Update(message) } else { Reply::Whisper(message) }))
}

/// `/hub panneau`: the worker posts it, and says where it is.
///
/// # Errors
/// When the person is not in charge, or the function is off.
pub fn panel(channel: ChannelId, ctx: &Ctx) -> Result<Decision, Refusal> {
    in_charge(ctx)?;
    is_on(ctx)?;
    Ok(Decision::reply(Reply::Think).job(Job::Panel { channel, lang: ctx.lang }.now().answers()))
}

/// Admins and directors. Source: HUB §3, last line.
pub(crate) fn in_charge(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.held.is(Group::Admin) || ctx.held.has(RoleKey::Director) {
        Ok(())
    } else {
        Err(Refusal::NotInCharge)
    }
}
