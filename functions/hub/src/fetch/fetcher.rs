//! The way from a link to the server that answers it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use app::{Outside, OutsideError};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::Method;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use url::Url;

use super::dial::{Dial, Direct};
use super::names::{Names, NoAddress, System};
use super::request::{self, Said, TIME_MAX};
use super::{Answer, Ask, Question, Trouble};
use crate::link::key::{SHORT, canonical};
use crate::link::safe::{self, Reason};

/// Longest wait for one address to take the connection: another one may.
const CONNECT_MAX: Duration = Duration::from_millis(1_500);

/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 3;

/// Opens links of strangers without being led anywhere private.
///
/// **Invariant:** a socket is opened only to an address that this hop's one look-up gave and
/// [`safe::vet`] let through, whatever a redirect, a name or the spelling of a link says.
pub struct Fetcher {
    names: Box<dyn Names>,
    dial: Box<dyn Dial>,
    tls: TlsConnector,
}

/// Secure connections to whoever has a certificate for its name, signed by one of the machine's roots.
static TLS: LazyLock<TlsConnector> = LazyLock::new(|| {
    let mut roots = RootCertStore::empty();
    // What cannot be read of the machine's certificates is not trusted: fewer sites answer then.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    connector(roots)
});

/// Secure connections to whoever has a certificate for its name, signed by one of these roots.
fn connector(roots: RootCertStore) -> TlsConnector {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks both versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    TlsConnector::from(Arc::new(config))
}

impl Fetcher {
    /// One that asks the machine's resolver and opens real sockets.
    pub fn public() -> Self {
        // Read at the start of a function, where time is cheap, and not with the first link.
        LazyLock::force(&TLS);
        Self::with(System, Direct)
    }

    /// One that asks these names and opens these sockets.
    pub fn with(names: impl Names + 'static, dial: impl Dial + 'static) -> Self {
        Self { names: Box::new(names), dial: Box::new(dial), tls: TLS.clone() }
    }

    /// The same, which trusts these roots in place of the machine's.
    #[must_use]
    pub fn trusting(self, roots: RootCertStore) -> Self {
        Self { tls: connector(roots), ..self }
    }

    /// What was asked, or why it cannot be said. Takes [`TIME_MAX`] at most.
    pub async fn find_out(&self, question: &Question) -> Answer {
        let end = Instant::now() + TIME_MAX;
        let found = timeout_at(end, self.follow(question, end)).await;
        found.unwrap_or(Err(Stop::Trouble(Trouble::Late))).unwrap_or_else(Answer::from)
    }

    async fn follow(&self, question: &Question, end: Instant) -> Result<Answer, Stop> {
        let mut at = Url::parse(&question.url).map_err(|_| Reason::NotALink)?;
        let method = if question.ask == Ask::Head { Method::HEAD } else { Method::GET };
        let mut followed = 0;
        loop {
            let said = self.hop(&at, method.clone()).await?;
            let Some(location) = &said.location else {
                let status = said.status;
                let wanted = question.ask == Ask::Page && status == 200;
                let page = if wanted { said.page(&at, end).await } else { None };
                return Ok(Answer::Answered { status, url: at.into(), page });
            };
            if question.ask == Ask::Behind {
                let next = at.join(location).map_err(|_| Reason::NotALink)?;
                if !is_short(&next) {
                    return Ok(Answer::Leads { url: next.into() });
                }
            }
            at = safe::redirect(&at, location, followed)?;
            followed += 1;
        }
    }

    /// One server: look up, vet, connect, ask.
    async fn hop(&self, url: &Url, method: Method) -> Result<Said, Stop> {
        let host = safe::may_open(url)?;
        let addresses = self.names.addresses(host).await.map_err(|none| match none {
            NoAddress::Unknown => Stop::Reason(Reason::Unresolved),
            NoAddress::Trouble => Stop::Trouble(Trouble::Names),
        })?;
        safe::vet(&addresses)?;
        let port = url.port_or_known_default().unwrap_or(443);
        let stream = self.connect(addresses, port).await?;
        if url.scheme() == "http" {
            return Ok(request::send(stream, method, url, host).await?);
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Trouble::Tls)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| Trouble::Tls)?;
        Ok(request::send(stream, method, url, host).await?)
    }

    /// IPv4 first: functions without a network of their own reach nothing by IPv6.
    async fn connect(&self, mut addresses: Vec<IpAddr>, port: u16) -> Result<TcpStream, Trouble> {
        addresses.sort_by_key(IpAddr::is_ipv6);
        for address in addresses.into_iter().take(ADDRESSES_MAX) {
            let dialled = self.dial.dial(SocketAddr::new(address, port));
            if let Ok(Ok(stream)) = timeout(CONNECT_MAX, dialled).await {
                return Ok(stream);
            }
        }
        Err(Trouble::Connection)
    }
}

/// Whether the address behind this one is still to be found out.
fn is_short(url: &Url) -> bool {
    canonical(url.as_str()).is_ok_and(|link| link.key.starts_with(SHORT))
}

impl Outside for Fetcher {
    fn ask(&self, question: Value) -> BoxFuture<'_, Result<Value, OutsideError>> {
        async move {
            let question = serde_json::from_value(question)
                .map_err(|error| OutsideError::new(format!("not a question: {error}")))?;
            let answer = self.find_out(&question).await;
            Ok(serde_json::to_value(answer).expect("an answer is plain data"))
        }
        .boxed()
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetcher { .. }")
    }
}

/// Why the way ends before a server has answered.
enum Stop {
    Reason(Reason),
    Trouble(Trouble),
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Self {
        Self::Reason(reason)
    }
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Stop> for Answer {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Reason(reason) => reason.into(),
            Stop::Trouble(trouble) => trouble.into(),
        }
    }
}
