//! What the worker does about themes: resources follow what staff decided, some at a time.

use app::{Desk, Failure, Finish, Job as _};
use directory::ChannelKey;
use store::Write;

use super::decide::rewritten;
use super::items;
use crate::jobs::Job;
use crate::model::{Listed, ResourceId, Themes};

/// Resources looked at in one step. Each that changes costs three writes and a job; 100 are the limit
/// of a transaction, the lease takes one, and the end of the job two.
const AT_ONCE: u32 = 20;

/// Themes of one server that stand for tags of its forum. Source: HUB §5.5.
const BOUND_MAX: usize = 20;

/// What becomes of a theme of resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The theme that goes, or has another name.
    pub theme: String,
    /// What stands in its place.
    pub into: Option<String>,
    /// Whether it always does, or only where nothing else is left.
    pub always: bool,
    /// The resources up to this one are done.
    pub after: Option<ResourceId>,
}

/// Rewrites the next resources, and goes on after them: done twice, it changes nothing more.
///
/// # Errors
/// See [`Failure`].
pub async fn rewrite(change: Change, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let themes: Themes = match desk.store.get(&crate::items::themes(desk.guild)).await? {
        Some(item) => store::read(item)?,
        None => Themes::default(),
    };
    let into = change.into.as_deref().and_then(|into| themes.get(into));
    let page = desk.store.query(&crate::items::all(desk.guild, change.after, AT_ONCE)).await?;
    let mut finish = Finish::done();
    let mut last = None;
    for item in page.items {
        let listed: Listed = store::read(item)?;
        last = Some(listed.id);
        if !listed.themes.contains(&change.theme) {
            continue;
        }
        let Some(resource) = crate::items::read(desk.store, desk.guild, listed.id).await? else { continue };
        if let Some(themes) = rewritten(&resource, &change.theme, into, change.always) {
            let writes = items::themed(desk.guild, &resource, themes);
            finish = writes.into_iter().fold(finish, Finish::write);
            finish = finish.job(Job::Dress { resource: resource.id }.now());
        }
    }
    if page.next.is_some() {
        let Change { theme, into, always, .. } = change;
        finish = finish.job(Job::Retheme { theme, into, always, after: last }.now());
    }
    Ok(finish)
}

/// A new theme stands for the tag of the forum that has its name, if there is one.
///
/// # Errors
/// See [`Failure`].
pub async fn bind(id: &str, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(place) = desk.settings.channel_for(ChannelKey::Hub) else { return Ok(Finish::done()) };
    let forum = desk.discord.channel(place).await?;
    if !forum.kind.has_posts() {
        return Ok(Finish::done());
    }
    let Some(item) = desk.store.get(&crate::items::themes(desk.guild)).await? else {
        return Ok(Finish::done());
    };
    let seen: Themes = store::read(item)?;
    let Some(write) = bound(&seen, id, &forum, desk) else { return Ok(Finish::done()) };
    Ok(Finish::done().write(write))
}

fn bound(seen: &Themes, id: &str, forum: &discord::rest::Channel, desk: &Desk<'_>) -> Option<Write> {
    if seen.themes.iter().filter(|theme| theme.tag.is_some()).count() >= BOUND_MAX {
        return None;
    }
    let mut next = seen.clone();
    let theme = next.themes.iter_mut().find(|theme| theme.id == id && theme.tag.is_none())?;
    let named = |name: &str| items::same(name) == items::same(&theme.name);
    theme.tag = Some(forum.available_tags.iter().find(|tag| named(&tag.name))?.id);
    Some(items::change(desk.guild, seen, &next))
}
