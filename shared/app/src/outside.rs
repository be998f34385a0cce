//! Asking a function of ours that has no right to anything, and may therefore talk to strangers.
//!
//! A worker holds a token and may write into tables, so it opens no foreign page itself. It asks a
//! function of the same feature that has neither; what comes back is text that a stranger may have
//! written.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::clock::Clock;
use crate::config::AwsConfig;

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
///
/// One signed request by hand, in place of an SDK of its own: the worker's zip stays small.
pub(crate) struct LambdaFunction {
    http: reqwest::Client,
    url: String,
    region: String,
    credentials: Credentials,
    clock: Clock,
}

impl LambdaFunction {
    /// The function of this name, in our own account and region.
    pub(crate) fn new(config: &AwsConfig, name: &str, clock: Clock) -> Self {
        let endpoint = match &config.endpoint {
            Some(stand_in) => stand_in.trim_end_matches('/').to_owned(),
            None => format!("https://lambda.{}.amazonaws.com", config.region),
        };
        let http = reqwest::Client::builder().no_proxy().timeout(ASK_TIMEOUT).build();
        Self {
            http: http.expect("a TLS provider was chosen"),
            url: format!("{endpoint}/2015-03-31/functions/{name}/invocations"),
            region: config.region.clone(),
            credentials: crate::aws::credentials(config),
            clock,
        }
    }

    async fn invoke(&self, question: &Value) -> Result<Value, OutsideError> {
        let body = question.to_string();
        let request = self.signed(&body)?;
        let network = |error: reqwest::Error| OutsideError::new(error.without_url().to_string());
        let mut response = self.http.execute(request).await.map_err(network)?;
        let status = response.status().as_u16();
        let failed = response.headers().contains_key("x-amz-function-error");
        let mut answer = Vec::new();
        while let Some(part) = response.chunk().await.map_err(network)? {
            if answer.len() + part.len() > ANSWER_MAX_BYTES {
                return Err(OutsideError::new(format!("an answer of more than {ANSWER_MAX_BYTES} bytes")));
            }
            answer.extend_from_slice(&part);
        }
        if status != 200 || failed {
            return Err(OutsideError::new(format!("status {status}, a failure of its own: {failed}")));
        }
        serde_json::from_slice(&answer).map_err(|error| OutsideError::new(format!("no JSON: {error}")))
    }

    /// The request, signed for the moment of sending.
    fn signed(&self, body: &str) -> Result<reqwest::Request, OutsideError> {
        let trouble = |what: &dyn fmt::Display| OutsideError::new(format!("it cannot be signed: {what}"));
        let now_ms = u64::try_from(self.clock.now().0).unwrap_or_default();
        let identity = self.credentials.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("lambda")
            .time(std::time::UNIX_EPOCH + Duration::from_millis(now_ms))
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| trouble(&error))?;
        let signable =
            SignableRequest::new("POST", &self.url, std::iter::empty(), SignableBody::Bytes(body.as_bytes()))
                .map_err(|error| trouble(&error))?;
        let (instructions, _) =
            sign(signable, &parameters.into()).map_err(|error| trouble(&error))?.into_parts();
        let mut request =
            http::Request::post(&self.url).body(body.to_owned()).map_err(|error| trouble(&error))?;
        instructions.apply_to_request_http1x(&mut request);
        request.try_into().map_err(|error: reqwest::Error| trouble(&error))
    }
}

impl Outside for LambdaFunction {
    fn ask(&self, question: Value) -> BoxFuture<'_, Result<Value, OutsideError>> {
        async move { self.invoke(&question).await }.boxed()
    }
}

impl fmt::Debug for LambdaFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LambdaFunction").field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_request_is_signed_and_shows_no_secret() {
        crate::aws::choose_tls();
        let config = AwsConfig {
            region: "eu-west-3".into(),
            access_key: "AKID".into(),
            secret_key: "s3cr3t".into(),
            session_token: Some("session".into()),
            ..AwsConfig::default()
        };
        let function = LambdaFunction::new(
            &config,
            "passerelle-prod-hub-fetch",
            Clock::still(Timestamp(1_795_510_800_000)),
        );
        let request = function.signed("{}").unwrap();
        assert_eq!(
            request.url().as_str(),
            "https://lambda.eu-west-3.amazonaws.com/2015-03-31/functions/passerelle-prod-hub-fetch/invocations"
        );
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        let expected = "AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-3/lambda/aws4_request, \
                        SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=";
        assert!(header("authorization").starts_with(expected), "{}", header("authorization"));
        assert_eq!(header("x-amz-date"), "20261124T090000Z");
        assert_eq!(header("x-amz-security-token"), "session");
        assert!(!format!("{request:?} {function:?}").contains("s3cr3t"));
    }
}
