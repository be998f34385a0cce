//! The way in: a card with the first things that people do here, alone or on a panel that all see,
//! and the list of what one has shared.

pub mod action;
pub mod decide;
pub mod jobs;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::model::{Mine, Page};
use crate::items;
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Home;

impl Subject for Home {
    type Action = Action;
    /// The page of what the person has shared, when it is asked for.
    type Known = Page;
    const WORDS: &'static [&'static str] = &["what", "mine"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        match action {
            Action::Mine { .. } => vec![Wanted::List(items::own_resources(at.guild, at.user))],
            Action::Open | Action::What | Action::Panel { .. } => Vec::new(),
        }
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Page, StoreError> {
        let Action::Mine { page, .. } = action else { return Ok(Page::default()) };
        let mine = Page::of(read.list::<Mine>()?, *page);
        // The second round trip: which five they are is known from the first.
        let keys: Vec<_> = mine.shown.iter().map(|id| items::resource(ctx.guild, *id)).collect();
        let mut found = store.batch_get(&keys).await?;
        let resources = keys.iter().filter_map(|key| found.take(key)).map(store::read::<Resource>);
        Ok(Page { resources: resources.collect::<Result<_, _>>()?, ..mine })
    }

    fn decide(action: &Action, ctx: &Ctx, page: Page) -> Result<Decision, Refusal> {
        match action {
            Action::Open => decide::open(ctx),
            Action::What => decide::what(ctx),
            Action::Mine { in_place, .. } => decide::mine(*in_place, ctx, &page),
            Action::Panel { channel } => decide::panel(*channel, ctx),
        }
    }
}
