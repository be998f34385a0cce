//! The HTTP side of the stand-in: what a runtime asks for and tells.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use crate::now_ms;

pub(super) const FUNCTION_NAME: &str = "stand-in";

/// An event on its way to the function.
pub(super) struct Event {
    pub(super) body: Bytes,
    pub(super) reply: oneshot::Sender<Reply>,
}

/// What came back for it.
pub(super) enum Reply {
    Response { body: Value, took: Duration },
    Error { body: Value, took: Duration },
    TimedOut,
}

/// The running server of one instance.
pub(super) struct Api {
    pub(super) address: String,
    state: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    timeout: Duration,
    books: Mutex<Books>,
    /// An event was pushed.
    pushed: Notify,
    /// The function asked for its first event.
    asked: Notify,
}

#[derive(Default)]
struct Books {
    waiting: std::collections::VecDeque<Event>,
    running: HashMap<String, (oneshot::Sender<Reply>, Instant)>,
    handed: u64,
    init_error: Option<Value>,
    extensions: usize,
}

impl Shared {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Api {
    pub(super) async fn serve(timeout: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
        let address = listener.local_addr().expect("it is bound").to_string();
        let state = Arc::new(Shared {
            timeout,
            books: Mutex::default(),
            pushed: Notify::new(),
            asked: Notify::new(),
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .route("/2020-01-01/extension/register", post(register))
            .route("/2020-01-01/extension/event/next", get(std::future::pending::<StatusCode>))
            .with_state(Arc::clone(&state));
        // Without this a small answer may wait 40 ms for the other side's acknowledgement.
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { address, state, server }
    }

    pub(super) fn push(&self, event: Event) {
        self.state.books().waiting.push_back(event);
        self.state.pushed.notify_one();
    }

    /// Waits until the function asks for an event for the first time.
    pub(super) async fn asked(&self) {
        self.state.asked.notified().await;
    }

    pub(super) fn init_error(&self) -> Option<Value> {
        self.state.books().init_error.clone()
    }

    pub(super) fn extensions(&self) -> usize {
        self.state.books().extensions
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(state): State<Arc<Shared>>) -> Response {
    state.asked.notify_one();
    let event = loop {
        if let Some(event) = state.books().waiting.pop_front() {
            break event;
        }
        state.pushed.notified().await;
    };
    let id = {
        let mut books = state.books();
        books.handed += 1;
        // Lambda's request ids are UUIDs.
        let id = format!("00000000-0000-4000-8000-{:012x}", books.handed);
        books.running.insert(id.clone(), (event.reply, Instant::now()));
        id
    };
    let deadline_ms =
        now_ms() + i64::try_from(state.timeout.as_millis()).expect("a time limit is minutes at most");
    tokio::spawn(time_out(Arc::clone(&state), id.clone()));
    let headers = [
        ("content-type", "application/json".to_string()),
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline_ms.to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            format!("arn:aws:lambda:eu-west-3:123456789012:function:{FUNCTION_NAME}"),
        ),
        ("lambda-runtime-trace-id", "Root=1-65f00000-000000000000000000000000;Sampled=0".to_string()),
    ];
    (headers, event.body).into_response()
}

async fn time_out(state: Arc<Shared>, id: String) {
    tokio::time::sleep(state.timeout).await;
    let running = state.books().running.remove(&id);
    if let Some((reply, _)) = running {
        let _ = reply.send(Reply::TimedOut);
    }
}

async fn response(State(state): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    finish(&state, &id, &body, |body, took| Reply::Response { body, took })
}

async fn error(State(state): State<Arc<Shared>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    finish(&state, &id, &body, |body, took| Reply::Error { body, took })
}

fn finish(state: &Shared, id: &str, body: &[u8], reply: impl FnOnce(Value, Duration) -> Reply) -> StatusCode {
    let Some((sender, handed)) = state.books().running.remove(id) else {
        return StatusCode::BAD_REQUEST;
    };
    let took = handed.elapsed();
    // Lambda passes on what it gets; what is not JSON would reach its caller as it is.
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into())
    };
    let _ = sender.send(reply(body, took));
    StatusCode::ACCEPTED
}

async fn init_error(State(state): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    state.books().init_error = serde_json::from_slice(&body).ok();
    StatusCode::ACCEPTED
}

async fn register(State(state): State<Arc<Shared>>) -> Response {
    state.books().extensions += 1;
    let body = json!({ "functionName": FUNCTION_NAME, "functionVersion": "$LATEST", "handler": "bootstrap" });
    ([("lambda-extension-identifier", "00000000-0000-4000-8000-00000000e000")], axum::Json(body))
        .into_response()
}
