//! Opinions: useful or not, one for each person and resource.

pub mod action;
pub mod decide;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Button;
use self::decide::Known;
use crate::items;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Votes;

impl Subject for Votes {
    /// A press is all there is to ask.
    type Action = Button;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["up", "down"];

    fn read(interaction: &Interaction) -> Option<Button> {
        action::read(interaction)
    }

    fn wants(action: &Button, at: &At) -> Vec<Wanted> {
        vec![
            Wanted::Item(items::resource(at.guild, action.resource)),
            Wanted::Item(items::vote(at.guild, action.resource, at.user)),
        ]
    }

    async fn load(action: &Button, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        Ok(Known {
            resource: read.item(&items::resource(ctx.guild, action.resource))?,
            vote: read.item(&items::vote(ctx.guild, action.resource, ctx.user))?,
        })
    }

    fn decide(action: &Button, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        decide::vote(action.useful, ctx, known)
    }
}
