//! The store against an embedded `DynamoDB`, over HTTP as in production, with and without faults.

mod commit;
mod expressions;
mod faults;
mod mark;
mod outbox;
mod reads;
mod tables;

use std::time::Duration;

use serde_json::json;
use store::{CommitError, FailedWrite, Item, Key, Patience, Store, Table, Value, Write};
use tests::faults::Faults;

/// A deployment of one feature, its tables empty.
async fn store() -> Store {
    let (url, _server) = tests::aws::dynamo().await;
    let client = tests::aws::client(&url);
    store::tables::create(&client, "t", &["hub"]).await.expect("an empty database takes any table");
    Store::new(client, "t").with_patience(patient())
}

/// The same, behind a proxy that makes trouble when told to.
async fn faulty() -> (Store, Faults) {
    let (url, _server) = tests::aws::dynamo().await;
    store::tables::create(&tests::aws::client(&url), "t", &["hub"])
        .await
        .expect("an empty database takes any table");
    let faults = Faults::before(&url).await;
    (Store::new(tests::aws::client(faults.url()), "t"), faults)
}

/// For tests that are not about time, on machines that are busy.
fn patient() -> Patience {
    Patience { attempt: Duration::from_secs(20), total: Duration::from_secs(20) }
}

fn key(sk: &str) -> Key {
    Key::new(Table::State("hub"), "G#1", sk)
}

fn note(sk: &str, text: &str) -> Write {
    Write::create(key(sk), &json!({ "text": text }))
}

fn item(parts: &[(&str, Value)]) -> Item {
    parts.iter().map(|(name, value)| ((*name).to_owned(), value.0.clone())).collect()
}

/// The writes that came too late.
fn stale(result: Result<(), CommitError>) -> Vec<FailedWrite> {
    match result {
        Err(CommitError::Stale(failed)) => failed,
        other => panic!("not stale: {other:?}"),
    }
}

/// Why a transaction was never sent.
fn refused(result: Result<(), CommitError>) -> String {
    match result {
        Err(CommitError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}
