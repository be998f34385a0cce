//! What a page says of itself in its head: title, description, language, own address.
//!
//! A small reader that never fails, in time proportional to the page: what it does not understand it
//! skips, as browsers do. It builds no tree, since only what stands in a few tags is wanted.

use std::borrow::Cow;

use discord::markdown::cut;
use serde::{Deserialize, Serialize};
use url::Url;

/// Longest title that is kept, in characters. Source: HUB §8.
pub const TITLE_MAX_CHARS: usize = 200;
/// Longest description that is kept, in characters: two lines of a search result.
pub const DESCRIPTION_MAX_CHARS: usize = 300;
/// Longest address that is kept, in bytes: as long as a link that is shared.
pub const ADDRESS_MAX_BYTES: usize = 2048;
/// Longest language tag, in characters. Source: RFC 5646 §4.4.1.
const LANG_MAX_CHARS: usize = 35;
/// Attributes of one tag that are looked at.
const ATTRIBUTES_MAX: usize = 32;

/// What a page says of itself, without markup, on one line each. A stranger wrote it: escape it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Page {
    /// Title, at most [`TITLE_MAX_CHARS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Description, at most [`DESCRIPTION_MAX_CHARS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Language tag in small letters: `fr`, `pt-br`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Its `rel=canonical`, absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// Its `og:url`, absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub og_url: Option<String>,
}

impl Page {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same, with every text within its limits and on one line, whoever wrote it.
    #[must_use]
    pub fn within_limits(self, address: &Url) -> Self {
        let text = |text: Option<String>, max| text.and_then(|text| one_line(&text, max));
        let link = |link: Option<String>| link.and_then(|link| absolute(&link, address));
        Self {
            title: text(self.title, TITLE_MAX_CHARS),
            description: text(self.description, DESCRIPTION_MAX_CHARS),
            lang: self.lang.and_then(|lang| language(&lang)),
            canonical: link(self.canonical),
            og_url: link(self.og_url),
        }
    }
}

/// Whether the head of a page has ended in `bytes`, whose first `seen` were looked at before.
pub(super) fn ends_head(bytes: &[u8], seen: usize) -> bool {
    const ENDS: [&[u8]; 2] = [b"</head", b"<body"];
    let from = seen.saturating_sub(ENDS[0].len());
    let fresh = &bytes[from..];
    ENDS.iter().any(|end| fresh.windows(end.len()).any(|window| window.eq_ignore_ascii_case(end)))
}

/// The text of a page: UTF-8, or the one encoding of old western pages. `charset` is what its server
/// says, in small letters.
pub(super) fn text<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let western =
        matches!(charset, Some("iso-8859-1" | "iso-8859-15" | "latin1" | "windows-1252" | "cp1252"));
    match std::str::from_utf8(bytes) {
        // Also where the server says otherwise: what reads as UTF-8 is UTF-8.
        Ok(text) => Cow::Borrowed(text),
        // Cut within a letter.
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        Err(_) if western || charset.is_none() => {
            Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect())
        }
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// What browsers read where a page says "latin 1". Source: <https://encoding.spec.whatwg.org/#windows-1252>
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// Reads the head of a page that was found at `address`.
pub fn read(html: &str, address: &Url) -> Page {
    let mut page = Page::default();
    let mut og_title = None;
    let mut og_description = None;
    let mut tags = Tags { rest: html };
    while let Some(tag) = tags.next_tag() {
        match &*tag.name {
            "html" => page.lang = page.lang.or_else(|| language(&tag.value("lang")?)),
            "title" => {
                let text = tags.raw("title");
                page.title = page.title.or_else(|| one_line(&decode(text), TITLE_MAX_CHARS));
            }
            "meta" => {
                let Some(name) = tag.value("property").or_else(|| tag.value("name")) else { continue };
                let Some(content) = tag.value("content") else { continue };
                match &*name.to_ascii_lowercase() {
                    "description" => {
                        page.description =
                            page.description.or_else(|| one_line(&content, DESCRIPTION_MAX_CHARS));
                    }
                    "og:title" => og_title = og_title.or_else(|| one_line(&content, TITLE_MAX_CHARS)),
                    "og:description" => {
                        og_description = og_description.or_else(|| one_line(&content, DESCRIPTION_MAX_CHARS));
                    }
                    "og:url" => page.og_url = page.og_url.or_else(|| absolute(&content, address)),
                    _ => {}
                }
            }
            "link" => {
                let rel = tag.value("rel").unwrap_or_default();
                if rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")) {
                    page.canonical = page.canonical.or_else(|| absolute(&tag.value("href")?, address));
                }
            }
            // Text in them is not markup; a drawing has titles of its own.
            "script" | "style" | "textarea" | "template" | "svg" | "iframe" => drop(tags.raw(&tag.name)),
            "body" | "/head" => break,
            _ => {}
        }
    }
    Page { title: page.title.or(og_title), description: page.description.or(og_description), ..page }
}

/// The tags of a page, one after the other.
struct Tags<'a> {
    rest: &'a str,
}

/// One tag: its name in small letters, with `/` in front of an end.
struct Tag<'a> {
    name: String,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute, decoded.
    fn value(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(decode(value).into_owned())
    }
}

impl<'a> Tags<'a> {
    fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            let at = self.rest.find('<')?;
            self.rest = &self.rest[at + 1..];
            if let Some(comment) = self.rest.strip_prefix("!--") {
                // A comment that does not end hides the rest.
                self.rest = &comment[comment.find("-->")? + 3..];
                continue;
            }
            let slash = usize::from(self.rest.starts_with('/'));
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-');
            let name = &self.rest[slash..];
            let length = name.find(|c| !is_name(c)).unwrap_or(name.len());
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let name = self.rest[..slash + length].to_ascii_lowercase();
            self.rest = &self.rest[slash + length..];
            let attributes = self.attributes()?;
            return Some(Tag { name, attributes });
        }
    }

    /// The attributes up to `>`; nothing when the page ends before.
    fn attributes(&mut self) -> Option<Vec<(&'a str, &'a str)>> {
        let mut found = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return Some(found);
            }
            let end = self.rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
            // A stray `=` is a part of a name: the reader always moves on.
            let end = end.max(usize::from(self.rest.starts_with('=')));
            let (name, rest) = self.rest.split_at(end);
            self.rest = rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => {
                    self.rest = rest.trim_start();
                    self.attribute_value()?
                }
                None => "",
            };
            if found.len() < ATTRIBUTES_MAX {
                found.push((name, value));
            }
        }
    }

    fn attribute_value(&mut self) -> Option<&'a str> {
        for quote in ['"', '\''] {
            if let Some(inside) = self.rest.strip_prefix(quote) {
                let (value, rest) = inside.split_once(quote)?;
                self.rest = rest;
                return Some(value);
            }
        }
        let end = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
        let (value, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(value)
    }

    /// The text up to the end of this element, which is not read as markup.
    fn raw(&mut self, name: &str) -> &'a str {
        let mut from = 0;
        let end = loop {
            let Some(at) = self.rest[from..].find("</") else { break self.rest.len() };
            let after = from + at + 2;
            let is_end = self.rest.as_bytes()[after..]
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if is_end {
                break after - 2;
            }
            from = after;
        };
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        text
    }
}

/// Names of signs that French and English pages use in titles. Others stay as they are written.
const NAMED: [(&str, &str); 44] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("iexcl", "¡"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("auml", "ä"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("egrave", "è"),
    ("eacute", "é"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ocirc", "ô"),
    ("ouml", "ö"),
    ("oelig", "œ"),
    ("ugrave", "ù"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("Agrave", "À"),
    ("Acirc", "Â"),
    ("Ccedil", "Ç"),
    ("Egrave", "È"),
    ("Eacute", "É"),
    ("Ecirc", "Ê"),
    ("Icirc", "Î"),
    ("Ocirc", "Ô"),
    ("OElig", "Œ"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("middot", "·"),
    ("copy", "©"),
];

/// Longest reference, `&#1114111;` and every name of [`NAMED`].
const REFERENCE_MAX_BYTES: usize = 10;

/// Character references as the signs that they stand for.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        let end = reference.bytes().take(REFERENCE_MAX_BYTES).position(|byte| byte == b';');
        if let Some((end, sign)) = end.and_then(|end| Some((end, sign(&reference[1..end])?))) {
            out.push_str(&sign);
            rest = &reference[end + 1..];
        } else {
            out.push('&');
            rest = &reference[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn sign(reference: &str) -> Option<Cow<'static, str>> {
    let Some(number) = reference.strip_prefix('#') else {
        return NAMED.iter().find(|(name, _)| *name == reference).map(|(_, sign)| Cow::Borrowed(*sign));
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    number.ok().and_then(char::from_u32).map(|sign| Cow::Owned(sign.to_string()))
}

/// The text on one line, without signs that nobody sees, cut to `max` characters. Nothing when nothing
/// is left.
fn one_line(text: &str, max: usize) -> Option<String> {
    // Signs that turn the reading direction could make a title read as another.
    let unseen = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    let seen: String = text
        .chars()
        .filter(|c| !unseen(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        // Enough for `max` letters, however much white space a hostile page puts between them.
        .take(max * 16)
        .collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| cut(&line, max))
}

/// A language tag, if it looks like one.
fn language(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-").to_ascii_lowercase();
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fits = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && tag.len() <= LANG_MAX_CHARS;
    fits.then_some(tag)
}

/// An address of the web, absolute.
fn absolute(link: &str, address: &Url) -> Option<String> {
    let url = address.join(link.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= ADDRESS_MAX_BYTES).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Url {
        Url::parse("https://e.example/cours/").unwrap()
    }

    fn title(html: &str) -> Option<String> {
        read(html, &at()).title
    }

    #[test]
    fn a_page_says_its_title_description_language_and_address() {
        let html = r#"<!DOCTYPE html><HTML dir=ltr lang="fr-FR"><head><!-- <title>non</title> -->
            <meta charset="utf-8"><meta name=description content='Apprendre &agrave; lire &#171;&#xA0;vite&nbsp;&#187;'>
            <script>document.write("<title>faux</title>")</script>
            <title>
                Les   bases
                de Git &amp; GitHub&hellip;</title>
            <link rel="stylesheet" href="/a.css"><link href="../git" rel="alternate canonical">
            <meta property="og:url" content="https://e.example/git?b=1&amp;c=2"></head><body><title>non</title>"#;
        assert_eq!(
            read(html, &at()),
            Page {
                title: Some("Les bases de Git & GitHub…".into()),
                description: Some("Apprendre à lire « vite »".into()),
                lang: Some("fr-fr".into()),
                canonical: Some("https://e.example/git".into()),
                og_url: Some("https://e.example/git?b=1&c=2".into()),
            }
        );
    }

    #[test]
    fn a_title_is_found_wherever_it_stands_and_however_it_is_written() {
        assert_eq!(title("<TITLE a='>'>Un &lt;b&gt;titre</b></TITLE >").as_deref(), Some("Un <b>titre</b>"));
        assert_eq!(title("<title>Sans fin").as_deref(), Some("Sans fin"));
        assert_eq!(title("<svg><title>Logo</title></svg><title>Page</title>").as_deref(), Some("Page"));
        assert_eq!(title("<meta content=Social property=og:title><p>").as_deref(), Some("Social"));
        assert_eq!(
            title("<title> </title><meta property=og:title content=Social>").as_deref(),
            Some("Social")
        );
        assert_eq!(title("<title>A\u{202e}B\u{200b}\u{7}C</title>").as_deref(), Some("AB C"));
        assert_eq!(title("5 < 6 <3 </> <title>Signes</title>").as_deref(), Some("Signes"));
        assert_eq!(
            title("<title>a & b &nope; &#0; &#x110000;</title>").as_deref(),
            Some("a & b &nope; &#x110000;")
        );
    }

    #[test]
    fn texts_are_cut_and_what_is_no_web_address_is_left_out() {
        let long = "mot ".repeat(10_000);
        assert_eq!(title(&format!("<title>{long}</title>")).unwrap().chars().count(), TITLE_MAX_CHARS);
        let page = read(
            "<html lang='javascript:1'><link rel=canonical href='javascript:alert(1)'><meta name=og:url content='ftp://e.example'>",
            &at(),
        );
        assert_eq!(page, Page::default());
        assert!(page.is_empty());
    }

    #[test]
    fn old_pages_are_read_in_their_own_encoding() {
        let latin = b"<title>D\xE9j\xE0 \x93vu\x94 \x80</title>";
        assert_eq!(text(latin, Some("iso-8859-1")), "<title>Déjà “vu” €</title>");
        assert_eq!(text(latin, None), "<title>Déjà “vu” €</title>");
        assert_eq!(text("déjà".as_bytes(), Some("iso-8859-1")), "déjà");
        assert_eq!(text(&"déjà".as_bytes()[..5], Some("utf-8")), "déj\u{FFFD}");
    }

    #[test]
    fn the_end_of_the_head_is_seen_across_two_parts() {
        assert!(ends_head(b"<title>a</title></HEAD>", 19));
        assert!(!ends_head(b"<title>a</title></hea", 0));
        assert!(ends_head(b"<body >", 0));
    }

    #[test]
    fn a_hostile_page_is_read_in_time_proportional_to_its_length() {
        let started = std::time::Instant::now();
        for part in [
            "<",
            "<a",
            "<a ",
            "<a '",
            "<a \"=",
            "<!--",
            "<script></",
            "<title></titl",
            "<meta content=",
            "&#",
            "<a =",
            "</",
        ] {
            read(&part.repeat(super::super::request::BODY_MAX_BYTES / part.len()), &at());
        }
        // Twelve mebibytes. A reader that begins again at each sign would take hours.
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
