//! The nouns of sanctions: a measure, and what it takes away for how long.

use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};

use crate::case::model::CaseId;
use discord::UserId;

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 3600 * 1000;

/// What is done about a person, mildest first.
///
/// Source: HUB §13.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// « Avertissement ».
    Warning,
    /// « Suspension 24 h ».
    Day,
    /// « Suspension 7 jours ».
    Week,
    /// « Exclusion du Hub ».
    Exclusion,
}

impl Measure {
    /// All of them, mildest first.
    pub const ALL: [Self; 4] = [Self::Warning, Self::Day, Self::Week, Self::Exclusion];

    /// As it is stored, typed and named in texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Day => "day",
            Self::Week => "week",
            Self::Exclusion => "exclusion",
        }
    }

    /// The measure of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.key() == key)
    }

    /// When it ends by itself, if it does: a warning lapses after six months.
    ///
    /// Source: HUB §13.3.
    pub const fn until(self, now: i64) -> Option<i64> {
        match self {
            Self::Warning => Some(now + 182 * DAY_MS),
            Self::Day => Some(now + DAY_MS),
            Self::Week => Some(now + 7 * DAY_MS),
            Self::Exclusion => None,
        }
    }

    /// Whether it takes rights away.
    pub const fn suspends(self) -> bool {
        !matches!(self, Self::Warning)
    }
}

/// A measure that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sanction {
    /// Which one.
    pub measure: Measure,
    /// Who took it.
    pub by: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Until when, Unix milliseconds; none until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Why, as typed.
    pub reason: String,
    /// The case that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// When it was lifted, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_at: Option<i64>,
}

impl Sanction {
    /// Whether it still counts.
    pub fn is_active(&self, now: i64) -> bool {
        self.lifted_at.is_none() && self.until.is_none_or(|until| until > now)
    }
}

/// What a person may not do at the moment: it is read with every interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Since when, Unix milliseconds: names the [`Sanction`].
    pub at: i64,
    /// Until when, Unix milliseconds; none until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl Suspension {
    /// Whether it holds at this moment.
    pub fn holds(&self, now: i64) -> bool {
        self.until.is_none_or(|until| until > now)
    }

    /// Whether it holds longer than another one.
    pub fn outlasts(&self, other: &Self) -> bool {
        match (self.until, other.until) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(this), Some(other)) => this >= other,
        }
    }
}

/// Somebody proposes to exclude a person: another one, an admin, confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who.
    pub by: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Why, as typed.
    pub reason: String,
}

/// How long sanctions are kept.
const KEPT: &str = "12 months after its end, an exclusion until it is lifted";

/// Personal data of a sanction.
pub const SANCTION_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "measure",
        purpose: "know what was decided about a person before deciding again",
        basis: Basis::LegitimateInterest,
        retention: KEPT,
    },
    PersonalField {
        field: "by",
        purpose: "show who acted, so that moderation can be answered for",
        basis: Basis::LegitimateInterest,
        retention: KEPT,
    },
    PersonalField {
        field: "reason",
        purpose: "show why something was decided",
        basis: Basis::LegitimateInterest,
        retention: KEPT,
    },
];

/// Personal data of a suspension: its key holds the person.
pub const SUSPENSION_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "until",
    purpose: "keep somebody from writing for a time",
    basis: Basis::LegitimateInterest,
    retention: "until it ends, an exclusion until it is lifted",
}];

/// Personal data of a proposed exclusion.
pub const PROPOSAL_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "by",
        purpose: "let somebody else confirm",
        basis: Basis::LegitimateInterest,
        retention: "30 days",
    },
    PersonalField {
        field: "reason",
        purpose: "show why something is proposed",
        basis: Basis::LegitimateInterest,
        retention: "30 days",
    },
];
