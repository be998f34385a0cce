//! The hub's binaries as they are deployed: started by a Lambda, asked by an API Gateway, a stream and
//! a scheduler. What the rules say is tested elsewhere; here it is that these programs follow them.

use std::collections::BTreeMap;
use std::time::Duration;

use directory::{ChannelKey, Guild, RoleKey};
use discord::{ChannelId, GuildId, RoleId};
use serde_json::{Value, json};
use store::outbox::NewJob;
use store::{Item, Table, Write};
use tests::aws::{ACCESS_KEY_ID, Aws, REGION, SECRET_ACCESS_KEY};
use tests::events::{Http, Record, sequence, stream_batch, tick};
use tests::interactions::{Form, Scene};
use tests::now_ms;
use tests::runtime::{Exit, Function, Lambda, Outcome};
use tests::signing::Signer;

const APPLICATION: u64 = 900_000_000_000_000_010;
const PREFIX: &str = "passerelle-test";
const ROUTE: &str = "/interactions/hub";
const LEARNERS: u64 = 900_000_000_000_000_020;
const FORUM: u64 = 900_000_000_000_000_021;
const TOKEN_PARAMETER: &str = "/passerelle/test/hub/token";
const PONG: &[u8] = br#"{"type":1}"#;
/// How far from the intake's clock a timestamp may be, in seconds.
const WINDOW_SECS: i64 = discord::signature::TIMESTAMP_WINDOW_SECS;

/// A resource that can be shared, by the labels of the form.
const RESOURCE: [(&str, &str); 3] = [
    ("Lien", "https://doc.rust-lang.org/book/"),
    ("Titre", "Le livre de Rust"),
    ("Description", "Pour commencer le langage, chapitre par chapitre."),
];

/// The key that the intake is told to trust.
fn signer() -> Signer {
    Signer::from_seed(1)
}

/// A learner in a guild that has set the hub up.
fn scene() -> Scene {
    Scene { roles: vec![LEARNERS], ..Scene::of(APPLICATION) }
}

/// The tables of that guild.
async fn tables() -> Aws {
    let aws = Aws::with_tables(PREFIX, &["hub"]).await;
    let settings =
        Guild::default().role(RoleKey::Learner, RoleId(LEARNERS)).channel(ChannelKey::Hub, ChannelId(FORUM));
    let guild = directory::put_guild(GuildId(scene().guild), &settings);
    aws.store(PREFIX).commit(vec![guild]).await.expect("the tables are there");
    aws.forget_calls();
    aws
}

fn with_aws(function: Function, aws: &Aws) -> Function {
    function
        .variable("STAGE", "test")
        .variable("TABLE_PREFIX", PREFIX)
        .variable("DISCORD_APPLICATION_ID", &APPLICATION.to_string())
        .variable("AWS_ENDPOINT_URL", aws.url())
        .variable("AWS_REGION", REGION)
        .variable("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        .variable("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
}

fn intake(aws: &Aws) -> Function {
    with_aws(Function::new(env!("CARGO_BIN_EXE_hub")), aws)
        .variable("DISCORD_PUBLIC_KEY", &signer().public_key_hex())
}

fn worker(aws: &Aws) -> Function {
    with_aws(Function::new(env!("CARGO_BIN_EXE_hub-worker")), aws)
        .variable("DISCORD_TOKEN_PARAMETER", TOKEN_PARAMETER)
        // Nobody listens there: these jobs never get as far as Discord.
        .variable("DISCORD_API", "http://127.0.0.1:9/api/v10")
}

async fn started(function: Function) -> Lambda {
    function.start().await.unwrap_or_else(|failed| panic!("{}\n{}", failed.exit, failed.logs))
}

fn signed(body: &Value) -> Http {
    Http::post(ROUTE, body.to_string()).signed(&signer(), now_ms() / 1000)
}

/// Status and body of the answer to `event`.
async fn answer(lambda: &Lambda, event: &Http) -> (u16, Vec<u8>) {
    let response = lambda.invoke(&event.event()).await.http();
    (response.status().as_u16(), response.body().to_vec())
}

/// The answer to an interaction.
async fn reply(lambda: &Lambda, event: &Http) -> Value {
    let (status, body) = answer(lambda, event).await;
    assert_eq!(status, 200, "{}", lambda.logs());
    serde_json::from_slice(&body).expect("an answer is JSON")
}

/// Everything in the state table, in a form that compares.
async fn stored(aws: &Aws) -> BTreeMap<(String, String), Item> {
    let text = |item: &Item, name: &str| item[name].as_s().expect("a key is text").clone();
    let items = aws.items(PREFIX, Table::State("hub")).await;
    assert!(!items.is_empty(), "something is stored");
    items.into_iter().map(|item| ((text(&item, "pk"), text(&item, "sk")), item)).collect()
}

#[tokio::test]
async fn a_ping_is_a_pong_plain_and_in_base64_and_asks_nothing_of_aws() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    // The shortest PING names nobody: its signature says whose it is.
    let shortest = signed(&json!({ "type": 1 }));
    for event in [signed(&scene().ping()), signed(&scene().ping()).base64(), shortest] {
        assert_eq!(answer(&lambda, &event).await, (200, PONG.to_vec()), "{}", lambda.logs());
    }
    assert_eq!(aws.operations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_not_rightly_signed_is_refused_without_a_word_and_asks_nothing_of_aws() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    let ping = scene().ping().to_string();
    let now_secs = now_ms() / 1000;
    let signed_at = |secs: i64| Http::post(ROUTE, ping.clone()).signed(&signer(), secs);
    let good = || signed_at(now_secs);
    let [(signature, value), (timestamp, _)] = signer().headers(now_secs, ping.as_bytes());
    let cases = [
        ("no headers", Http::post(ROUTE, ping.clone())),
        ("no signature", good().without(signature)),
        ("no timestamp", good().without(timestamp)),
        ("an empty signature", good().header(signature, "")),
        ("letters that are no digits", good().header(signature, &"zz".repeat(64))),
        ("a signature too short", good().header(signature, &value[2..])),
        ("a signature too long", good().header(signature, &format!("{value}00"))),
        ("another key", Http::post(ROUTE, ping.clone()).signed(&Signer::from_seed(2), now_secs)),
        ("an old timestamp", signed_at(now_secs - WINDOW_SECS - 1)),
        // The machine may be a few seconds further when this one arrives.
        ("a timestamp to come", signed_at(now_secs + WINDOW_SECS + 60)),
        ("a timestamp that was not signed", good().header(timestamp, &(now_secs - 1).to_string())),
        ("a timestamp that is no number", good().header(timestamp, "now")),
        ("another body", good().body(ping.replace("\"version\":1", "\"version\":2"))),
        ("an empty body", good().body("")),
    ];
    for (what, event) in cases {
        assert_eq!(answer(&lambda, &event).await, (401, Vec::new()), "{what}");
        assert_eq!(answer(&lambda, &event.base64()).await, (401, Vec::new()), "{what}, in base64");
    }
    assert_eq!(answer(&lambda, &good()).await, (200, PONG.to_vec()), "and a good one is answered after it");
    assert_eq!(aws.operations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_signed_and_cannot_be_read_is_a_bad_request() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    let mut stranger = scene().ping();
    stranger["application_id"] = "900000000000000099".into();
    let mut unknown = scene().ping();
    unknown["type"] = 99.into();
    let raw = |body: &'static [u8]| Http::post(ROUTE, body).signed(&signer(), now_ms() / 1000);
    let cases = [
        ("another application", signed(&stranger)),
        ("an unknown type", signed(&unknown)),
        ("no JSON", raw(b"{")),
        ("bytes that are no text", raw(&[0xff, 0xfe, 0x00]).base64()),
        ("a command nobody declared", signed(&scene().command(1, "nobody", &[]))),
    ];
    for (what, event) in cases {
        assert_eq!(answer(&lambda, &event).await, (400, Vec::new()), "{what}");
    }
    assert_eq!(lambda.exit(), None, "the function goes on");
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    let event = Http::post(ROUTE, vec![b' '; 1024 * 1024 + 1]).signed(&signer(), now_ms() / 1000);
    assert_eq!(answer(&lambda, &event).await, (413, Vec::new()));
}

#[tokio::test]
async fn a_form_delivered_twice_is_stored_once_and_answered_twice_alike() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    let form = Form::of(&reply(&lambda, &signed(&scene().command(100, "partager", &[]))).await);
    let sent = signed(&form.sent(&scene(), 101, &RESOURCE));

    let first = reply(&lambda, &sent).await;
    let state = stored(&aws).await;
    let again = reply(&lambda, &sent.base64()).await;

    let text = "C’est enregistré. La publication arrive dans quelques secondes.";
    assert_eq!(first["data"]["content"], text, "{first}");
    assert_eq!(again, first);
    assert_eq!(stored(&aws).await, state, "the second delivery changes nothing");
    assert_eq!(aws.items(PREFIX, Table::Jobs("hub")).await.len(), 1, "and asks for nothing more");
}

#[tokio::test]
async fn one_delivery_to_two_instances_at_once_has_one_effect_and_one_answer() {
    let aws = tables().await;
    let (one, other) = (started(intake(&aws)).await, started(intake(&aws)).await);
    let form = Form::of(&reply(&one, &signed(&scene().command(100, "partager", &[]))).await);
    let sent = signed(&form.sent(&scene(), 101, &RESOURCE));
    let (first, second) = tokio::join!(reply(&one, &sent), reply(&other, &sent));
    assert_eq!(first, second);
    assert_eq!(aws.items(PREFIX, Table::Jobs("hub")).await.len(), 1);
}

#[tokio::test]
async fn an_answer_costs_one_batch_of_reads_and_one_transaction() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    let form = Form::of(&reply(&lambda, &signed(&scene().command(100, "partager", &[]))).await);
    aws.forget_calls();
    reply(&lambda, &signed(&form.sent(&scene(), 101, &RESOURCE))).await;
    assert_eq!(aws.operations(), ["BatchGetItem", "TransactWriteItems"]);
}

#[tokio::test]
async fn when_the_tables_cannot_be_reached_the_person_is_told_in_time() {
    let aws = tables().await;
    let lambda = started(intake(&aws)).await;
    aws.break_for("");
    let event = signed(&scene().command(100, "chercher", &[("texte", "rust")])).event();
    let invocation = lambda.invoke(&event).await;
    let answer: Value = serde_json::from_slice(invocation.http().body()).expect("an answer is JSON");
    let text = answer["data"]["content"].as_str().unwrap_or_default();
    let reference = text
        .strip_prefix("Quelque chose n’a pas marché chez nous. Rien n’est perdu. Référence : ")
        .and_then(|text| text.strip_suffix(". (HUB-E21)"));
    let reference = reference.unwrap_or_else(|| panic!("an apology was expected, not {answer}"));
    assert!(lambda.logs().contains(reference), "the reference {reference} is in the log:\n{}", lambda.logs());
    assert!(invocation.took < Duration::from_secs(3), "{:?}", invocation.took);
}

#[tokio::test]
async fn a_route_without_a_key_refuses_everything() {
    let aws = tables().await;
    let unused =
        intake(&aws).variable("DISCORD_APPLICATION_ID", "none").variable("DISCORD_PUBLIC_KEY", "none");
    let lambda = started(unused).await;
    assert_eq!(answer(&lambda, &signed(&scene().ping())).await, (401, Vec::new()));
}

#[tokio::test]
async fn everything_that_is_missing_is_named_at_once() {
    let aws = tables().await;
    let cases = [
        (intake(&aws), ["TABLE_PREFIX", "DISCORD_APPLICATION_ID", "DISCORD_PUBLIC_KEY"]),
        (worker(&aws), ["TABLE_PREFIX", "DISCORD_APPLICATION_ID", "DISCORD_TOKEN_PARAMETER"]),
    ];
    for (function, names) in cases {
        let nothing = names.iter().fold(function, |function, name| function.without(name));
        let failed = nothing.start().await.expect_err("nothing is configured");
        assert_ne!(failed.exit, Exit::Code(0));
        for name in names {
            assert!(failed.logs.contains(&format!("{name} is not set")), "{name}:\n{}", failed.logs);
        }
    }
}

#[tokio::test]
async fn no_secret_and_nothing_that_was_typed_is_in_the_log() {
    let aws = tables().await;
    aws.set_parameter(TOKEN_PARAMETER, "the-secret-of-the-bot");
    let (intake, worker) = (started(intake(&aws)).await, started(worker(&aws)).await);
    let form = Form::of(&reply(&intake, &signed(&scene().command(100, "partager", &[]))).await);
    reply(&intake, &signed(&form.sent(&scene(), 101, &RESOURCE))).await;
    worker.invoke(&stream_batch(&aws.bells(PREFIX, "hub").await)).await.answer();
    let logs = intake.logs() + &worker.logs();
    assert!(logs.contains("\"feature\""), "there is a log:\n{logs}");
    for secret in [
        "the-secret-of-the-bot",
        "a-token-of-101",
        "doc.rust-lang.org",
        "Le livre",
        "ada",
        "Ada",
        SECRET_ACCESS_KEY,
    ] {
        assert!(!logs.contains(secret), "{secret} is in the log:\n{logs}");
    }
}

#[tokio::test]
async fn each_ends_by_itself_when_told_to() {
    let aws = tables().await;
    for function in [intake(&aws), worker(&aws)] {
        let lambda = started(function).await;
        assert_eq!(lambda.stop().await, Exit::Code(0), "{}", lambda.logs());
    }
}

#[tokio::test]
async fn a_tick_with_nothing_due_asks_two_questions_and_needs_no_token() {
    let aws = tables().await;
    let lambda = started(worker(&aws)).await;
    lambda.invoke(&tick()).await.answer();
    assert_eq!(aws.operations(), ["Query", "Query"], "{}", lambda.logs());
}

#[tokio::test]
async fn a_batch_names_only_the_records_that_could_not_be_looked_at() {
    let aws = tables().await;
    let store = aws.store(PREFIX);
    let lambda = started(worker(&aws)).await;
    let ids = ["gone", "unreachable", "gone-too"];
    store
        .commit(ids.iter().map(|id| job(id).write("hub", now_ms())).collect())
        .await
        .expect("the tables are there");
    let records: Vec<Record> = aws.bells(PREFIX, "hub").await;
    let batch = stream_batch(&records);
    // Somebody else has done them in between.
    let done = ids.iter().map(|id| Write::delete(store::outbox::key("hub", 1, id)));
    store.commit(done.collect()).await.expect("the tables are there");

    let answer = lambda.invoke(&batch).await;
    assert_eq!(answer.answer(), &json!({ "batchItemFailures": [] }), "a job that is gone is no failure");

    aws.break_for("#J#unreachable");
    let answer = lambda.invoke(&batch).await;
    let at =
        records.iter().position(|record| record.pk().contains("#J#unreachable")).expect("it is in the batch");
    assert_eq!(answer.answer(), &json!({ "batchItemFailures": [{ "itemIdentifier": sequence(at) }] }));
}

#[tokio::test]
async fn a_job_without_a_token_is_kept_for_later_at_no_try_and_is_no_failure_of_its_batch() {
    let aws = tables().await;
    // No token in the parameter store: Discord cannot be called.
    let lambda = started(worker(&aws).timeout(Duration::from_secs(18))).await;
    aws.store(PREFIX).commit(vec![job("kept").write("hub", now_ms())]).await.expect("the tables are there");

    let answer = lambda.invoke(&stream_batch(&aws.bells(PREFIX, "hub").await)).await;

    assert_eq!(answer.answer(), &json!({ "batchItemFailures": [] }), "{}", lambda.logs());
    let kept = aws.items(PREFIX, Table::Jobs("hub")).await;
    let attempts: Vec<&str> =
        kept.iter().filter_map(|item| item.get("attempts")?.as_n().ok().map(String::as_str)).collect();
    assert_eq!(attempts, ["0"], "{kept:?}\n{}", lambda.logs());
}

#[tokio::test]
async fn an_event_that_is_not_ours_does_not_end_the_worker() {
    let aws = tables().await;
    let lambda = started(worker(&aws)).await;
    let outcome = lambda.invoke(&json!({ "Records": [{ "eventSource": "aws:sqs" }] })).await.outcome;
    assert!(matches!(outcome, Outcome::Answered(_) | Outcome::Failed(_)), "{outcome:?}");
    lambda.invoke(&tick()).await.answer();
}

/// A job of the hub, as an intake would have asked for it.
fn job(id: &str) -> NewJob {
    NewJob {
        guild: 1,
        id: id.into(),
        kind: "publish".into(),
        body: json!({ "resource": "H-0000001" }),
        at: None,
        answer_to: None,
        cause: None,
        from: "hub",
        natural: false,
    }
}

#[tokio::test]
async fn what_opens_pages_needs_nothing_and_is_led_nowhere_private() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // Neither a table nor a token is told to it: it starts all the same.
    let lambda = started(Function::new(env!("CARGO_BIN_EXE_hub-fetch"))).await;
    for (url, reason) in [
        (format!("http://127.0.0.1:{port}/"), "ip_literal"),
        (format!("http://localhost:{port}/"), "local_name"),
        (format!("http://0x7f000001:{port}/"), "ip_literal"),
        ("http://169.254.169.254/latest/meta-data/".into(), "ip_literal"),
        (format!("http://example.org:{port}/"), "port"),
        ("file:///proc/self/environ".into(), "scheme"),
    ] {
        for ask in ["head", "page", "behind"] {
            let answer = lambda.invoke(&json!({ "url": url, "ask": ask })).await;
            assert_eq!(*answer.answer(), json!({ "outcome": "refused", "reason": reason }), "{url} {ask}");
        }
    }
    let called = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(called.is_err(), "nobody called");
}
