//! The worker: takes jobs from the outbox and does them. A job is never lost, its effect never doubled.
//!
//! The stream is only a bell: a record names a job, and the claim reads it again. The tick finds what
//! the stream did not ring for, and what has become due. See `docs/data.md` for the life of a job.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use discord::check::Checked;
use discord::interaction::Token;
use discord::message::Message;
use discord::rest::{Rest, RestConfig};
use discord::{ApplicationId, GuildId};
use futures_util::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use store::outbox::{self, Claimed, Lost, Outbox};
use store::{CommitError, Key, StoreError, Table, Write};
use tokio::sync::RwLock;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use crate::budget::TrafficBudget;
use crate::clock::{Clock, Timestamp};
use crate::config::{AwsConfig, ConfigError, WorkerConfig, environment};
use crate::ctx::Seed;
use crate::decision::from_parts;
use crate::desk::{Desk, Failure, Finish, chain};
use crate::feature::Feature;
use crate::handle::{new_job, request_write, settings};
use crate::observe::JobSeen;
use crate::outside::{LambdaFunction, Outside};
use crate::own::{Foreign, Own};
use crate::request::Request;
use crate::telemetry::{Metrics, Unit};
use crate::token::TokenSource;
use crate::world::World;
use crate::{aws, telemetry};

/// Jobs in hand at once. Their calls share one rate budget, so more would only wait.
const AT_ONCE: usize = 16;

/// Longest wait that is slept within an invocation; a longer one is left to the tick.
const NAP_MAX: Duration = Duration::from_secs(20);

/// Time kept at the end of an invocation, in which the job in hand is put back.
const RESERVE: Duration = Duration::from_secs(15);

/// Plans made again at once because the state changed; then the usual back-off.
const CHANGES_MAX: u32 = 3;

/// How long jobs wait when there is no token that Discord takes: as often, the parameter is looked at.
const TOKEN_WAIT: Duration = Duration::from_mins(5);

/// One feature's worker.
pub struct Worker<F> {
    world: World,
    discord: Rest,
    outbox: Outbox,
    token: TokenSource,
    nap_max: Duration,
    /// Jobs are in this room together; one that may have ended its worker is in it alone.
    room: RwLock<()>,
    feature: PhantomData<F>,
}

impl<F: Feature> Worker<F> {
    /// A worker that calls Discord through `discord`, whose token it already has.
    pub fn new(world: World, discord: Rest) -> Self {
        let outbox = Outbox::new(world.store.clone(), F::NAME);
        let token = TokenSource::Known;
        Self { world, discord, outbox, token, nap_max: NAP_MAX, room: RwLock::new(()), feature: PhantomData }
    }

    /// A worker that reads its token from this parameter, when it first needs it.
    #[must_use]
    pub fn reading_token(self, aws: &AwsConfig, parameter: &str) -> Self {
        let token = TokenSource::parameter(aws, parameter.to_owned(), self.world.clock.clone());
        Self { token, ..self }
    }

    /// A worker that leaves every wait to the tick, for tests with a clock that stands still.
    #[must_use]
    pub fn without_naps(self) -> Self {
        Self { nap_max: Duration::ZERO, ..self }
    }

    /// The worker of a Lambda function, from its environment.
    ///
    /// # Errors
    /// Names everything of the environment that is missing or unusable.
    pub fn from_environment() -> Result<Self, ConfigError> {
        telemetry::install();
        let config = WorkerConfig::read(environment)?;
        let clock = Clock::system();
        let store = aws::store(&config.aws, &config.prefix);
        // Discord's client wants it even where AWS is a stand-in without TLS, whose client does not.
        aws::choose_tls();
        let discord = Rest::new(RestConfig {
            base: config.discord_api,
            application: config.application,
            token: discord::rest::BotToken::new(""),
            budget: Arc::new(TrafficBudget::new(store.clone(), config.application, clock.clone())),
        });
        let outside = config.fetch_function.map(|name| -> Arc<dyn Outside> {
            Arc::new(LambdaFunction::new(&config.aws, &name, clock.clone()))
        });
        let metrics = Metrics::standard_output(&config.stage);
        let world = World { metrics, outside, ..World::new(store, clock) };
        Ok(Self::new(world, discord).reading_token(&config.aws, &config.token_parameter))
    }

    /// Does one Lambda event, a batch of the stream or a tick, within the time that is left.
    ///
    /// The answer names the records that could not be looked at because the table was out of reach.
    /// A job's own failure is recorded in the job and is no failure of the batch.
    pub async fn work(&self, event: &Value, left: Duration) -> Value {
        let end = Instant::now() + left.saturating_sub(RESERVE);
        let Some(records) = event["Records"].as_array() else {
            self.tick(end, true).await;
            return Value::Null;
        };
        // Owned, so that the work can be moved to another thread.
        let jobs: Vec<(Key, Value)> = records
            .iter()
            .filter_map(|record| {
                Some((job_key(F::NAME, record)?, record["dynamodb"]["SequenceNumber"].clone()))
            })
            .collect();
        let failed: Vec<Value> = stream::iter(jobs)
            .map(|(key, number)| async move {
                self.take(&key, end).await.err()?;
                number.is_string().then(|| json!({ "itemIdentifier": number }))
            })
            .buffer_unordered(AT_ONCE)
            .filter_map(std::future::ready)
            .collect()
            .await;
        json!({ "batchItemFailures": failed })
    }

    /// Does what is due by now; waits for what falls due within the minute if told to.
    pub async fn tick(&self, end: Instant, wait: bool) {
        let now = self.world.clock.now();
        let due = match self.outbox.due(now.0).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(
                    error = crate::desk::chain(&error),
                    feature = F::NAME,
                    "the due jobs cannot be read"
                );
                self.count("worker_faults");
                return;
            }
        };
        stream::iter(due.into_iter().filter(|due| wait || due.wake_at <= now.0))
            .for_each_concurrent(AT_ONCE, |due| async move {
                let early = u64::try_from(due.wake_at - now.0).unwrap_or(0);
                let at = Instant::now() + Duration::from_millis(early);
                if at >= end {
                    return;
                }
                tokio::time::sleep_until(at).await;
                if let Err(error) = self.take(&due.key, end).await {
                    tracing::error!(
                        error = crate::desk::chain(&error),
                        feature = F::NAME,
                        "a due job cannot be taken"
                    );
                    self.count("worker_faults");
                }
            })
            .await;
    }

    /// Does what is due by now and is to be done at once, without waiting for anything.
    pub async fn tick_now(&self) {
        self.tick(Instant::now() + Duration::from_hours(1), false).await;
    }

    /// Takes one job, unless another worker has it, and does it as far as it goes.
    ///
    /// # Errors
    /// When the table is out of reach: the job is as it was, or its lease will run out.
    pub async fn take(&self, key: &Key, end: Instant) -> Result<(), StoreError> {
        let mut lease = String::new();
        loop {
            let Ok(together) = timeout_at(end, self.room.read()).await else { return Ok(()) };
            if Instant::now() >= end {
                // Claimed now, it would only be put back.
                return Ok(());
            }
            lease.clear();
            lease.push_str(&hex::encode(&Seed::fresh().bytes("lease")[..8]));
            let Some(claimed) = self.outbox.claim(key, &lease, self.world.clock.now().0).await? else {
                return Ok(());
            };
            let span = tracing::info_span!(
                "job",
                feature = F::NAME,
                job.id = claimed.id,
                job.kind = claimed.kind,
                interaction.id = claimed.cause,
                attempt = claimed.attempts
            );
            // In a box: the future of a job holds those of all its calls, and grows with every feature.
            let next = if claimed.abandoned {
                drop(together);
                self.try_alone(claimed, end).boxed().instrument(span).await?
            } else {
                let next = self.try_once(claimed, end).boxed().instrument(span).await?;
                drop(together);
                next
            };
            let Some(wake_at) = next else {
                return Ok(());
            };
            let wait = Duration::from_millis(u64::try_from(wake_at - self.world.clock.now().0).unwrap_or(0));
            let until = Instant::now() + wait;
            if wait > self.nap_max || self.nap_max.is_zero() || until >= end {
                return Ok(());
            }
            tokio::time::sleep_until(until).await;
        }
    }

    /// One try of a job whose last worker did not come back, with nothing else in hand: should it end
    /// this worker too, no other job loses a try with it.
    async fn try_alone(&self, claimed: Claimed, end: Instant) -> Result<Option<i64>, StoreError> {
        let alone = if let Ok(alone) = self.room.try_write() {
            alone
        } else {
            // The one that is tried now may be the one: waiting for it costs no try.
            if !self.put(&claimed, vec![self.outbox.set_aside(&claimed)]).await? {
                return Ok(None);
            }
            let Ok(alone) = timeout_at(end, self.room.write()).await else {
                // Its lease runs out by itself, and it is still known that its last worker is gone.
                return Ok(None);
            };
            let now = self.world.clock.now();
            if !self.put(&claimed, vec![self.outbox.begin(&claimed, now.0)]).await? {
                return Ok(None);
            }
            alone
        };
        let next = self.try_once(claimed, end).await;
        drop(alone);
        next
    }

    /// One try. Gives when to try again, if this job is to be tried again.
    async fn try_once(&self, mut claimed: Claimed, end: Instant) -> Result<Option<i64>, StoreError> {
        let started = Instant::now();
        let now = self.world.clock.now();
        if claimed.attempts == 1 && claimed.continued == 0 {
            #[expect(clippy::cast_precision_loss, reason = "an age in milliseconds stays far below 2^52")]
            let age = (now.0 - claimed.created_at).max(0) as f64;
            self.world.metrics.put(F::NAME, now, &[("job_age_ms", Unit::Milliseconds, age)]);
        }
        if claimed.spent() {
            return self.bury(&claimed, "its worker did not come back", started).await.map(|()| None);
        }
        self.end_thinking(&mut claimed, now).await?;
        let Ok(result) = timeout_at(end, self.perform(&claimed)).await else {
            if claimed.continued >= outbox::CONTINUATIONS_MAX {
                return self.again(&claimed, "it never ends in time", None, started).await;
            }
            let now = self.world.clock.now();
            self.put(&claimed, vec![self.outbox.again_now(&claimed, now.0)]).await?;
            self.seen(&claimed, started, "out of time: goes on at once".into());
            return Ok(None);
        };
        match result {
            Ok(()) => {
                tracing::info!(duration_ms = millis(started), "done");
                self.seen(&claimed, started, "done".into());
                Ok(None)
            }
            Err(Failure::Lost) => {
                tracing::warn!("another worker has this job now");
                self.seen(&claimed, started, "lost to another worker".into());
                Ok(None)
            }
            Err(Failure::Changed) => self.again(&claimed, "changed meanwhile", None, started).await,
            Err(Failure::Again { why, not_before }) => self.again(&claimed, &why, not_before, started).await,
            Err(Failure::Never { why }) => self.bury(&claimed, &why, started).await.map(|()| None),
            Err(Failure::Unauthorized) => self.pause(&claimed, Pause::Token, started).await.map(|()| None),
            Err(Failure::NoToken { why }) => {
                self.pause(&claimed, Pause::NoToken(why), started).await.map(|()| None)
            }
            Err(Failure::Stopped { after }) => {
                self.pause(&claimed, Pause::Breaker(after), started).await.map(|()| None)
            }
        }
    }

    /// The work itself, planned again when what it was planned from has changed.
    async fn perform(&self, claimed: &Claimed) -> Result<(), Failure> {
        let token = self.token.ready(&self.discord, self.world.clock.now()).await?;
        let mut renewed = false;
        for _ in 0..CHANGES_MAX {
            let desk = self.desk(claimed).await?;
            let result = match Task::<F>::of(claimed)? {
                Task::Own(job) => F::work(job, &desk).await,
                Task::Asked(request) => F::answer(request, &desk).await,
            };
            let result = match result {
                Ok(finish) => self.finish(&desk, finish).await,
                Err(failure) => Err(failure),
            };
            match result {
                Err(Failure::Changed) => {}
                Err(Failure::Unauthorized) if !renewed => {
                    renewed = true;
                    self.token.renew(&self.discord, token, self.world.clock.now()).await?;
                }
                other => return other,
            }
        }
        Err(Failure::Changed)
    }

    async fn desk<'a>(&'a self, claimed: &'a Claimed) -> Result<Desk<'a>, StoreError> {
        let guild = GuildId(claimed.guild);
        Ok(Desk {
            now: self.world.clock.now(),
            seed: self.world.seeds.next(),
            guild,
            settings: settings(&self.world.store, guild).await?,
            store: &self.world.store,
            discord: &self.discord,
            clock: &self.world.clock,
            own: Own::of::<F>(),
            outside: self.world.outside.as_deref(),
            outbox: &self.outbox,
            claimed,
        })
    }

    /// Ends the job in the transaction that records its effect.
    async fn finish(&self, desk: &Desk<'_>, finish: Finish) -> Result<(), Failure> {
        let claimed = desk.claimed;
        let now = self.world.clock.now();
        let effect = effect::<F>(claimed, finish, now)?;
        let mut writes = effect.clone();
        writes.push(self.outbox.done(claimed));
        match self.world.store.commit(writes).await {
            Ok(()) => Ok(()),
            Err(CommitError::Stale(failed)) => {
                match failed.iter().find_map(|write| outbox::lost(claimed, write)) {
                    None => Err(Failure::Changed),
                    Some(Lost::Lease) => Err(Failure::Lost),
                    Some(Lost::AskedAgain) => {
                        // It was asked again meanwhile: the effect stands, and the job runs once more.
                        let mut writes = effect;
                        writes.push(self.outbox.once_more(claimed, now.0));
                        desk.commit(writes).await
                    }
                }
            }
            Err(CommitError::Refused(why)) => Err(Failure::never(why)),
            Err(CommitError::Fault(error)) => Err(error.into()),
        }
    }

    /// Somebody who still sees "thinking…" is told before the token ends; the job goes on without it.
    async fn end_thinking(&self, claimed: &mut Claimed, now: Timestamp) -> Result<(), StoreError> {
        let Some(answer_to) = &claimed.answer_to else { return Ok(()) };
        // A lease that would reach into the reserve counts as reaching it: should this worker die, the
        // next one would come too late to tell.
        if now.0 + outbox::LEASE_MS < answer_to.until - outbox::ANSWER_MARGIN_MS {
            return Ok(());
        }
        if now.0 < answer_to.until {
            let lang = settings(&self.world.store, GuildId(claimed.guild)).await?.language;
            let text = F::texts().say(lang).the("app-late");
            let message = Checked::new(Message::text(text)).expect("a short text is a message");
            let (application, token) = (ApplicationId(answer_to.application), Token::new(&answer_to.token));
            if let Err(error) = self.discord.edit_answer_of(application, &token, &message).await {
                // The person sees Discord's own end of the wait; the result appears all the same.
                tracing::warn!(error = %chain(&error), "nobody could be told that it takes longer");
            }
        }
        let held_until = now.0 + outbox::LEASE_MS;
        self.put(claimed, vec![self.outbox.drop_answer(claimed, held_until)]).await?;
        claimed.answer_to = None;
        Ok(())
    }

    async fn again(
        &self,
        claimed: &Claimed,
        why: &str,
        not_before: Option<Duration>,
        started: Instant,
    ) -> Result<Option<i64>, StoreError> {
        let Some(backoff) = outbox::backoff_ms(claimed.attempts) else {
            return self.bury(claimed, why, started).await.map(|()| None);
        };
        let now = self.world.clock.now();
        let least = not_before.map_or(0, |wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
        let wake_at = outbox::next_wake(now.0 + jittered(backoff).max(least), &claimed.answer_to);
        let wait_secs = (wake_at - now.0) / 1000;
        tracing::warn!(why, wait_secs, "to be tried again");
        self.count("job_retries");
        self.put(claimed, vec![self.outbox.again(claimed, wake_at)]).await?;
        self.seen(claimed, started, format!("again in {wait_secs} s: {why}"));
        Ok(Some(wake_at))
    }

    /// Nothing can be done, and it is not the job's fault: it waits, keeps its tries, and an alarm rings.
    async fn pause(&self, claimed: &Claimed, pause: Pause, started: Instant) -> Result<(), StoreError> {
        let (metric, why, wait) = match pause {
            Pause::Token => ("token_refused", "Discord refuses the bot's token".to_owned(), TOKEN_WAIT),
            // For whoever is called it is the same: without the right token, nothing goes on.
            Pause::NoToken(why) => {
                ("token_refused", format!("the bot's token cannot be read: {why}"), TOKEN_WAIT)
            }
            Pause::Breaker(after) => ("breaker_open", "Discord refused too many calls".to_owned(), after),
        };
        tracing::error!(why, "no job can go on");
        self.count(metric);
        let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        let wake_at = self.world.clock.now().0.saturating_add(wait_ms);
        self.put(claimed, vec![self.outbox.untried(claimed, wake_at)]).await?;
        self.seen(claimed, started, format!("again in {} s: {why}", wait.as_secs()));
        Ok(())
    }

    /// After the last try: leaves things in order, and puts the job where it can be seen.
    async fn bury(&self, claimed: &Claimed, why: &str, started: Instant) -> Result<(), StoreError> {
        let effect = match self.give_up(claimed).await? {
            Ok(effect) => effect,
            Err(pause) => return self.pause(claimed, pause, started).await,
        };
        let now = self.world.clock.now();
        let mut writes = effect.clone();
        writes.extend(self.outbox.bury(claimed, now.0, why));
        match self.world.store.commit(writes).await {
            Ok(()) => {
                tracing::error!(why, "given up");
                self.count("dead_jobs");
                self.seen(claimed, started, format!("dead: {why}"));
                Ok(())
            }
            Err(CommitError::Stale(failed))
                if failed.iter().any(|write| outbox::lost(claimed, write) == Some(Lost::AskedAgain)) =>
            {
                // Whoever asked meanwhile gets all the tries there are.
                let mut writes = effect;
                writes.push(self.outbox.once_more(claimed, now.0));
                self.put(claimed, writes).await?;
                self.seen(claimed, started, format!("asked for again: {why}"));
                Ok(())
            }
            Err(error) => self.not_written(claimed, error).map(|_| ()),
        }
    }

    /// What puts things in order when a job is given up, or why that must wait.
    async fn give_up(&self, claimed: &Claimed) -> Result<Result<Vec<Write>, Pause>, StoreError> {
        if claimed.hopeless() {
            tracing::error!("what a dead job left cannot be put in order");
            return Ok(Ok(Vec::new()));
        }
        let Ok(Task::Own(job)) = Task::<F>::of(claimed) else { return Ok(Ok(Vec::new())) };
        let desk = self.desk(claimed).await?;
        let effect = self.last_words(job, &desk).await.and_then(|finish| {
            let now = self.world.clock.now();
            effect::<F>(claimed, finish, now).map_err(Failure::from)
        });
        Ok(match effect {
            Ok(effect) => Ok(effect),
            Err(Failure::Unauthorized) => Err(Pause::Token),
            Err(Failure::NoToken { why }) => Err(Pause::NoToken(why)),
            Err(Failure::Stopped { after }) => Err(Pause::Breaker(after)),
            Err(failure) => {
                tracing::error!(?failure, "what a dead job left could not be put in order");
                Ok(Vec::new())
            }
        })
    }

    /// The feature's own last words, with a token: a job may be given up before any other was done.
    async fn last_words(&self, job: F::Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        let token = self.token.ready(&self.discord, self.world.clock.now()).await?;
        match F::give_up(job, desk).await {
            Err(Failure::Unauthorized) => {
                // When the job is claimed again, it goes on with what is read now.
                self.token.renew(&self.discord, token, self.world.clock.now()).await?;
                Err(Failure::Unauthorized)
            }
            other => other,
        }
    }

    /// Writes to the job, and says whether it is still ours: a lease that is no longer is no error, the
    /// job is in other hands.
    async fn put(&self, claimed: &Claimed, writes: Vec<Write>) -> Result<bool, StoreError> {
        match self.world.store.commit(writes).await {
            Ok(()) => Ok(true),
            Err(error) => self.not_written(claimed, error),
        }
    }

    fn not_written(&self, claimed: &Claimed, error: CommitError) -> Result<bool, StoreError> {
        match error {
            CommitError::Stale(_) => {
                tracing::warn!(job.id = claimed.id, "another worker has this job now");
                Ok(false)
            }
            CommitError::Refused(why) => {
                tracing::error!(why, "a job cannot be written");
                self.count("worker_faults");
                Ok(false)
            }
            CommitError::Fault(error) => Err(error),
        }
    }

    fn count(&self, figure: &str) {
        self.world.metrics.put(F::NAME, self.world.clock.now(), &[(figure, Unit::Count, 1.0)]);
    }

    fn seen(&self, claimed: &Claimed, started: Instant, outcome: String) {
        if let Some(observer) = &self.world.observer {
            observer.job(JobSeen {
                feature: F::NAME,
                id: claimed.id.clone(),
                kind: claimed.kind.clone(),
                cause: claimed.cause,
                attempts: claimed.attempts,
                outcome,
                duration_ms: millis(started),
            });
        }
    }
}

/// What a job leaves, as the writes of the transaction that ends it.
fn effect<F: Feature>(claimed: &Claimed, finish: Finish, now: Timestamp) -> Result<Vec<Write>, Foreign> {
    let own = Own::of::<F>();
    own.writes(&finish.writes)?;
    let guild = GuildId(claimed.guild);
    let mut writes = finish.writes;
    for (number, job) in finish.jobs.into_iter().enumerate() {
        let id = format!("{}+{number}", claimed.id);
        writes.push(new_job(F::NAME, guild, job, id, claimed.cause, None).write(F::NAME, now.0));
    }
    for (number, (to, request)) in finish.requests.into_iter().enumerate() {
        own.may_ask(to)?;
        let cause = claimed.cause.unwrap_or_default();
        writes.push(request_write(F::NAME, to, guild, cause, number, &request, now));
    }
    Ok(writes)
}

/// Why no job at all can go on.
enum Pause {
    /// Discord does not take the bot's token, and no other is in its place.
    Token,
    /// The bot's token cannot be read, and why.
    NoToken(String),
    /// Too many calls were refused; for so long nothing is sent.
    Breaker(Duration),
}

/// What a job item asks for.
enum Task<F: Feature> {
    Own(F::Job),
    Asked(Request),
}

impl<F: Feature> Task<F> {
    fn of(claimed: &Claimed) -> Result<Self, Failure> {
        if let Some(request) = Request::from_parts(&claimed.kind, &claimed.body) {
            return Ok(Self::Asked(request));
        }
        from_parts(&claimed.kind, &claimed.body)
            .map(Self::Own)
            .ok_or_else(|| Failure::never(format!("a job of an unknown kind: {}", claimed.kind)))
    }
}

/// The job that a record of the stream names.
fn job_key(feature: &'static str, record: &Value) -> Option<Key> {
    let keys = &record["dynamodb"]["Keys"];
    Some(Key::new(Table::Jobs(feature), keys["pk"]["S"].as_str()?, keys["sk"]["S"].as_str()?))
}

/// The time left until a Lambda deadline, in Unix milliseconds.
pub fn left_until(deadline_ms: u64) -> Duration {
    let now = u64::try_from(Clock::system().now().0).unwrap_or(0);
    Duration::from_millis(deadline_ms.saturating_sub(now))
}

/// A wait up to a fifth shorter or longer, so that jobs that failed together do not come back together.
fn jittered(wait_ms: i64) -> i64 {
    let random = i64::from(Seed::fresh().bytes("jitter")[0]);
    wait_ms - wait_ms / 5 + (wait_ms * 2 / 5) * random / 255
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_changes_by_a_fifth_at_most() {
        for _ in 0..100 {
            let wait = jittered(5_000);
            assert!((4_000..=6_000).contains(&wait), "{wait}");
        }
    }

    #[test]
    fn a_record_without_a_job_is_passed_over() {
        let record = json!({ "dynamodb": { "Keys": { "pk": { "S": "G#1#J#a" }, "sk": { "S": "JOB" } } } });
        assert_eq!(job_key("hub", &record), Some(Key::new(Table::Jobs("hub"), "G#1#J#a", "JOB")));
        assert_eq!(job_key("hub", &json!({})), None);
    }
}
