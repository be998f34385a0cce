//! The nouns of reporting: categories with their rules, a report, and what is known of a reporter.

use std::collections::BTreeMap;

use discord::{ChannelId, UserId};
use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};

use crate::case::model::CaseId;

/// Why something is reported. The order is that of the form.
///
/// Source: HUB §13.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Against the law.
    Illegal,
    /// Endangers minors.
    Minors,
    /// Sexually inappropriate.
    Sexual,
    /// Hurts people.
    Offensive,
    /// Harassment or threats.
    Harassment,
    /// Says what is not true.
    Misleading,
    /// Belongs to somebody else.
    Property,
    /// Shows what is private.
    Privacy,
    /// Harms whoever follows it.
    Dangerous,
    /// A fraud, or anything else.
    Fraud,
    /// Advertising nobody asked for.
    Spam,
}

/// What a category leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// So many people make a case, 1 to 20.
    pub threshold: usize,
    /// Whether the resource is then hidden until a moderator has decided.
    pub hides: bool,
}

impl Category {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Illegal,
        Self::Minors,
        Self::Sexual,
        Self::Offensive,
        Self::Harassment,
        Self::Misleading,
        Self::Property,
        Self::Privacy,
        Self::Dangerous,
        Self::Fraud,
        Self::Spam,
    ];

    /// As it is stored, and named in texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Illegal => "illegal",
            Self::Minors => "minors",
            Self::Sexual => "sexual",
            Self::Offensive => "offensive",
            Self::Harassment => "harassment",
            Self::Misleading => "misleading",
            Self::Property => "property",
            Self::Privacy => "privacy",
            Self::Dangerous => "dangerous",
            Self::Fraud => "fraud",
            Self::Spam => "spam",
        }
    }

    /// The category of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.key() == key)
    }

    /// The first row of the table: one report is enough, and nobody loses the right to make it.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Illegal | Self::Minors | Self::Sexual)
    }

    /// The rule of a server that has changed nothing.
    pub const fn rule(self) -> Rule {
        let (threshold, hides) = match self {
            Self::Illegal | Self::Minors | Self::Sexual => (1, true),
            Self::Offensive | Self::Harassment => (5, false),
            Self::Misleading | Self::Property | Self::Privacy | Self::Dangerous | Self::Fraud => (7, false),
            Self::Spam => (10, false),
        };
        Rule { threshold, hides }
    }
}

/// What admins changed of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Rules that differ, by the key of their category.
    #[serde(default)]
    pub rules: BTreeMap<String, Rule>,
}

impl Thresholds {
    /// The rule of a category in this server.
    pub fn of(&self, category: Category) -> Rule {
        self.rules.get(category.key()).copied().unwrap_or(category.rule())
    }
}

/// One report: one for each person and target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Who reported. Never shown to the target.
    pub by: UserId,
    /// Why.
    pub category: Category,
    /// In the reporter's words, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// When it was first made, Unix milliseconds.
    pub at: i64,
    /// Whether it counts towards a threshold; otherwise it only alerts.
    pub counts: bool,
    /// Justified among the reporter's last hundred, in per cent; none when none was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<u8>,
    /// The decision that the reporter was told of: how many there were before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<u32>,
}

/// Personal data of a report.
pub const REPORT_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "by",
        purpose: "count each person once, and tell the reporter how it ended",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "details",
        purpose: "let moderators understand the report",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "trust",
        purpose: "show first what is most often right",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
];

/// What is known of somebody who reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Moments of the last day's reports, Unix milliseconds, oldest first.
    #[serde(default)]
    pub reports: Vec<i64>,
    /// Those of them in a category of the first row.
    #[serde(default)]
    pub grave: Vec<i64>,
    /// How the last hundred ended, oldest first: `j` justified, `a` abusive, `k` kept.
    #[serde(default)]
    pub outcomes: String,
    /// Until then the reports do not count, but in the first row, Unix milliseconds.
    #[serde(default)]
    pub muted_until: i64,
}

/// Personal data of a reporter.
pub const REPORTER_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "pk",
        purpose: "keep moderators from being flooded with reports",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the last report, or erasure",
    },
    PersonalField {
        field: "reports",
        purpose: "keep moderators from being flooded with reports",
        basis: Basis::LegitimateInterest,
        retention: "24 hours",
    },
    PersonalField {
        field: "grave",
        purpose: "keep moderators from being flooded with reports",
        basis: Basis::LegitimateInterest,
        retention: "24 hours",
    },
    PersonalField {
        field: "outcomes",
        purpose: "show first what is most often right",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the last report, or erasure",
    },
    PersonalField {
        field: "muted_until",
        purpose: "keep false reports from counting",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the last report, or erasure",
    },
];

/// A message that somebody is about to report, kept while the form is open: the form brings back
/// nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Who wrote it.
    pub author: UserId,
    /// Where it stands.
    pub channel: ChannelId,
    /// What it says, 500 characters at most.
    pub text: String,
}

/// Personal data of evidence.
pub const EVIDENCE_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "pk",
        purpose: "report the message that was chosen",
        basis: Basis::LegitimateInterest,
        retention: "one hour",
    },
    PersonalField {
        field: "author",
        purpose: "report the message that was chosen",
        basis: Basis::LegitimateInterest,
        retention: "one hour",
    },
    PersonalField {
        field: "text",
        purpose: "report the message that was chosen",
        basis: Basis::LegitimateInterest,
        retention: "one hour",
    },
];

/// The case of a target that is no resource: a message or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCase {
    /// Which one.
    pub case: CaseId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_product_page() {
        let rules: Vec<_> = Category::ALL
            .map(|category| {
                let Rule { threshold, hides } = category.rule();
                (category.key(), threshold, hides, category.is_grave())
            })
            .to_vec();
        assert_eq!(
            rules,
            [
                ("illegal", 1, true, true),
                ("minors", 1, true, true),
                ("sexual", 1, true, true),
                ("offensive", 5, false, false),
                ("harassment", 5, false, false),
                ("misleading", 7, false, false),
                ("property", 7, false, false),
                ("privacy", 7, false, false),
                ("dangerous", 7, false, false),
                ("fraud", 7, false, false),
                ("spam", 10, false, false),
            ]
        );
        for category in Category::ALL {
            assert_eq!(Category::from_key(category.key()), Some(category));
        }
    }
}
