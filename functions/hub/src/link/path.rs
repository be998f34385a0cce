//! U4 and the path half of U7.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// RFC 3986 §2.3: escaped or not, these mean the same.
pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Signs that some programs escape in a path and others do not, without a
/// difference for any server we know. `/` and `+` are not among them.
fn is_same_escaped(byte: u8) -> bool {
    is_unreserved(byte) || matches!(byte, b'!' | b'\'' | b'(' | b')' | b'*' | b',' | b':' | b'@' | b'$')
}

/// Appends `%XX`.
pub(super) fn push_escape(out: &mut String, byte: u8) {
    out.push('%');
    out.push(HEX[usize::from(byte >> 4)] as char);
    out.push(HEX[usize::from(byte & 15)] as char);
}

/// One spelling of each character: escapes that change nothing are undone, the
/// others written in capitals, a lone `%` escaped, other letters composed (NFC)
/// before they are escaped. Letters keep their case.
pub(super) fn escape(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len() + 8);
    // Letters outside ASCII wait here with those before them: an accent may
    // come as a sign of its own, and only together do they have one spelling.
    let mut text: Vec<u8> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte != b'%' {
            text.push(byte);
            at += 1;
            continue;
        }
        match escaped_byte(&bytes[at..]) {
            Some(byte) if byte >= 0x80 || is_same_escaped(byte) => {
                text.push(byte);
                at += 3;
            }
            Some(byte) => {
                flush(&mut out, &mut text);
                push_escape(&mut out, byte);
                at += 3;
            }
            None => {
                flush(&mut out, &mut text);
                push_escape(&mut out, b'%');
                at += 1;
            }
        }
    }
    flush(&mut out, &mut text);
    out
}

/// The byte that `%XX` at the start stands for.
fn escaped_byte(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    u8::try_from(digit(1)? * 16 + digit(2)?).ok()
}

/// Writes the waiting text: composed, and escaped outside ASCII. Bytes that are
/// not UTF-8 keep their escapes.
fn flush(out: &mut String, text: &mut Vec<u8>) {
    if text.is_ascii() {
        out.extend(text.drain(..).map(char::from));
        return;
    }
    for chunk in text.utf8_chunks() {
        for composed in chunk.valid().nfc() {
            if composed.is_ascii() {
                out.push(composed);
            } else {
                for byte in composed.encode_utf8(&mut [0; 4]).bytes() {
                    push_escape(out, byte);
                }
            }
        }
        for byte in chunk.invalid() {
            push_escape(out, *byte);
        }
    }
    text.clear();
}

/// Session ids removed, runs of `/` as one unless after `:`, no `/` at the end.
pub(super) fn tidy(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (number, segment) in path.split('/').enumerate() {
        let segment = without_session(segment);
        if number > 0 && (!out.ends_with('/') || keeps_slashes(&out)) {
            out.push('/');
        }
        out.push_str(segment);
    }
    out.truncate(out.trim_end_matches('/').len());
    out
}

/// Whether the slashes at the end follow a colon: `/https://e.example` in a path.
fn keeps_slashes(out: &str) -> bool {
    out.trim_end_matches('/').ends_with(':')
}

/// A segment without the session id that Java (`;jsessionid=…`) and ASP.NET
/// (`(S(24 characters))`) put there for readers without cookies.
fn without_session(segment: &str) -> &str {
    const JAVA: &str = ";jsessionid=";
    if let Some(id) = segment.strip_prefix("(S(").and_then(|rest| rest.strip_suffix("))"))
        && id.len() == 24
        && id.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return "";
    }
    let java = segment.match_indices(';').find(|(at, _)| {
        segment.get(*at..at + JAVA.len()).is_some_and(|start| start.eq_ignore_ascii_case(JAVA))
    });
    match java {
        Some((at, _)) => &segment[..at],
        None => segment,
    }
}

/// The path without the last segment `amp` or the suffix `.amp` of an article.
pub(super) fn without_amp(path: &str) -> Option<String> {
    let article = path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp"))?;
    ends_in_article(article).then(|| article.to_owned())
}

/// Whether the last segment looks like an article rather than a section: `/amp`
/// after it is then a rendering, and not a page about amplifiers.
pub(super) fn ends_in_article(path: &str) -> bool {
    let segment = &path[path.rfind('/').map_or(0, |slash| slash + 1)..];
    let long = segment.chars().count() >= 8 && segment.contains(['-', '_']);
    let dated = segment.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let file = [".html", ".htm", ".php"].iter().any(|ending| segment.ends_with(ending));
    long || dated || file
}

/// Files that servers send for their folder.
const INDEX: [&str; 11] =
    ["html", "htm", "xhtml", "shtml", "php", "php3", "php4", "php5", "asp", "aspx", "jsp"];
const DEFAULT: [&str; 4] = ["asp", "aspx", "htm", "html"];

/// The path without the name of a folder's index file.
pub(super) fn without_index(path: &str) -> Option<String> {
    let (folder, file) = path.rsplit_once('/')?;
    let file = file.to_ascii_lowercase();
    let (name, ending) = file.split_once('.')?;
    let index = match name {
        "index" => INDEX.contains(&ending) || ending == "cgi",
        "default" => DEFAULT.contains(&ending),
        _ => false,
    };
    index.then(|| folder.to_owned())
}

/// A path or segment as text, if its escapes are UTF-8.
pub(super) fn decode(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(|text| text.nfc().collect())
}

/// Text as a path: `/` separates, and what [`escape`] would escape is escaped.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_same_escaped(byte) || matches!(byte, b'/' | b'&' | b'+' | b'=' | b';') {
            out.push(byte as char);
        } else {
            push_escape(&mut out, byte);
        }
    }
    out
}

/// Lower case outside escapes, whose capitals are their one spelling.
pub(super) fn lower(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut escape = 0;
    for c in path.chars() {
        if c == '%' {
            escape = 3;
        }
        out.push(if escape > 0 { c } else { c.to_ascii_lowercase() });
        escape = i32::max(escape - 1, 0);
    }
    out
}

/// Whether decoded text is the same path when it is read again: no empty or
/// dotted segment in it.
pub(super) fn is_stable(text: &str) -> bool {
    text.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}
