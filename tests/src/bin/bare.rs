//! The bare function: the same Lambda runtime, AWS client and TLS as ours, and nothing else.
//!
//! It verifies a signature and answers a PING. Ours is measured against it in the same run, since
//! absolute times depend on the machine.

use std::process::ExitCode;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_http_client::tls;
use lambda_http::{Body, Error, Request, Response, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(key) =
        variable("DISCORD_PUBLIC_KEY").and_then(|text| discord::signature::PublicKey::from_hex(&text).ok())
    else {
        return ExitCode::FAILURE;
    };
    rustls::crypto::ring::default_provider().install_default().expect("nobody installed one before");
    let mut config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(variable("AWS_REGION").map(Region::new))
        .credentials_provider(Credentials::new(
            variable("AWS_ACCESS_KEY_ID").unwrap_or_default(),
            variable("AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
            variable("AWS_SESSION_TOKEN"),
            None,
            "environment",
        ))
        .http_client(
            aws_smithy_http_client::Builder::new()
                .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
                .build_https(),
        );
    config.set_endpoint_url(variable("AWS_ENDPOINT_URL"));
    let table = aws_sdk_dynamodb::Client::from_conf(config.build());
    // Ours has an HTTP client in the worker only; the figures of the study have both.
    let web = reqwest::Client::builder().build().expect("a provider is installed");
    let world = &(key, table, web);
    let ran =
        lambda_http::run(service_fn(
            move |request| async move { Ok::<_, Error>(answer(&world.0, &request)) },
        ))
        .await;
    if ran.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn answer(key: &discord::signature::PublicKey, request: &Request) -> Response<Body> {
    let body: &[u8] = request.body();
    let now_secs = tests::now_ms() / 1000;
    let verified = discord::signature::verify(key, request.headers(), body, now_secs);
    let ping = verified.is_ok_and(|verified| {
        serde_json::from_slice::<serde_json::Value>(verified.body()).is_ok_and(|body| body["type"] == 1)
    });
    let response = if ping {
        Response::builder().header("content-type", "application/json").body(Body::from(r#"{"type":1}"#))
    } else {
        Response::builder().status(401).body(Body::Empty)
    };
    response.expect("built from constants")
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is no function of ours and has no configuration to share"
    )]
    std::env::var(name).ok()
}
