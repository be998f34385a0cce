//! The rules of searching: everyone may.

use app::{Ctx, Decision};
use discord::reply::Reply;

use super::{rank, view};
use crate::card;
use crate::model::{Card, Resource, State};
use crate::refusal::Refusal;
use crate::share::decide::is_on;

/// What the rules of searching must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Everything that can be found.
    pub cards: Vec<Card>,
    /// The resource whose suggestion was chosen.
    pub chosen: Option<Resource>,
}

/// `/chercher` is being typed.
///
/// # Errors
/// When the function is off.
pub fn suggest(typed: &str, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    Ok(Decision::reply(Reply::Suggest(view::suggestions(&rank::rank(typed, &known.cards)))))
}

/// `/chercher` was sent: a suggestion opens its card, words open the results.
///
/// # Errors
/// When the function is off, or the chosen resource is gone.
pub fn search(text: &str, is_id: bool, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    if is_id {
        let resource = known.chosen.filter(|resource| resource.state == State::Publiee);
        let resource = resource.ok_or(Refusal::Outdated)?;
        return Ok(Decision::reply(Reply::Whisper(card::view::card(&resource, ctx.guild, ctx.lang))));
    }
    let found = rank::rank(text, &known.cards);
    Ok(Decision::reply(Reply::Whisper(view::results(text, &found, ctx.guild, ctx.lang))))
}
