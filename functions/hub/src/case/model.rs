//! The nouns of moderation: a case, what it is about, and how far it is.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use discord::{ChannelId, MessageId, UserId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use store::personal::{Basis, PersonalField};

use crate::crockford;
use crate::history::Target;
use crate::model::ResourceId;
use crate::report::model::{Category, Report};

/// Public number of a case: `D-` and five letters of Crockford's alphabet, 25 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseId(u64);

impl CaseId {
    /// Letters after `D-`.
    const LETTERS: usize = 5;

    /// The lowest 25 bits of a number.
    pub const fn new(number: u64) -> Self {
        Self(number & ((1 << 25) - 1))
    }

    /// Drawn from random bytes.
    pub fn drawn(bytes: [u8; 32]) -> Self {
        Self::new(u64::from_be_bytes(bytes[..8].try_into().expect("eight of 32 bytes")))
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write(f, "D-", Self::LETTERS, self.0)
    }
}

impl fmt::Debug for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not the number of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACase;

impl FromStr for CaseId {
    type Err = NotACase;

    fn from_str(text: &str) -> Result<Self, NotACase> {
        crockford::read(text.trim(), "D-", Self::LETTERS).map(Self).ok_or(NotACase)
    }
}

impl Serialize for CaseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotACase| de::Error::custom("not the number of a case"))
    }
}

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A resource.
    Resource(ResourceId),
    /// A message of a channel.
    Message {
        /// Where it stands.
        channel: ChannelId,
        /// Which one.
        message: MessageId,
    },
    /// A person.
    Person(UserId),
}

impl About {
    /// The resource, when it is one.
    pub const fn resource(&self) -> Option<ResourceId> {
        match self {
            Self::Resource(id) => Some(*id),
            Self::Message { .. } | Self::Person(_) => None,
        }
    }
}

/// How far a case is. A moderator who holds it has the lock beside: see [`Case::held_by`].
///
/// Source: HUB §13.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing is decided.
    Ouvert,
    /// Decided; the author may contest.
    Decide,
    /// The author contests: another moderator decides.
    Conteste,
    /// For good.
    Clos,
}

impl Stage {
    /// As it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ouvert => "ouvert",
            Self::Decide => "decide",
            Self::Conteste => "conteste",
            Self::Clos => "clos",
        }
    }

    /// Whether somebody has to decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Ouvert | Self::Conteste)
    }
}

/// A moderator has a case in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// Who.
    pub by: UserId,
    /// Until when, Unix milliseconds.
    pub until: i64,
}

/// What a moderator decides.
///
/// Source: HUB §13.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// « Garder »: nothing is wrong with it.
    Keep,
    /// « Masquer »: out of sight, and may come back.
    Hide,
    /// « Supprimer »: gone for good, its link with it.
    Remove,
    /// « Avertir »: it stays, its author is warned.
    Warn,
    /// « Signalement abusif »: it stays, and who reported it should not have.
    Abuse,
}

impl Verdict {
    /// All of them, in the order of the card.
    pub const ALL: [Self; 5] = [Self::Keep, Self::Hide, Self::Warn, Self::Abuse, Self::Remove];

    /// As it is stored, and named in buttons and texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Hide => "hide",
            Self::Remove => "remove",
            Self::Warn => "warn",
            Self::Abuse => "abuse",
        }
    }

    /// The verdict of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key)
    }

    /// Whether the reports were right.
    pub const fn justifies(self) -> bool {
        matches!(self, Self::Hide | Self::Remove | Self::Warn)
    }

    /// Whether it can be said of a message or a person: the hub hides and removes only what is its own.
    pub const fn fits(self, about: &About) -> bool {
        matches!(about, About::Resource(_)) || matches!(self, Self::Keep | Self::Warn | Self::Abuse)
    }
}

/// What was decided, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What.
    pub verdict: Verdict,
    /// By whom.
    pub by: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Why: the author reads it. As typed.
    pub reason: String,
    /// What only moderators read. As typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the author is told.
    pub told: bool,
}

/// The author does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Why, as typed.
    pub text: String,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Where the card of a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The moderation channel at that time.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

/// A case of moderation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its number.
    pub id: CaseId,
    /// What it is about.
    pub about: About,
    /// Title of the resource, words of the message; as typed.
    #[serde(default)]
    pub title: String,
    /// Whom it concerns: the author, or the person; 0 when that person was erased.
    pub author: UserId,
    /// How far it is.
    pub stage: Stage,
    /// When it was opened, Unix milliseconds.
    pub opened_at: i64,
    /// Since when moderators are called, Unix milliseconds; none below the threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_at: Option<i64>,
    /// Who has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
    /// What was decided: once, and once more when the author contested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Ruling>,
    /// What the author has to say against the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Appeal>,
    /// Of which of the decisions the author was told last: 0 for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_of: Option<u32>,
    /// Its place in the queue, as the worker wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued: Option<String>,
    /// The worker was about to post its card at that moment, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting_since: Option<i64>,
    /// Its card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Posted>,
}

impl Case {
    /// A case that was just opened.
    pub fn new(id: CaseId, about: About, title: &str, author: UserId, opened_at: i64) -> Self {
        Self {
            id,
            about,
            title: title.to_owned(),
            author,
            stage: Stage::Ouvert,
            opened_at,
            reached_at: None,
            lock: None,
            rulings: Vec::new(),
            appeal: None,
            told_of: None,
            queued: None,
            posting_since: None,
            card: None,
        }
    }

    /// Whether the author may say something against this decision: once, when it takes something away.
    pub fn may_be_contested(&self, ruling: &Ruling) -> bool {
        self.stage == Stage::Decide && self.appeal.is_none() && ruling.verdict.justifies()
    }

    /// Who has it in hand at this moment.
    pub fn held_by(&self, now: i64) -> Option<Lock> {
        self.lock.filter(|lock| lock.until > now)
    }

    /// Where its lines stand in the history.
    pub fn in_history(&self) -> Target {
        match self.about {
            About::Resource(id) => Target::Resource(id),
            About::Message { .. } => Target::Person(self.author),
            About::Person(user) => Target::Person(user),
        }
    }
}

/// How many reported for one reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Those who count towards the threshold.
    pub counting: u32,
    /// Those who only alert.
    pub alerts: u32,
}

/// How many reported for each reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(pub BTreeMap<Category, Count>);

impl Counts {
    /// Of these reports.
    pub fn of(reports: &[Report]) -> Self {
        let mut counts = BTreeMap::<_, Count>::new();
        for report in reports {
            let count = counts.entry(report.category).or_default();
            let place = if report.counts { &mut count.counting } else { &mut count.alerts };
            *place += 1;
        }
        Self(counts)
    }
}

/// An open case as it stands in the queue. The worker keeps it true, so that a page of the queue is
/// one read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// Its number.
    pub case: CaseId,
    /// What it is about.
    pub about: About,
    /// Title of the resource, words of the message; as typed.
    #[serde(default)]
    pub title: String,
    /// When it was opened, Unix milliseconds.
    pub opened_at: i64,
    /// Since when moderators are called, Unix milliseconds; none below the threshold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_at: Option<i64>,
    /// How many reported.
    #[serde(default)]
    pub counts: Counts,
    /// The best of the reporters' shares of justified reports, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<u8>,
    /// Its card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Posted>,
}

impl Queued {
    /// Of a case and its reports.
    pub fn of(case: &Case, reports: &[Report]) -> Self {
        Self {
            case: case.id,
            about: case.about,
            title: case.title.clone(),
            opened_at: case.opened_at,
            reached_at: case.reached_at,
            counts: Counts::of(reports),
            trust: reports.iter().filter_map(|report| report.trust).max(),
            card: case.card,
        }
    }
}

/// Personal data of a place in the queue.
pub const QUEUED_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "about",
        purpose: "show moderators what is to be decided",
        basis: Basis::LegitimateInterest,
        retention: "while the case is open",
    },
    PersonalField {
        field: "title",
        purpose: "show moderators what is to be decided",
        basis: Basis::LegitimateInterest,
        retention: "while the case is open",
    },
];

/// Personal data of a case.
pub const CASE_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "about",
        purpose: "know what was reported",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "title",
        purpose: "keep the words that were reported as evidence",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "author",
        purpose: "tell the author what was decided, and hear them",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "lock",
        purpose: "let one moderator decide at a time",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "rulings",
        purpose: "show who decided what and why, so that it can be contested",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
    PersonalField {
        field: "appeal",
        purpose: "hear the author before the last word",
        basis: Basis::LegitimateInterest,
        retention: "12 months after the case is closed",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_case_is_read_as_it_is_read_out() {
        let id = CaseId::new(0x123_4567);
        assert_eq!(id.to_string(), "D-J6HB7");
        assert_eq!(" d-j6hb7".parse(), Ok(id));
        assert_eq!("H-J6HB7".parse::<CaseId>(), Err(NotACase));
        assert_eq!("D-é000".parse::<CaseId>(), Err(NotACase));
    }
}
