//! Whether links still lead somewhere, and what their pages say of themselves.
//!
//! After a publication, then every 30 days, a link is opened by somebody who has nothing to lose
//! ([`crate::fetch`]). Its page's title goes onto the post. A link that is gone three times within a
//! week or more is dead: its post says so, its author is told, and lists leave it out until it answers
//! again. « Le lien ne marche plus » has it looked at now.
//!
//! A link that cannot be looked at is nobody's fault: publication never waits for any of this.

pub mod action;
pub mod decide;
pub mod items;
pub mod jobs;
pub mod model;
pub mod plan;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Button;
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Checks;

impl Subject for Checks {
    /// A press is all there is to ask.
    type Action = Button;
    /// The resource that it is about.
    type Known = Option<Resource>;
    const WORDS: &'static [&'static str] = &["broken"];

    fn read(interaction: &Interaction) -> Option<Button> {
        action::read(interaction)
    }

    fn wants(action: &Button, at: &At) -> Vec<Wanted> {
        let Button::Broken { resource } = action;
        vec![Wanted::Item(crate::items::resource(at.guild, *resource))]
    }

    async fn load(
        action: &Button,
        ctx: &Ctx,
        mut read: Loaded,
        _: &Store,
    ) -> Result<Self::Known, StoreError> {
        let Button::Broken { resource } = action;
        read.item(&crate::items::resource(ctx.guild, *resource))
    }

    fn decide(_: &Button, ctx: &Ctx, known: Self::Known) -> Result<Decision, Refusal> {
        decide::broken(ctx, known)
    }
}
