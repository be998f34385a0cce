//! What happened to a resource, a person or the library's settings, line by line. Nothing is ever
//! changed in it; each line ends after twelve months. Moderators and admins read it.
//!
//! Whatever changes something writes its line in the same transaction: [`line()`]. A vote has a line
//! only when its resource was reported.
//!
//! Source: HUB §13.5.

use std::fmt;

use app::Timestamp;
use discord::{GuildId, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::personal::{Basis, PersonalField};
use store::{Condition, Cursor, Key, Query, Store, StoreError, Update, Write};

use crate::items::STATE;
use crate::model::{ResourceId, State};

/// How long a line is kept, in seconds: twelve months.
///
/// Source: HUB §13.5.
const KEPT_SECS: i64 = 365 * 24 * 3600;

/// Lines on one page, newest first.
pub const PAGE: u32 = 20;

/// The hub itself, where nobody acted.
pub const NOBODY: UserId = UserId(0);

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A resource.
    Resource(ResourceId),
    /// A person.
    Person(UserId),
    /// The library of this server: its blacklist, its settings.
    Library,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource(id) => write!(f, "R#{id}"),
            Self::Person(user) => write!(f, "U#{user}"),
            Self::Library => f.write_str("HUB"),
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A resource was sent.
    Created,
    /// Title, description, link or themes changed.
    Edited,
    /// A resource went into another state.
    Became(State),
    /// A resource carries a flag from now on, or no longer: `obsolete`, `mort`, `verrouillee`.
    Flagged {
        /// The flag.
        flag: String,
        /// Whether it is there now.
        on: bool,
    },
    /// Somebody reported it: the key of the category.
    Reported(String),
    /// A case was decided: the key of the decision.
    Decided(String),
    /// A person got a measure: its key.
    Sanctioned(String),
    /// A measure was lifted.
    Lifted,
    /// The blacklist refused what a person wrote; the reason is the entry.
    Refused,
    /// The blacklist has one entry more.
    Listed,
    /// The blacklist has one entry less.
    Unlisted,
    /// This resource took in another one.
    Absorbed(ResourceId),
    /// This resource was taken in by another one.
    MergedInto(ResourceId),
    /// A merge was undone: the other resource.
    Unmerged(ResourceId),
    /// An admin gave or took XP: how much.
    Xp(i64),
    /// An admin gave a badge: its key.
    Badge(String),
    /// Somebody judged a resource that was reported: useful, not useful, or withdrawn.
    Voted(Option<bool>),
    /// A setting was changed: its key.
    Set(String),
}

/// One line: what, by whom, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What happened.
    pub event: Event,
    /// Who did it; [`NOBODY`] when the hub did.
    pub actor: UserId,
    /// Why, as typed: escape it before showing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Line {
    /// Something that this person did.
    pub fn new(actor: UserId, event: Event) -> Self {
        Self { event, actor, reason: None }
    }

    /// For this reason.
    #[must_use]
    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }
}

/// Personal data of a line: its key holds the person whom it is about.
pub const LINE_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "pk",
        purpose: "find what was decided about a person",
        basis: Basis::LegitimateInterest,
        retention: "12 months",
    },
    PersonalField {
        field: "actor",
        purpose: "show who acted, so that moderation can be answered for",
        basis: Basis::LegitimateInterest,
        retention: "12 months",
    },
    PersonalField {
        field: "reason",
        purpose: "show why something was decided",
        basis: Basis::LegitimateInterest,
        retention: "12 months",
    },
];

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// When, Unix milliseconds.
    pub at: i64,
    /// What.
    #[serde(flatten)]
    pub line: Line,
}

fn pk(guild: GuildId, target: Target) -> String {
    format!("G#{guild}#H#{target}")
}

/// One line more about a target.
///
/// Its place is made from its moment and content: written twice, it is there once.
pub fn line(guild: GuildId, target: Target, line: Line, now: Timestamp) -> Write {
    let content = serde_json::to_vec(&line).expect("a line is plain data");
    let name = hex::encode(&Sha256::digest(content)[..6]);
    let key = Key::new(STATE, pk(guild, target), format!("{:013}#{name}", now.0));
    Write::put(key, &Kept { at: now.0, line }).expires(now.secs() + KEPT_SECS)
}

/// The lines about a target, newest first, [`PAGE`] on a page.
pub fn about(guild: GuildId, target: Target) -> Query {
    Query::of(STATE, pk(guild, target)).reverse().limit(PAGE)
}

/// Lines that are read at once when somebody is erased.
const FORGET_PAGE: u32 = 90;

/// What keeps the lines about a target from naming a person who is erased: the lines about that person
/// go, in those about something else nobody is named. A page at a time; the cursor leads on.
///
/// # Errors
/// When the lines cannot be read.
pub async fn forget(
    store: &Store,
    guild: GuildId,
    target: Target,
    user: UserId,
    after: Option<Cursor>,
) -> Result<(Vec<Write>, Option<Cursor>), StoreError> {
    let mut query = Query::of(STATE, pk(guild, target)).limit(FORGET_PAGE);
    if let Some(cursor) = after {
        query = query.after(cursor);
    }
    let page = store.query(&query).await?;
    let mut writes = Vec::new();
    for item in page.items {
        let Some(sk) = item.get("sk").and_then(|sk| sk.as_s().ok()) else { continue };
        let key = Key::new(STATE, pk(guild, target), sk.as_str());
        if target == Target::Person(user) {
            writes.push(Write::delete(key));
            continue;
        }
        let kept: Kept = store::read(item.clone())?;
        if kept.line.actor == user {
            let update = Update::new().set("actor", NOBODY.to_string()).remove("reason");
            writes.push(Write::update(key, update).when(Condition::exists()));
        }
    }
    Ok((writes, page.next))
}

#[cfg(test)]
mod tests {
    use store::personal::undeclared;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_510_800_000);

    fn reported() -> Line {
        Line::new(UserId(3), Event::Reported("spam".into())).because("Trois fois la même annonce")
    }

    #[test]
    fn a_line_says_what_was_done_by_whom_and_why_and_ends_after_a_year() {
        let write = line(GuildId(1), Target::Resource(ResourceId::new(42)), reported(), NOW);
        assert_eq!(
            write.to_string(),
            "* G#1#H#R#H-000001A 1795510800000#d8074af48f58 actor=3 at=1795510800000 \
             event={reported=spam} exp=1827046800 reason=\"Trois fois la même annonce\""
        );
    }

    #[test]
    fn lines_are_read_back() {
        for event in [Event::Created, Event::Became(State::Masquee), Event::Voted(None), Event::Xp(-50)] {
            let kept = Kept { at: NOW.0, line: Line::new(NOBODY, event) };
            let write = line(GuildId(1), Target::Library, kept.line.clone(), NOW);
            assert_eq!(store::read::<Kept>(write.item().unwrap()).unwrap(), kept);
        }
    }

    #[test]
    fn the_same_line_twice_is_one_and_two_lines_of_one_moment_are_two() {
        let at = |line: Line| super::line(GuildId(1), Target::Person(UserId(9)), line, NOW).key().clone();
        assert_eq!(at(reported()), at(reported()));
        assert_ne!(at(reported()), at(Line::new(UserId(3), Event::Reported("spam".into()))));
    }

    #[test]
    fn what_a_line_says_of_people_is_declared() {
        let item = line(GuildId(1), Target::Person(UserId(9)), reported(), NOW).item().unwrap();
        assert_eq!(undeclared(&item, LINE_PERSONAL, &["at", "event"]), [""; 0]);
    }
}
