//! Finding again what was shared.
//!
//! This first version reads all cards of a server in one page and compares words of titles and
//! themes. The packed index of HUB §10 takes its place when libraries grow.

pub mod action;
pub mod decide;
pub mod rank;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::decide::Known;
use crate::items;
use crate::model::ResourceId;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Search;

impl Subject for Search {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &[];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn suggests(action: &Action) -> bool {
        matches!(action, Action::Suggest { .. })
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        vec![match action {
            Action::Suggest { .. } => Wanted::List(items::cards(at.guild)),
            Action::Search { text } => match text.parse::<ResourceId>() {
                Ok(id) => Wanted::Item(items::resource(at.guild, id)),
                Err(_) => Wanted::List(items::cards(at.guild)),
            },
        }]
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let chosen = match action {
            Action::Search { text } => match text.parse() {
                Ok(id) => read.item(&items::resource(ctx.guild, id))?,
                Err(_) => None,
            },
            Action::Suggest { .. } => None,
        };
        Ok(Known { cards: read.list()?, chosen })
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Suggest { typed } => decide::suggest(typed, ctx, &known),
            Action::Search { text } => decide::search(text, text.parse::<ResourceId>().is_ok(), ctx, known),
        }
    }
}
