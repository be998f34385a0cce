//! U6: sites that give each resource an id. Whatever address shows it, the key
//! is the id; and (f), the parameters that a site adds to its own links.
//!
//! A row is added only for ids that name one resource for good. Languages,
//! versions, branches, comments and chapters stay distinct.

use super::host;
use super::query::Query;

mod document;
mod forge;
mod learning;
mod paper;
mod shop;
mod short;
mod social;
mod talk;
mod video;

/// A page as the rows see it: host after U3, default port, path after U4, query
/// after U5, the fragment as it was given.
pub(super) struct At<'a> {
    host: &'a str,
    path: &'a str,
    segments: Vec<&'a str>,
    query: &'a Query,
    fragment: Option<&'a str>,
}

impl<'a> At<'a> {
    pub(super) fn new(host: &'a str, path: &'a str, query: &'a Query, fragment: Option<&'a str>) -> Self {
        Self { host, path, segments: path.split('/').skip(1).collect(), query, fragment }
    }

    /// A page number is never merged away, also where the id does not carry it.
    fn is_paged(&self) -> bool {
        self.query.get("page").is_some_and(|page| page != "1")
    }
}

/// A resource known by the id of its site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// `FAMILY:ID`.
    pub(super) id: String,
    /// An address that shows it, without a scheme. Has the same id.
    pub(super) address: String,
}

impl Typed {
    fn new(id: impl Into<String>, address: impl Into<String>) -> Self {
        Self { id: id.into(), address: address.into() }
    }
}

/// The typed id of a page, if its site gives one.
pub(super) fn typed(at: &At<'_>) -> Option<Typed> {
    match at.host {
        "youtube.com" | "m.youtube.com" | "music.youtube.com" | "youtube-nocookie.com" | "youtu.be" => {
            video::youtube(at)
        }
        "vimeo.com" | "player.vimeo.com" => video::vimeo(at),
        "dailymotion.com" | "dai.ly" => video::dailymotion(at),
        "open.spotify.com" => video::spotify(at),
        "github.com" | "raw.githubusercontent.com" => forge::github(at),
        "gist.github.com" => forge::gist(at),
        "gitlab.com" | "codeberg.org" | "bitbucket.org" => forge::repository(at),
        "arxiv.org" | "export.arxiv.org" | "ar5iv.org" | "ar5iv.labs.arxiv.org" => paper::arxiv(at),
        "doi.org" | "dx.doi.org" => paper::doi(at),
        "rfc-editor.org" | "datatracker.ietf.org" | "tools.ietf.org" => paper::rfc(at),
        "x.com" | "mobile.x.com" | "twitter.com" | "mobile.twitter.com" | "m.twitter.com"
        | "fxtwitter.com" | "vxtwitter.com" | "fixupx.com" | "nitter.net" => social::x(at),
        "docs.google.com" | "drive.google.com" | "colab.research.google.com" => document::google(at),
        "notion.so" => document::notion(at),
        "figma.com" => document::figma(at),
        "developer.mozilla.org" => learning::mdn(at),
        "openclassrooms.com" => learning::openclassrooms(at),
        "medium.com" => learning::medium(at),
        _ => by_family(at),
    }
    .or_else(|| short::unresolved(at))
}

/// Sites with one host per language, country or subject.
fn by_family(at: &At<'_>) -> Option<Typed> {
    talk::stack_exchange(at)
        .or_else(|| talk::reddit(at))
        .or_else(|| social::linkedin(at))
        .or_else(|| learning::wikimedia(at))
        .or_else(|| learning::medium(at))
        .or_else(|| document::notion(at))
        .or_else(|| forge::npm(at))
        .or_else(|| shop::amazon(at))
}

/// Whether a site adds this parameter (lower case) without changing the page.
pub(super) fn is_noise(host: &str, name: &str) -> bool {
    NOISE.iter().any(|(hosts, names)| names.contains(&name) && hosts.iter().any(|known| known.is(host)))
}

/// Hosts of a row, after U3.
enum Host {
    Is(&'static str),
    /// This one and those below it.
    Of(&'static str),
    /// `ebay.com`, `ebay.fr`…
    Countries(&'static str),
}

impl Host {
    fn is(&self, host: &str) -> bool {
        match self {
            Self::Is(name) => host == *name,
            Self::Of(name) => is_of(host, name),
            Self::Countries(name) => host::country_of(host, name).is_some(),
        }
    }
}

/// Whether a host is `name` or below it.
fn is_of(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Parameters that mean nothing on one site and something on others.
const NOISE: &[(&[Host], &[&str])] = &[
    // Who shared (si, feature), which advertisement (pp), where to start (t).
    (
        &[Host::Of("youtube.com"), Host::Is("youtube-nocookie.com"), Host::Is("youtu.be")],
        &["si", "feature", "pp", "t", "ab_channel", "app"],
    ),
    // How a wiki is drawn.
    (
        &[
            Host::Of("wikipedia.org"),
            Host::Of("wiktionary.org"),
            Host::Of("wikibooks.org"),
            Host::Of("wikiversity.org"),
            Host::Of("wikisource.org"),
        ],
        &["useskin", "mobileaction", "veaction"],
    ),
    // From which translation the reader was sent.
    (&[Host::Is("developer.mozilla.org")], &["retiredlocale"]),
    // Where the reader came from, the key of a friend's link.
    (&[Host::Of("medium.com")], &["source", "sk", "gi"]),
    (&[Host::Is("open.spotify.com")], &["si", "nd", "context"]),
    (&[Host::Of("linkedin.com")], &["trk", "trackingid", "lipi", "refid", "rcm"]),
    // Who shared (s, t) and where it was embedded. A search has `q` and no use for these.
    (
        &[Host::Is("x.com"), Host::Is("twitter.com"), Host::Is("mobile.twitter.com")],
        &["s", "t", "ref_src", "ref_url", "cxt"],
    ),
    (&[Host::Of("facebook.com")], &["__tn__", "refsrc", "rdid", "sfnsn", "eav"]),
    (&[Host::Is("instagram.com")], &["img_index", "hl"]),
    (&[Host::Of("tiktok.com")], &["is_from_webapp", "sender_device", "_r", "_t", "_d"]),
    // A price, not a course.
    (&[Host::Of("udemy.com")], &["couponcode", "referralcode", "src"]),
    // Which tab of a page is open; who sends the visitor.
    (&[Host::Of("microsoft.com")], &["tabs", "ocid"]),
    (&[Host::Countries("ebay")], &["mkevt", "mkcid", "mkrid", "campid", "toolid", "customid"]),
];

/// Whether text is an id of these lengths, letters, digits, `-` and `_`.
fn is_id(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether text is a decimal number.
fn is_number(text: &str) -> bool {
    (1..=25).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether text is lower-case hexadecimal of these lengths.
fn is_hex(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
