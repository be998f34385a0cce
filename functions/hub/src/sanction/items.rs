//! Keys, reads and writes of sanctions. They stand with the person.

use app::Timestamp;
use discord::{GuildId, UserId};
use store::{Condition, Key, Query, Update, Write};

use super::model::{Proposal, Sanction, Suspension};
use crate::items::{STATE, kept_with, person_pk};

/// How long a sanction is kept after its end, in seconds: twelve months.
///
/// Source: HUB §15.4.
const KEPT_SECS: i64 = 365 * 24 * 3600;

/// How long a proposed exclusion waits for somebody who confirms it, in seconds: 30 days.
const PROPOSED_SECS: i64 = 30 * 24 * 3600;

/// Sanctions of one person that are read.
const READ_MAX: u32 = 50;

/// First part of the sort keys of sanctions.
const PREFIX: &str = "SANCTION#";

/// What a person may not do at the moment.
pub fn suspension(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, "SUSPENDED")
}

/// An exclusion that waits for somebody who confirms it.
pub fn proposal(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, "EXCLUSION")
}

fn sanction(guild: GuildId, user: UserId, at: i64) -> Key {
    kept_with(guild, user, &format!("{PREFIX}{at:013}"))
}

/// The sanctions of a person, newest first.
pub fn sanctions(guild: GuildId, user: UserId) -> Query {
    Query::of(STATE, person_pk(guild, user)).prefix(PREFIX).reverse().limit(READ_MAX)
}

/// A measure is taken. Two of one moment do not meet unseen.
pub fn take(guild: GuildId, user: UserId, taken: &Sanction) -> Write {
    let write = Write::create(sanction(guild, user, taken.at), taken);
    match taken.until {
        Some(until) => write.expires(until.div_euclid(1000) + KEPT_SECS),
        None => write,
    }
}

/// A person is suspended from now on, as nothing else was decided meanwhile.
pub fn suspend(
    guild: GuildId,
    user: UserId,
    seen: Option<Suspension>,
    next: Suspension,
    now: Timestamp,
) -> Write {
    let unchanged = match seen {
        Some(seen) => Condition::equals("at", seen.at),
        None => Condition::gone(now.secs()),
    };
    let write = Write::put(suspension(guild, user), &next).when(unchanged);
    match next.until {
        Some(until) => write.expires(until.div_euclid(1000)),
        None => write,
    }
}

/// A suspension that was seen still stands.
pub fn stands(guild: GuildId, user: UserId, seen: Suspension) -> Write {
    Write::check(suspension(guild, user)).when(Condition::equals("at", seen.at))
}

/// A suspension is lifted: the person writes again.
pub fn lift(guild: GuildId, user: UserId, seen: Suspension, now: Timestamp) -> [Write; 2] {
    [
        Write::delete(suspension(guild, user)).when(Condition::equals("at", seen.at)),
        Write::update(sanction(guild, user, seen.at), Update::new().set("lifted_at", now.0))
            .when(Condition::exists())
            .expires(now.secs() + KEPT_SECS),
    ]
}

/// Somebody proposes an exclusion, if nobody did.
pub fn propose(guild: GuildId, user: UserId, proposed: &Proposal, now: Timestamp) -> Write {
    let free = Condition::gone(now.secs());
    Write::put(proposal(guild, user), proposed).when(free).expires(now.secs() + PROPOSED_SECS)
}

/// A proposal is decided: once.
pub fn settle(guild: GuildId, user: UserId) -> Write {
    Write::delete(proposal(guild, user)).when(Condition::exists())
}
