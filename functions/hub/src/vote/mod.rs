//! Opinions: useful or not, one for each person and resource, 60 an hour.
//!
//! Many may vote on one resource at the same moment: what they write in common is spread, see
//! [`crate::tally`].

pub mod action;
pub mod decide;
pub mod jobs;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Button;
use self::decide::Known;
use crate::model::Voted;
use crate::refusal::Refusal;
use crate::subject::Subject;
use crate::{items, tally};

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
            tally::wants(at.guild, action.resource),
            Wanted::Item(items::vote(at.guild, action.resource, at.user)),
            Wanted::Item(items::voted(at.guild, at.user, at.now)),
        ]
    }

    async fn load(action: &Button, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let voted: Option<Voted> = read.item(&items::voted(ctx.guild, ctx.user, ctx.now))?;
        Ok(Known {
            resource: tally::load(&mut read)?,
            vote: read.item(&items::vote(ctx.guild, action.resource, ctx.user))?,
            presses: voted.unwrap_or_default().presses,
        })
    }

    fn decide(action: &Button, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        decide::vote(action.useful, ctx, known)
    }
}
