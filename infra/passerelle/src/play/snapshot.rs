//! The folder that keeps everything between runs.
//!
//! | file | what it holds |
//! |---|---|
//! | `tables.sqlite` | the tables |
//! | `discord.json` | the simulated Discord, and what time it was |
//! | `first.json` | the simulated Discord as it was at first, for « Repartir de zéro » |
//! | `keys.json` | the application's key and token: they stand for KMS and the parameter store |
//! | `running` | the address of the run that holds the folder; locked meanwhile, so that it is one run at a time |

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sim::{Change, Sim};
use tokio::sync::broadcast::error::RecvError;

use super::PlayError;

/// Changes within this time are written together.
const PAUSE: Duration = Duration::from_millis(500);

const DATABASE: &str = "tables.sqlite";
const DISCORD: &str = "discord.json";
const FIRST: &str = "first.json";
const KEYS: &str = "keys.json";
const RUNNING: &str = "running";

/// The folder, held by this run until the process ends.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// Locked. The lock goes with the process, however it ends.
    running: Arc<File>,
}

/// The simulated Discord, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    /// What time it was there, in Unix milliseconds.
    pub(super) now: i64,
    /// Its state.
    pub(super) discord: Value,
}

/// What makes this machine's application its own.
#[derive(Serialize, Deserialize)]
pub(super) struct Keys {
    /// Seed of the key that interactions are signed with.
    pub(super) seed: String,
    /// The bot's token.
    pub(super) token: String,
}

impl Folder {
    /// Makes the folder, and holds it for this run alone. Nothing of it is read or changed yet.
    pub(super) fn hold(path: &Path) -> Result<Self, PlayError> {
        let trouble = |path: PathBuf, source| PlayError::Folder { path, source };
        std::fs::create_dir_all(path).map_err(|source| trouble(path.to_owned(), source))?;
        let lock = path.join(RUNNING);
        let running = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock)
            .map_err(|source| trouble(lock.clone(), source))?;
        match running.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let address = std::fs::read_to_string(&lock).unwrap_or_default();
                let address = if address.is_empty() { address } else { format!(" ({})", address.trim()) };
                return Err(PlayError::InUse { path: path.to_owned(), address });
            }
            // Some network folders know no locks: better a run without than no run.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(source)) => return Err(trouble(lock, source)),
        }
        running.set_len(0).map_err(|source| trouble(lock, source))?;
        Ok(Self { path: path.to_owned(), running: Arc::new(running) })
    }

    /// Says where this run is, and empties the folder if told to begin again.
    pub(super) fn open(&self, fresh: bool, address: &str) -> Result<(), PlayError> {
        (&*self.running).write_all(address.as_bytes()).map_err(|source| self.trouble(RUNNING, source))?;
        if fresh {
            for name in [DATABASE, "tables.sqlite-wal", "tables.sqlite-shm", DISCORD, FIRST, KEYS] {
                match std::fs::remove_file(self.path.join(name)) {
                    Err(source) if source.kind() != ErrorKind::NotFound => {
                        return Err(self.trouble(name, source));
                    }
                    _ => {}
                }
            }
        }
        // Nothing in it belongs into a repository, wherever the folder was put.
        self.write(".gitignore", b"*\n")
    }

    /// The file of the tables.
    pub(super) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// What was kept, if anything was.
    pub(super) fn load(&self) -> Result<Option<Kept>, PlayError> {
        self.read(DISCORD)
    }

    /// The keys; new ones at first.
    pub(super) fn keys(&self) -> Result<Keys, PlayError> {
        if let Some(keys) = self.read(KEYS)? {
            return Ok(keys);
        }
        let mut random = [0; 48];
        getrandom::fill(&mut random).expect("this machine has randomness");
        let keys = Keys { seed: hex::encode(&random[..24]), token: hex::encode(&random[24..]) };
        self.write(KEYS, serde_json::to_string(&keys).expect("keys are text").as_bytes())?;
        Ok(keys)
    }

    /// Keeps the simulated Discord as it is.
    pub(super) fn save(&self, sim: &Sim) -> Result<(), PlayError> {
        let kept = Kept { now: sim.now_ms(), discord: sim.save() };
        self.write(DISCORD, &serde_json::to_vec(&kept).expect("the state is plain data"))
    }

    /// Keeps the simulated Discord as what to begin again with, unless that was done before.
    pub(super) fn keep_first(&self, sim: &Sim) -> Result<(), PlayError> {
        if self.path.join(FIRST).exists() {
            return Ok(());
        }
        self.write(FIRST, &serde_json::to_vec(&sim.save()).expect("the state is plain data"))
    }

    /// What to begin again with.
    pub(super) fn first(&self) -> Result<Value, PlayError> {
        self.read(FIRST)?.ok_or_else(|| PlayError::Unreadable(self.path.join(FIRST)))
    }

    fn read<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<T>, PlayError> {
        match std::fs::read(self.path.join(name)) {
            Ok(bytes) => {
                let read = serde_json::from_slice(&bytes);
                read.map(Some).map_err(|_| PlayError::Unreadable(self.path.join(name)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(self.trouble(name, source)),
        }
    }

    /// Writes beside, then moves: a run that is killed leaves the old file or the new one.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), PlayError> {
        let beside = self.path.join(format!("{name}.new"));
        let write = || {
            let mut file = std::fs::OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&beside)?;
            file.write_all(bytes)?;
            std::fs::rename(&beside, self.path.join(name))
        };
        write().map_err(|source| self.trouble(name, source))
    }

    fn trouble(&self, name: &str, source: std::io::Error) -> PlayError {
        PlayError::Folder { path: self.path.join(name), source }
    }
}

/// Keeps the simulated Discord whenever it changed.
pub(super) async fn keep(folder: Folder, sim: Sim) {
    let mut changes = sim.subscribe();
    loop {
        match changes.recv().await {
            Ok(Change::Delivery { .. } | Change::Rest { .. }) => continue,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        tokio::time::sleep(PAUSE).await;
        changes = changes.resubscribe();
        if let Err(error) = folder.save(&sim) {
            tracing::error!(%error, "what happened cannot be kept");
        }
    }
}
