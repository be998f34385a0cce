//! The hub: one library for each server. A link or a file is published once, judged, and found again.
//!
//! Subjects have their own folders, each with the same files: `action` what can be asked, `decide` the
//! rules, `view` every word and button, `plan` and `jobs` what the worker does. Shared by all: [`model`]
//! the nouns, [`items`] keys and writes, [`mod@jobs`] what the worker does, [`refusal`] every no.
//!
//! - [`share`], publishing;
//! - [`vote`], opinions;
//! - [`obsolete`], what has aged;
//! - [`card`], one resource with all that can be done with it;
//! - [`home`], the way in;
//! - [`save`], one's own list of what is worth keeping;
//! - [`search`], finding;
//! - [`theme`], under what resources stand;
//! - [`edit`], what changes once they are published;
//! - [`inbox`], what people are told;
//! - [`report`], [`case`], what has no place here, and what moderators decide;
//! - [`sanction`], what is done about a person; [`blacklist`], what nobody may publish;
//! - [`history`], what happened;
//! - [`link`], when two links are one; [`fetch`], opening them; [`check`], whether they still answer;
//! - [`rank`], in which order resources stand; [`nature`], what they are;
//! - [`tally`], counters that many change at once; [`csv`], tables that people take away.
//!
//! The hub never reads what people write in channels: commands, buttons and forms are its only ears.

pub mod blacklist;
pub mod card;
pub mod case;
pub mod check;
pub mod commands;
mod crockford;
pub mod csv;
pub mod edit;
pub mod fetch;
pub mod history;
pub mod home;
pub mod inbox;
pub mod items;
pub mod jobs;
pub mod link;
pub mod model;
pub mod nature;
pub mod obsolete;
mod pages;
pub mod rank;
pub mod refusal;
pub mod report;
pub mod sanction;
pub mod save;
pub mod search;
pub mod share;
pub mod subject;
pub mod tally;
pub mod texts;
pub mod theme;
pub mod vote;

use app::{At, Ctx, Decision, Desk, Failure, Feature, Finish, Loaded, Request, Texts, Wanted};
use discord::command::Command;
use discord::interaction::Interaction;
use store::{Store, StoreError};

use crate::inbox::model::Inbox;
use crate::jobs::Job;
use crate::refusal::Refusal;
use crate::sanction::model::Suspension;
use crate::subject::{Subject, subjects};

subjects! {
    /// To share.
    Share => share::Share,
    /// To vote.
    Vote => vote::Votes,
    /// To say that something has aged.
    Obsolete => obsolete::Ages,
    /// To see one resource.
    Card => card::Cards,
    /// To come in.
    Home => home::Home,
    /// To save.
    Save => save::Saves,
    /// To search.
    Search => search::Search,
    /// To read one's news.
    News => inbox::News,
    /// To report.
    Report => report::Reports,
    /// To moderate.
    Moderate => case::Cases,
    /// To warn, suspend and exclude.
    Sanction => sanction::Sanctions,
    /// To refuse words and links.
    Blacklist => blacklist::Blacklists,
    /// To use and tend themes.
    Theme => theme::Subjects,
    /// To say that a link is broken.
    Check => check::Checks,
}

/// What the rules must know: what the subject asks for, the person's news, and whether the person is
/// suspended.
#[derive(Debug)]
pub struct Informed {
    known: Known,
    news: Inbox,
    suspension: Option<Suspension>,
}

impl From<Known> for Informed {
    /// Of somebody without news and measures.
    fn from(known: Known) -> Self {
        Self { known, news: Inbox::default(), suspension: None }
    }
}

/// Whether the answer may say that there is news: not while something is typed, and not in the inbox.
/// Sharing and voting are what people do most: they read one batch, and no list beside it.
fn tells_news(action: &Action) -> bool {
    !suggests(action) && !matches!(action, Action::News(_) | Action::Share(_) | Action::Vote(_))
}

/// Whether it matters that the person is suspended: not for suggestions that everybody may read. Those of
/// moderation name cases.
fn heeds_suspension(action: &Action) -> bool {
    !suggests(action) || matches!(action, Action::Moderate(_))
}

/// The library of shared resources.
pub struct Hub;

impl Feature for Hub {
    const NAME: &'static str = "hub";
    type Action = Action;
    type State = Informed;
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
        match subject::pressed(interaction) {
            Some(pressed) => read(&pressed),
            None => read(interaction),
        }
    }

    fn suggests(action: &Action) -> bool {
        suggests(action)
    }

    fn wants(action: &Action, at: &At) -> Vec<Wanted> {
        let news = tells_news(action).then(|| inbox::wants(at));
        let suspension = heeds_suspension(action).then(|| sanction::wants(at));
        news.into_iter().chain(suspension).chain(wants(action, at)).collect()
    }

    async fn load(
        action: &Action,
        ctx: &Ctx,
        mut read: Loaded,
        store: &Store,
    ) -> Result<Informed, StoreError> {
        let news = if tells_news(action) { inbox::load(&mut read)? } else { Inbox::default() };
        let suspension = if heeds_suspension(action) { sanction::load(&mut read, ctx)? } else { None };
        Ok(Informed { news, suspension, known: load(action, ctx, read, store).await? })
    }

    fn decide(action: &Action, ctx: &Ctx, state: Informed) -> Result<Decision, Refusal> {
        let decision =
            sanction::decide::within(state.suspension, ctx, |ctx| decide(action, ctx, state.known))?;
        Ok(inbox::decide::mention(decision, &state.news, ctx))
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

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_subjects_share_a_word_of_their_buttons() {
        let mut words = super::words();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all, "{words:?}");
    }
}
