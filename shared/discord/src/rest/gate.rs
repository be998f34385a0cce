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
}

impl Gate {
    pub(super) fn new(budget: Arc<dyn Budget>) -> Self {
        Self { budget, waiting: Mutex::default(), reserving: tokio::sync::Mutex::default() }
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
