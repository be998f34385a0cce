//! An interaction: what is written, or is not.

use std::io::Write;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use app::observe::{Click, JobSeen, Observer};
use store::Table;
use tests::stage::Play;

use crate::toy::{ROUNDS, Toy};
use crate::{count, items, types};

#[tokio::test]
async fn what_keeps_nothing_writes_nothing() {
    let play = Play::<Toy>::new().await;
    assert!(types(&play, "silent").await.contains("Oui."));
    assert!(types(&play, "no").await.contains("Non. (TOY-E01)"));
    assert_eq!(items(&play).await, 0);
    assert!(!play.aws.operations().contains(&"TransactWriteItems".to_owned()));
}

#[tokio::test]
async fn a_decision_that_is_always_too_late_is_taken_three_times_and_then_told() {
    let play = Play::<Toy>::new().await;
    ROUNDS.store(0, Ordering::SeqCst);
    assert!(types(&play, "stale").await.contains("(TOY-E21)"));
    assert_eq!(ROUNDS.load(Ordering::SeqCst), app::ROUNDS_MAX);
    assert_eq!(items(&play).await, 0);
}

#[tokio::test]
async fn a_decision_held_by_its_own_condition_leaves_no_mark() {
    let play = Play::<Toy>::new().await;
    assert!(types(&play, "once").await.contains("Oui."));
    assert_eq!(items(&play).await, 1, "the counter, and no mark");
    assert!(types(&play, "add").await.contains("Oui."));
    assert_eq!(items(&play).await, 3 - 1, "the counter and the mark of the other");
    assert_eq!(count(&play).await.as_deref(), Some("2"));
}

#[tokio::test]
async fn an_answer_that_discord_would_refuse_writes_nothing_and_is_told_as_our_fault() {
    let play = Play::<Toy>::new().await;
    assert!(types(&play, "wrong").await.contains("(TOY-E21)"));
    assert_eq!(items(&play).await, 0);
    play.sim.assert_clean();
}

#[tokio::test]
async fn another_feature_is_asked_in_the_same_transaction() {
    let play = Play::<Toy>::new().await;
    // The other feature's table is not there: then nothing of the decision is.
    assert!(types(&play, "ask").await.contains("(TOY-E21)"));
    assert_eq!(items(&play).await, 0);
    store::tables::create(play.store().client(), "stage", &["other"]).await.unwrap();
    assert!(types(&play, "ask").await.contains("Oui."));
    let asked = play.aws.items("stage", Table::Jobs("other")).await;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["from"].as_s().unwrap(), "toy");
    assert_eq!(asked[0]["kind"].as_s().unwrap(), "request/erase-person");
}

#[tokio::test]
async fn a_feature_that_is_not_declared_cannot_be_asked() {
    let play = Play::<Toy>::new().await;
    store::tables::create(play.store().client(), "stage", &["stranger"]).await.unwrap();
    assert!(types(&play, "undeclared").await.contains("(TOY-E21)"));
    assert_eq!(items(&play).await, 0);
    assert_eq!(play.aws.items("stage", Table::Jobs("stranger")).await, []);
}

#[tokio::test]
async fn nothing_is_written_into_another_feature_s_table() {
    let play = Play::<Toy>::new().await;
    store::tables::create(play.store().client(), "stage", &["other"]).await.unwrap();
    assert!(types(&play, "trespass").await.contains("(TOY-E21)"));
    assert_eq!(items(&play).await, 0);
    assert_eq!(play.aws.items("stage", Table::State("other")).await, []);
}

/// Keeps what it is told.
#[derive(Default)]
struct Kept(Mutex<Vec<Click>>);

impl Observer for Kept {
    fn click(&self, click: Click) {
        self.0.lock().unwrap().push(click);
    }

    fn job(&self, _: JobSeen) {}
}

#[tokio::test]
async fn whoever_looks_over_the_shoulder_sees_every_read() {
    let kept = Arc::new(Kept::default());
    let play = Play::<Toy>::observed_by(kept.clone()).await;
    types(&play, "silent").await;
    let clicks = kept.0.lock().unwrap();
    let guild = play.guild;
    let reads: Vec<&str> = clicks[0].reads.iter().map(|key| key.split('#').next_back().unwrap()).collect();
    assert_eq!(clicks[0].action, "Action(\"silent\")");
    assert_eq!(clicks[0].decision, "= alone: Oui.\n");
    // The mark and the person end with an id.
    let place = |end: &str| reads.iter().position(|read| read.ends_with(end));
    assert_eq!(reads.len(), 6, "{reads:?}");
    assert_eq!(place("LATER"), Some(5), "the later round trip comes last");
    for end in ["ONCE", "GUILD", "PERSON", "COUNTER", "*"] {
        assert!(place(end).is_some(), "{end}: {reads:?}");
    }
    assert!(clicks[0].reads.contains(&format!("G#{guild} DRAFT#*")), "{:?}", clicks[0].reads);
}

/// What is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_what_was_asked_and_not_what_was_typed() {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    // For the whole program: one of its other tests may be the first to reach a place that logs, and a
    // log of this thread alone would then never hear of it.
    tracing::subscriber::set_global_default(lines).expect("nobody else listens");
    let play = Play::<Toy>::new().await;
    types(&play, "what nobody else may read").await;
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("\"action\":\"Action\""), "{log}");
    assert!(!log.contains("nobody else"), "{log}");
}
