//! Sharing: from the form to the post on Discord, each link and each file once.

pub mod action;
pub mod decide;
pub mod file;
pub mod jobs;
pub mod plan;
pub mod post;
mod short;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::{Action, Link};
use self::decide::Known;
use crate::model::ResourceId;
use crate::refusal::Refusal;
use crate::subject::Subject;
use crate::{blacklist, items};

/// See the module.
pub struct Share;

impl Subject for Share {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["share", "new", "edit"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let draft = |draft: u64| items::draft(at.guild, at.user, draft);
        let keys = match action {
            Action::Open { link } | Action::Publish(action::Form { link, draft: None, .. }) => {
                let mut keys = for_link(link.as_ref(), at);
                if let Action::Publish(_) = action {
                    keys.push(blacklist::items::blacklist(at.guild));
                }
                keys
            }
            Action::Publish(action::Form { link, draft: Some(kept), .. }) => {
                let mut keys = for_link(link.as_ref(), at);
                keys.extend([draft(*kept), blacklist::items::blacklist(at.guild)]);
                keys
            }
            Action::Fix { draft: kept } => vec![draft(*kept), items::themes(at.guild)],
        };
        keys.into_iter().map(Wanted::Item).collect()
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Known, StoreError> {
        let (link, draft) = match action {
            Action::Open { link } => (link.as_ref(), None),
            Action::Publish(form) => (form.link.as_ref(), form.draft),
            Action::Fix { draft } => (None, Some(*draft)),
        };
        let reserved: Option<Reservation> = match canonical_key(link) {
            Some(key) => read.item(&items::reservation(ctx.guild, key))?,
            None => None,
        };
        // The third round trip: whose link this is stands in the reservation.
        let existing = match reserved {
            Some(reserved) => items::read(store, ctx.guild, reserved.resource).await?,
            None => None,
        };
        Ok(Known {
            existing,
            themes: read.item(&items::themes(ctx.guild))?.unwrap_or_default(),
            rate: read.item(&items::rate(ctx.guild, ctx.user))?,
            blacklist: read.item(&blacklist::items::blacklist(ctx.guild))?,
            draft: match draft {
                Some(draft) => read.item(&items::draft(ctx.guild, ctx.user, draft))?,
                None => None,
            },
        })
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Open { link } => decide::open(link.as_ref(), ctx, known),
            Action::Publish(form) => decide::publish(form, ctx, known),
            Action::Fix { draft } => decide::fix(*draft, ctx, known),
        }
    }
}

/// Whose a key is.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Reservation {
    /// The resource that has it.
    pub resource: ResourceId,
}

fn canonical_key(link: Option<&Link>) -> Option<&str> {
    link.and_then(|link| link.canonical.as_ref().ok()).map(|canonical| canonical.key.as_str())
}

fn for_link(link: Option<&Link>, at: &At) -> Vec<store::Key> {
    let key = canonical_key(link).map(|key| items::reservation(at.guild, key));
    key.into_iter().chain([items::themes(at.guild), items::rate(at.guild, at.user)]).collect()
}
