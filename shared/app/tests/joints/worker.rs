//! A job: that it is done, and what happens when it cannot be.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::time::Duration;

use app::Timestamp;
use futures_util::FutureExt as _;
use store::{Item, Table};
use tests::stage::Play;
use tokio::time::Instant;

use crate::toy::{BEGUN, GO_ON, RUNS, STEPPED, Toy, counter};
use crate::types;

#[tokio::test]
async fn a_job_asked_for_while_it_runs_runs_once_more() {
    let play = Play::<Toy>::new().await;
    RUNS.store(0, Ordering::SeqCst);
    types(&play, "count").await;
    play.wait(Duration::from_mins(2)).await;
    assert_eq!(RUNS.load(Ordering::SeqCst), 2);
    assert!(play.jobs("toy").await.is_empty());
}

#[tokio::test]
async fn a_dead_job_leaves_things_in_order_and_can_be_seen() {
    let play = Play::<Toy>::new().await;
    types(&play, "fail").await;
    play.work().await;
    assert!(play.jobs("toy").await.is_empty());
    let dead = play.aws.items("stage", Table::Jobs("toy")).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0]["reason"].as_s().unwrap(), "it never works");
    let item = play.store().get(&counter(play.guild)).await.unwrap().unwrap();
    assert_eq!(item["given_up"].as_bool(), Ok(&true));
}

/// What became of the jobs that were given up: what they were, and why.
async fn dead(play: &Play<Toy>) -> Vec<(String, String)> {
    let jobs = play.aws.items("stage", Table::Jobs("toy")).await;
    let text = |item: &Item, name: &str| item.get(name).and_then(|text| Some(text.as_s().ok()?.clone()));
    jobs.iter().filter_map(|item| Some((text(item, "kind")?, text(item, "reason")?))).collect()
}

/// A number that the only waiting job carries.
async fn waiting(play: &Play<Toy>, name: &str) -> Option<String> {
    let jobs = play.jobs("toy").await;
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    Some(jobs[0].get(name)?.as_n().unwrap().clone())
}

/// How often this figure was written.
fn figures(play: &Play<Toy>, name: &str) -> usize {
    play.metrics.lines().iter().filter(|line| line.contains(&format!("\"{name}\":"))).count()
}

fn pass(play: &Play<Toy>, time: Duration) {
    play.clock.advance_to(Timestamp(play.clock.now().0 + i64::try_from(time.as_millis()).unwrap()));
}

#[tokio::test]
async fn a_job_that_ends_its_workers_is_given_up_and_takes_no_other_with_it() {
    let play = Play::<Toy>::new().await;
    types(&play, "rest").await;
    types(&play, "die").await;
    // The panic ends everything that this invocation has in hand, as an abort does.
    let _ = AssertUnwindSafe(play.work_at_once()).catch_unwind().await;
    for _ in 0..12 {
        pass(&play, Duration::from_secs(61));
        let _ = AssertUnwindSafe(play.worker().tick_now()).catch_unwind().await;
    }
    assert_eq!(play.jobs("toy").await, []);
    assert_eq!(dead(&play).await, [("die".into(), "its worker did not come back".into())]);
    let item = play.store().get(&counter(play.guild)).await.unwrap().unwrap();
    assert_eq!(item["given_up"].as_bool(), Ok(&true));
    assert_eq!(item["rested"].as_n().unwrap(), "2", "it lost the one try in which nobody knew yet");
    assert_eq!(figures(&play, "dead_jobs"), 1);
}

#[tokio::test]
async fn a_job_that_goes_on_step_by_step_stays_with_its_worker() {
    let play = Play::<Toy>::new().await;
    types(&play, "steps").await;
    tokio::join!(play.work(), async {
        STEPPED.notified().await;
        pass(&play, Duration::from_secs(50));
        GO_ON.notify_one();
        STEPPED.notified().await;
        // 70 s after the claim, 20 s after the last step.
        pass(&play, Duration::from_secs(20));
        let tick = tokio::time::timeout(Duration::from_secs(5), play.worker().tick_now());
        assert!(tick.await.is_ok(), "another worker took the job");
        GO_ON.notify_one();
    });
    assert_eq!(BEGUN.load(Ordering::SeqCst), 1);
    assert_eq!(play.jobs("toy").await, []);
}

#[tokio::test]
async fn a_refused_token_costs_no_try_and_is_told_to_the_operator() {
    let play = Play::<Toy>::with_token("somebody reset it").await;
    types(&play, "call").await;
    play.wait(Duration::from_hours(3)).await;
    assert_eq!(waiting(&play, "attempts").await.as_deref(), Some("0"));
    assert!(figures(&play, "token_refused") >= 30, "the alarm rings as long as it lasts");
    assert_eq!((figures(&play, "dead_jobs"), figures(&play, "job_retries")), (0, 0));
}

#[tokio::test]
async fn a_job_waits_for_a_new_token_and_goes_on_with_it() {
    let play = Play::<Toy>::reading_token("/token").await;
    play.aws.set_parameter("/token", "somebody reset it");
    for _ in 0..3 {
        types(&play, "call").await;
    }
    play.aws.forget_calls();
    play.work().await;
    let reads = || play.aws.operations().iter().filter(|operation| *operation == "GetParameter").count();
    assert_eq!(reads(), 2, "once at the start, and once more for all jobs together");
    assert_eq!(play.jobs("toy").await.len(), 3);
    play.aws.set_parameter("/token", tests::stage::TOKEN);
    play.wait(Duration::from_mins(6)).await;
    assert_eq!(play.jobs("toy").await, []);
    assert_eq!(dead(&play).await, []);
}

#[tokio::test]
async fn a_token_that_cannot_be_read_costs_no_try_and_is_told_to_the_operator() {
    for parameter in [None, Some(""), Some(" \n")] {
        let play = Play::<Toy>::reading_token("/token").await;
        if let Some(value) = parameter {
            play.aws.set_parameter("/token", value);
        }
        for _ in 0..3 {
            types(&play, "call").await;
        }
        play.aws.forget_calls();
        play.work().await;
        let reads = play.aws.operations().iter().filter(|operation| *operation == "GetParameter").count();
        assert_eq!(reads, 1, "once for all jobs together");
        play.wait(Duration::from_hours(3)).await;
        let tries: Vec<_> = play.jobs("toy").await.iter().map(|job| job["attempts"].clone()).collect();
        assert_eq!(tries, vec![store::Value::from(0).0; 3]);
        assert!(figures(&play, "token_refused") >= 30, "the alarm rings as long as it lasts");
        assert_eq!((figures(&play, "dead_jobs"), figures(&play, "job_retries")), (0, 0));
        play.aws.set_parameter("/token", tests::stage::TOKEN);
        play.wait(Duration::from_mins(6)).await;
        assert_eq!(play.jobs("toy").await, []);
        assert_eq!(dead(&play).await, []);
    }
}

#[tokio::test]
async fn the_last_words_of_a_job_are_said_with_a_token_although_no_other_job_was_done() {
    let play = Play::<Toy>::reading_token("/token").await;
    types(&play, "last-words").await;
    // Seven workers took it and did not come back.
    let key = outbox_key(&play).await;
    for _ in 0..7 {
        let outbox = store::outbox::Outbox::new(play.store().clone(), "toy");
        outbox.claim(&key, "gone", play.clock.now().0).await.unwrap().expect("it is free");
        pass(&play, Duration::from_secs(61));
    }
    play.worker().tick_now().await;
    assert_eq!(dead(&play).await, [], "there is no token yet");
    play.aws.set_parameter("/token", "somebody reset it");
    play.wait(Duration::from_mins(6)).await;
    assert_eq!(dead(&play).await, [], "this one is refused");
    play.aws.set_parameter("/token", tests::stage::TOKEN);
    play.wait(Duration::from_mins(11)).await;
    assert_eq!(dead(&play).await, [("last-words".into(), "its worker did not come back".into())]);
    let item = play.store().get(&counter(play.guild)).await.unwrap().unwrap();
    assert_eq!(item["given_up"].as_bool(), Ok(&true));
}

/// The key of the only waiting job.
async fn outbox_key(play: &Play<Toy>) -> store::Key {
    let jobs = play.jobs("toy").await;
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    let text = |name: &str| jobs[0][name].as_s().unwrap().clone();
    store::Key::new(Table::Jobs("toy"), text("pk"), text("sk"))
}

#[tokio::test]
async fn too_many_refused_calls_cost_no_try_and_are_told_to_the_operator() {
    let play = Play::<Toy>::new().await;
    types(&play, "breaker").await;
    play.wait(Duration::from_hours(3)).await;
    assert_eq!(waiting(&play, "attempts").await.as_deref(), Some("0"));
    assert!(figures(&play, "breaker_open") >= 17);
    assert_eq!((figures(&play, "dead_jobs"), figures(&play, "job_retries")), (0, 0));
}

#[tokio::test]
async fn nothing_is_begun_when_the_time_is_over() {
    let play = Play::<Toy>::new().await;
    types(&play, "rest").await;
    let before = play.jobs("toy").await;
    let bells = play.aws.bells("stage", "toy").await;
    play.worker().work(&tests::events::stream_batch(&bells), Duration::ZERO).await;
    assert_eq!(play.jobs("toy").await, before);
}

#[tokio::test]
async fn a_job_that_runs_out_of_time_keeps_its_tries_but_does_not_go_on_for_ever() {
    let play = Play::<Toy>::new().await;
    types(&play, "endless").await;
    let tick = async || {
        pass(&play, Duration::from_hours(30));
        play.worker().tick(Instant::now() + Duration::from_millis(100), false).await;
    };
    tick().await;
    assert_eq!(waiting(&play, "attempts").await.as_deref(), Some("0"));
    assert_eq!(waiting(&play, "continued").await.as_deref(), Some("1"));
    for _ in 0..70 {
        tick().await;
    }
    assert_eq!(play.jobs("toy").await, []);
    assert_eq!(dead(&play).await, [("endless".into(), "it never ends in time".into())]);
}

#[tokio::test]
async fn a_job_that_asks_or_writes_what_is_not_its_feature_s_is_given_up() {
    let play = Play::<Toy>::new().await;
    store::tables::create(play.store().client(), "stage", &["other", "stranger"]).await.unwrap();
    for what in ["job-stranger", "job-trespass", "job-trespass-early"] {
        types(&play, what).await;
    }
    play.work().await;
    assert_eq!(play.jobs("toy").await, []);
    let mut dead = dead(&play).await;
    dead.sort();
    let foreign = "toy writes into State(\"other\"), which is not its own";
    assert_eq!(
        dead,
        [
            ("stranger".into(), "toy does not declare that it asks stranger".to_owned()),
            ("trespass".into(), foreign.into()),
            ("trespass-early".into(), foreign.into()),
        ]
    );
    assert_eq!(play.aws.items("stage", Table::State("other")).await, []);
    assert_eq!(play.aws.items("stage", Table::Jobs("stranger")).await, []);
}

#[tokio::test]
async fn a_tick_that_cannot_read_says_so_for_the_worker() {
    let (play, faults) = Play::<Toy>::with_faults().await;
    faults.next_of("Query", 100, tests::faults::Fault::Broken);
    play.worker().tick_now().await;
    assert_eq!((figures(&play, "worker_faults"), figures(&play, "faults")), (1, 0));
}
