//! What moderators do about a person: warn, suspend, exclude; and what admins lift again.
//!
//! Nothing is automatic: the next step of the ladder is proposed, a person decides. Somebody who is
//! suspended reads and searches as before ([`decide::within`]); the end needs nobody.
//!
//! Source: HUB §13.3.

pub mod action;
pub mod decide;
pub mod items;
pub mod jobs;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::decide::Known;
use self::model::Suspension;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// What is read with every interaction, to know what the person may do.
pub fn wants(at: &At) -> Wanted {
    Wanted::Item(items::suspension(at.guild, at.user))
}

/// The item of [`wants`].
///
/// # Errors
/// When it does not load: our mistake.
pub fn load(read: &mut Loaded, ctx: &Ctx) -> Result<Option<Suspension>, StoreError> {
    read.item(&items::suspension(ctx.guild, ctx.user))
}

/// See the module.
pub struct Sanctions;

impl Subject for Sanctions {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["exclude"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let user = action.user();
        vec![
            Wanted::Item(items::suspension(at.guild, user)),
            Wanted::Item(items::proposal(at.guild, user)),
            Wanted::List(items::sanctions(at.guild, user)),
        ]
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let user = action.user();
        Ok(Known {
            suspension: read.item(&items::suspension(ctx.guild, user))?,
            proposal: read.item(&items::proposal(ctx.guild, user))?,
            sanctions: read.list()?,
        })
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Take { user, measure, reason } => decide::take(*user, *measure, reason, ctx, &known),
            Action::Lift { user, reason } => decide::lift(*user, reason, ctx, &known),
            Action::Confirm(button) => decide::confirm(button.user, ctx, &known),
        }
    }
}
