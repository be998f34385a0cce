//! What is known of a link.

use serde::{Deserialize, Serialize};

/// Whether a link leads somewhere. Source: HUB §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// Nobody has looked, or it may not be opened: another port, a name that leads inside.
    #[default]
    NonVerifie,
    /// It answered when it was looked at last.
    Ok,
    /// It did not, which may be the moment, or a site that answers people only.
    Doute,
    /// It is gone: three times within a week or more.
    Mort,
}

/// The health of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Health {
    /// Whether it leads somewhere.
    #[serde(default)]
    pub state: LinkState,
    /// When it was looked at last, Unix milliseconds; 0 when never.
    #[serde(default)]
    pub checked_at: i64,
    /// When it will be looked at next, Unix milliseconds. A check that was planned for another moment
    /// does nothing: so there is one row of checks, whoever asks for one in between.
    #[serde(default)]
    pub next_at: i64,
    /// How often in a row it was gone.
    #[serde(default)]
    pub gone: u32,
    /// When it was first gone, Unix milliseconds; 0 when it is not.
    #[serde(default)]
    pub gone_since: i64,
    /// When it was found dead, Unix milliseconds; 0 when it is not.
    #[serde(default)]
    pub dead_since: i64,
}

impl Health {
    /// Whether nobody has ever looked.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is dead: lists leave it out.
    pub fn is_dead(&self) -> bool {
        self.state == LinkState::Mort
    }
}

/// What the page behind a link says of itself. A stranger wrote it: it is escaped when shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Host of the address that answered, without `www.`.
    pub site: String,
    /// Title of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its language, as a tag in small letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}
