//! A small server that answers what a test tells it to, and a client that calls it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use discord::ApplicationId;
use discord::rest::budget;
use discord::rest::{BotToken, Budget, Rest, RestConfig};
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "bot-secret-Zm9v";
pub(crate) const INTERACTION: &str = "interaction-secret/../x?y=%";

/// What arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) line: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) at: Instant,
}

impl Arrived {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// One answer to give.
pub(crate) struct Turn {
    status: u16,
    headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    delay: Duration,
}

impl Turn {
    pub(crate) fn new(status: u16, body: &Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string().into_bytes(), delay: Duration::ZERO }
    }

    pub(crate) fn message() -> Self {
        Self::new(
            200,
            &json!({"id": "5", "channel_id": "7", "content": "bonjour", "embeds": null, "new": {}}),
        )
    }

    pub(crate) fn error(status: u16, code: u64) -> Self {
        Self::new(status, &json!({"code": code, "message": "no"}))
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(crate) fn bucket(self, bucket: &str, remaining: u32, reset_after: f64) -> Self {
        self.header("x-ratelimit-bucket", bucket)
            .header("x-ratelimit-limit", 2)
            .header("x-ratelimit-remaining", remaining)
            .header("x-ratelimit-reset-after", reset_after)
    }

    pub(crate) fn late(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

#[derive(Default)]
struct Script {
    turns: VecDeque<Turn>,
    arrived: Vec<Arrived>,
}

#[derive(Clone, Default)]
pub(crate) struct Stand(Arc<Mutex<Script>>);

impl Stand {
    /// A server that gives these answers, one after the other, then fails the test.
    pub(crate) async fn new(turns: impl IntoIterator<Item = Turn>) -> (Self, Rest) {
        Self::with(turns, budget::local()).await
    }

    pub(crate) async fn with(turns: impl IntoIterator<Item = Turn>, budget: Arc<dyn Budget>) -> (Self, Rest) {
        // Built once per process; a second installation is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let stand = Self::default();
        stand.0.lock().unwrap().turns.extend(turns);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(stand.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let rest = Rest::new(RestConfig {
            base: format!("http://{address}/api/v10/"),
            application: ApplicationId(1),
            token: BotToken::new(TOKEN),
            budget,
        });
        (stand, rest)
    }

    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.0.lock().unwrap().arrived.clone()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.arrived().into_iter().map(|arrived| arrived.line).collect()
    }
}

async fn answer(State(stand): State<Stand>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let at = Instant::now();
    let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
    let turn = {
        let mut script = stand.0.lock().unwrap();
        let line = format!("{} {}", parts.method, parts.uri);
        script.arrived.push(Arrived { line, headers: parts.headers, body, at });
        script.turns.pop_front()
    };
    let turn = turn.unwrap_or_else(|| Turn::new(418, &json!({"message": "one call too many"})));
    tokio::time::sleep(turn.delay).await;
    let mut response = Response::builder().status(turn.status);
    for (name, value) in turn.headers {
        response = response.header(name, value);
    }
    response.body(turn.body.into()).unwrap()
}
