//! Keys, reads and writes of themes, and of what members suggest. What names a person stands with that
//! person, too, so that erasure finds it.

use app::Timestamp;
use discord::{GuildId, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::personal::{Basis, PersonalField};
use store::{Condition, Key, Query, Update, Value, Write};

use crate::items::{STATE, kept_with, resource};
use crate::link::words::fold;
use crate::model::{Resource, ResourceId, State, Theme, Themes};

/// How long a suggestion waits for a second voice, in seconds: 30 days, as a completion does.
const KEPT_SECS: i64 = 30 * 24 * 3600;

/// Wishes shown at once.
const WISHES_SHOWN: u32 = 50;

/// Voices for a theme of a resource that have not been heard yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Suggestion {
    /// Who says so.
    pub by: Vec<UserId>,
}

/// A theme that members want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Wish {
    /// Its name as the first person typed it.
    pub name: String,
    /// Who wants it.
    pub by: Vec<UserId>,
}

/// Personal data of suggestions and wishes.
pub const VOICES_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "by",
    purpose: "count each person once, and thank those who suggested",
    basis: Basis::LegitimateInterest,
    retention: "30 days",
}];

/// The voices for a theme of a resource.
pub fn suggestion(guild: GuildId, id: ResourceId, theme: &str) -> Key {
    Key::new(STATE, format!("G#{guild}#R#{id}"), format!("TAG#{theme}"))
}

/// A theme that members want.
pub fn wish(guild: GuildId, wish: &str) -> Key {
    Key::new(STATE, format!("G#{guild}#WISH"), format!("WISH#{wish}"))
}

/// The themes that members want.
pub fn wishes(guild: GuildId) -> Query {
    Query::of(STATE, format!("G#{guild}#WISH")).prefix("WISH#").limit(WISHES_SHOWN)
}

/// The id of a wish: two spellings of one name are one wish.
pub fn wish_id(name: &str) -> String {
    hex::encode(&Sha256::digest(same(name))[..8])
}

/// A name as it is compared.
pub fn same(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Serialize)]
struct Mine {}

/// One voice more for a theme of a resource, if nobody spoke meanwhile.
pub fn suggest(
    guild: GuildId,
    id: ResourceId,
    theme: &str,
    user: UserId,
    seen: Option<&Suggestion>,
    now: Timestamp,
) -> [Write; 2] {
    let by = with(seen.map(|seen| seen.by.as_slice()), user);
    let ends = now.secs() + KEPT_SECS;
    [
        Write::put(suggestion(guild, id, theme), &Suggestion { by })
            .when(heard(seen.map(|seen| &seen.by), now))
            .expires(ends),
        Write::put(kept_with(guild, user, &format!("TAG#{id}#{theme}")), &Mine {}).expires(ends),
    ]
}

/// The suggestion has been heard: nothing of it is kept.
pub fn settle(
    guild: GuildId,
    id: ResourceId,
    theme: &str,
    seen: Option<&Suggestion>,
    now: Timestamp,
) -> Vec<Write> {
    let item = Write::delete(suggestion(guild, id, theme)).when(heard(seen.map(|seen| &seen.by), now));
    let own = |user: &UserId| Write::delete(kept_with(guild, *user, &format!("TAG#{id}#{theme}")));
    std::iter::once(item).chain(seen.into_iter().flat_map(|seen| &seen.by).map(own)).collect()
}

/// One voice more for a new theme, if nobody spoke meanwhile.
pub fn want(guild: GuildId, name: &str, user: UserId, seen: Option<&Wish>, now: Timestamp) -> [Write; 2] {
    let id = wish_id(name);
    let ends = now.secs() + KEPT_SECS;
    let name = seen.map_or(name, |seen| &seen.name).to_owned();
    let by = with(seen.map(|seen| seen.by.as_slice()), user);
    [
        Write::put(wish(guild, &id), &Wish { name, by })
            .when(heard(seen.map(|seen| &seen.by), now))
            .expires(ends),
        Write::put(kept_with(guild, user, &format!("WISH#{id}")), &Mine {}).expires(ends),
    ]
}

/// The wish has been decided: nothing of it is kept.
pub fn decided(guild: GuildId, seen: &Wish, now: Timestamp) -> Vec<Write> {
    let id = wish_id(&seen.name);
    let item = Write::delete(wish(guild, &id)).when(heard(Some(&seen.by), now));
    let own = |user: &UserId| Write::delete(kept_with(guild, *user, &format!("WISH#{id}")));
    std::iter::once(item).chain(seen.by.iter().map(own)).collect()
}

fn with(seen: Option<&[UserId]>, user: UserId) -> Vec<UserId> {
    seen.unwrap_or_default().iter().copied().chain([user]).collect()
}

/// Nobody spoke since it was read.
fn heard(seen: Option<&Vec<UserId>>, now: Timestamp) -> Condition {
    match seen {
        Some(by) => Condition::equals("by", Value::of(by).expect("a list of ids")),
        None => Condition::gone(now.secs()),
    }
}

/// The themes of the server are these, if nobody changed them meanwhile.
pub fn change(guild: GuildId, seen: &Themes, next: &Themes) -> Write {
    let as_seen = Condition::equals("themes", Value::of(&seen.themes).expect("themes are plain data"));
    let unchanged =
        if seen.themes.is_empty() { Condition::any([Condition::absent(), as_seen]) } else { as_seen };
    crate::items::put_themes(guild, next).when(unchanged)
}

/// A resource has these themes from now on, if they are what they were.
pub fn themed(guild: GuildId, seen: &Resource, themes: Vec<Theme>) -> Vec<Write> {
    let value = |themes: &[Theme]| Value::of(&themes).expect("themes are plain data");
    let update = Update::new().set("themes", value(&themes));
    let unchanged = Condition::all([
        Condition::equals("state", seen.state.word()),
        Condition::equals("themes", value(&seen.themes)),
    ]);
    let mut writes = vec![Write::update(resource(guild, seen.id), update).when(unchanged)];
    let next = Resource { themes, ..seen.clone() };
    if next.state == State::Publiee {
        writes.extend(crate::items::found_again(guild, &next));
    } else {
        writes.push(crate::items::list(guild, &next));
    }
    writes
}

/// What erasure takes away when it finds `TAG#…` or `WISH#…` with a person: the voice itself.
pub fn forget(guild: GuildId, sk: &str) -> Option<Write> {
    if let Some(id) = sk.strip_prefix("WISH#") {
        return Some(Write::delete(wish(guild, id)));
    }
    let (id, theme) = sk.strip_prefix("TAG#")?.split_once('#')?;
    Some(Write::delete(suggestion(guild, id.parse().ok()?, theme)))
}
