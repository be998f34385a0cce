//! Trying again: one loop for every call, so that the total wait is known.
//!
//! The SDK's own retries are expected to be off (`RetryConfig::disabled()`): two loops inside each
//! other multiply.

use std::future::Future;
use std::time::Duration;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use tokio::time::{Instant, sleep, timeout};

/// How long a call is tried.
///
/// The defaults leave an intake time to answer within Discord's 3 s: the last try starts before
/// 1.5 s and ends before 2.5 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// One try without an answer is given up after this.
    pub attempt: Duration,
    /// No further try starts after this, counted from the first.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempt: Duration::from_secs(1), total: Duration::from_millis(1_500) }
    }
}

/// The first wait is drawn from zero to this; each next bound is twice the one before.
const FIRST_WAIT_MS: u64 = 25;
/// No single wait is longer.
const LONGEST_WAIT_MS: u64 = 400;

/// The last try's end, after the time was up or an error that does not pass.
#[derive(Debug)]
pub(crate) enum Failure<E> {
    Sdk(Box<SdkError<E, HttpResponse>>),
    TimedOut,
}

/// Calls until it works, the error is none that `again` accepts, or the time is up.
pub(crate) async fn patiently<T, E, F>(
    patience: Patience,
    again: impl Fn(&SdkError<E, HttpResponse>) -> bool,
    mut call: impl FnMut() -> F,
) -> Result<T, Failure<E>>
where
    F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
{
    let start = Instant::now();
    for tries in 0.. {
        let failure = match timeout(patience.attempt, call()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) if again(&error) => Failure::Sdk(Box::new(error)),
            Ok(Err(error)) => return Err(Failure::Sdk(Box::new(error))),
            Err(_elapsed) => Failure::TimedOut,
        };
        let wait = pause(tries);
        if start.elapsed() + wait >= patience.total {
            return Err(failure);
        }
        sleep(wait).await;
    }
    unreachable!("the loop above has no end but its returns")
}

/// Full jitter: a random part of a bound that doubles, so that those who collided part.
pub(crate) fn pause(tries: u32) -> Duration {
    let bound = (FIRST_WAIT_MS << tries.min(8)).min(LONGEST_WAIT_MS);
    // Without randomness the whole bound is waited: slower, never wrong.
    let drawn = getrandom::u64().map_or(bound, |random| random % (bound + 1));
    // Never zero: a full table gets at least some milliseconds.
    Duration::from_millis(drawn.max(5))
}

/// Whether an error says nothing about the data and may be gone in a moment.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html>
pub(crate) fn passes<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        SdkError::ServiceError(service) => {
            service.raw().status().is_server_error()
                || matches!(
                    service.err().code(),
                    Some(
                        "ThrottlingException"
                            | "ThrottlingError"
                            | "ProvisionedThroughputExceededException"
                            | "RequestLimitExceeded"
                            | "TransactionInProgressException"
                            | "TransactionConflictException"
                            | "InternalServerError"
                    )
                )
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use aws_sdk_dynamodb::operation::update_item::UpdateItemError;

    use super::*;

    /// So many transactions that touch one item, all sent at one moment: how many are through, and when
    /// the last of them is. One that finds the item held is cancelled, as `DynamoDB` does.
    async fn meet(transactions: usize) -> (usize, Duration) {
        /// From a function to the table and back.
        const WAY: Duration = Duration::from_millis(2);
        /// A transaction holds its items: more than DynamoDB usually takes for all of it.
        const HOLD: Duration = Duration::from_millis(20);
        let held = Arc::new(AtomicBool::new(false));
        let start = Instant::now();
        let sent = (0..transactions).map(|_| {
            let held = Arc::clone(&held);
            tokio::spawn(async move {
                let call = || async {
                    sleep(WAY).await;
                    if held.swap(true, Ordering::SeqCst) {
                        return Err(SdkError::timeout_error("another transaction holds it"));
                    }
                    sleep(HOLD).await;
                    held.store(false, Ordering::SeqCst);
                    Ok(())
                };
                patiently::<(), UpdateItemError, _>(Patience::default(), |_| true, call).await.is_ok()
            })
        });
        let sent: Vec<_> = sent.collect();
        let mut through = 0;
        for transaction in sent {
            through += usize::from(transaction.await.unwrap());
        }
        (through, start.elapsed())
    }

    /// Why what a crowd counts is spread over 64 items: then 20 meet on one of them at most (see the hub's
    /// `tally`), where 200 on a single one would not all be through.
    #[tokio::test(start_paused = true)]
    async fn twenty_that_meet_on_one_item_are_all_through_in_time_and_two_hundred_are_not() {
        for _ in 0..50 {
            let (through, last) = meet(20).await;
            assert_eq!(through, 20, "after {last:?}");
        }
        let (through, _) = meet(200).await;
        assert!(through < 150, "{through} were through");
    }

    #[test]
    fn a_pause_is_never_nothing_and_never_long() {
        for tries in 0..40 {
            let wait = pause(tries);
            assert!(wait >= Duration::from_millis(5) && wait <= Duration::from_millis(LONGEST_WAIT_MS));
        }
    }
}
