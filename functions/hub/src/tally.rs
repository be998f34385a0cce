//! Counters of a resource that many people change at the same moment.
//!
//! DynamoDB refuses one of two transactions that touch one item at once, and two hundred people may
//! press « Utile » together. So nobody counts on the resource itself: each person counts on one of
//! [`SHARDS`] small items beside it, and their sum is the truth. One query reads them with the
//! resource. The worker writes the sum into the resource with each refresh of the post; lists and
//! rankings read it there.

use app::{Loaded, Wanted};
use discord::{GuildId, UserId};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Condition, Key, Query, Store, StoreError, Update, Write};

use crate::items::{self, STATE, resource_pk};
use crate::model::{Resource, ResourceId};

/// Items among which the people are spread. Of 500 who vote at once, some 17 meet on one of them: at
/// 20 ms for a transaction, the last is through well within the 1.5 s for which a conflict is tried again
/// (`store::Patience`). An item is there from its first vote on and takes some 70 bytes, so the query
/// of a resource on which few have voted reads little more than the resource.
pub const SHARDS: u8 = 64;

/// The item on which a person counts: always the same, so that what was added is taken away there.
pub fn shard_of(user: UserId) -> u8 {
    Sha256::digest(user.0.to_be_bytes())[0] % SHARDS
}

fn key(guild: GuildId, id: ResourceId, shard: u8) -> Key {
    // It sorts right behind the resource, so that one query finds both and nothing else.
    Key::new(STATE, resource_pk(guild, id), format!("META#{shard:02}"))
}

/// One of the items, as it is stored. Nobody is named in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Shard {
    /// Which one.
    pub shard: u8,
    /// People who find it useful.
    #[serde(default)]
    pub up: i64,
    /// People who do not.
    #[serde(default)]
    pub down: i64,
    /// People who say that it is out of date.
    #[serde(default)]
    pub old: i64,
    /// People who say that it still holds.
    #[serde(default)]
    pub valid: i64,
}

/// An item of the query: the resource, or one of its counters.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Part {
    Shard(Shard),
    Resource(Box<Resource>),
}

/// What changes on somebody's counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Change {
    /// People who find it useful.
    pub up: i64,
    /// People who do not.
    pub down: i64,
    /// People who say that it is out of date.
    pub old: i64,
    /// People who say that it still holds.
    pub valid: i64,
}

/// Counts what one person changes.
pub fn count(guild: GuildId, id: ResourceId, user: UserId, change: Change) -> Write {
    let shard = shard_of(user);
    let counters = [("up", change.up), ("down", change.down), ("old", change.old), ("valid", change.valid)];
    let update = counters
        .into_iter()
        .filter(|(_, amount)| *amount != 0)
        .fold(Update::new().set("shard", u32::from(shard)), |update, (name, amount)| {
            update.add(name, amount)
        });
    Write::update(key(guild, id, shard), update).when(Condition::lacks("closed"))
}

/// The resource with its counters, in one query.
pub fn wants(guild: GuildId, id: ResourceId) -> Wanted {
    Wanted::List(Query::of(STATE, resource_pk(guild, id)).prefix("META").consistent())
}

/// The resource that [`wants`] asked for, with the sums of this moment.
///
/// # Errors
/// When an item does not load: our mistake.
pub fn load(read: &mut Loaded) -> Result<Option<Resource>, StoreError> {
    let mut resource = None;
    let mut shards = Vec::new();
    for part in read.list::<Part>()? {
        match part {
            Part::Shard(shard) => shards.push(shard),
            Part::Resource(found) => resource = Some(*found),
        }
    }
    Ok(resource.map(|resource| summed(resource, &shards)))
}

/// The resource with the sums of this moment, for the worker: the resource first, then its counters, so that no sum is older than the resource.
///
/// # Errors
/// When the table cannot be read.
pub async fn read(store: &Store, guild: GuildId, id: ResourceId) -> Result<Option<Resource>, StoreError> {
    let Some(stored) = items::read(store, guild, id).await? else { return Ok(None) };
    Ok(Some(summed(stored, &shards(store, guild, id).await?)))
}

/// The counters of a resource.
///
/// # Errors
/// When the table cannot be read.
pub async fn shards(store: &Store, guild: GuildId, id: ResourceId) -> Result<Vec<Shard>, StoreError> {
    let shards = Query::of(STATE, resource_pk(guild, id)).prefix("META#").consistent();
    store.query(&shards).await?.items.into_iter().map(store::read).collect()
}

/// Nobody on this counter says any more how a resource has aged, if nobody spoke since it was read.
pub fn forget_ages(guild: GuildId, id: ResourceId, seen: Shard) -> Write {
    let as_seen = |name: &str, count: i64| match count {
        0 => Condition::any([Condition::lacks(name), Condition::equals(name, 0_i64)]),
        count => Condition::equals(name, count),
    };
    Write::update(key(guild, id, seen.shard), Update::new().remove("old").remove("valid"))
        .when(Condition::all([as_seen("old", seen.old), as_seen("valid", seen.valid)]))
}

fn summed(resource: Resource, shards: &[Shard]) -> Resource {
    let sum = |of: fn(&Shard) -> i64| {
        let sum: i64 = shards.iter().map(of).sum();
        u32::try_from(sum.max(0)).unwrap_or(u32::MAX)
    };
    Resource {
        up: sum(|shard| shard.up),
        down: sum(|shard| shard.down),
        old: sum(|shard| shard.old),
        valid: sum(|shard| shard.valid),
        ..resource
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn five_hundred_people_are_spread_so_that_few_meet() {
        let mut met = BTreeMap::new();
        for number in 0..500_u64 {
            // Accounts that were made one after the other, as those of a new class are.
            *met.entry(shard_of(UserId((1_700_000_000_000 + number) << 22))).or_insert(0) += 1;
        }
        assert!(met.values().all(|people| *people <= 20), "{met:?}");
    }

    #[test]
    fn the_sum_of_all_counters_is_what_a_resource_has() {
        let shard = |shard, up, down| Shard { shard, up, down, old: up, valid: down };
        let resource = Resource::new(ResourceId::new(1), "Titre", "Description", UserId(1), 0);
        let summed = summed(resource, &[shard(0, 2, 0), shard(7, 0, 3), shard(31, 40, 1)]);
        assert_eq!((summed.up, summed.down, summed.old, summed.valid), (42, 4, 42, 4));
    }
}
