//! Reporting what has no place here: a resource, a message, a person.
//!
//! A report opens a case, or joins the open one of its target. What becomes of a case is told in
//! [`crate::case`].

pub mod action;
pub mod decide;
pub mod items;
pub mod model;
pub mod view;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::GuildId;
use discord::interaction::Interaction;
use store::{Key, Store, StoreError};

use self::action::{Action, Form, Target};
use self::decide::Known;
use self::model::OpenCase;
use crate::items as shared;
use crate::refusal::Refusal;
use crate::subject::Subject;

/// See the module.
pub struct Reports;

impl Subject for Reports {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] = &["report", "amend"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let mut keys = vec![case_of(at.guild, target(action))];
        if let Target::Message(message) = target(action) {
            keys.push(items::evidence(at.guild, at.user, message));
        }
        if let Action::Send(_) = action {
            keys.extend([items::reporter(at.guild, at.user), items::thresholds(at.guild)]);
        }
        keys.into_iter().map(Wanted::Item).collect()
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Known, StoreError> {
        let target = target(action);
        let mut known = Known {
            reporter: read.item(&items::reporter(ctx.guild, ctx.user))?,
            thresholds: read.item(&items::thresholds(ctx.guild))?.unwrap_or_default(),
            ..Known::default()
        };
        let open = if let Target::Resource(id) = target {
            known.resource = read.item(&shared::resource(ctx.guild, id))?;
            known.resource.as_ref().and_then(|resource| resource.case)
        } else {
            if let Target::Message(message) = target {
                known.evidence = read.item(&items::evidence(ctx.guild, ctx.user, message))?;
            }
            read.item::<OpenCase>(&case_of(ctx.guild, target))?.map(|open| open.case)
        };
        // The third round trip: which case this is stands with the target.
        if let Some(case) = open {
            let page = store.query(&crate::case::items::file(ctx.guild, case)).await?;
            for item in page.items {
                if item.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk == "CASE") {
                    known.case = Some(store::read(item)?);
                } else {
                    known.reports.push(store::read(item)?);
                }
            }
            known.own = known.reports.iter().find(|report| report.by == ctx.user).cloned();
            if known.own.is_none() && page.next.is_some() {
                let own = store.get(&items::report(ctx.guild, case, ctx.user)).await?;
                known.own = own.map(store::read).transpose()?;
            }
        }
        Ok(known)
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Open { target, amend } => decide::open(*target, *amend, ctx, &known),
            Action::Keep { message, evidence } => decide::keep(*message, evidence, ctx, &known),
            Action::Send(form) => decide::send(form, ctx, known),
        }
    }
}

/// What an action is about.
fn target(action: &Action) -> Target {
    match action {
        Action::Open { target, .. } | Action::Send(Form { target, .. }) => *target,
        Action::Keep { message, .. } => Target::Message(*message),
    }
}

/// Where the open case of a target is named: in the resource itself, or beside a message or a person.
fn case_of(guild: GuildId, target: Target) -> Key {
    match target {
        Target::Resource(id) => shared::resource(guild, id),
        Target::Message(message) => items::of_message(guild, message),
        Target::Person(user) => items::of_target(guild, user),
    }
}
