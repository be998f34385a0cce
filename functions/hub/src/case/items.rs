//! Keys, reads and writes of cases.

use app::Timestamp;
use discord::GuildId;
use store::{Condition, Key, Query, Update, Value, Write};

use super::model::{About, Appeal, Case, CaseId, Lock, Posted, Queued, Ruling, Stage};
use crate::history::NOBODY;
use crate::items::{STATE, kept_with};
use crate::report;

/// Open cases that one page of the queue reads.
pub const QUEUE_MAX: u32 = 50;

/// The partition of a case: itself, and its reports.
pub(crate) fn partition(guild: GuildId, id: CaseId) -> String {
    format!("G#{guild}#C#{id}")
}

/// A case.
pub fn case(guild: GuildId, id: CaseId) -> Key {
    Key::new(STATE, partition(guild, id), "CASE")
}

/// A case with its first reports.
pub fn file(guild: GuildId, id: CaseId) -> Query {
    Query::of(STATE, partition(guild, id)).limit(report::items::PAGE + 1).consistent()
}

fn queue_pk(guild: GuildId) -> String {
    format!("G#{guild}#QUEUE")
}

/// A place in the queue.
pub fn place(guild: GuildId, place: &str) -> Key {
    Key::new(STATE, queue_pk(guild), place)
}

/// Where the open cases are named, those for which moderators are called first, oldest first.
pub fn queue(guild: GuildId) -> Query {
    Query::of(STATE, queue_pk(guild)).limit(QUEUE_MAX)
}

/// A case is opened. Whom it concerns can be found from the person: for erasure.
pub fn create(guild: GuildId, opened: &Case) -> Vec<Write> {
    #[derive(serde::Serialize)]
    struct About {}
    let mut writes = vec![Write::create(case(guild, opened.id), opened)];
    if opened.author != NOBODY {
        writes.push(Write::put(kept_with(guild, opened.author, &format!("ABOUT#{}", opened.id)), &About {}));
    }
    writes
}

/// A case concerns nobody any more whose name is kept: its author was erased.
pub fn forget(guild: GuildId, seen: &Case) -> Write {
    let mut update = Update::new().set("author", NOBODY.to_string()).remove("appeal");
    if let About::Person(_) = seen.about {
        update = update.set("about", Value::of(&About::Person(NOBODY)).expect("plain data"));
    }
    Write::update(case(guild, seen.id), update).when(Condition::exists())
}

/// Nothing happens unless the case is still to be decided.
pub fn still_open(guild: GuildId, id: CaseId) -> Write {
    Write::check(case(guild, id)).when(Condition::equals("stage", Stage::Ouvert.word()))
}

/// Moderators are called.
pub fn reach(guild: GuildId, id: CaseId, now: Timestamp) -> Write {
    Write::update(case(guild, id), Update::new().set("reached_at", now.0))
        .when(Condition::lacks("reached_at"))
}

/// What stands in the queue of a case goes from what the case says to `next`, a place and what is there.
pub fn move_in_queue(guild: GuildId, seen: &Case, next: Option<(&str, &Queued)>) -> Vec<Write> {
    let unchanged = match &seen.queued {
        Some(place) => Condition::equals("queued", place.as_str()),
        None => Condition::all([Condition::exists(), Condition::lacks("queued")]),
    };
    let update = match next {
        Some((place, _)) => Update::new().set("queued", place),
        None => Update::new().remove("queued"),
    };
    let mut writes = vec![Write::update(case(guild, seen.id), update).when(unchanged)];
    let left = seen.queued.as_deref().filter(|old| next.is_none_or(|(place, _)| place != *old));
    writes.extend(left.map(|old| Write::delete(place(guild, old))));
    writes.extend(next.map(|(next, queued)| Write::put(place(guild, next), queued)));
    writes
}

/// The worker is about to post the card of a case.
pub fn posting(guild: GuildId, id: CaseId, now: Timestamp) -> Write {
    Write::update(case(guild, id), Update::new().set("posting_since", now.0)).when(Condition::lacks("card"))
}

/// The card is there.
pub fn posted(guild: GuildId, id: CaseId, card: Posted) -> Write {
    let card = Value::of(&card).expect("two ids");
    Write::update(case(guild, id), Update::new().set("card", card)).when(Condition::lacks("card"))
}

/// Nobody else has the case in hand at this moment.
fn free_for(lock: Option<Lock>) -> Condition {
    match lock {
        Some(lock) => Condition::equals("lock", Value::of(&lock).expect("an id and a moment")),
        None => Condition::lacks("lock"),
    }
}

/// A moderator takes a case in hand, or gives it back, if nobody else did meanwhile.
pub fn lock(guild: GuildId, seen: &Case, next: Option<Lock>) -> Write {
    let update = match next {
        Some(lock) => Update::new().set("lock", Value::of(&lock).expect("an id and a moment")),
        None => Update::new().remove("lock"),
    };
    Write::update(case(guild, seen.id), update)
        .when(free_for(seen.lock))
        .when(Condition::equals("stage", seen.stage.word()))
}

/// A case is decided: what was seen of it has one ruling more, and goes to this stage.
pub fn rule(guild: GuildId, seen: &Case, ruling: Ruling, stage: Stage) -> Write {
    let rulings: Vec<Ruling> = seen.rulings.iter().cloned().chain([ruling]).collect();
    let update = Update::new()
        .set("stage", stage.word())
        .set("rulings", Value::of(&rulings).expect("plain data"))
        .remove("lock");
    Write::update(case(guild, seen.id), update)
        .when(free_for(seen.lock))
        .when(Condition::equals("stage", seen.stage.word()))
}

/// The author is told of a decision: once, whatever becomes of the message.
pub fn told(guild: GuildId, id: CaseId, ruling: u32) -> Write {
    let before = Condition::any([Condition::lacks("told_of"), Condition::less("told_of", ruling)]);
    Write::update(case(guild, id), Update::new().set("told_of", ruling)).when(before)
}

/// The author contests: the case is to be decided again, and called for with another card.
pub fn contest(guild: GuildId, id: CaseId, appeal: &Appeal) -> Write {
    let update = Update::new()
        .set("stage", Stage::Conteste.word())
        .set("appeal", Value::of(appeal).expect("plain data"))
        .set_if_absent("reached_at", appeal.at)
        .remove("card")
        .remove("posting_since");
    Write::update(case(guild, id), update)
        .when(Condition::equals("stage", Stage::Decide.word()))
        .when(Condition::lacks("appeal"))
}

/// How long a closed case is kept, in seconds: twelve months.
///
/// Source: HUB §15.4.
const KEPT_SECS: i64 = 365 * 24 * 3600;

/// Nobody contested in time: the case is closed, and ends after twelve months.
pub fn close(guild: GuildId, id: CaseId) -> Write {
    Write::update(case(guild, id), Update::new().set("stage", Stage::Clos.word()))
        .when(Condition::equals("stage", Stage::Decide.word()))
}

/// A closed case ends after twelve months.
pub fn ends(guild: GuildId, id: CaseId, now: Timestamp) -> Write {
    Write::update(case(guild, id), Update::new()).when(Condition::exists()).expires(now.secs() + KEPT_SECS)
}
