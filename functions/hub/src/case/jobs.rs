//! How the worker keeps a case, its place in the queue and its card true.

use app::{Desk, Failure, Finish};
use directory::{ChannelKey, RoleKey};
use discord::check::Checked;
use discord::rest::{Gone, Messages, Nonce, RestError};
use discord::{ChannelId, MessageId};
use store::Write;

use super::model::{Case, CaseId, Posted, Queued, Ruling, Stage};
use super::plan::{self, Next};
use super::{items, view};
use crate::history::{Event, Line, NOBODY};
use crate::inbox::{self, Notice};
use crate::jobs::Job;
use crate::model::{Resource, State};
use crate::report::model::{Report, Reporter, Thresholds};
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
            Next::Reach => desk.record(reach(&file, &thresholds, desk)).await?,
            Next::Hide => hide(&file, desk).await?,
            Next::Queue(next) => {
                let next = next.as_ref().map(|(place, queued)| (place.as_str(), &**queued));
                desk.record(items::move_in_queue(desk.guild, &file.case, next)).await?;
            }
            Next::Look { channel, since } => {
                if let Some(card) = look(&file.case, channel, since, desk).await? {
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

/// Moderators are called; an author whose resource is hidden until they have decided is told.
fn reach(file: &File, thresholds: &Thresholds, desk: &Desk<'_>) -> Vec<Write> {
    let hides = report::decide::reached(&file.reports, thresholds).is_some_and(|reached| reached.hides);
    let mut writes = vec![items::reach(desk.guild, file.case.id, desk.now)];
    if let (true, Some(resource)) = (hides && file.case.author != NOBODY, &file.resource) {
        let notice = Notice::Hidden { resource: resource.id, title: resource.title.clone() };
        writes.push(inbox::tell(desk.guild, file.case.author, notice, desk.now));
    }
    writes
}

/// Reports that came at the same instant did not know of each other: together they hide.
async fn hide(file: &File, desk: &Desk<'_>) -> Result<(), Failure> {
    let Some(resource) = &file.resource else { return Ok(()) };
    let line = Line::new(NOBODY, Event::Became(State::Masquee));
    let writes = vec![
        shared::reported(desk.guild, resource, None, true),
        shared::leave_lists(desk.guild, resource.id),
        crate::history::line(desk.guild, file.case.in_history(), line, desk.now),
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
    // An appeal has a card of its own.
    let nonce = Nonce::of(view::footer(&file.case));
    let sent = desk.step(intent, desk.discord.send_message(channel, &message, nonce)).await??;
    desk.record(vec![items::posted(desk.guild, id, Posted { channel, message: sent.id })]).await
}

/// The card of a case, if an earlier try posted it: its footer carries the number.
async fn look(
    case: &Case,
    channel: ChannelId,
    since: i64,
    desk: &Desk<'_>,
) -> Result<Option<Posted>, Failure> {
    let after = MessageId::first_at(since.unsigned_abs());
    let newest =
        desk.discord.messages(channel, Messages { after: Some(after), ..Messages::default() }).await?;
    let footer = view::footer(case);
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

/// Reports that one transaction settles: three writes each, and the lease's.
const SETTLED_AT_ONCE: usize = 29;

/// Tells everybody concerned of a decision, and keeps what it says of the reporters. Interrupted, it goes
/// on with the reports that are left.
///
/// # Errors
/// See [`Failure`].
pub async fn settle(id: CaseId, number: u32, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(File { case, reports, .. }) = read(id, desk).await? else { return Ok(Finish::done()) };
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    let Some(ruling) = case.rulings.get(index) else { return Ok(Finish::done()) };
    if index == 0 {
        let left: Vec<&Report> = reports.iter().filter(|report| report.settled.is_none()).collect();
        for some in left.chunks(SETTLED_AT_ONCE) {
            let keys: Vec<_> =
                some.iter().map(|report| report::items::reporter(desk.guild, report.by)).collect();
            let mut reporters = desk.store.batch_get(&keys).await?;
            let mut writes = Vec::new();
            for (report, key) in some.iter().zip(&keys) {
                writes.push(report::items::settled(desk.guild, id, report.by, number));
                writes.push(inbox::tell(desk.guild, report.by, Notice::ReportHandled, desk.now));
                // Who was erased meanwhile has no standing any more.
                let Some(item) = reporters.take(key) else { continue };
                let seen: Reporter = store::read(item)?;
                let next = plan::after(ruling.verdict, &seen, desk.now);
                writes.push(report::items::put_reporter(desk.guild, report.by, Some(&seen), &next, desk.now));
            }
            desk.record(writes).await?;
        }
    }
    if ruling.told && case.author != NOBODY && case.told_of.is_none_or(|told| told < number) {
        tell_author(&case, number, ruling, desk).await?;
    }
    Ok(Finish::done())
}

/// The author finds the decision in the inbox, and reads it in a private message where that is possible.
async fn tell_author(case: &Case, number: u32, ruling: &Ruling, desk: &Desk<'_>) -> Result<(), Failure> {
    let notice = Notice::Decided {
        case: case.id,
        verdict: ruling.verdict,
        about: case.about,
        title: case.title.clone(),
        reason: ruling.reason.clone(),
        last: !case.may_be_contested(ruling),
    };
    let message = Checked::new(view::told(&notice, desk.settings.language))?;
    let told = vec![
        items::told(desk.guild, case.id, number),
        inbox::tell(desk.guild, case.author, notice, desk.now),
    ];
    let call = async {
        let private = desk.discord.private_channel(case.author).await?;
        let nonce = Nonce::of(format!("decided {} {number}", case.id));
        desk.discord.send_message(private.id, &message, nonce).await
    };
    match desk.step(told, call).await? {
        // Who takes no private message, or has left, finds it in the inbox.
        Ok(_) | Err(RestError::PrivateMessagesClosed | RestError::Gone(_)) => Ok(()),
        // A second try could say it twice.
        Err(error) => {
            tracing::warn!(%error, "a decision could not be sent to its author; it is in the inbox");
            Ok(())
        }
    }
}

/// Closes a case that nobody contested in time. Closed, it ends after twelve months with its reports.
///
/// # Errors
/// See [`Failure`].
pub async fn close(id: CaseId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(File { case, reports, resource, .. }) = read(id, desk).await? else {
        return Ok(Finish::done());
    };
    match case.stage {
        // Contested meanwhile: the last word closes it.
        Stage::Ouvert | Stage::Conteste => return Ok(Finish::done()),
        Stage::Decide => desk.record(vec![items::close(desk.guild, id)]).await?,
        Stage::Clos => {}
    }
    // What is removed for good waits for nobody.
    let removed = resource.filter(|resource| resource.state == State::Retiree);
    if let Some((resource, kept)) = removed.and_then(|resource| Some((resource.id, resource.file_kept?))) {
        let reason = format!("Hub {resource}");
        desk.discord.delete_message(kept.channel, kept.message, reason.as_str()).await?;
    }
    // Those of people who were erased have their end.
    let named: Vec<&Report> = reports.iter().filter(|report| report.by != NOBODY).collect();
    for some in named.chunks(ENDED_AT_ONCE) {
        let ends = some.iter().map(|report| report::items::ends(desk.guild, id, report.by, desk.now));
        desk.record(ends.collect()).await?;
    }
    Ok(Finish::done().write(items::ends(desk.guild, id, desk.now)).job(app::Job::now(Job::Case { case: id })))
}

/// Reports whose end one transaction sets.
const ENDED_AT_ONCE: usize = 90;

fn view<'f>(file: &'f File, desk: &Desk<'_>) -> view::Shown<'f> {
    view::Shown {
        case: &file.case,
        reports: &file.reports,
        resource: file.resource.as_ref(),
        guild: desk.guild,
        now: desk.now,
    }
}
