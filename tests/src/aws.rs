//! One AWS endpoint on loopback: an embedded DynamoDB, and a parameter store beside it.
//!
//! `AWS_ENDPOINT_URL` names one address for all services, so requests are told apart by
//! `X-Amz-Target` as AWS itself does. Each request is counted: "a PING asks nothing of DynamoDB"
//! is a statement about this count. Signatures and IAM are not checked; the deployed stack's test
//! does that.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};
use store::{Item, Store, Table};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::events::Record;

/// The region everything pretends to be in.
pub const REGION: &str = "eu-west-3";
/// The access key everything signs with; any would do.
pub const ACCESS_KEY_ID: &str = "AKIDSTANDIN";
/// Its secret.
pub const SECRET_ACCESS_KEY: &str = "stand-in";

/// One request that reached the endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The operation, as in `BatchGetItem` or `GetParameter`.
    pub operation: String,
    /// What was asked.
    pub body: Value,
}

/// The running endpoint. Its tables live in memory and end with it.
pub struct Aws {
    url: String,
    shared: Arc<Shared>,
    servers: [JoinHandle<()>; 2],
}

struct Shared {
    dynamodb: String,
    http: reqwest::Client,
    calls: Mutex<Vec<Call>>,
    parameters: Mutex<BTreeMap<String, String>>,
    broken: Mutex<Option<String>>,
}

impl Aws {
    /// An endpoint without tables or parameters.
    pub async fn start() -> Self {
        let (dynamodb, database) = dynamo().await;
        let shared = Arc::new(Shared {
            dynamodb,
            http: crate::web(),
            calls: Mutex::default(),
            parameters: Mutex::default(),
            broken: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { url, shared, servers: [server, database] }
    }

    /// An endpoint with the tables of these features under `prefix`.
    pub async fn with_tables(prefix: &str, features: &[&'static str]) -> Self {
        let aws = Self::start().await;
        store::tables::create(&aws.client(), prefix, features)
            .await
            .expect("an empty database takes any table");
        aws.forget_calls();
        aws
    }

    /// Its address, for `AWS_ENDPOINT_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A client of it.
    pub fn client(&self) -> Client {
        client(&self.url)
    }

    /// The tables under `prefix`.
    pub fn store(&self, prefix: &str) -> Store {
        Store::new(self.client(), prefix)
    }

    /// How a function reaches it.
    pub fn config(&self) -> app::AwsConfig {
        app::AwsConfig {
            region: REGION.into(),
            endpoint: Some(self.url.clone()),
            access_key: ACCESS_KEY_ID.into(),
            secret_key: SECRET_ACCESS_KEY.into(),
            session_token: None,
        }
    }

    /// Every item of a table, without being counted. Only tests look at a table like this.
    pub async fn items(&self, prefix: &str, table: Table) -> Vec<Item> {
        let database = client(&self.shared.dynamodb);
        let pages = database
            .scan()
            .table_name(table.name(prefix))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        pages.collect::<Result<_, _>>().await.expect("the table is there")
    }

    /// The jobs that the stream would bring to a feature's worker now: those the event source's
    /// filter lets through.
    pub async fn bells(&self, prefix: &str, feature: &'static str) -> Vec<Record> {
        let table = Table::Jobs(feature);
        let items = self.items(prefix, table).await.into_iter();
        let at_once = items.filter(|item| {
            item.get("run").is_some_and(|run| run.as_s().is_ok_and(|run| run == store::outbox::RUN_NOW))
        });
        at_once.map(|item| Record::insert(&table.name(prefix), item)).collect()
    }

    /// Puts a secret where a worker looks for it.
    pub fn set_parameter(&self, name: &str, value: &str) {
        self.shared
            .parameters
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.into(), value.into());
    }

    /// From now on a request that mentions `word` fails as if AWS had a fault of its own; an empty word
    /// breaks everything.
    pub fn break_for(&self, word: &str) {
        *self.shared.broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(word.into());
    }

    /// From now on everything works again.
    pub fn repair(&self) {
        *self.shared.broken.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What was asked of it so far, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The names of the operations asked so far, in order.
    pub fn operations(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.operation).collect()
    }

    /// Starts counting anew.
    pub fn forget_calls(&self) {
        self.shared.calls.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

/// An embedded DynamoDB without tables, served on loopback: its address and its task.
pub async fn dynamo() -> (String, JoinHandle<()>) {
    let database = dynoxide::Database::memory().expect("memory is there");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    (url, tokio::spawn(dynoxide::server::serve_on(listener, database)))
}

/// A client of the DynamoDB at `url`, with the stand-in's key.
pub fn client(url: &str) -> Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, None, None, "tests"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        // The store has the one loop that tries again; two would multiply.
        .retry_config(RetryConfig::disabled())
        .build();
    Client::from_conf(config)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let target = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (service, operation) = target.split_once('.').unwrap_or_default();
    let asked = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let call = Call { operation: operation.into(), body: asked };
    shared.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call.clone());
    let broken = shared.broken.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if broken.is_some_and(|word| String::from_utf8_lossy(&body).contains(&word)) {
        let fault = json!({ "__type": "InternalServerError", "message": "broken by the test" });
        return json_response(StatusCode::INTERNAL_SERVER_ERROR, &fault);
    }
    match service {
        "DynamoDB_20120810" | "DynamoDBStreams_20120810" => pass_on(&shared, parts, body).await,
        "AmazonSSM" if operation == "GetParameter" => parameter(&shared, &call.body),
        // Loudly: what is not imitated must not look as if it worked.
        _ => refuse("UnknownOperationException", &format!("the stand-in knows no {target}")),
    }
}

async fn pass_on(shared: &Shared, parts: http::request::Parts, body: Bytes) -> Response {
    let answered = shared.http.post(&shared.dynamodb).headers(parts.headers).body(body).send().await;
    let Ok(answered) = answered else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, headers) = (answered.status(), answered.headers().clone());
    let mut response = Response::new(Body::from(answered.bytes().await.unwrap_or_default()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

fn parameter(shared: &Shared, asked: &Value) -> Response {
    let name = asked["Name"].as_str().unwrap_or_default();
    let parameters = shared.parameters.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(value) = parameters.get(name) else {
        return refuse("ParameterNotFound", name);
    };
    if asked["WithDecryption"] != true {
        // AWS would hand over the cipher text, which no caller of ours could use.
        return refuse("ValidationException", "a secure parameter is asked for with decryption");
    }
    json_response(
        StatusCode::OK,
        &json!({ "Parameter": {
            "ARN": format!("arn:aws:ssm:{REGION}:123456789012:parameter{name}"),
            "DataType": "text",
            "LastModifiedDate": 1_795_532_400.0,
            "Name": name,
            "Type": "SecureString",
            "Value": value,
            "Version": 1,
        }}),
    )
}

fn refuse(kind: &str, message: &str) -> Response {
    json_response(StatusCode::BAD_REQUEST, &json!({ "__type": kind, "message": message }))
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/x-amz-json-1.1"));
    response
}
