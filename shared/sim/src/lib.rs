//! A Discord with people in it, for tests and the laptop.
//!
//! It keeps servers, people, channels and messages ([`state`]), answers REST calls as Discord documents
//! them ([`Sim::router`], [`Sim::serve_on`]), and lets people type, press and fill in forms: each act
//! is delivered, signed, to the application's endpoint, and the answer is applied ([`people`]).
//! It judges what it is sent: [`Sim::assert_clean`] ends a test that did something Discord refuses.
//!
//! | to | open |
//! |---|---|
//! | build a server | [`build`] |
//! | act as somebody, by labels | [`people::Person`] |
//! | act as somebody, as a page does | [`people`] |
//! | read what happened | [`transcript`], [`record`] |
//! | break things | [`faults`] |
//!
//! It does not know Passerelle: everything it does, any other application would see too.

pub mod build;
pub mod faults;
pub mod page;
pub mod people;
pub mod record;
pub mod state;
pub mod transcript;
pub mod view;

mod act;
mod markup;
mod rest;
mod spec;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use discord::{ApplicationId, UserId};
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::broadcast;

pub use act::Change;
pub use build::{NewApplication, NewChannel, NewGuild, NewRole};
pub use faults::{Fault, Faults, Scope, When};
pub use people::{Failure, Filled, Person, Seen, Suggestion, Typed, TypedValue, Upload};
pub use record::{Delivery, RestCall};
pub use rest::ApiError;
pub use spec::OpenApiError;
pub use state::World;
pub use transcript::Transcript;

use act::Act;
use record::Log;
use spec::Spec;

/// How a simulated Discord is made.
#[derive(Clone)]
pub struct Options {
    /// The clock, in Unix milliseconds. Ids, timestamps, signatures and token lives follow it.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Discord's OpenAPI file; with it every request and answer is validated.
    pub openapi: Option<PathBuf>,
}

/// Where an application receives interactions.
#[derive(Clone)]
pub enum Endpoint {
    /// An address that is called over HTTP.
    Http(String),
    /// A function of this process.
    Local(Arc<dyn Fn(http::Request<Bytes>) -> BoxFuture<'static, http::Response<Bytes>> + Send + Sync>),
}

impl Endpoint {
    /// An endpoint in this process.
    pub fn local<F, R>(answer: F) -> Self
    where
        F: Fn(http::Request<Bytes>) -> R + Send + Sync + 'static,
        R: Future<Output = http::Response<Bytes>> + Send + 'static,
    {
        Self::Local(Arc::new(move |request| Box::pin(answer(request))))
    }
}

/// A simulated Discord. Clones are the same one.
#[derive(Clone)]
pub struct Sim(Arc<Inner>);

struct Inner {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    spec: Option<Arc<Spec>>,
    world: Mutex<World>,
    endpoints: Mutex<BTreeMap<ApplicationId, Endpoint>>,
    transcript: Mutex<Transcript>,
    log: Mutex<Log>,
    faults: Faults,
    limits: Mutex<rest::Limits>,
    address: Mutex<String>,
    patience: Mutex<Duration>,
    changes: broadcast::Sender<Change>,
    client: reqwest::Client,
}

/// How many changes a slow reader may lag behind before it must read everything again.
const CHANGES_KEPT: usize = 1024;

impl Sim {
    /// An empty Discord.
    ///
    /// # Panics
    /// When the OpenAPI file cannot be read: a test that asked for validation must not run without.
    pub fn new(options: Options) -> Self {
        Self::open(options).unwrap_or_else(|error| panic!("{error}: {error:?}"))
    }

    /// An empty Discord, for a program that says what is wrong with the OpenAPI file.
    ///
    /// # Errors
    /// When that file cannot be read or is another one.
    pub fn open(options: Options) -> Result<Self, OpenApiError> {
        // reqwest is built without a provider of its own; whoever came first in this process has chosen.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client =
            reqwest::Client::builder().no_proxy().build().expect("a client without options can be built");
        let spec = options.openapi.map(|path| Spec::shared(&path)).transpose()?;
        Ok(Self(Arc::new(Inner {
            now: options.now,
            spec,
            world: Mutex::default(),
            endpoints: Mutex::default(),
            transcript: Mutex::default(),
            log: Mutex::default(),
            faults: Faults::default(),
            limits: Mutex::default(),
            address: Mutex::new("http://cdn.discord.invalid".to_owned()),
            patience: Mutex::new(people::FIRST_ANSWER),
            changes: broadcast::channel(CHANGES_KEPT).0,
            client,
        })))
    }

    /// Now, in Unix milliseconds.
    pub fn now_ms(&self) -> i64 {
        (self.0.now)()
    }

    /// Reads the state. `look` must not act on this Discord: it is locked meanwhile.
    pub fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world())
    }

    /// What happens from now on, for a page that shows it.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// Orders things to go wrong.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// What happened so far, as people would tell it.
    pub fn transcript(&self) -> String {
        lock(&self.0.transcript).text()
    }

    /// What happened since the last call of this, as people would tell it.
    pub fn take_transcript(&self) -> String {
        lock(&self.0.transcript).take()
    }

    /// Everything that Discord would not have accepted so far, and everything that was wrong with this
    /// Discord's own answers.
    pub fn violations(&self) -> Vec<String> {
        lock(&self.0.log).violations.clone()
    }

    /// Ends a test in which anything was sent that Discord refuses.
    ///
    /// # Panics
    /// With every violation, when there is one.
    pub fn assert_clean(&self) {
        let violations = self.violations();
        assert!(violations.is_empty(), "Discord would have refused:\n{}", violations.join("\n"));
    }

    /// Deliveries to applications, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        lock(&self.0.log).deliveries.iter().cloned().collect()
    }

    /// Calls of REST routes, oldest first.
    pub fn rest_log(&self) -> Vec<RestCall> {
        lock(&self.0.log).calls.iter().cloned().collect()
    }

    /// Everything but endpoints, logs and orders for faults, to be kept.
    ///
    /// # Panics
    /// Never: the state is plain data.
    pub fn save(&self) -> Value {
        serde_json::to_value(&*self.world()).expect("the state is plain data")
    }

    /// Puts back what [`Sim::save`] gave. Endpoints stay as they are.
    ///
    /// # Errors
    /// When it is not a saved state.
    pub fn load(&self, saved: Value) -> Result<(), serde_json::Error> {
        let world = serde_json::from_value(saved)?;
        *self.world() = world;
        let _ = self.0.changes.send(Change::Reloaded);
        Ok(())
    }

    /// The public address files are fetched from, such as `http://127.0.0.1:8787`.
    pub fn set_address(&self, address: impl Into<String>) {
        *lock(&self.0.address) = address.into();
    }

    /// How long first answers are waited for, instead of Discord's three seconds: for tests in which many act
    /// at once in an unoptimised build, and which are about what happens, not about how fast.
    pub fn set_patience(&self, patience: Duration) {
        *lock(&self.0.patience) = patience;
    }

    /// The public key of an application, in hexadecimal as the developer portal shows it.
    pub fn public_key_hex(&self, application: ApplicationId) -> Option<String> {
        self.look(|world| world.applications.get(&application).map(state::Application::public_key_hex))
    }

    /// The bytes and media type of a file that was sent.
    pub fn file(&self, attachment: u64) -> Option<Bytes> {
        use base64::Engine as _;
        let text = self.look(|world| world.files.get(&attachment).cloned())?;
        base64::engine::general_purpose::STANDARD.decode(text).ok().map(Bytes::from)
    }

    /// The person with this user name, to act as them in tests.
    ///
    /// # Panics
    /// When there is nobody of that name.
    pub fn person(&self, username: &str) -> Person {
        let user = self.look(|world| world.user_named(username).map(|user| user.id));
        Person::new(self.clone(), user.unwrap_or_else(|| panic!("nobody is called {username}")))
    }

    /// The id of the person with this user name.
    pub fn user(&self, username: &str) -> Option<UserId> {
        self.look(|world| world.user_named(username).map(|user| user.id))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.0.world)
    }

    /// Changes the state; what changed is told to the transcript and to subscribers.
    fn act<T>(&self, change: impl FnOnce(&mut Act<'_>) -> T) -> T {
        let address = lock(&self.0.address).clone();
        let mut world = self.world();
        let mut act = Act::new(&mut world, self.now_ms(), &address);
        let result = change(&mut act);
        let changes = std::mem::take(&mut act.changes);
        let mut transcript = lock(&self.0.transcript);
        for change in &changes {
            transcript.observe(&world, change);
        }
        drop((transcript, world));
        for change in changes {
            let _ = self.0.changes.send(change);
        }
        result
    }

    fn violation(&self, text: impl Into<String>) {
        let text = text.into();
        tracing::warn!(violation = %text, "Discord would not accept this");
        lock(&self.0.log).violations.push(text);
    }
}

/// A panic elsewhere does not spoil what the next test line wants to look at.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
