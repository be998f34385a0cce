//! Key, read and write of the blacklist.

use discord::GuildId;
use store::{Condition, Key, Value, Write};

use super::model::Blacklist;
use crate::items::STATE;

/// The blacklist of a server.
pub fn blacklist(guild: GuildId) -> Key {
    Key::new(STATE, format!("G#{guild}"), "BLACKLIST")
}

/// The blacklist goes from what was seen to this, if nobody changed it meanwhile.
pub fn put(guild: GuildId, seen: Option<&Blacklist>, next: &Blacklist) -> Write {
    let unchanged = match seen {
        Some(seen) => Condition::equals("entries", Value::of(&seen.entries).expect("plain data")),
        None => Condition::absent(),
    };
    Write::put(blacklist(guild), next).when(unchanged)
}
