//! What a job has in its hands: the tables, Discord, and the one way to change something there.
//!
//! Each change follows *intent → call → record*: [`Desk::step`] writes what is about to be tried and
//! renews the lease, then calls; [`Desk::record`] writes what came of it. A worker that dies between
//! the two finds the intent when it resumes, and looks at Discord before it tries again.

use std::future::Future;
use std::time::Duration;

use discord::check::{Checked, Problems};
use discord::interaction::Token;
use discord::message::Message;
use discord::rest::{Rest, RestError, Retry};
use discord::{ApplicationId, GuildId};
use store::outbox::{Claimed, Outbox};
use store::{CommitError, Store, StoreError, Write};

use crate::clock::{Clock, Timestamp};
use crate::ctx::Seed;
use crate::decision::Planned;
use crate::handle::new_job;
use crate::outside::Outside;
use crate::own::{Foreign, Own};
use crate::request::Request;

/// One try of one job.
pub struct Desk<'a> {
    /// The moment at which this try began: what rules reckon with. Leases are renewed by the clock.
    pub now: Timestamp,
    /// Randomness of this try.
    pub seed: Seed,
    /// The server that this is about.
    pub guild: GuildId,
    /// Its settings.
    pub settings: directory::Guild,
    /// The tables.
    pub store: &'a Store,
    /// Discord.
    pub discord: &'a Rest,
    pub(crate) clock: &'a Clock,
    pub(crate) own: Own,
    /// Who opens foreign pages, if anybody does here.
    pub outside: Option<&'a dyn Outside>,
    pub(crate) outbox: &'a Outbox,
    pub(crate) claimed: &'a Claimed,
}

/// How a job ended well: what is written with its end, and what follows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finish {
    /// Written in the transaction that ends the job.
    pub writes: Vec<Write>,
    /// Work that follows.
    pub jobs: Vec<Planned>,
    /// What other features are asked.
    pub requests: Vec<(&'static str, Request)>,
}

impl Finish {
    /// Nothing is left to do.
    pub fn done() -> Self {
        Self::default()
    }

    /// And this is written.
    #[must_use]
    pub fn write(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }

    /// And this follows.
    #[must_use]
    pub fn job(mut self, job: Planned) -> Self {
        self.jobs.push(job);
        self
    }
}

/// How a try ended otherwise.
#[derive(Debug)]
pub enum Failure {
    /// It can work later: the same job again, after the usual back-off or not before this long.
    Again {
        /// What happened, for the log.
        why: String,
        /// From now until it makes sense.
        not_before: Option<Duration>,
    },
    /// It will never work: the last try, at once.
    Never {
        /// What happened, for the log.
        why: String,
    },
    /// What was planned from has changed meanwhile: plan again, at once.
    Changed,
    /// Another worker has the job now: this one stops.
    Lost,
    /// Discord does not take our token: no job can go on.
    Unauthorized,
    /// Our token cannot be read from where it is kept: no job can go on.
    NoToken {
        /// What happened, for the log.
        why: String,
    },
    /// Too many of our calls were refused: no job can go on for so long.
    Stopped {
        /// From now until calls are sent again.
        after: Duration,
    },
}

impl Failure {
    /// It can work later.
    pub fn again(why: impl Into<String>) -> Self {
        Self::Again { why: why.into(), not_before: None }
    }

    /// It will never work.
    pub fn never(why: impl Into<String>) -> Self {
        Self::Never { why: why.into() }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::again(chain(&error))
    }
}

impl From<Problems> for Failure {
    /// Our mistake: sending it again is useless.
    fn from(problems: Problems) -> Self {
        Self::never(format!("a message that Discord refuses: {problems}"))
    }
}

impl From<Foreign> for Failure {
    /// Our mistake: sending it again is useless.
    fn from(foreign: Foreign) -> Self {
        Self::never(foreign.to_string())
    }
}

impl From<RestError> for Failure {
    fn from(error: RestError) -> Self {
        match error {
            RestError::Unauthorized => return Self::Unauthorized,
            RestError::BreakerOpen { after } => return Self::Stopped { after },
            _ => {}
        }
        let why = chain(&error);
        match error.retry() {
            Retry::After(wait) => Self::Again { why, not_before: Some(wait) },
            // Looking comes first in every plan, so trying again is looking first.
            Retry::Later | Retry::LookFirst => Self::again(why),
            // A right that is missing may be given back, and a full server emptied, within the day
            // that the tries last. What Discord cannot read stays unreadable.
            Retry::Never if matches!(error, RestError::Missing { .. } | RestError::Cap(_)) => {
                Self::again(why)
            }
            Retry::Never => Self::never(why),
        }
    }
}

/// An error with its causes, on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl Desk<'_> {
    /// Which try this is: 1 for the first.
    pub fn attempt(&self) -> u32 {
        self.claimed.attempts
    }

    /// The interaction that asked for this job, if any.
    pub fn cause(&self) -> Option<u64> {
        self.claimed.cause
    }

    /// Writes the intent, then calls. The call's own no is handed back: what it means is the job's to say.
    ///
    /// # Errors
    /// When the intent cannot be written; nothing was called then.
    pub async fn step<T>(
        &self,
        intent: Vec<Write>,
        call: impl Future<Output = Result<T, RestError>> + Send,
    ) -> Result<Result<T, RestError>, Failure> {
        self.record(intent).await?;
        Ok(call.await)
    }

    /// Writes what came of a call, and renews the lease.
    ///
    /// # Errors
    /// [`Failure::Lost`] when the lease is another worker's, [`Failure::Changed`] when a condition failed.
    pub async fn record(&self, mut writes: Vec<Write>) -> Result<(), Failure> {
        self.own.writes(&writes)?;
        // By the clock: a lease counted from the start of a long try would be over when it is renewed.
        writes.push(self.outbox.renew(self.claimed, self.clock.now().0));
        self.commit(writes).await
    }

    /// Edits the answer to the interaction that asked for this job. Gives `false` when there is no
    /// answer to edit any more: the result is then to be seen where it appears.
    ///
    /// # Errors
    /// When Discord could not be reached and it may work later.
    pub async fn answer(&self, message: Message) -> Result<bool, Failure> {
        let Some(answer_to) = &self.claimed.answer_to else { return Ok(false) };
        if self.clock.now().0 >= answer_to.until {
            return Ok(false);
        }
        let message = Checked::new(message)?;
        let (application, token) = (ApplicationId(answer_to.application), Token::new(&answer_to.token));
        match self.discord.edit_answer_of(application, &token, &message).await {
            Ok(_) => Ok(true),
            // The person closed it, or the token ended early: the result is to be seen where it appears.
            Err(RestError::AnswerGone { .. } | RestError::Gone(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes what came of a part of the work, with the jobs that follow from it, and renews the lease.
    ///
    /// # Errors
    /// As [`Desk::record`].
    pub async fn follow(&self, mut writes: Vec<Write>, jobs: Vec<Planned>) -> Result<(), Failure> {
        let feature = self.outbox.feature();
        for job in jobs {
            // Two parts of one work must not give two jobs one name: each name is drawn.
            let id = format!("{}+{}", self.claimed.id, hex::encode(&Seed::fresh().bytes("job")[..8]));
            let job = new_job(feature, self.guild, job, id, self.claimed.cause, None);
            writes.push(job.write(feature, self.clock.now().0));
        }
        self.record(writes).await
    }

    pub(crate) async fn commit(&self, writes: Vec<Write>) -> Result<(), Failure> {
        match self.store.commit(writes).await {
            Ok(()) => Ok(()),
            Err(CommitError::Stale(failed)) => {
                let job = failed.iter().find(|write| write.key == self.claimed.key);
                Err(if job.is_some() { Failure::Lost } else { Failure::Changed })
            }
            Err(CommitError::Refused(why)) => Err(Failure::never(why)),
            Err(CommitError::Fault(error)) => Err(error.into()),
        }
    }
}
