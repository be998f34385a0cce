//! What all workers of one bot share: 50 requests a second, and how often Discord said no.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Time between two calls: 48 a second, two below Discord's 50.
///
/// Source: <https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>
pub const SLOT: Duration = Duration::from_nanos(1_000_000_000 / 48);

/// Most slots of one reservation.
pub const SLOTS_MAX: u32 = 12;

/// Refused calls (401, 403, 404, own 429) in [`INVALID_WINDOW`] after which nothing more is sent.
///
/// Discord bans the address at 10 000.
/// Source: <https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
pub const INVALID_MAX: u32 = 1_000;

/// Time over which refused calls are counted.
pub const INVALID_WINDOW: Duration = Duration::from_mins(10);

/// A future in a box, so that [`Budget`] can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The budget cannot be read or written: nothing may be sent.
#[derive(Debug, thiserror::Error)]
#[error("the rate budget cannot be reached")]
pub struct BudgetError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A bucket of Discord's, with the channel, guild or application it counts for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BucketKey {
    /// What Discord calls it in `X-RateLimit-Bucket`.
    pub bucket: Arc<str>,
    /// The id at the top of the address.
    pub major: u64,
}

impl fmt::Display for BucketKey {
    /// `<bucket>#<major id>`, as in the key of the traffic table.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.bucket, self.major)
    }
}

/// Slots of ours, and what others found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reservation {
    /// From now to the first slot; the others follow, one [`SLOT`] after the other.
    pub first_in: Duration,
    /// From now until the bucket of each asked call is filled again, in the order asked; zero when
    /// nobody found it empty.
    pub empty_for: Vec<Duration>,
    /// Refused calls of all workers in the last [`INVALID_WINDOW`].
    pub invalid: u32,
}

/// The limits that all workers of one bot share.
///
/// Times are durations from now: whoever implements it owns the clock.
pub trait Budget: Send + Sync + fmt::Debug {
    /// Reserves one slot for each of at most [`SLOTS_MAX`] calls; the bucket is told where it is known.
    fn reserve<'a>(
        &'a self,
        calls: &'a [Option<BucketKey>],
    ) -> BoxFuture<'a, Result<Reservation, BudgetError>>;

    /// Notes that a bucket is empty for this long.
    fn bucket_empty<'a>(
        &'a self,
        bucket: &'a BucketKey,
        empty_for: Duration,
    ) -> BoxFuture<'a, Result<(), BudgetError>>;

    /// Notes that Discord takes no call at all from this bot for this long.
    fn all_empty(&self, empty_for: Duration) -> BoxFuture<'_, Result<(), BudgetError>>;

    /// Counts a refused call; gives how many there were in the last [`INVALID_WINDOW`].
    fn invalid(&self) -> BoxFuture<'_, Result<u32, BudgetError>>;
}

/// A budget that is shared by nobody else: one process, as on a laptop, in tests and on the command line.
pub fn local() -> Arc<dyn Budget> {
    Arc::new(Local::default())
}

#[derive(Debug, Default)]
struct Local {
    state: Mutex<LocalState>,
}

#[derive(Debug, Default)]
struct LocalState {
    next_slot: Option<Instant>,
    empty: HashMap<BucketKey, Instant>,
    invalid: VecDeque<Instant>,
}

impl Local {
    fn lock(&self) -> MutexGuard<'_, LocalState> {
        // A panic elsewhere leaves numbers, and any numbers will do.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LocalState {
    fn invalid_count(&mut self, now: Instant) -> u32 {
        while self.invalid.front().is_some_and(|first| now.duration_since(*first) >= INVALID_WINDOW) {
            self.invalid.pop_front();
        }
        u32::try_from(self.invalid.len()).unwrap_or(u32::MAX)
    }
}

impl Budget for Local {
    fn reserve<'a>(
        &'a self,
        calls: &'a [Option<BucketKey>],
    ) -> BoxFuture<'a, Result<Reservation, BudgetError>> {
        let now = Instant::now();
        let mut state = self.lock();
        let first = state.next_slot.map_or(now, |slot| slot.max(now));
        let slots = u32::try_from(calls.len()).unwrap_or(SLOTS_MAX);
        state.next_slot = Some(first + SLOT * slots);
        state.empty.retain(|_, until| *until > now);
        let empty_for = calls
            .iter()
            .map(|bucket| bucket.as_ref().and_then(|bucket| state.empty.get(bucket)))
            .map(|until| until.map_or(Duration::ZERO, |until| *until - now))
            .collect();
        let reservation = Reservation { first_in: first - now, empty_for, invalid: state.invalid_count(now) };
        Box::pin(std::future::ready(Ok(reservation)))
    }

    fn bucket_empty<'a>(
        &'a self,
        bucket: &'a BucketKey,
        empty_for: Duration,
    ) -> BoxFuture<'a, Result<(), BudgetError>> {
        self.lock().empty.insert(bucket.clone(), Instant::now() + empty_for);
        Box::pin(std::future::ready(Ok(())))
    }

    fn all_empty(&self, empty_for: Duration) -> BoxFuture<'_, Result<(), BudgetError>> {
        let until = Instant::now() + empty_for;
        let mut state = self.lock();
        state.next_slot = Some(state.next_slot.map_or(until, |slot| slot.max(until)));
        Box::pin(std::future::ready(Ok(())))
    }

    fn invalid(&self) -> BoxFuture<'_, Result<u32, BudgetError>> {
        let now = Instant::now();
        let mut state = self.lock();
        state.invalid.push_back(now);
        let count = state.invalid_count(now);
        Box::pin(std::future::ready(Ok(count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn refused_calls_are_forgotten_after_their_window() {
        let budget = local();
        assert_eq!(budget.invalid().await.unwrap(), 1);
        tokio::time::sleep(INVALID_WINDOW / 2).await;
        assert_eq!(budget.invalid().await.unwrap(), 2);
        tokio::time::sleep(INVALID_WINDOW / 2).await;
        assert_eq!(budget.reserve(&[None]).await.unwrap().invalid, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn an_empty_bucket_is_known_until_it_is_filled_again() {
        let budget = local();
        let here = BucketKey { bucket: "abc".into(), major: 7 };
        let there = BucketKey { major: 8, ..here.clone() };
        budget.bucket_empty(&here, Duration::from_secs(2)).await.unwrap();
        let calls = [Some(there), None, Some(here)];
        let zero = Duration::ZERO;
        let empty_for = budget.reserve(&calls).await.unwrap().empty_for;
        assert_eq!(empty_for, [zero, zero, Duration::from_secs(2)]);
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(budget.reserve(&calls).await.unwrap().empty_for, [zero; 3]);
        assert_eq!(calls[2].as_ref().unwrap().to_string(), "abc#7");
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_gets_a_slot_while_the_bot_has_to_wait() {
        let budget = local();
        budget.all_empty(Duration::from_secs(3)).await.unwrap();
        budget.all_empty(Duration::from_secs(1)).await.unwrap();
        assert_eq!(budget.reserve(&[None]).await.unwrap().first_in, Duration::from_secs(3));
    }
}
