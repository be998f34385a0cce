//! What people are told about, as it is kept.

use discord::ChannelId;
use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};

use crate::case::model::{About, CaseId, Verdict};
use crate::model::ResourceId;
use crate::sanction::model::Measure;

/// Something that a person is told. Titles and reasons are as typed: they are escaped when shown.
///
/// A kind is a format: it is added, never given another meaning. Source of the list: HUB §15.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// One's resource is published.
    Published {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
    },
    /// One's resource could not be published: what was typed is in a draft.
    NotPublished {
        /// Its title.
        title: String,
        /// The draft.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<u64>,
    },
    /// One's link or file turned out to be that of a resource which is there already: what was typed is
    /// in a draft.
    Duplicate {
        /// Its title, as one typed it.
        title: String,
        /// The resource that is there.
        resource: ResourceId,
        /// Its post; none while it is being published.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<ChannelId>,
        /// The draft.
        draft: u64,
    },
    /// Somebody proposes more words for one's resource.
    Completion {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
    },
    /// One's resource is out of date for several people.
    Obsolete {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
        /// How many say so.
        people: u32,
    },
    /// One's resource is out of date for the staff.
    ObsoleteForStaff {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
    },
    /// One's resource is out of sight, by reports.
    Hidden {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
    },
    /// One's resource became part of another, or another of one's own.
    Merged {
        /// The one that is kept.
        resource: ResourceId,
        /// Title of the one that is kept.
        title: String,
        /// Why.
        reason: String,
    },
    /// Moderators decided about what one wrote.
    Decided {
        /// The case, to contest it.
        case: CaseId,
        /// What.
        verdict: Verdict,
        /// About what.
        about: About,
        /// Its title, or the first words of a message.
        title: String,
        /// Why.
        reason: String,
        /// This is the last word.
        last: bool,
    },
    /// One's report was handled.
    ReportHandled,
    /// A measure was taken about oneself.
    Sanctioned {
        /// Which one.
        measure: Measure,
        /// Until when, Unix milliseconds; none until it is lifted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<i64>,
        /// Why.
        reason: String,
    },
    /// A measure about oneself was lifted.
    Lifted {
        /// Why.
        reason: String,
    },
    /// The link of one's resource does not answer any more.
    DeadLink {
        /// Which one.
        resource: ResourceId,
        /// Its title.
        title: String,
    },
    /// A level was reached.
    Level {
        /// Which one.
        level: u32,
    },
    /// A badge was given.
    Badge {
        /// Its name.
        name: String,
    },
    /// A kind of another version: it is kept, and not shown.
    #[serde(other)]
    Unknown,
}

impl Notice {
    /// The resource that it is about.
    pub const fn resource(&self) -> Option<ResourceId> {
        match self {
            Self::Published { resource, .. }
            | Self::Duplicate { resource, .. }
            | Self::Completion { resource, .. }
            | Self::Obsolete { resource, .. }
            | Self::ObsoleteForStaff { resource, .. }
            | Self::Hidden { resource, .. }
            | Self::Merged { resource, .. }
            | Self::DeadLink { resource, .. } => Some(*resource),
            Self::Decided { about, .. } => about.resource(),
            Self::NotPublished { .. }
            | Self::ReportHandled
            | Self::Sanctioned { .. }
            | Self::Lifted { .. }
            | Self::Level { .. }
            | Self::Badge { .. }
            | Self::Unknown => None,
        }
    }
}

impl Notice {
    /// The draft in which what was typed is kept.
    pub const fn draft(&self) -> Option<u64> {
        match self {
            Self::NotPublished { draft, .. } => *draft,
            Self::Duplicate { draft, .. } => Some(*draft),
            _ => None,
        }
    }
}

/// A notice in somebody's inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// When, Unix milliseconds.
    pub at: i64,
    /// What.
    pub notice: Notice,
}

/// Personal data of a notice.
pub const NOTICE_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "pk",
        purpose: "tell a person what concerns them",
        basis: Basis::LegitimateInterest,
        retention: "90 days",
    },
    PersonalField {
        field: "notice",
        purpose: "tell a person what concerns them",
        basis: Basis::LegitimateInterest,
        retention: "90 days",
    },
];

/// Up to when somebody knows the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Seen {
    /// The inbox was opened, Unix milliseconds.
    #[serde(default)]
    pub opened_at: i64,
    /// The person was told that there is something in it, Unix milliseconds.
    #[serde(default)]
    pub told_at: i64,
}

/// Personal data of what somebody has seen.
pub const SEEN_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "opened_at",
        purpose: "tell news apart from what was read",
        basis: Basis::LegitimateInterest,
        retention: "until erasure, or 12 months after the last membership",
    },
    PersonalField {
        field: "told_at",
        purpose: "say once that there is news",
        basis: Basis::LegitimateInterest,
        retention: "until erasure, or 12 months after the last membership",
    },
];

/// An item of the inbox, as it is read: a notice, or what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// A notice.
    Notice(Kept),
    /// What was seen.
    Seen(Seen),
}

/// What was read of somebody's inbox, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inbox {
    /// What was seen.
    pub seen: Seen,
    /// The notices, newest first.
    pub notices: Vec<Kept>,
}

impl From<Vec<Entry>> for Inbox {
    fn from(entries: Vec<Entry>) -> Self {
        let mut inbox = Self::default();
        for entry in entries {
            match entry {
                Entry::Notice(Kept { notice: Notice::Unknown, .. }) => {}
                Entry::Notice(kept) => inbox.notices.push(kept),
                Entry::Seen(seen) => {
                    inbox.seen.opened_at = inbox.seen.opened_at.max(seen.opened_at);
                    inbox.seen.told_at = inbox.seen.told_at.max(seen.told_at);
                }
            }
        }
        inbox
    }
}

impl Inbox {
    /// Notices that came after the inbox was last opened.
    pub fn unread(&self) -> usize {
        self.notices.iter().filter(|kept| kept.at > self.seen.opened_at).count()
    }

    /// Whether there is something that the person was not told of.
    pub fn has_untold(&self) -> bool {
        let known = self.seen.opened_at.max(self.seen.told_at);
        self.notices.first().is_some_and(|kept| kept.at > known)
    }
}
