//! The machine behind the page: its clock, its jobs, what its functions saw, and how it begins again.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::observe::{Click, JobSeen, Observer};
use app::{Clock, Timestamp};
use discord::rest::{RegisteredCommand, Scope};
use discord::{ApplicationId, InteractionId, UserId};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use sim::Sim;
use sim::page::{Behind, Form, NotFresh};
use store::outbox::{Outbox, RUN_NOW};
use store::{Item, Store, Table};
use tokio::sync::{Notify, RwLock};
use tokio::task::JoinHandle;

use super::aws::{Database, From};
use super::snapshot::Folder;
use super::{PREFIX, PlayError, first, world};
use crate::features::{self, Hands};
use crate::register;

/// Clicks and job tries that are remembered.
const KEPT: usize = 1_000;

/// How long a stream is left alone when nobody rings: a safety net, as every writer rings.
const NAP: Duration = Duration::from_millis(250);

/// How often it is looked whether workers are done before the clock moves.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How long a move of the clock waits for workers: one that takes longer stands still.
const MOVE_WAITS: Duration = Duration::from_secs(5);

/// Steps in one move of the clock, so that a job that always asks for another cannot hold it for ever.
const STEPS_MAX: usize = 10_000;

/// Far enough to see every planned job: a century, in milliseconds.
const FOREVER_MS: i64 = 100 * 366 * 24 * 3_600_000;

/// Everything that `play` keeps running.
pub(super) struct Machine {
    pub(super) sim: Sim,
    pub(super) application: ApplicationId,
    pub(super) clock: Clock,
    pub(super) store: Store,
    pub(super) database: Database,
    pub(super) seen: Arc<Seen>,
    pub(super) workers: Vec<Arc<dyn Hands>>,
    pub(super) folder: Folder,
    pub(super) bare: bool,
    /// The first days of the server, while they are being played.
    pub(super) arriving: Mutex<Option<JoinHandle<()>>>,
    /// What workers are busy with.
    pub(super) in_hand: InHand,
    /// Held by whoever works on the tables; taken whole while they are made anew.
    pub(super) busy: RwLock<()>,
    /// How often the tables were made anew: places in their streams hold for one of these only.
    pub(super) age: AtomicU32,
}

impl Machine {
    /// Makes the tables, and writes into the directory who is who in the ready server.
    pub(super) async fn tables(&self) -> Result<(), Box<dyn std::error::Error>> {
        store::tables::create(self.store.client(), PREFIX, &features::names()).await?;
        if !self.bare {
            world::directory(&self.sim, &self.store).await?;
        }
        Ok(())
    }

    /// What is declared can be typed, and the directory knows the ids.
    pub(super) async fn register(&self) -> Result<(), Box<dyn std::error::Error>> {
        let commands: Vec<_> = all::features().iter().flat_map(|feature| (feature.commands)()).collect();
        let commands = serde_json::to_value(&commands)?;
        let registered = self.sim.register(self.application, commands);
        let registered = registered.map_err(|error| PlayError::Commands(error.to_string()))?;
        let registered: Vec<RegisteredCommand> = serde_json::from_value(registered)?;
        let kept = register::kept(Scope::Everywhere, self.application, &registered);
        Ok(self.store.commit(vec![kept]).await?)
    }

    /// Brings what the streams hold to the workers, as the event source mappings do on AWS.
    pub(super) async fn pump(self: Arc<Self>) {
        let mut places: BTreeMap<&'static str, Option<String>> = BTreeMap::new();
        for worker in &self.workers {
            places.insert(worker.name(), self.place(worker.name(), From::Now));
        }
        let mut age = self.age.load(Ordering::SeqCst);
        loop {
            let mut idle = true;
            for worker in &self.workers {
                let name = worker.name();
                let guard = self.busy.read().await;
                let present = self.age.load(Ordering::SeqCst);
                if age != present {
                    age = present;
                    places.clear();
                }
                let place = places.get(name).cloned().flatten();
                let read = place.as_deref().map(|place| self.database.records(place));
                match read {
                    Some(Ok((records, next))) => {
                        places.insert(name, next);
                        if !records.is_empty() {
                            idle = false;
                            tokio::spawn(worker.clone().work(json!({ "Records": records })));
                        }
                    }
                    // The table was made anew: all that its stream holds is new.
                    Some(Err(_)) | None => {
                        places.insert(name, self.place(name, From::Beginning));
                    }
                }
                drop(guard);
            }
            if idle {
                let _ = tokio::time::timeout(NAP, self.in_hand.bell.notified()).await;
            }
        }
    }

    fn place(&self, feature: &'static str, from: From) -> Option<String> {
        self.database.iterator(&Table::Jobs(feature).name(PREFIX), from).ok().flatten()
    }

    /// Does what becomes due, at this pace.
    pub(super) async fn ticks(self: Arc<Self>, pace: Duration) {
        let mut interval = tokio::time::interval(pace);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            let _guard = self.busy.read().await;
            self.tick().await;
        }
    }

    async fn tick(&self) {
        for worker in &self.workers {
            worker.tick().await;
        }
    }

    /// Jobs that wait, the next one first: its feature, key and moment.
    async fn due(&self) -> Vec<(&'static str, store::outbox::Due)> {
        let mut list = Vec::new();
        for worker in &self.workers {
            let outbox = Outbox::new(self.store.clone(), worker.name());
            if let Ok(due) = outbox.due(self.clock.now().0 + FOREVER_MS).await {
                list.extend(due.into_iter().map(|due| (worker.name(), due)));
            }
        }
        list.sort_by_key(|(_, due)| due.wake_at);
        list
    }

    /// Plays what happened before the visitor came, if it did not happen yet.
    pub(super) fn first_days(&self) {
        if self.bare {
            return;
        }
        let days = tokio::spawn(first::days(self.sim.clone(), self.clock.clone(), self.in_hand.clone()));
        *lock(&self.arriving) = Some(days);
    }

    async fn begin_again(&self) -> Result<(), Box<dyn std::error::Error>> {
        if let Some(days) = lock(&self.arriving).take() {
            days.abort();
        }
        let _guard = self.busy.write().await;
        for definition in store::tables::all(&features::names()) {
            self.store.client().delete_table().table_name(definition.table.name(PREFIX)).send().await?;
        }
        // Nothing is left that happened at a moment: the clock begins again, too.
        self.clock.begin_again(if self.bare { 0 } else { first::AGO_MS });
        self.sim.load(self.folder.first()?)?;
        self.tables().await?;
        self.register().await?;
        self.age.fetch_add(1, Ordering::SeqCst);
        self.seen.forget();
        self.folder.save(&self.sim)?;
        Ok(())
    }
}

impl Behind for Machine {
    fn inside(&self, interaction: InteractionId) -> Option<Value> {
        self.seen.inside(interaction)
    }

    fn jobs_of(&self, interaction: InteractionId) -> Vec<Value> {
        self.seen.jobs_of(interaction)
    }

    fn waiting(&self) -> BoxFuture<'_, Vec<Value>> {
        async move {
            let mut list = Vec::new();
            for (feature, due) in self.due().await {
                let item = self.store.get(&due.key).await.ok().flatten();
                let field = |name: &str| item.as_ref().and_then(|item| item.get(name));
                let kind = field("kind").and_then(|kind| kind.as_s().ok()).cloned().unwrap_or_default();
                let attempts = field("attempts").and_then(|tries| tries.as_n().ok()?.parse::<u32>().ok());
                list.push(json!({
                    "id": due.key.pk.rsplit("#J#").next(), "kind": format!("{feature} · {kind}"), "attempts": attempts, "wake_at": due.wake_at,
                }));
            }
            list
        }
        .boxed()
    }

    fn next_due(&self) -> BoxFuture<'_, Option<i64>> {
        async move { self.due().await.first().map(|(_, due)| due.wake_at) }.boxed()
    }

    fn advance(&self, to: i64) -> BoxFuture<'_, ()> {
        async move {
            for _ in 0..STEPS_MAX {
                let guard = self.busy.read().await;
                self.in_hand.done(MOVE_WAITS).await;
                match self.due().await.first() {
                    Some((_, due)) if due.wake_at <= to => self.clock.advance_to(Timestamp(due.wake_at)),
                    _ => break,
                }
                self.tick().await;
                drop(guard);
            }
            self.in_hand.done(MOVE_WAITS).await;
            self.clock.advance_to(Timestamp(to));
        }
        .boxed()
    }

    fn fresh(&self) -> BoxFuture<'_, Result<(), NotFresh>> {
        async move {
            self.begin_again().await.map_err(|error| {
                tracing::error!(%error, "it cannot begin again");
                NotFresh::Failed
            })?;
            self.first_days();
            Ok(())
        }
        .boxed()
    }

    fn arriving(&self) -> bool {
        lock(&self.arriving).as_ref().is_some_and(|days| !days.is_finished())
    }

    fn form(&self, person: UserId) -> Option<Form> {
        world::form(&self.sim, person)
    }
}

/// The jobs that workers have, or are about to have.
///
/// A lease ends by the clock. Were it moved while a worker holds one, the next tick would hand the job to
/// a second worker, as if the first had died.
#[derive(Clone)]
pub(super) struct InHand {
    store: Store,
    clock: Clock,
    features: Vec<&'static str>,
    /// Rung when a function may have written a job.
    bell: Arc<Notify>,
}

impl InHand {
    pub(super) fn new(store: Store, clock: Clock, features: Vec<&'static str>) -> Self {
        Self { store, clock, features, bell: Arc::default() }
    }

    /// A function may have written a job.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Waits until there are none, but no longer than this.
    pub(super) async fn done(&self, patience: Duration) {
        let looking = async {
            while self.any().await {
                self.ring();
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        if tokio::time::timeout(patience, looking).await.is_err() {
            tracing::info!("the clock moves although a worker has a job in hand");
        }
    }

    async fn any(&self) -> bool {
        for feature in &self.features {
            // Whatever is held or wanted at once is due within the minute.
            let due = Outbox::new(self.store.clone(), feature).due(self.clock.now().0).await;
            let keys: Vec<_> = due.unwrap_or_default().into_iter().map(|due| due.key).collect();
            let jobs = self.store.batch_get(&keys).await.unwrap_or_default();
            let now =
                |job: &Item| job.get("run").is_some_and(|run| run.as_s().is_ok_and(|run| run == RUN_NOW));
            if jobs.iter().any(|(_, job)| job.contains_key("lease") || now(job)) {
                return true;
            }
        }
        false
    }
}

/// What the functions saw, as they tell it.
pub(super) struct Seen {
    clock: Clock,
    clicks: Mutex<VecDeque<Click>>,
    jobs: Mutex<VecDeque<Tried>>,
}

/// A try of a job, with when it was made.
struct Tried {
    job: JobSeen,
    began_at: i64,
    ended_at: i64,
}

impl Seen {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, clicks: Mutex::default(), jobs: Mutex::default() }
    }

    fn inside(&self, interaction: InteractionId) -> Option<Value> {
        let id = interaction.to_string();
        // The first answer is what the person saw; a repeated one came from a replay.
        let clicks = lock(&self.clicks);
        let click = clicks.iter().find(|click| click.interaction == id)?;
        serde_json::to_value(click).ok()
    }

    fn jobs_of(&self, interaction: InteractionId) -> Vec<Value> {
        lock(&self.jobs)
            .iter()
            .filter(|tried| tried.job.cause == Some(interaction.0))
            .map(|tried| {
                let mut value = serde_json::to_value(&tried.job).unwrap_or_default();
                value["began_at"] = json!(tried.began_at);
                value["ended_at"] = json!(tried.ended_at);
                value
            })
            .collect()
    }

    fn forget(&self) {
        lock(&self.clicks).clear();
        lock(&self.jobs).clear();
    }
}

impl Observer for Seen {
    fn click(&self, click: Click) {
        keep(&mut lock(&self.clicks), click);
    }

    fn job(&self, job: JobSeen) {
        let ended_at = self.clock.now().0;
        // One millisecond more: durations are rounded down.
        let began_at = ended_at - i64::try_from(job.duration_ms).unwrap_or(0) - 1;
        keep(&mut lock(&self.jobs), Tried { job, began_at, ended_at });
    }
}

fn keep<T>(list: &mut VecDeque<T>, entry: T) {
    if list.len() == KEPT {
        list.pop_front();
    }
    list.push_back(entry);
}

/// A panic elsewhere does not spoil what is shown.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
