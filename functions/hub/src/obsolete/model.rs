//! Who says that a resource is out of date.

use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};

/// Who says it alone, without being counted.
///
/// Source: HUB §3, §9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Whoever shared it.
    Author,
    /// The staff, or a moderator.
    Staff,
}

impl Said {
    /// As it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Staff => "staff",
        }
    }
}

/// What one member says of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// « Obsolète », or « Toujours valable ».
    pub outdated: bool,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Personal data of such an opinion: its key holds the person.
pub const OPINION_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "sk",
    purpose: "count each person once",
    basis: Basis::LegitimateInterest,
    retention: "while the resource lives, 24 months at most",
}];
