//! `play`: everything on this machine, kept in one folder between runs.
//!
//! The same functions as on AWS stand between a simulated Discord and an embedded DynamoDB. What a
//! person does on the page is delivered, signed, to [`app::serve`]; the jobs table's stream wakes the
//! workers, who call the simulated Discord over HTTP. Only Discord and the clock are simulated.

mod aws;
mod behind;
mod first;
mod snapshot;
mod world;

use std::io::{ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use app::{Clock, Identity, Route, Timestamp, TrafficBudget, World};
use discord::ApplicationId;
use discord::rest::{BotToken, Rest, RestConfig};
use discord::signature::PublicKey;
use sim::page::{self, NothingBehind, PageState};
use sim::{Endpoint, Options, Sim};
use tokio::net::TcpListener;

use crate::{Outcome, features};
use behind::Machine;
use snapshot::Folder;

/// What `play` takes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// Port of the page on this machine.
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Folder that keeps everything between runs.
    #[arg(long, default_value = ".passerelle")]
    data: PathBuf,
    /// Forgets what was kept, and begins again.
    #[arg(long)]
    fresh: bool,
    /// Begins with an empty server, as Discord makes it.
    #[arg(long)]
    bare: bool,
    /// Serves the simulated Discord alone, as a stand-in for any client at /api/v10.
    #[arg(long)]
    only_discord: bool,
}

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
enum PlayError {
    /// Something else listens there.
    #[error(
        "port {0} is taken by another program. Choose another with --port; a second Passerelle also needs a \
         folder of its own, with --data"
    )]
    Taken(u16),
    /// Another run holds the folder.
    #[error(
        "`{}` is used by a running Passerelle{address}. Open that, or choose another folder with --data and \
         another --port.",
        path.display()
    )]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Where the other run is, between brackets; empty while it starts.
        address: String,
    },
    /// Discord's OpenAPI file.
    #[error("DISCORD_OPENAPI is of no use. Correct it, or leave it empty: it is for checking what is sent")]
    OpenApi(#[source] sim::OpenApiError),
    /// Files.
    #[error("{path} cannot be used")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What was kept cannot be read.
    #[error("{0} was written by another version: start once with --fresh")]
    Unreadable(PathBuf),
    /// The embedded database.
    #[error("the embedded database does not start: {0}")]
    Database(String),
    /// The declared commands.
    #[error("the simulated Discord refuses the declared commands: {0}")]
    Commands(String),
}

/// First part of the names of this machine's tables.
const PREFIX: &str = "play";

/// How often workers look for what has become due. On AWS it is once a minute.
const TICK: Duration = Duration::from_secs(2);

/// Runs until Ctrl-C.
pub(crate) async fn play(args: Args) -> Outcome {
    quiet_log();
    app::aws::choose_tls();
    // Whoever cannot have the folder and the port leaves the folder as it is.
    let folder = Folder::hold(&args.data)?;
    let listener = bind(args.port).await?;
    let address = format!("http://{}", listener.local_addr()?);
    folder.open(args.fresh, &address)?;
    let kept = folder.load()?;
    let clock = match &kept {
        // Time that was passed by is not given back: what was due then stays done.
        Some(kept) => moved_to(Timestamp(kept.now)),
        None if args.bare || args.only_discord => Clock::system(),
        None => Clock::behind(first::AGO_MS),
    };
    let now = clock.clone();
    let openapi = app::environment("DISCORD_OPENAPI").map(PathBuf::from);
    let sim =
        Sim::open(Options { now: Arc::new(move || now.now().0), openapi }).map_err(PlayError::OpenApi)?;
    sim.set_address(&address);
    let keys = folder.keys()?;
    match kept {
        Some(kept) => sim.load(kept.discord).map_err(|_| PlayError::Unreadable(args.data.clone()))?,
        None => world::build(&sim, &keys, args.bare),
    }
    let application = world::application(&sim, &keys);
    folder.keep_first(&sim)?;

    let saver = tokio::spawn(snapshot::keep(folder.clone(), sim.clone()));
    if args.only_discord {
        let state = PageState::new(sim.clone(), Arc::new(NothingBehind));
        tokio::spawn(serve(listener, sim.router().merge(page::router(state))));
    } else {
        let machine = start(&args, &folder, &sim, &clock, application, &keys, &address).await?;
        let state = PageState::new(sim.clone(), machine.clone());
        tokio::spawn(serve(listener, sim.router().merge(page::router(state))));
        tokio::spawn(machine.clone().pump());
        tokio::spawn(machine.clone().ticks(TICK));
        machine.first_days();
    }
    // Whoever reads the address may end this run at once: it can be told before it says so.
    let ended = asked_to_end()?;
    writeln!(std::io::stdout(), "Passerelle: {address}")?;

    ended.await;
    saver.abort();
    folder.save(&sim)?;
    Ok(())
}

/// The machine's time, or later.
fn moved_to(then: Timestamp) -> Clock {
    let clock = Clock::system();
    clock.advance_to(then);
    clock
}

/// Starts tables, route and workers.
async fn start(
    args: &Args,
    folder: &Folder,
    sim: &Sim,
    clock: &Clock,
    application: ApplicationId,
    keys: &snapshot::Keys,
    address: &str,
) -> Result<Arc<Machine>, Box<dyn std::error::Error>> {
    let database = aws::Database::open(&folder.database()).await?;
    let store = store::Store::new(database.client(), PREFIX);
    let seen = Arc::new(behind::Seen::new(clock.clone()));
    let world = World { observer: Some(seen.clone()), ..World::new(store.clone(), clock.clone()) };
    let rest = Rest::new(RestConfig {
        base: format!("{address}/api/v10"),
        application,
        token: BotToken::new(&keys.token),
        budget: Arc::new(TrafficBudget::new(store.clone(), application, clock.clone())),
    });
    let machine = Arc::new(Machine {
        sim: sim.clone(),
        application,
        clock: clock.clone(),
        store: store.clone(),
        database,
        seen,
        workers: features::workers(&world, &rest),
        folder: folder.clone(),
        bare: args.bare,
        arriving: std::sync::Mutex::default(),
        in_hand: behind::InHand::new(store.clone(), clock.clone(), features::names()),
        busy: tokio::sync::RwLock::new(()),
        age: std::sync::atomic::AtomicU32::new(0),
    });
    machine.tables().await?;

    let key = sim.public_key_hex(application).unwrap_or_default();
    let key = PublicKey::from_hex(&key).map_err(|_| PlayError::Unreadable(args.data.clone()))?;
    let route = Arc::new(Route::new(Some(Identity { application, key }), all::features(), world));
    let ringing = Arc::downgrade(&machine);
    sim.set_endpoint(
        application,
        Endpoint::local(move |request| {
            let (route, ringing) = (route.clone(), ringing.clone());
            async move {
                let response = app::serve(&route, request).await;
                if let Some(machine) = ringing.upgrade() {
                    machine.in_hand.ring();
                }
                response
            }
        }),
    );
    machine.register().await?;
    Ok(machine)
}

async fn bind(port: u16) -> Result<TcpListener, Box<dyn std::error::Error>> {
    match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(PlayError::Taken(port).into()),
        Err(error) => Err(error.into()),
    }
}

async fn serve(listener: TcpListener, router: axum::Router) {
    if let Err(error) = axum::serve(listener, page::local_only(router)).await {
        tracing::error!(%error, "the page is no longer served");
    }
}

/// Ctrl-C, or the end of the session.
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Warnings and errors to standard error; the page shows the rest.
fn quiet_log() {
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;

    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    // A condition that does not hold is an everyday answer to us; the embedded database warns of each.
    let wanted = Targets::new().with_default(LevelFilter::WARN).with_target("dynoxide", LevelFilter::ERROR);
    let _ = tracing_subscriber::registry().with(lines).with(wanted).try_init();
}
