//! What has aged: « Obsolète » and « Toujours valable ».
//!
//! Each member counts once. Three more who say that it is out of date than who say the contrary make it
//! so; author and staff say it alone. The post then says so, the author is told, and it ranks lower.
//! Counters are spread as those of votes: see [`crate::tally`].
//!
//! Source: HUB §9, §3.

pub mod action;
pub mod decide;
pub mod items;
pub mod jobs;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Button;
use self::decide::Known;
use crate::items::voted;
use crate::model::Voted;
use crate::refusal::Refusal;
use crate::subject::Subject;
use crate::tally;

/// See the module.
pub struct Ages;

impl Subject for Ages {
    /// A press is all there is to ask.
    type Action = Button;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["old", "valid"];

    fn read(interaction: &Interaction) -> Option<Button> {
        action::read(interaction)
    }

    fn wants(action: &Button, at: &At) -> Vec<Wanted> {
        vec![
            tally::wants(at.guild, action.resource),
            Wanted::Item(items::opinion(at.guild, action.resource, at.user)),
            Wanted::Item(voted(at.guild, at.user, at.now)),
        ]
    }

    async fn load(action: &Button, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let voted: Option<Voted> = read.item(&voted(ctx.guild, ctx.user, ctx.now))?;
        Ok(Known {
            resource: tally::load(&mut read)?,
            opinion: read.item(&items::opinion(ctx.guild, action.resource, ctx.user))?,
            presses: voted.unwrap_or_default().presses,
        })
    }

    fn decide(action: &Button, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        decide::say(action.outdated, ctx, known)
    }
}
