//! Themes: existing ones only, so that everything about one subject stands together.
//!
//! Staff create, rename, merge and archive them. Members suggest: an existing theme for a resource,
//! which applies when two say so; a new one, which two must want before staff decide.
//!
//! Source: HUB §2 S5, §5.5.

pub mod action;
pub mod decide;
pub mod items;
pub mod jobs;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::interaction::Interaction;
use store::{Store, StoreError};

use self::action::Action;
use self::decide::Known;
use self::items::{Suggestion, Wish};
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Subjects;

impl Subject for Subjects {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["tags", "wish"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn suggests(action: &Action) -> bool {
        matches!(action, Action::Typing { .. })
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let themes = Wanted::Item(crate::items::themes(at.guild));
        let mut wanted = vec![themes];
        match action {
            Action::Typing { .. } | Action::Rename { .. } | Action::Merge { .. } => {}
            Action::List => wanted.push(Wanted::List(items::wishes(at.guild))),
            Action::Propose { name } | Action::Create { name } => {
                wanted.push(Wanted::Item(items::wish(at.guild, &items::wish_id(name))));
            }
            Action::Decide { wish, .. } => wanted.push(Wanted::Item(items::wish(at.guild, wish))),
            Action::Archive { .. } => {
                wanted.push(Wanted::List(crate::items::all(at.guild, None, decide::LOOKED_AT_MAX)));
            }
            Action::Tags { resource } => {
                wanted.push(Wanted::Item(crate::items::resource(at.guild, *resource)));
            }
            Action::Suggest { resource, theme } => {
                wanted.push(Wanted::Item(crate::items::resource(at.guild, *resource)));
                wanted.push(Wanted::Item(items::suggestion(at.guild, *resource, theme)));
            }
        }
        wanted
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, _: &Store) -> Result<Known, StoreError> {
        let guild = ctx.guild;
        let themes = read.item(&crate::items::themes(guild))?.unwrap_or_default();
        let mut known = Known { themes, ..Known::default() };
        match action {
            Action::Typing { .. } | Action::Rename { .. } | Action::Merge { .. } => {}
            Action::List => known.wishes = read.list::<Wish>()?,
            Action::Propose { name } | Action::Create { name } => {
                known.wish = read.item(&items::wish(guild, &items::wish_id(name)))?;
            }
            Action::Decide { wish, .. } => known.wish = read.item(&items::wish(guild, wish))?,
            Action::Archive { .. } => known.published = read.list()?,
            Action::Tags { resource } => {
                known.resource = read.item(&crate::items::resource(guild, *resource))?;
            }
            Action::Suggest { resource, theme } => {
                known.resource = read.item(&crate::items::resource(guild, *resource))?;
                known.suggestion = read.item::<Suggestion>(&items::suggestion(guild, *resource, theme))?;
            }
        }
        Ok(known)
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        decide::decide(action, ctx, known)
    }
}
