//! The nouns of the hub.

use std::fmt;
use std::str::FromStr;

use discord::{ChannelId, MessageId, TagId, UserId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use store::personal::{Basis, PersonalField};

use crate::case::model::{CaseId, Posted};
use crate::check::model::{Health, Preview};
use crate::crockford;
use crate::nature::{Kind, Level, Tongue};
use crate::obsolete::decide::QUORUM;
use crate::obsolete::model::Said;
use crate::rank;

/// Public identity of a resource: `H-` and seven letters of Crockford's alphabet, 35 bits.
///
/// Source: HUB §5.1. Letters that look alike are read alike, so that it can be read out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(u64);

impl ResourceId {
    /// Letters after `H-`.
    const LETTERS: usize = 7;

    /// The lowest 35 bits of a number.
    pub const fn new(number: u64) -> Self {
        Self(number & ((1 << 35) - 1))
    }

    /// Drawn from random bytes.
    pub fn drawn(bytes: [u8; 32]) -> Self {
        Self::new(u64::from_be_bytes(bytes[..8].try_into().expect("eight of 32 bytes")))
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crockford::write(f, "H-", Self::LETTERS, self.0)
    }
}

impl fmt::Debug for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not the id of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAResource;

impl FromStr for ResourceId {
    type Err = NotAResource;

    fn from_str(text: &str) -> Result<Self, NotAResource> {
        crockford::read(text, "H-", Self::LETTERS).map(Self).ok_or(NotAResource)
    }
}

impl Serialize for ResourceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResourceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|NotAResource| de::Error::custom("not the id of a resource"))
    }
}

/// Where a resource is in its life. A draft is not a resource yet: see [`Draft`].
///
/// Source: HUB §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Written; the worker publishes it.
    EnVerification,
    /// On Discord, in searches.
    Publiee,
    /// Out of sight for now, by reports or a moderator.
    Masquee,
    /// Gone for good, by its author or by moderation: what is left says so.
    Retiree,
    /// Another resource took its place.
    Fusionnee,
}

impl State {
    /// As it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EnVerification => "en-verification",
            Self::Publiee => "publiee",
            Self::Masquee => "masquee",
            Self::Retiree => "retiree",
            Self::Fusionnee => "fusionnee",
        }
    }

    /// Whether people see its card, judge and comment it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::EnVerification | Self::Publiee)
    }

    /// Whether a resource may go from here to there. Anything else is refused.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::EnVerification, Self::Publiee)
                | (Self::Publiee, Self::Masquee | Self::Retiree | Self::Fusionnee)
                | (Self::Masquee, Self::Publiee | Self::Retiree)
        )
    }
}

/// A resource of the library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Identity.
    pub id: ResourceId,
    /// Where it is in its life.
    pub state: State,
    /// Title, 5 to 100 characters, as typed.
    pub title: String,
    /// Description, 20 to 1500 characters, as typed.
    pub description: String,
    /// Its themes, as they were called when they were chosen.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// Its link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<SharedLink>,
    /// The link as typed, for its author and for moderators: personal marks may be in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Key of the short link that led to its link: whoever shares the same short link is told at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_key: Option<String>,
    /// Its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<SharedFile>,
    /// Key of the content of its file, once the worker has read it; see `share::file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_key: Option<String>,
    /// Who shared it; 0 when that person was erased.
    pub author: UserId,
    /// When it was sent, Unix milliseconds.
    pub sent_at: i64,
    /// When it was published, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<i64>,
    /// The worker was about to open its post at that moment, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting_since: Option<i64>,
    /// Its post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ChannelId>,
    /// The text channel of the message with its card; none when that is the first message of its post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_in: Option<ChannelId>,
    /// Its open case, when it was reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The case by which moderation removed it: nobody may share it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_by: Option<CaseId>,
    /// Where its file waits while nobody is to see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_kept: Option<Posted>,
    /// Its thread is closed, as its post shows; see [`State::is_open`].
    #[serde(default)]
    pub shut: bool,
    /// People who find it useful; stored, it is what the post shows: see `tally`.
    #[serde(default)]
    pub up: u32,
    /// People who do not.
    #[serde(default)]
    pub down: u32,
    /// What it is, once somebody has set it; see [`crate::nature::kind_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// For whom, once somebody has set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// In which language, once somebody has set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tongue: Option<Tongue>,
    /// Whether it is out of date, as its post shows; see [`Resource::is_obsolete`].
    #[serde(default)]
    pub obsolete: bool,
    /// Whether its link leads somewhere.
    #[serde(default, skip_serializing_if = "Health::is_unknown")]
    pub health: Health,
    /// What the page behind its link says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Preview>,
    /// Who says alone that it is out of date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_obsolete: Option<Said>,
    /// Members who say that it is out of date; stored, it is what the post shows: see `tally`.
    #[serde(default)]
    pub old: u32,
    /// Members who say that it still holds.
    #[serde(default)]
    pub valid: u32,
    /// When its author was last told that it is out of date for members, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_obsolete_at: Option<i64>,
    /// « Tendance » with the votes that were counted last; see [`crate::rank::hot`].
    #[serde(default)]
    pub hot: i64,
    /// When the counters on its post were last brought up to date, Unix milliseconds.
    #[serde(default)]
    pub refreshed_at: i64,
    /// What others added to its description and was accepted, newest first, three at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub completions: Vec<String>,
    /// When the name of its thread was changed lately, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renames: Vec<i64>,
}

impl Resource {
    /// A resource that was just sent: no opinion, no post, neither link nor file yet.
    pub fn new(id: ResourceId, title: &str, description: &str, author: UserId, sent_at: i64) -> Self {
        Self {
            id,
            state: State::EnVerification,
            title: title.to_owned(),
            description: description.to_owned(),
            themes: Vec::new(),
            link: None,
            original: None,
            short_key: None,
            file: None,
            file_key: None,
            author,
            sent_at,
            published_at: None,
            posting_since: None,
            thread: None,
            message_in: None,
            case: None,
            removed_by: None,
            file_kept: None,
            shut: false,
            up: 0,
            down: 0,
            kind: None,
            level: None,
            tongue: None,
            obsolete: false,
            health: Health::default(),
            preview: None,
            said_obsolete: None,
            old: 0,
            valid: 0,
            told_obsolete_at: None,
            hot: 0,
            refreshed_at: 0,
            completions: Vec::new(),
            renames: Vec::new(),
        }
    }

    /// Where the message with its card is, once it is published.
    pub fn message(&self) -> Option<(ChannelId, MessageId)> {
        let thread = self.thread?;
        Some((self.message_in.unwrap_or(thread), thread.first_message()))
    }

    /// Whether it is out of date: somebody who knows says so, or enough members do.
    pub fn is_obsolete(&self) -> bool {
        self.said_obsolete.is_some() || self.old.saturating_sub(self.valid) >= QUORUM
    }

    /// « Tendance » with its votes as they are here.
    pub fn hot_now(&self) -> i64 {
        let published = self.published_at.unwrap_or(self.sent_at).div_euclid(1000);
        rank::hot(self.up, self.down, published, self.obsolete)
    }

    /// The names of its themes.
    pub fn theme_names(&self) -> Vec<String> {
        self.themes.iter().map(|theme| theme.name.clone()).collect()
    }

    /// Every key that it holds: no other resource of the server has one of them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let link = self.link.as_ref().map(|link| link.key.as_str());
        link.into_iter().chain(self.short_key.as_deref()).chain(self.file_key.as_deref())
    }
}

/// The link of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedLink {
    /// What « Ouvrir » opens.
    pub open: String,
    /// Its address shown as text.
    pub clean: String,
    /// Key by which it is compared; see `link::key`.
    pub key: String,
    /// Revision of the rules that made the key.
    pub rules_version: u32,
}

/// The file of a resource, which its post carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFile {
    /// Name as the person's device gave it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// A file that somebody sent with the form: Discord keeps it at a signed address for about a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Name as the person's device gave it.
    pub name: String,
    /// Bytes, as Discord says.
    pub size: u64,
    /// Where Discord keeps it for now.
    pub url: String,
}

/// Personal data of a resource.
pub const RESOURCE_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "author",
        purpose: "say who shared it, and keep people from voting on their own",
        basis: Basis::LegitimateInterest,
        retention: "until erasure, or 12 months after the last membership",
    },
    PersonalField {
        field: "original",
        purpose: "give the link back to its author as it was typed",
        basis: Basis::LegitimateInterest,
        retention: "until erasure, or 12 months after the last membership",
    },
];

/// One opinion of one person on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Useful, or not.
    pub useful: bool,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Personal data of a vote: its key holds the person.
pub const VOTE_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "sk",
    purpose: "one opinion for each person and resource",
    basis: Basis::LegitimateInterest,
    retention: "while the resource lives, 24 months at most",
}];

/// On what somebody voted in one hour: an attribute for each resource, besides this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Voted {
    /// How often, withdrawing included.
    #[serde(default)]
    pub presses: u32,
}

/// Personal data of votes by the hour.
pub const VOTED_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "presses",
        purpose: "keep votes from being cast by a machine",
        basis: Basis::LegitimateInterest,
        retention: "24 months",
    },
    PersonalField {
        field: "H-…",
        purpose: "find somebody's votes again, for export and erasure",
        basis: Basis::LegitimateInterest,
        retention: "24 months",
    },
];

/// What somebody typed and could not publish yet. Kept 14 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Draft {
    /// Link as typed.
    #[serde(default)]
    pub link: String,
    /// Title as typed.
    #[serde(default)]
    pub title: String,
    /// Description as typed.
    #[serde(default)]
    pub description: String,
    /// Ids of the chosen themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// The file that came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Upload>,
}

/// Personal data of a draft.
pub const DRAFT_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "link",
        purpose: "give back what was typed",
        basis: Basis::LegitimateInterest,
        retention: "14 days",
    },
    PersonalField {
        field: "title",
        purpose: "give back what was typed",
        basis: Basis::LegitimateInterest,
        retention: "14 days",
    },
    PersonalField {
        field: "description",
        purpose: "give back what was typed",
        basis: Basis::LegitimateInterest,
        retention: "14 days",
    },
    PersonalField {
        field: "themes",
        purpose: "give back what was chosen",
        basis: Basis::LegitimateInterest,
        retention: "14 days",
    },
    PersonalField {
        field: "file",
        purpose: "publish it without asking for it again",
        basis: Basis::LegitimateInterest,
        retention: "14 days",
    },
];

/// A subject under which resources stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Theme {
    /// Identity, short and without meaning to people.
    pub id: String,
    /// Name, 2 to 20 characters.
    pub name: String,
    /// The tag of the forum that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<TagId>,
    /// Other words for it, as `js` for JavaScript. Only the themes of the server have them, not the
    /// copies that resources keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// The themes of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Themes {
    /// In the order in which they are shown.
    #[serde(default)]
    pub themes: Vec<Theme>,
}

impl Themes {
    /// The theme of this id.
    pub fn get(&self, id: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.id == id)
    }
}

/// A resource in the list of all that are published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which one.
    pub id: ResourceId,
    /// Ids of its themes.
    #[serde(default)]
    pub themes: Vec<String>,
}

/// How often a person has shared lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Rate {
    /// Moments of the last day, Unix milliseconds, oldest first.
    #[serde(default)]
    pub shares: Vec<i64>,
}

/// Personal data of a rate: when somebody shared.
pub const RATE_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "shares",
    purpose: "keep the library from being flooded",
    basis: Basis::LegitimateInterest,
    retention: "24 hours",
}];

/// What a search must know of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Identity.
    pub id: ResourceId,
    /// Title as typed.
    pub title: String,
    /// Names of its themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Its post.
    pub thread: ChannelId,
    /// When it was published, Unix milliseconds.
    pub published_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_read_out() {
        let id = ResourceId::new(0x4_1234_5678);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("h-000000o".parse::<ResourceId>(), Ok(ResourceId::new(0)));
        assert_eq!("H-000000l".parse::<ResourceId>(), Ok(ResourceId::new(1)));
        assert_eq!("H-00000".parse::<ResourceId>(), Err(NotAResource));
        assert_eq!("H-é00000".parse::<ResourceId>(), Err(NotAResource));
        assert_eq!(ResourceId::new(u64::MAX).to_string(), "H-ZZZZZZZ");
    }
}
