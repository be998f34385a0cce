//! How the worker looks at links, and what follows.

use app::{Desk, Failure, Finish, Job as _, Planned};

use super::items::{self, Slot};
use super::model::Health;
use super::plan::{self, Finding, Next};
use crate::fetch::{self, Answer, Ask, Question};
use crate::history::{self, Event, Line, Target};
use crate::inbox::{self, Notice};
use crate::jobs::Job;
use crate::model::{Resource, ResourceId};
use crate::share::plan::refresh;

/// One look at a link, as it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Look {
    /// Whose link.
    pub resource: ResourceId,
    /// The moment for which it was planned, Unix milliseconds; none when somebody asks for it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<i64>,
    /// The moment at which its host may be called, Unix milliseconds, once it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<i64>,
    /// Whether a first question was answered in a way that some servers answer everybody with.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

impl Look {
    /// As soon as possible.
    pub const fn now(resource: ResourceId) -> Self {
        Self { resource, due: None, slot: None, again: false }
    }

    /// Name of the job: asked for twice, it is done once.
    pub(crate) fn name(&self) -> String {
        let due = self.due.map_or_else(|| "now".to_owned(), |due| due.to_string());
        let again = if self.again { "/again" } else { "" };
        let slot = self.slot.map(|slot| format!("/{slot}")).unwrap_or_default();
        format!("link/{}/{due}{again}{slot}", self.resource)
    }
}

/// Tries to take a place in the row of a host, while others take theirs.
const PLACES_MAX: u32 = 5;

/// Looks at a link.
///
/// # Errors
/// See [`Failure`].
pub async fn look(look: Look, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = crate::items::read(desk.store, desk.guild, look.resource).await? else {
        return Ok(Finish::done());
    };
    let (ask, url, host) = match plan::next(Some(&resource), look.due, look.again, desk.now) {
        Next::Nothing => return Ok(Finish::done()),
        Next::Leave => {
            let health = Health { checked_at: desk.now.0, ..Health::default() };
            return Ok(changed(&resource, &health, None, desk));
        }
        Next::Ask { ask, url, host } => (ask, url, host),
    };
    if look.slot.is_none() {
        let slot = take_slot(&host, desk).await?;
        if slot > desk.now.0 {
            let later = Job::CheckLink(Look { slot: Some(slot), ..look });
            return Ok(Finish::done().job(later.at(app::Timestamp(slot))));
        }
    }
    let Some(answer) = fetch::ask(&Question { url, ask }, desk).await? else { return Ok(Finish::done()) };
    let finding = plan::finding(&answer);
    if ask == Ask::Head && finding != Finding::Answers {
        let again = Job::CheckLink(Look { slot: None, again: true, ..look });
        return Ok(Finish::done().job(again.now()));
    }
    let health = plan::after(resource.id, &resource.health, finding, desk.now);
    let next = Job::CheckLink(Look { due: Some(health.next_at), ..Look::now(resource.id) });
    Ok(changed(&resource, &health, Some(&answer), desk).job(next.at(app::Timestamp(health.next_at))))
}

/// A place in the row of a host: when it may be called, Unix milliseconds.
async fn take_slot(host: &str, desk: &Desk<'_>) -> Result<i64, Failure> {
    for _ in 0..PLACES_MAX {
        let seen: Option<Slot> = desk.store.get(&items::slot(host)).await?.map(store::read).transpose()?;
        let slot = plan::slot(seen.map(|seen| seen.at), desk.now);
        match desk.record(vec![items::take_slot(host, seen, slot)]).await {
            Ok(()) => return Ok(slot),
            // Somebody else has taken this place: the next one.
            Err(Failure::Changed) => {}
            Err(failure) => return Err(failure),
        }
    }
    Err(Failure::again("many links of one site are looked at"))
}

/// What is written when the health of a link is known, and what follows from it.
fn changed(resource: &Resource, health: &Health, answer: Option<&Answer>, desk: &Desk<'_>) -> Finish {
    let preview = answer.and_then(plan::preview).filter(|preview| resource.preview.as_ref() != Some(preview));
    // A page that was read keeps what it said, also when it says less today.
    let preview = preview.filter(|preview| preview.title.is_some() || resource.preview.is_none());
    let (was, is) = (resource.health.is_dead(), health.is_dead());
    if was == is {
        let looked = items::looked(desk.guild, resource.id, health, preview.as_ref());
        let mut finish = Finish::done().write(looked);
        // A change of the rest that was under way when it was found dead may have brought it back.
        if is {
            finish = finish.write(crate::items::leave_lists(desk.guild, resource.id));
        }
        return if preview.is_some() { finish.job(refresh(resource, desk.now)) } else { finish };
    }
    let event = Event::Flagged { flag: "mort".into(), on: is };
    let line =
        history::line(desk.guild, Target::Resource(resource.id), Line::new(history::NOBODY, event), desk.now);
    let turned = items::turned(desk.guild, resource, health, preview.as_ref());
    let mut finish = turned.into_iter().chain([line]).fold(Finish::done(), Finish::write);
    if is && resource.author != history::NOBODY {
        let notice = Notice::DeadLink { resource: resource.id, title: resource.title.clone() };
        finish = finish.write(inbox::tell(desk.guild, resource.author, notice, desk.now));
    }
    // Nobody writes under most posts for long: they are in the archive, and opened for this.
    finish.job(Job::Dress { resource: resource.id }.now())
}

/// After the last try, with nobody to ask: the link is as it was, and is looked at another time.
///
/// # Errors
/// See [`Failure`].
pub async fn give_up(look: Look, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(resource) = crate::items::read(desk.store, desk.guild, look.resource).await? else {
        return Ok(Finish::done());
    };
    let health = Health { next_at: plan::postponed(resource.id, desk.now), ..resource.health };
    let next = Job::CheckLink(Look { due: Some(health.next_at), ..Look::now(resource.id) });
    let finish = Finish::done().write(items::looked(desk.guild, resource.id, &health, None));
    Ok(finish.job(next.at(app::Timestamp(health.next_at))))
}

/// The first look, right after a publication; none where nobody looks outside.
pub(crate) fn first(id: ResourceId, desk: &Desk<'_>) -> Option<Planned> {
    desk.outside.map(|_| Job::CheckLink(Look::now(id)).now())
}
