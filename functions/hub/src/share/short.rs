//! Short links: the address behind one is what is shared, and nobody shares it twice.
//!
//! Source: HUB §6.4. The address itself is not opened, only the short ones on the way to it.

use app::{Desk, Failure};

use super::jobs::holder;
use crate::blacklist;
use crate::blacklist::decide::{Checked, refuses};
use crate::blacklist::model::{Blacklist, Entry};
use crate::commands::LINK_MAX_CHARS;
use crate::fetch::{self, Answer, Ask, Question};
use crate::items;
use crate::link::key::{Canonical, SHORT, canonical};
use crate::link::safe;
use crate::model::{Resource, SharedLink};

/// Tries to follow a short link. Then its resource is published under the short one: nobody waits
/// longer for a server of strangers.
const TRIES_MAX: u32 = 3;

/// What following a short link has shown.
pub(super) enum Followed {
    /// The address behind it is this resource's now.
    Reserved,
    /// The address behind it is another one's.
    Taken(Box<Resource>),
    /// It leads where not everybody can go.
    Private,
    /// It leads to what the blacklist refuses.
    Refused(Box<Entry>),
    /// Nobody knows.
    Unknown,
}

/// Follows the short link of a resource, and reserves what it leads to.
pub(super) async fn follow(resource: &Resource, desk: &Desk<'_>) -> Result<Followed, Failure> {
    let Some(link) = &resource.link else { return Ok(Followed::Unknown) };
    let again = desk.attempt() < TRIES_MAX;
    let question = Question { url: link.open.clone(), ask: Ask::Behind };
    let behind = match fetch::ask(&question, desk).await {
        Ok(Some(Answer::Leads { url })) => url,
        Ok(Some(Answer::Trouble { trouble })) if again => {
            return Err(Failure::again(format!("a short link: {trouble}")));
        }
        Err(failure) if again => return Err(failure),
        Ok(_) | Err(_) => return Ok(Followed::Unknown),
    };
    let Ok(Canonical { open, clean, key, rules_version, .. }) = canonical(&behind) else {
        return Ok(Followed::Private);
    };
    if !safe::judge(&open, None, &[]).allow {
        return Ok(Followed::Private);
    }
    if key.starts_with(SHORT) || open.chars().count() > LINK_MAX_CHARS {
        return Ok(Followed::Unknown);
    }
    let blacklist: Option<Blacklist> =
        desk.store.get(&blacklist::items::blacklist(desk.guild)).await?.map(store::read).transpose()?;
    let checked = Checked { texts: &[], link: Some((&open, &key)) };
    if let Some(entry) = blacklist.as_ref().and_then(|blacklist| refuses(blacklist, checked)) {
        return Ok(Followed::Refused(Box::new(entry.clone())));
    }
    let found = SharedLink { open, clean, key, rules_version };
    match desk.record(items::follow_short(desk.guild, resource, &link.key, &found).into()).await {
        Ok(()) => Ok(Followed::Reserved),
        // Taken, or the resource has changed: who has it tells which.
        Err(Failure::Changed) => match holder(&found.key, desk).await? {
            Some(holder) if holder.id != resource.id => Ok(Followed::Taken(Box::new(holder))),
            _ => Ok(Followed::Reserved),
        },
        Err(failure) => Err(failure),
    }
}
