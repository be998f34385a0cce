//! Moving the clock while workers work.
//!
//! A lease is a minute of the clock. Moved in the middle of a job, the clock would end its lease, and
//! another worker would begin what the first has not finished. So a leap waits for what is in hand.

use std::future::Future;
use std::sync::Arc;

use app::{Clock, Timestamp};
use tokio::sync::RwLock;

/// The clock, and who works by it.
#[derive(Clone)]
pub(super) struct Leap {
    clock: Clock,
    /// Held by each piece of work; taken whole for a leap.
    working: Arc<RwLock<()>>,
}

impl Leap {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, working: Arc::default() }
    }

    /// Works by a clock that makes no leap meanwhile.
    pub(super) async fn still<T>(self, work: impl Future<Output = T>) -> T {
        let _working = self.working.read_owned().await;
        work.await
    }

    /// Moves the clock forward, between two pieces of work.
    pub(super) async fn to(&self, then: Timestamp) {
        let _alone = self.working.write().await;
        self.clock.advance_to(then);
    }
}
