//! Keys, reads and writes of checks. Every pattern is listed in `docs/data.md`.

use app::Timestamp;
use discord::GuildId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Condition, Key, Update, Value, Write};

use super::model::{Health, Preview};
use super::plan::HOST_GAP_MS;
use crate::items::{STATE, resource};
use crate::model::ResourceId;

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
    let update = Update::new().set("health", Value::of(health).expect("plain data"));
    let update = match preview {
        Some(preview) => update.set("preview", Value::of(preview).expect("plain data")),
        None => update,
    };
    Write::update(resource(guild, id), update).when(Condition::exists())
}
