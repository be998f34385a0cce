//! The stand-in for Lambda, held to what it promises with a function that does next to nothing.

use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tests::events::Http;
use tests::now_ms;
use tests::runtime::{Exit, Function, Lambda, Outcome};
use tests::signing::Signer;

const PING: &str = r#"{"type":1}"#;
const SIGKILL: i32 = 9;
const SIGTERM: i32 = 15;

fn bare() -> Function {
    Function::new(env!("CARGO_BIN_EXE_bare"))
        .variable("DISCORD_PUBLIC_KEY", &Signer::from_seed(1).public_key_hex())
}

async fn started() -> Lambda {
    bare().start().await.expect("the bare function starts")
}

fn ping() -> Http {
    Http::post("/interactions/bare", PING).signed(&Signer::from_seed(1), now_ms() / 1000)
}

#[tokio::test]
async fn a_function_answers_one_event_after_the_other() {
    let lambda = started().await;
    for event in [ping(), ping().base64()] {
        let response = lambda.invoke(&event.event()).await.http();
        assert_eq!((response.status().as_u16(), &response.body()[..]), (200, PING.as_bytes()));
    }
}

#[tokio::test]
async fn a_forged_body_is_not_answered_as_if_it_were_signed() {
    let lambda = started().await;
    let response = lambda.invoke(&ping().body(r#"{"type":1 }"#).event()).await.http();
    assert_eq!(response.status(), 401);
}

#[tokio::test]
async fn what_a_function_cannot_read_is_a_failure() {
    let lambda = started().await;
    let invocation = lambda.invoke(&json!({ "nothing": "http" })).await;
    assert!(
        matches!(&invocation.outcome, Outcome::Failed(error) if error["errorType"].is_string()),
        "{invocation:?}"
    );
    assert_eq!(lambda.invoke(&ping().event()).await.http().status(), 200, "and the next event is answered");
}

#[tokio::test]
async fn a_function_that_cannot_start_says_how_it_ended() {
    let failed = bare().without("DISCORD_PUBLIC_KEY").start().await.expect_err("it has no key");
    assert_eq!(failed.exit, Exit::Code(1));
}

#[tokio::test]
async fn a_killed_function_answers_no_more() {
    let lambda = started().await;
    lambda.kill().await;
    assert_eq!(lambda.invoke(&ping().event()).await.outcome, Outcome::Ended(Exit::Signal(SIGKILL)));
}

#[tokio::test]
async fn a_function_without_a_handler_for_it_dies_of_sigterm() {
    let lambda = started().await;
    assert_eq!(lambda.stop().await, Exit::Signal(SIGTERM));
}

#[tokio::test]
async fn a_program_that_asks_for_no_event_did_not_start() {
    let failed = Function::new("/bin/sh").start().await.expect_err("a shell asks for no event");
    assert_eq!(failed.exit, Exit::Code(0));
}

#[tokio::test]
async fn a_function_that_is_late_is_killed() {
    let lambda = bare().timeout(Duration::from_millis(50)).start().await.expect("the bare function starts");
    // A stopped process keeps its connection and says nothing, like one that waits for somebody.
    let stop = format!("kill -STOP {}", lambda.pid());
    assert!(Command::new("/bin/sh").args(["-c", &stop]).status().expect("a shell").success());
    assert_eq!(lambda.invoke(&ping().event()).await.outcome, Outcome::TimedOut);
    assert_eq!(lambda.exit(), Some(Exit::Signal(SIGKILL)));
}

#[tokio::test]
async fn memory_and_processor_time_are_those_of_the_process() {
    let lambda = started().await;
    lambda.invoke(&ping().event()).await;
    let (memory, cpu) = (lambda.peak_memory_bytes(), lambda.cpu());
    assert!((1 << 20..1 << 30).contains(&memory), "{memory} bytes");
    assert!(cpu > Duration::ZERO && cpu < Duration::from_secs(10), "{cpu:?}");
}
