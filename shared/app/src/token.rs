//! The bot's token: read when it is first needed, read once more when Discord refuses it.

use std::time::Duration;

use discord::rest::{BotToken, Rest};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::clock::{Clock, Timestamp};
use crate::config::AwsConfig;
use crate::desk::{Failure, chain};
use crate::signed::Signed;

/// Seconds after a reading that gave no other token, in which it is not read anew: jobs that meet the
/// same trouble read it once together.
const READ_AGAIN_AFTER_SECS: i64 = 30;

/// Where the token comes from.
pub(crate) enum TokenSource {
    /// The client was built with it.
    Known,
    /// A secure parameter.
    Parameter { store: Box<Parameters>, name: String, state: Mutex<State> },
}

/// What is known of the parameter.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Tokens given to the client so far.
    given: u32,
    /// When it was last read without another token being there, and why none was.
    in_vain: Option<(Timestamp, Why)>,
}

/// Why a reading gave no token to go on with.
#[derive(Debug, Clone)]
enum Why {
    /// The refused one is still there.
    Refused,
    /// Nothing could be read.
    Unreadable(String),
}

impl From<Why> for Failure {
    fn from(why: Why) -> Self {
        match why {
            Why::Refused => Self::Unauthorized,
            Why::Unreadable(why) => Self::NoToken { why },
        }
    }
}

impl State {
    /// Gives the client what the parameter holds, unless that was tried in vain a moment ago.
    async fn read(
        &mut self,
        store: &Parameters,
        name: &str,
        discord: &Rest,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if let Some((read, why)) = &self.in_vain
            && now < read.plus_secs(READ_AGAIN_AFTER_SECS)
        {
            return Err(why.clone().into());
        }
        let why = match store.read(name).await.map(|token| discord.renew_token(token)) {
            Ok(true) => {
                *self = Self { given: self.given + 1, in_vain: None };
                return Ok(());
            }
            Ok(false) => Why::Refused,
            Err(why) => Why::Unreadable(why),
        };
        self.in_vain = Some((now, why.clone()));
        Err(why.into())
    }
}

impl TokenSource {
    pub(crate) fn parameter(config: &AwsConfig, name: String, clock: Clock) -> Self {
        Self::Parameter { store: Box::new(Parameters::new(config, clock)), name, state: Mutex::default() }
    }

    /// Makes sure that the client has a token, and says which one: the number is handed to
    /// [`TokenSource::renew`] should Discord refuse it.
    ///
    /// # Errors
    /// [`Failure::NoToken`] when it cannot be read.
    pub(crate) async fn ready(&self, discord: &Rest, now: Timestamp) -> Result<u32, Failure> {
        let Self::Parameter { store, name, state } = self else { return Ok(0) };
        let mut state = state.lock().await;
        if state.given == 0 {
            state.read(store, name, discord, now).await?;
        }
        Ok(state.given)
    }

    /// Reads the token again after that one was refused: somebody may have changed it.
    ///
    /// # Errors
    /// [`Failure::Unauthorized`] when the refused one is still there, [`Failure::NoToken`] when nothing
    /// can be read.
    pub(crate) async fn renew(&self, discord: &Rest, refused: u32, now: Timestamp) -> Result<(), Failure> {
        let Self::Parameter { store, name, state } = self else { return Err(Failure::Unauthorized) };
        // Under the lock, so that jobs which were refused together wait for one reading.
        let mut state = state.lock().await;
        if state.given != refused {
            return Ok(());
        }
        state.read(store, name, discord, now).await
    }
}

/// The parameter store.
pub(crate) struct Parameters(Signed);

/// Longest wait for one reading.
const READ_TIMEOUT: Duration = Duration::from_millis(1_500);

/// Longest answer that is read, in bytes: a parameter has 8 KB at most.
///
/// Source: AWS Systems Manager, quotas of the parameter store.
const ANSWER_MAX_BYTES: usize = 16 * 1024;

/// Waits between readings that failed for a reason which passes.
const READ_AGAIN: [Duration; 2] = [Duration::from_millis(100), Duration::from_millis(400)];

impl Parameters {
    fn new(config: &AwsConfig, clock: Clock) -> Self {
        Self(Signed::new(config, "ssm", "/", READ_TIMEOUT, clock))
    }

    /// The token that is kept under this name; why there is none, without its value.
    async fn read(&self, name: &str) -> Result<BotToken, String> {
        let mut waits = READ_AGAIN.iter();
        loop {
            match self.ask(name).await {
                Ok(token) => return Ok(token),
                Err(Unread { why, passes }) => match waits.next().filter(|_| passes) {
                    Some(wait) => tokio::time::sleep(*wait).await,
                    None => return Err(why),
                },
            }
        }
    }

    async fn ask(&self, name: &str) -> Result<BotToken, Unread> {
        let headers =
            [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.GetParameter")];
        let body = json!({ "Name": name, "WithDecryption": true }).to_string();
        let answer = self.0.post(&headers, body, ANSWER_MAX_BYTES).await;
        let answer = answer.map_err(|error| Unread { why: chain(&error), passes: true })?;
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status != 200 {
            let kind = body["__type"].as_str().unwrap_or("no reason").rsplit('#').next().unwrap_or_default();
            let why = format!("the parameter {name} cannot be read: status {}, {kind}", answer.status);
            let passes = answer.status >= 500 || kind == "ThrottlingException";
            return Err(Unread { why, passes });
        }
        let token = body["Parameter"]["Value"].as_str().map(str::trim).filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| Unread { why: "its parameter is empty".into(), passes: false })?;
        Ok(BotToken::new(token))
    }
}

/// Why a reading gave nothing.
struct Unread {
    why: String,
    /// Whether it may work in a moment.
    passes: bool,
}
