//! Slots of the shared budget, handed out in the order in which calls arrive.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::budget::{BucketKey, Budget, BudgetError, SLOT, SLOTS_MAX};

/// One call's place in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// When it may be sent.
    pub(super) at: Instant,
    /// How long its bucket is empty, as another worker found out.
    pub(super) empty_for: Duration,
    /// Refused calls of all workers lately.
    pub(super) invalid: u32,
}

/// Where calls wait for a slot. Whoever comes first reserves for all that wait.
#[derive(Debug)]
pub(super) struct Gate {
    budget: Arc<dyn Budget>,
    waiting: Mutex<VecDeque<(Option<BucketKey>, oneshot::Sender<Slot>)>>,
    reserving: tokio::sync::Mutex<()>,
    /// Until when Discord takes no call at all. Slots reserved before do not count then.
    paused: Mutex<Option<Instant>>,
}

impl Gate {
    pub(super) fn new(budget: Arc<dyn Budget>) -> Self {
        Self {
            budget,
            waiting: Mutex::default(),
            reserving: tokio::sync::Mutex::default(),
            paused: Mutex::default(),
        }
    }

    /// Nothing may be sent for this long, not even in slots that were handed out.
    pub(super) fn pause(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |before| before.max(until)));
    }

    /// How long nothing may be sent.
    pub(super) fn paused_for(&self) -> Duration {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    /// A slot for one call.
    pub(super) async fn slot(&self, bucket: Option<BucketKey>) -> Result<Slot, BudgetError> {
        loop {
            let (sender, mut mine) = oneshot::channel();
            self.lock().push_back((bucket.clone(), sender));
            let _turn = self.reserving.lock().await;
            match mine.try_recv() {
                Ok(slot) => return Ok(slot),
                // Whoever reserved for us went away or failed: we are next.
                Err(oneshot::error::TryRecvError::Closed) => continue,
                Err(oneshot::error::TryRecvError::Empty) => {}
            }
            // Ours may be behind twelve others.
            while mine.is_empty() {
                self.reserve().await?;
            }
            if let Ok(slot) = mine.try_recv() {
                return Ok(slot);
            }
        }
    }

    async fn reserve(&self) -> Result<(), BudgetError> {
        let mut calls = Vec::new();
        let mut senders = Vec::new();
        {
            let mut waiting = self.lock();
            while senders.len() < SLOTS_MAX as usize {
                let Some((bucket, sender)) = waiting.pop_front() else { break };
                if sender.is_closed() {
                    continue;
                }
                calls.push(bucket);
                senders.push(sender);
            }
        }
        let reservation = self.budget.reserve(&calls).await?;
        let mut at = Instant::now() + reservation.first_in;
        for (index, sender) in senders.into_iter().enumerate() {
            let empty_for = reservation.empty_for.get(index).copied().unwrap_or_default();
            // Nobody there any more: the slot stays empty.
            let _ = sender.send(Slot { at, empty_for, invalid: reservation.invalid });
            at += SLOT;
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(Option<BucketKey>, oneshot::Sender<Slot>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::budget::{BoxFuture, Reservation, local};
    use super::*;

    /// Notes how many slots are reserved at once; a reservation takes 5 ms, as a table would.
    #[derive(Debug)]
    struct Slow {
        inner: Arc<dyn Budget>,
        sizes: Mutex<Vec<usize>>,
        /// Reservations that fail before the first good one.
        failures: Mutex<u32>,
    }

    impl Slow {
        fn new(failures: u32) -> Arc<Self> {
            Arc::new(Self { inner: local(), sizes: Mutex::default(), failures: Mutex::new(failures) })
        }
    }

    impl Budget for Slow {
        fn reserve<'a>(
            &'a self,
            calls: &'a [Option<BucketKey>],
        ) -> BoxFuture<'a, Result<Reservation, BudgetError>> {
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(5)).await;
                let left = self.failures.lock().unwrap().checked_sub(1);
                if let Some(left) = left {
                    *self.failures.lock().unwrap() = left;
                    return Err(BudgetError("the table is away".into()));
                }
                self.sizes.lock().unwrap().push(calls.len());
                self.inner.reserve(calls).await
            })
        }

        fn bucket_empty<'a>(
            &'a self,
            bucket: &'a BucketKey,
            empty_for: Duration,
        ) -> BoxFuture<'a, Result<(), BudgetError>> {
            self.inner.bucket_empty(bucket, empty_for)
        }

        fn all_empty(&self, empty_for: Duration) -> BoxFuture<'_, Result<(), BudgetError>> {
            self.inner.all_empty(empty_for)
        }

        fn invalid(&self) -> BoxFuture<'_, Result<u32, BudgetError>> {
            self.inner.invalid()
        }
    }

    async fn slots(gate: &Arc<Gate>, calls: usize) -> Vec<Result<Slot, BudgetError>> {
        let tasks: Vec<_> = (0..calls)
            .map(|_| {
                let gate = gate.clone();
                tokio::spawn(async move { gate.slot(None).await })
            })
            .collect();
        let mut slots = Vec::new();
        for task in tasks {
            slots.push(task.await.unwrap());
        }
        slots
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_wait_together_reserve_together_and_leave_one_by_one() {
        let budget = Slow::new(0);
        let gate = Arc::new(Gate::new(budget.clone()));
        let mut at: Vec<_> = slots(&gate, 100).await.into_iter().map(|slot| slot.unwrap().at).collect();
        at.sort();
        assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= SLOT), "never two in one slot");
        assert!(at[99] - at[0] <= SLOT * 110, "hardly a slot is lost: {:?}", at[99] - at[0]);
        let sizes = budget.sizes.lock().unwrap().clone();
        assert_eq!(sizes.iter().sum::<usize>(), 100);
        assert!(sizes.iter().all(|size| *size <= SLOTS_MAX as usize));
        assert!(sizes.len() <= 10, "{sizes:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn two_workers_never_send_more_than_48_in_a_second() {
        let shared = local();
        let gates = [Arc::new(Gate::new(shared.clone())), Arc::new(Gate::new(shared))];
        let (one, two) = tokio::join!(slots(&gates[0], 60), slots(&gates[1], 60));
        let mut at: Vec<_> = one.into_iter().chain(two).map(|slot| slot.unwrap().at).collect();
        at.sort();
        let second = Duration::from_secs(1);
        let most =
            at.iter().map(|from| at.iter().filter(|to| **to >= *from && **to < *from + second).count()).max();
        assert!(most <= Some(49), "{most:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_reservation_fails_one_call_and_the_others_ask_again() {
        let gate = Arc::new(Gate::new(Slow::new(2)));
        let slots = slots(&gate, 30).await;
        assert_eq!(slots.iter().filter(|slot| slot.is_err()).count(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_goes_away_while_it_reserves_leaves_the_others_theirs() {
        let gate = Arc::new(Gate::new(Slow::new(0)));
        let leader = tokio::spawn({
            let gate = gate.clone();
            async move { gate.slot(None).await }
        });
        let others = tokio::spawn({
            let gate = gate.clone();
            async move { slots(&gate, 5).await }
        });
        tokio::time::sleep(Duration::from_millis(2)).await;
        leader.abort();
        let others = tokio::time::timeout(Duration::from_secs(5), others).await.unwrap().unwrap();
        assert!(others.iter().all(Result::is_ok));
    }
}
