//! Keys, reads and writes of what is saved. They stand with the person, so that erasure finds them.

use discord::{GuildId, UserId};
use store::{Condition, Key, Query, Update, Write};

use super::model::{Count, Saved};
use crate::items::{STATE, kept_with, person_pk};
use crate::model::ResourceId;

/// Resources that one person may save. Source: HUB §9.
pub const SAVED_MAX: u32 = 500;

/// A resource that somebody saved.
pub fn saved(guild: GuildId, user: UserId, id: ResourceId) -> Key {
    kept_with(guild, user, &format!("SAVE#{id}"))
}

/// How many somebody saved.
pub fn count(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, "SAVES")
}

/// Everything that somebody saved.
pub fn all(guild: GuildId, user: UserId) -> Query {
    Query::of(STATE, person_pk(guild, user)).prefix("SAVE#").consistent().limit(SAVED_MAX)
}

/// It is saved, if it was not and the list has room. Both are conditions: of two clicks at once one is
/// decided again, with what the other wrote.
pub fn save(guild: GuildId, user: UserId, saved: &Saved) -> [Write; 2] {
    let room = Condition::any([Condition::lacks("count"), Condition::less("count", SAVED_MAX)]);
    [
        Write::create(self::saved(guild, user, saved.id), saved),
        Write::update(count(guild, user), Update::new().add("count", 1)).when(room),
    ]
}

/// It is saved no longer, if it was.
pub fn remove(guild: GuildId, user: UserId, id: ResourceId) -> [Write; 2] {
    [
        Write::delete(saved(guild, user, id)).when(Condition::exists()),
        Write::update(count(guild, user), Update::new().add("count", -1))
            .when(Condition::greater("count", 0_u32)),
    ]
}

/// What is saved has this note, or none.
pub fn note(guild: GuildId, user: UserId, id: ResourceId, note: &str) -> Write {
    let update = if note.is_empty() { Update::new().remove("note") } else { Update::new().set("note", note) };
    Write::update(saved(guild, user, id), update).when(Condition::exists())
}

/// Whether the list has room for one more.
pub fn has_room(count: Count) -> bool {
    count.count < SAVED_MAX
}
