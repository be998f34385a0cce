//! How the worker keeps a case, its place in the queue and its card true.

use app::{Desk, Failure, Finish};
use directory::{ChannelKey, RoleKey};
use discord::check::Checked;
use discord::rest::{Gone, Messages, Nonce, RestError};
use discord::{ChannelId, MessageId};

use super::model::{Case, CaseId, Posted, Queued};
use super::plan::{self, Next};
use super::{items, view};
use crate::history::{self, Event, Line};
use crate::jobs::Job;
use crate::model::{Resource, State};
use crate::report::model::{Report, Thresholds};
use crate::{items as shared, report};

/// Steps of one try: reach, hide, queue, look, post, show, and as many again when something changed.
const STEPS_MAX: u32 = 12;

/// Pages of reports that are counted: 500 reports decide as well as more would.
const PAGES_MAX: usize = 5;

/// Everything about one case.
struct File {
    case: Case,
    reports: Vec<Report>,
    resource: Option<Resource>,
    queued: Option<Queued>,
}

/// Counts the reports of a case again, hides what must be hidden, and keeps its card true.
///
/// # Errors
/// See [`Failure`].
pub async fn follow(id: CaseId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let table = desk.store.get(&report::items::thresholds(desk.guild)).await?;
    let thresholds: Thresholds = table.map(store::read).transpose()?.unwrap_or_default();
    let channel = desk.settings.channel_for(ChannelKey::Moderation);
    let mut shown = false;
    for _ in 0..STEPS_MAX {
        let Some(file) = read(id, desk).await? else { return Ok(Finish::done()) };
        let (resource, queued) = (file.resource.as_ref(), file.queued.as_ref());
        match plan::next(&file.case, &file.reports, resource, queued, &thresholds, channel) {
            Next::Reach => desk.record(vec![items::reach(desk.guild, id, desk.now)]).await?,
            Next::Hide => hide(&file, desk).await?,
            Next::Queue(next) => {
                let next = next.as_ref().map(|(place, queued)| (place.as_str(), &**queued));
                desk.record(items::move_in_queue(desk.guild, &file.case, next)).await?;
            }
            Next::Look { channel, since } => {
                if let Some(card) = look(id, channel, since, desk).await? {
                    desk.record(vec![items::posted(desk.guild, id, card)]).await?;
                } else {
                    // It was not there: the call that was lost had no effect.
                    post(&file, channel, desk).await?;
                    shown = true;
                }
            }
            Next::Post(channel) => {
                post(&file, channel, desk).await?;
                shown = true;
            }
            Next::Show => {
                if !shown {
                    show(&file, desk).await?;
                }
                return Ok(Finish::done());
            }
        }
    }
    Err(Failure::Changed)
}

async fn read(id: CaseId, desk: &Desk<'_>) -> Result<Option<File>, Failure> {
    let Some(item) = desk.store.get(&items::case(desk.guild, id)).await? else { return Ok(None) };
    let case: Case = store::read(item)?;
    let mut reports = Vec::new();
    let mut query = report::items::reports(desk.guild, id);
    for _ in 0..PAGES_MAX {
        let page = desk.store.query(&query).await?;
        for item in page.items {
            reports.push(store::read(item)?);
        }
        let Some(next) = page.next else { break };
        query = query.after(next);
    }
    let resource = match case.about.resource() {
        Some(id) => shared::read(desk.store, desk.guild, id).await?,
        None => None,
    };
    let queued = match &case.queued {
        Some(place) => desk.store.get(&items::place(desk.guild, place)).await?,
        None => None,
    };
    let queued = queued.map(store::read).transpose()?;
    Ok(Some(File { case, reports, resource, queued }))
}

/// Reports that came at the same instant did not know of each other: together they hide.
async fn hide(file: &File, desk: &Desk<'_>) -> Result<(), Failure> {
    let Some(resource) = &file.resource else { return Ok(()) };
    let line = Line::new(history::NOBODY, Event::Became(State::Masquee));
    let writes = vec![
        shared::reported(desk.guild, resource, None, true),
        shared::leave_lists(desk.guild, resource.id),
        history::line(desk.guild, file.case.in_history(), line, desk.now),
    ];
    desk.follow(writes, vec![app::Job::now(Job::Refresh { resource: resource.id })]).await
}

/// Intent, call, record.
async fn post(file: &File, channel: ChannelId, desk: &Desk<'_>) -> Result<(), Failure> {
    let id = file.case.id;
    let roles = desk.settings.roles(RoleKey::Moderator);
    let message = view::call(view(file, desk), roles, desk.settings.language);
    let message = Checked::new(message)?;
    let intent = vec![items::posting(desk.guild, id, desk.now)];
    let nonce = Nonce::of(format!("case {id}"));
    let sent = desk.step(intent, desk.discord.send_message(channel, &message, nonce)).await??;
    desk.record(vec![items::posted(desk.guild, id, Posted { channel, message: sent.id })]).await
}

/// The card of a case, if an earlier try posted it: its footer carries the number.
async fn look(
    id: CaseId,
    channel: ChannelId,
    since: i64,
    desk: &Desk<'_>,
) -> Result<Option<Posted>, Failure> {
    let after = MessageId::first_at(since.unsigned_abs());
    let newest =
        desk.discord.messages(channel, Messages { after: Some(after), ..Messages::default() }).await?;
    let footer = view::footer(id);
    let card = newest
        .into_iter()
        .find(|message| message.embeds.iter().any(|embed| embed.footer_text() == Some(&footer)));
    Ok(card.map(|message| Posted { channel, message: message.id }))
}

/// The card shows the case as it is now. One that somebody deleted stays away.
async fn show(file: &File, desk: &Desk<'_>) -> Result<(), Failure> {
    let Some(Posted { channel, message }) = file.case.card else { return Ok(()) };
    let roles = desk.settings.roles(RoleKey::Moderator);
    let card = Checked::new(view::call(view(file, desk), roles, desk.settings.language))?;
    match desk.discord.edit_message(channel, message, &card).await {
        Ok(_) | Err(RestError::Gone(Gone::Channel | Gone::Message)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn view<'f>(file: &'f File, desk: &Desk<'_>) -> view::Shown<'f> {
    view::Shown {
        case: &file.case,
        reports: &file.reports,
        resource: file.resource.as_ref(),
        guild: desk.guild,
        now: desk.now,
    }
}
