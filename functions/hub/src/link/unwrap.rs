//! U2: links that other sites wrap in one of their own, to count clicks or to
//! warn before leaving. Only the hosts listed here: on any other one, `url=` is
//! data of the page, as in a validator or an archive.

use url::Url;

use super::host;

/// Which hosts of U2 a rule is for, without their `www.` or `m.`.
enum Hosts {
    Is(&'static str),
    /// Any name below this one.
    Under(&'static str),
    /// `google.com`, `google.fr`, `google.co.uk`…
    Countries(&'static str),
}

struct Envelope {
    hosts: Hosts,
    /// Without the slash at the end; `None` is any path.
    path: Option<&'static str>,
    /// Where the address is, first found first served.
    names: &'static [&'static str],
}

const ENVELOPES: &[Envelope] = &[
    // Search results, and links in mails and documents.
    envelope(Hosts::Countries("google"), "/url", &["q", "url"]),
    // "You are leaving Facebook"; lm is the mobile one.
    envelope(Hosts::Is("l.facebook.com"), "/l.php", &["u"]),
    envelope(Hosts::Is("lm.facebook.com"), "/l.php", &["u"]),
    envelope(Hosts::Is("l.instagram.com"), "", &["u"]),
    // Links in descriptions and comments.
    envelope(Hosts::Is("youtube.com"), "/redirect", &["q"]),
    anywhere(Hosts::Is("out.reddit.com"), &["url"]),
    envelope(Hosts::Is("slack-redir.net"), "/link", &["url"]),
    envelope(Hosts::Is("linkedin.com"), "/safety/go", &["url"]),
    envelope(Hosts::Is("linkedin.com"), "/redir/redirect", &["url"]),
    envelope(Hosts::Is("duckduckgo.com"), "/l", &["uddg"]),
    // Outlook checks links of mails at the moment of the click.
    anywhere(Hosts::Under("safelinks.protection.outlook.com"), &["url"]),
    envelope(Hosts::Is("medium.com"), "/r", &["url"]),
    envelope(Hosts::Is("steamcommunity.com"), "/linkfilter", &["url", "u"]),
    envelope(Hosts::Is("t.umblr.com"), "/redirect", &["z"]),
    envelope(Hosts::Is("disq.us"), "/url", &["url"]),
    envelope(Hosts::Is("vk.com"), "/away.php", &["to"]),
];

const fn envelope(hosts: Hosts, path: &'static str, names: &'static [&'static str]) -> Envelope {
    Envelope { hosts, path: Some(path), names }
}

const fn anywhere(hosts: Hosts, names: &'static [&'static str]) -> Envelope {
    Envelope { hosts, path: None, names }
}

/// The address inside, when `url` is an envelope.
pub(super) fn unwrap(url: &Url) -> Option<Url> {
    // A server beside theirs, on another port, is not theirs.
    if url.port().is_some() {
        return None;
    }
    let host = url.domain()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let path = url.path().trim_end_matches('/');
    from_parameter(url, host, path)
        .or_else(|| from_attribution(url, host, path))
        .or_else(|| from_google_amp(url, host))
        .or_else(|| from_amp_cache(url, host))
}

fn from_parameter(url: &Url, host: &str, path: &str) -> Option<Url> {
    let query = url.query()?;
    ENVELOPES
        .iter()
        .filter(|envelope| envelope.hosts.are(host) && envelope.path.is_none_or(|at| at == path))
        .flat_map(|envelope| envelope.names)
        .find_map(|name| absolute(&parameter(query, name)?))
}

impl Hosts {
    fn are(&self, host: &str) -> bool {
        match self {
            Self::Is(name) => host == *name,
            Self::Under(name) => {
                host.strip_suffix(name).is_some_and(|label| label.len() > 1 && label.ends_with('.'))
            }
            Self::Countries(name) => host::country_of(host, name).is_some(),
        }
    }
}

/// The first value of a parameter, decoded once.
fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(found, _)| found == name)
        .map(|(_, value)| value.into_owned())
}

/// Only a whole address of the web can be what was wrapped.
fn absolute(value: &str) -> Option<Url> {
    let value = value.trim();
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    Url::parse(value).ok().filter(|_| is_web)
}

/// `youtube.com/attribution_link?u=/watch?v=ID`: the only one with a relative address.
fn from_attribution(url: &Url, host: &str, path: &str) -> Option<Url> {
    if host != "youtube.com" || path != "/attribution_link" {
        return None;
    }
    let value = parameter(url.query()?, "u")?;
    if value.starts_with('/') && !value.starts_with("//") {
        return Url::parse("https://www.youtube.com/").ok()?.join(&value).ok();
    }
    absolute(&value)
}

/// `google.com/amp/s/HOST/PATH`: the page as Google renders it on telephones.
fn from_google_amp(url: &Url, host: &str) -> Option<Url> {
    host::country_of(host, "google")?;
    rendered(url, url.path().strip_prefix("/amp/")?)
}

/// `HOST-WITH-DASHES.cdn.ampproject.org/c/s/HOST/PATH`: the same, from the cache
/// (`c` a page, `v` a viewer, `i` an image).
fn from_amp_cache(url: &Url, host: &str) -> Option<Url> {
    if !Hosts::Under("cdn.ampproject.org").are(host) {
        return None;
    }
    let path = url.path();
    rendered(url, ["/c/", "/v/", "/i/"].iter().find_map(|kind| path.strip_prefix(kind))?)
}

/// The address written as `[s/]HOST/PATH`, where `s` says https.
fn rendered(url: &Url, rest: &str) -> Option<Url> {
    let (scheme, rest) = match rest.strip_prefix("s/") {
        Some(rest) => ("https", rest),
        None => ("http", rest),
    };
    let host = &rest[..rest.find('/').unwrap_or(rest.len())];
    if !host.contains('.') {
        return None;
    }
    let mut inner = Url::parse(&format!("{scheme}://{rest}")).ok()?;
    // What the viewer adds for itself: `amp_js_v`, `amp_gsa`, `usqp`.
    let query: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("amp_") && !pair.starts_with("usqp="))
        .collect();
    if !query.is_empty() {
        inner.set_query(Some(&query.join("&")));
    }
    inner.set_fragment(url.fragment());
    Some(inner)
}
