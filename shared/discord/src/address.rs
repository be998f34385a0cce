//! Addresses of web pages, as Discord takes them.
//!
//! People type `https://fr.wikipedia.org/wiki/Éducation`, or leave a space in the middle; browsers open
//! that. Discord's OpenAPI file asks for a URI (`format: uri`, RFC 3986), which is written in ASCII only.
//! What is sent therefore opens the same page, in the letters of a URI.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use crate::check::Problems;

/// What a browser leaves as it is in an address and RFC 3986 (section 2) does not allow there.
const NOT_IN_A_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address as it is sent; nothing when it is no page of the web, or longer than `max` then.
///
/// ```
/// use discord::address::web;
///
/// let sent = web("https://fr.wikipedia.org/wiki/Éducation", 512);
/// assert_eq!(sent.as_deref(), Some("https://fr.wikipedia.org/wiki/%C3%89ducation"));
/// assert_eq!(web("javascript:alert(1)", 512), None);
/// ```
pub fn web(address: &str, max: usize) -> Option<String> {
    let sent = page(address)?;
    (sent.len() <= max).then_some(sent)
}

/// The address in the letters of a URI, however long; nothing when it is no page of the web.
fn page(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let (name, password) = (in_a_uri(url.username()), url.password().map(in_a_uri));
    url.set_username(&name).ok()?;
    url.set_password(password.as_deref()).ok()?;
    let path = in_a_uri(url.path());
    url.set_path(&path);
    let query = url.query().map(in_a_uri);
    url.set_query(query.as_deref());
    let fragment = url.fragment().map(|fragment| in_a_uri(fragment).replace('#', "%23"));
    url.set_fragment(fragment.as_deref());
    // Letters that only a browser takes in the name of a host: none of the web's has them.
    let host = url.host_str()?;
    let good = |letter: char| letter.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=[]:".contains(letter);
    host.chars().all(good).then(|| url.into())
}

/// A part of an address without what a URI must not hold, and with `%25` for a `%` that encodes nothing.
fn in_a_uri(part: &str) -> String {
    let encoded = utf8_percent_encode(part, NOT_IN_A_URI).to_string();
    let mut whole = String::with_capacity(encoded.len());
    let mut rest = encoded.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        whole.push_str(before);
        let digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        whole.push_str(if digits == 2 { "%" } else { "%25" });
        rest = after;
    }
    whole + rest
}

/// Before an address is put into a builder: as it is sent, or as it came when it is no page of the
/// web, which [`check`] then says.
pub(crate) fn as_sent(address: &str) -> String {
    page(address).unwrap_or_else(|| address.to_owned())
}

/// As [`as_sent`]; nothing when that is too long: people's links are, now and then.
pub(crate) fn fitting(address: &str, max: usize) -> Option<String> {
    let sent = as_sent(address);
    (sent.chars().count() <= max).then_some(sent)
}

/// Notes `what` when it opens an address that Discord does not take.
pub(crate) fn check(what: &str, address: &str, max: usize, problems: &mut Problems) {
    if web(address, max).as_deref() != Some(address) {
        // Without the address: somebody may have typed it, and this goes into the log.
        problems.add(format!("{what} that opens something other than a web page"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sent(address: &str) -> String {
        web(address, 2048).unwrap_or_else(|| "-".to_owned())
    }

    #[test]
    fn what_people_type_becomes_a_uri() {
        let cases = [
            ("https://fr.wikipedia.org/wiki/Éducation", "https://fr.wikipedia.org/wiki/%C3%89ducation"),
            ("https://a.fr/un deux", "https://a.fr/un%20deux"),
            ("https://a.fr/?q=un deux#trois quatre", "https://a.fr/?q=un%20deux#trois%20quatre"),
            ("https://école.fr/Été", "https://xn--cole-9oa.fr/%C3%89t%C3%A9"),
            ("HTTPS://A.fr", "https://a.fr/"),
            ("  https://a.fr/x\n", "https://a.fr/x"),
            (
                "https://a.fr/[x]|{y}?a[]=1|2^3`#[z]#2",
                "https://a.fr/%5Bx%5D%7C%7By%7D?a%5B%5D=1%7C2%5E3%60#%5Bz%5D%232",
            ),
            ("https://a.fr/100%?50%&%C3%A9", "https://a.fr/100%25?50%25&%C3%A9"),
            ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("https://a%é:b%@a.fr/", "https://a%25%C3%A9:b%25@a.fr/"),
            // Nothing changes in what is one already.
            ("https://a.fr/?a=b&c=%2F%2f;d=,!$'()*+:@#/?", "https://a.fr/?a=b&c=%2F%2f;d=,!$%27()*+:@#/?"),
        ];
        for (typed, wanted) in cases {
            assert_eq!(sent(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn what_is_no_web_page_is_not_sent() {
        for address in [
            "",
            "a.fr",
            "//a.fr/x",
            "javascript:alert(1)",
            "ftp://a.fr/x",
            "discord://-/",
            "https://",
            "http://a b/",
        ] {
            assert_eq!(web(address, 2048), None, "{address:?}");
        }
        assert_eq!(web(&"x".repeat(2048), 2048), None, "2048 letters without a scheme");
    }

    #[test]
    fn length_counts_as_it_is_sent() {
        let of = |letters: usize, letter: &str| format!("https://a.fr/{}", letter.repeat(letters));
        assert!(web(&of(2048 - 13, "x"), 2048).is_some());
        assert_eq!(web(&of(2056 - 13, "x"), 2048), None);
        // Six bytes for each « é ».
        assert!(web(&of(83, "é"), 512).is_some());
        assert_eq!(web(&of(84, "é"), 512), None);
    }

    proptest! {
        #[test]
        fn what_is_sent_is_sent_again_unchanged(rest in "\\PC{0,40}", host in "[a-zé.]{1,8}") {
            if let Some(sent) = web(&format!("https://{host}{rest}"), 2048) {
                prop_assert!(sent.is_ascii());
                let again = web(&sent, 2048);
                prop_assert_eq!(again, Some(sent));
            }
        }
    }
}
