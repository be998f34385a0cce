//! Asking a function of ours that has no right to anything, and may therefore talk to strangers.
//!
//! A worker holds a token and may write into tables, so it opens no foreign page itself. It asks a
//! function of the same feature that has neither; what comes back is text that a stranger may have
//! written.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::clock::Clock;
use crate::config::AwsConfig;
use crate::signed::Signed;

/// A function of ours, wherever it runs.
pub trait Outside: Send + Sync {
    /// Asks it. Whoever asks and whoever answers know what it is about.
    fn ask(&self, question: Value) -> BoxFuture<'_, Result<Value, OutsideError>>;
}

/// Why nothing came back that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a function of ours cannot be asked: {0}")]
pub struct OutsideError(String);

impl OutsideError {
    /// With what happened, for the log.
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// Longest answer that is read, in bytes. What is asked for is a few lines about a page.
const ANSWER_MAX_BYTES: usize = 64 * 1024;

/// Longest wait: the function's own limit of time, and its start.
const ASK_TIMEOUT: Duration = Duration::from_secs(15);

/// A Lambda function, invoked by its name.
pub(crate) struct LambdaFunction(Signed);

impl LambdaFunction {
    /// The function of this name, in our own account and region.
    pub(crate) fn new(config: &AwsConfig, name: &str, clock: Clock) -> Self {
        let path = format!("/2015-03-31/functions/{name}/invocations");
        Self(Signed::new(config, "lambda", &path, ASK_TIMEOUT, clock))
    }

    async fn invoke(&self, question: &Value) -> Result<Value, OutsideError> {
        let answer = self.0.post(&[], question.to_string(), ANSWER_MAX_BYTES).await;
        let answer = answer.map_err(|error| OutsideError::new(error.to_string()))?;
        let (status, failed) = (answer.status, answer.headers.contains_key("x-amz-function-error"));
        if status != 200 || failed {
            return Err(OutsideError::new(format!("status {status}, a failure of its own: {failed}")));
        }
        serde_json::from_slice(&answer.body).map_err(|error| OutsideError::new(format!("no JSON: {error}")))
    }
}

impl Outside for LambdaFunction {
    fn ask(&self, question: Value) -> BoxFuture<'_, Result<Value, OutsideError>> {
        async move { self.invoke(&question).await }.boxed()
    }
}
