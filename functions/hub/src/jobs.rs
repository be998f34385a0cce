//! What the hub's worker does, and for whom.

use app::{Desk, Failure, Finish, Lang, Request};
use discord::{ChannelId, UserId};
use serde::{Deserialize, Serialize};
use store::{Cursor, Item, Write};

use crate::model::{ResourceId, Upload};
use crate::{items, share};

/// A job of the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum Job {
    /// Open the post of a resource, and tell its author.
    Publish {
        /// Which one.
        resource: ResourceId,
        /// What the author reads.
        lang: Lang,
        /// Where it was shared from: the author is told there when the answer can no longer be edited.
        channel: Option<ChannelId>,
        /// The file that came with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<Upload>,
    },
    /// Bring the card and the counters of a post up to date.
    Refresh {
        /// Which one.
        resource: ResourceId,
    },
}

impl app::Job for Job {
    fn natural_id(&self) -> Option<String> {
        match self {
            Self::Publish { .. } => None,
            // However many vote within 30 s, the post is edited once.
            Self::Refresh { resource } => Some(format!("refresh/{resource}")),
        }
    }
}

/// Does one job.
pub(crate) async fn work(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match job {
        Job::Publish { resource, lang, file, .. } => share::jobs::publish(resource, lang, file, desk).await,
        Job::Refresh { resource } => share::jobs::refresh(resource, desk).await,
    }
}

/// Leaves things in order after the last try.
pub(crate) async fn give_up(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match job {
        Job::Publish { resource, lang, channel, file } => {
            share::jobs::give_up(resource, lang, channel, file, desk).await
        }
        // The next vote asks for it again.
        Job::Refresh { .. } => Ok(Finish::done()),
    }
}

/// Does what another feature asks.
pub(crate) async fn answer(request: Request, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match request {
        Request::ErasePerson { user } => forget(user, desk).await,
    }
}

/// Items that one transaction of [`forget`] handles. An own resource costs three writes: its place
/// among the author's, its author, and the job that refreshes its post. One write is the lease's.
const FORGET_AT_ONCE: u32 = 33;

/// Nothing that is kept names the person afterwards. What was shared stays, without the name;
/// opinions are detached and the counters stay. Interrupted, it goes on with what is left.
///
/// Source: HUB §15.4, « Garder mes ressources sans mon nom ».
async fn forget(user: UserId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let mut after: Option<Cursor> = None;
    loop {
        let mut query = items::of_person(desk.guild, user).limit(FORGET_AT_ONCE);
        if let Some(cursor) = after {
            query = query.after(cursor);
        }
        let page = desk.store.query(&query).await?;
        let mut authored = Vec::new();
        let writes =
            page.items.iter().filter_map(|item| sort_key(item)).fold(Vec::new(), |mut writes, sk| {
                writes.push(Write::delete(items::kept_with(desk.guild, user, sk)));
                match sk.split_once('#') {
                    Some(("VOTE", id)) => {
                        writes.extend(
                            id.parse().ok().map(|id| Write::delete(items::vote(desk.guild, id, user))),
                        );
                    }
                    Some(("MINE", id)) => {
                        if let Ok(id) = id.parse() {
                            writes.push(items::forget_author(desk.guild, id));
                            authored.push(id);
                        }
                    }
                    _ => {}
                }
                writes
            });
        let last = page.next.is_none();
        let refresh = authored.into_iter().map(|resource| app::Job::now(Job::Refresh { resource }));
        if last {
            let finish = Finish { writes, ..Finish::done() };
            return Ok(refresh.fold(finish, Finish::job));
        }
        desk.follow(writes, refresh.collect()).await?;
        after = page.next;
    }
}

fn sort_key(item: &Item) -> Option<&str> {
    item.get("sk")?.as_s().ok().map(String::as_str)
}
