//! Everything or nothing, and who came first.

use expect_test::expect;
use serde_json::json;
use store::{CommitError, Condition, Key, Table, Update, Value, Write};
use tokio::task::JoinSet;

use crate::{faulty, item, key, note, refused, stale, store};

#[tokio::test]
async fn of_fifty_racing_creates_one_wins_and_the_others_are_shown_it() {
    let store = store().await;
    let mut racers = JoinSet::new();
    for racer in 0..50 {
        let store = store.clone();
        racers.spawn(async move { (racer, store.commit(vec![note("RACE", &racer.to_string())]).await) });
    }
    let mut winners = Vec::new();
    let mut losers = Vec::new();
    while let Some(done) = racers.join_next().await {
        match done.expect("no racer panics") {
            (racer, Ok(())) => winners.push(racer.to_string()),
            (_, late) => losers.extend(stale(late)),
        }
    }
    assert_eq!((winners.len(), losers.len()), (1, 49));
    for late in losers {
        assert_eq!(late.item.unwrap()["text"], Value::from(winners[0].as_str()).0);
    }
}

#[tokio::test]
async fn stale_names_every_late_write_in_order_with_what_stood_there_and_writes_nothing() {
    let store = store().await;
    store.commit(vec![note("B", "old b"), note("D", "old d")]).await.unwrap();
    let failed = stale(
        store
            .commit(vec![
                note("A", "new"),
                note("B", "new"),
                Write::update(key("C"), Update::new().add("n", 1)).when(Condition::exists()),
                Write::check(key("D")).when(Condition::equals("text", "other")),
                Write::delete(key("B2")),
            ])
            .await,
    );
    let places: Vec<_> = failed.iter().map(|late| (late.index, late.key.sk.as_str())).collect();
    assert_eq!(places, [(1, "B"), (2, "C"), (3, "D")]);
    let expected = |sk: &str, text: &str| {
        Some(item(&[("pk", "G#1".into()), ("sk", sk.into()), ("v", 1.into()), ("text", text.into())]))
    };
    assert_eq!(failed[0].item, expected("B", "old b"));
    assert_eq!(failed[1].item, None);
    assert_eq!(failed[2].item, expected("D", "old d"));
    assert_eq!(store.get(&key("A")).await.unwrap(), None);
}

#[tokio::test]
async fn one_transaction_spans_several_tables() {
    let store = store().await;
    let state = key("X");
    let directory = Key::new(Table::Directory, "G#1", "X");
    let put = |key: &Key| Write::put(key.clone(), &json!({ "at": 1 }));
    store.commit(vec![put(&state), put(&directory)]).await.unwrap();
    let found = store.batch_get(&[state.clone(), directory.clone()]).await.unwrap();
    assert!(found.get(&state).is_some() && found.get(&directory).is_some());
}

#[tokio::test]
async fn no_writes_need_no_call() {
    let (store, faults) = faulty().await;
    store.commit(Vec::new()).await.unwrap();
    assert_eq!(faults.seen(), []);
}

#[tokio::test]
async fn what_could_never_work_is_refused_in_words_before_it_is_sent() {
    let (store, faults) = faulty().await;
    let big = |sk: &str, bytes: usize| note(sk, &"x".repeat(bytes));
    let many = |count: usize| (0..count).map(|n| note(&n.to_string(), "")).collect::<Vec<_>>();
    let whys = [
        refused(store.commit(many(101)).await),
        refused(store.commit(vec![note("A", ""), Write::delete(key("A"))]).await),
        refused(store.commit(vec![big("A", 400 * 1024)]).await),
        refused(store.commit((0..11).map(|n| big(&n.to_string(), 390 * 1024)).collect()).await),
        refused(store.commit(vec![Write::check(key("A"))]).await),
        refused(store.commit(vec![Write::update(key("A"), Update::new().set("sk", "B"))]).await),
        refused(store.commit(vec![Write::delete(key("A")).expires(1)]).await),
        refused(store.commit(vec![Write::delete(key(""))]).await),
        refused(store.commit(vec![Write::delete(key(&"s".repeat(1025)))]).await),
        refused(store.commit(vec![Write::put(key("A"), &"no struct")]).await),
    ];
    expect![[r#"
        101 writes in one transaction, at most 100
        G#1 A: two writes on one item
        G#1 A: 409615 bytes, an item has at most 409600
        4393126 bytes in one transaction, at most 4194304
        G#1 A: a check without a condition
        G#1 A: sk never changes
        G#1 A: only what is stored can expire
        G#1 : half a key"#]]
    .assert_eq(&whys[..8].join("\n"));
    assert!(whys[8].ends_with("at most 2048 bytes of pk and 1024 of sk"), "{}", whys[8]);
    assert!(whys[9].starts_with("G#1 A: this cannot be stored: "), "{}", whys[9]);
    assert_eq!(faults.seen(), []);
    // The limits themselves are accepted by the database.
    store.commit(many(100)).await.unwrap();
    store.commit(vec![big("LARGE", 400 * 1024 - "textpkskvG#1LARGE".len() - 2)]).await.unwrap();
}

#[tokio::test]
async fn an_expired_item_gives_way_to_a_new_one_and_a_live_one_does_not() {
    let store = store().await;
    let create = |text: &str, now_ms: i64| note("DRAFT", text).or_expired(now_ms).expires(now_ms / 1000 + 60);
    store.commit(vec![create("first", 1_000_000)]).await.unwrap();
    stale(store.commit(vec![create("second", 1_059_999)]).await);
    store.commit(vec![create("third", 1_060_000)]).await.unwrap();
    assert_eq!(store.get(&key("DRAFT")).await.unwrap().unwrap()["text"], Value::from("third").0);
}

#[tokio::test]
async fn a_table_that_is_not_there_is_a_fault_with_its_code() {
    let store = store().await;
    let elsewhere = Write::delete(Key::new(Table::State("nowhere"), "G#1", "A"));
    let Err(CommitError::Fault(fault)) = store.commit(vec![elsewhere]).await else { panic!("no fault") };
    assert!(!fault.passes());
    let text = fault.to_string();
    assert!(text.starts_with("DynamoDB refused TransactWriteItems: ResourceNotFoundException"), "{text}");
}

#[test]
fn a_write_prints_as_what_will_happen() {
    let writes = [
        Write::create(
            key("A"),
            &json!({ "stars": 5, "title": "Rust week", "url": "https://example.org", "none": null }),
        ),
        Write::create(key("A"), &json!({ "n": 1 })).or_expired(5_000).expires(9),
        Write::put(key("B"), &json!({ "list": ["a", "b c"], "map": { "on": true, "at": 1.5 }, "empty": "" })),
        Write::update(
            key("C"),
            Update::new()
                .add("five", 1)
                .add("four", -2)
                .set("title", "x")
                .set_if_absent("by", 7)
                .remove("draft"),
        ),
        Write::update(key("C"), Update::new().add("n", 1)).when(Condition::exists()).when(Condition::any([
            Condition::all([Condition::equals("run", "now"), Condition::lacks("lease")]),
            Condition::at_most("wake_at", 12),
        ])),
        Write::delete(key("D")).when(Condition::differs("state", "open")),
        Write::delete(key("D")),
        Write::check(key("E")).when(Condition::all([
            Condition::has("a"),
            Condition::less("b", 1),
            Condition::greater("c", 2),
            Condition::at_least("d", 3),
        ])),
    ];
    let printed: Vec<String> = writes.iter().map(Write::to_string).collect();
    expect![[r#"
        + G#1 A stars=5 title="Rust week" url=https://example.org
        + G#1 A exp=9 n=1 if absent or exp<=5
        * G#1 B empty="" list=[a, "b c"] map={at=1.5, on=true}
        ~ G#1 C by?=7 -draft five+=1 four-=2 title=x
        ~ G#1 C n+=1 if exists and ((run=now and lacks lease) or wake_at<=12)
        - G#1 D if state!=open
        - G#1 D
        ? G#1 E if has a and b<1 and c>2 and d>=3"#]]
    .assert_eq(&printed.join("\n"));
}

#[test]
fn writes_compare_by_what_they_do() {
    assert_eq!(note("A", "x"), note("A", "x"));
    assert_ne!(note("A", "x"), note("A", "y"));
    assert_ne!(note("A", "x"), Write::put(key("A"), &json!({ "text": "x" })));
    let elsewhere = Key { table: Table::Directory, ..key("A") };
    assert_ne!(Write::delete(key("A")), Write::delete(elsewhere));
}
