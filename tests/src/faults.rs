//! A DynamoDB that misbehaves when told to: a proxy in front of a real or embedded one.
//!
//! No emulator throttles, conflicts, stalls or loses an answer; AWS does all four. What is told is
//! done to the next calls that match, in the order told; everything else passes through unchanged.
//! [`Faults::collide`] makes transactions collide as they do on AWS, for as long as it stands.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Refused with `ThrottlingException`.
    Throttled,
    /// Refused with `ProvisionedThroughputExceededException`.
    Exceeded,
    /// Refused with `InternalServerError`, status 500.
    Broken,
    /// A transaction is cancelled with `TransactionConflict` for its first item; any other call is
    /// refused with `TransactionConflictException`.
    Conflict,
    /// A transaction is cancelled with `ThrottlingError` for its first item.
    ItemThrottled,
    /// A transaction is cancelled with `TransactionConflict` for its first item and
    /// `ConditionalCheckFailed` for its last.
    ConflictAndLate,
    /// Never done, never answered.
    Hang,
    /// Never done; the connection ends within the answer.
    HangUp,
    /// Done, then never answered.
    HangAfter,
    /// Done; the connection ends within the answer.
    HangUpAfter,
    /// A `BatchGetItem` answers the first half of its keys, rounded down, and names the others as unprocessed.
    KeysLeft,
}

/// A call that came, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The operation, as in `TransactWriteItems`.
    pub operation: String,
    /// What was done instead of passing it on; none when it passed.
    pub fault: Option<Fault>,
    /// The body as it came.
    pub body: String,
}

/// The proxy. It ends when this is dropped.
pub struct Faults {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    upstream: String,
    http: reqwest::Client,
    orders: Mutex<VecDeque<Order>>,
    seen: Mutex<Vec<Seen>>,
    collisions: Mutex<Collisions>,
}

/// The items that transactions hold now.
#[derive(Default)]
struct Collisions {
    hold: Option<Duration>,
    held: BTreeSet<String>,
    refused: usize,
}

struct Order {
    operation: Option<String>,
    fault: Fault,
    left: u32,
}

/// What comes of wanting the items of a transaction.
enum Hold {
    /// Nobody holds anything here.
    Free,
    /// Another transaction holds one.
    Met(Box<Response>),
    /// They are held until so long after the transaction.
    For(Duration),
}

impl Faults {
    /// A proxy in front of the `DynamoDB` at this address.
    pub async fn before(upstream: &str) -> Self {
        let shared = Arc::new(Shared {
            upstream: upstream.into(),
            http: crate::web(),
            orders: Mutex::default(),
            seen: Mutex::default(),
            collisions: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { url, shared, server }
    }

    /// Where clients find it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The next calls, so many, whatever they are, meet this.
    pub fn next(&self, calls: u32, fault: Fault) {
        lock(&self.shared.orders).push_back(Order { operation: None, fault, left: calls });
    }

    /// The next calls of this operation, so many, meet this.
    pub fn next_of(&self, operation: &str, calls: u32, fault: Fault) {
        let operation = Some(operation.to_owned());
        lock(&self.shared.orders).push_back(Order { operation, fault, left: calls });
    }

    /// From now on a transaction holds its items until it is done and for `hold` after that; another
    /// one that touches any of them meanwhile is cancelled with `TransactionConflict` for each.
    ///
    /// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling>
    pub fn collide(&self, hold: Duration) {
        lock(&self.shared.collisions).hold = Some(hold);
    }

    /// How many transactions were cancelled because another one held an item.
    pub fn collided(&self) -> usize {
        lock(&self.shared.collisions).refused
    }

    /// Nothing goes wrong any more.
    pub fn end(&self) {
        lock(&self.shared.orders).clear();
    }

    /// Calls so far, in order.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// Calls of one operation so far.
    pub fn count(&self, operation: &str) -> usize {
        lock(&self.shared.seen).iter().filter(|seen| seen.operation == operation).count()
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let target = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.split_once('.').map_or(target, |(_, operation)| operation).to_owned();
    let fault = shared.fault_for(&operation);
    let text = String::from_utf8_lossy(&body).into_owned();
    lock(&shared.seen).push(Seen { operation: operation.clone(), fault, body: text });
    match fault {
        None if operation == "TransactWriteItems" => shared.transact(parts, body).await,
        None => shared.pass_on(parts, body).await,
        Some(Fault::Throttled) => refuse("ThrottlingException", "told to"),
        Some(Fault::Exceeded) => refuse("ProvisionedThroughputExceededException", "told to"),
        Some(Fault::Broken) => {
            json_response(StatusCode::INTERNAL_SERVER_ERROR, &error("InternalServerError", "told to"))
        }
        Some(Fault::Conflict) if operation == "TransactWriteItems" => {
            cancelled(&body, "TransactionConflict", "None")
        }
        Some(Fault::Conflict) => refuse("TransactionConflictException", "told to"),
        Some(Fault::ItemThrottled) => cancelled(&body, "ThrottlingError", "None"),
        Some(Fault::ConflictAndLate) => cancelled(&body, "TransactionConflict", "ConditionalCheckFailed"),
        Some(Fault::Hang) => std::future::pending().await,
        Some(Fault::HangUp) => cut_off(),
        Some(Fault::HangAfter) => {
            shared.pass_on(parts, body).await;
            std::future::pending().await
        }
        Some(Fault::HangUpAfter) => {
            shared.pass_on(parts, body).await;
            cut_off()
        }
        Some(Fault::KeysLeft) => shared.half(parts, &body).await,
    }
}

impl Shared {
    fn fault_for(&self, operation: &str) -> Option<Fault> {
        let mut orders = lock(&self.orders);
        let order = orders.iter_mut().find(|order| {
            order.left > 0 && order.operation.as_deref().is_none_or(|wanted| wanted == operation)
        })?;
        order.left -= 1;
        Some(order.fault)
    }

    /// Passes a transaction on, unless it collides with another one.
    async fn transact(&self, parts: http::request::Parts, body: Bytes) -> Response {
        let items = touched(&body);
        let hold = match self.hold(&items) {
            Hold::Free => return self.pass_on(parts, body).await,
            Hold::Met(response) => return *response,
            Hold::For(hold) => hold,
        };
        let response = self.pass_on(parts, body).await;
        tokio::time::sleep(hold).await;
        let mut collisions = lock(&self.collisions);
        for item in &items {
            collisions.held.remove(item);
        }
        response
    }

    fn hold(&self, items: &[String]) -> Hold {
        let mut collisions = lock(&self.collisions);
        let Some(hold) = collisions.hold else { return Hold::Free };
        let met: Vec<bool> = items.iter().map(|item| collisions.held.contains(item)).collect();
        if met.contains(&true) {
            collisions.refused += 1;
            let codes = met.iter().map(|met| if *met { "TransactionConflict" } else { "None" });
            return Hold::Met(Box::new(cancelled_for(codes)));
        }
        collisions.held.extend(items.iter().cloned());
        Hold::For(hold)
    }

    async fn pass_on(&self, parts: http::request::Parts, body: Bytes) -> Response {
        let mut headers = parts.headers;
        // The body may have been cut in two: its length is told anew.
        headers.remove("content-length");
        let answered = self.http.post(&self.upstream).headers(headers).body(body).send().await;
        let Ok(answered) = answered else {
            return StatusCode::BAD_GATEWAY.into_response();
        };
        let (status, headers) = (answered.status(), answered.headers().clone());
        let mut response = Response::new(Body::from(answered.bytes().await.unwrap_or_default()));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }

    /// Passes on the first half of the keys and adds the others to the answer.
    async fn half(&self, parts: http::request::Parts, body: &Bytes) -> Response {
        let mut asked: Value = serde_json::from_slice(body).expect("the SDK sends JSON");
        let tables = asked["RequestItems"].as_object_mut().expect("a batch names its tables");
        let total: usize = tables.values().map(|table| table["Keys"].as_array().map_or(0, Vec::len)).sum();
        let mut kept = total / 2;
        let mut left = Map::new();
        for (name, table) in tables.iter_mut() {
            let keys = table["Keys"].as_array_mut().expect("a batch names its keys");
            let rest = keys.split_off(kept.min(keys.len()));
            kept -= keys.len();
            if !rest.is_empty() {
                let mut table = table.clone();
                table["Keys"] = rest.into();
                left.insert(name.clone(), table);
            }
        }
        tables.retain(|_, table| table["Keys"].as_array().is_some_and(|keys| !keys.is_empty()));
        let mut answer = json!({ "Responses": {} });
        if !tables.is_empty() {
            let response = self.pass_on(parts, asked.to_string().into()).await;
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
            answer = serde_json::from_slice(&bytes).expect("DynamoDB answers JSON");
        }
        answer["UnprocessedKeys"] = left.into();
        json_response(StatusCode::OK, &answer)
    }
}

/// The items of a transaction, one for each action.
fn touched(body: &Bytes) -> Vec<String> {
    let asked: Value = serde_json::from_slice(body).expect("the SDK sends JSON");
    let actions = asked["TransactItems"].as_array().cloned().unwrap_or_default();
    let action = |action: &Value| {
        let action =
            action.as_object().and_then(|action| action.values().next()).cloned().unwrap_or_default();
        let key = if action["Key"].is_object() { &action["Key"] } else { &action["Item"] };
        format!("{} {} {}", action["TableName"], key["pk"], key["sk"])
    };
    actions.iter().map(action).collect()
}

/// One reason for each action, `None` for those between, as `DynamoDB` does.
fn cancelled(body: &Bytes, first: &'static str, last: &'static str) -> Response {
    let actions = touched(body).len();
    cancelled_for((0..actions).map(|index| match index {
        0 => first,
        _ if index + 1 == actions => last,
        _ => "None",
    }))
}

fn cancelled_for(codes: impl Iterator<Item = &'static str>) -> Response {
    let reasons: Vec<Value> =
        codes.map(|code| json!({ "Code": code, "Message": (code != "None").then_some("told to") })).collect();
    let mut body = error("TransactionCanceledException", "Transaction cancelled, told to");
    body["CancellationReasons"] = reasons.into();
    json_response(StatusCode::BAD_REQUEST, &body)
}

/// The headers arrive, the body never ends: what a client sees when the connection breaks.
fn cut_off() -> Response {
    let broken = io::Error::new(io::ErrorKind::ConnectionReset, "told to");
    let parts: [Result<Bytes, io::Error>; 2] = [Ok(Bytes::from_static(b"{")), Err(broken)];
    let mut response = Response::new(Body::from_stream(stream::iter(parts)));
    response.headers_mut().insert("content-length", HeaderValue::from_static("1000"));
    response
}

fn refuse(kind: &str, message: &str) -> Response {
    json_response(StatusCode::BAD_REQUEST, &error(kind, message))
}

fn error(kind: &str, message: &str) -> Value {
    json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{kind}"), "message": message })
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/x-amz-json-1.0"));
    response
}
