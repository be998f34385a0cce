//! One interaction, one effect, one answer.

use store::{Value, mark};

use crate::{key, note, stale, store};

const NOW: i64 = 1_795_532_400_000;

#[tokio::test]
async fn a_second_delivery_has_no_effect_and_is_shown_the_first_answer() {
    let store = store().await;
    let mark = mark::key("hub", 1, 42);
    assert_eq!(mark.to_string(), "G#1#I#42 ONCE");
    let first = br#"{"type":4,"data":{"content":"first"}}"#;
    store.commit(vec![note("A", "1"), mark::write(mark.clone(), first, NOW)]).await.unwrap();
    let failed = stale(store.commit(vec![note("B", "2"), mark::write(mark.clone(), b"{}", NOW + 5)]).await);
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].key, mark);
    assert_eq!(mark::answer(failed[0].item.as_ref().unwrap(), NOW + 5).unwrap(), first);
    assert_eq!(store.get(&key("B")).await.unwrap(), None);
    let kept = store.get(&mark).await.unwrap().unwrap();
    assert_eq!(mark::answer(&kept, NOW).unwrap(), first);
}

#[tokio::test]
async fn a_mark_holds_for_a_day_and_then_gives_way() {
    let store = store().await;
    let mark = mark::key("hub", 0, 7);
    store.commit(vec![mark::write(mark.clone(), b"{}", NOW)]).await.unwrap();
    let day = 24 * 60 * 60 * 1000;
    stale(store.commit(vec![mark::write(mark.clone(), b"[]", NOW + day - 1)]).await);
    let kept = store.get(&mark).await.unwrap().unwrap();
    assert_eq!(mark::answer(&kept, NOW + day - 1).unwrap(), b"{}");
    assert_eq!(mark::answer(&kept, NOW + day), None);
    store.commit(vec![mark::write(mark.clone(), b"[]", NOW + day)]).await.unwrap();
    let kept = store.get(&mark).await.unwrap().unwrap();
    assert_eq!(mark::answer(&kept, NOW + day).unwrap(), b"[]");
}

#[test]
fn answers_above_512_bytes_are_deflated_and_come_back_whole() {
    for length in [0, 1, 512, 513, 5_000, 64 * 1024] {
        let answer: Vec<u8> = (0..length).map(|n| b'a' + u8::try_from(n % 7).unwrap()).collect();
        let item = mark::write(mark::key("hub", 1, 2), &answer, NOW).item().unwrap();
        assert_eq!(item["answer"].is_b(), length > 512, "{length}");
        assert_eq!(mark::answer(&item, NOW).unwrap(), answer);
    }
    let long = mark::write(mark::key("hub", 1, 2), &vec![b'a'; 64 * 1024], NOW).item().unwrap();
    assert!(store::bytes(&long) < 1_000);
    let bytes = [0xff, 0x00, 0x80];
    let item = mark::write(mark::key("hub", 1, 2), &bytes, NOW).item().unwrap();
    assert_eq!(mark::answer(&item, NOW).unwrap(), bytes);
}

#[tokio::test]
async fn an_answer_above_64_kb_is_never_sent() {
    let store = store().await;
    let too_long = vec![b'a'; 64 * 1024 + 1];
    let why = crate::refused(store.commit(vec![mark::write(mark::key("hub", 1, 2), &too_long, NOW)]).await);
    assert_eq!(why, "an answer of 65537 bytes, at most 65536");
}

#[test]
fn a_mark_that_is_none_gives_no_answer() {
    let nonsense = crate::item(&[("answer", Value::from(5))]);
    assert_eq!(mark::answer(&nonsense, NOW), None);
    assert_eq!(mark::answer(&store::Item::new(), NOW), None);
}

#[test]
fn what_a_mark_says_about_a_person_is_declared() {
    let item = mark::write(mark::key("hub", 1, 2), b"{}", NOW).item().unwrap();
    assert_eq!(store::personal::undeclared(&item, mark::PERSONAL, &["pk"]), [""; 0]);
}
