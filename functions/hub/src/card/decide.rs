//! The rules of the card: everyone may read.

use app::{Ctx, Decision};
use discord::reply::Reply;

use super::view;
use crate::model::{Resource, State};
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// `/hub fiche` or « Voir les détails ».
///
/// # Errors
/// When the function is off, or the resource is not to be seen.
pub fn open(ctx: &Ctx, known: Option<Resource>) -> Result<Decision, Refusal> {
    let resource = published(ctx, known)?;
    Ok(Decision::reply(Reply::Whisper(view::card(&resource, ctx.guild, ctx.lang))))
}

/// `/hub fiche` with words that are no suggestion.
///
/// # Errors
/// Always.
pub fn unknown(ctx: &Ctx) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    Err(Refusal::UnknownResource)
}

/// « Plus d’actions ».
///
/// # Errors
/// As [`open`].
pub fn more(ctx: &Ctx, known: Option<Resource>) -> Result<Decision, Refusal> {
    let resource = published(ctx, known)?;
    Ok(Decision::reply(Reply::Whisper(view::more(&resource, ctx))))
}

/// A resource that everyone may see.
pub(crate) fn published(ctx: &Ctx, known: Option<Resource>) -> Result<Resource, Refusal> {
    is_on(ctx)?;
    known.filter(|resource| resource.state == State::Publiee).ok_or(Refusal::Outdated)
}
