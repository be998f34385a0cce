//! Discord's REST API, for workers and the command line.
//!
//! | to | open |
//! |---|---|
//! | send, edit and read messages | `messages.rs` |
//! | open forum posts and threads | `threads.rs` |
//! | change channels | `channels.rs` |
//! | read a server, its roles and members | `guilds.rs` |
//! | register commands | `commands.rs` |
//! | finish the answer of an interaction | `answers.rs` |
//! | fetch a file that somebody sent | `files.rs` |
//! | know what went wrong | [`RestError`] |
//!
//! Every call waits for its bucket and for its slot of the shared [`Budget`], is sent again after
//! a limit or trouble, and ends within one deadline ([`Rest::within`]). A call that may not be
//! made twice is never sent again once it may have had its effect.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use self::bucket::{Buckets, Seen};
pub use self::budget::{
    BoxFuture, BucketKey, Budget, BudgetError, INVALID_MAX, INVALID_WINDOW, Reservation, SLOT, SLOTS_MAX,
};
pub use self::channels::{ChannelEdit, ForumTag, NewChannel, NewInvite};
pub use self::commands::{RegisteredCommand, Scope, declared};
use self::error::Body as ErrorBody;
pub use self::error::{Cap, Gone, Missing, RestError, Retry, ThreadState};
pub use self::files::FileError;
use self::gate::Gate;
pub use self::guilds::NewRole;
pub use self::messages::{Messages, Nonce};
pub use self::objects::{
    Application, AppliedTag, Channel, ChannelKind, Guild, Invite, MemberInfo, PostedEmbed, PostedMessage,
    Role, ThreadMetadata,
};
use self::route::{Auth, Route};
pub use self::threads::{ArchivedThreads, NewPost, Post, ThreadEdit, ThreadKind};
use crate::message::File;
use crate::{ApplicationId, limits};

mod answers;
mod application;
mod bucket;
pub mod budget;
mod channels;
mod commands;
mod error;
mod files;
mod gate;
mod guilds;
mod messages;
mod objects;
mod route;
mod threads;

/// Who calls, in the form that Discord demands: without it Cloudflare may block the call.
///
/// Source: <https://docs.discord.com/developers/reference#user-agent>
const USER_AGENT: &str =
    concat!("DiscordBot (https://github.com/simplonco/passerelle, ", env!("CARGO_PKG_VERSION"), ")");

/// Longest time for one call with all its waits, unless [`Rest::within`] says another.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Longest wait for one answer: Discord's own gateway gives up earlier.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long the answer of an interaction that Discord does not know yet is asked for again.
///
/// The first answer travels beside the worker's call and may arrive after it.
/// Source: <https://github.com/discord/discord-api-docs/issues/7220>
const ANSWER_RACE: Duration = Duration::from_secs(10);

/// The pause after a 429 that does not say how long: Cloudflare's have no JSON, some no header.
const BLIND_PAUSE: Duration = Duration::from_secs(5);

/// How long an open breaker waits before it asks the budget again.
const BREAKER_PAUSE: Duration = Duration::from_mins(1);

/// The token of a bot. Whoever has it is the bot, so it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct BotToken(String);

impl BotToken {
    /// A token from where it is kept.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into().trim().to_owned())
    }

    /// As the header that proves who calls.
    fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&format!("Bot {}", self.0)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for BotToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BotToken(hidden)")
    }
}

/// What a client needs.
#[derive(Debug, Clone)]
pub struct RestConfig {
    /// `https://discord.com/api/v10`, or a stand-in.
    pub base: String,
    /// The application whose bot calls.
    pub application: ApplicationId,
    /// The bot's token.
    pub token: BotToken,
    /// The limits that all workers of this bot share.
    pub budget: Arc<dyn Budget>,
}

/// Why a change was made, for the audit log of the server.
///
/// Source: <https://docs.discord.com/developers/resources/audit-log>
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason(String);

/// What may not stand in a header, and `%` itself. Letters beyond ASCII are always encoded.
const HEADER_UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'%');

impl Reason {
    /// A reason, cut to what Discord keeps.
    pub fn new(text: impl AsRef<str>) -> Self {
        let mut encoded = String::new();
        for letter in text.as_ref().trim().chars() {
            let mut bytes = [0; 4];
            let letter = utf8_percent_encode(letter.encode_utf8(&mut bytes), HEADER_UNSAFE).to_string();
            if encoded.len() + letter.len() > limits::AUDIT_REASON_MAX_CHARS {
                break;
            }
            encoded.push_str(&letter);
        }
        Self(encoded)
    }
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Calls Discord. Cheap to clone; clones share their limits.
#[derive(Clone)]
pub struct Rest {
    shared: Arc<Shared>,
    deadline: Duration,
}

struct Shared {
    http: reqwest::Client,
    base: String,
    application: ApplicationId,
    token: RwLock<TokenState>,
    budget: Arc<dyn Budget>,
    gate: Gate,
    buckets: Buckets,
    breaker: Mutex<Option<Instant>>,
}

struct TokenState {
    token: BotToken,
    refused: bool,
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest")
            .field("base", &self.shared.base)
            .field("application", &self.shared.application)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// What is sent.
enum Content {
    Nothing,
    Json(Bytes),
    /// JSON and files.
    Parts(Bytes, Vec<File>),
}

/// One call.
struct Call {
    route: Route,
    content: Content,
    reason: Reason,
}

impl Call {
    fn new(route: Route) -> Self {
        Self { route, content: Content::Nothing, reason: Reason::default() }
    }

    fn json(self, body: &impl Serialize) -> Self {
        Self { content: Content::Json(to_json(body)), ..self }
    }

    /// JSON, with the files of a message beside it.
    fn parts(self, body: &impl Serialize, files: &[File]) -> Self {
        if files.is_empty() {
            return self.json(body);
        }
        Self { content: Content::Parts(to_json(body), files.to_vec()), ..self }
    }

    fn reason(self, reason: Reason) -> Self {
        Self { reason, ..self }
    }
}

fn to_json(body: &impl Serialize) -> Bytes {
    serde_json::to_vec(body).expect("our own types have text keys and no failing parts").into()
}

/// One answer.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

/// What to do after one attempt.
enum After {
    Done(Bytes),
    Fail(RestError),
    /// Nothing happened at Discord: wait and send again.
    Wait(Duration),
    /// Trouble: it may have happened. Sent again with growing pauses if that is harmless.
    Trouble(RestError),
    /// Nothing was sent at all: sent again with growing pauses.
    Unsent(RestError),
    /// The first answer of the interaction has not arrived yet.
    Race(RestError),
}

impl Rest {
    /// A client. The process must have installed a rustls provider before.
    ///
    /// # Panics
    /// When there is no rustls provider, or no certificate authority can be read.
    pub fn new(config: RestConfig) -> Self {
        let http = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIMEOUT)
            // An answer is where it was asked: a redirect would carry the token elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a rustls provider is installed and the system has certificate authorities");
        let shared = Shared {
            http,
            base: config.base.trim_end_matches('/').to_owned(),
            application: config.application,
            token: RwLock::new(TokenState { token: config.token, refused: false }),
            gate: Gate::new(config.budget.clone()),
            budget: config.budget,
            buckets: Buckets::default(),
            breaker: Mutex::default(),
        };
        Self { shared: Arc::new(shared), deadline: DEADLINE }
    }

    /// The same client, whose calls end within this time, waits included.
    #[must_use]
    pub fn within(&self, deadline: Duration) -> Self {
        Self { shared: self.shared.clone(), deadline }
    }

    /// The application whose bot calls.
    pub fn application(&self) -> ApplicationId {
        self.shared.application
    }

    /// Another token, read again after [`RestError::Unauthorized`]: calls are sent again with it.
    /// The one that Discord refused changes nothing; gives whether it is another one.
    pub fn renew_token(&self, token: BotToken) -> bool {
        let mut state = self.shared.token.write().unwrap_or_else(PoisonError::into_inner);
        if state.token == token {
            return false;
        }
        *state = TokenState { token, refused: false };
        true
    }

    /// Sends, and reads the answer.
    async fn read<T: DeserializeOwned>(&self, call: Call) -> Result<T, RestError> {
        let route = format!("{:?}", call.route);
        let body = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|source| RestError::Unreadable { route, source })
    }

    /// Sends; the answer says nothing.
    async fn done(&self, call: Call) -> Result<(), RestError> {
        self.send(call).await.map(drop)
    }

    async fn send(&self, call: Call) -> Result<Bytes, RestError> {
        let start = Instant::now();
        let deadline = start + self.deadline;
        let race_until = deadline.min(start + ANSWER_RACE);
        let mut troubles = 0;
        loop {
            let after = self.attempt(&call, deadline).await;
            let (error, last) = match after {
                After::Done(body) => return Ok(body),
                After::Fail(error) => return Err(error),
                After::Wait(pause) if Instant::now() + pause >= deadline => {
                    return Err(RestError::RateLimited { after: pause });
                }
                After::Wait(pause) => {
                    sleep(pause).await;
                    continue;
                }
                After::Trouble(error) if !call.route.repeatable => {
                    return Err(RestError::Uncertain(Box::new(error)));
                }
                After::Trouble(error) | After::Unsent(error) => (error, deadline),
                After::Race(error) => (error, race_until),
            };
            let pause = backoff(troubles);
            troubles += 1;
            if Instant::now() + pause >= last {
                return Err(error);
            }
            sleep(pause).await;
        }
    }

    async fn attempt(&self, call: &Call, deadline: Instant) -> After {
        let shared = &*self.shared;
        let route = &call.route;
        if let Err(error) = self.may_send(route) {
            return After::Fail(error);
        }
        let permit = match shared.buckets.acquire(route, deadline).await {
            Ok(permit) => permit,
            Err(after) => return After::Fail(RestError::RateLimited { after }),
        };
        if route.auth == Auth::Bot {
            let slot = match timeout_at(deadline, shared.gate.slot(shared.buckets.key(route))).await {
                Ok(Ok(slot)) => slot,
                Ok(Err(error)) => return After::Fail(error.into()),
                Err(_) => return After::Fail(RestError::RateLimited { after: Duration::ZERO }),
            };
            if let Err(error) = self.judge_invalid(slot.invalid) {
                return After::Fail(error);
            }
            if slot.empty_for > Duration::ZERO {
                shared.buckets.block(route, slot.empty_for);
                return After::Wait(slot.empty_for);
            }
            if slot.at >= deadline {
                return After::Fail(RestError::RateLimited { after: slot.at - Instant::now() });
            }
            sleep_until(slot.at).await;
            // While we waited, another call may have learnt that the whole bot has to wait.
            let paused_for = shared.gate.paused_for();
            if paused_for > Duration::ZERO {
                return After::Wait(paused_for);
            }
        }
        // Or that the token is refused.
        if let Err(error) = self.may_send(route) {
            return After::Fail(error);
        }
        let until = deadline.min(Instant::now() + ATTEMPT_TIMEOUT);
        let answer = match timeout_at(until, self.exchange(call)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                let sent = !error.is_connect() && !error.is_builder();
                let error = RestError::Network(error.without_url());
                return if sent { After::Trouble(error) } else { After::Unsent(error) };
            }
            Err(_) => return After::Trouble(RestError::Deadline),
        };
        let after = self.judge(call, &answer).await;
        drop(permit);
        after
    }

    async fn exchange(&self, call: &Call) -> Result<Answer, reqwest::Error> {
        let url = format!("{}{}", self.shared.base, call.route.path());
        let mut request = self.shared.http.request(call.route.method.clone(), url);
        if call.route.auth == Auth::Bot {
            let header = self.shared.token.read().unwrap_or_else(PoisonError::into_inner).token.header();
            if let Some(header) = header {
                request = request.header(AUTHORIZATION, header);
            }
        }
        if !call.reason.0.is_empty() {
            request = request.header("X-Audit-Log-Reason", &call.reason.0);
        }
        request = match &call.content {
            Content::Nothing => request,
            Content::Json(json) => request.header(CONTENT_TYPE, "application/json").body(json.clone()),
            Content::Parts(json, files) => {
                let json = reqwest::multipart::Part::stream(json.clone()).mime_str("application/json")?;
                let mut form = reqwest::multipart::Form::new().part("payload_json", json);
                for (index, file) in files.iter().enumerate() {
                    let part =
                        reqwest::multipart::Part::stream(file.bytes()).file_name(file.name().to_owned());
                    form = form.part(format!("files[{index}]"), part);
                }
                request.multipart(form)
            }
        };
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.bytes().await?;
        Ok(Answer { status, headers, body })
    }

    async fn judge(&self, call: &Call, answer: &Answer) -> After {
        let route = &call.route;
        let seen = Seen::read(&answer.headers);
        tracing::debug!(call = ?route, status = answer.status, "Discord answered");
        match answer.status {
            200..=299 => {
                let key = self.shared.buckets.learn(route, seen.as_ref());
                if let (Some(key), Some(seen)) = (key, seen)
                    && seen.remaining == 0
                {
                    self.tell(self.shared.budget.bucket_empty(&key, seen.reset_after)).await;
                }
                After::Done(answer.body.clone())
            }
            429 => self.limited(route, answer, seen.as_ref()).await,
            status @ 500..=599 => After::Trouble(RestError::Server(status)),
            status => {
                if seen.is_some() {
                    self.shared.buckets.learn(route, seen.as_ref());
                }
                let body = ErrorBody::read(&answer.body);
                self.refused(route, status, body).await
            }
        }
    }

    async fn refused(&self, route: &Route, status: u16, body: ErrorBody) -> After {
        let code = body.code;
        if matches!(status, 401 | 403 | 404) {
            self.count_invalid().await;
        }
        // An overloaded Discord says so with a status of 400, too.
        if code == 130_000 {
            return After::Trouble(RestError::Server(status));
        }
        match route.auth {
            Auth::Bot if status == 401 => {
                self.shared.token.write().unwrap_or_else(PoisonError::into_inner).refused = true;
                After::Fail(RestError::Unauthorized)
            }
            Auth::Interaction if status == 404 && code == 10015 => {
                After::Race(RestError::AnswerGone { code })
            }
            Auth::Interaction if status == 404 && code == 10008 => {
                After::Race(error::classify(status, body, route.needs))
            }
            Auth::Interaction if status == 401 => After::Fail(RestError::AnswerGone { code }),
            Auth::Bot | Auth::Interaction => After::Fail(error::classify(status, body, route.needs)),
        }
    }

    /// Three kinds of "too many": of this bot as a whole, of this route, of everyone on this route.
    async fn limited(&self, route: &Route, answer: &Answer, seen: Option<&Seen>) -> After {
        let header = |name: &str| answer.headers.get(name)?.to_str().ok();
        let body = ErrorBody::read(&answer.body);
        let after = header(RETRY_AFTER.as_str())
            .and_then(|secs| secs.parse().ok())
            .into_iter()
            .chain(body.retry_after)
            .filter_map(|secs| Duration::try_from_secs_f64(secs).ok())
            // The header is rounded up to seconds, the body is exact: the later one is safe.
            .max()
            .unwrap_or(BLIND_PAUSE);
        let scope = header("x-ratelimit-scope");
        if scope != Some("shared") {
            self.count_invalid().await;
        }
        // Cloudflare's answers name no scope: they are about the address, so about everything.
        let from_discord = serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body).is_ok();
        let global =
            body.global || scope == Some("global") || header("x-ratelimit-global").is_some() || !from_discord;
        tracing::warn!(call = ?route, global, scope, after_ms = after.as_millis(), "Discord asks to wait");
        if global && route.auth == Auth::Bot {
            self.shared.gate.pause(after);
            self.tell(self.shared.budget.all_empty(after)).await;
        } else {
            if seen.is_some() {
                self.shared.buckets.learn(route, seen);
            }
            if let Some(key) = self.shared.buckets.block(route, after) {
                self.tell(self.shared.budget.bucket_empty(&key, after)).await;
            }
        }
        After::Wait(after)
    }

    /// Tells the other workers. The call itself is over: a failure here only costs them a 429.
    async fn tell(&self, note: BoxFuture<'_, Result<(), BudgetError>>) {
        if let Err(error) = note.await {
            tracing::warn!(%error, "a limit could not be told to the other workers");
        }
    }

    async fn count_invalid(&self) {
        match self.shared.budget.invalid().await {
            // The breaker opens; the call that was counted has its own error.
            Ok(count) => drop(self.judge_invalid(count)),
            Err(error) => tracing::warn!(%error, "a refused call could not be counted"),
        }
    }

    fn judge_invalid(&self, count: u32) -> Result<(), RestError> {
        if count < INVALID_MAX {
            return Ok(());
        }
        let mut breaker = self.shared.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        if breaker.is_none() {
            tracing::error!(count, "too many refused calls: nothing is sent to Discord for a while");
        }
        *breaker = Some(Instant::now() + BREAKER_PAUSE);
        Err(RestError::BreakerOpen { after: BREAKER_PAUSE })
    }

    fn may_send(&self, route: &Route) -> Result<(), RestError> {
        let now = Instant::now();
        let mut breaker = self.shared.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        match *breaker {
            Some(until) if until > now => return Err(RestError::BreakerOpen { after: until - now }),
            _ => *breaker = None,
        }
        drop(breaker);
        let token = self.shared.token.read().unwrap_or_else(PoisonError::into_inner);
        if route.auth == Auth::Bot && (token.refused || token.token.header().is_none()) {
            return Err(RestError::Unauthorized);
        }
        Ok(())
    }
}

/// The pause after trouble number `troubles`: 0.25 s, 0.5 s, 1 s, 2 s, 4 s, then 4 s again, each
/// between half and whole, so that workers that met the same trouble do not come back together.
fn backoff(troubles: u32) -> Duration {
    let whole = 250_u64 << troubles.min(4);
    let mut random = [0; 2];
    // Without randomness the pauses are whole: only the spreading is lost.
    let _ = getrandom::fill(&mut random).inspect_err(|_| random = [255; 2]);
    let part = u64::from(u16::from_le_bytes(random)) * (whole / 2) / u64::from(u16::MAX);
    Duration::from_millis(whole / 2 + part)
}
