//! What stands behind the page beside the simulated Discord.

use discord::{InteractionId, UserId};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use serde_json::Value;

/// The machine behind the page: its clock, its jobs, and what its functions saw.
///
/// The page asks; whoever runs the functions answers. Values are shown as they are, under their names.
pub trait Behind: Send + Sync {
    /// The zone in which the page shows and reads times, such as `Europe/Paris`.
    fn zone(&self) -> String {
        "Europe/Paris".to_owned()
    }

    /// What the functions saw of an interaction: `verify_us`, `load_us`, `decide_us`, `commit_us`, `reads`,
    /// `decision`, `outcome`, `rounds`.
    fn inside(&self, interaction: InteractionId) -> Option<Value>;

    /// Tries of jobs that an interaction asked for: `id`, `kind`, `attempts`, `outcome`, `duration_ms`, and
    /// `began_at` and `ended_at` in Unix milliseconds of the simulated clock.
    fn jobs_of(&self, interaction: InteractionId) -> Vec<Value>;

    /// Jobs that are still to be done: `id`, `kind`, `attempts`, `wake_at` in Unix milliseconds.
    fn waiting(&self) -> BoxFuture<'_, Vec<Value>>;

    /// When the next job falls due, in Unix milliseconds.
    fn next_due(&self) -> BoxFuture<'_, Option<i64>>;

    /// Moves the clock forward to this moment (Unix milliseconds), and does what falls due on the way in order.
    fn advance(&self, to: i64) -> BoxFuture<'_, ()>;

    /// Forgets everything and begins again, as at first start.
    ///
    /// # Errors
    /// When it could not.
    fn fresh(&self) -> BoxFuture<'_, Result<(), NotFresh>>;

    /// Whether what happened before the visitor came is still happening: more will be there in a moment.
    fn arriving(&self) -> bool {
        false
    }

    /// The form of French words that a person uses for themself; none when nobody knows.
    fn form(&self, _person: UserId) -> Option<Form> {
        None
    }
}

/// Why it did not begin again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFresh {
    /// Nothing stands behind the page that could.
    Alone,
    /// Something broke on the way.
    Failed,
}

/// The form of a word that names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// « apprenante ».
    Feminine,
    /// « apprenant ».
    Masculine,
}

impl Form {
    /// How the script and the keys of words call it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Feminine => "f",
            Self::Masculine => "m",
        }
    }
}

/// Nothing: a simulated Discord alone, whose clock is the machine's.
#[derive(Debug, Clone, Copy)]
pub struct NothingBehind;

impl Behind for NothingBehind {
    fn inside(&self, _interaction: InteractionId) -> Option<Value> {
        None
    }

    fn jobs_of(&self, _interaction: InteractionId) -> Vec<Value> {
        Vec::new()
    }

    fn waiting(&self) -> BoxFuture<'_, Vec<Value>> {
        ready(Vec::new()).boxed()
    }

    fn next_due(&self) -> BoxFuture<'_, Option<i64>> {
        ready(None).boxed()
    }

    fn advance(&self, _to: i64) -> BoxFuture<'_, ()> {
        ready(()).boxed()
    }

    fn fresh(&self) -> BoxFuture<'_, Result<(), NotFresh>> {
        ready(Err(NotFresh::Alone)).boxed()
    }
}
