//! Keys, reads and writes of the inbox. They stand with the person, so that erasure finds them.

use app::Timestamp;
use discord::{GuildId, UserId};
use sha2::{Digest, Sha256};
use store::{Key, Query, Update, Write};

use super::model::{Kept, Notice};
use crate::items::{STATE, kept_with, person_pk};

/// How long a notice is kept, in seconds: 90 days.
///
/// Source: HUB §15.2.
const KEPT_SECS: i64 = 90 * 24 * 3600;

/// Notices that are shown at most.
///
/// Source: HUB §15.2.
pub const SHOWN_MAX: u32 = 50;

/// News that is counted; more than this is « more than 9 ».
pub const COUNTED_MAX: usize = 9;

/// First part of all sort keys of an inbox.
const PREFIX: &str = "NEWS#";

/// What somebody has seen of the news. It sorts behind all notices: one query from the end reads both.
pub fn seen(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, &format!("{PREFIX}SEEN"))
}

/// The key of a notice: its moment, and a mark of what it says. So it can be written without reading
/// anything, two at one moment do not meet, and a job that is done twice tells once.
fn notice(guild: GuildId, user: UserId, notice: &Notice, now: Timestamp) -> Key {
    let text = serde_json::to_vec(notice).expect("a notice is plain data");
    let mark = hex::encode(&Sha256::digest(text)[..4]);
    kept_with(guild, user, &format!("{PREFIX}{:013}-{mark}", now.0))
}

/// See [`super::tell`].
pub(super) fn tell(guild: GuildId, user: UserId, told: Notice, now: Timestamp) -> Write {
    let key = notice(guild, user, &told, now);
    Write::put(key, &Kept { at: now.0, notice: told }).expires(now.secs() + KEPT_SECS)
}

/// What was seen and the newest notices, `notices` of them.
pub fn newest(guild: GuildId, user: UserId, notices: u32) -> Query {
    Query::of(STATE, person_pk(guild, user)).prefix(PREFIX).reverse().limit(notices + 1)
}

/// The inbox was opened.
pub fn opened(guild: GuildId, user: UserId, now: Timestamp) -> Write {
    Write::update(seen(guild, user), Update::new().set("opened_at", now.0))
}

/// The person was told that there is news.
pub fn told(guild: GuildId, user: UserId, now: Timestamp) -> Write {
    Write::update(seen(guild, user), Update::new().set("told_at", now.0))
}
