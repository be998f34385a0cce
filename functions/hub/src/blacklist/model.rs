//! The nouns of the blacklist: an entry, and what it looks at.

use serde::{Deserialize, Serialize};

/// What an entry looks at.
///
/// Source: HUB §13.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole word.
    Word,
    /// Some words, wherever they stand.
    Phrase,
    /// A host and everything under it.
    Domain,
    /// One page: its key.
    Link,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Word, Self::Phrase, Self::Domain, Self::Link];

    /// As it is typed and named in texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Domain => "domain",
            Self::Link => "link",
        }
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it looks at.
    pub kind: Kind,
    /// As it is compared and shown: words as typed, a host, or the key of a link.
    pub value: String,
}

/// Everything that is refused in a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Blacklist {
    /// In the order in which they were added.
    #[serde(default)]
    pub entries: Vec<Entry>,
}
