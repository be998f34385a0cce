//! The full card of a resource, in an answer of its own: everything that its post says, and every
//! button that its post has. It works when the post is archived, deleted or in a forum that the person
//! does not see. « Plus d’actions » is the list of what else this person may do.

pub mod action;
pub mod decide;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::subject::Subject;
use crate::tally;

/// See the module.
pub struct Cards;

impl Subject for Cards {
    type Action = Action;
    /// The resource that is asked for.
    type Known = Option<Resource>;
    const WORDS: &'static [&'static str] = &["card", "more"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        action.resource().map(|id| tally::wants(at.guild, id)).into_iter().collect()
    }

    async fn load(
        action: &Action,
        _: &Ctx,
        mut read: Loaded,
        _: &Store,
    ) -> Result<Option<Resource>, StoreError> {
        if action.resource().is_some() { tally::load(&mut read) } else { Ok(None) }
    }

    fn decide(action: &Action, ctx: &Ctx, known: Option<Resource>) -> Result<Decision, Refusal> {
        match action {
            Action::Open { .. } => decide::open(ctx, known),
            Action::Unknown => decide::unknown(ctx),
            Action::More { .. } => decide::more(ctx, known),
        }
    }
}
