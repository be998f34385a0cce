//! Words and links that have no place here: what holds one is not published.
//!
//! Nothing that is published already is hidden by a new entry; admins are shown what holds it.
//!
//! Source: HUB §13.4.

pub mod action;
pub mod decide;
pub mod fold;
pub mod items;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::decide::Known;
use crate::items as shared;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Blacklists;

impl Subject for Blacklists {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &[];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let mut wanted = vec![Wanted::Item(items::blacklist(at.guild))];
        if let Action::Add { .. } = action {
            wanted.push(Wanted::List(shared::cards(at.guild)));
        }
        wanted
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let mut known = Known { blacklist: read.item(&items::blacklist(ctx.guild))?, ..Known::default() };
        if let Action::Add { .. } = action {
            known.cards = read.list()?;
        }
        Ok(known)
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Add { kind, value } => decide::add(*kind, value, ctx, &known),
            Action::Remove { kind, value } => decide::remove(*kind, value, ctx, &known),
            Action::Show => decide::show(ctx, &known),
        }
    }
}
