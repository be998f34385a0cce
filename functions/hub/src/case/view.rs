//! Every word and button of moderation: the card of a case, the queue, the file.

use app::{Lang, Say, Timestamp, args};
use discord::component::{Button as Press, Component, Row};
use discord::markdown::{self, When, cut, escape, escape_within, moment};
use discord::message::{Embed, Message};
use discord::reply::Suggestion;
use discord::{GuildId, RoleId, UserId};

use super::action::Button;
use super::model::{About, Case, CaseId, Count, Counts, Lock, Queued, Stage};
use crate::model::{Resource, State};
use crate::report::model::{Category, Report};
use crate::share::view::post_address;
use crate::texts::TEXTS;

/// The one colour of moderation's cards: a dark grey, without meaning. `0xRRGGBB`.
const COLOR: u32 = 0x4f_4f4f;
/// Longest title in a line of the queue, in characters.
const TITLE_CHARS: usize = 80;
/// Longest part of a message on a card, in characters.
const EVIDENCE_CHARS: usize = 500;
/// Cases shown on a page of the queue. Each takes three of its 40 components, and 300 of its 4000
/// characters at most.
const PAGE_MAX: usize = 10;
/// Longest list of categories in a line of the queue, in characters.
const CATEGORIES_CHARS: usize = 150;
/// Reports shown in a file.
const REPORTS_SHOWN: usize = 10;
/// Longest details of one report in a file, in characters.
const DETAILS_CHARS: usize = 150;

/// Age after which a case waits for somebody, and after which it is late, in milliseconds.
///
/// Source: HUB §13.2.
const TO_DO_MS: i64 = 24 * 3600 * 1000;
const LATE_MS: i64 = 72 * 3600 * 1000;

/// A case with what is shown of it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'f> {
    /// The case.
    pub case: &'f Case,
    /// Its reports.
    pub reports: &'f [Report],
    /// The resource that it is about.
    pub resource: Option<&'f Resource>,
    /// The server.
    pub guild: GuildId,
    /// The moment of showing it.
    pub now: Timestamp,
}

/// The line by which the card of a case is recognised.
pub fn footer(id: CaseId) -> String {
    format!("{id} · Hub")
}

/// The card in the moderation channel: moderators are called once, when it appears.
pub fn call(shown: Shown<'_>, roles: &[RoleId], lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let called: Vec<String> = roles.iter().map(|role| markdown::role(*role)).collect();
    let text = say.with("hub-case-call", &args! { "moderators" => called.join(" ") });
    let message = Message::text(text.trim()).mention_roles(roles.iter().copied());
    buttons(shown, say).into_iter().fold(message.with_embed(card(shown, say)), Message::row)
}

/// Everything about one case, for one moderator.
pub fn file(shown: Shown<'_>, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let mut lines = Vec::new();
    for report in shown.reports.iter().take(REPORTS_SHOWN) {
        let category = crate::report::view::category(report.category, lang);
        let when = moment(report.at.div_euclid(1000), When::Relative);
        let key = if report.counts { "hub-case-report" } else { "hub-case-alert" };
        let by = person(report.by, say);
        let mut line = say.with(key, &args! { "category" => category, "by" => by, "when" => when });
        if let Some(details) = &report.details {
            line.push_str("\n> ");
            line.push_str(&escape_within(&details.replace(['\n', '\r'], " "), DETAILS_CHARS));
        }
        lines.push(line);
    }
    if let Some(more) = shown.reports.len().checked_sub(REPORTS_SHOWN).filter(|more| *more > 0) {
        lines.push(say.with("hub-case-more", &args! { "count" => more }));
    }
    let message = Message::text(cut(&lines.join("\n"), discord::limits::CONTENT_MAX_CHARS));
    buttons(shown, say).into_iter().fold(message.with_embed(card(shown, say)), Message::row)
}

fn card(shown: Shown<'_>, say: Say<'_>) -> Embed {
    let Shown { case, reports, resource, guild, now } = shown;
    let title = say.with("hub-case-title", &args! { "number" => case.id.to_string() });
    let first = reports.iter().map(|report| report.at).min().unwrap_or(case.opened_at);
    let mut card = Embed::new(title)
        .description(about(case, resource, guild, say))
        .color(COLOR)
        .field(say.the("hub-case-reports"), categories(&Counts::of(reports), say))
        .field(say.the("hub-case-first"), moment(first.div_euclid(1000), When::Full))
        .field(say.the("hub-case-author"), person(case.author, say))
        .field(say.the("hub-case-state"), state(case, now, say));
    if let Some(resource) = resource {
        card = card.field(say.the("hub-case-resource"), resource_state(resource.state, say));
    }
    if let Some(Lock { by, until }) = case.held_by(now.0) {
        let until = moment(until.div_euclid(1000), When::Time);
        let held = say.with("hub-case-held", &args! { "name" => markdown::user(by), "until" => until });
        card = card.field(say.the("hub-case-holder"), held);
    }
    card.footer(footer(case.id))
}

/// Title and address of what a case is about.
fn about(case: &Case, resource: Option<&Resource>, guild: GuildId, say: Say<'_>) -> String {
    match case.about {
        About::Resource(id) => {
            let title = format!("**{}** ({id})", escape(&case.title));
            match resource.and_then(|resource| resource.thread) {
                Some(thread) => format!("{title}\n{}", post_address(guild, thread)),
                None => title,
            }
        }
        About::Message { channel, message } => {
            let words = escape_within(&case.title, EVIDENCE_CHARS);
            let words: Vec<String> = words.lines().map(|line| format!("> {line}")).collect();
            let address = format!("{}/{message}", post_address(guild, channel));
            format!("{}\n{}\n{address}", say.the("hub-case-message"), words.join("\n"))
        }
        About::Person(user) => say.with("hub-case-person", &args! { "person" => person(user, say) }),
    }
}

/// « Offensant : 5 », one category a line; who does not count stands apart.
fn categories(counts: &Counts, say: Say<'_>) -> String {
    let line = |(category, count): (&Category, &Count)| {
        let name = crate::report::view::category(*category, say.lang());
        let args = args! { "category" => name, "count" => count.counting, "alerts" => count.alerts };
        say.with("hub-case-category", &args)
    };
    counts.0.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// How far a case is, in words.
fn state(case: &Case, now: Timestamp, say: Say<'_>) -> String {
    match case.stage {
        Stage::Ouvert | Stage::Conteste if case.held_by(now.0).is_some() => say.the("hub-case-taken"),
        Stage::Ouvert => say.the("hub-case-open"),
        Stage::Decide => say.the("hub-case-decided"),
        Stage::Conteste => say.the("hub-case-contested"),
        Stage::Clos => say.the("hub-case-closed"),
    }
}

fn resource_state(state: State, say: Say<'_>) -> String {
    say.the(&format!("hub-state-{}", state.word()))
}

/// How long a case has waited, in words: « Nouveau », « À traiter », « En retard ».
fn age(case: &Queued, now: Timestamp, say: Say<'_>) -> String {
    let age = now.0 - case.reached_at.unwrap_or(case.opened_at);
    say.the(match age {
        LATE_MS.. => "hub-case-late",
        TO_DO_MS.. => "hub-case-to-do",
        _ => "hub-case-new",
    })
}

/// Buttons B6, as far as the case goes.
fn buttons(shown: Shown<'_>, say: Say<'_>) -> Vec<Row> {
    let case = shown.case.id;
    if !shown.case.stage.is_open() {
        return Vec::new();
    }
    vec![
        Row::buttons([Press::new(say.the("hub-case-claim"), &Button::Claim { case }).primary()]),
        Row::buttons([Press::new(say.the("hub-case-release"), &Button::Release { case })]),
    ]
}

/// `/moderation file`: what is to be decided, then what is below the threshold.
pub fn queue(cases: &[Queued], guild: GuildId, now: Timestamp, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    if cases.is_empty() {
        return Message::text(say.the("hub-queue-empty"));
    }
    let (called, below): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.reached_at.is_some());
    let mut parts = Vec::new();
    let mut room = PAGE_MAX;
    for (title, section) in [("hub-queue-called", called), ("hub-queue-below", below)] {
        if section.is_empty() {
            continue;
        }
        parts.push(Component::text(say.with(title, &args! { "count" => section.len() })));
        let shown = section.len().min(room);
        room -= shown;
        parts.extend(section.iter().take(shown).map(|case| queued(case, guild, now, say)));
        if section.len() > shown {
            let more = section.len() - shown;
            parts.push(Component::text(say.with("hub-queue-more", &args! { "count" => more })));
        }
    }
    parts.push(Component::text(say.the("hub-queue-how")));
    Message::layout(parts)
}

/// One line of the queue, with the way to its card.
fn queued(case: &Queued, guild: GuildId, now: Timestamp, say: Say<'_>) -> Component {
    let title = match case.about {
        About::Resource(_) | About::Message { .. } => {
            escape_within(&case.title.replace(['\n', '\r'], " "), TITLE_CHARS)
        }
        About::Person(user) => person(user, say),
    };
    let head = format!("**{}** · {} · {title}", case.case, age(case, now, say));
    let categories = cut(&categories(&case.counts, say).replace('\n', ", "), CATEGORIES_CHARS);
    let line = format!("{head}\n{categories}");
    let card = case.card.map(|card| format!("{}/{}", post_address(guild, card.channel), card.message));
    match card.and_then(|card| Press::link(say.the("hub-queue-open"), card)) {
        Some(open) => Component::section(line, open),
        None => Component::text(line),
    }
}

/// The lines under a number that is being typed.
pub fn suggestions(cases: &[Queued]) -> Vec<Suggestion> {
    cases
        .iter()
        .take(discord::limits::OPTIONS_MAX)
        .map(|case| Suggestion::new(format!("{} — {}", case.case, case.title), case.case.to_string()))
        .collect()
}

/// A moderator has the case in hand.
pub fn claimed(until: i64, lang: Lang) -> Message {
    let until = moment(until.div_euclid(1000), When::Time);
    Message::text(TEXTS.say(lang).with("hub-case-claimed", &args! { "until" => until }))
}

/// The case is free again.
pub fn released(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-case-released"))
}

fn person(user: UserId, say: Say<'_>) -> String {
    if user == UserId(0) { say.the("hub-author-gone") } else { markdown::user(user) }
}
