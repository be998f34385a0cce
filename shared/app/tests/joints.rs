//! A feature in miniature, to try what joins features to Discord and DynamoDB: what happens when
//! somebody else was faster, when nothing is to be kept, when a job must run once more.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use app::{
    At, Ctx, Decision, Desk, Failure, Feature, Finish, Job as _, Lang, Loaded, Request, Texts, Wanted,
};
use discord::UserId;
use discord::command::{Command, CommandOption};
use discord::interaction::{Interaction, Kind};
use discord::message::Message;
use discord::reply::Reply;
use serde::{Deserialize, Serialize};
use store::{Condition, Key, Store, StoreError, Table, Update, Write};
use tests::stage::Play;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::new("toy-word = Un mot", "toy-word = A word"));

/// How often each kind of rule was asked, so that the tests see rounds and runs.
static ROUNDS: AtomicU32 = AtomicU32::new(0);
static RUNS: AtomicU32 = AtomicU32::new(0);

struct Toy;

#[derive(Debug)]
struct Action(String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
enum Job {
    /// Counts its runs, and is asked for once more while it runs the first time.
    Count,
    /// Never works.
    Fail,
}

impl app::Job for Job {
    fn natural_id(&self) -> Option<String> {
        matches!(self, Self::Count).then(|| "count".into())
    }
}

#[derive(Debug)]
struct No(&'static str);

impl app::Refusal for No {
    fn code(&self) -> &'static str {
        self.0
    }

    fn text(&self, _: Lang) -> String {
        "Non.".into()
    }
}

fn counter(at: discord::GuildId) -> Key {
    Key::new(Table::State("toy"), format!("G#{at}"), "COUNTER")
}

impl Feature for Toy {
    const NAME: &'static str = "toy";
    type Action = Action;
    type State = ();
    type Refusal = No;
    type Job = Job;

    fn texts() -> &'static Texts {
        &TEXTS
    }

    fn commands() -> Vec<Command> {
        let what = CommandOption::text(("quoi", "what"), ("Quoi", "What")).required();
        vec![Command::chat(("jouet", "toy"), ("Un jouet", "A toy")).option(what)]
    }

    fn asks() -> &'static [&'static str] {
        &["other"]
    }

    fn prefix() -> &'static str {
        "toy"
    }

    fn read(interaction: &Interaction) -> Option<Action> {
        match &interaction.kind {
            Kind::Command(typed) => Some(Action(typed.text("quoi")?.to_owned())),
            _ => None,
        }
    }

    fn suggests(_: &Action) -> bool {
        false
    }

    fn wants(_: &Action, at: &At) -> Vec<Wanted> {
        vec![Wanted::Item(counter(at.guild))]
    }

    async fn load(_: &Action, _: &Ctx, _: Loaded, _: &Store) -> Result<(), StoreError> {
        Ok(())
    }

    fn decide(Action(what): &Action, ctx: &Ctx, (): ()) -> Result<Decision, No> {
        let said = Decision::reply(Reply::Whisper(Message::text("Oui.")));
        let add = Write::update(counter(ctx.guild), Update::new().add("n", 1));
        match what.as_str() {
            "silent" => Ok(said),
            "add" => Ok(said.write(add)),
            "stale" => {
                ROUNDS.fetch_add(1, Ordering::SeqCst);
                Ok(said.write(add.when(Condition::equals("n", -1))))
            }
            "once" => Ok(said.write(add.when(Condition::absent())).once_by(counter(ctx.guild))),
            "ask" => Ok(said.ask("other", Request::ErasePerson { user: UserId(7) })),
            "undeclared" => Ok(said.ask("stranger", Request::ErasePerson { user: UserId(7) })),
            "wrong" => Ok(Decision::reply(Reply::Whisper(Message::text(""))).write(add)),
            "count" => Ok(said.job(Job::Count.now())),
            "fail" => Ok(said.job(Job::Fail.now())),
            _ => Err(No("TOY-E01")),
        }
    }

    fn outdated() -> No {
        No("TOY-E20")
    }

    fn fault(_: String) -> No {
        No("TOY-E21")
    }

    async fn work(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        match job {
            Job::Count => {
                if RUNS.fetch_add(1, Ordering::SeqCst) == 0 {
                    // Somebody asks for it while it runs.
                    let again = store::outbox::NewJob {
                        guild: desk.guild.0,
                        id: "count".into(),
                        kind: "count".into(),
                        body: serde_json::Value::Null,
                        at: None,
                        answer_to: None,
                        cause: None,
                        from: "toy",
                        natural: true,
                    };
                    desk.store
                        .commit(vec![again.write("toy", desk.now.0)])
                        .await
                        .expect("the tables are there");
                }
                Ok(Finish::done())
            }
            Job::Fail => Err(Failure::never("it never works")),
        }
    }

    async fn answer(_: Request, _: &Desk<'_>) -> Result<Finish, Failure> {
        Ok(Finish::done())
    }

    async fn give_up(_: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        Ok(Finish::done().write(Write::update(counter(desk.guild), Update::new().set("given_up", true))))
    }
}

/// What Karim reads after he typed this.
async fn types(play: &Play<Toy>, what: &str) -> String {
    play.sim.take_transcript();
    play.sim.person("karim").in_channel("general").types("/jouet", &[("quoi", what)]).await;
    play.sim.transcript()
}

async fn count(play: &Play<Toy>) -> Option<String> {
    let item = play.store().get(&counter(play.guild)).await.unwrap()?;
    Some(item["n"].as_n().unwrap().clone())
}

async fn items(play: &Play<Toy>) -> usize {
    play.aws.items("stage", Table::State("toy")).await.len()
}

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
#[should_panic(expected = "toy does not declare that it asks stranger")]
async fn a_feature_that_is_not_declared_cannot_be_asked() {
    let play = Play::<Toy>::new().await;
    types(&play, "undeclared").await;
}

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
