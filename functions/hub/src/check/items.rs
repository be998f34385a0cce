//! Keys, reads and writes of checks. Every pattern is listed in `docs/data.md`.

use app::Timestamp;
use discord::GuildId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Condition, Key, Update, Value, Write};

use super::model::{Health, Preview};
use super::plan::HOST_GAP_MS;
use crate::items::{STATE, found_again, resource};
use crate::model::{Resource, ResourceId, State};

/// When a look at a host began, or will begin, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Unix milliseconds.
    pub at: i64,
}

/// The last look at a host. Servers do not know our guilds, so all of them share it.
pub fn slot(host: &str) -> Key {
    Key::new(STATE, format!("G#0#HOST#{}", hex::encode(Sha256::digest(host))), "SLOT")
}

/// A look at a host begins at `next`, if nobody else has taken a place since `seen`.
pub fn take_slot(host: &str, seen: Option<Slot>, next: i64) -> Write {
    let unchanged = match seen {
        Some(seen) => Condition::equals("at", seen.at),
        None => Condition::absent(),
    };
    // It says nothing any more once the next look may begin; until then it stays.
    let ends = Timestamp(next + HOST_GAP_MS).secs() + 1;
    Write::put(slot(host), &Slot { at: next }).when(unchanged).expires(ends)
}

/// What a look has shown.
pub fn looked(guild: GuildId, id: ResourceId, health: &Health, preview: Option<&Preview>) -> Write {
    seen(guild, id, health, preview).when(Condition::exists())
}

/// What a look has shown, which takes a resource out of the lists or brings it back: written with its
/// place there, and only if it is still what was looked at. Hidden, withdrawn or edited meanwhile, it is
/// looked at anew.
pub fn turned(guild: GuildId, resource: &Resource, health: &Health, preview: Option<&Preview>) -> Vec<Write> {
    let themes = Value::of(&resource.themes).expect("plain data");
    let same = Condition::all([
        Condition::equals("state", resource.state.word()),
        Condition::equals("title", resource.title.as_str()),
        Condition::equals("description", resource.description.as_str()),
        Condition::equals("themes", themes),
    ]);
    let mut writes = vec![seen(guild, resource.id, health, preview).when(same)];
    // What nobody is to see has no place in the lists, dead or not.
    if resource.state == State::Publiee {
        let turned = Resource { health: *health, ..resource.clone() };
        writes.extend(found_again(guild, &turned));
    }
    writes
}

fn seen(guild: GuildId, id: ResourceId, health: &Health, preview: Option<&Preview>) -> Write {
    let update = Update::new().set("health", Value::of(health).expect("plain data"));
    let update = match preview {
        Some(preview) => update.set("preview", Value::of(preview).expect("plain data")),
        None => update,
    };
    Write::update(resource(guild, id), update)
}
