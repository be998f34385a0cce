//! One item, many by name, ranges and their pages.

use serde::Deserialize;
use serde_json::json;
use store::{Cursor, Item, Key, Query, Store, StoreError, Table, Value, Write, expired};
use tests::faults::Fault;

use crate::{faulty, item, key, note, store};

const HUB: Table = Table::State("hub");

async fn with_numbers(store: &Store, count: usize) {
    for chunk in (0..count).collect::<Vec<_>>().chunks(100) {
        store
            .commit(chunk.iter().map(|n| note(&format!("N#{n:03}"), &n.to_string())).collect())
            .await
            .unwrap();
    }
}

fn names(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item["sk"].as_s().unwrap().as_str()).collect()
}

#[tokio::test]
async fn an_item_is_read_with_its_key_and_version_or_not_at_all() {
    let store = store().await;
    assert_eq!(store.get(&key("A")).await.unwrap(), None);
    store.commit(vec![note("A", "x")]).await.unwrap();
    let expected = item(&[("pk", "G#1".into()), ("sk", "A".into()), ("v", 1.into()), ("text", "x".into())]);
    assert_eq!(store.get(&key("A")).await.unwrap(), Some(expected));
}

#[tokio::test]
async fn an_update_that_makes_an_item_gives_it_a_version_and_keeps_that_of_another() {
    let store = store().await;
    let count = || Write::update(key("C"), store::Update::new().add("n", 1));
    store.commit(vec![count()]).await.unwrap();
    assert_eq!(store.get(&key("C")).await.unwrap().unwrap()["v"], Value::from(1).0);
    store.commit(vec![Write::put(key("C"), &json!({ "v": 2, "n": 5 }))]).await.unwrap();
    store.commit(vec![count()]).await.unwrap();
    let found = store.get(&key("C")).await.unwrap().unwrap();
    assert_eq!((&found["v"], &found["n"]), (&Value::from(2).0, &Value::from(6).0));
}

#[tokio::test]
async fn a_batch_of_any_size_over_several_tables_finds_what_is_there() {
    let (store, faults) = faulty().await;
    let store = store.with_patience(crate::patient());
    with_numbers(&store, 120).await;
    let directory = Key::new(Table::Directory, "G#1", "GUILD");
    store.commit(vec![Write::put(directory.clone(), &json!({}))]).await.unwrap();
    let mut keys: Vec<Key> = (0..240).map(|n| key(&format!("N#{n:03}"))).collect();
    keys.push(directory.clone());
    keys.push(directory.clone());
    let mut found = store.batch_get(&keys).await.unwrap();
    assert_eq!(found.iter().count(), 121);
    assert_eq!(faults.count("BatchGetItem"), 3);
    assert!(found.get(&key("N#119")).is_some() && found.get(&key("N#120")).is_none());
    assert!(found.take(&directory).is_some() && found.take(&directory).is_none());
    assert_eq!(store.batch_get(&[]).await.unwrap().iter().count(), 0);
    assert_eq!(faults.count("BatchGetItem"), 3);
}

#[tokio::test]
async fn keys_left_aside_are_asked_again() {
    let (store, faults) = faulty().await;
    with_numbers(&store, 8).await;
    faults.next_of("BatchGetItem", 3, Fault::KeysLeft);
    let keys: Vec<Key> = (0..8).map(|n| key(&format!("N#{n:03}"))).collect();
    let found = store.batch_get(&keys).await.unwrap();
    assert_eq!(found.iter().count(), 8);
    // 4 of 8, 2 of 4, 1 of 2, and the last.
    assert_eq!(faults.count("BatchGetItem"), 4);
}

#[tokio::test]
async fn keys_left_aside_for_ever_are_a_fault_that_passes() {
    let (store, faults) = faulty().await;
    faults.next_of("BatchGetItem", u32::MAX, Fault::KeysLeft);
    let fault = store.batch_get(&[key("A")]).await.unwrap_err();
    assert!(fault.passes(), "{fault}");
    assert!(fault.to_string().ends_with("(UnprocessedKeys)"), "{fault}");
}

#[tokio::test]
async fn a_query_finds_its_range_in_order() {
    let store = store().await;
    with_numbers(&store, 10).await;
    store.commit(vec![note("M", ""), note("O", "")]).await.unwrap();
    let find = async |query: Query| {
        let page = store.query(&query.consistent()).await.unwrap();
        assert_eq!(page.next, None);
        names(&page.items).join(" ")
    };
    assert_eq!(find(Query::of(HUB, "G#1").prefix("O")).await, "O");
    assert_eq!(find(Query::of(HUB, "G#1").prefix("P")).await, "");
    assert_eq!(find(Query::of(HUB, "G#1").between("N#003", "N#005")).await, "N#003 N#004 N#005");
    assert_eq!(find(Query::of(HUB, "G#1").at_most("N#001")).await, "M N#000 N#001");
    assert_eq!(find(Query::of(HUB, "G#1").at_least("N#008").reverse()).await, "O N#009 N#008");
    assert_eq!(find(Query::of(HUB, "G#2")).await, "");
}

#[tokio::test]
async fn pages_together_are_the_whole_and_none_is_read_twice() {
    let store = store().await;
    with_numbers(&store, 25).await;
    let mut query = Query::of(HUB, "G#1").prefix("N#").limit(10);
    let mut read = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = store.query(&query).await.unwrap();
        sizes.push(page.items.len());
        read.extend(names(&page.items).into_iter().map(str::to_owned));
        let Some(next) = page.next else { break };
        query = query.after(next);
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(read, (0..25).map(|n| format!("N#{n:03}")).collect::<Vec<_>>());
    let behind = Query::of(HUB, "G#1").prefix("N#").after(Cursor::behind(&key("N#022")));
    assert_eq!(names(&store.query(&behind).await.unwrap().items), ["N#023", "N#024"]);
}

#[test]
fn an_item_ends_with_the_second_it_names() {
    let ends = item(&[("exp", 100.into())]);
    assert!(!expired(&ends, 99_999));
    assert!(expired(&ends, 100_000));
    assert!(!expired(&Item::new(), i64::MAX));
}

#[test]
fn an_item_of_another_shape_does_not_load_and_unknown_attributes_do_not_matter() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Note {
        text: String,
        #[serde(default)]
        stars: u8,
    }
    let good = item(&[("text", "x".into()), ("new", true.into())]);
    assert_eq!(store::read::<Note>(good).unwrap(), Note { text: "x".into(), stars: 0 });
    assert!(matches!(store::read::<Note>(Item::new()), Err(StoreError::Unreadable(_))));
}
