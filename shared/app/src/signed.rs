//! One signed request to AWS, for what is asked of it seldom: a parameter, a function of ours.
//!
//! By hand, in place of an SDK for each service: each is a large crate that every build waits for, and a part
//! of every zip, for a single call. Tables are another matter, and have theirs.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::HeaderMap;

use crate::clock::Clock;
use crate::config::AwsConfig;

/// A service of AWS, at one address.
pub(crate) struct Signed {
    /// Made when it is first needed: reading the certificates of the machine is most of a start.
    http: OnceLock<reqwest::Client>,
    url: String,
    service: &'static str,
    region: String,
    credentials: Credentials,
    timeout: Duration,
    clock: Clock,
}

/// What came back.
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: u16,
    /// HTTP headers.
    pub(crate) headers: HeaderMap,
    /// The whole of it.
    pub(crate) body: Vec<u8>,
}

/// Why nothing came back. Neither what was sent nor what was answered is in it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignedError {
    /// The network, or time.
    #[error(transparent)]
    Network(reqwest::Error),
    /// More than was to be read.
    #[error("an answer of more than {0} bytes")]
    TooLong(usize),
    /// Our mistake.
    #[error("it cannot be signed: {0}")]
    Unsigned(String),
}

impl SignedError {
    /// The address may hold names: the log has it already.
    fn network(error: reqwest::Error) -> Self {
        Self::Network(error.without_url())
    }

    fn unsigned(error: &impl fmt::Display) -> Self {
        Self::Unsigned(error.to_string())
    }
}

impl Signed {
    /// The service in our own account and region, at this path.
    pub(crate) fn new(
        config: &AwsConfig,
        service: &'static str,
        path: &str,
        timeout: Duration,
        clock: Clock,
    ) -> Self {
        let endpoint = match &config.endpoint {
            Some(stand_in) => stand_in.trim_end_matches('/').to_owned(),
            None => format!("https://{service}.{}.amazonaws.com", config.region),
        };
        Self {
            http: OnceLock::new(),
            url: format!("{endpoint}{path}"),
            service,
            region: config.region.clone(),
            credentials: crate::aws::credentials(config),
            timeout,
            clock,
        }
    }

    fn http(&self) -> &reqwest::Client {
        self.http.get_or_init(|| {
            let client = reqwest::Client::builder().no_proxy().timeout(self.timeout).build();
            client.expect("a TLS provider was chosen")
        })
    }

    /// Sends it, and reads at most so many bytes of the answer.
    pub(crate) async fn post(
        &self,
        headers: &[(&'static str, &str)],
        body: String,
        max_bytes: usize,
    ) -> Result<Answer, SignedError> {
        let request = self.request(headers, body)?;
        let mut response = self.http().execute(request).await.map_err(SignedError::network)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(SignedError::network)? {
            if body.len() + part.len() > max_bytes {
                return Err(SignedError::TooLong(max_bytes));
            }
            body.extend_from_slice(&part);
        }
        Ok(Answer { status, headers, body })
    }

    /// The request, signed for the moment of sending.
    fn request(
        &self,
        headers: &[(&'static str, &str)],
        body: String,
    ) -> Result<reqwest::Request, SignedError> {
        let now_ms = u64::try_from(self.clock.now().0).unwrap_or_default();
        let identity = self.credentials.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.service)
            .time(std::time::UNIX_EPOCH + Duration::from_millis(now_ms))
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| SignedError::unsigned(&error))?;
        let payload = SignableBody::Bytes(body.as_bytes());
        let signable = SignableRequest::new("POST", &self.url, headers.iter().copied(), payload)
            .map_err(|error| SignedError::unsigned(&error))?;
        let (instructions, _) =
            sign(signable, &parameters.into()).map_err(|error| SignedError::unsigned(&error))?.into_parts();
        let mut request = http::Request::post(&self.url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(body).map_err(|error| SignedError::unsigned(&error))?;
        instructions.apply_to_request_http1x(&mut request);
        request.try_into().map_err(|error: reqwest::Error| SignedError::unsigned(&error))
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_request_is_signed_with_its_headers_and_shows_no_secret() {
        crate::aws::choose_tls();
        let config = AwsConfig {
            region: "eu-west-3".into(),
            access_key: "AKID".into(),
            secret_key: "s3cr3t".into(),
            session_token: Some("session".into()),
            ..AwsConfig::default()
        };
        let clock = Clock::still(Timestamp(1_795_510_800_000));
        let service = Signed::new(&config, "lambda", "/here", Duration::from_secs(1), clock);
        let request = service.request(&[("x-amz-target", "Shop.Buy")], "{}".into()).unwrap();
        assert_eq!(request.url().as_str(), "https://lambda.eu-west-3.amazonaws.com/here");
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        let expected = "AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-3/lambda/aws4_request, \
                        SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, Signature=";
        assert!(header("authorization").starts_with(expected), "{}", header("authorization"));
        assert_eq!(header("x-amz-date"), "20261124T090000Z");
        assert_eq!(header("x-amz-security-token"), "session");
        assert_eq!(header("x-amz-target"), "Shop.Buy");
        assert!(!format!("{request:?} {service:?}").contains("s3cr3t"));
    }
}
