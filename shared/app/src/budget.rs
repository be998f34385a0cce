//! The rate budget that all workers of one application share, in the traffic table.
//!
//! A worker reserves as many slots of 1/48 s as it has calls ready, by moving `next_slot` forward on
//! condition of its old value, and sends each call in its slot. Buckets are learnt in memory; only one
//! that was found empty is written, and read with each reservation.

use std::fmt;
use std::time::Duration;

use discord::ApplicationId;
use discord::rest::{BoxFuture, BucketKey, Budget, BudgetError, INVALID_WINDOW, Reservation, SLOT};
use serde::{Deserialize, Serialize};
use store::{CommitError, Condition, Key, Store, StoreError, Table, Update, Write};

use crate::clock::{Clock, Timestamp};

/// How often a reservation is tried when other workers are faster.
const TRIES: u32 = 20;

/// The shared budget of one application.
pub struct TrafficBudget {
    store: Store,
    application: ApplicationId,
    clock: Clock,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Global {
    /// Unix milliseconds of the first free slot.
    next_slot: i64,
    /// Refused calls since `invalid_since`.
    invalid: u32,
    /// Unix milliseconds at which counting began.
    invalid_since: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Bucket {
    /// Unix milliseconds at which it is filled again.
    until: i64,
}

impl TrafficBudget {
    /// The budget of this application.
    pub fn new(store: Store, application: ApplicationId, clock: Clock) -> Self {
        Self { store, application, clock }
    }

    fn global(&self) -> Key {
        Key::new(Table::Traffic, format!("APP#{}", self.application), "GLOBAL")
    }

    fn bucket(&self, bucket: &BucketKey) -> Key {
        Key::new(Table::Traffic, format!("APP#{}", self.application), format!("BUCKET#{bucket}"))
    }

    async fn read_global(&self) -> Result<Option<Global>, StoreError> {
        self.store.get(&self.global()).await?.map(store::read).transpose()
    }

    async fn try_reserve(&self, calls: &[Option<BucketKey>]) -> Result<Option<Reservation>, StoreError> {
        let now = self.clock.now();
        let mut keys = vec![self.global()];
        keys.extend(calls.iter().flatten().map(|bucket| self.bucket(bucket)));
        keys.sort();
        keys.dedup();
        let mut found = self.store.batch_get(&keys).await?;
        let global: Option<Global> = found.take(&self.global()).map(store::read).transpose()?;
        let was = global.as_ref().map(|global| global.next_slot);
        let slots = i64::try_from(calls.len()).unwrap_or(1);
        // Whole milliseconds, rounded up: 21 ms a slot is 47.6 calls a second.
        let slot_ms = i64::try_from(SLOT.as_millis()).unwrap_or(20) + 1;
        let first = was.unwrap_or(0).max(now.0);
        let unchanged = match was {
            Some(was) => Condition::equals("next_slot", was),
            None => Condition::lacks("next_slot"),
        };
        let write = Write::update(self.global(), Update::new().set("next_slot", first + slots * slot_ms))
            .when(unchanged);
        match self.store.commit(vec![write]).await {
            Ok(()) => {}
            Err(CommitError::Stale(_)) => return Ok(None),
            Err(CommitError::Fault(error)) => return Err(error),
            Err(CommitError::Refused(why)) => unreachable!("one small update is never refused: {why}"),
        }
        let empty_for = calls
            .iter()
            .map(|bucket| {
                let item = found.get(&self.bucket(bucket.as_ref()?))?;
                let until = store::read::<Bucket>(item.clone()).ok()?.until;
                u64::try_from(until - now.0).ok().map(Duration::from_millis)
            })
            .map(Option::unwrap_or_default)
            .collect();
        let invalid = global.map_or(0, |global| recent(&global, now));
        let first_in = Duration::from_millis(u64::try_from(first - now.0).unwrap_or(0));
        Ok(Some(Reservation { first_in, empty_for, invalid }))
    }
}

/// Refused calls, when they are of the last ten minutes.
fn recent(global: &Global, now: Timestamp) -> u32 {
    let window = i64::try_from(INVALID_WINDOW.as_millis()).unwrap_or(i64::MAX);
    if now.0 - global.invalid_since < window { global.invalid } else { 0 }
}

fn unreachable_table(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> BudgetError {
    BudgetError(error.into())
}

impl fmt::Debug for TrafficBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrafficBudget({})", self.application)
    }
}

impl Budget for TrafficBudget {
    fn reserve<'a>(
        &'a self,
        calls: &'a [Option<BucketKey>],
    ) -> BoxFuture<'a, Result<Reservation, BudgetError>> {
        Box::pin(async move {
            for _ in 0..TRIES {
                if let Some(reservation) = self.try_reserve(calls).await.map_err(unreachable_table)? {
                    return Ok(reservation);
                }
            }
            Err(unreachable_table("too many workers reserve at once"))
        })
    }

    fn bucket_empty<'a>(
        &'a self,
        bucket: &'a BucketKey,
        empty_for: Duration,
    ) -> BoxFuture<'a, Result<(), BudgetError>> {
        let until = self.clock.now().0 + i64::try_from(empty_for.as_millis()).unwrap_or(0);
        let write = Write::update(self.bucket(bucket), Update::new().set("until", until))
            .expires(Timestamp(until).plus_secs(60).secs());
        Box::pin(async move { self.store.commit(vec![write]).await.map_err(unreachable_table) })
    }

    fn all_empty(&self, empty_for: Duration) -> BoxFuture<'_, Result<(), BudgetError>> {
        let until = self.clock.now().0 + i64::try_from(empty_for.as_millis()).unwrap_or(0);
        let later = Condition::any([Condition::lacks("next_slot"), Condition::less("next_slot", until)]);
        let write = Write::update(self.global(), Update::new().set("next_slot", until)).when(later);
        Box::pin(async move {
            match self.store.commit(vec![write]).await {
                // Somebody found a later moment: that one holds.
                Ok(()) | Err(CommitError::Stale(_)) => Ok(()),
                Err(error) => Err(unreachable_table(error)),
            }
        })
    }

    fn invalid(&self) -> BoxFuture<'_, Result<u32, BudgetError>> {
        Box::pin(async move {
            let now = self.clock.now();
            let global = self.read_global().await.map_err(unreachable_table)?.unwrap_or_default();
            let count = recent(&global, now);
            let update = if count == 0 {
                Update::new().set("invalid", 1_i64).set("invalid_since", now.0)
            } else {
                Update::new().add("invalid", 1)
            };
            self.store.commit(vec![Write::update(self.global(), update)]).await.map_err(unreachable_table)?;
            Ok(count + 1)
        })
    }
}
