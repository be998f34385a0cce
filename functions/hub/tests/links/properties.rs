//! What holds for any text.

use hub::link::key::canonical;
use proptest::prelude::*;

/// Pieces that make the rules meet each other more often than random letters do.
const PIECES: [&str; 74] = [
    "https://",
    "http://",
    "HTTP://",
    "www.",
    "www2.",
    "amp.",
    "m.",
    "e.example",
    "github.com",
    "youtube.com",
    "youtu.be",
    "google.com",
    "google.co.uk",
    "/url?q=",
    "/amp/s/",
    "/amp",
    ".amp",
    "/",
    "//",
    "\\",
    "..",
    ".",
    ":",
    ":80",
    ":443",
    ":8080",
    "?",
    "&",
    "=",
    "#",
    "#/",
    "#!",
    ":~:text=a",
    "%2F",
    "%2e%2e",
    "%C3%A9",
    "%E9",
    "e\u{301}",
    "é",
    "%",
    "%25",
    "%6D",
    "&amp;",
    "&a%6Dp;",
    ";jsessionid=1",
    "(S(4hqa0555fwsecu455xqckv45))",
    "index.html",
    "default.aspx",
    "utm_source=x",
    "ref=reddit",
    "sid=0",
    "amp=1",
    " ",
    "\t",
    "\n",
    "\u{200B}",
    "<",
    ">",
    "\"",
    "«",
    "»",
    "[a](",
    ")",
    "(",
    "user:pass@",
    "127.0.0.1",
    "[::1]",
    "0x7f",
    "wiki/",
    "fr.wikipedia.org",
    "watch?v=abcdef",
    "my-long-article-2024",
    "medium.com",
    "x.com/a/status/1",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        1 => "(https?://)?[a-zA-Z0-9.:/?#&=%@;()<>_~!' -]{0,60}",
        4 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14).prop_map(|pieces| pieces.concat()),
        4 => prop::collection::vec(prop::sample::select(&PIECES[..]), 0..12)
            .prop_map(|pieces| format!("https://e.example/{}", pieces.concat())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_stable_key_or_is_not_a_link(text in any_text()) {
        let Ok(link) = canonical(&text) else { return Ok(()) };
        let again = canonical(&link.clean).map_err(|error| TestCaseError::fail(format!("{}: {error}", link.clean)))?;
        prop_assert_eq!(&again.key, &link.key, "{} -> {}", &text, &link.clean);
        prop_assert_eq!(&again.clean, &link.clean);
        prop_assert!(link.key.len() <= hub::link::key::KEY_MAX_BYTES);
        prop_assert!(!link.key.is_empty());
    }

    #[test]
    fn what_is_opened_has_the_key_of_what_was_given(text in any_text()) {
        let Ok(link) = canonical(&text) else { return Ok(()) };
        let opened = canonical(&link.open).map_err(|error| TestCaseError::fail(format!("{}: {error}", link.open)))?;
        prop_assert_eq!(opened.key, link.key, "{} opens {}", &text, &link.open);
    }

    #[test]
    fn the_order_of_two_links_does_not_matter(a in any_text(), b in any_text()) {
        let (a, b) = (canonical(&a), canonical(&b));
        let same = |a: &Result<_, _>, b: &Result<_, _>| match (a, b) {
            (Ok(a), Ok(b)) => key_of(a) == key_of(b),
            _ => false,
        };
        prop_assert_eq!(same(&a, &b), same(&b, &a));
    }
}

fn key_of(link: &hub::link::key::Canonical) -> &str {
    &link.key
}
