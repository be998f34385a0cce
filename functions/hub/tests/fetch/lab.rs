//! A web of our own: names that resolve to what a test says, public addresses behind which servers of
//! this machine answer, and a list of every look-up and every socket.
//!
//! Nothing is opened up for tests: the addresses are vetted as any others. Only the last step, the
//! socket, goes to this machine in place of the vetted address, and only where a server was put there.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use hub::fetch::dial::Dial;
use hub::fetch::names::{Names, NoAddress};
use hub::fetch::{Answer, Ask, Fetcher, Question};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What a server does with one connection.
pub(crate) type Behaviour = Arc<dyn Fn(TcpStream) -> BoxFuture<'static, ()> + Send + Sync>;

/// The web, and what was done in it.
#[derive(Clone, Default)]
pub(crate) struct Lab(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    /// For each host what each look-up gives, the last one for ever.
    names: BTreeMap<String, Vec<Vec<IpAddr>>>,
    servers: BTreeMap<SocketAddr, SocketAddr>,
    looked_up: Vec<String>,
    dialled: Vec<SocketAddr>,
    accepted: usize,
    requests: Vec<String>,
}

/// An address that is public and belongs to somebody else; it is never called.
pub(crate) const PUBLIC: &str = "93.184.216.34";
/// Another one.
pub(crate) const OTHER: &str = "198.41.0.4";

impl Lab {
    /// A host that resolves to these addresses, each time.
    pub(crate) fn host(&self, host: &str, addresses: &[&str]) -> &Self {
        self.host_that_changes(host, &[addresses])
    }

    /// A host whose look-ups differ.
    pub(crate) fn host_that_changes(&self, host: &str, lookups: &[&[&str]]) -> &Self {
        let lookups = lookups
            .iter()
            .map(|addresses| addresses.iter().map(|address| address.parse().expect("an address")).collect());
        self.0.lock().unwrap().names.insert(host.into(), lookups.collect());
        self
    }

    /// A server behind this address and port.
    pub(crate) async fn server(&self, address: &str, behaviour: Behaviour) -> &Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        self.0.lock().unwrap().servers.insert(address.parse().expect("an address and a port"), here);
        let lab = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                lab.0.lock().unwrap().accepted += 1;
                tokio::spawn(behaviour(stream));
            }
        });
        self
    }

    /// A server that gives one answer to every request, after it has heard it.
    pub(crate) async fn says(&self, address: &str, answer: impl AsRef<[u8]>) -> &Self {
        let (lab, answer) = (self.clone(), Arc::new(answer.as_ref().to_vec()));
        let behaviour: Behaviour = Arc::new(move |mut stream| {
            let (lab, answer) = (lab.clone(), Arc::clone(&answer));
            async move {
                let request = heard(&mut stream).await;
                lab.0.lock().unwrap().requests.push(request);
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
            .boxed()
        });
        self.server(address, behaviour).await
    }

    /// A server on port 80 that sends everybody there.
    pub(crate) async fn sends_to(&self, address: &str, location: &str) -> &Self {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        self.says(&format!("{address}:80"), answer).await
    }

    pub(crate) fn fetcher(&self) -> Fetcher {
        Fetcher::with(self.clone(), self.clone())
    }

    pub(crate) async fn asks(&self, ask: Ask, url: &str) -> Answer {
        self.fetcher().find_out(&Question { url: url.into(), ask }).await
    }

    /// Every look-up so far.
    pub(crate) fn looked_up(&self) -> Vec<String> {
        self.0.lock().unwrap().looked_up.clone()
    }

    /// Every socket that was asked for so far.
    pub(crate) fn dialled(&self) -> Vec<String> {
        self.0.lock().unwrap().dialled.iter().map(ToString::to_string).collect()
    }

    /// Connections that reached any server.
    pub(crate) fn accepted(&self) -> usize {
        self.0.lock().unwrap().accepted
    }

    /// What servers heard.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.lock().unwrap().requests.clone()
    }
}

/// Somebody who signs certificates, and whom only [`Secure::asks`] trusts.
pub(crate) struct Secure {
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
    roots: RootCertStore,
}

impl Secure {
    pub(crate) fn new() -> Self {
        let mut root = rcgen::CertificateParams::default();
        root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate().unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(root.self_signed(&key).unwrap().der().clone()).unwrap();
        Self { issuer: rcgen::Issuer::new(root, key), roots }
    }

    /// A secure server behind this address and port, with a certificate for that name, which gives one
    /// answer to every request.
    pub(crate) async fn says(&self, lab: &Lab, address: &str, name: &str, answer: String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let signed = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
        let signed = signed.signed_by(&key, &self.issuer).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![signed.der().clone()], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (inside, answer) = (lab.clone(), Arc::new(answer));
        let behaviour: Behaviour = Arc::new(move |stream| {
            let (lab, acceptor, answer) = (inside.clone(), acceptor.clone(), Arc::clone(&answer));
            async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let request = heard(&mut stream).await;
                lab.0.lock().unwrap().requests.push(request);
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
            .boxed()
        });
        lab.server(address, behaviour).await;
    }

    /// What somebody finds out who trusts these certificates.
    pub(crate) async fn asks(&self, lab: &Lab, url: &str) -> Answer {
        let fetcher = lab.fetcher().trusting(self.roots.clone());
        fetcher.find_out(&Question { url: url.into(), ask: Ask::Page }).await
    }
}

/// The head of a request.
pub(crate) async fn heard(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).await.is_ok() {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

impl Names for Lab {
    fn addresses<'a>(&'a self, host: &'a str) -> BoxFuture<'a, Result<Vec<IpAddr>, NoAddress>> {
        let mut inside = self.0.lock().unwrap();
        inside.looked_up.push(host.into());
        let found = match inside.names.get_mut(host) {
            Some(lookups) if lookups.len() > 1 => Ok(lookups.remove(0)),
            Some(lookups) => Ok(lookups[0].clone()),
            None => Err(NoAddress::Unknown),
        };
        std::future::ready(found).boxed()
    }
}

impl Dial for Lab {
    fn dial(&self, address: SocketAddr) -> BoxFuture<'_, io::Result<TcpStream>> {
        let mut inside = self.0.lock().unwrap();
        inside.dialled.push(address);
        let server = inside.servers.get(&address).copied();
        drop(inside);
        async move {
            match server {
                Some(here) => TcpStream::connect(here).await,
                None => Err(io::ErrorKind::ConnectionRefused.into()),
            }
        }
        .boxed()
    }
}

/// A page with this title.
pub(crate) fn page(title: &str) -> String {
    let html = format!("<html lang=fr><head><title>{title}</title></head><body>…");
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{html}",
        html.len()
    )
}

/// The title of the page that answered; nothing when none did.
pub(crate) fn title(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Answered { page: Some(page), .. } => page.title.as_deref(),
        _ => None,
    }
}

/// The word for a refusal; nothing when it was not refused.
pub(crate) fn refused(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Refused { reason } => Some(reason),
        _ => None,
    }
}
