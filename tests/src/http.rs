//! A plain HTTP server in this process, for what is measured or called over loopback.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::serve::ListenerExt as _;
use bytes::Bytes;
use tokio::net::TcpListener;

/// Serves `answer` until the runtime ends: the address.
///
/// # Panics
/// When this machine has no loopback address.
pub async fn serve<F, R>(answer: F) -> String
where
    F: Fn(http::Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = http::Response<Bytes>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("this machine has a loopback address");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let answer = Arc::new(answer);
    let router = Router::new().fallback(move |request: axum::extract::Request| {
        let answer = Arc::clone(&answer);
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
            answer(http::Request::from_parts(parts, body)).await.map(axum::body::Body::from)
        }
    });
    // Without this a small answer may wait 40 ms for the other side's acknowledgement.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move {
        let _ = axum::serve(listener, router).await;
    });
    url
}
