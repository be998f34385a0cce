//! A clean end.

use std::future::Future;

use tokio::signal::unix::{SignalKind, signal};

/// Runs until it ends, or until Lambda says so with `SIGTERM`: then the process ends cleanly, at once.
/// What was in hand is not lost: an interaction is answered within its own time, a job keeps its lease.
///
/// # Errors
/// Those of what runs.
pub async fn until_terminated<E: From<std::io::Error>>(
    run: impl Future<Output = Result<(), E>>,
) -> Result<(), E> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = run => ended,
        _ = terminated.recv() => Ok(()),
    }
}
