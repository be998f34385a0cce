//! Cases of moderation: what was reported, who takes it in hand, what is decided.
//!
//! A case is opened by [`crate::report`]. At the threshold of its category the worker posts one card
//! in the moderation channel; below it, the case stands in the queue.

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

use self::action::Action;
use self::decide::Known;
use self::model::CaseId;
use crate::refusal::Refusal;
use crate::subject::Subject;
use crate::{items as shared, report};

/// See the module.
pub struct Cases;

impl Subject for Cases {
    type Action = Action;
    type Known = Known;
    const WORDS: &'static [&'static str] =
        &["claim", "release", "keep", "hide", "warn", "abuse", "remove", "judge", "appeal"];

    fn read(interaction: &Interaction) -> Option<Action> {
        action::read(interaction)
    }

    fn suggests(action: &Action) -> bool {
        matches!(action, Action::Suggest { .. })
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        match action {
            Action::Queue | Action::Suggest { .. } => vec![Wanted::List(items::queue(at.guild))],
            Action::Open { case: None } => Vec::new(),
            Action::Open { case: Some(case) } => {
                vec![
                    Wanted::Item(items::case(at.guild, *case)),
                    Wanted::List(report::items::reports(at.guild, *case)),
                ]
            }
            Action::Press(_) | Action::Judge(_) | Action::Contest { .. } => {
                let case = case_of(action).expect("the action names one");
                let own = report::items::report(at.guild, case, at.user);
                [items::case(at.guild, case), own].map(Wanted::Item).into()
            }
        }
    }

    async fn load(action: &Action, ctx: &Ctx, mut read: Loaded, store: &Store) -> Result<Known, StoreError> {
        let mut known = Known::default();
        match action {
            Action::Queue | Action::Suggest { .. } => known.queue = read.list()?,
            Action::Open { case: None } => {}
            Action::Open { case: Some(case) } => {
                known.case = read.item(&items::case(ctx.guild, *case))?;
                known.reports = read.list()?;
                known.reports.sort_by_key(|report| report.at);
            }
            Action::Press(_) | Action::Judge(_) | Action::Contest { .. } => {
                let case = case_of(action).expect("the action names one");
                known.case = read.item(&items::case(ctx.guild, case))?;
                known.own = read.item(&report::items::report(ctx.guild, case, ctx.user))?;
            }
        }
        // The third round trip, for what shows or changes it: what the case is about stands in it.
        let needed = matches!(action, Action::Open { .. } | Action::Judge(_));
        if let (true, Some(id)) = (needed, known.case.as_ref().and_then(|case| case.about.resource())) {
            known.resource = shared::read(store, ctx.guild, id).await?;
        }
        Ok(known)
    }

    fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
        match action {
            Action::Queue => decide::queue(ctx, known),
            Action::Suggest { typed } => decide::suggest(typed, ctx, known),
            Action::Open { .. } => decide::open(ctx, &known),
            Action::Press(button) => decide::press(button, ctx, &known),
            Action::Judge(judgement) => decide::judge(judgement, ctx, &known),
            Action::Contest { text, .. } => decide::contest(text, ctx, &known),
        }
    }
}

/// The case that an action names.
fn case_of(action: &Action) -> Option<CaseId> {
    match action {
        Action::Queue | Action::Suggest { .. } => None,
        Action::Open { case } => *case,
        Action::Press(button) => Some(button.case()),
        Action::Judge(judgement) => Some(judgement.case),
        Action::Contest { case, .. } => Some(*case),
    }
}
