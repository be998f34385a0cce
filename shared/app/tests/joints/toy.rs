//! The feature.

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
use discord::rest::RestError;
use serde::{Deserialize, Serialize};
use store::{Condition, Key, Query, Store, StoreError, Table, Update, Write};
use tokio::sync::Notify;

static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::new("toy-word = Un mot", "toy-word = A word"));

/// How often each kind of rule was asked, so that the tests see rounds and runs.
pub(crate) static ROUNDS: AtomicU32 = AtomicU32::new(0);
pub(crate) static RUNS: AtomicU32 = AtomicU32::new(0);
/// How often a job in steps was begun.
pub(crate) static BEGUN: AtomicU32 = AtomicU32::new(0);
/// A job in steps rings the first after each step, and goes on when the second rings.
pub(crate) static STEPPED: Notify = Notify::const_new();
pub(crate) static GO_ON: Notify = Notify::const_new();

pub(crate) struct Toy;

#[derive(Debug)]
pub(crate) struct Action(String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub(crate) enum Job {
    /// Counts its runs, and is asked for once more while it runs the first time.
    Count,
    /// Never works.
    Fail,
    /// Ends its worker.
    Die,
    /// Takes a moment, then keeps which try it was.
    Rest,
    /// Two steps, and a wait after each.
    Steps,
    /// Never ends.
    Endless,
    /// Calls Discord.
    Call,
    /// Calls Discord when it is given up.
    LastWords,
    /// Meets the breaker of refused calls.
    Breaker,
    /// Asks a feature that is not declared.
    Stranger,
    /// Writes into another feature's table with its end.
    Trespass,
    /// Writes into another feature's table on the way.
    TrespassEarly,
}

impl app::Job for Job {
    fn natural_id(&self) -> Option<String> {
        matches!(self, Self::Count).then(|| "count".into())
    }
}

#[derive(Debug)]
pub(crate) struct No(&'static str);

impl app::Refusal for No {
    fn code(&self) -> &'static str {
        self.0
    }

    fn text(&self, _: Lang) -> String {
        "Non.".into()
    }
}

pub(crate) fn counter(at: discord::GuildId) -> Key {
    Key::new(Table::State("toy"), format!("G#{at}"), "COUNTER")
}

/// An item of a feature that the toy does not even ask.
pub(crate) fn foreign(at: discord::GuildId) -> Key {
    Key::new(Table::State("other"), format!("G#{at}"), "COUNTER")
}

fn trespass(at: discord::GuildId) -> Write {
    Write::update(foreign(at), Update::new().add("n", 1))
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
        let drafts = Query::of(Table::State("toy"), format!("G#{}", at.guild)).prefix("DRAFT#");
        vec![Wanted::Item(counter(at.guild)), Wanted::List(drafts)]
    }

    async fn load(_: &Action, ctx: &Ctx, _: Loaded, store: &Store) -> Result<(), StoreError> {
        store.get(&Key::new(Table::State("toy"), format!("G#{}", ctx.guild), "LATER")).await?;
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
            "trespass" => Ok(said.write(trespass(ctx.guild))),
            "fail" => Ok(said.job(Job::Fail.now())),
            "die" => Ok(said.job(Job::Die.now())),
            "rest" => Ok(said.job(Job::Rest.now())),
            "steps" => Ok(said.job(Job::Steps.now())),
            "endless" => Ok(said.job(Job::Endless.now())),
            "call" => Ok(said.job(Job::Call.now())),
            "last-words" => Ok(said.job(Job::LastWords.now())),
            "breaker" => Ok(said.job(Job::Breaker.now())),
            "job-stranger" => Ok(said.job(Job::Stranger.now())),
            "job-trespass" => Ok(said.job(Job::Trespass.now())),
            "job-trespass-early" => Ok(said.job(Job::TrespassEarly.now())),
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
            Job::Die => panic!("this job ends its worker"),
            Job::Rest => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                let tried = Update::new().set("rested", desk.attempt());
                Ok(Finish::done().write(Write::update(counter(desk.guild), tried)))
            }
            Job::Steps => {
                BEGUN.fetch_add(1, Ordering::SeqCst);
                for _ in 0..2 {
                    desk.record(Vec::new()).await?;
                    STEPPED.notify_one();
                    GO_ON.notified().await;
                }
                Ok(Finish::done())
            }
            Job::Endless => std::future::pending().await,
            Job::Call | Job::LastWords => {
                desk.discord.active_threads(desk.guild).await?;
                Ok(Finish::done())
            }
            Job::Breaker => Err(RestError::BreakerOpen { after: Duration::from_mins(10) }.into()),
            Job::Stranger => Ok(Finish {
                requests: vec![("stranger", Request::ErasePerson { user: UserId(7) })],
                ..Finish::done()
            }),
            Job::Trespass => Ok(Finish::done().write(trespass(desk.guild))),
            Job::TrespassEarly => {
                desk.record(vec![trespass(desk.guild)]).await?;
                Ok(Finish::done())
            }
        }
    }

    async fn answer(_: Request, _: &Desk<'_>) -> Result<Finish, Failure> {
        Ok(Finish::done())
    }

    async fn give_up(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
        if job == Job::LastWords {
            desk.discord.active_threads(desk.guild).await?;
        }
        Ok(Finish::done().write(Write::update(counter(desk.guild), Update::new().set("given_up", true))))
    }
}
