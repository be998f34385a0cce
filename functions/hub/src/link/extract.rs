//! U0: the link in what a person pasted.

use std::borrow::Cow;

use super::key::NotALink;

/// Pairs of signs that people and programs put around a link.
const PAIRS: [(char, char); 4] = [('<', '>'), ('"', '"'), ('«', '»'), ('“', '”')];

/// The link in `text`, with a scheme, otherwise byte for byte.
pub(super) fn link(text: &str) -> Result<String, NotALink> {
    let text = without_entities(text);
    let text = bare(&text);
    let text = match markdown_target(text) {
        Some(target) => bare(target),
        None => text,
    };
    if text.is_empty() {
        return Err(NotALink::Empty);
    }
    if let Some(link) = in_running_text(text) {
        return Ok(link.to_owned());
    }
    with_scheme(text)
}

/// `&amp;` as `&`, also `&amp;amp;`, which a link copied twice from a page's
/// source carries. So the result does not change when it is read again.
fn without_entities(text: &str) -> Cow<'_, str> {
    const ENTITY: &str = "amp;";
    if !text.contains("&amp;") {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push('&');
        out.push_str(piece.trim_start_matches(ENTITY));
    }
    Cow::Owned(out)
}

/// Without the white space around it, seen and unseen, and one pair of quotes.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(is_blank);
    for (open, close) in PAIRS {
        if let Some(inside) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            return inside.trim_matches(is_blank);
        }
    }
    text
}

/// White space, and the zero-width signs that chat programs leave at the ends.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// `u` of `[t](u)`, when this is the whole text.
fn markdown_target(text: &str) -> Option<&str> {
    if !text.starts_with('[') {
        return None;
    }
    let start = text.find("](")? + 2;
    text[start..].strip_suffix(')')
}

/// Signs that may stand right before a link in a sentence.
fn opens(c: char) -> bool {
    is_blank(c) || matches!(c, '(' | '[' | '{' | '<' | '"' | '\'' | '«' | '“' | '‘' | '*')
}

/// Signs that end a sentence rather than a link.
const TRAILING: [char; 13] = ['.', ',', ';', ':', '!', '?', '…', '»', '"', '\'', '”', '’', '*'];

/// The first link of a sentence. `None` when the text starts with its scheme
/// and holds no second link: then all of it is the link, also its spaces and its
/// last full stop (`…/wiki/Foo_Inc.` is a page).
fn in_running_text(text: &str) -> Option<&str> {
    let second = next_link(text);
    let start = if scheme_length(text).is_some() { second.and(Some(0))? } else { second? };
    let rest = &text[start..];
    let end = rest.find(|c: char| is_blank(c) || matches!(c, '<' | '>')).unwrap_or(rest.len());
    let mut link = &rest[..end];
    // `[https://a.example](https://a.example)` inside a sentence.
    if let Some(end) = link.find("](") {
        link = &link[..end];
    }
    let mut unmatched = link.matches(')').count().saturating_sub(link.matches('(').count());
    loop {
        let shorter = link.trim_end_matches(TRAILING);
        let shorter = match shorter.strip_suffix(')') {
            Some(inside) if unmatched > 0 => {
                unmatched -= 1;
                inside
            }
            _ => shorter,
        };
        if shorter.len() == link.len() {
            return Some(link);
        }
        link = shorter;
    }
}

/// Where a link starts after the first character, if one does.
fn next_link(text: &str) -> Option<usize> {
    text.char_indices()
        .zip(text.char_indices().skip(1))
        .find(|((_, before), (at, _))| opens(*before) && scheme_length(&text[*at..]).is_some())
        .map(|(_, (at, _))| at)
}

/// Length of `http://` or `https://` at the start, in any case.
fn scheme_length(text: &str) -> Option<usize> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            .then_some(scheme.len())
    })
}

/// A link that may lack its scheme, with one.
fn with_scheme(text: &str) -> Result<String, NotALink> {
    // A browser drops these wherever they are, also inside the scheme.
    let dense: Cow<'_, str> = if text.contains(['\t', '\n', '\r']) {
        Cow::Owned(text.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(text)
    };
    if let Some(colon) = scheme_end(&dense) {
        let (scheme, rest) = (&dense[..colon], &dense[colon + 1..]);
        if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
            return Ok(dense.into_owned());
        }
        if !((scheme.contains('.') || scheme.eq_ignore_ascii_case("localhost")) && is_port(rest)) {
            return Err(NotALink::Scheme);
        }
    }
    let starts_twice = dense.starts_with(['/', '\\']);
    let after = if starts_twice {
        dense.get(2..).filter(|_| dense[1..].starts_with(['/', '\\'])).ok_or(NotALink::Address)?
    } else {
        &dense
    };
    // One word is a word, not an address: somebody who means a machine's name
    // writes its scheme.
    let host = &after[..after.find(['/', '\\', '?', '#']).unwrap_or(after.len())];
    let looks_like_a_host = host.trim_matches('.').contains(['.', '。'])
        || host.starts_with("localhost")
        || host.starts_with('[');
    if !looks_like_a_host {
        return Err(NotALink::Address);
    }
    Ok(format!("https://{after}"))
}

/// Where a scheme ends (RFC 3986 §3.1), if the text starts with one.
fn scheme_end(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    let scheme = &text[..colon];
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')))
    .then_some(colon)
}

/// Whether what follows a colon is a port: `example.org:8080/x`.
fn is_port(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=5).contains(&digits) && (rest.len() == digits || rest[digits..].starts_with(['/', '?', '#', '\\']))
}
