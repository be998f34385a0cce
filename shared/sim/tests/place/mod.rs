//! A small school with a tiny application, for the tests of the simulated Discord itself.

#![allow(dead_code, reason = "each test file uses another part of it")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, RoleId, UserId};
use serde_json::{Value, json};
use sim::{Endpoint, NewApplication, NewChannel, NewGuild, NewRole, Options, Sim};
use tests::reference::openapi_of_a_stage;

/// 2026-11-24T09:00:00Z.
pub(crate) const START_MS: i64 = 1_795_510_800_000;

/// The tiny application: what it answers to a delivery.
pub(crate) type Answer = Arc<dyn Fn(&Value) -> Value + Send + Sync>;

pub(crate) struct Place {
    pub(crate) sim: Sim,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) application: ApplicationId,
    pub(crate) guild: GuildId,
    pub(crate) learner: RoleId,
    pub(crate) staff: RoleId,
    pub(crate) karim: UserId,
    pub(crate) sophie: UserId,
    pub(crate) general: ChannelId,
    pub(crate) forum: ChannelId,
    pub(crate) answer: Arc<Mutex<Answer>>,
    pub(crate) base: String,
    pub(crate) client: reqwest::Client,
}

pub(crate) const TOKEN: &str = "test-token";

/// Rights of the bot in the little school.
pub(crate) const BOT_MAY: Permissions = Permissions::VIEW_CHANNEL
    .or(Permissions::SEND_MESSAGES)
    .or(Permissions::SEND_MESSAGES_IN_THREADS)
    .or(Permissions::EMBED_LINKS)
    .or(Permissions::ATTACH_FILES)
    .or(Permissions::READ_MESSAGE_HISTORY)
    .or(Permissions::CREATE_PUBLIC_THREADS)
    .or(Permissions::MANAGE_THREADS)
    .or(Permissions::MANAGE_CHANNELS)
    .or(Permissions::MANAGE_ROLES);

pub(crate) async fn place(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Place {
    let clock = Arc::new(AtomicI64::new(START_MS));
    let now = clock.clone();
    let sim = Sim::new(Options {
        now: Arc::new(move || now.load(Ordering::SeqCst)),
        openapi: openapi_of_a_stage(),
    });
    let sophie = sim.add_person("sophie", "Sophie", "fr");
    let karim = sim.add_person("karim", "Karim", "fr");
    let guild =
        sim.add_guild(NewGuild {
            name: "École".into(), owner: sophie, locale: "fr".into(), community: true
        });
    let learner = sim.add_role(guild, NewRole::named("apprenant"));
    let staff = sim.add_role(guild, NewRole::named("équipe").may(Permissions::MANAGE_MESSAGES));
    sim.join(guild, karim, &[learner]);
    let general = sim.add_channel(guild, NewChannel::text("général"));
    let forum = sim.add_channel(guild, NewChannel::forum("ressources", ["Rust", "Python"]));

    let answer: Arc<Mutex<Answer>> = Arc::new(Mutex::new(Arc::new(answer)));
    let (answers, seed) = (answer.clone(), "test");
    let key = Arc::new(Mutex::new(String::new()));
    let verify = key.clone();
    let clock_of_app = clock.clone();
    let endpoint = Endpoint::local(move |request: http::Request<Bytes>| {
        let (answers, verify, now) =
            (answers.clone(), verify.clone(), clock_of_app.load(Ordering::SeqCst) / 1000);
        async move {
            let key = discord::signature::PublicKey::from_hex(&verify.lock().unwrap()).unwrap();
            if discord::signature::verify(&key, request.headers(), request.body(), now).is_err() {
                return http::Response::builder().status(401).body(Bytes::new()).unwrap();
            }
            let interaction: Value = serde_json::from_slice(request.body()).unwrap();
            let answer = answers.lock().unwrap().clone();
            let body = if interaction["type"] == 1 { json!({ "type": 1 }) } else { answer(&interaction) };
            http::Response::builder()
                .header("content-type", "application/json")
                .body(Bytes::from(body.to_string()))
                .unwrap()
        }
    });
    let application = sim.add_application(NewApplication {
        name: "hub".into(),
        seed: seed.into(),
        token: TOKEN.into(),
        endpoint,
    });
    *key.lock().unwrap() = sim.public_key_hex(application).unwrap();
    sim.install(application, guild, BOT_MAY);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/api/v10", listener.local_addr().unwrap());
    sim.set_address(format!("http://{}", listener.local_addr().unwrap()));
    let serving = sim.clone();
    tokio::spawn(async move { serving.serve_on(listener).await });
    let client = reqwest::Client::builder()
        .no_proxy()
        .user_agent("DiscordBot (https://example.org, 1)")
        .build()
        .unwrap();
    Place {
        sim,
        clock,
        application,
        guild,
        learner,
        staff,
        karim,
        sophie,
        general,
        forum,
        answer,
        base,
        client,
    }
}

impl Place {
    pub(crate) fn answers(&self, answer: impl Fn(&Value) -> Value + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Arc::new(answer);
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
            .header("authorization", format!("Bot {TOKEN}"))
    }

    /// Calls a route and gives status and body.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.request(method, path);
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

/// The interaction of the newest delivery.
pub(crate) fn delivered(place: &Place) -> Value {
    serde_json::from_str(&place.sim.deliveries().last().expect("something was delivered").body).unwrap()
}

/// The path of the answer to the newest delivery.
pub(crate) fn original(place: &Place) -> String {
    let token = delivered(place)["token"].as_str().unwrap().to_owned();
    format!("/webhooks/{}/{token}/messages/@original", place.application)
}

/// A private answer.
pub(crate) fn whisper(text: &str) -> Value {
    json!({ "type": 4, "data": { "content": text, "flags": 64, "allowed_mentions": { "parse": [] } } })
}
