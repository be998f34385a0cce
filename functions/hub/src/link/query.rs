//! U5: what a query asks for, without what only follows people around.

use percent_encoding::percent_decode;

use super::{extract, host, path, sites, tracking};

/// One `name=value`, decoded as a form is.
pub(super) struct Pair {
    name: Vec<u8>,
    value: Vec<u8>,
}

/// The pairs of a query, sorted by name once the noise is out.
pub(super) struct Query {
    pairs: Vec<Pair>,
}

impl Query {
    /// Reads the part after `?`. Only `&` separates; `a` is `a=`; empty pairs
    /// say nothing. Pairs are sorted by name, those of one name keep their order.
    pub(super) fn read(raw: &str) -> Self {
        let mut pairs: Vec<Pair> = raw
            .split('&')
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                Pair { name: form_decode(name), value: form_decode(value) }
            })
            .filter(|pair| !(pair.name.is_empty() && pair.value.is_empty()))
            .collect();
        pairs.sort_by(|a, b| a.name.cmp(&b.name));
        Self { pairs }
    }

    /// Keeps the pairs that `keep` accepts.
    pub(super) fn retain(&mut self, keep: impl Fn(&Pair) -> bool) {
        self.pairs.retain(keep);
    }

    /// The first value of a name, if it is text.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|pair| pair.name == name.as_bytes())?;
        std::str::from_utf8(&pair.value).ok()
    }

    /// Whether nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether `name` is the only thing asked.
    pub(super) fn is_only(&self, name: &str) -> bool {
        matches!(&self.pairs[..], [pair] if pair.name == name.as_bytes())
    }

    /// Appends `?a=1&b`, or nothing.
    pub(super) fn write(&self, out: &mut String) {
        self.write_without(&[], out);
    }

    /// Appends the pairs whose names are not listed.
    pub(super) fn write_without(&self, names: &[&str], out: &mut String) {
        let mut separator = '?';
        for pair in &self.pairs {
            if names.iter().any(|name| pair.name.eq_ignore_ascii_case(name.as_bytes())) {
                continue;
            }
            out.push(separator);
            separator = '&';
            form_encode(&pair.name, out);
            if !pair.value.is_empty() {
                out.push('=');
                form_encode(&pair.value, out);
            }
        }
    }
}

impl Pair {
    /// Whether the pair does not change the page: rules (a) to (f).
    pub(super) fn is_noise(&self, host: &str, path: &str) -> bool {
        let Ok(name) = std::str::from_utf8(&self.name) else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        if tracking::follows_people(&name) || sites::is_noise(host, &name) {
            return true;
        }
        let value = self.value.as_slice();
        match name.as_str() {
            // A session, not a section: 128 bits in hexadecimal or more.
            "sid" => value.len() >= 32 && value.iter().all(u8::is_ascii_hexdigit),
            "amp" => matches!(value, b"" | b"1") || value.eq_ignore_ascii_case(b"true"),
            "outputtype" => value.eq_ignore_ascii_case(b"amp"),
            "ref" => is_referrer(value, host, path),
            _ => false,
        }
    }
}

/// Words that `ref=` carries when it says where a reader came from.
const REFERRERS: [&str; 14] = [
    "producthunt",
    "hackernews",
    "reddit",
    "twitter",
    "discord",
    "facebook",
    "linkedin",
    "newsletter",
    "rss",
    "mastodon",
    "lobsters",
    "slack",
    "telegram",
    "whatsapp",
];

/// Path segments of forges, also of those that a school runs itself: there
/// `ref=` is a branch, which may well be called `fix.dev`.
const CODE_SEGMENTS: [&str; 6] = ["/-/", "/blob/", "/tree/", "/contents/", "/raw/", "/archive/"];

fn is_referrer(value: &[u8], host: &str, path: &str) -> bool {
    let Ok(value) = std::str::from_utf8(value) else {
        return false;
    };
    if host::is_forge(host) || CODE_SEGMENTS.iter().any(|code| path.contains(code) || ends_in(path, code)) {
        return false;
    }
    host::is_listed(value) || REFERRERS.iter().any(|known| value.eq_ignore_ascii_case(known))
}

/// Whether the path is one of the folders itself: its last `/` is gone by then.
fn ends_in(path: &str, folder: &str) -> bool {
    path.ends_with(folder.trim_end_matches('/'))
}

/// `+` and `%XX` undone. Works on bytes, so that old pages in Latin-1 keep theirs.
fn form_decode(text: &str) -> Vec<u8> {
    if text.contains('+') {
        percent_decode(text.replace('+', " ").as_bytes()).collect()
    } else {
        percent_decode(text.as_bytes()).collect()
    }
}

fn form_encode(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        if path::is_unreserved(*byte) {
            out.push(char::from(*byte));
        } else {
            path::push_escape(out, *byte);
        }
    }
}

/// The link without the parameters that follow people around (rules (a) to
/// (c)); everything else byte for byte.
pub(super) fn without_tracking(link: &str) -> String {
    let end = link.find('#').unwrap_or(link.len());
    let Some(start) = link[..end].find('?') else {
        return link.to_owned();
    };
    let query = &link[start + 1..end];
    let is_kept = |pair: &&str| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !std::str::from_utf8(&form_decode(name))
            .is_ok_and(|name| tracking::follows_people(&name.to_ascii_lowercase()))
    };
    let pairs: Vec<&str> = query.split('&').collect();
    let kept: Vec<&str> = pairs.iter().copied().filter(is_kept).collect();
    if kept.len() == pairs.len() {
        return link.to_owned();
    }
    let mut open = link[..start].to_owned();
    if !kept.is_empty() {
        open.push('?');
        open.push_str(&kept.join("&"));
    }
    open.push_str(&link[end..]);
    with_its_last_space(open)
}

/// White space that became the end of a link is part of its last value, but
/// whoever reads the link would trim it: it is written as an escape.
fn with_its_last_space(mut open: String) -> String {
    let kept = open.trim_end_matches(extract::is_blank).len();
    let end = open.split_off(kept);
    // A browser drops the others wherever they are.
    for byte in end.bytes().filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r')) {
        path::push_escape(&mut open, byte);
    }
    open
}
