//! Everything or nothing: one transaction for all writes of a decision.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, TransactWriteItem};

use crate::patience::{Failure, passes, patiently};
use crate::{Item, Key, Store, StoreError, Write};

/// Most actions in one transaction.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub const TRANSACTION_MAX_ACTIONS: usize = 100;
/// Most bytes of all items in one transaction: 4 MB.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub const TRANSACTION_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes of one item, names included: 400 KB.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items>
pub const ITEM_MAX_BYTES: usize = 400 * 1024;
/// Most bytes of a partition key.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys>
pub const PK_MAX_BYTES: usize = 2048;
/// Most bytes of a sort key.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys>
pub const SK_MAX_BYTES: usize = 1024;

/// Why nothing was written. All three mean that nothing was, but a fault after a lost answer.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Conditions failed: somebody was faster. Load and decide again.
    #[error("{} of the writes came too late", .0.len())]
    Stale(Vec<FailedWrite>),
    /// Never sent, because it could never work: an error in our own code.
    #[error("not sent: {0}")]
    Refused(String),
    /// `DynamoDB` could not do it.
    #[error(transparent)]
    Fault(StoreError),
}

/// A write whose condition failed.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedWrite {
    /// Its place among the writes given to [`Store::commit`].
    pub index: usize,
    /// The item it is about.
    pub key: Key,
    /// The item as it stood in the way; none when there was none.
    pub item: Option<Item>,
}

impl Store {
    /// Writes everything or nothing, in one transaction. No writes need no call.
    ///
    /// A conflict with another transaction says nothing about the data: the same transaction is
    /// sent again, under the same token, so that it happens once however often it is sent.
    ///
    /// # Errors
    /// [`CommitError::Stale`] when conditions failed, in the order of the writes;
    /// [`CommitError::Refused`] before anything is sent; [`CommitError::Fault`] for the rest.
    pub async fn commit(&self, writes: Vec<Write>) -> Result<(), CommitError> {
        if writes.is_empty() {
            return Ok(());
        }
        check(&writes).map_err(CommitError::Refused)?;
        let actions: Vec<TransactWriteItem> = writes
            .iter()
            .map(|write| write.transact(self.prefix()))
            .collect::<Result<_, _>>()
            .map_err(|error| CommitError::Refused(error.to_string()))?;
        let mut token = [0_u8; 16];
        getrandom::fill(&mut token)
            .map_err(|_| CommitError::Refused("the system gives no random token".into()))?;
        let token = hex::encode(token);
        let sent = patiently(self.patience(), again, || {
            self.client()
                .transact_write_items()
                .set_transact_items(Some(actions.clone()))
                .client_request_token(&token)
                .send()
        })
        .await;
        match sent {
            Ok(_) => Ok(()),
            Err(Failure::Sdk(error)) => match stale(reasons(&error), &writes) {
                failed if failed.is_empty() => Err(CommitError::Fault(cancelled(*error))),
                failed => Err(CommitError::Stale(failed)),
            },
            Err(timed_out @ Failure::TimedOut) => {
                Err(CommitError::Fault(StoreError::from_failure("TransactWriteItems", timed_out)))
            }
        }
    }
}

/// What `DynamoDB` would refuse after a round trip is said here in words.
fn check(writes: &[Write]) -> Result<(), String> {
    if writes.len() > TRANSACTION_MAX_ACTIONS {
        return Err(format!("{} writes in one transaction, at most {TRANSACTION_MAX_ACTIONS}", writes.len()));
    }
    let mut seen = BTreeSet::new();
    let mut total = 0;
    for write in writes {
        let key = write.key();
        if let Some(why) = write.defect() {
            return Err(why);
        }
        if key.pk.is_empty() || key.sk.is_empty() {
            return Err(format!("{key}: half a key"));
        }
        if key.pk.len() > PK_MAX_BYTES || key.sk.len() > SK_MAX_BYTES {
            return Err(format!("{key}: at most {PK_MAX_BYTES} bytes of pk and {SK_MAX_BYTES} of sk"));
        }
        if !seen.insert(key) {
            return Err(format!("{key}: two writes on one item"));
        }
        let bytes = write.bytes();
        if bytes > ITEM_MAX_BYTES {
            return Err(format!("{key}: {bytes} bytes, an item has at most {ITEM_MAX_BYTES}"));
        }
        total += bytes;
    }
    if total > TRANSACTION_MAX_BYTES {
        return Err(format!("{total} bytes in one transaction, at most {TRANSACTION_MAX_BYTES}"));
    }
    Ok(())
}

fn reasons(error: &SdkError<TransactWriteItemsError, HttpResponse>) -> &[CancellationReason] {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            cancelled.cancellation_reasons()
        }
        _ => &[],
    }
}

/// A failed condition wins over every other reason: deciding again is right, whatever else happened.
fn again(error: &SdkError<TransactWriteItemsError, HttpResponse>) -> bool {
    let reasons = reasons(error);
    let any =
        |codes: &[&str]| reasons.iter().any(|reason| reason.code().is_some_and(|code| codes.contains(&code)));
    if any(&["ConditionalCheckFailed"]) {
        return false;
    }
    passes(error) || any(&["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
}

fn stale(reasons: &[CancellationReason], writes: &[Write]) -> Vec<FailedWrite> {
    reasons
        .iter()
        .zip(writes)
        .enumerate()
        .filter(|(_, (reason, _))| reason.code() == Some("ConditionalCheckFailed"))
        .map(|(index, (reason, write))| FailedWrite {
            index,
            key: write.key().clone(),
            item: reason.item().filter(|item| !item.is_empty()).cloned(),
        })
        .collect()
}

/// A cancelled transaction names its reasons; a fault should as well.
fn cancelled(error: SdkError<TransactWriteItemsError, HttpResponse>) -> StoreError {
    let may_pass = again(&error);
    let codes: Vec<&str> = reasons(&error)
        .iter()
        .filter_map(CancellationReason::code)
        .filter(|code| *code != "None")
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if may_pass && !codes.is_empty() {
        let code = codes.join(", ");
        return StoreError::Unavailable {
            operation: "TransactWriteItems",
            code,
            source: Some(Box::new(error)),
        };
    }
    StoreError::from_sdk("TransactWriteItems", error)
}
