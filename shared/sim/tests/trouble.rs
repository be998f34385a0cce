//! Rate limits, faults, ends in the middle, and what is kept over a restart.

mod place;

use std::time::Duration;

use place::{TOKEN, place, whisper};
use serde_json::{Value, json};
use sim::{Fault, Scope, Seen, When};
use tower::ServiceExt as _;

fn get(path: &str) -> http::Request<axum::body::Body> {
    http::Request::get(format!("/api/v10{path}"))
        .header("authorization", format!("Bot {TOKEN}"))
        .header("user-agent", "DiscordBot (test, 1)")
        .body(axum::body::Body::empty())
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_bucket_empties_and_fills_again() {
    let place = place(|_| whisper("-")).await;
    let send = |channel: String| {
        let body = json!({ "content": "a" }).to_string();
        let mut request = get(&format!("/channels/{channel}/messages")).map(|_| axum::body::Body::from(body));
        *request.method_mut() = http::Method::POST;
        request.headers_mut().insert("content-type", "application/json".parse().unwrap());
        let router = place.sim.router();
        async move { router.oneshot(request).await.unwrap() }
    };
    let general = place.general.to_string();
    let header =
        |response: &http::Response<_>, name: &str| response.headers()[name].to_str().unwrap().to_owned();
    let first = send(general.clone()).await;
    assert_eq!(
        (header(&first, "x-ratelimit-limit"), header(&first, "x-ratelimit-remaining")),
        ("5".into(), "4".into())
    );
    for _ in 0..4 {
        assert_eq!(send(general.clone()).await.status(), 200);
    }
    let refused = send(general.clone()).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope"), "user");
    assert_eq!(header(&refused, "x-ratelimit-bucket"), header(&first, "x-ratelimit-bucket"));
    let after: f64 = header(&refused, "x-ratelimit-reset-after").parse().unwrap();
    // Another channel has a bucket of its own.
    let other = place.sim.add_channel(place.guild, sim::NewChannel::text("autre"));
    assert_eq!(send(other.to_string()).await.status(), 200);
    tokio::time::advance(Duration::from_secs_f64(after)).await;
    assert_eq!(send(general).await.status(), 200);
}

#[tokio::test(start_paused = true)]
async fn fifty_calls_a_second_and_no_more() {
    let place = place(|_| whisper("-")).await;
    let paths = ["/users/@me", "/applications/@me"];
    let mut answers = Vec::new();
    for number in 0..51 {
        answers.push(place.sim.router().oneshot(get(paths[number % 2])).await.unwrap());
    }
    let last = answers.pop().unwrap();
    assert!(answers.iter().all(|answer| answer.status() == 200));
    assert_eq!(last.status(), 429);
    assert_eq!(last.headers()["x-ratelimit-scope"], "global");
    assert_eq!(last.headers()["x-ratelimit-global"], "true");
    assert_eq!(last.headers()["retry-after"], "1");
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(place.sim.router().oneshot(get("/users/@me")).await.unwrap().status(), 200);
    place.sim.assert_clean();
}

#[tokio::test]
async fn what_is_ordered_goes_wrong_once() {
    let place = place(|_| whisper("-")).await;
    let messages = format!("/channels/{}/messages", place.general);
    let send = || place.call("POST", &messages, json!({ "content": "a" }));
    let count = || place.sim.messages(place.karim, place.general, None, 99).len();
    let faults = place.sim.faults();

    faults.next("POST /channels/*/messages", Fault::RateLimited { scope: Scope::Shared, after: 1.5 });
    assert_eq!(place.call("GET", "/users/@me", Value::Null).await.0, 200, "others are not concerned");
    let (status, body) = send().await;
    assert_eq!((status, &body["retry_after"], &body["global"]), (429, &json!(1.5), &json!(false)));
    faults.next("POST", Fault::Status(500));
    assert_eq!((send().await.0, count()), (500, 0));
    faults.next("POST", Fault::StatusAfter(502));
    assert_eq!((send().await.0, count()), (502, 1));
    faults.next("POST", Fault::NotFoundOnce(10003));
    assert_eq!((send().await.1["code"].clone(), count()), (json!(10003), 1));
    assert!(!faults.pending());
    assert_eq!((send().await.0, count()), (200, 2));

    for (fault, messages_after) in [(Fault::HangUpBefore, 2), (Fault::HangUpAfter, 3)] {
        faults.next("POST", fault);
        let cut = place.request("POST", &messages).json(&json!({ "content": "a" })).send().await;
        assert!(cut.is_err(), "the connection is cut");
        assert_eq!(count(), messages_after);
    }
    for (fault, messages_after) in [(Fault::TimeoutBefore, 3), (Fault::TimeoutAfter, 4)] {
        faults.next("POST", fault);
        let cut = place
            .request("POST", &messages)
            .json(&json!({ "content": "a" }))
            .timeout(Duration::from_millis(200));
        assert!(cut.send().await.unwrap_err().is_timeout());
        assert_eq!(count(), messages_after);
    }
    faults.next("POST", Fault::Slow(150));
    let started = std::time::Instant::now();
    assert_eq!(send().await.0, 200);
    assert!(started.elapsed() >= Duration::from_millis(150));
    let told: Vec<_> = place.sim.rest_log().into_iter().filter_map(|call| call.fault).collect();
    assert_eq!(told.len(), 9);
    place.sim.assert_clean();
}

#[tokio::test]
async fn a_worker_is_ended_at_the_call_that_was_named() {
    for (when, posts) in [(When::Before, 1), (When::After, 2)] {
        let place = place(|_| whisper("-")).await;
        let messages = format!("{}/channels/{}/messages", place.base, place.general);
        let client = place.client.clone();
        let worker = tokio::spawn(async move {
            for _ in 0..3 {
                let body = json!({ "content": "a" });
                client
                    .post(&messages)
                    .header("authorization", format!("Bot {TOKEN}"))
                    .json(&body)
                    .send()
                    .await
                    .unwrap();
            }
        });
        let handle = worker.abort_handle();
        place.sim.faults().kill_at(2, when, move || handle.abort());
        assert!(worker.await.unwrap_err().is_cancelled());
        assert_eq!(place.sim.messages(place.karim, place.general, None, 99).len(), posts, "{when:?}");
        assert_eq!(place.call("GET", "/users/@me", Value::Null).await.0, 200, "the next one is served");
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let before = place(|_| json!({ "type": 4, "data": { "content": "Bonjour", "flags": 64, "components": [
        { "type": 1, "components": [{ "type": 2, "style": 1, "label": "Encore", "custom_id": "again" }] }] } }))
    .await;
    before.sim.register(before.application, json!([{ "name": "ici", "description": "d" }])).unwrap();
    before.sim.person("karim").in_channel("général").types("/ici", &[]).await;
    let saved = before.sim.save();

    let after = place(|_| whisper("De retour.")).await;
    after.sim.load(saved.clone()).unwrap();
    assert_eq!(after.sim.save(), saved);
    let karim = after.sim.person("karim").in_channel("général");
    assert_eq!(karim.sees().len(), 1);
    assert!(matches!(karim.presses("Encore").await, Seen::Message(_)));
    assert!(after.sim.load(json!({ "guilds": 3 })).is_err());
}

#[tokio::test]
async fn nobody_reads_what_another_alone_may_see() {
    let place = place(|sent| {
        let who = sent["member"]["user"]["username"].as_str().unwrap().to_owned();
        whisper(&format!("secret of {who}"))
    })
    .await;
    place.sim.register(place.application, json!([{ "name": "ici", "description": "d" }])).unwrap();
    let mut changes = place.sim.subscribe();
    for who in ["karim", "sophie"] {
        place.sim.person(who).in_channel("général").types("/ici", &[]).await;
    }
    let seen = place.sim.messages(place.karim, place.general, None, 99);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].content, "secret of karim");
    let (_, listed) = place.call("GET", &format!("/channels/{}/messages", place.general), Value::Null).await;
    assert_eq!(listed, json!([]));
    let mut concerned = 0;
    while let Ok(change) = changes.try_recv() {
        if matches!(change, sim::Change::MessageCreated { .. }) && place.sim.concerns(place.karim, &change) {
            concerned += 1;
        }
    }
    assert_eq!(concerned, 1);
}

#[tokio::test]
async fn private_answers_do_not_pile_up() {
    let place =
        place(|sent| whisper(&format!("pour {}", sent["member"]["user"]["username"].as_str().unwrap())))
            .await;
    place.sim.register(place.application, json!([{ "name": "ici", "description": "d" }])).unwrap();
    let (karim, sophie) =
        (place.sim.person("karim").in_channel("général"), place.sim.person("sophie").in_channel("général"));
    for _ in 0..55 {
        karim.types("/ici", &[]).await;
        sophie.types("/ici", &[]).await;
    }
    let messages = place.sim.look(|world| world.messages[&place.general].len());
    assert_eq!(messages, 100, "of each, the newest fifty stay");
    assert!(karim.sees().iter().all(|message| message.content == "pour karim"));
    place.sim.assert_clean();
}
