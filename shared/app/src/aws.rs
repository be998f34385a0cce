//! Clients of AWS, built by hand: no configuration chain, rustls with ring, no retries but our own.
//!
//! Why by hand: see `docs/decisions/`.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use store::Store;

use crate::config::AwsConfig;

/// Longest wait for one call to DynamoDB. Far above its usual milliseconds, below the three seconds
/// that Discord gives us.
const CALL_TIMEOUT: Duration = Duration::from_millis(1_500);

/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// One TLS stack for all: rustls with ring, chosen once per process.
pub fn choose_tls() {
    // An error means that it was chosen before, which is what we want.
    rustls::crypto::ring::default_provider().install_default().ok();
}

/// The tables, as this configuration reaches them.
pub fn store(config: &AwsConfig, prefix: &str) -> Store {
    Store::new(dynamodb(config), prefix)
}

/// A client of DynamoDB.
pub fn dynamodb(config: &AwsConfig) -> aws_sdk_dynamodb::Client {
    let mut builder = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .credentials_provider(credentials(config))
        .http_client(http_client(config))
        // The store has the one loop that retries, with the one deadline.
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts());
    builder.set_endpoint_url(config.endpoint.clone());
    aws_sdk_dynamodb::Client::from_conf(builder.build())
}

pub(crate) fn credentials(config: &AwsConfig) -> Credentials {
    let (id, secret) = (&config.access_key, &config.secret_key);
    Credentials::new(id, secret, config.session_token.clone(), None, "environment")
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).operation_attempt_timeout(CALL_TIMEOUT).build()
}

/// A stand-in on loopback speaks plain HTTP: reading the certificates of the machine would only cost time.
fn http_client(config: &AwsConfig) -> SharedHttpClient {
    if config.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://")) {
        return Builder::new().build_http();
    }
    choose_tls();
    Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https()
}
