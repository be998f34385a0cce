//! What a subject of the hub is: a folder with its own actions, rules and words.
//!
//! `lib.rs` lists the subjects. A new one is a folder, one line there, and its jobs in `jobs.rs`.

use std::fmt::Debug;
use std::future::Future;

use app::{At, Ctx, Decision, Loaded, Wanted};
use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind, Press};
use store::{Store, StoreError};

use crate::refusal::Refusal;

/// The first part of the hub's `custom_id`s, with their revision: buttons outlive deploys.
pub const BUTTONS: &str = "hub/1";

/// A list to choose from whose lines stand for buttons: what is chosen is pressed. So a subject has one
/// way to be asked, whether by a button or by a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What the list is about: it only tells lists of one message apart.
    about: String,
}

impl Chosen {
    /// The list about this.
    pub fn of(about: impl ToString) -> Self {
        Self { about: about.to_string() }
    }
}

impl CustomId for Chosen {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        vec!["choose".into(), self.about.clone()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["choose", about] => Some(Self::of(about)),
            _ => None,
        }
    }
}

/// The same interaction as if the button were pressed that was chosen in a list. Rights are judged at
/// the button, so a line that somebody made up is worth no more than a button made up.
pub(crate) fn pressed(interaction: &Interaction) -> Option<Interaction> {
    let Kind::Press(press) = &interaction.kind else { return None };
    Chosen::decode(&press.custom_id)?;
    let button = Press { custom_id: press.values.first()?.clone(), ..Press::default() };
    Some(Interaction { kind: Kind::Press(button), ..interaction.clone() })
}

/// One subject. The five steps are those of [`app::Feature`].
pub trait Subject {
    /// What a person can ask of it.
    type Action: Debug + Send + Sync;
    /// What its rules must know.
    type Known: Debug + Send;

    /// First words of its buttons, after [`BUTTONS`]. No two subjects share one.
    const WORDS: &'static [&'static str];

    /// What the person asks, when it is about this subject.
    fn read(interaction: &Interaction) -> Option<Self::Action>;

    /// Whether the answer is a list of suggestions.
    fn suggests(_action: &Self::Action) -> bool {
        false
    }

    /// What is read in one round trip.
    fn wants(action: &Self::Action, at: &At) -> Vec<Wanted>;

    /// What the rule must know.
    fn load(
        action: &Self::Action,
        ctx: &Ctx,
        read: Loaded,
        store: &Store,
    ) -> impl Future<Output = Result<Self::Known, StoreError>> + Send;

    /// The rules.
    ///
    /// # Errors
    /// A refusal, when nothing is to be kept.
    fn decide(action: &Self::Action, ctx: &Ctx, known: Self::Known) -> Result<Decision, Refusal>;
}

/// The actions and knowledge of all subjects, and the way from each to its rules.
macro_rules! subjects {
    ($($(#[$meta:meta])* $name:ident => $subject:ty,)+) => {
        /// What a person asks.
        #[derive(Debug)]
        pub enum Action {
            $($(#[$meta])* $name(Box<<$subject as Subject>::Action>),)+
        }

        /// What a rule must know.
        #[derive(Debug)]
        pub enum Known {
            $($(#[$meta])* $name(Box<<$subject as Subject>::Known>),)+
        }

        fn read(interaction: &Interaction) -> Option<Action> {
            None$(.or_else(|| <$subject>::read(interaction).map(Box::new).map(Action::$name)))+
        }

        fn suggests(action: &Action) -> bool {
            match action {
                $(Action::$name(action) => <$subject>::suggests(action),)+
            }
        }

        fn wants(action: &Action, at: &At) -> Vec<Wanted> {
            match action {
                $(Action::$name(action) => <$subject>::wants(action, at),)+
            }
        }

        async fn load(action: &Action, ctx: &Ctx, read: Loaded, store: &Store) -> Result<Known, StoreError> {
            Ok(match action {
                $(Action::$name(action) => {
                    Known::$name(Box::new(<$subject>::load(action, ctx, read, store).await?))
                })+
            })
        }

        fn decide(action: &Action, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
            match (action, known) {
                $((Action::$name(action), Known::$name(known)) => <$subject>::decide(action, ctx, *known),)+
                (action, known) => unreachable!("`load` gave {known:?} for {action:?}"),
            }
        }

        /// First words of the buttons of each subject.
        #[cfg(test)]
        fn words() -> Vec<&'static str> {
            [$(<$subject>::WORDS),+].concat()
        }
    };
}
pub(crate) use subjects;
