//! What the hub's worker does, and for whom.

use std::collections::BTreeSet;

use app::{Desk, Failure, Finish, Lang, Request};
use discord::{ChannelId, UserId};
use serde::{Deserialize, Serialize};
use store::{Cursor, Item, Write};

use crate::case::model::{Case, CaseId};
use crate::check::jobs::Look;
use crate::history::{self, Target};
use crate::model::{ResourceId, Upload};
use crate::report::model::Report;
use crate::{case, check, edit, home, items, obsolete, report, sanction, save, share, theme, vote};

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
    /// Put the home card where all see it.
    Panel {
        /// Where.
        channel: ChannelId,
        /// What whoever asked reads.
        lang: Lang,
    },
    /// Make a file of what somebody saved.
    SavedFile {
        /// Who.
        user: UserId,
        /// What that person reads.
        lang: Lang,
    },
    /// Somebody's counter has changed: its post is to be refreshed.
    Count {
        /// Of what.
        resource: ResourceId,
        /// Which of the counters.
        shard: u8,
    },
    /// Begin anew with what members say of a resource that its author has changed.
    ForgetAges {
        /// Which one.
        resource: ResourceId,
    },
    /// Bring the card and the counters of a post up to date.
    Refresh {
        /// Which one.
        resource: ResourceId,
    },
    /// Tell everybody concerned of a decision.
    Settle {
        /// The case.
        case: CaseId,
        /// Which of its decisions: 0 for the first.
        ruling: u32,
    },
    /// Close a case that nobody contested in time, and let it end.
    Close {
        /// Which one.
        case: CaseId,
    },
    /// Count the reports of a case, call moderators when it is time, and keep its card true.
    Case {
        /// Which one.
        case: CaseId,
    },
    /// Show admins that somebody is to be excluded.
    Exclusion {
        /// Who.
        user: UserId,
    },
    /// Title, tags and card of a post are to be those of its resource, also when it is archived.
    Dress {
        /// Which one.
        resource: ResourceId,
    },
    /// The same, for a title that had to wait.
    Rename {
        /// Which one.
        resource: ResourceId,
    },
    /// The resources of a theme follow what staff decided.
    Retheme {
        /// The theme that goes, or has another name.
        theme: String,
        /// What stands in its place.
        into: Option<String>,
        /// Whether it always does, or only where nothing else would be left.
        always: bool,
        /// The resources up to this one are done.
        after: Option<ResourceId>,
    },
    /// A new theme is to stand for the tag of its name.
    BindTheme {
        /// Which one.
        theme: String,
    },
    /// See whether a link still leads somewhere, and what its page says of itself.
    CheckLink(Look),
}

impl app::Job for Job {
    fn natural_id(&self) -> Option<String> {
        match self {
            Self::Publish { .. } | Self::Retheme { .. } | Self::Panel { .. } | Self::SavedFile { .. } => None,
            Self::ForgetAges { resource } => Some(format!("ages/{resource}")),
            Self::Dress { resource } => Some(format!("dress/{resource}")),
            Self::Rename { resource } => Some(format!("rename/{resource}")),
            Self::BindTheme { theme } => Some(format!("bind/{theme}")),
            Self::Count { resource, shard } => Some(format!("count/{resource}/{shard}")),
            // However many vote within 30 s, the post is edited once.
            Self::Refresh { resource } => Some(format!("refresh/{resource}")),
            Self::Case { case } => Some(format!("case/{case}")),
            Self::CheckLink(look) => Some(look.name()),
            Self::Settle { case, ruling } => Some(format!("settle/{case}/{ruling}")),
            Self::Close { case } => Some(format!("close/{case}")),
            Self::Exclusion { user } => Some(format!("exclusion/{user}")),
        }
    }
}

/// Does one job.
pub(crate) async fn work(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match job {
        Job::Publish { resource, lang, file, .. } => share::jobs::publish(resource, lang, file, desk).await,
        Job::Panel { channel, lang } => home::jobs::panel(channel, lang, desk).await,
        Job::SavedFile { user, lang } => save::jobs::file(user, lang, desk).await,
        Job::Count { resource, .. } => vote::jobs::count(resource, desk).await,
        Job::ForgetAges { resource } => obsolete::jobs::clear(resource, desk).await,
        Job::Refresh { resource } => share::jobs::refresh(resource, desk).await,
        Job::Case { case } => case::jobs::follow(case, desk).await,
        Job::Dress { resource } | Job::Rename { resource } => edit::jobs::dress(resource, desk).await,
        Job::Retheme { theme, into, always, after } => {
            theme::jobs::rewrite(theme::jobs::Change { theme, into, always, after }, desk).await
        }
        Job::BindTheme { theme } => theme::jobs::bind(&theme, desk).await,
        Job::CheckLink(look) => check::jobs::look(look, desk).await,
        Job::Settle { case, ruling } => case::jobs::settle(case, ruling, desk).await,
        Job::Close { case } => case::jobs::close(case, desk).await,
        Job::Exclusion { user } => sanction::jobs::call(user, desk).await,
    }
}

/// Leaves things in order after the last try.
pub(crate) async fn give_up(job: Job, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match job {
        Job::Publish { resource, lang, channel, file } => {
            share::jobs::give_up(resource, lang, channel, file, desk).await
        }
        Job::CheckLink(look) => check::jobs::give_up(look, desk).await,
        // The next vote, report, decision or change asks for it again. Themes that were not rewritten are in
        // the dead jobs, as is a notice or an end that is missing; one without a tag is a theme all the same.
        Job::Count { .. }
        | Job::Refresh { .. }
        | Job::ForgetAges { .. }
        | Job::Case { .. }
        | Job::Settle { .. }
        | Job::Close { .. }
        | Job::Exclusion { .. }
        | Job::Dress { .. }
        | Job::Rename { .. }
        | Job::Retheme { .. }
        | Job::BindTheme { .. } => Ok(Finish::done()),
        Job::Panel { channel, lang } => home::jobs::give_up(channel, lang, desk).await,
        Job::SavedFile { lang, .. } => save::jobs::give_up(lang, desk).await,
    }
}

/// Does what another feature asks.
pub(crate) async fn answer(request: Request, desk: &Desk<'_>) -> Result<Finish, Failure> {
    match request {
        Request::ErasePerson { user } => forget(user, desk).await,
    }
}

/// Writes and jobs of one transaction of [`forget`]: one of a hundred is the lease's.
const FORGET_AT_ONCE: usize = 99;
/// Items of one page of [`forget`].
const FORGET_PAGE: u32 = 100;

/// Nothing that is kept names the person afterwards. What was shared stays, without the name;
/// opinions are detached and the counters stay. Interrupted, it goes on with what is left.
///
/// Source: HUB §15.4, « Garder mes ressources sans mon nom ».
async fn forget(user: UserId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let mut after: Option<Cursor> = None;
    let mut finish = Finish::done();
    // Several items may lead to one vote, and a transaction touches an item once.
    let mut taken = BTreeSet::new();
    forget_lines(Target::Person(user), user, desk).await?;
    loop {
        let mut query = items::of_person(desk.guild, user).limit(FORGET_PAGE);
        if let Some(cursor) = after {
            query = query.after(cursor);
        }
        let page = desk.store.query(&query).await?;
        for item in &page.items {
            let Forgotten { writes, jobs, told_of } = forgotten(item, user, desk).await?;
            // Before the item that leads there is gone: a second try finds the way again.
            if let Some(target) = told_of {
                forget_lines(target, user, desk).await?;
            }
            let writes: Vec<Write> =
                writes.into_iter().filter(|write| taken.insert(write.key().to_string())).collect();
            let size = finish.writes.len() + finish.jobs.len();
            if size + writes.len() + jobs.len() > FORGET_AT_ONCE {
                let full = std::mem::take(&mut finish);
                desk.follow(full.writes, full.jobs).await?;
            }
            finish.writes.extend(writes);
            finish.jobs.extend(jobs);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(finish)
}

/// No line about this target names the person any more.
async fn forget_lines(target: Target, user: UserId, desk: &Desk<'_>) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let (writes, next) = history::forget(desk.store, desk.guild, target, user, after).await?;
        if !writes.is_empty() {
            desk.record(writes).await?;
        }
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// What one item of a person leads to.
#[derive(Default)]
struct Forgotten {
    writes: Vec<Write>,
    jobs: Vec<app::Planned>,
    /// The history of this may name the person.
    told_of: Option<Target>,
}

async fn forgotten(item: &Item, user: UserId, desk: &Desk<'_>) -> Result<Forgotten, Failure> {
    let Some(sk) = sort_key(item) else { return Ok(Forgotten::default()) };
    let mut forgotten = Forgotten {
        writes: vec![Write::delete(items::kept_with(desk.guild, user, sk))],
        ..Forgotten::default()
    };
    match sk.split_once('#') {
        Some(("VOTED", _)) => {
            let votes = items::voted_on(item).map(|id| Write::delete(items::vote(desk.guild, id, user)));
            forgotten.writes.extend(votes);
            let said = obsolete::items::said_on(item);
            let said = said.map(|id| Write::delete(obsolete::items::opinion(desk.guild, id, user)));
            forgotten.writes.extend(said);
        }
        Some(("MINE", id)) => {
            if let Ok(resource) = id.parse() {
                forgotten.writes.push(items::forget_author(desk.guild, resource));
                forgotten.jobs.push(app::Job::now(Job::Refresh { resource }));
                forgotten.told_of = Some(Target::Resource(resource));
            }
        }
        Some(("ABOUT" | "REPORT", id)) => {
            if let Ok(case) = id.parse() {
                of_case(case, user, &mut forgotten, desk).await?;
            }
        }
        // An exclusion outlives its person's data: otherwise erasing would lift it.
        None if sk == "SUSPENDED" && !item.contains_key("until") => forgotten.writes.clear(),
        _ => forgotten.writes.extend(theme::items::forget(desk.guild, sk)),
    }
    Ok(forgotten)
}

/// A case knows neither its author nor who reported, when that is the person.
async fn of_case(
    id: CaseId,
    user: UserId,
    forgotten: &mut Forgotten,
    desk: &Desk<'_>,
) -> Result<(), Failure> {
    let Some(item) = desk.store.get(&case::items::case(desk.guild, id)).await? else { return Ok(()) };
    let seen: Case = store::read(item)?;
    if seen.author == user {
        forgotten.writes.push(case::items::forget(desk.guild, &seen));
        forgotten.jobs.push(app::Job::now(Job::Case { case: id }));
    } else {
        forgotten.told_of = Some(seen.in_history());
    }
    if let Some(item) = desk.store.get(&report::items::report(desk.guild, id, user)).await? {
        let mark = hex::encode(&desk.seed.bytes(&format!("report {id}"))[..8]);
        let report: Report = store::read(item)?;
        forgotten.writes.extend(report::items::forget(desk.guild, id, &report, &mark, desk.now));
    }
    Ok(())
}

fn sort_key(item: &Item) -> Option<&str> {
    item.get("sk")?.as_s().ok().map(String::as_str)
}
