//! The canonical key of a link: equal keys mean the same resource.
//!
//! The rules are applied in the order of their numbers. U0 finds the link in
//! the text, U1 parses it as a browser does, U2 opens the envelopes that other
//! sites put around links, U3 to U5 write host, path and query in one way, U6
//! recognises a resource by the id its site gives it, U7 removes what only
//! decorates a page, U8 keeps a fragment when it is the page, U9 writes the key.
//!
//! **Invariant:** the key of [`Canonical::clean`] is [`Canonical::key`]. The
//! rules run again on their own result until it is stable, so this holds for
//! every text and not only for the links somebody thought of.

use sha2::{Digest, Sha256};
use url::Url;

use super::{extract, host, path, query::Query, sites, unwrap};

/// Version of the rules below, stored beside each key.
///
/// Raise it when a change of a rule or a table gives another key to a link that
/// may already be stored; a job then writes the stored keys again.
pub const RULES_VERSION: u32 = 1;

/// Longest key kept as it is, in bytes. A longer one is replaced by
/// `sha256:<hex>`, since a `DynamoDB` sort key holds 1024 bytes and carries a prefix.
pub const KEY_MAX_BYTES: usize = 512;

/// First part of the key of a short link, until what it leads to is known.
pub const SHORT: &str = "short:";

/// How often the rules may run on their own result.
///
/// Two rounds are enough for every link we know, and envelopes nested deeper
/// than [`ENVELOPES_MAX`] need one more each. A text that is not stable by then
/// was made to be so, and is not a link.
const ROUNDS_MAX: usize = 8;

/// Envelopes (`google.com/url?q=…`) opened in one round.
const ENVELOPES_MAX: usize = 3;

/// A link as three texts: what is compared, what is shown, what is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// What is compared and reserved: `youtube:dQw4w9WgXcQ`, `e.example/cours?p=12`.
    pub key: String,
    /// A URL built from the key with the scheme of the link, to be shown.
    pub clean: String,
    /// The link as it was given, without the parameters that follow people
    /// around: what « Ouvrir » opens. Nothing else is touched, so it cannot break.
    pub open: String,
    /// [`RULES_VERSION`] at the time.
    pub rules_version: u32,
}

/// Why a text is not a link that can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotALink {
    /// There is nothing but white space.
    #[error("not a link: the text is empty")]
    Empty,
    /// It is an address, but of mail, a file or something else than the web.
    #[error("not a link: only http and https addresses can be shared")]
    Scheme,
    /// No host can be read in it.
    #[error("not a link: the address cannot be read")]
    Address,
}

/// The key, the shown and the opened form of the link in `text`.
///
/// Takes any text: a bare link, one between quotes or angle brackets, a
/// Markdown link, or a sentence that holds one.
///
/// ```
/// let link = hub::link::key::canonical("<https://youtu.be/dQw4w9WgXcQ?si=abc>").unwrap();
/// assert_eq!(link.key, "youtube:dQw4w9WgXcQ");
/// assert_eq!(link.clean, "https://youtube.com/watch?v=dQw4w9WgXcQ");
/// ```
///
/// # Errors
/// [`NotALink`] when the text holds no http or https address.
pub fn canonical(text: &str) -> Result<Canonical, NotALink> {
    let link = extract::link(text)?;
    let mut found = round(&link)?;
    for _ in 1..ROUNDS_MAX {
        let again = round(&extract::link(&found.clean())?)?;
        if again == found {
            return Ok(Canonical {
                key: found.key(),
                clean: found.clean(),
                open: super::query::without_tracking(&link),
                rules_version: RULES_VERSION,
            });
        }
        found = again;
    }
    Err(NotALink::Address)
}

/// What one round of the rules finds.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    scheme: &'static str,
    /// The key, however long.
    id: String,
    /// The URL without its scheme.
    address: String,
}

impl Found {
    fn key(&self) -> String {
        if self.id.len() <= KEY_MAX_BYTES {
            return self.id.clone();
        }
        format!("sha256:{}", hex::encode(Sha256::digest(self.id.as_bytes())))
    }

    fn clean(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }
}

/// The rules U1 to U9, once.
fn round(link: &str) -> Result<Found, NotALink> {
    let mut url = Url::parse(link).map_err(|_| NotALink::Address)?;
    for _ in 0..ENVELOPES_MAX {
        match unwrap::unwrap(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    let scheme = match url.scheme() {
        "http" => "http",
        "https" => "https",
        _ => return Err(NotALink::Scheme),
    };
    let mut page = Page::read(&url)?;
    let typed = page.settle();
    let (id, address) = match typed {
        Some(sites::Typed { id, address }) => (id, address),
        None => page.write(),
    };
    Ok(Found { scheme, id, address })
}

/// A web address in its parts, being brought into one form.
struct Page {
    host: String,
    /// An IP address is left alone by the rules about names.
    named: bool,
    /// Only when it is not the one of the scheme.
    port: Option<u16>,
    /// Empty, or starting with `/` and not ending with it.
    path: String,
    query: Query,
    /// As it was given; U8 says what of it counts.
    fragment: Option<String>,
}

impl Page {
    fn read(url: &Url) -> Result<Self, NotALink> {
        let host = url.host_str().ok_or(NotALink::Address)?.trim_end_matches('.');
        let named = matches!(url.host(), Some(url::Host::Domain(_)));
        if host.is_empty() || (named && !host::is_name(host)) {
            return Err(NotALink::Address);
        }
        Ok(Self {
            host: host.to_owned(),
            named,
            port: url.port(),
            path: path::escape(url.path()),
            query: Query::read(url.query().unwrap_or_default()),
            fragment: url.fragment().map(str::to_owned),
        })
    }

    /// Applies U3 to U7 until nothing changes; the typed id if the site gives one.
    ///
    /// They are repeated since each can make room for another: `amp.www.e.example`
    /// loses two labels, `/a/index.html/index.html` two segments.
    fn settle(&mut self) -> Option<sites::Typed> {
        for _ in 0..ROUNDS_MAX {
            if self.named {
                host::strip_www(&mut self.host);
            }
            self.path = path::tidy(&self.path);
            let (host, path) = (&self.host, &self.path);
            self.query.retain(|pair| !pair.is_noise(host, path));
            if self.named && self.port.is_none() {
                let typed = sites::typed(&sites::At::new(
                    &self.host,
                    &self.path,
                    &self.query,
                    self.fragment.as_deref(),
                ));
                if typed.is_some() {
                    return typed;
                }
            }
            if host::is_forge(&self.host) || !self.undecorate() {
                break;
            }
        }
        None
    }

    /// U7: takes one decoration off the address; whether there was one.
    fn undecorate(&mut self) -> bool {
        if let Some(path) = path::without_amp(&self.path).or_else(|| path::without_index(&self.path)) {
            self.path = path;
            return true;
        }
        if self.named
            && path::ends_in_article(&self.path)
            && let Some(rest) = host::without_amp(&self.host)
        {
            self.host = rest;
            return true;
        }
        false
    }

    /// U9: the key and the address of a page that has no typed id.
    fn write(&self) -> (String, String) {
        let mut address = self.host.clone();
        if let Some(port) = self.port {
            address.push(':');
            address.push_str(&port.to_string());
        }
        address.push_str(&self.path);
        self.query.write(&mut address);
        if let Some(fragment) =
            self.fragment.as_deref().and_then(|fragment| significant(fragment, &self.host))
        {
            address.push('#');
            address.push_str(fragment);
        }
        // `http://rfc:793` is a machine called rfc, `rfc:793` is a text of the IETF.
        let id = if self.port.is_some() && !self.host.contains('.') {
            format!("//{address}")
        } else {
            address.clone()
        };
        (id, address)
    }
}

/// First words of fragments that hold the document itself: drawing boards,
/// editors and playgrounds that keep their state there.
const STATE_FRAGMENTS: [&str; 9] = ["json", "room", "code", "pako", "gist", "z", "g", "state", "doc"];

/// Hosts whose fragments name a document in no listed form: diagrams open
/// `#G` and the id of a file, `#H` and a place in a repository.
const DOCUMENT_HOSTS: [&str; 3] = ["app.diagrams.net", "viewer.diagrams.net", "draw.io"];

/// U8: the part of a fragment that makes another page, if any.
///
/// A fragment is a place in a page, except where a script reads it: routes
/// (`#/cours/1`, `#!cours`) and documents kept in the address.
fn significant<'a>(fragment: &'a str, host: &str) -> Option<&'a str> {
    let fragment = match fragment.find(":~:") {
        Some(directive) => &fragment[..directive],
        None => fragment,
    };
    let route = fragment.starts_with(['/', '!', '?']) && fragment.contains(|c| !matches!(c, '/' | '!' | '?'));
    let state = fragment.find([':', '=', '/']).is_some_and(|end| STATE_FRAGMENTS.contains(&&fragment[..end]));
    let document = !fragment.is_empty() && DOCUMENT_HOSTS.contains(&host);
    (route || state || document).then_some(fragment)
}
