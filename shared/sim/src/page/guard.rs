//! Who may ask: a browser on this machine, from this page itself.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

/// Refuses a foreign `Host` or `Origin` with 403.
///
/// A page elsewhere cannot speak to this one by giving its own name our address (DNS rebinding), nor post to
/// it from the outside: a browser always says who it asks (`Host`) and from where it posts (`Origin`).
pub fn local_only(router: Router) -> Router {
    router.layer(middleware::from_fn(guard))
}

async fn guard(request: Request, next: Next) -> Response {
    if allowed(request.headers()) { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

fn allowed(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    let Some(host) = text(header::HOST) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    if !["127.0.0.1", "localhost", "[::1]"].contains(&name) {
        return false;
    }
    // The very same address, port included: another program of this machine is a stranger too.
    text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(host: Option<&str>, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            if let Some(value) = value {
                headers.insert(name, value.parse().expect("a header of a test"));
            }
        }
        allowed(&headers)
    }

    #[test]
    fn this_machine_may_ask_from_its_own_page() {
        assert!(asks(Some("127.0.0.1:8787"), None));
        assert!(asks(Some("localhost:8787"), Some("http://localhost:8787")));
        assert!(asks(Some("[::1]:8787"), Some("http://[::1]:8787")));
        assert!(asks(Some("[::1]"), None));
    }

    #[test]
    fn anybody_else_is_refused() {
        assert!(!asks(None, None));
        assert!(!asks(Some("evil.example:8787"), None));
        assert!(!asks(Some("127.0.0.1.evil.example"), None));
        assert!(!asks(Some("localhost.evil.example:8787"), None));
        assert!(!asks(Some("127.0.0.1:8787"), Some("http://evil.example")));
        assert!(!asks(Some("127.0.0.1:8787"), Some("http://127.0.0.1:9000")));
        assert!(!asks(Some("127.0.0.1:8787"), Some("https://127.0.0.1:8787")));
        assert!(!asks(Some("127.0.0.1:8787"), Some("null")));
    }
}
