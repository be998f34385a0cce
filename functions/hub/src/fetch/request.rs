//! One request to one server, over a socket that is open already.
//!
//! Nothing is kept from one request to the next: no cookie, no connection. No compressed answer is
//! asked for and none is read, so that a mebibyte is a mebibyte.

use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE, HOST, LOCATION,
};
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::{Trouble, page};

/// Longest time for a link with all its redirects, from the first look-up to the last byte.
///
/// Source: HUB §12.
pub const TIME_MAX: Duration = Duration::from_secs(5);

/// Most bytes read of a page: one mebibyte. A page that is longer is read up to there.
///
/// Source: HUB §12.
pub const BODY_MAX_BYTES: usize = 1024 * 1024;

/// Most bytes of a status line with its headers. Browsers take 256 KiB; pages of learning sites that
/// were looked at send under 12 KiB.
pub const HEAD_MAX_BYTES: usize = 64 * 1024;

/// Most headers of one answer.
pub const HEADERS_MAX: usize = 128;

/// How we name ourselves: always the same, so that whoever runs a site can tell.
pub const USER_AGENT: &str = "Passerelle/1 (link check; +https://github.com/simplonco/passerelle)";

/// What one server said.
pub(super) struct Said {
    pub(super) status: u16,
    /// Where it sends us, when its status is a redirect.
    pub(super) location: Option<String>,
    headers: HeaderMap,
    body: Incoming,
    /// Reads from the socket while this lives.
    _connection: Connection,
}

/// The task that moves bytes between the socket and hyper; it ends with what needed it.
struct Connection(JoinHandle<()>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends one request and reads the head of the answer.
pub(super) async fn send<S>(stream: S, method: Method, url: &Url, host: &str) -> Result<Said, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut client = http1::Builder::new();
    client.max_headers(HEADERS_MAX).max_header_size(HEAD_MAX_BYTES).max_buf_size(HEAD_MAX_BYTES);
    let (mut sender, connection) =
        client.handshake::<_, Empty<Bytes>>(TokioIo::new(stream)).await.map_err(|_| Trouble::Protocol)?;
    let connection = Connection(tokio::spawn(async move {
        let _ = connection.await;
    }));
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let request = Request::builder()
        .method(method)
        .uri(target)
        .header(HOST, host)
        .header(header::USER_AGENT, USER_AGENT)
        .header(ACCEPT, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
        .header(ACCEPT_LANGUAGE, "fr,en;q=0.8")
        .header(ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close")
        .body(Empty::new())
        // A path that `http` does not take, although a browser would.
        .map_err(|_| Trouble::Protocol)?;
    let response = sender.send_request(request).await.map_err(|_| Trouble::Protocol)?;
    let (head, body) = Response::into_parts(response);
    let location = is_redirect(head.status)
        .then(|| head.headers.get(LOCATION))
        .flatten()
        .and_then(|location| std::str::from_utf8(location.as_bytes()).ok())
        .map(str::to_owned);
    Ok(Said { status: head.status.as_u16(), location, headers: head.headers, body, _connection: connection })
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

impl Said {
    /// Whether the answer is a page that can be read.
    fn is_page(&self) -> bool {
        let text = |name| self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = text(CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let coding = text(CONTENT_ENCODING).trim().to_ascii_lowercase();
        kind == "text/html"
            && matches!(&*coding, "" | "identity")
            && self.headers.get_all(CONTENT_ENCODING).iter().count() <= 1
    }

    /// What the page says of itself, from as much of it as comes within the limits; nothing when it is
    /// not a page.
    pub(super) async fn page(mut self, address: &Url, end: Instant) -> Option<page::Page> {
        if !self.is_page() {
            return None;
        }
        let charset = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).and_then(charset);
        let mut bytes = Vec::new();
        // A page that stops halfway, or drips, is read as far as it came.
        while let Ok(Some(Ok(frame))) = timeout_at(end, self.body.frame()).await {
            let Ok(data) = frame.into_data() else { continue };
            let seen = bytes.len();
            let room = BODY_MAX_BYTES - seen;
            bytes.extend_from_slice(&data[..data.len().min(room)]);
            if bytes.len() == BODY_MAX_BYTES || page::ends_head(&bytes, seen) {
                break;
            }
        }
        let page = page::read(&page::text(&bytes, charset.as_deref()), address);
        (!page.is_empty()).then_some(page)
    }
}

/// `utf-8` of `text/html; charset="UTF-8"`.
fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"').to_ascii_lowercase();
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}
