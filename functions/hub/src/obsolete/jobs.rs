//! How the worker begins anew with what members say: after its author has changed a resource, it is
//! another one.

use std::collections::BTreeMap;

use app::{Desk, Failure, Finish, Job as _};
use discord::UserId;
use store::{Condition, Write};

use super::items;
use super::model::Opinion;
use crate::jobs::Job;
use crate::model::ResourceId;
use crate::tally::{self, Shard};

/// Opinions that one transaction takes away: a hundred writes, with the counter and the lease. Some six
/// thousand people would have to speak before as many share one counter.
const AT_ONCE: usize = 98;

/// Takes away what members say of a resource, counter by counter: each with the opinions that it counts,
/// so that interrupted it goes on with what is left. Who says something meanwhile is counted.
///
/// # Errors
/// See [`Failure`].
pub async fn clear(id: ResourceId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let page = desk.store.query(&items::opinions(desk.guild, id)).await?;
    let mut by_shard: BTreeMap<u8, Vec<(UserId, Opinion)>> = BTreeMap::new();
    for item in page.items {
        let Some(user) = items::whose(&item) else { continue };
        by_shard.entry(tally::shard_of(user)).or_default().push((user, store::read(item)?));
    }
    for shard in tally::shards(desk.store, desk.guild, id).await? {
        let opinions = by_shard.remove(&shard.shard).unwrap_or_default();
        if shard.old == 0 && shard.valid == 0 && opinions.is_empty() {
            continue;
        }
        desk.record(emptied(id, shard, &opinions, desk)).await?;
    }
    Ok(Finish::done().job(Job::Refresh { resource: id }.now()))
}

/// One counter and the opinions that it counts, unless somebody has spoken since they were read. An
/// opinion whose person was erased is counted, and is no item.
fn emptied(id: ResourceId, shard: Shard, opinions: &[(UserId, Opinion)], desk: &Desk<'_>) -> Vec<Write> {
    let gone = |(user, opinion): &(UserId, Opinion)| {
        Write::delete(items::opinion(desk.guild, id, *user))
            .when(Condition::equals("outdated", opinion.outdated))
    };
    let opinions = opinions.iter().take(AT_ONCE).map(gone);
    std::iter::once(tally::forget_ages(desk.guild, id, shard)).chain(opinions).collect()
}
