//! Keys, reads and writes of what people say about a resource that has aged.

use app::Timestamp;
use discord::{GuildId, UserId};
use store::{Condition, Key, Query, Update, Write};

use super::model::{Opinion, Said};
use crate::items::{STATE, VOTE_SECS, pressed, resource, resource_pk};
use crate::model::{Resource, ResourceId, State};
use crate::tally;

/// First part of the sort keys of what members say.
const PREFIX: &str = "OLD#";

/// What one member says of one resource.
pub fn opinion(guild: GuildId, id: ResourceId, user: UserId) -> Key {
    Key::new(STATE, resource_pk(guild, id), format!("{PREFIX}{user}"))
}

/// What all members say of one resource, one page: some 10 000 of them.
pub fn opinions(guild: GuildId, id: ResourceId) -> Query {
    Query::of(STATE, resource_pk(guild, id)).prefix(PREFIX).consistent()
}

/// Whose opinion an item is.
pub fn whose(item: &store::Item) -> Option<UserId> {
    item.get("sk")?.as_s().ok()?.strip_prefix(PREFIX)?.parse().ok()
}

/// The opinion of a person goes from `seen` to `next`, and the counters with it: as for a vote.
pub fn cast(
    guild: GuildId,
    id: ResourceId,
    user: UserId,
    seen: Option<Opinion>,
    next: Option<Opinion>,
    now: Timestamp,
) -> [Write; 3] {
    let key = opinion(guild, id, user);
    let unchanged = match seen {
        Some(opinion) => Condition::equals("outdated", opinion.outdated),
        None => Condition::gone(now.secs()),
    };
    let opinion = match next {
        Some(next) => Write::put(key, &next).expires(now.secs() + VOTE_SECS),
        None => Write::delete(key),
    };
    let mut change = tally::Change::default();
    for (opinion, amount) in [(seen, -1), (next, 1)] {
        match opinion {
            Some(Opinion { outdated: true, .. }) => change.old += amount,
            Some(Opinion { outdated: false, .. }) => change.valid += amount,
            None => {}
        }
    }
    [
        opinion.when(unchanged),
        pressed(guild, user, now, format!("{PREFIX}{id}"), next.map(|next| next.outdated)),
        tally::count(guild, id, user, change),
    ]
}

/// The resources of an item of votes by the hour that were said to be out of date or not.
pub(crate) fn said_on(item: &store::Item) -> impl Iterator<Item = ResourceId> {
    item.keys().filter_map(|name| name.strip_prefix(PREFIX)?.parse().ok())
}

/// Author or staff say alone that it is out of date, or no longer: it is so at once, also among what is
/// trending.
pub fn say(guild: GuildId, seen: &Resource, next: &Resource) -> Write {
    let update = Update::new().set("obsolete", next.obsolete).set("hot", next.hot_now());
    let update = match next.said_obsolete {
        Some(said) => update.set("said_obsolete", said.word()),
        None => update.remove("said_obsolete"),
    };
    let as_seen = [Condition::equals("state", State::Publiee.word()), said_as(seen.said_obsolete)];
    Write::update(resource(guild, seen.id), update).when(Condition::all(as_seen))
}

/// Nobody has said it alone since it was read, or taken it back.
pub(crate) fn said_as(seen: Option<Said>) -> Condition {
    match seen {
        Some(said) => Condition::equals("said_obsolete", said.word()),
        None => Condition::lacks("said_obsolete"),
    }
}
