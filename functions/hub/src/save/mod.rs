//! To save: one's own list of resources, each with a note that nobody else reads.
//!
//! Everybody may, newcomers too. A resource that is hidden, gone or part of another stays in the list,
//! and the list says so. The list can be taken away as a file.
//!
//! Source: HUB §9, §4.1.

pub mod action;
pub mod decide;
pub mod items;
pub mod jobs;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::GuildId;
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::decide::Known;
use self::model::{Page, Saved};
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Saves;

impl Subject for Saves {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["save", "unsave", "note", "saved", "csv"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let saved = |id| Wanted::Item(items::saved(at.guild, at.user, id));
        match action {
            Action::Toggle { resource } => vec![
                Wanted::Item(crate::items::resource(at.guild, *resource)),
                saved(*resource),
                Wanted::Item(items::count(at.guild, at.user)),
            ],
            Action::Remove { resource } | Action::Note { resource } | Action::Write { resource, .. } => {
                vec![saved(*resource)]
            }
            Action::List { .. } => vec![Wanted::List(items::all(at.guild, at.user))],
            Action::Export => vec![Wanted::Item(items::count(at.guild, at.user))],
        }
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Known, StoreError> {
        let (guild, user) = (ctx.guild, ctx.user);
        let mut known = Known::default();
        match action {
            Action::Toggle { resource } => {
                known.resource = read.item(&crate::items::resource(guild, *resource))?;
                known.saved = read.item(&items::saved(guild, user, *resource))?;
                known.count = read.item(&items::count(guild, user))?.unwrap_or_default();
            }
            Action::Remove { resource } | Action::Note { resource } | Action::Write { resource, .. } => {
                known.saved = read.item(&items::saved(guild, user, *resource))?;
            }
            Action::List { ask, .. } => {
                let page = Page::of(read.list::<Saved>()?, ask);
                // The second round trip: which five they are is known from the first.
                known.page = Page { shown: with_resources(guild, page.shown, store).await?, ..page };
            }
            Action::Export => known.count = read.item(&items::count(guild, user))?.unwrap_or_default(),
        }
        Ok(known)
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        decide::decide(action, ctx, known)
    }
}

/// What is saved with its resources as they are now.
pub(crate) async fn with_resources(
    guild: GuildId,
    shown: Vec<(Saved, Option<Resource>)>,
    store: &Store,
) -> Result<Vec<(Saved, Option<Resource>)>, StoreError> {
    let key = |saved: &Saved| crate::items::resource(guild, saved.id);
    let keys: Vec<_> = shown.iter().map(|(saved, _)| key(saved)).collect();
    let mut found = store.batch_get(&keys).await?;
    let with = |(saved, _): (Saved, Option<Resource>)| {
        let resource = found.take(&key(&saved)).map(store::read).transpose()?;
        Ok((saved, resource))
    };
    shown.into_iter().map(with).collect()
}
