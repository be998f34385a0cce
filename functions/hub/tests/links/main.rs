//! The hub's rules about links, seen from outside: rule by rule, on random
//! text, and on the vectors of other projects.

mod addresses;
mod lines;
mod properties;
mod rules;
mod sites;
mod titles;
mod vectors;

use hub::link::key::canonical;

/// The key of a text that is a link.
fn key(text: &str) -> String {
    canonical(text).unwrap_or_else(|error| panic!("{text:?}: {error}")).key
}

/// Checks keys one by one.
fn keys(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(key(text), *expected, "{text:?}");
    }
}

/// Checks that all these are one resource.
fn same(texts: &[&str]) {
    for text in texts {
        assert_eq!(key(text), key(texts[0]), "{text:?} and {:?}", texts[0]);
    }
}

/// Checks that no two of these are one resource.
fn distinct(texts: &[&str]) {
    for (number, a) in texts.iter().enumerate() {
        for b in &texts[number + 1..] {
            assert_ne!(key(a), key(b), "{a:?} and {b:?}");
        }
    }
}
