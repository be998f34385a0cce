//! What a store does when `DynamoDB` does not.

use std::time::Duration;

use store::{CommitError, Condition, Patience, StoreError, Update, Write};
use tests::faults::Fault;
use tokio::time::Instant;

use crate::{faulty, key, note, stale};

fn fault(result: Result<(), CommitError>) -> StoreError {
    match result {
        Err(CommitError::Fault(fault)) => fault,
        other => panic!("no fault: {other:?}"),
    }
}

#[tokio::test]
async fn a_conflict_is_the_same_transaction_again_under_the_same_token() {
    let (store, faults) = faulty().await;
    faults.next_of("TransactWriteItems", 3, Fault::Conflict);
    store.commit(vec![note("A", "x"), note("B", "y")]).await.unwrap();
    let bodies: Vec<serde_json::Value> =
        faults.seen().iter().map(|seen| serde_json::from_str(&seen.body).unwrap()).collect();
    assert_eq!(bodies.len(), 4);
    assert!(bodies[0]["ClientRequestToken"].as_str().is_some_and(|token| token.len() == 32));
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    // Another commit is another transaction.
    store.commit(vec![note("C", "z")]).await.unwrap();
    let last: serde_json::Value = serde_json::from_str(&faults.seen().last().unwrap().body).unwrap();
    assert_ne!(last["ClientRequestToken"], bodies[0]["ClientRequestToken"]);
}

#[tokio::test]
async fn a_conflict_that_stays_is_a_fault_after_a_second_and_a_half() {
    let (store, faults) = faulty().await;
    faults.next(u32::MAX, Fault::Conflict);
    let start = Instant::now();
    let fault = fault(store.commit(vec![note("A", "x")]).await);
    assert!(start.elapsed() < Duration::from_millis(2_500), "{:?}", start.elapsed());
    assert!(faults.seen().len() >= 4, "{} tries", faults.seen().len());
    assert_eq!(fault.to_string(), "DynamoDB did not answer TransactWriteItems in time (TransactionConflict)");
    faults.end();
    assert_eq!(store.get(&key("A")).await.unwrap(), None);
}

#[tokio::test]
async fn a_failed_condition_is_stale_however_the_table_felt_before() {
    let (store, faults) = faulty().await;
    store.commit(vec![note("A", "x")]).await.unwrap();
    for fault in [Fault::Conflict, Fault::Throttled, Fault::HangUp] {
        faults.next(1, fault);
        assert_eq!(stale(store.commit(vec![note("A", "y")]).await).len(), 1);
    }
}

#[tokio::test]
async fn a_failed_condition_wins_over_a_conflict_in_the_same_transaction() {
    let (store, faults) = faulty().await;
    faults.next(1, Fault::ConflictAndLate);
    let failed = stale(store.commit(vec![note("A", "x"), note("B", "y"), note("C", "z")]).await);
    assert_eq!(failed.iter().map(|late| (late.index, late.key.sk.as_str())).collect::<Vec<_>>(), [(2, "C")]);
    assert_eq!(faults.seen().len(), 1);
}

#[tokio::test]
async fn throttling_and_failures_of_the_service_are_tried_again() {
    for kind in [Fault::Throttled, Fault::Exceeded, Fault::Broken, Fault::HangUp, Fault::ItemThrottled] {
        let (store, faults) = faulty().await;
        faults.next(2, kind);
        store.commit(vec![note("A", "x")]).await.unwrap();
        assert_eq!(faults.seen().len(), 3, "{kind:?}");
        if kind == Fault::ItemThrottled {
            continue;
        }
        faults.next(2, kind);
        assert!(store.get(&key("A")).await.unwrap().is_some(), "{kind:?}");
        faults.next(2, kind);
        let found = store.batch_get(&[key("A")]).await.unwrap();
        assert!(found.get(&key("A")).is_some(), "{kind:?}");
        assert_eq!(faults.seen().len(), 9, "{kind:?}");
    }
}

#[tokio::test]
async fn a_table_that_stays_throttled_is_a_fault_that_passes() {
    let (store, faults) = faulty().await;
    faults.next(u32::MAX, Fault::Throttled);
    let fault = store.get(&key("A")).await.unwrap_err();
    assert!(fault.passes());
    assert_eq!(fault.to_string(), "DynamoDB did not answer GetItem in time (ThrottlingException)");
}

#[tokio::test]
async fn an_effect_whose_answer_was_lost_happens_once() {
    let (store, faults) = faulty().await;
    let store =
        store.with_patience(Patience { attempt: Duration::from_millis(700), total: Duration::from_secs(10) });
    store.commit(vec![Write::put(key("N"), &serde_json::json!({ "n": 0 }))]).await.unwrap();
    let count =
        || Write::update(key("N"), Update::new().add("n", 1).add("m", 1)).when(Condition::less("n", 2));
    for (fault, expected) in [(Fault::HangUpAfter, 1), (Fault::HangAfter, 2)] {
        faults.next(1, fault);
        store.commit(vec![count()]).await.unwrap();
        let item = store.get(&key("N")).await.unwrap().unwrap();
        assert_eq!(item["n"], store::Value::from(expected).0, "{fault:?}");
    }
    stale(store.commit(vec![count()]).await);
}

#[tokio::test]
async fn a_call_without_an_answer_is_given_up() {
    let (store, faults) = faulty().await;
    let store = store
        .with_patience(Patience { attempt: Duration::from_millis(100), total: Duration::from_millis(300) });
    faults.next(u32::MAX, Fault::Hang);
    let start = Instant::now();
    let fault = store.get(&key("A")).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(fault.to_string(), "DynamoDB did not answer GetItem in time (timeout)");
    assert!(faults.seen().len() > 1);
}
