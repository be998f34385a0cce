//! What a feature is: five steps for a person, four for a worker.

use std::fmt;
use std::future::Future;

use discord::command::Command;
use discord::interaction::Interaction;
use discord::message::Message;
use store::{Found, Item, Key, Query, Store, StoreError};

use crate::clock::Timestamp;
use crate::ctx::{At, Ctx};
use crate::decision::{Decision, Job};
use crate::desk::{Desk, Failure, Finish};
use crate::request::Request;
use crate::texts::{Lang, Texts};

/// A part of the product, with its own commands, tables, roles and worker.
///
/// Everything is an associated function: a feature holds no state of its own. `wants` and `decide`
/// do no IO and read no clock.
pub trait Feature: Send + Sync + 'static {
    /// Its name: of its tables, its route, its texts.
    const NAME: &'static str;
    /// What a person can ask of it.
    type Action: fmt::Debug + Send + Sync;
    /// What a rule must know.
    type State: Send;
    /// Its ways of saying no.
    type Refusal: Refusal;
    /// What its worker does.
    type Job: Job;

    /// What people read.
    fn texts() -> &'static Texts;

    /// What can be typed.
    fn commands() -> Vec<Command>;

    /// The features that it may send a [`Request`]; the template's statements are checked against it.
    fn asks() -> &'static [&'static str] {
        &[]
    }

    /// Whether it writes the directory, which all others only read: onboarding and community do. The
    /// template's statements are checked against it.
    fn writes_directory() -> bool {
        false
    }

    /// The prefixes of its `custom_id`s, without revision, are its own: `hub`, `fb`…
    fn prefix() -> &'static str;

    /// What the person asks, typed; nothing when the button is of another time.
    fn read(interaction: &Interaction) -> Option<Self::Action>;

    /// Whether the answer of this action is a list of suggestions.
    fn suggests(action: &Self::Action) -> bool;

    /// What is read, as far as the interaction tells: all of it in one round trip.
    fn wants(action: &Self::Action, at: &At) -> Vec<Wanted>;

    /// What the rule must know, from what was read; a key that depends on it is read here.
    fn load(
        action: &Self::Action,
        ctx: &Ctx,
        read: Loaded,
        store: &Store,
    ) -> impl Future<Output = Result<Self::State, StoreError>> + Send;

    /// The rules.
    ///
    /// # Errors
    /// A refusal, when nothing is to be kept.
    fn decide(action: &Self::Action, ctx: &Ctx, state: Self::State) -> Result<Decision, Self::Refusal>;

    /// Said to a button of another time.
    fn outdated() -> Self::Refusal;

    /// Said when something went wrong on our side; the reference is in the log.
    fn fault(reference: String) -> Self::Refusal;

    /// Does one job, or continues it: what was done before is looked at first.
    fn work(job: Self::Job, desk: &Desk<'_>) -> impl Future<Output = Result<Finish, Failure>> + Send;

    /// Does what another feature asks.
    fn answer(request: Request, desk: &Desk<'_>) -> impl Future<Output = Result<Finish, Failure>> + Send;

    /// Leaves things in order after the last try of a job: tells the person, frees what was taken.
    fn give_up(job: Self::Job, desk: &Desk<'_>) -> impl Future<Output = Result<Finish, Failure>> + Send;
}

/// One thing to read.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// An item, always the newest.
    Item(Key),
    /// One page of a list.
    List(Query),
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    items: Found,
    lists: Vec<Vec<Item>>,
    now: Timestamp,
}

impl Loaded {
    pub(crate) fn new(items: Found, lists: Vec<Vec<Item>>, now: Timestamp) -> Self {
        Self { items, lists, now }
    }

    /// An item, unless it is absent or has expired.
    ///
    /// # Errors
    /// When it does not load: our mistake.
    pub fn item<T: serde::de::DeserializeOwned>(&mut self, key: &Key) -> Result<Option<T>, StoreError> {
        match self.items.take(key) {
            Some(item) if !store::expired(&item, self.now.0) => store::read(item).map(Some),
            _ => Ok(None),
        }
    }

    /// The lists, in the order in which they were wanted, without what has expired.
    ///
    /// # Errors
    /// When an item does not load: our mistake.
    pub fn list<T: serde::de::DeserializeOwned>(&mut self) -> Result<Vec<T>, StoreError> {
        if self.lists.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.now.0;
        let items = self.lists.remove(0);
        items.into_iter().filter(|item| !store::expired(item, now)).map(store::read).collect()
    }
}

/// A no that belongs to a feature and to a person: typed, expected, worded beside its definition.
pub trait Refusal: fmt::Debug + Send {
    /// The code shown last in the text, as `HUB-E01`.
    fn code(&self) -> &'static str;

    /// What happened and what to do next, without the code.
    fn text(&self, lang: Lang) -> String;

    /// The message that carries it.
    fn message(&self, lang: Lang) -> Message {
        Message::text(self.with_code(lang))
    }

    /// The text with its code.
    fn with_code(&self, lang: Lang) -> String {
        format!("{} ({})", self.text(lang), self.code())
    }
}
