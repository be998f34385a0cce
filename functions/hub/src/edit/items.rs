//! Keys and writes of changes to what is published.

use app::Timestamp;
use discord::GuildId;
use store::{Condition, Update, Value, Write};

use super::plan::recent;
use crate::items::resource;
use crate::model::Resource;

/// The name of a thread is about to be changed once more.
pub fn renamed(guild: GuildId, seen: &Resource, now: Timestamp) -> Write {
    let mut renames = recent(&seen.renames, now);
    renames.push(now.0);
    let renames = Value::of(&renames).expect("a list of numbers");
    Write::update(resource(guild, seen.id), Update::new().set("renames", renames))
        .when(Condition::equals("title", seen.title.as_str()))
}
