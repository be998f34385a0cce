//! What people are told about their own doings: an inbox each, opened with a button.
//!
//! [`tell`] puts a notice into it, in the transaction of whatever is told. « Vous avez 2 nouvelles. »
//! then stands under the next answer to that person (see [`view::hint`]). Nobody gets a private message
//! from here.

pub mod action;
pub mod decide;
pub mod items;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Timestamp, Wanted};
use discord::interaction::Interaction;
use discord::{GuildId, UserId};
use store::{Store, StoreError, Write};

use self::action::Button;
pub use self::model::Notice;
use self::model::{Entry, Inbox};
use crate::refusal::Refusal;
use crate::subject::Subject;

/// Tells somebody something: one item, so it can stand in any transaction. Whoever was erased
/// (user 0) is told nothing: callers leave the write out.
pub fn tell(guild: GuildId, user: UserId, notice: Notice, now: Timestamp) -> Write {
    items::tell(guild, user, notice, now)
}

/// What is read with every interaction, to say that there is news: half a read unit, beside the rest.
pub fn wants(at: &At) -> Wanted {
    let counted = u32::try_from(items::COUNTED_MAX).expect("a small number");
    Wanted::List(items::newest(at.guild, at.user, counted + 1))
}

/// The list of [`wants`], which comes before those of the subject.
///
/// # Errors
/// When an item does not load: our mistake.
pub fn load(read: &mut Loaded) -> Result<Inbox, StoreError> {
    Ok(read.list::<Entry>()?.into())
}

/// See the module.
pub struct News;

impl Subject for News {
    /// A press is all there is to ask.
    type Action = Button;
    type Known = Inbox;
    const WORDS: &'static [&'static str] = &["news"];

    fn read(interaction: &Interaction) -> Option<Button> {
        action::read(interaction)
    }

    fn wants(_: &Button, at: &At) -> Vec<Wanted> {
        vec![Wanted::List(items::newest(at.guild, at.user, items::SHOWN_MAX))]
    }

    async fn load(_: &Button, _: &Ctx, mut read: Loaded, _: &Store) -> Result<Inbox, StoreError> {
        load(&mut read)
    }

    fn decide(action: &Button, ctx: &Ctx, inbox: Inbox) -> Result<Decision, Refusal> {
        decide::open(action, ctx, &inbox)
    }
}
