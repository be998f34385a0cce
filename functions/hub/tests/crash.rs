//! Whatever stops a worker or stands in its way, a resource has one post, and its author is told.
//!
//! First the worker's own program is killed in the middle of each of its calls, before and after the
//! call has its effect. Then Discord refuses, stalls and loses answers, and the tables do. A short link is
//! followed on the way: there the worker is killed at its calls of AWS, too.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{Clock, Feature as _};
use bytes::Bytes;
use hub::fetch::{Answer, Ask, Question};
use hub::model::{Resource, State};
use hub::{Hub, items};
use sim::{Endpoint, Fault, Scope, When};
use store::{Item, Update, Write};
use tests::aws::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY};
use tests::events::{stream_batch, tick};
use tests::faults::{self, Faults};
use tests::runtime::{self, Exit, Function, Lambda, Outcome};
use tests::stage::{PREFIX, Play, Stage, TOKEN};

const TITLE: &str = "Le livre de Rust";
const TOKEN_PARAMETER: &str = "/passerelle/test/hub/token";
const SIGKILL: i32 = 9;
/// Calls that a publication makes of Discord: the channel, the post, and the answer to its author.
const CALLS: u64 = 3;
/// What its author reads at the end.
const TOLD: &str = "C’est publié";

/// Somebody sends the form.
async fn shares(stage: &Stage) {
    let karim = stage.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", "https://doc.rust-lang.org/book/")]).await;
    karim.fills("Titre", TITLE).fills("Description", "Pour bien commencer avec Rust.").sends().await;
}

/// Fails unless there is one post, one published resource, nothing left to do, and an author who knows.
async fn assert_published_once(stage: &Stage, what: &str) {
    let karim = stage.sim.user("karim").expect("he is on the stage");
    let posts = stage.sim.threads_of(karim, stage.forum);
    assert_eq!(posts.len(), 1, "{what}: posts of the forum\n{}", stage.sim.transcript());
    let items = stage.aws.items(PREFIX, items::STATE).await;
    let resources: Vec<Resource> =
        items.into_iter().filter(is_resource).map(|item| store::read(item).expect("it loads")).collect();
    let states: Vec<_> = resources.iter().map(|resource| (resource.state, resource.thread)).collect();
    assert_eq!(states, [(State::Publiee, Some(posts[0].channel.id))], "{what}");
    assert!(stage.jobs(Hub::NAME).await.is_empty(), "{what}: {:?}", stage.jobs(Hub::NAME).await);
    assert!(stage.sim.transcript().contains(TOLD), "{what}: {}", stage.sim.transcript());
}

fn is_resource(item: &Item) -> bool {
    item.get("sk").is_some_and(|sk| sk.as_s().is_ok_and(|sk| sk == "META"))
}

/// A stage whose intake is the hub's own program, and on which a link was just shared.
async fn shared_through_the_program() -> Stage {
    let stage = Stage::new(Clock::system(), &[Hub::NAME]).await;
    stage.register(&Hub::commands());
    stage.aws.set_parameter(TOKEN_PARAMETER, TOKEN);
    let intake = with_stage(Function::new(env!("CARGO_BIN_EXE_hub")), &stage)
        .variable("DISCORD_PUBLIC_KEY", &stage.public_key_hex());
    let intake = intake.start().await.expect("the intake starts");
    stage.sim.set_endpoint(stage.application, Endpoint::Local(runtime::endpoint(Arc::new(intake))));
    shares(&stage).await;
    stage
}

fn with_stage(function: Function, stage: &Stage) -> Function {
    function
        .variable("STAGE", "test")
        .variable("TABLE_PREFIX", PREFIX)
        .variable("DISCORD_APPLICATION_ID", &stage.application.to_string())
        .variable("AWS_ENDPOINT_URL", stage.aws.url())
        .variable("AWS_REGION", REGION)
        .variable("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        .variable("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
}

async fn worker(stage: &Stage) -> Lambda {
    let function = with_stage(Function::new(env!("CARGO_BIN_EXE_hub-worker")), stage)
        .variable("DISCORD_API", stage.discord_api())
        .variable("DISCORD_TOKEN_PARAMETER", TOKEN_PARAMETER);
    function.start().await.expect("the worker starts")
}

/// Every lease runs out, as a minute does to it.
async fn a_minute_passes(stage: &Stage) {
    let now = stage.clock.now().0;
    let writes = stage.jobs(Hub::NAME).await.into_iter().map(|job| {
        let text = |name: &str| job[name].as_s().expect("a key is text").clone();
        let key = store::Key::new(store::Table::Jobs(Hub::NAME), text("pk"), text("sk"));
        Write::update(key, Update::new().set("wake_at", now))
    });
    stage.store().commit(writes.collect()).await.expect("the tables are there");
}

#[tokio::test]
async fn a_publication_makes_the_calls_that_are_killed_below() {
    let stage = shared_through_the_program().await;
    stage.sim.faults().count_from_zero();
    let worker = worker(&stage).await;
    worker.invoke(&stream_batch(&stage.aws.bells(PREFIX, Hub::NAME).await)).await.answer();
    assert_published_once(&stage, "nobody is killed").await;
    assert_eq!(stage.sim.faults().calls(), CALLS, "{:?}", stage.sim.rest_log());
}

#[tokio::test]
async fn a_worker_killed_at_any_call_leaves_one_post_once_another_has_resumed() {
    for call in 1..=CALLS {
        for when in [When::Before, When::After] {
            let what = format!("killed {when:?} the effect of call {call}");
            let stage = shared_through_the_program().await;
            let first = worker(&stage).await;
            stage.sim.faults().kill_at(call, when, first.killer());
            let outcome =
                first.invoke(&stream_batch(&stage.aws.bells(PREFIX, Hub::NAME).await)).await.outcome;
            assert_eq!(outcome, Outcome::Ended(Exit::Signal(SIGKILL)), "{what}");

            let second = worker(&stage).await;
            second.invoke(&tick()).await.answer();
            assert_eq!(stage.jobs(Hub::NAME).await.len(), 1, "{what}: the lease holds for a minute");
            a_minute_passes(&stage).await;
            second.invoke(&tick()).await.answer();
            assert_published_once(&stage, &what).await;
            stage.sim.assert_clean();
        }
    }
}

#[tokio::test]
async fn workers_that_die_one_after_the_other_leave_one_post_once_one_lives() {
    let stage = shared_through_the_program().await;
    // The first opens the post in vain. The others look first: they die opening it, having found it,
    // and telling its author.
    for (call, when) in [(2, When::Before), (4, When::After), (3, When::After), (4, When::Before)] {
        let dying = worker(&stage).await;
        stage.sim.faults().kill_at(call, when, dying.killer());
        a_minute_passes(&stage).await;
        assert_eq!(dying.invoke(&tick()).await.outcome, Outcome::Ended(Exit::Signal(SIGKILL)));
    }
    a_minute_passes(&stage).await;
    worker(&stage).await.invoke(&tick()).await.answer();
    assert_published_once(&stage, "after four deaths").await;
    stage.sim.assert_clean();
}

/// What Discord does to one call, and which call it is.
fn troubles() -> Vec<(&'static str, Fault)> {
    let post = "POST /channels/*/threads";
    let answer = "PATCH /webhooks/";
    let mut troubles = Vec::new();
    for call in [post, answer] {
        for scope in [Scope::User, Scope::Shared, Scope::Global] {
            troubles.push((call, Fault::RateLimited { scope, after: 0.2 }));
        }
        troubles.extend([
            (call, Fault::Status(500)),
            (call, Fault::Status(503)),
            (call, Fault::StatusAfter(500)),
            (call, Fault::HangUpBefore),
            (call, Fault::HangUpAfter),
        ]);
    }
    // The race of a first answer that has not arrived everywhere yet.
    troubles.push((answer, Fault::NotFoundOnce(10_015)));
    troubles
}

#[tokio::test]
async fn trouble_at_discord_delays_a_post_and_never_doubles_it() {
    for (call, fault) in troubles() {
        let what = format!("{fault:?} at {call}");
        let play = Play::<Hub>::new().await;
        shares(&play).await;
        play.sim.faults().next(call, fault);
        play.work().await;
        play.wait(Duration::from_mins(10)).await;
        assert!(!play.sim.faults().pending(), "{what}: it was met");
        assert_published_once(&play, &what).await;
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_is_not_waited_for_and_its_effect_is_found() {
    for fault in [Fault::TimeoutBefore, Fault::TimeoutAfter] {
        let what = format!("{fault:?}");
        let play = Play::<Hub>::new().await;
        shares(&play).await;
        play.sim.faults().next("POST /channels/*/threads", fault);
        play.work().await;
        play.wait(Duration::from_mins(10)).await;
        assert!(!play.sim.faults().pending(), "{what}: it was met");
        assert_published_once(&play, &what).await;
    }
}

/// How often this operation met this trouble.
fn met(faults: &Faults, operation: &str, fault: faults::Fault) -> usize {
    faults.seen().iter().filter(|seen| seen.operation == operation && seen.fault == Some(fault)).count()
}

#[tokio::test]
async fn trouble_with_the_tables_at_the_intake_is_not_seen_by_who_shares() {
    use faults::Fault::{
        Broken, Conflict, Exceeded, HangUp, HangUpAfter, ItemThrottled, KeysLeft, Throttled,
    };
    let reads = [Throttled, Exceeded, Broken, HangUp, KeysLeft].map(|fault| ("BatchGetItem", fault));
    let writes = [Throttled, Exceeded, Broken, Conflict, ItemThrottled, HangUp, HangUpAfter]
        .map(|fault| ("TransactWriteItems", fault));
    for (operation, fault) in reads.into_iter().chain(writes) {
        let what = format!("{fault:?} at {operation}");
        let (play, faults) = Play::<Hub>::with_faults().await;
        faults.next_of(operation, 1, fault);
        shares(&play).await;
        assert_eq!(met(&faults, operation, fault), 1, "{what}: it was met");
        play.work().await;
        play.wait(Duration::from_mins(10)).await;
        assert_published_once(&play, &what).await;
        play.sim.assert_clean();
    }
}

#[tokio::test]
async fn trouble_with_the_tables_at_the_worker_delays_a_post_and_never_doubles_it() {
    use faults::Fault::{Broken, Conflict, Exceeded, HangUp, HangUpAfter, ItemThrottled, Throttled};
    let reads = [Throttled, Exceeded, Broken, HangUp].map(|fault| ("GetItem", fault));
    let claims = [Throttled, Broken, HangUp, HangUpAfter].map(|fault| ("UpdateItem", fault));
    let writes = [Throttled, Exceeded, Broken, Conflict, ItemThrottled, HangUp, HangUpAfter]
        .map(|fault| ("TransactWriteItems", fault));
    for (operation, fault) in reads.into_iter().chain(claims).chain(writes) {
        let what = format!("{fault:?} at {operation}");
        let (play, faults) = Play::<Hub>::with_faults().await;
        shares(&play).await;
        faults.next_of(operation, 1, fault);
        play.work().await;
        assert_eq!(met(&faults, operation, fault), 1, "{what}: it was met");
        play.wait(Duration::from_mins(10)).await;
        assert_published_once(&play, &what).await;
        play.sim.assert_clean();
    }
}

#[tokio::test]
async fn tables_that_stay_away_longer_than_a_call_is_tried_delay_a_post_and_never_double_it() {
    // A claim that fails is not among them: the stream rings for the job again and again then.
    for operation in ["GetItem", "TransactWriteItems"] {
        let (play, faults) = Play::<Hub>::with_faults().await;
        shares(&play).await;
        faults.next_of(operation, u32::MAX, faults::Fault::Broken);
        play.work().await;
        assert!(met(&faults, operation, faults::Fault::Broken) > 1, "{operation}: tried again in vain");
        faults.end();
        play.wait(Duration::from_mins(10)).await;
        assert_published_once(&play, operation).await;
        play.sim.assert_clean();
    }
}

#[tokio::test]
async fn a_tick_whose_questions_fail_asks_again() {
    use faults::Fault::{Broken, HangUp, Throttled};
    for fault in [Throttled, Broken, HangUp] {
        let what = format!("{fault:?} at Query");
        let (play, faults) = Play::<Hub>::with_faults().await;
        shares(&play).await;
        play.sim.faults().times(100, "POST /channels/*/threads", Fault::Status(503));
        play.work().await;
        play.sim.faults().repair();
        assert_eq!(play.jobs(Hub::NAME).await.len(), 1, "{what}: only a tick finds it now");
        // One question for each lane.
        faults.next_of("Query", 2, fault);
        play.wait(Duration::from_mins(10)).await;
        assert_eq!(met(&faults, "Query", fault), 2, "{what}: both were met");
        assert_published_once(&play, &what).await;
        play.sim.assert_clean();
    }
}

/// A short link, and where it leads.
const SHORT: &str = "https://bit.ly/3Abc";
const BEHIND: &str = "https://doc.rust-lang.org/book/";

/// What ends the worker, at which of its calls of AWS, and whether the call has its effect.
type Death = (usize, When, Box<dyn FnOnce() + Send>);

/// What stands between the worker and AWS: it counts the calls, and answers for the function that opens
/// pages.
#[derive(Clone, Default)]
struct Between {
    calls: Arc<Mutex<Vec<String>>>,
    death: Arc<Mutex<Option<Death>>>,
}

impl Between {
    /// In front of the stage's AWS: its address.
    async fn serve(&self, stage: &Stage) -> String {
        let (between, aws) = (self.clone(), stage.aws.url().to_owned());
        tests::http::serve(move |request| {
            let (between, aws) = (between.clone(), aws.clone());
            async move { between.answer(request, &aws).await }
        })
        .await
    }

    async fn answer(&self, request: http::Request<Bytes>, aws: &str) -> http::Response<Bytes> {
        let (head, body) = request.into_parts();
        let asks = head.uri.path().ends_with("/functions/hub-fetch/invocations");
        let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
        let operation = target.and_then(|target| target.split('.').nth(1)).unwrap_or_default();
        let number = {
            let mut calls = self.calls.lock().unwrap();
            calls.push(if asks { "Invoke".to_owned() } else { operation.to_owned() });
            calls.len()
        };
        let death = self.death.lock().unwrap().take_if(|(call, ..)| *call == number);
        if let Some((_, When::Before, kill)) = death {
            kill();
            return std::future::pending().await;
        }
        let response = if asks {
            let question: Question = serde_json::from_slice(&body).expect("a question");
            assert!(question.url == SHORT || question.ask != Ask::Behind, "{question:?}");
            let answer = match question.ask {
                Ask::Behind => Answer::Leads { url: BEHIND.into() },
                Ask::Head | Ask::Page => Answer::Answered { status: 200, url: question.url, page: None },
            };
            http::Response::new(serde_json::to_vec(&answer).expect("plain data").into())
        } else {
            let answered = tests::web().post(aws).headers(head.headers).body(body).send().await;
            let answered = answered.expect("the stand-in answers");
            let (status, headers) = (answered.status(), answered.headers().clone());
            let mut response = http::Response::new(answered.bytes().await.expect("it answers whole"));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            response
        };
        if let Some((.., kill)) = death {
            kill();
            return std::future::pending().await;
        }
        response
    }

    /// The calls so far.
    fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }
}

/// A worker that has the function that opens pages.
async fn following(stage: &Stage, aws: &str) -> Lambda {
    let function = with_stage(Function::new(env!("CARGO_BIN_EXE_hub-worker")), stage)
        .variable("AWS_ENDPOINT_URL", aws)
        .variable("FETCH_FUNCTION", "hub-fetch")
        .variable("DISCORD_API", stage.discord_api())
        .variable("DISCORD_TOKEN_PARAMETER", TOKEN_PARAMETER);
    function.start().await.expect("the worker starts")
}

/// A stage on which somebody has shared the short link; before that, what is behind it, if `known`.
async fn short_link_shared(known: bool) -> Stage {
    let stage = Stage::new(Clock::system(), &[Hub::NAME]).await;
    stage.register(&Hub::commands());
    stage.aws.set_parameter(TOKEN_PARAMETER, TOKEN);
    let intake = with_stage(Function::new(env!("CARGO_BIN_EXE_hub")), &stage)
        .variable("DISCORD_PUBLIC_KEY", &stage.public_key_hex());
    let intake = intake.start().await.expect("the intake starts");
    stage.sim.set_endpoint(stage.application, Endpoint::Local(runtime::endpoint(Arc::new(intake))));
    if known {
        shares(&stage).await;
        let bells = stage.aws.bells(PREFIX, Hub::NAME).await;
        worker(&stage).await.invoke(&stream_batch(&bells)).await.answer();
    }
    let lea = stage.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", SHORT)]).await;
    lea.fills("Titre", "Apprendre Rust").fills("Description", "Pour bien commencer avec Rust.").sends().await;
    stage
}

/// Whose the keys are now, and what there is.
async fn assert_followed(stage: &Stage, known: bool, what: &str) {
    let items = stage.aws.items(PREFIX, items::STATE).await;
    let resources: Vec<Resource> = items
        .iter()
        .filter(|item| is_resource(item))
        .map(|item| store::read(item.clone()).expect("it loads"))
        .collect();
    let [resource] = &resources[..] else { panic!("{what}: {resources:?}") };
    assert_eq!(resource.state, State::Publiee, "{what}");
    assert_eq!(resource.link.as_ref().unwrap().key, "doc.rust-lang.org/book", "{what}");
    let lea = stage.sim.user("lea").expect("she is on the stage");
    assert_eq!(stage.sim.threads_of(lea, stage.forum).len(), 1, "{what}: posts of the forum");
    let reserved = async |key| stage.store().get(&items::reservation(stage.guild, key)).await.unwrap();
    assert!(reserved("doc.rust-lang.org/book").await.is_some(), "{what}");
    let drafts = items.iter().filter(|item| item["sk"].as_s().is_ok_and(|sk| sk.starts_with("DRAFT#")));
    let transcript = stage.sim.transcript();
    if known {
        assert_eq!(resource.title, TITLE, "{what}");
        assert_eq!(reserved("short:bit.ly/3Abc").await, None, "{what}: the short link is free");
        assert_eq!(drafts.count(), 1, "{what}: what was typed is kept");
        assert!(transcript.contains("Cette ressource est déjà dans le Hub."), "{what}: {transcript}");
        let figures = stage.store().get(&items::figures(stage.guild)).await.unwrap().unwrap();
        assert_eq!(figures["duplicates"].as_n().unwrap(), "1", "{what}: counted once");
    } else {
        assert_eq!(resource.short_key.as_deref(), Some("short:bit.ly/3Abc"), "{what}");
        assert!(reserved("short:bit.ly/3Abc").await.is_some(), "{what}");
        assert_eq!(drafts.count(), 0, "{what}");
        assert!(transcript.contains(TOLD), "{what}: {transcript}");
    }
}

#[tokio::test]
async fn a_worker_killed_while_it_follows_a_short_link_leaves_one_post_or_one_draft() {
    for known in [false, true] {
        let stage = short_link_shared(known).await;
        let between = Between::default();
        let first = following(&stage, &between.serve(&stage).await).await;
        first.invoke(&stream_batch(&stage.aws.bells(PREFIX, Hub::NAME).await)).await.answer();
        assert_followed(&stage, known, "nobody is killed").await;
        let calls = between.calls();
        let follows = calls.iter().position(|call| call == "Invoke").expect("it was followed") + 1;
        // Finding out, reserving, and what comes of it.
        assert!(calls[follows..].contains(&"TransactWriteItems".to_owned()), "{calls:?}");
        for call in follows..=(follows + 4).min(calls.len()) {
            for when in [When::Before, When::After] {
                let what = format!("killed {when:?} call {call} of {calls:?}, known: {known}");
                let stage = short_link_shared(known).await;
                let between = Between::default();
                let aws = between.serve(&stage).await;
                let first = following(&stage, &aws).await;
                *between.death.lock().unwrap() = Some((call, when, Box::new(first.killer())));
                let bells = stage.aws.bells(PREFIX, Hub::NAME).await;
                let outcome = first.invoke(&stream_batch(&bells)).await.outcome;
                assert_eq!(outcome, Outcome::Ended(Exit::Signal(SIGKILL)), "{what}");
                a_minute_passes(&stage).await;
                following(&stage, &aws).await.invoke(&tick()).await.answer();
                assert_followed(&stage, known, &what).await;
                stage.sim.assert_clean();
            }
        }
    }
}
