//! Jobs: what the worker does later, written in the transaction that asks for it.
//!
//! One number says who may take a job: `wake_at`, the moment from which a tick may. The stream is
//! only a bell, rung by `run = "now"`.
//!
//! ```text
//!            write                    claim                      done
//!   nothing ───────► waiting ───────────────────► leased ─────────────────► gone
//!                      ▲ ▲    run = "now",          │ │ renew
//!                      │ │    or wake_at <= now     │ │
//!                      │ └──────────────────────────┘ └── bury ──► DEAD#<time>, 30 days
//!                      │   again (back-off), again_now, untried, once_more
//!                      └── 60 s after the last claim or renewal: whoever held it is gone
//! ```
//!
//! A job is claimed before the work and its attempts are counted there, so that a job which kills
//! its worker also reaches its last try: the claim after it says so ([`Claimed::spent`]). A try that
//! ended for a reason that is not the job's is given back ([`Outbox::untried`]). All writes about a claimed job hold only while its lease
//! does, and belong in the transaction that records what the job did.
//!
//! # Asked while it runs
//! A job with a natural id ([`NewJob::natural`]) counts in `asked` how often it was asked for. When
//! [`Outbox::done`] fails, its item shows why: another `lease` means that somebody took the job
//! over, and this worker leaves it alone; the same lease with another `asked` means that something
//! changed during the work, and the worker commits the same records with [`Outbox::once_more`] in
//! place of `done`. [`lost`] tells the two apart.

use std::fmt;

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::patience::{Failure, passes, patiently};
use crate::personal::{Basis, PersonalField};
use crate::store::{key_of, number, text};
use crate::tables::DUE;
use crate::write::{Words, key_item};
use crate::{Condition, FailedWrite, Item, Key, Query, Store, StoreError, Table, Update, Write};

/// How long a claim holds without renewal, and how long a tick leaves a new job to the stream.
pub const LEASE_MS: i64 = 60_000;
/// A tick looks this far ahead, and waits for what falls due before the next one.
pub const TICK_MS: i64 = 60_000;
/// How long a dead job can be looked at, in seconds: 30 days.
pub const DEAD_SECS: i64 = 30 * 24 * 60 * 60;
/// A waiting answer is ended so long before its token does.
pub const ANSWER_MARGIN_MS: i64 = 30_000;
/// How often a job may run out of time without losing a try: an hour and a half of work, at the 105 s
/// that a worker gives it. What never ends must not go on for ever.
pub const CONTINUATIONS_MAX: u32 = 50;
/// Claims of a job without a try left in which things may still be put in order. Should that end the
/// worker too, the job is moved aside as it is.
const LAST_CLAIMS: u32 = 3;
/// Most due jobs one tick reads per lane; the next tick finds the others.
pub const DUE_MAX_PER_LANE: u32 = 1_000;

/// Partitions of the index of due jobs: two, so that neither becomes hot.
pub const LANES: [&str; 2] = ["due#0", "due#1"];
/// Partition of the index that lists dead jobs.
pub const DEAD_LANE: &str = "dead";
/// The value of `run` that rings the worker; the event source filter looks for it.
pub const RUN_NOW: &str = "now";
/// The value of `run` of a job that waits after a failure: asking again does not hurry it.
const RUN_LATER: &str = "later";

/// What a job says about somebody.
pub const PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "body",
        purpose: "do what the person asked for: ids, and what is still to be published",
        basis: Basis::Service,
        retention: "until done; 30 days after a last failed try",
    },
    PersonalField {
        field: "answer_to",
        purpose: "end the answer that the person is waiting for",
        basis: Basis::Service,
        retention: "15 minutes at most",
    },
    PersonalField {
        field: "cause",
        purpose: "find in the log what led to a failure",
        basis: Basis::LegitimateInterest,
        retention: "until done; 30 days after a last failed try",
    },
];

/// After which try to wait how long.
const BACKOFF_MS: [i64; 6] = [5_000, 30_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 24 * 3_600_000];

/// Where a job is.
pub fn key(feature: &'static str, guild: u64, id: &str) -> Key {
    Key::new(Table::Jobs(feature), format!("G#{guild}#J#{id}"), "JOB")
}

/// How long to wait after so many tries (1 = the first failed): 5 s, 30 s, 5 min, 30 min, 2 h, 24 h.
/// `None`: that was the last.
pub fn backoff_ms(attempts: u32) -> Option<i64> {
    BACKOFF_MS.get(usize::try_from(attempts.max(1) - 1).ok()?).copied()
}

/// The wake that may be set: never so late that a waiting answer could not be ended any more.
pub fn next_wake(wanted_ms: i64, answer_to: &Option<AnswerTo>) -> i64 {
    match answer_to {
        Some(answer_to) => wanted_ms.min(answer_to.until - ANSWER_MARGIN_MS),
        None => wanted_ms,
    }
}

/// The partition of the index in which a job waits; the same for one id for ever.
pub fn lane(id: &str) -> &'static str {
    LANES[usize::from(Sha256::digest(id.as_bytes())[0] & 1)]
}

/// A job to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// The server it is for; 0 in private messages.
    pub guild: u64,
    /// Its name, unique in the guild: random, or natural such as `refresh/<resource>`.
    pub id: String,
    /// What to do.
    pub kind: String,
    /// What it needs to know.
    pub body: serde_json::Value,
    /// When, in Unix milliseconds; `None` = at once.
    pub at: Option<i64>,
    /// The answer that waits for it.
    pub answer_to: Option<AnswerTo>,
    /// The interaction that led to it.
    pub cause: Option<u64>,
    /// The feature that asks.
    pub from: &'static str,
    /// Asking again while it waits changes nothing, and while it runs makes it run once more.
    /// Only within one feature: across features a job is a plain create.
    pub natural: bool,
}

/// The "thinking…" a person is looking at. Whoever has the token can edit that answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTo {
    /// The application that was addressed.
    pub application: u64,
    /// The secret of the answer.
    pub token: String,
    /// When the token ends, in Unix milliseconds: 15 minutes after the interaction was received.
    pub until: i64,
}

impl fmt::Debug for AnswerTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerTo")
            .field("application", &self.application)
            .field("token", &"hidden")
            .field("until", &self.until)
            .finish()
    }
}

impl AnswerTo {
    fn value(&self) -> AttributeValue {
        AttributeValue::M(Item::from([
            ("application".to_owned(), AttributeValue::S(self.application.to_string())),
            ("token".to_owned(), AttributeValue::S(self.token.clone())),
            ("until".to_owned(), AttributeValue::N(self.until.to_string())),
        ]))
    }

    fn of(value: &AttributeValue) -> Option<Self> {
        let map = value.as_m().ok()?;
        Some(Self {
            application: text(map, "application")?.parse().ok()?,
            token: text(map, "token")?.to_owned(),
            until: number(map, "until")?,
        })
    }
}

impl NewJob {
    /// The write that asks a feature's worker, for the transaction of what led to it.
    pub fn write(&self, feature: &'static str, now_ms: i64) -> Write {
        let key = key(feature, self.guild, &self.id);
        let wake_at = next_wake(self.at.unwrap_or(now_ms + LEASE_MS), &self.answer_to);
        let mut fields: Vec<(&str, AttributeValue)> = vec![
            ("kind", AttributeValue::S(self.kind.clone())),
            ("body", AttributeValue::S(self.body.to_string())),
            ("from", AttributeValue::S(self.from.to_owned())),
            ("lane", AttributeValue::S(lane(&self.id).to_owned())),
            ("wake_at", AttributeValue::N(wake_at.to_string())),
            ("created_at", AttributeValue::N(now_ms.to_string())),
        ];
        if self.at.is_none() {
            fields.push(("run", AttributeValue::S(RUN_NOW.to_owned())));
        }
        if let Some(answer_to) = &self.answer_to {
            fields.push(("answer_to", answer_to.value()));
        }
        if let Some(cause) = self.cause {
            fields.push(("cause", AttributeValue::N(cause.to_string())));
        }
        if self.natural {
            let update = fields
                .into_iter()
                .fold(Update::new(), |update, (name, value)| update.set_if_absent(name, value))
                .add("asked", 1);
            Write::update(key, update)
        } else {
            let mut item: Item = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            item.insert("asked".into(), AttributeValue::N("1".into()));
            Write::create_item(key, item)
        }
    }
}

/// A job that this worker holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    /// Where it is.
    pub key: Key,
    /// The server it is for; 0 in private messages.
    pub guild: u64,
    /// Its name.
    pub id: String,
    /// What to do.
    pub kind: String,
    /// What it needs to know.
    pub body: serde_json::Value,
    /// The feature that asked.
    pub from: String,
    /// Tries so far, this one included.
    pub attempts: u32,
    /// How often it ran out of time without losing a try.
    pub continued: u32,
    /// Whoever held it before did not come back: it may have ended its worker.
    pub abandoned: bool,
    /// How often it was asked for when it was claimed.
    pub asked: u64,
    /// The answer that waits for it.
    pub answer_to: Option<AnswerTo>,
    /// The interaction that led to it.
    pub cause: Option<u64>,
    /// The name under which this worker holds it.
    pub lease: String,
    /// When it was first asked for, in Unix milliseconds.
    pub created_at: i64,
}

impl Claimed {
    /// Lenient: what cannot be read is empty, so that the job can still be refused and buried.
    fn of(key: Key, item: &Item) -> Self {
        let (guild, id) = name_of(&key);
        Self {
            guild,
            id,
            key,
            kind: text(item, "kind").unwrap_or_default().to_owned(),
            body: text(item, "body")
                .and_then(|body| serde_json::from_str(body).ok())
                .unwrap_or(serde_json::Value::Null),
            from: text(item, "from").unwrap_or_default().to_owned(),
            attempts: counted(item, "attempts"),
            continued: counted(item, "continued"),
            abandoned: false,
            asked: counted(item, "asked"),
            answer_to: item.get("answer_to").and_then(AnswerTo::of),
            cause: item.get("cause").and_then(|cause| cause.as_n().ok()?.parse().ok()),
            lease: text(item, "lease").unwrap_or_default().to_owned(),
            created_at: number(item, "created_at").unwrap_or_default(),
        }
    }

    /// Whether the tries before this claim were all there are: they ended with their workers, so
    /// nobody could give the job up. This claim is for that alone.
    pub fn spent(&self) -> bool {
        self.had(1)
    }

    /// Whether giving it up ended its workers too.
    pub fn hopeless(&self) -> bool {
        self.had(1 + LAST_CLAIMS)
    }

    /// Whether all tries had been made that many claims ago.
    fn had(&self, claims: u32) -> bool {
        self.attempts > claims && backoff_ms(self.attempts - claims).is_none()
    }

    fn mine(&self) -> Condition {
        Condition::equals("lease", self.lease.as_str())
    }

    fn mine_as_asked(&self) -> Condition {
        Condition::all([self.mine(), Condition::equals("asked", self.asked)])
    }

    fn wait(&self, update: Update) -> Write {
        Write::update(self.key.clone(), update.remove("lease")).when(self.mine())
    }
}

/// A job a tick may take.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// From when, in Unix milliseconds.
    pub wake_at: i64,
    /// Which.
    pub key: Key,
}

/// A job that failed in its last try.
#[derive(Debug, Clone, PartialEq)]
pub struct Dead {
    /// Where it is kept.
    pub key: Key,
    /// The server it was for.
    pub guild: u64,
    /// Its name.
    pub id: String,
    /// What was to be done.
    pub kind: String,
    /// What it needed to know.
    pub body: serde_json::Value,
    /// The feature that asked.
    pub from: String,
    /// Why it failed: ids and codes only.
    pub reason: String,
    /// Tries.
    pub attempts: u32,
    /// The interaction that led to it.
    pub cause: Option<u64>,
    /// When it was first asked for, in Unix milliseconds.
    pub created_at: i64,
    /// When it was given up, in Unix milliseconds.
    pub dead_at: i64,
}

/// Why [`Outbox::done`] or [`Outbox::bury`] failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// Another worker holds the job, or finished it: leave it alone.
    Lease,
    /// The job was asked for again: commit the same records with [`Outbox::once_more`].
    AskedAgain,
}

/// What a failed write on a claimed job means; `None` when it is about another item.
pub fn lost(claimed: &Claimed, failed: &FailedWrite) -> Option<Lost> {
    if failed.key != claimed.key {
        return None;
    }
    let mine = failed.item.as_ref().is_some_and(|item| text(item, "lease") == Some(&claimed.lease));
    Some(if mine { Lost::AskedAgain } else { Lost::Lease })
}

/// The jobs of one feature.
#[derive(Debug, Clone)]
pub struct Outbox {
    store: Store,
    feature: &'static str,
}

impl Outbox {
    /// The jobs of this feature.
    pub fn new(store: Store, feature: &'static str) -> Self {
        Self { store, feature }
    }

    /// Whose jobs these are.
    pub fn feature(&self) -> &'static str {
        self.feature
    }

    /// The table they are in.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes a job for 60 s under a name that no other claim uses; `None` when it is not to be
    /// taken now, or gone.
    ///
    /// A job that was asked for again while it is held has `run = "now"` too; it stays with its holder.
    ///
    /// # Errors
    /// When the table cannot be reached.
    pub async fn claim(&self, key: &Key, lease: &str, now_ms: i64) -> Result<Option<Claimed>, StoreError> {
        let mut words = Words::default();
        let update = Update::new()
            .set("lease", lease)
            .set("wake_at", now_ms + LEASE_MS)
            .add("attempts", 1)
            .remove("run");
        let expression = words.update(&update);
        let condition = words.when(&Condition::any([
            Condition::all([Condition::equals("run", RUN_NOW), Condition::lacks("lease")]),
            Condition::at_most("wake_at", now_ms),
        ]));
        let mut tries = 0;
        let sent = patiently(self.store.patience(), passes, || {
            tries += 1;
            self.store
                .client()
                .update_item()
                .table_name(key.table.name(self.store.prefix()))
                .set_key(Some(key_item(key)))
                .update_expression(&expression)
                .set_condition_expression(condition.clone())
                .set_expression_attribute_names(words.names())
                .set_expression_attribute_values(words.values())
                // As it was: only there can be seen that somebody held it and did not come back.
                .return_values(ReturnValue::AllOld)
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .send()
        })
        .await;
        match sent {
            Ok(answer) => Ok(answer.attributes.map(|item| {
                let before = Claimed::of(key.clone(), &item);
                Claimed {
                    attempts: before.attempts + 1,
                    abandoned: !before.lease.is_empty(),
                    lease: lease.to_owned(),
                    ..before
                }
            })),
            Err(Failure::Sdk(error)) if error.code() == Some("ConditionalCheckFailedException") => {
                // The answer to an earlier try may have been lost: then it is this very claim that stands there.
                Ok(match error.as_service_error() {
                    Some(UpdateItemError::ConditionalCheckFailedException(failed)) if tries > 1 => failed
                        .item()
                        .filter(|item| text(item, "lease") == Some(lease))
                        .filter(|item| number(item, "wake_at") == Some(now_ms + LEASE_MS))
                        .map(|item| Claimed::of(key.clone(), item)),
                    _ => None,
                })
            }
            Err(failure) => Err(StoreError::from_failure("UpdateItem", failure)),
        }
    }

    /// Jobs that are due, or will be before the next tick; the most urgent first.
    ///
    /// # Errors
    /// When the table cannot be reached.
    pub async fn due(&self, now_ms: i64) -> Result<Vec<Due>, StoreError> {
        let until = now_ms + TICK_MS;
        let query = |lane: &str| {
            Query::of(Table::Jobs(self.feature), lane).index(DUE).at_most(until).limit(DUE_MAX_PER_LANE)
        };
        let (first, second) = (query(LANES[0]), query(LANES[1]));
        let (first, second) = tokio::try_join!(self.store.query(&first), self.store.query(&second))?;
        let mut due = Vec::with_capacity(first.items.len() + second.items.len());
        for item in first.items.iter().chain(&second.items) {
            let key = key_of(Table::Jobs(self.feature), item)?;
            due.push(Due { wake_at: number(item, "wake_at").unwrap_or_default(), key });
        }
        due.sort_unstable();
        Ok(due)
    }

    /// Dead jobs, the latest first.
    ///
    /// # Errors
    /// When the table cannot be reached.
    pub async fn dead(&self, limit: u32) -> Result<Vec<Dead>, StoreError> {
        let table = Table::Jobs(self.feature);
        let page = self.store.query(&Query::of(table, DEAD_LANE).index(DUE).reverse().limit(limit)).await?;
        let keys =
            page.items.iter().map(|item| key_of(table, item)).collect::<Result<Vec<_>, StoreError>>()?;
        let found = self.store.batch_get(&keys).await?;
        Ok(keys
            .into_iter()
            .filter_map(|key| {
                let item = found.get(&key)?;
                let job = Claimed::of(key, item);
                Some(Dead {
                    reason: text(item, "reason").unwrap_or_default().to_owned(),
                    dead_at: number(item, "wake_at").unwrap_or_default(),
                    key: job.key,
                    guild: job.guild,
                    id: job.id,
                    kind: job.kind,
                    body: job.body,
                    from: job.from,
                    attempts: job.attempts,
                    cause: job.cause,
                    created_at: job.created_at,
                })
            })
            .collect())
    }

    /// Holds a job for 60 s more; written with each intent.
    pub fn renew(&self, claimed: &Claimed, now_ms: i64) -> Write {
        Write::update(claimed.key.clone(), Update::new().set("wake_at", now_ms + LEASE_MS))
            .when(claimed.mine())
    }

    /// Ends a job, in the transaction that records its effect. Fails when it was asked for meanwhile: see [`lost`].
    pub fn done(&self, claimed: &Claimed) -> Write {
        Write::delete(claimed.key.clone()).when(claimed.mine_as_asked())
    }

    /// Lets a job wait until then, or until a waiting answer must be ended. See [`backoff_ms`].
    pub fn again(&self, claimed: &Claimed, wake_at_ms: i64) -> Write {
        let wake_at = next_wake(wake_at_ms, &claimed.answer_to);
        claimed.wait(Update::new().set("wake_at", wake_at).set("run", RUN_LATER))
    }

    /// Hands a job to the next invocation: this one runs out of time. The try is given back, and
    /// counted among the continuations: see [`CONTINUATIONS_MAX`].
    pub fn again_now(&self, claimed: &Claimed, now_ms: i64) -> Write {
        let wake_at = next_wake(now_ms + LEASE_MS, &claimed.answer_to);
        let update = Update::new().set("wake_at", wake_at).set("run", RUN_NOW);
        claimed.wait(update.add("attempts", -1).add("continued", 1))
    }

    /// Lets a job wait as [`Outbox::again`] does, and gives the try back: what stopped it is not the job's fault.
    pub fn untried(&self, claimed: &Claimed, wake_at_ms: i64) -> Write {
        let wake_at = next_wake(wake_at_ms, &claimed.answer_to);
        claimed.wait(Update::new().set("wake_at", wake_at).set("run", RUN_LATER).add("attempts", -1))
    }

    /// Gives the try back until [`Outbox::begin`]; the job stays with this worker.
    pub fn set_aside(&self, claimed: &Claimed) -> Write {
        Write::update(claimed.key.clone(), Update::new().add("attempts", -1)).when(claimed.mine())
    }

    /// Counts the try that was set aside, and holds the job for 60 s more.
    pub fn begin(&self, claimed: &Claimed, now_ms: i64) -> Write {
        let update = Update::new().set("wake_at", now_ms + LEASE_MS).add("attempts", 1);
        Write::update(claimed.key.clone(), update).when(claimed.mine())
    }

    /// Runs a job that did its work once more, because it was asked for meanwhile. Its tries begin anew.
    pub fn once_more(&self, claimed: &Claimed, now_ms: i64) -> Write {
        let wake_at = next_wake(now_ms + LEASE_MS, &claimed.answer_to);
        let update = Update::new().set("wake_at", wake_at).set("run", RUN_NOW);
        claimed.wait(update.set("attempts", 0).remove("continued"))
    }

    /// The waiting answer was ended; the job goes on without it. It stays with this worker, which may
    /// work on at once; from `wake_at_ms` a tick takes it. To work on, give `now + LEASE_MS`: with
    /// less, another worker takes the job meanwhile.
    pub fn drop_answer(&self, claimed: &Claimed, wake_at_ms: i64) -> Write {
        let update = Update::new().set("wake_at", wake_at_ms).remove("answer_to");
        Write::update(claimed.key.clone(), update).when(claimed.mine())
    }

    /// Moves a job aside after its last try, where it can be seen for 30 days; its name is free again.
    /// `reason` holds ids and codes, never what somebody typed. Fails as [`Outbox::done`] does.
    pub fn bury(&self, claimed: &Claimed, now_ms: i64, reason: &str) -> Vec<Write> {
        // Thirteen digits reach to the year 2286: as text they sort as numbers do.
        let grave = Key { sk: format!("DEAD#{now_ms:013}"), ..claimed.key.clone() };
        let mut item: Item = [
            ("kind", AttributeValue::S(claimed.kind.clone())),
            ("body", AttributeValue::S(claimed.body.to_string())),
            ("from", AttributeValue::S(claimed.from.clone())),
            ("reason", AttributeValue::S(reason.to_owned())),
            ("lane", AttributeValue::S(DEAD_LANE.to_owned())),
            ("wake_at", AttributeValue::N(now_ms.to_string())),
            ("attempts", AttributeValue::N(claimed.attempts.to_string())),
            ("created_at", AttributeValue::N(claimed.created_at.to_string())),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        if let Some(cause) = claimed.cause {
            item.insert("cause".into(), AttributeValue::N(cause.to_string()));
        }
        vec![
            Write::put_item(grave, item).expires(now_ms.div_euclid(1000) + DEAD_SECS),
            Write::delete(claimed.key.clone()).when(claimed.mine_as_asked()),
        ]
    }
}

/// Guild and id, from `G#<guild>#J#<id>`. An id may hold any sign.
fn name_of(key: &Key) -> (u64, String) {
    let (guild, id) = key.pk.split_once("#J#").unwrap_or(("", &key.pk));
    (guild.strip_prefix("G#").and_then(|guild| guild.parse().ok()).unwrap_or_default(), id.to_owned())
}

fn counted<T: TryFrom<i64> + Default>(item: &Item, name: &str) -> T {
    number(item, name).and_then(|number| number.try_into().ok()).unwrap_or_default()
}
