//! An intake on a table in memory, and one whose table cannot be reached, for hostile input.
//!
//! Run it with `cargo xtask fuzz`, or with `cargo fuzz run serve_any` where cargo-fuzz is installed.

use std::sync::LazyLock;
use std::time::Duration;

use app::{Clock, Identity, Route, Timestamp, World};
use bytes::Bytes;
use directory::{ChannelKey, Guild, RoleKey};
use discord::signature::PublicKey;
use discord::{ApplicationId, ChannelId, GuildId, RoleId};
use http::{Request, Response};
use store::{Patience, Store};
use tests::signing::Signer;
use tokio::runtime::Runtime;

/// The moment it always is: 24 November 2026, in Unix seconds. Fixed, so that what was found once is
/// found again.
pub const NOW_SECS: i64 = 1_795_532_400;

/// The application that is addressed; seeds name it.
pub const APPLICATION: ApplicationId = ApplicationId(1);

/// The key that the intake trusts.
pub static SIGNER: LazyLock<Signer> = LazyLock::new(|| Signer::from_seed(1));

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started")
});

static OPEN: LazyLock<Route> = LazyLock::new(|| {
    let features: Vec<&str> = all::features().iter().map(|feature| feature.name).collect();
    let aws = RUNTIME.block_on(tests::aws::Aws::with_tables("fuzz", &features));
    let store = aws.store("fuzz");
    // A server that has set everything up, whose learners hold the role of the seeds.
    let settings = Guild::default().role(RoleKey::Learner, RoleId(5)).channel(ChannelKey::Hub, ChannelId(6));
    let guild = directory::put_guild(GuildId(900_000_000_000_000_001), &settings);
    RUNTIME.block_on(store.commit(vec![guild])).expect("the tables are there");
    // The endpoint lives as long as the process.
    std::mem::forget(aws);
    route(store)
});

static CLOSED: LazyLock<Route> = LazyLock::new(|| {
    // Port 9 of this machine: nobody listens there, and the refusal comes at once.
    let store = Store::new(tests::aws::client("http://127.0.0.1:9"), "fuzz");
    route(store.with_patience(Patience { attempt: Duration::from_millis(20), total: Duration::ZERO }))
});

fn route(store: Store) -> Route {
    let key = PublicKey::from_hex(&SIGNER.public_key_hex()).expect("a signer has a good key");
    let identity = Identity { application: APPLICATION, key };
    let world = World::new(store, Clock::still(Timestamp(NOW_SECS * 1000)));
    Route::new(Some(identity), all::features(), world)
}

/// What the intake answers when its table works.
pub fn answer(request: Request<Bytes>) -> Response<Bytes> {
    RUNTIME.block_on(app::serve(&OPEN, request))
}

/// What the intake answers when its table cannot be reached.
pub fn answer_without_table(request: Request<Bytes>) -> Response<Bytes> {
    RUNTIME.block_on(app::serve(&CLOSED, request))
}
