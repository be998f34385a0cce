//! A community on a stage: a simulated Discord with people in it, tables in memory, and what is played.
//!
//! [`Stage`] is the place: a server whose roles and channels the directory knows. [`Play`] puts one
//! feature on it, intake and worker in this process, with a clock that only moves when it is told to.
//! The binaries themselves are put on the same stage by the tests of what is deployed.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use app::observe::Observer;
use app::telemetry::Metrics;
use app::{Clock, Feature, Identity, Mounted, Outside, Route, Seeds, Timestamp, Worker, World};
use directory::{ChannelKey, Guild, RoleKey};
use discord::permission::Permissions;
use discord::rest::{BotToken, Rest, RestConfig, budget};
use discord::signature::PublicKey;
use discord::{ApplicationId, ChannelId, GuildId, RoleId};
use sim::{Endpoint, NewApplication, NewChannel, NewGuild, NewRole, Options, Sim};
use store::{Item, Patience, Store, Table};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::aws::{self, Aws};
use crate::events::stream_batch;
use crate::faults::Faults;
use crate::reference;

/// First part of the tables' names.
pub const PREFIX: &str = "stage";
/// The bot's token, as the simulated Discord knows it.
pub const TOKEN: &str = "the-token-of-the-bot";
/// A Tuesday morning at school: 24 November 2026, 10:00 in Paris.
pub const MORNING: Timestamp = Timestamp(1_795_510_800_000);

/// The place, with its people.
///
/// | who | is |
/// |---|---|
/// | `karim`, `lea` | learners |
/// | `nadia` | a trainer |
/// | `hugo` | new, without a role |
/// | `sofia` | the owner, an admin |
///
/// The channels are `general`, `ressources` and the forum `bibliotheque`.
pub struct Stage {
    /// Discord.
    pub sim: Sim,
    /// AWS.
    pub aws: Aws,
    /// The time, here and at Discord.
    pub clock: Clock,
    /// The server.
    pub guild: GuildId,
    /// The forum of the library.
    pub forum: ChannelId,
    /// The application whose bot is in the server.
    pub application: ApplicationId,
    discord_api: String,
    server: JoinHandle<()>,
}

impl Stage {
    /// A stage for these features, whose time is `clock`'s. Nobody answers interactions yet.
    pub async fn new(clock: Clock, features: &[&'static str]) -> Self {
        app::aws::choose_tls();
        let time = clock.clone();
        let sim = Sim::new(Options {
            now: Arc::new(move || time.now().0),
            // CI always names it: everything said on this stage is then held to Discord's own file.
            openapi: reference::openapi_of_a_stage(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
        let discord_api = format!("http://{}/api/v10", listener.local_addr().expect("it is bound"));
        let place = sim.clone();
        let server = tokio::spawn(async move {
            let _ = place.serve_on(listener).await;
        });

        let people =
            [("sofia", "Sofia"), ("karim", "Karim"), ("lea", "Léa"), ("nadia", "Nadia"), ("hugo", "Hugo")];
        let [sofia, karim, lea, nadia, hugo] = people.map(|(name, shown)| sim.add_person(name, shown, "fr"));
        let guild = sim.add_guild(NewGuild {
            name: "École".into(),
            owner: sofia,
            locale: "fr".into(),
            community: true,
        });
        let [learners, trainers] =
            ["Apprenants", "Formateurs"].map(|name| sim.add_role(guild, NewRole::named(name)));
        let everyone: [(_, &[RoleId]); 5] =
            [(sofia, &[]), (karim, &[learners]), (lea, &[learners]), (nadia, &[trainers]), (hugo, &[])];
        for (person, roles) in everyone {
            sim.join(guild, person, roles);
        }
        for name in ["general", "ressources"] {
            sim.add_channel(guild, NewChannel::text(name));
        }
        let forum = sim.add_channel(guild, NewChannel::forum("bibliotheque", ["rust", "web", "données"]));
        let application = sim.add_application(NewApplication {
            name: "Passerelle".into(),
            seed: "stage".into(),
            token: TOKEN.into(),
            endpoint: Endpoint::Http("http://127.0.0.1:9/nobody".into()),
        });
        let rights = [
            Permissions::VIEW_CHANNEL,
            Permissions::SEND_MESSAGES,
            Permissions::SEND_MESSAGES_IN_THREADS,
            Permissions::CREATE_PUBLIC_THREADS,
            Permissions::MANAGE_THREADS,
            Permissions::READ_MESSAGE_HISTORY,
            Permissions::EMBED_LINKS,
            Permissions::ATTACH_FILES,
        ];
        sim.install(application, guild, rights.into_iter().fold(Permissions::NONE, Permissions::or));

        let aws = Aws::with_tables(PREFIX, features).await;
        let settings = Guild::default()
            .role(RoleKey::Learner, learners)
            .role(RoleKey::Trainer, trainers)
            .channel(ChannelKey::Hub, forum);
        let stage = Self { sim, aws, clock, guild, forum, application, discord_api, server };
        stage.set(&settings).await;
        stage
    }

    /// Where its Discord answers bots, for `DISCORD_API`.
    pub fn discord_api(&self) -> &str {
        &self.discord_api
    }

    /// The key its Discord signs with, for `DISCORD_PUBLIC_KEY`.
    pub fn public_key_hex(&self) -> String {
        self.sim.public_key_hex(self.application).expect("the application was made with the stage")
    }

    /// Its tables.
    pub fn store(&self) -> Store {
        self.aws.store(PREFIX)
    }

    /// The server's settings are these from now on.
    pub async fn set(&self, settings: &Guild) {
        let write = directory::put_guild(self.guild, settings);
        self.store().commit(vec![write]).await.expect("the tables are there");
        self.aws.forget_calls();
    }

    /// What can be typed from now on.
    ///
    /// # Panics
    /// When Discord refuses it.
    pub fn register(&self, commands: &[discord::command::Command]) {
        let commands = serde_json::to_value(commands).expect("a command is plain data");
        self.sim.register(self.application, commands).unwrap_or_else(|refused| panic!("{refused:?}"));
    }

    /// Everything that a feature's workers still have to do, without what is dead.
    pub async fn jobs(&self, feature: &'static str) -> Vec<Item> {
        let jobs = self.aws.items(PREFIX, Table::Jobs(feature)).await.into_iter();
        jobs.filter(|job| job.get("lane").is_none_or(|lane| lane.as_s().is_ok_and(|lane| lane != "dead")))
            .collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// One feature on a stage, intake and worker in this process.
pub struct Play<F> {
    /// The figures that its functions wrote.
    pub metrics: Metrics,
    stage: Stage,
    worker: Worker<F>,
}

impl<F> Deref for Play<F> {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

impl<F: Feature> Play<F> {
    /// The feature on a new stage, at [`MORNING`].
    pub async fn new() -> Self {
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        let world = Self::world(stage.store(), &stage);
        Self::on(stage, world, TOKEN)
    }

    /// The feature on a new stage, whose worker has this token.
    pub async fn with_token(token: &str) -> Self {
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        let world = Self::world(stage.store(), &stage);
        Self::on(stage, world, token)
    }

    /// The feature on a new stage, with somebody who looks over its shoulder.
    pub async fn observed_by(observer: Arc<dyn Observer>) -> Self {
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        let world = World { observer: Some(observer), ..Self::world(stage.store(), &stage) };
        Self::on(stage, world, TOKEN)
    }

    /// The feature on a new stage, whose worker has somebody who opens foreign pages.
    pub async fn with_outside(outside: Arc<dyn Outside>) -> Self {
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        let world = World { outside: Some(outside), ..Self::world(stage.store(), &stage) };
        Self::on(stage, world, TOKEN)
    }

    /// The feature on a new stage, whose worker reads its token from this parameter.
    pub async fn reading_token(parameter: &str) -> Self {
        let Self { metrics, stage, worker } = Self::with_token("").await;
        let worker = worker.reading_token(&stage.aws.config(), parameter);
        Self { metrics, stage, worker }
    }

    /// The feature on a new stage, whose tables misbehave when told to.
    pub async fn with_faults() -> (Self, Faults) {
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        let faults = Faults::before(stage.aws.url()).await;
        let world = Self::world(Store::new(aws::client(faults.url()), PREFIX), &stage);
        (Self::on(stage, world, TOKEN), faults)
    }

    /// The feature on a new stage for a crowd, whose tables misbehave when told to. One machine plays
    /// all the functions that would run side by side, so nothing is given up because it is slow.
    pub async fn for_a_crowd() -> (Self, Faults) {
        let long = Duration::from_mins(2);
        let stage = Stage::new(Clock::still(MORNING), &[F::NAME]).await;
        stage.sim.set_patience(long);
        let faults = Faults::before(stage.aws.url()).await;
        let store = Store::new(aws::client(faults.url()), PREFIX);
        let store = store.with_patience(Patience { attempt: long, total: long });
        let world = World { answer_within: long, ..Self::world(store, &stage) };
        (Self::on(stage, world, TOKEN), faults)
    }

    /// The edges that all have in common.
    fn world(store: Store, stage: &Stage) -> World {
        World { seeds: Seeds::counted(), metrics: Metrics::kept(), ..World::new(store, stage.clock.clone()) }
    }

    fn on(stage: Stage, world: World, token: &str) -> Self {
        stage.register(&F::commands());
        let key = PublicKey::from_hex(&stage.public_key_hex()).expect("the simulated Discord has a good key");
        let identity = Identity { application: stage.application, key };
        let metrics = world.metrics.clone();
        let route = Arc::new(Route::new(Some(identity), vec![Mounted::of::<F>()], world.clone()));
        let answer = move |request| {
            let route = Arc::clone(&route);
            async move { app::serve(&route, request).await }
        };
        stage.sim.set_endpoint(stage.application, Endpoint::local(answer));
        let rest = Rest::new(RestConfig {
            base: stage.discord_api().into(),
            application: stage.application,
            token: BotToken::new(token),
            budget: budget::local(),
        });
        Self { metrics, worker: Worker::new(world, rest).without_naps(), stage }
    }

    /// The worker itself.
    pub fn worker(&self) -> &Worker<F> {
        &self.worker
    }

    /// The worker does what the stream brings now, and what that brings in turn: one job after the other, so
    /// that a transcript has one order.
    ///
    /// # Panics
    /// When there is no end to it.
    pub async fn work(&self) {
        self.work_in_batches_of(1).await;
    }

    /// The same with all jobs of one moment in one batch, as AWS brings them.
    ///
    /// # Panics
    /// When there is no end to it.
    pub async fn work_at_once(&self) {
        self.work_in_batches_of(usize::MAX).await;
    }

    async fn work_in_batches_of(&self, size: usize) {
        for _ in 0..100 {
            let bells = self.aws.bells(PREFIX, F::NAME).await;
            if bells.is_empty() {
                return;
            }
            for batch in bells.chunks(size) {
                // Longer than any test: what is left to do is not cut short.
                self.worker.work(&stream_batch(batch), Duration::from_mins(15)).await;
            }
        }
        panic!("a job rings again and again: {:?}", self.jobs(F::NAME).await);
    }

    /// Time passes, from one due job to the next, and the worker does each when its time has come.
    ///
    /// # Panics
    /// When there is no end to it.
    pub async fn wait(&self, time: Duration) {
        let until =
            self.clock.now().0 + i64::try_from(time.as_millis()).expect("a test waits for days at most");
        for _ in 0..1_000 {
            self.work().await;
            let jobs = self.jobs(F::NAME).await;
            let due = jobs.iter().filter_map(wake_at).min().filter(|due| *due <= until);
            self.clock.advance_to(Timestamp(due.unwrap_or(until)));
            if due.is_none() {
                return;
            }
            self.worker.tick_now().await;
        }
        panic!("there is always something due: {:?}", self.jobs(F::NAME).await);
    }
}

fn wake_at(job: &Item) -> Option<i64> {
    job.get("wake_at")?.as_n().ok()?.parse().ok()
}
