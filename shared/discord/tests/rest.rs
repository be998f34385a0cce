//! The REST client against a small server that answers what a test tells it to.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use discord::check::Checked;
use discord::command::{Command, CommandOption};
use discord::interaction::Token;
use discord::message::{File, Message};
use discord::permission::Permissions;
use discord::rest::budget::{self, BoxFuture};
use discord::rest::{
    BotToken, BucketKey, Budget, BudgetError, Cap, Gone, INVALID_MAX, Messages, Missing, NewPost, Nonce,
    Reason, Reservation, Rest, RestConfig, RestError, Retry, Scope, declared,
};
use discord::{ApplicationId, ChannelId, GuildId, MessageId, TagId};
use serde_json::{Value, json};

mod stand;

use stand::{INTERACTION, Stand, TOKEN, Turn};

fn message(text: &str) -> Checked<Message> {
    Checked::new(Message::text(text)).unwrap()
}

async fn send(rest: &Rest) -> Result<discord::rest::PostedMessage, RestError> {
    rest.send_message(ChannelId(7), &message("bonjour"), Nonce::of("job 1")).await
}

fn token() -> Token {
    Token::new(INTERACTION)
}

#[tokio::test]
async fn a_message_is_sent_once_with_who_calls_and_a_nonce() {
    let (stand, rest) = Stand::new([Turn::message()]).await;
    let posted = send(&rest).await.unwrap();
    assert_eq!((posted.id, posted.content.as_str()), (MessageId(5), "bonjour"));
    let arrived = &stand.arrived()[0];
    assert_eq!(arrived.line, "POST /api/v10/channels/7/messages");
    assert_eq!(arrived.header("authorization"), Some("Bot bot-secret-Zm9v"));
    let agent = arrived.header("user-agent").unwrap();
    assert_eq!(
        agent,
        concat!("DiscordBot (https://github.com/simplonco/passerelle, ", env!("CARGO_PKG_VERSION"), ")")
    );
    assert_eq!(arrived.header("content-type"), Some("application/json"));
    assert_eq!(arrived.header("x-audit-log-reason"), None);
    let nonce = Nonce::of("job 1");
    assert_eq!(
        arrived.json(),
        json!({
            "content": "bonjour", "embeds": [], "components": [], "allowed_mentions": {"parse": []},
            "nonce": nonce.as_str(), "enforce_nonce": true,
        })
    );
    assert_eq!(nonce.as_str().len(), 24);
    assert_ne!(nonce, Nonce::of("job 2"));
}

#[tokio::test]
async fn a_post_is_opened_with_its_reason_in_the_audit_log() {
    let (stand, rest) = Stand::new([Turn::new(201, &json!({"id": "900", "type": 11, "topic": null}))]).await;
    let post = NewPost {
        name: "Ownership, expliqué".to_owned(),
        tags: (1..=7).map(TagId).collect(),
        message: message("bonjour"),
        auto_archive_minutes: 10_080,
    };
    let opened = rest.create_post(ChannelId(7), post, "Partagé par Ada · 100 %").await.unwrap();
    assert_eq!(opened.thread, ChannelId(900));
    let arrived = &stand.arrived()[0];
    assert_eq!(arrived.line, "POST /api/v10/channels/7/threads");
    assert_eq!(arrived.header("x-audit-log-reason"), Some("Partag%C3%A9%20par%20Ada%20%C2%B7%20100%20%25"));
    let body = arrived.json();
    assert_eq!(body["name"], "Ownership, expliqué");
    assert_eq!(body["applied_tags"], json!(["1", "2", "3", "4", "5"]));
    assert_eq!(body["message"]["content"], "bonjour");
    assert_eq!(body["auto_archive_duration"], 10_080);
}

#[tokio::test]
async fn a_long_reason_is_cut_between_letters() {
    let (stand, rest) = Stand::new([Turn::new(204, &json!(null)), Turn::new(204, &json!(null))]).await;
    rest.pin(ChannelId(7), MessageId(5), "é".repeat(600).as_str()).await.unwrap();
    rest.pin(ChannelId(7), MessageId(5), Reason::new("line\r\nx-evil: 1")).await.unwrap();
    let arrived = stand.arrived();
    assert_eq!(arrived[0].header("x-audit-log-reason"), Some("%C3%A9".repeat(85).as_str()));
    assert_eq!(arrived[1].header("x-audit-log-reason"), Some("line%0D%0Ax-evil:%201"));
    assert_eq!(arrived[1].header("x-evil"), None);
}

#[tokio::test]
async fn files_travel_beside_their_message() {
    let (stand, rest) = Stand::new([Turn::message()]).await;
    let picture = File::new("votes.png", &b"\x89PNG"[..], "Utile 12, inutile 3");
    let with_file = Checked::new(Message::text("Les votes").file(picture)).unwrap();
    rest.send_message(ChannelId(7), &with_file, Nonce::of("x")).await.unwrap();
    let arrived = &stand.arrived()[0];
    let kind = arrived.header("content-type").unwrap();
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let boundary = kind.split_once('=').unwrap().1;
    let text = String::from_utf8_lossy(&arrived.body);
    let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
    assert_eq!(parts.len(), 4, "before, JSON, file, end: {text}");
    let (head, payload) = parts[1].trim().split_once("\r\n\r\n").unwrap();
    assert!(head.contains("name=\"payload_json\"") && head.contains("application/json"), "{head}");
    let payload: Value = serde_json::from_str(payload).unwrap();
    assert_eq!(
        payload["attachments"],
        json!([{"id": 0, "filename": "votes.png", "description": "Utile 12, inutile 3"}])
    );
    assert_eq!(payload["enforce_nonce"], true);
    assert!(parts[2].contains("name=\"files[0]\"; filename=\"votes.png\""), "{}", parts[2]);
}

#[tokio::test]
async fn the_answer_of_an_interaction_is_edited_without_the_bots_token() {
    let (stand, rest) = Stand::new([Turn::message(), Turn::message(), Turn::message()]).await;
    rest.edit_answer(&token(), &message("voilà")).await.unwrap();
    rest.follow_up(&token(), &message("et encore")).await.unwrap();
    rest.whisper(&token(), &message("entre nous")).await.unwrap();
    assert_eq!(
        stand.lines(),
        [
            "PATCH /api/v10/webhooks/1/interaction-secret%2F..%2Fx%3Fy=%25/messages/@original",
            "POST /api/v10/webhooks/1/interaction-secret%2F..%2Fx%3Fy=%25?wait=true",
            "POST /api/v10/webhooks/1/interaction-secret%2F..%2Fx%3Fy=%25?wait=true",
        ]
    );
    let arrived = stand.arrived();
    assert!(arrived.iter().all(|arrived| arrived.header("authorization").is_none()));
    assert_eq!(arrived[1].json().get("flags"), None);
    assert_eq!(arrived[2].json()["flags"], 64);
}

#[tokio::test]
async fn an_answer_that_discord_does_not_know_yet_is_edited_a_moment_later() {
    let turns = [Turn::error(404, 10015), Turn::error(404, 10008), Turn::message()];
    let (stand, rest) = Stand::new(turns).await;
    rest.edit_answer(&token(), &message("voilà")).await.unwrap();
    assert_eq!(stand.arrived().len(), 3);
}

#[tokio::test]
async fn an_answer_that_discord_never_knows_is_given_up() {
    let (stand, rest) = Stand::new((0..20).map(|_| Turn::error(404, 10015))).await;
    let start = Instant::now();
    let error =
        rest.within(Duration::from_millis(900)).edit_answer(&token(), &message("voilà")).await.unwrap_err();
    assert!(matches!(error, RestError::AnswerGone { code: 10015 }), "{error:?}");
    assert_eq!(error.retry(), Retry::Never);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    assert!((2..8).contains(&stand.arrived().len()), "with growing pauses: {}", stand.arrived().len());
}

#[tokio::test]
async fn an_expired_interaction_does_not_stop_the_bot() {
    let (_stand, rest) = Stand::new([Turn::error(401, 50027), Turn::message()]).await;
    let error = rest.edit_answer(&token(), &message("voilà")).await.unwrap_err();
    assert!(matches!(error, RestError::AnswerGone { code: 50027 }), "{error:?}");
    send(&rest).await.unwrap();
}

#[tokio::test]
async fn an_empty_bucket_is_waited_for() {
    let turns = [
        Turn::message().bucket("abc", 1, 1.5),
        Turn::message().bucket("abc", 0, 1.5),
        Turn::message().bucket("abc", 1, 1.5),
    ];
    let (stand, rest) = Stand::new(turns).await;
    for _ in 0..3 {
        send(&rest).await.unwrap();
    }
    let arrived = stand.arrived();
    let pauses = [arrived[1].at - arrived[0].at, arrived[2].at - arrived[1].at];
    assert!(pauses[0] < Duration::from_millis(1400), "{pauses:?}");
    assert!(pauses[1] >= Duration::from_millis(1450), "{pauses:?}");
}

#[tokio::test]
async fn another_channel_has_a_bucket_of_its_own() {
    let turns = [Turn::message().bucket("abc", 0, 30.0), Turn::message().bucket("abc", 1, 30.0)];
    let (stand, rest) = Stand::new(turns).await;
    send(&rest).await.unwrap();
    rest.send_message(ChannelId(8), &message("là"), Nonce::of("y")).await.unwrap();
    let error = send(&rest).await.unwrap_err();
    let RestError::RateLimited { after } = error else { panic!("{error:?}") };
    assert!(after > Duration::from_secs(28) && after <= Duration::from_secs(30), "{after:?}");
    assert_eq!(stand.arrived().len(), 2);
}

#[tokio::test]
async fn each_interaction_has_a_bucket_of_its_own() {
    let turns = [Turn::message().bucket("hook", 0, 30.0), Turn::message().bucket("hook", 0, 30.0)];
    let (_stand, rest) = Stand::new(turns).await;
    rest.edit_answer(&token(), &message("a")).await.unwrap();
    rest.edit_answer(&Token::new("another"), &message("b")).await.unwrap();
    let error = rest.edit_answer(&token(), &message("c")).await.unwrap_err();
    assert!(matches!(error, RestError::RateLimited { .. }), "{error:?}");
}

#[tokio::test]
async fn of_many_first_calls_one_goes_ahead_and_the_others_learn_from_it() {
    let turns = [
        Turn::message().bucket("abc", 1, 0.5).late(Duration::from_millis(100)),
        Turn::message().bucket("abc", 0, 0.4),
        Turn::message().bucket("abc", 1, 0.5),
        Turn::message().bucket("abc", 0, 0.5),
    ];
    let (stand, rest) = Stand::new(turns).await;
    let calls: Vec<_> = (0..4)
        .map(|_| {
            let rest = rest.clone();
            tokio::spawn(async move { send(&rest).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let arrived = stand.arrived();
    assert!(arrived[1].at - arrived[0].at >= Duration::from_millis(100), "the first answer was awaited");
    assert!(arrived[2].at - arrived[1].at >= Duration::from_millis(350), "the bucket was full");
}

/// A 429 as Discord sends it.
fn limited(scope: &'static str, after: f64) -> Turn {
    let turn = Turn::new(429, &json!({"message": "slow", "retry_after": after, "global": scope == "global"}))
        .header("retry-after", after.ceil())
        .header("x-ratelimit-scope", scope);
    if scope == "global" { turn.header("x-ratelimit-global", "true") } else { turn.bucket("abc", 0, after) }
}

/// Counts what the client tells the other workers.
#[derive(Debug)]
struct Telling {
    inner: Arc<dyn Budget>,
    told: Mutex<Vec<String>>,
    invalid: Mutex<u32>,
}

impl Telling {
    fn new() -> Arc<Self> {
        Arc::new(Self { inner: budget::local(), told: Mutex::default(), invalid: Mutex::default() })
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }
}

impl Budget for Telling {
    fn reserve<'a>(
        &'a self,
        calls: &'a [Option<BucketKey>],
    ) -> BoxFuture<'a, Result<Reservation, BudgetError>> {
        let invalid = *self.invalid.lock().unwrap();
        Box::pin(async move {
            let reservation = self.inner.reserve(calls).await?;
            Ok(Reservation { invalid, ..reservation })
        })
    }

    fn bucket_empty<'a>(
        &'a self,
        bucket: &'a BucketKey,
        empty_for: Duration,
    ) -> BoxFuture<'a, Result<(), BudgetError>> {
        self.told.lock().unwrap().push(format!("{bucket} for {} ms", empty_for.as_millis()));
        self.inner.bucket_empty(bucket, empty_for)
    }

    fn all_empty(&self, empty_for: Duration) -> BoxFuture<'_, Result<(), BudgetError>> {
        self.told.lock().unwrap().push(format!("all for {} ms", empty_for.as_millis()));
        self.inner.all_empty(empty_for)
    }

    fn invalid(&self) -> BoxFuture<'_, Result<u32, BudgetError>> {
        let mut invalid = self.invalid.lock().unwrap();
        *invalid += 1;
        let count = *invalid;
        Box::pin(async move { Ok(count) })
    }
}

#[tokio::test]
async fn a_limit_of_this_route_is_obeyed_told_and_counted() {
    let budget = Telling::new();
    let (stand, rest) = Stand::with([limited("user", 1.0), Turn::message()], budget.clone()).await;
    send(&rest).await.unwrap();
    let arrived = stand.arrived();
    assert!(arrived[1].at - arrived[0].at >= Duration::from_millis(990));
    assert_eq!(budget.told(), ["abc#7 for 1000 ms"]);
    assert_eq!(*budget.invalid.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_limit_of_everyone_is_obeyed_but_not_counted() {
    let budget = Telling::new();
    let (stand, rest) = Stand::with([limited("shared", 1.0), Turn::message()], budget.clone()).await;
    send(&rest).await.unwrap();
    let arrived = stand.arrived();
    assert!(arrived[1].at - arrived[0].at >= Duration::from_millis(990));
    assert_eq!(budget.told(), ["abc#7 for 1000 ms"]);
    assert_eq!(*budget.invalid.lock().unwrap(), 0);
}

#[tokio::test]
async fn a_limit_of_the_bot_holds_back_every_route_but_no_interaction() {
    let budget = Telling::new();
    let turns = [limited("global", 1.0), Turn::message(), Turn::message(), Turn::message()];
    let (stand, rest) = Stand::with(turns, budget.clone()).await;
    let first = {
        let rest = rest.clone();
        tokio::spawn(async move { send(&rest).await })
    };
    tokio::time::sleep(Duration::from_millis(300)).await;
    let other = {
        let rest = rest.clone();
        tokio::spawn(async move { rest.message(ChannelId(9), MessageId(1)).await })
    };
    rest.edit_answer(&token(), &message("voilà")).await.unwrap();
    first.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    let arrived = stand.arrived();
    assert!(arrived[1].line.starts_with("PATCH "), "{}", arrived[1].line);
    assert!(arrived[1].at - arrived[0].at < Duration::from_millis(700));
    assert!(arrived[2].at - arrived[0].at >= Duration::from_millis(990));
    assert_eq!(budget.told(), ["all for 1000 ms"]);
}

#[tokio::test]
async fn slots_that_are_handed_out_stay_empty_while_the_bot_has_to_wait() {
    let turns = std::iter::once(limited("global", 1.0)).chain((0..20).map(|_| Turn::message()));
    let (stand, rest) = Stand::new(turns).await;
    // Channels of their own: no call waits for the bucket of another.
    let calls: Vec<_> = (0..12)
        .map(|channel| {
            let rest = rest.clone();
            tokio::spawn(async move { rest.message(ChannelId(channel), MessageId(1)).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let arrived = stand.arrived();
    assert_eq!(arrived.len(), 13);
    let early = arrived.iter().filter(|call| call.at - arrived[0].at < Duration::from_millis(900)).count();
    assert!(early <= 9, "{early} calls before the second was over");
}

#[tokio::test]
async fn a_refusal_tells_about_its_bucket_too() {
    let (_stand, rest) = Stand::new([Turn::error(403, 50013).bucket("abc", 0, 30.0)]).await;
    assert!(matches!(send(&rest).await, Err(RestError::Missing { .. })));
    assert!(matches!(send(&rest).await, Err(RestError::RateLimited { .. })));
}

#[tokio::test]
async fn the_token_follows_no_redirection() {
    let (stand, rest) =
        Stand::new([Turn::error(307, 0).header("location", "/elsewhere"), Turn::message()]).await;
    let error = send(&rest).await.unwrap_err();
    assert!(matches!(error, RestError::Refused { status: 307, .. }), "{error:?}");
    assert_eq!(stand.arrived().len(), 1);
}

#[tokio::test]
async fn a_limit_of_cloudflare_has_no_json_and_is_obeyed() {
    let budget = Telling::new();
    let mut turn = Turn::new(429, &json!(null)).header("retry-after", 1);
    turn.body = b"<html>error 1015".to_vec();
    let (stand, rest) = Stand::with([turn, Turn::message()], budget.clone()).await;
    send(&rest).await.unwrap();
    let arrived = stand.arrived();
    assert!(arrived[1].at - arrived[0].at >= Duration::from_millis(990));
    assert_eq!(budget.told(), ["all for 1000 ms"]);
}

#[tokio::test]
async fn a_limit_longer_than_the_deadline_is_given_back_at_once() {
    let (stand, rest) = Stand::new([limited("user", 60.0)]).await;
    let start = Instant::now();
    let error = send(&rest).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    let Retry::After(after) = error.retry() else { panic!("{error:?}") };
    assert!(after > Duration::from_secs(59), "{after:?}");
    let error = send(&rest).await.unwrap_err();
    assert!(matches!(error, RestError::RateLimited { .. }), "without asking again: {error:?}");
    assert_eq!(stand.arrived().len(), 1);
}

#[tokio::test]
async fn a_bucket_that_another_worker_found_empty_is_waited_for() {
    let shared = budget::local();
    let (_first_stand, first) = Stand::with([Turn::message().bucket("abc", 0, 1.0)], shared.clone()).await;
    let turns = [Turn::message().bucket("abc", 1, 0.1), Turn::message().bucket("abc", 1, 1.0)];
    let (second_stand, second) = Stand::with(turns, shared).await;
    send(&second).await.unwrap();
    send(&first).await.unwrap();
    let start = Instant::now();
    send(&second).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(900), "{:?}", start.elapsed());
    assert_eq!(second_stand.arrived().len(), 2);
}

#[tokio::test]
async fn trouble_at_discord_is_sent_again_with_the_same_nonce() {
    let turns = [Turn::error(500, 0), Turn::error(503, 130_000), Turn::error(400, 130_000), Turn::message()];
    let (stand, rest) = Stand::new(turns).await;
    send(&rest).await.unwrap();
    let arrived = stand.arrived();
    assert_eq!(arrived.len(), 4);
    assert!(arrived.iter().all(|again| again.body == arrived[0].body));
}

#[tokio::test]
async fn trouble_without_end_ends_at_the_deadline() {
    let (stand, rest) = Stand::new((0..50).map(|_| Turn::error(502, 0))).await;
    let start = Instant::now();
    let error = send(&rest.within(Duration::from_secs(1))).await.unwrap_err();
    assert!(matches!(error, RestError::Server(502)), "{error:?}");
    assert_eq!(error.retry(), Retry::Later);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    assert!((2..8).contains(&stand.arrived().len()), "{}", stand.arrived().len());
}

#[tokio::test]
async fn silence_ends_at_the_deadline() {
    let (_stand, rest) = Stand::new([Turn::message().late(Duration::from_secs(5))]).await;
    let start = Instant::now();
    let error = send(&rest.within(Duration::from_millis(400))).await.unwrap_err();
    assert!(matches!(error, RestError::Deadline), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

fn post() -> NewPost {
    NewPost { name: "x".to_owned(), tags: Vec::new(), message: message("x"), auto_archive_minutes: 60 }
}

#[tokio::test]
async fn a_post_that_may_be_there_is_never_opened_twice() {
    let turns = [Turn::error(500, 0), Turn::message().late(Duration::from_secs(5))];
    let (stand, rest) = Stand::new(turns).await;
    for _ in 0..2 {
        let error =
            rest.within(Duration::from_millis(400)).create_post(ChannelId(7), post(), "x").await.unwrap_err();
        assert!(matches!(error, RestError::Uncertain(_)), "{error:?}");
        assert_eq!(error.retry(), Retry::LookFirst);
    }
    assert_eq!(stand.arrived().len(), 2);
}

#[tokio::test]
async fn a_post_that_was_refused_for_a_limit_is_opened_a_moment_later() {
    let turns = [limited("user", 0.3), Turn::new(201, &json!({"id": "900"}))];
    let (stand, rest) = Stand::new(turns).await;
    rest.create_post(ChannelId(7), post(), "x").await.unwrap();
    assert_eq!(stand.arrived().len(), 2);
}

#[tokio::test]
async fn a_call_that_reached_nobody_is_no_uncertain_call() {
    let (_stand, rest) = Stand::new([]).await;
    let nobody = Rest::new(RestConfig {
        // Reserved: nothing listens there.
        base: "http://127.0.0.1:1".to_owned(),
        application: rest.application(),
        token: BotToken::new(TOKEN),
        budget: budget::local(),
    });
    let nobody = nobody.within(Duration::from_millis(600));
    let error = nobody.create_post(ChannelId(7), post(), "x").await.unwrap_err();
    assert!(matches!(error, RestError::Network(_)), "{error:?}");
    assert_eq!(error.retry(), Retry::Later);
}

#[tokio::test]
async fn a_refused_token_stops_every_call_until_there_is_another() {
    let (stand, rest) = Stand::new([Turn::error(401, 0), Turn::message(), Turn::message()]).await;
    assert!(matches!(send(&rest).await, Err(RestError::Unauthorized)));
    assert!(matches!(send(&rest.clone()).await, Err(RestError::Unauthorized)));
    assert_eq!(stand.arrived().len(), 1);
    rest.edit_answer(&token(), &message("voilà")).await.unwrap();
    assert!(!rest.renew_token(BotToken::new(TOKEN)), "the same token changes nothing");
    assert!(matches!(send(&rest).await, Err(RestError::Unauthorized)));
    assert!(rest.renew_token(BotToken::new("new")));
    send(&rest).await.unwrap();
    assert_eq!(stand.arrived()[2].header("authorization"), Some("Bot new"));
}

#[tokio::test]
async fn too_many_refused_calls_stop_everything_long_before_discord_does() {
    let budget = Telling::new();
    *budget.invalid.lock().unwrap() = INVALID_MAX - 1;
    let (stand, rest) = Stand::with([Turn::error(403, 50013), Turn::message()], budget.clone()).await;
    let error = send(&rest).await.unwrap_err();
    assert!(
        matches!(error, RestError::Missing { kind: Missing::Permission, .. }),
        "its own error: {error:?}"
    );
    for _ in 0..3 {
        assert!(matches!(send(&rest).await, Err(RestError::BreakerOpen { .. })));
        let error = rest.edit_answer(&token(), &message("x")).await.unwrap_err();
        assert!(matches!(error.retry(), Retry::After(_)), "{error:?}");
    }
    assert_eq!(stand.arrived().len(), 1);
    // The count of the other workers stops this one, too.
    let (other_stand, other) = Stand::with([Turn::message()], budget).await;
    assert!(matches!(send(&other).await, Err(RestError::BreakerOpen { .. })));
    assert_eq!(other_stand.arrived().len(), 0);
}

#[tokio::test]
async fn refused_calls_are_counted_and_no_others() {
    let budget = Telling::new();
    let turns = [
        Turn::error(403, 50001),
        Turn::error(404, 10003),
        Turn::error(400, 50035),
        Turn::error(500, 0),
        Turn::message(),
    ];
    let (_stand, rest) = Stand::with(turns, budget.clone()).await;
    for _ in 0..4 {
        let _ = send(&rest).await;
    }
    assert_eq!(*budget.invalid.lock().unwrap(), 2);
}

#[tokio::test]
async fn no_token_is_shown_by_debug_or_errors() {
    let (_stand, rest) = Stand::new([Turn::error(401, 50027), Turn::new(200, &json!([]))]).await;
    let config = RestConfig {
        base: "http://127.0.0.1:1".to_owned(),
        application: ApplicationId(1),
        token: BotToken::new(TOKEN),
        budget: budget::local(),
    };
    let nobody = Rest::new(config.clone()).within(Duration::from_millis(300));
    let errors = [
        rest.edit_answer(&token(), &message("x")).await.unwrap_err(),
        rest.edit_answer(&token(), &message("x")).await.unwrap_err(),
        nobody.edit_answer(&token(), &message("x")).await.unwrap_err(),
        nobody.follow_up(&token(), &message("x")).await.unwrap_err(),
        send(&nobody).await.unwrap_err(),
    ];
    let mut shown = format!("{config:?} {rest:?} {:?} {:?}", BotToken::new(TOKEN), token());
    for error in &errors {
        let mut source: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = source {
            write!(shown, "\n{error} {error:?}").unwrap();
            source = error.source();
        }
    }
    assert!(shown.contains("hidden"), "{shown}");
    for secret in [TOKEN, "interaction-secret"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn each_no_of_discord_says_what_to_do() {
    let table: [(u16, &[u64]); 5] = [
        (404, &[10003, 10004, 10007, 10008, 10011, 10013, 10062]),
        (
            400,
            &[
                40060, 20028, 40003, 30003, 30005, 30013, 30016, 30030, 30032, 30033, 30034, 30038, 30046,
                30060,
            ],
        ),
        (
            400,
            &[30999, 40005, 50045, 40058, 40067, 50024, 50008, 50006, 50035, 50109, 50083, 160_004, 160_005],
        ),
        (403, &[50001, 50013, 60003, 50007, 50278, 160_006, 200_000, 200_001, 240_000, 350_000, 520_003]),
        (405, &[0, 99]),
    ];
    let cases: Vec<(u16, u64)> =
        table.iter().flat_map(|(status, codes)| codes.iter().map(|code| (*status, *code))).collect();
    let (_stand, rest) = Stand::new(cases.iter().map(|(status, code)| Turn::error(*status, *code))).await;
    let mut lines = String::new();
    for (_, code) in cases {
        let error = send(&rest).await.unwrap_err();
        writeln!(lines, "{code}: {error} -> {:?}", error.retry()).unwrap();
    }
    expect_test::expect![[r#"
        10003: the channel is gone -> Never
        10004: the server is gone -> Never
        10007: the member is gone -> Never
        10008: the message is gone -> Never
        10011: the role is gone -> Never
        10013: the user is gone -> Never
        10062: the answer of the interaction is out of reach (10062) -> Never
        40060: the interaction is answered already -> Never
        20028: a rate limit holds for 60 s -> After(60s)
        40003: a rate limit holds for 60 s -> After(60s)
        30003: Discord has no room for one more pinned message -> Never
        30005: Discord has no room for one more role -> Never
        30013: Discord has no room for one more channel -> Never
        30016: Discord has no room for one more invite -> Never
        30030: Discord has no room for one more category -> Never
        30032: Discord has no room for one more command -> Never
        30033: Discord has no room for one more member of a thread -> Never
        30034: Discord has no room for one more new command today -> Later
        30038: Discord has no room for one more event -> Never
        30046: Discord has no room for one more edit of an old message now -> Later
        30060: Discord has no room for one more permission overwrite -> Never
        30999: Discord has no room for one more of its kind (30999) -> Never
        40005: what is sent is too large -> Never
        50045: what is sent is too large -> Never
        40058: the channel is of another kind (40058) -> Never
        40067: the forum wants a tag -> Never
        50024: the channel is of another kind (50024) -> Never
        50008: the channel is of another kind (50008) -> Never
        50006: Discord cannot read what was sent (50006): no -> Never
        50035: Discord cannot read what was sent (50035): no -> Never
        50109: Discord cannot read what was sent (50109): no -> Never
        50083: the thread is archived -> Never
        160004: the thread exists already -> Never
        160005: the thread is locked -> Never
        50001: Discord refuses the bot: it does not see the place (the call needs VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS) -> Never
        50013: Discord refuses the bot: it misses a permission, or its role stands too low (the call needs VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS) -> Never
        60003: Discord refuses the bot: its owner needs two-factor authentication (the call needs VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS) -> Never
        50007: the person takes no private message -> Never
        50278: the person takes no private message -> Never
        160006: Discord has no room for one more active thread -> Never
        200000: a filter stopped the text (200000) -> Never
        200001: a filter stopped the text (200001) -> Never
        240000: a filter stopped the text (240000) -> Never
        350000: a condition is not met (350000): no -> Never
        520003: a condition is not met (520003): no -> Never
        0: Discord refuses (405, 0): no -> Never
        99: Discord refuses (405, 99): no -> Never
    "#]].assert_eq(&lines);
}

#[tokio::test]
async fn an_invalid_form_says_where_and_a_full_category_is_a_cap() {
    let form = json!({"code": 50035, "message": "Invalid Form Body", "errors": {
        "embeds": {"0": {"title": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "secret words"}]}}},
        "_errors": [{"code": "X"}],
    }});
    let full = json!({"code": 50035, "errors": {"parent_id": {"_errors": [{"code": "CHANNEL_PARENT_MAX_CHANNELS"}]}}});
    let (_stand, rest) = Stand::new([Turn::new(400, &form), Turn::new(400, &full)]).await;
    let error = send(&rest).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Discord cannot read what was sent (50035): X; embeds.0.title: BASE_TYPE_MAX_LENGTH"
    );
    let error = send(&rest).await.unwrap_err();
    assert!(matches!(error, RestError::Cap(Cap::CategoryChannels)), "{error:?}");
}

#[tokio::test]
async fn an_edit_says_nothing_about_the_sound_of_the_first_sending() {
    let (stand, rest) = Stand::new([Turn::message(), Turn::message()]).await;
    let silent = Checked::new(Message::text("x").silent()).unwrap();
    rest.send_message(ChannelId(7), &silent, Nonce::of("x")).await.unwrap();
    rest.edit_message(ChannelId(7), MessageId(5), &silent).await.unwrap();
    let arrived = stand.arrived();
    assert_eq!(arrived[0].json()["flags"], 4096);
    assert_eq!(arrived[1].json().get("flags"), None);
}

#[tokio::test]
async fn what_is_gone_already_is_deleted() {
    let turns = [Turn::error(404, 10008), Turn::error(404, 10003)];
    let (_stand, rest) = Stand::new(turns).await;
    rest.delete_message(ChannelId(7), MessageId(5), "x").await.unwrap();
    let error = rest.delete_message(ChannelId(7), MessageId(5), "x").await.unwrap_err();
    assert!(matches!(error, RestError::Gone(Gone::Channel)), "{error:?}");
}

#[tokio::test]
async fn lists_are_read_though_some_entries_are_of_another_kind() {
    let turns = [
        Turn::new(
            200,
            &json!([
                {"id": "1", "type": 15, "name": "forum", "topic": null, "available_tags": [{"id": "3", "name": "Rust", "emoji_id": null}, 4]},
                {"id": "2", "type": 77, "name": null, "permission_overwrites": [{"id": "1", "type": 0, "allow": "1024", "deny": "0"}, {"type": 9}]},
            ]),
        ),
        Turn::new(
            200,
            &json!({"threads": [{"id": "9", "type": 11, "parent_id": "1", "thread_metadata": {"archived": false}}, {"name": "?"}], "members": []}),
        ),
        Turn::new(200, &json!([{"id": "5", "nonce": 12, "author": {"id": "1"}}, {"id": "6", "nonce": "x"}])),
    ];
    let (stand, rest) = Stand::new(turns).await;
    let channels = rest.guild_channels(GuildId(4)).await.unwrap();
    assert_eq!(channels[0].available_tags.len(), 1);
    assert_eq!(channels[1].permission_overwrites[0].allow, Permissions::VIEW_CHANNEL);
    assert_eq!(channels[1].kind.number(), 77);
    let threads = rest.active_threads(GuildId(4)).await.unwrap();
    assert_eq!((threads.len(), threads[0].parent_id), (1, Some(ChannelId(1))));
    let which = Messages { after: Some(MessageId(3)), limit: Some(200), ..Messages::default() };
    let messages = rest.messages(ChannelId(7), which).await.unwrap();
    assert_eq!(messages[0].nonce.as_deref(), Some("12"));
    assert_eq!(
        stand.lines(),
        [
            "GET /api/v10/guilds/4/channels",
            "GET /api/v10/guilds/4/threads/active",
            "GET /api/v10/channels/7/messages?after=3&limit=100",
        ]
    );
}

#[tokio::test]
async fn commands_are_compared_by_what_was_declared() {
    let command = Checked::new(
        Command::chat(("partager", "share"), ("Partager une ressource", "Share a resource"))
            .option(CommandOption::text(("lien", "link"), ("Adresse", "Address")).required()),
    )
    .unwrap();
    // What Discord makes of it: more fields, nulls, another order, its own idea of a default.
    let mut theirs = serde_json::to_value(&command).unwrap();
    let map = theirs.as_object_mut().unwrap();
    map.insert("id".to_owned(), json!("77"));
    map.insert("version".to_owned(), json!("78"));
    map.insert("nsfw".to_owned(), json!(false));
    map.insert("default_member_permissions".to_owned(), json!(null));
    map.insert("dm_permission".to_owned(), json!(true));
    let mut guild = theirs.clone();
    for key in ["contexts", "integration_types"] {
        guild.as_object_mut().unwrap().insert(key.to_owned(), json!(null));
    }
    let turns =
        [Turn::new(200, &json!([theirs])), Turn::new(200, &json!([guild])), Turn::new(200, &json!([guild]))];
    let (stand, rest) = Stand::new(turns).await;
    let everywhere = rest.commands(Scope::Everywhere).await.unwrap();
    assert_eq!(everywhere[0].content(Scope::Everywhere), declared(&command, Scope::Everywhere));
    let here = Scope::Guild(GuildId(4));
    let guild = rest.commands(here).await.unwrap();
    assert_eq!(guild[0].content(here), declared(&command, here));
    assert_ne!(guild[0].content(here), declared(&command, Scope::Everywhere));
    rest.overwrite_commands(here, &[command]).await.unwrap();
    let arrived = stand.arrived();
    assert_eq!(arrived[0].line, "GET /api/v10/applications/1/commands?with_localizations=true");
    assert_eq!(arrived[1].line, "GET /api/v10/applications/1/guilds/4/commands?with_localizations=true");
    assert_eq!(arrived[2].line, "PUT /api/v10/applications/1/guilds/4/commands");
    assert_eq!(arrived[2].json()[0].get("contexts"), None);
    assert_eq!(arrived[2].json()[0]["options"][0]["required"], true);
}
