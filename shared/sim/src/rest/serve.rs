//! The routes over HTTP: what is asked, whether it may be, what is answered, and what goes wrong on order.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::FromRequest;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::limits;
use super::route::{self, Auth, Params, Route};
use super::{Answer, Answered, ApiError, Call, perform};
use crate::act::{Change, File};
use crate::faults::{Fault, When};
use crate::record::RestCall;
use crate::{Sim, lock, spec};

/// Largest request Discord takes, in bytes.
///
/// Source: <https://docs.discord.com/developers/reference#uploading-files>
const BODY_MAX_BYTES: usize = 25 * 1024 * 1024;

/// Where the routes hang.
const BASE: &str = "/api/v10";

/// How a call ends for the caller.
enum Ending {
    Response(http::Response<Bytes>),
    /// The connection ends.
    HangUp,
    /// Nothing ever comes.
    Silence,
}

impl Sim {
    /// The REST routes under `/api/v10`, and the files that messages carry under `/attachments`.
    pub fn router(&self) -> axum::Router {
        let sim = self.clone();
        axum::Router::new().fallback(move |request: axum::extract::Request| {
            let sim = sim.clone();
            async move {
                match sim.handle(request).await {
                    Some(response) => response.map(axum::body::Body::from),
                    // Inside a foreign server a connection cannot be cut: its body is.
                    None => http::Response::new(axum::body::Body::from_stream(futures_util::stream::once(
                        async { Err::<Bytes, _>(std::io::Error::other("the connection was cut")) },
                    ))),
                }
            }
        })
    }

    /// Serves [`Sim::router`] until the task is dropped, and makes the listener's address the one that files
    /// are fetched from. A hang-up that was ordered cuts the connection for real.
    ///
    /// # Errors
    /// When the listener breaks.
    pub async fn serve_on(&self, listener: TcpListener) -> std::io::Result<()> {
        self.set_address(format!("http://{}", listener.local_addr()?));
        loop {
            let (stream, _) = listener.accept().await?;
            let sim = self.clone();
            let service = hyper::service::service_fn(move |request: http::Request<hyper::body::Incoming>| {
                let sim = sim.clone();
                async move {
                    let request = request.map(axum::body::Body::new);
                    match sim.handle(request).await {
                        Some(response) => Ok(response.map(axum::body::Body::from)),
                        None => Err(std::io::Error::other("the connection is cut, as ordered")),
                    }
                }
            });
            tokio::spawn(async move {
                let io = hyper_util::rt::TokioIo::new(stream);
                // A connection that ends in the middle is the caller's business.
                let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
            });
        }
    }

    /// Turns rate limits off, for tests and first starts that are about something else.
    pub fn set_rate_limits(&self, on: bool) {
        lock(&self.0.limits).set_off(!on);
    }

    /// Answers one request; nothing when the connection is to be cut.
    async fn handle(&self, request: axum::extract::Request) -> Option<http::Response<Bytes>> {
        let (parts, body) = request.into_parts();
        if let Some(rest) = parts.uri.path().strip_prefix("/attachments/") {
            return Some(self.answer_file(rest));
        }
        let body = axum::body::to_bytes(body, BODY_MAX_BYTES).await.unwrap_or_default();
        match self.answer(&parts.method, &parts.uri, &parts.headers, body).await {
            Ending::Response(response) => Some(response),
            Ending::HangUp => None,
            Ending::Silence => std::future::pending().await,
        }
    }

    /// A file by the middle part of its address.
    fn answer_file(&self, path: &str) -> http::Response<Bytes> {
        let file = path.split('/').nth(1).and_then(|id| id.parse().ok()).and_then(|id| self.file(id));
        let mut response = http::Response::new(file.clone().unwrap_or_default());
        if file.is_none() {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        response
    }

    async fn answer(&self, method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Ending {
        let path = uri.path().strip_prefix(BASE).unwrap_or(uri.path());
        let found = if uri.path().starts_with(BASE) { route::find(method.as_str(), path) } else { None };
        let mut record = self.record(method, uri, found.as_ref());
        let (fault, kill) = self.0.faults.take(&format!("{method} {path}"));
        record.fault = fault
            .as_ref()
            .map(|fault| format!("{fault:?}"))
            .or_else(|| kill.as_ref().map(|(when, _)| format!("worker ended {when:?}")));
        let (before, after) = match kill {
            Some((When::Before, hook)) => (Some(hook), None),
            Some((When::After, hook)) => (None, Some(hook)),
            None => (None, None),
        };
        if let Some(hook) = before {
            hook();
            self.finish(record);
            return Ending::Silence;
        }
        if let Some(fault) = fault.as_ref().filter(|fault| !fault.has_effect()) {
            return self.fail(record, fault);
        }
        let mut bucket = None;
        let result = if let Some((route, params)) = found {
            match self.understand(route, params, uri, headers, body, &mut record, &mut bucket).await {
                Ok(call) => self.act(|act| perform(act, &call)),
                Err(error) => Err(error),
            }
            .inspect(|Answer(status, body)| self.judge_answer(route, *status, body))
            .inspect_err(|error| self.judge_answer(route, error.status, &error.body()))
        } else {
            self.violation(format!("no such route here: {method} {}", record.path));
            Err(ApiError::plain(404, "Not Found"))
        };
        let response = self.respond(&result, bucket.as_ref(), &mut record);
        if let Some(hook) = after {
            hook();
            record.status = None;
            self.finish(record);
            return Ending::Silence;
        }
        match fault {
            Some(Fault::Slow(ms)) => {
                self.finish(record);
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Ending::Response(response)
            }
            Some(fault) => self.fail(record, &fault),
            None => {
                self.finish(record);
                Ending::Response(response)
            }
        }
    }

    fn record(&self, method: &Method, uri: &Uri, found: Option<&(&'static Route, Params)>) -> RestCall {
        RestCall {
            number: lock(&self.0.log).number(),
            at: self.now_ms(),
            application: None,
            method: method.to_string(),
            path: shown_path(uri, found.map(|(_, params)| params)),
            route: found.map(|(route, _)| route.template.to_owned()),
            body: Value::Null,
            files: Vec::new(),
            status: None,
            response: Value::Null,
            bucket: None,
            remaining: None,
            fault: None,
            reason: None,
        }
    }

    /// The answer with its rate limit headers.
    fn respond(
        &self,
        result: &Answered,
        bucket: Option<&limits::Bucket>,
        record: &mut RestCall,
    ) -> http::Response<Bytes> {
        let (status, body) = match result {
            Ok(Answer(status, body)) => (*status, body.clone()),
            Err(error) => (error.status, error.body()),
        };
        let bytes = if status == 204 { Bytes::new() } else { Bytes::from(body.to_string()) };
        let mut response = http::Response::new(bytes);
        *response.status_mut() = StatusCode::from_u16(status).expect("statuses are written in this crate");
        let headers = response.headers_mut();
        if status != 204 {
            put(headers, "content-type", "application/json");
        }
        if let Some(bucket) = bucket {
            record.bucket = Some(bucket.id.clone());
            record.remaining = Some(bucket.remaining);
            let reset_at = seconds(self.now_ms()) + bucket.reset_after;
            put(headers, "x-ratelimit-limit", &bucket.limit.to_string());
            put(headers, "x-ratelimit-remaining", &bucket.remaining.to_string());
            put(headers, "x-ratelimit-reset", &format!("{reset_at:.3}"));
            put(headers, "x-ratelimit-reset-after", &format!("{:.3}", bucket.reset_after));
            put(headers, "x-ratelimit-bucket", &bucket.id);
        }
        if let Some((after, scope)) = result.as_ref().err().and_then(|error| error.retry) {
            limited(headers, after, scope);
        }
        record.status = Some(status);
        record.response = body;
        response
    }

    /// The end that a fault orders.
    fn fail(&self, mut record: RestCall, fault: &Fault) -> Ending {
        let error = match fault {
            Fault::TimeoutBefore | Fault::TimeoutAfter => {
                record.status = None;
                self.finish(record);
                return Ending::Silence;
            }
            Fault::HangUpBefore | Fault::HangUpAfter => {
                record.status = None;
                self.finish(record);
                return Ending::HangUp;
            }
            Fault::RateLimited { scope, after } => ApiError::rate_limited(*after, *scope),
            Fault::NotFoundOnce(code) => ApiError::new(*code),
            Fault::Status(status) | Fault::StatusAfter(status) => {
                ApiError::plain(*status, "Internal Server Error")
            }
            Fault::Slow(_) => unreachable!("a slow answer is an answer"),
        };
        record.status = Some(error.status);
        record.response = error.body();
        self.finish(record);
        let mut response = http::Response::new(Bytes::from(error.body().to_string()));
        *response.status_mut() =
            StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        put(response.headers_mut(), "content-type", "application/json");
        if let Some((after, scope)) = error.retry {
            limited(response.headers_mut(), after, scope);
        }
        Ending::Response(response)
    }

    fn finish(&self, record: RestCall) {
        let number = record.number;
        lock(&self.0.log).call(record);
        let _ = self.0.changes.send(Change::Rest { number });
    }

    /// Reads a request, in the order in which Discord refuses: who, how often, what.
    #[expect(clippy::too_many_arguments, reason = "the parts of one request and what is learnt of it")]
    async fn understand(
        &self,
        route: &'static Route,
        params: Params,
        uri: &Uri,
        headers: &HeaderMap,
        body: Bytes,
        record: &mut RestCall,
        bucket: &mut Option<limits::Bucket>,
    ) -> Result<Call, ApiError> {
        let shown = format!("{} {}", route.method, route.template);
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if !text(header::USER_AGENT).is_some_and(|agent| agent.starts_with("DiscordBot (")) {
            self.violation(format!("{shown}: the User-Agent must begin with `DiscordBot (`"));
            return Err(ApiError::new(40333));
        }
        let application = match (route.auth, text(header::AUTHORIZATION)) {
            (Auth::Bot, Some(value)) => {
                let token = value.strip_prefix("Bot ").unwrap_or_default();
                let known = self.look(|world| {
                    world.applications.values().find(|application| application.token == token).map(|a| a.id)
                });
                Some(known.ok_or_else(|| ApiError::plain(401, "Unauthorized"))?)
            }
            (Auth::Bot, None) => return Err(ApiError::plain(401, "Unauthorized")),
            (Auth::Path, _) => None,
        };
        record.application = application;
        if let Some(own) = params.get("application_id")
            && application.map(|application| application.to_string()).as_ref() != Some(own)
        {
            return Err(ApiError::new(10002));
        }
        let (counted, allowed) = lock(&self.0.limits).count(route, &params, application);
        *bucket = Some(counted);
        allowed.map_err(|(after, scope)| ApiError::rate_limited(after, scope))?;

        if let Some(reason) = headers.get("x-audit-log-reason") {
            let reason = reason.to_str().unwrap_or_default();
            record.reason =
                Some(percent_encoding::percent_decode_str(reason).decode_utf8_lossy().into_owned());
            if !route.reason {
                self.violation(format!("{shown}: no reason is documented for this route"));
            }
            if reason.chars().count() > discord::limits::AUDIT_REASON_MAX_CHARS {
                self.violation(format!("{shown}: the reason has more than 512 characters"));
                return Err(ApiError::form(
                    "X-Audit-Log-Reason",
                    "BASE_TYPE_MAX_LENGTH",
                    "Must be 512 or fewer in length.",
                ));
            }
        }
        for (name, value) in &params {
            if name.ends_with("_id") && value.parse::<u64>().is_err() {
                self.violation(format!("{shown}: {name} is no id: {value:?}"));
                return Err(ApiError::form(
                    name,
                    "NUMBER_TYPE_COERCE",
                    &format!("Value \"{value}\" is not snowflake."),
                ));
            }
        }
        let query: BTreeMap<String, String> =
            url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let (body, files) = self.read_body(&shown, headers, body).await?;
        record.body = body.clone();
        record.files = files.iter().map(|file| file.name.clone()).collect();
        let call = Call { route, params, query, body, files, application };
        self.judge_request(&call)?;
        Ok(call)
    }

    async fn read_body(
        &self,
        shown: &str,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<(Value, Vec<File>), ApiError> {
        if body.is_empty() {
            return Ok((Value::Null, Vec::new()));
        }
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/json") {
            let body = serde_json::from_slice(&body).map_err(|_| {
                self.violation(format!("{shown}: the body is no JSON"));
                ApiError::new(50109)
            })?;
            return Ok((body, Vec::new()));
        }
        if kind.starts_with("multipart/form-data") {
            return multipart(headers, body).await.map_err(|why| {
                self.violation(format!("{shown}: {why}"));
                ApiError::form("", "CONTENT_TYPE_INVALID", &why)
            });
        }
        self.violation(format!("{shown}: Content-Type {kind:?}"));
        Err(ApiError::form(
            "",
            "CONTENT_TYPE_INVALID",
            "Expected \"Content-Type\" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}.",
        ))
    }

    /// The schema first, then the rules that no schema tells.
    fn judge_request(&self, call: &Call) -> Result<(), ApiError> {
        let shown = format!("{} {}", call.route.method, call.route.template);
        let judged = match &self.0.spec {
            Some(spec) => spec
                .query(call.route.method, call.route.template, &call.query)
                .and_then(|()| spec.request(call.route.method, call.route.template, &call.body)),
            None => Ok(()),
        };
        judged.and_then(|()| spec::rules::request(call)).inspect_err(|error| {
            let errors = error.errors.clone().unwrap_or_default();
            self.violation(format!("{shown}: {} {errors} in {}", error.message, call.body));
        })
    }

    fn judge_answer(&self, route: &Route, status: u16, body: &Value) {
        let Some(spec) = &self.0.spec else { return };
        if let Err(why) = spec.response(route.method, route.template, status, body) {
            self.violation(format!(
                "this Discord's own answer to {} {} is wrong: {why}",
                route.method, route.template
            ));
        }
    }
}

async fn multipart(headers: &HeaderMap, body: Bytes) -> Result<(Value, Vec<File>), String> {
    let mut request = http::Request::new(axum::body::Body::from(body));
    *request.headers_mut() = headers.clone();
    *request.method_mut() = Method::POST;
    let mut parts =
        axum::extract::Multipart::from_request(request, &()).await.map_err(|error| error.to_string())?;
    let (mut payload, mut files) = (Value::Null, Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| error.to_string())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| error.to_string())?;
        if name == "payload_json" {
            payload = serde_json::from_slice(&bytes).map_err(|_| "payload_json is no JSON".to_owned())?;
        } else if let Some(index) = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']')) {
            let name = file_name.unwrap_or_else(|| "unnamed".to_owned());
            files.push(File { index: index.to_owned(), name, content_type, bytes });
        } else {
            return Err(format!("a part called {name:?}"));
        }
    }
    if payload.is_null() {
        payload = json!({});
    }
    Ok((payload, files))
}

/// Tokens are secrets, also in a log on a screen.
fn shown_path(uri: &Uri, params: Option<&Params>) -> String {
    let mut path = uri.path_and_query().map_or_else(String::new, ToString::to_string);
    for name in ["webhook_token", "interaction_token"] {
        if let Some(token) = params.and_then(|params| params.get(name)) {
            path = path.replace(token, "…");
        }
    }
    path
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of this century fit")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn limited(headers: &mut HeaderMap, after: f64, scope: crate::faults::Scope) {
    put(headers, "retry-after", &format!("{:.0}", after.ceil()));
    put(headers, "x-ratelimit-scope", scope.name());
    if scope == crate::faults::Scope::Global {
        put(headers, "x-ratelimit-global", "true");
    }
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    headers.insert(name, value.parse().expect("numbers and words of this crate are header values"));
}
