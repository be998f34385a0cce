//! What a button does, as a typed value inside Discord's `custom_id`.
//!
//! Written `<prefix>:<segment>:<segment>…`. The prefix names the feature and a revision (`hub/1`),
//! because buttons outlive deploys. A `custom_id` carries ids, never a permission: whoever presses
//! is judged again each time.

use crate::limits::CUSTOM_ID_MAX_CHARS;

/// A set of presses that can be written as, and read from, a `custom_id`.
pub trait CustomId: Sized {
    /// Feature and revision, such as `hub/1`. It holds no `:`.
    const PREFIX: &'static str;

    /// The value as segments. Any text is allowed in one: what has a meaning here is escaped.
    fn segments(&self) -> Vec<String>;

    /// The value, or nothing when these segments are of another time.
    fn from_segments(segments: &[&str]) -> Option<Self>;

    /// The `custom_id` of this value.
    ///
    /// # Panics
    /// When it is longer than Discord takes: segments are ids of bounded length, so this is a bug
    /// that the first test of the button shows.
    fn encode(&self) -> String {
        let mut text = String::from(Self::PREFIX);
        for segment in self.segments() {
            text.push(':');
            escape(&segment, &mut text);
        }
        assert!(
            text.chars().count() <= CUSTOM_ID_MAX_CHARS,
            "a custom_id has at most {CUSTOM_ID_MAX_CHARS} characters: {text}"
        );
        text
    }

    /// Reads a `custom_id`; nothing when it is of another feature, revision or shape.
    fn decode(custom_id: &str) -> Option<Self> {
        let rest = custom_id.strip_prefix(Self::PREFIX)?.strip_prefix(':')?;
        let segments = rest.split(':').map(unescape).collect::<Option<Vec<_>>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Self::from_segments(&segments)
    }
}

/// Feature of a `custom_id`, whatever its revision: `hub` for `hub/1:up:H-7KX2P9Q`.
pub fn feature_of(custom_id: &str) -> Option<&str> {
    let (prefix, _) = custom_id.split_once(':')?;
    let (feature, revision) = prefix.split_once('/')?;
    (!feature.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit())).then_some(feature)
}

fn escape(segment: &str, into: &mut String) {
    for letter in segment.chars() {
        match letter {
            '\\' => into.push_str("\\\\"),
            ':' => into.push_str("\\."),
            other => into.push(other),
        }
    }
}

fn unescape(segment: &str) -> Option<String> {
    let mut text = String::with_capacity(segment.len());
    let mut letters = segment.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next()? {
                '\\' => '\\',
                '.' => ':',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Raw(Vec<String>);

    impl CustomId for Raw {
        const PREFIX: &'static str = "test/1";

        fn segments(&self) -> Vec<String> {
            self.0.clone()
        }

        fn from_segments(segments: &[&str]) -> Option<Self> {
            Some(Self(segments.iter().map(|segment| (*segment).to_owned()).collect()))
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(segments in prop::collection::vec(".{0,8}", 1..4)) {
            let press = Raw(segments);
            prop_assume!(press.segments().iter().map(|s| s.chars().count() * 2 + 1).sum::<usize>() < 90);
            prop_assert_eq!(Raw::decode(&press.encode()), Some(press));
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,200}") {
            let _ = Raw::decode(&text);
            let _ = feature_of(&text);
        }
    }

    #[test]
    fn another_revision_is_not_read() {
        assert_eq!(Raw::decode("test/2:up"), None);
        assert_eq!(Raw::decode("test/1"), None);
        assert_eq!(Raw::decode("test/1:\\x"), None);
        assert_eq!(feature_of("test/2:up"), Some("test"));
        assert_eq!(feature_of("no prefix"), None);
    }
}
