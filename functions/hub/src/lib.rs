//! The hub: one library for each server. A link is published once, judged, and found again.
//!
//! Subjects have their own rooms: [`share`] publishing, [`vote`] opinions, [`search`] finding, [`link`]
//! when two links are one. Shared by all: [`action`] what can be asked, [`model`] the nouns, [`items`]
//! keys and writes, [`jobs`] what the worker does, [`refusal`] every no.
//!
//! The hub never reads what people write in channels: commands, buttons and forms are its only ears.

pub mod action;
pub mod commands;
pub mod items;
pub mod jobs;
pub mod link;
pub mod model;
pub mod refusal;
pub mod search;
pub mod share;
pub mod texts;
pub mod vote;

use app::{At, Ctx, Decision, Desk, Failure, Feature, Finish, Loaded, Request, Texts, Wanted};
use discord::command::Command;
use discord::interaction::Interaction;
use store::{Store, StoreError};

use crate::action::{Action, Link};
use crate::jobs::Job;
use crate::model::ResourceId;
use crate::refusal::Refusal;

/// The library of shared resources.
pub struct Hub;

/// What a rule of the hub must know.
#[derive(Debug)]
pub enum Known {
    /// To share.
    Share(Box<share::decide::Known>),
    /// To vote.
    Vote(Box<vote::decide::Known>),
    /// To search.
    Search(Box<search::decide::Known>),
}

impl Feature for Hub {
    const NAME: &'static str = "hub";
    type Action = Action;
    type State = Known;
    type Refusal = Refusal;
    type Job = Job;

    fn texts() -> &'static Texts {
        &texts::TEXTS
    }

    fn commands() -> Vec<Command> {
        commands::commands()
    }

    fn prefix() -> &'static str {
        "hub"
    }

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn suggests(action: &Action) -> bool {
        matches!(action, Action::Suggest { .. })
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let for_link = |link: &Link| {
            let key = link.canonical.as_ref().ok().map(|canonical| items::link(at.guild, &canonical.key));
            key.into_iter().chain([items::themes(at.guild), items::rate(at.guild, at.user)])
        };
        let draft = |draft: u64| items::draft(at.guild, at.user, draft);
        match action {
            Action::Share { link: Some(link) } => for_link(link).map(Wanted::Item).collect(),
            Action::Share { link: None } => vec![Wanted::Item(items::themes(at.guild))],
            Action::Publish(form) => {
                for_link(&form.link).chain(form.draft.map(draft)).map(Wanted::Item).collect()
            }
            Action::Fix { draft: id } => {
                vec![Wanted::Item(draft(*id)), Wanted::Item(items::themes(at.guild))]
            }
            Action::Suggest { .. } => vec![Wanted::List(items::cards(at.guild))],
            Action::Search { text } => vec![match text.parse::<ResourceId>() {
                Ok(id) => Wanted::Item(items::resource(at.guild, id)),
                Err(_) => Wanted::List(items::cards(at.guild)),
            }],
            Action::Vote { resource, .. } => vec![
                Wanted::Item(items::resource(at.guild, *resource)),
                Wanted::Item(items::vote(at.guild, *resource, at.user)),
            ],
        }
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Known, StoreError> {
        match action {
            Action::Share { link } => load_share(link.as_ref(), None, ctx, read, store).await,
            Action::Publish(form) => load_share(Some(&form.link), form.draft, ctx, read, store).await,
            Action::Fix { draft } => load_share(None, Some(*draft), ctx, read, store).await,
            Action::Suggest { .. } => {
                Ok(Known::Search(Box::new(search::decide::Known { cards: read.list()?, chosen: None })))
            }
            Action::Search { text } => {
                let chosen = match text.parse() {
                    Ok(id) => read.item(&items::resource(ctx.guild, id))?,
                    Err(_) => None,
                };
                Ok(Known::Search(Box::new(search::decide::Known { cards: read.list()?, chosen })))
            }
            Action::Vote { resource, .. } => Ok(Known::Vote(Box::new(vote::decide::Known {
                resource: read.item(&items::resource(ctx.guild, *resource))?,
                vote: read.item(&items::vote(ctx.guild, *resource, ctx.user))?,
            }))),
        }
    }

    fn decide(action: &Action, ctx: &Ctx, state: Known) -> Result<Decision, Refusal> {
        match (action, state) {
            (Action::Share { link }, Known::Share(known)) => share::decide::open(link.as_ref(), ctx, *known),
            (Action::Publish(form), Known::Share(known)) => share::decide::publish(form, ctx, *known),
            (Action::Fix { draft }, Known::Share(known)) => share::decide::fix(*draft, ctx, *known),
            (Action::Suggest { typed }, Known::Search(known)) => search::decide::suggest(typed, ctx, &known),
            (Action::Search { text }, Known::Search(known)) => {
                search::decide::search(text, text.parse::<ResourceId>().is_ok(), ctx, *known)
            }
            (Action::Vote { useful, .. }, Known::Vote(known)) => vote::decide::vote(*useful, ctx, *known),
            (action, state) => unreachable!("`load` gave {state:?} for {action:?}"),
        }
    }

    fn outdated() -> Refusal {
        Refusal::Outdated
    }

    fn fault(reference: String) -> Refusal {
        Refusal::Fault { reference }
    }

    async fn work(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        jobs::work(job, desk).await
    }

    async fn answer(request: Request, desk: &Desk<'_>) -> Result<Finish, Failure> {
        jobs::answer(request, desk).await
    }

    async fn give_up(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        jobs::give_up(job, desk).await
    }
}

async fn load_share(
    link: Option<&Link>,
    draft: Option<u64>,
    ctx: &Ctx,
    mut read: Loaded,
    store: &Store,
) -> Result<Known, StoreError> {
    #[derive(serde::Deserialize)]
    struct Reservation {
        resource: ResourceId,
    }
    let reserved: Option<Reservation> = match link.and_then(|link| link.canonical.as_ref().ok()) {
        Some(canonical) => read.item(&items::link(ctx.guild, &canonical.key))?,
        None => None,
    };
    // The third round trip: whose link this is stands in the reservation.
    let existing = match reserved {
        Some(reserved) => store.get(&items::resource(ctx.guild, reserved.resource)).await?,
        None => None,
    };
    Ok(Known::Share(Box::new(share::decide::Known {
        existing: existing.map(store::read).transpose()?,
        themes: read.item(&items::themes(ctx.guild))?.unwrap_or_default(),
        rate: read.item(&items::rate(ctx.guild, ctx.user))?,
        draft: match draft {
            Some(draft) => read.item(&items::draft(ctx.guild, ctx.user, draft))?,
            None => None,
        },
    })))
}
