//! The life of a job.

use serde_json::{Value as Json, json};
use store::outbox::{self, AnswerTo, Claimed, Lost, NewJob, Outbox};
use store::{FailedWrite, Item, Key, Store, Value, Write};
use tests::faults::Fault;

use crate::{faulty, key, note, patient, stale, store};

const NOW: i64 = 1_795_532_400_000;
const MINUTE: i64 = 60_000;

fn job(id: &str) -> NewJob {
    NewJob {
        guild: 1,
        id: id.into(),
        kind: "publish".into(),
        body: json!({ "resource": "r1", "ratio": 1.0, "nothing": null }),
        at: None,
        answer_to: None,
        cause: Some(u64::MAX),
        from: "hub",
        natural: false,
    }
}

fn natural(id: &str) -> NewJob {
    NewJob { natural: true, ..job(id) }
}

fn answer() -> AnswerTo {
    AnswerTo { application: 99, token: "secret-token".into(), until: NOW + 15 * MINUTE }
}

async fn outbox() -> (Store, Outbox) {
    let store = store().await;
    (store.clone(), Outbox::new(store, "hub"))
}

async fn ask(store: &Store, job: &NewJob, now: i64) -> Key {
    store.commit(vec![job.write("hub", now)]).await.unwrap();
    outbox::key("hub", job.guild, &job.id)
}

async fn claimed(outbox: &Outbox, key: &Key, lease: &str, now: i64) -> Claimed {
    outbox.claim(key, lease, now).await.unwrap().expect("it can be claimed")
}

async fn item(store: &Store, key: &Key) -> Item {
    store.get(key).await.unwrap().expect("the job is there")
}

fn only(mut failed: Vec<FailedWrite>) -> FailedWrite {
    assert_eq!(failed.len(), 1);
    failed.remove(0)
}

#[tokio::test]
async fn a_new_job_rings_at_once_and_its_tick_is_a_minute_later() {
    let (store, _) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    assert_eq!(key.to_string(), "G#1#J#a JOB");
    let item = item(&store, &key).await;
    assert_eq!(item["run"], Value::from("now").0);
    assert_eq!(item["wake_at"], Value::from(NOW + MINUTE).0);
    assert_eq!(item["lane"], Value::from(outbox::lane("a")).0);
    assert_eq!((&item["from"], &item["kind"]), (&Value::from("hub").0, &Value::from("publish").0));
    assert!(!item.contains_key("lease") && !item.contains_key("answer_to") && !item.contains_key("exp"));
    // Across features, and within one that does not say `natural`, a second is refused.
    stale(store.commit(vec![job("a").write("hub", NOW)]).await);
}

#[tokio::test]
async fn a_later_job_does_not_ring_and_cannot_be_taken_before_its_time() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &NewJob { at: Some(NOW + 5 * MINUTE), ..job("a") }, NOW).await;
    assert!(!item(&store, &key).await.contains_key("run"));
    assert_eq!(outbox.claim(&key, "me", NOW + 5 * MINUTE - 1).await.unwrap(), None);
    assert!(outbox.claim(&key, "me", NOW + 5 * MINUTE).await.unwrap().is_some());
}

#[tokio::test]
async fn a_claim_is_counted_before_the_work_and_holds_alone() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &NewJob { answer_to: Some(answer()), ..job("a#J#b") }, NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW + 1).await;
    assert_eq!(
        claim,
        Claimed {
            key: key.clone(),
            guild: 1,
            id: "a#J#b".into(),
            kind: "publish".into(),
            body: json!({ "resource": "r1", "ratio": 1.0, "nothing": null }),
            from: "hub".into(),
            attempts: 1,
            continued: 0,
            abandoned: false,
            asked: 1,
            answer_to: Some(answer()),
            cause: Some(u64::MAX),
            lease: "me".into(),
            created_at: NOW,
        }
    );
    let item = item(&store, &key).await;
    assert!(!item.contains_key("run"));
    assert_eq!(item["wake_at"], Value::from(NOW + 1 + MINUTE).0);
    assert_eq!(outbox.claim(&key, "other", NOW + 2).await.unwrap(), None);
    // Not even under the same name at the same moment: the bell may ring twice.
    assert_eq!(outbox.claim(&key, "me", NOW + 1).await.unwrap(), None);
    assert_eq!(outbox.claim(&outbox::key("hub", 1, "none"), "me", NOW).await.unwrap(), None);
}

#[tokio::test]
async fn a_job_that_is_done_is_gone_with_its_record() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(vec![note("RECORD", "x"), outbox.done(&claim)]).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap(), None);
    // Its name is free, and a late worker finds nothing to end.
    let failed = only(stale(store.commit(vec![outbox.done(&claim)]).await));
    assert_eq!(outbox::lost(&claim, &failed), Some(Lost::Lease));
    ask(&store, &job("a"), NOW).await;
}

#[tokio::test]
async fn a_worker_that_is_gone_loses_its_job_after_a_minute_and_a_renewed_lease_holds_longer() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let first = claimed(&outbox, &key, "first", NOW).await;
    store.commit(vec![outbox.renew(&first, NOW + 40_000)]).await.unwrap();
    assert_eq!(outbox.claim(&key, "second", NOW + MINUTE).await.unwrap(), None);
    let second = claimed(&outbox, &key, "second", NOW + 40_000 + MINUTE).await;
    assert_eq!((second.attempts, second.abandoned), (2, true));
    // Whoever was robbed can write nothing about the job any more.
    let late = [
        outbox.renew(&first, NOW),
        outbox.done(&first),
        outbox.again(&first, NOW),
        outbox.again_now(&first, NOW),
        outbox.untried(&first, NOW),
        outbox.set_aside(&first),
        outbox.begin(&first, NOW),
        outbox.once_more(&first, NOW),
        outbox.drop_answer(&first, NOW),
        outbox.bury(&first, NOW, "x").remove(1),
    ];
    for write in late {
        let failed = only(stale(store.commit(vec![write.clone()]).await));
        assert_eq!(outbox::lost(&first, &failed), Some(Lost::Lease), "{write}");
    }
    store.commit(vec![outbox.done(&second)]).await.unwrap();
}

#[tokio::test]
async fn a_job_that_failed_waits_its_back_off_without_a_bell() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    let wait = outbox::backoff_ms(claim.attempts).unwrap();
    store.commit(vec![outbox.again(&claim, NOW + wait)]).await.unwrap();
    let waiting = item(&store, &key).await;
    assert_ne!(waiting.get("run"), Some(&Value::from("now").0));
    assert!(!waiting.contains_key("lease"));
    assert_eq!(outbox.claim(&key, "me", NOW + wait - 1).await.unwrap(), None);
    assert_eq!(claimed(&outbox, &key, "me", NOW + wait).await.attempts, 2);
}

#[tokio::test]
async fn a_job_out_of_time_rings_for_the_next_invocation_and_keeps_its_try() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(vec![outbox.again_now(&claim, NOW + 10)]).await.unwrap();
    assert_eq!(item(&store, &key).await["run"], Value::from("now").0);
    let next = claimed(&outbox, &key, "next", NOW + 11).await;
    assert_eq!((next.attempts, next.continued, next.abandoned), (1, 1, false));
    // Run once more because it was asked for, it begins anew.
    store.commit(vec![outbox.once_more(&next, NOW + 12)]).await.unwrap();
    assert_eq!(claimed(&outbox, &key, "last", NOW + 13).await.continued, 0);
}

#[tokio::test]
async fn a_try_that_was_not_the_job_s_to_lose_is_given_back() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(vec![outbox.untried(&claim, NOW + 5 * MINUTE)]).await.unwrap();
    assert_eq!(outbox.claim(&key, "me", NOW + 5 * MINUTE - 1).await.unwrap(), None);
    let claim = claimed(&outbox, &key, "me", NOW + 5 * MINUTE).await;
    assert_eq!((claim.attempts, claim.abandoned), (1, false));
    // Set aside it is held without a try, and a worker that dies then has cost none.
    store.commit(vec![outbox.set_aside(&claim)]).await.unwrap();
    let claim = claimed(&outbox, &key, "other", NOW + 6 * MINUTE).await;
    assert_eq!((claim.attempts, claim.abandoned), (1, true));
    store.commit(vec![outbox.set_aside(&claim)]).await.unwrap();
    store.commit(vec![outbox.begin(&claim, NOW + 6 * MINUTE + 40_000)]).await.unwrap();
    assert_eq!(outbox.claim(&key, "third", NOW + 7 * MINUTE).await.unwrap(), None);
    assert_eq!(claimed(&outbox, &key, "third", NOW + 8 * MINUTE).await.attempts, 2);
}

#[tokio::test]
async fn a_job_whose_workers_never_come_back_has_no_try_left_after_the_seventh() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &job("a"), NOW).await;
    let mut seen = Vec::new();
    for minute in 0..12 {
        let claim = claimed(&outbox, &key, &format!("{minute}"), NOW + minute * MINUTE).await;
        seen.push((claim.attempts, claim.spent(), claim.hopeless()));
    }
    let spent = seen.iter().find(|(_, spent, _)| *spent).map(|(attempts, ..)| *attempts);
    let hopeless = seen.iter().find(|(.., hopeless)| *hopeless).map(|(attempts, ..)| *attempts);
    assert_eq!((spent, hopeless), (Some(8), Some(11)));
    assert_eq!(seen.last(), Some(&(12, true, true)));
}

#[tokio::test]
async fn asking_again_while_a_job_waits_changes_nothing_but_the_count() {
    let (store, outbox) = outbox().await;
    let later = NewJob { at: Some(NOW + 10_000), ..natural("refresh/r1") };
    let key = ask(&store, &later, NOW).await;
    let before = item(&store, &key).await;
    let other = NewJob { at: Some(NOW + 60_000), body: Json::Null, ..natural("refresh/r1") };
    ask(&store, &other, NOW + 5_000).await;
    let mut after = item(&store, &key).await;
    assert_eq!(after["asked"], Value::from(2).0);
    after.insert("asked".into(), before["asked"].clone());
    assert_eq!(after, before);
    let claim = claimed(&outbox, &key, "me", NOW + 10_000).await;
    assert_eq!((claim.asked, claim.created_at), (2, NOW));
    store.commit(vec![outbox.done(&claim)]).await.unwrap();
}

#[tokio::test]
async fn asking_again_during_the_work_leaves_it_alone_and_runs_it_once_more() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &natural("refresh/r1"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    ask(&store, &natural("refresh/r1"), NOW + 1).await;
    // The bell rang, but the job is held.
    assert_eq!(outbox.claim(&key, "other", NOW + 2).await.unwrap(), None);
    let failed = only(stale(store.commit(vec![note("RECORD", "x"), outbox.done(&claim)]).await));
    assert_eq!(outbox::lost(&claim, &failed), Some(Lost::AskedAgain));
    store.commit(vec![note("RECORD", "x"), outbox.once_more(&claim, NOW + 3)]).await.unwrap();
    let again = claimed(&outbox, &key, "other", NOW + 4).await;
    assert_eq!((again.asked, again.attempts), (2, 1));
    store.commit(vec![outbox.done(&again)]).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap(), None);
}

#[tokio::test]
async fn asking_again_during_the_last_failing_try_keeps_the_job() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &natural("refresh/r1"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    ask(&store, &natural("refresh/r1"), NOW + 1).await;
    let failed = only(stale(store.commit(outbox.bury(&claim, NOW + 2, "boom")).await));
    assert_eq!(outbox::lost(&claim, &failed), Some(Lost::AskedAgain));
    assert_eq!(outbox.dead(10).await.unwrap(), []);
}

#[tokio::test]
async fn asking_again_does_not_shorten_a_back_off() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &natural("refresh/r1"), NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(vec![outbox.again(&claim, NOW + 30_000)]).await.unwrap();
    ask(&store, &natural("refresh/r1"), NOW + 1).await;
    // Not even under the same name at the same moment: the bell may ring twice.
    assert_eq!(outbox.claim(&key, "me", NOW + 1).await.unwrap(), None);
    assert!(outbox.claim(&key, "me", NOW + 30_000).await.unwrap().is_some());
}

#[tokio::test]
async fn due_jobs_come_most_urgent_first_from_both_lanes_up_to_a_minute_ahead() {
    let (store, outbox) = outbox().await;
    let at = |minutes: i64| Some(NOW + minutes * MINUTE);
    let jobs: Vec<NewJob> =
        (-3..6).map(|minutes| NewJob { at: at(minutes), ..job(&format!("j{minutes}")) }).collect();
    let lanes: std::collections::BTreeSet<_> = jobs.iter().map(|job| outbox::lane(&job.id)).collect();
    assert_eq!(lanes.len(), 2, "the ids must fall into both lanes");
    store.commit(jobs.iter().map(|job| job.write("hub", NOW)).collect()).await.unwrap();
    let due = outbox.due(NOW).await.unwrap();
    let found: Vec<_> = due.iter().map(|due| (due.key.pk.as_str(), (due.wake_at - NOW) / MINUTE)).collect();
    assert_eq!(
        found,
        [("G#1#J#j-3", -3), ("G#1#J#j-2", -2), ("G#1#J#j-1", -1), ("G#1#J#j0", 0), ("G#1#J#j1", 1)]
    );
    for due in due {
        assert!(outbox.claim(&due.key, "me", NOW + MINUTE).await.unwrap().is_some());
    }
    // Held ones come back only when their lease is about to end.
    assert_eq!(outbox.due(NOW - MINUTE).await.unwrap(), []);
    assert_eq!(outbox.due(NOW + MINUTE).await.unwrap().len(), 6);
}

#[tokio::test]
async fn a_dead_job_is_seen_for_30_days_and_its_name_is_free() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &NewJob { answer_to: Some(answer()), ..job("a") }, NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(outbox.bury(&claim, NOW + 5, "HUB-F01 50013")).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap(), None);
    let key = ask(&store, &job("a"), NOW + 6).await;
    let claim = claimed(&outbox, &key, "me", NOW + 6).await;
    store.commit(outbox.bury(&claim, NOW + 7, "again")).await.unwrap();
    let dead = outbox.dead(10).await.unwrap();
    let seen: Vec<_> = dead
        .iter()
        .map(|dead| (dead.reason.as_str(), dead.dead_at - NOW, dead.id.as_str(), dead.guild, dead.attempts))
        .collect();
    assert_eq!(seen, [("again", 7, "a", 1, 1), ("HUB-F01 50013", 5, "a", 1, 1)]);
    assert_eq!((dead[1].kind.as_str(), dead[1].cause), ("publish", Some(u64::MAX)));
    assert_eq!((&dead[1].body["resource"], dead[1].created_at), (&json!("r1"), NOW));
    let grave = item(&store, &dead[1].key).await;
    assert_eq!(grave["exp"], Value::from((NOW + 5) / 1000 + 30 * 24 * 3600).0);
    assert!(!format!("{grave:?}").contains("secret-token"));
    assert_eq!(outbox.dead(1).await.unwrap().len(), 1);
    assert_eq!(outbox.due(NOW + 365 * 24 * 60 * MINUTE).await.unwrap(), []);
}

#[tokio::test]
async fn no_wake_is_set_past_the_end_of_a_waiting_answer() {
    let (store, outbox) = outbox().await;
    let last = NOW + 15 * MINUTE - 30_000;
    let late = NewJob { at: Some(NOW + 60 * MINUTE), answer_to: Some(answer()), ..job("a") };
    let key = ask(&store, &late, NOW).await;
    assert_eq!(item(&store, &key).await["wake_at"], Value::from(last).0);
    let claim = claimed(&outbox, &key, "me", last).await;
    store.commit(vec![outbox.drop_answer(&claim, NOW + 60 * MINUTE)]).await.unwrap();
    let dropped = item(&store, &key).await;
    assert_eq!(dropped["wake_at"], Value::from(NOW + 60 * MINUTE).0);
    assert!(!dropped.contains_key("answer_to"));
    // It is still mine to end.
    store.commit(vec![outbox.done(&claim)]).await.unwrap();

    let key = ask(&store, &NewJob { answer_to: Some(answer()), ..job("b") }, NOW).await;
    let claim = claimed(&outbox, &key, "me", NOW).await;
    store.commit(vec![outbox.again(&claim, NOW + 120 * MINUTE)]).await.unwrap();
    assert_eq!(item(&store, &key).await["wake_at"], Value::from(last).0);
    assert_eq!(outbox::next_wake(7, &None), 7);
    assert_eq!(outbox::next_wake(i64::MAX, &Some(answer())), last);
    assert_eq!(outbox::next_wake(NOW, &Some(answer())), NOW);
}

#[tokio::test]
async fn a_claim_whose_answer_was_lost_is_still_a_claim() {
    let (store, faults) = faulty().await;
    let store = store.with_patience(patient());
    let outbox = Outbox::new(store.clone(), "hub");
    let key = ask(&store, &job("a"), NOW).await;
    faults.next_of("UpdateItem", 1, Fault::HangUpAfter);
    assert_eq!(claimed(&outbox, &key, "me", NOW).await.attempts, 1);
    // But not somebody else's.
    faults.next_of("UpdateItem", 1, Fault::HangUp);
    assert_eq!(outbox.claim(&key, "other", NOW).await.unwrap(), None);
    faults.next_of("UpdateItem", 2, Fault::Conflict);
    assert!(outbox.claim(&key, "other", NOW + MINUTE).await.unwrap().is_some());
}

#[tokio::test]
async fn what_cannot_be_read_can_still_be_buried() {
    let (store, outbox) = outbox().await;
    let key = outbox::key("hub", 1, "odd");
    let odd = json!({ "run": "now", "body": "{", "attempts": "many", "asked": 1 });
    store.commit(vec![Write::put(key.clone(), &odd)]).await.unwrap();
    // DynamoDB itself refuses to count on a text; the number must be one.
    assert!(outbox.claim(&key, "me", NOW).await.is_err());
    store
        .commit(vec![Write::put(key.clone(), &json!({ "run": "now", "body": "{", "asked": 1 }))])
        .await
        .unwrap();
    let claim = claimed(&outbox, &key, "me", NOW).await;
    assert_eq!((claim.kind.as_str(), &claim.body), ("", &Json::Null));
    store.commit(outbox.bury(&claim, NOW, "unreadable")).await.unwrap();
    assert_eq!(outbox.dead(10).await.unwrap().len(), 1);
}

#[test]
fn back_off_grows_and_ends_after_the_seventh_try() {
    let waits: Vec<_> = (1..=8).map(outbox::backoff_ms).collect();
    let hour = 60 * MINUTE;
    assert_eq!(
        waits,
        [
            Some(5_000),
            Some(30_000),
            Some(5 * MINUTE),
            Some(30 * MINUTE),
            Some(2 * hour),
            Some(24 * hour),
            None,
            None
        ]
    );
}

#[test]
fn a_token_is_never_shown() {
    let job = NewJob { answer_to: Some(answer()), ..job("a") };
    assert!(!format!("{job:?}").contains("secret-token"));
    assert!(format!("{job:?}").contains("hidden"));
}

#[test]
fn a_write_about_another_item_says_nothing_about_the_lease() {
    let failed = FailedWrite { index: 0, key: key("A"), item: None };
    let claim = Claimed {
        key: outbox::key("hub", 1, "a"),
        guild: 1,
        id: "a".into(),
        kind: String::new(),
        body: Json::Null,
        from: String::new(),
        attempts: 1,
        continued: 0,
        abandoned: false,
        asked: 1,
        answer_to: None,
        cause: None,
        lease: "me".into(),
        created_at: NOW,
    };
    assert_eq!(outbox::lost(&claim, &failed), None);
}

#[tokio::test]
async fn what_a_job_says_about_a_person_is_declared() {
    let (store, outbox) = outbox().await;
    let key = ask(&store, &NewJob { answer_to: Some(answer()), ..job("a") }, NOW).await;
    let plain = [
        "pk",
        "kind",
        "from",
        "lane",
        "wake_at",
        "run",
        "attempts",
        "continued",
        "lease",
        "asked",
        "created_at",
    ];
    let undeclared = |item: &Item| store::personal::undeclared(item, outbox::PERSONAL, &plain);
    assert_eq!(undeclared(&item(&store, &key).await), [""; 0]);
    let claim = claimed(&outbox, &key, "me", NOW).await;
    assert_eq!(undeclared(&item(&store, &key).await), [""; 0]);
    store.commit(outbox.bury(&claim, NOW, "HUB-F01")).await.unwrap();
    let grave = outbox.dead(1).await.unwrap().remove(0).key;
    // Codes only.
    assert_eq!(undeclared(&item(&store, &grave).await), ["reason"]);
}
