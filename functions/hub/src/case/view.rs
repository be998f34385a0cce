//! Every word and button of moderation: the card of a case, the queue, the file.

use app::{Lang, Say, Timestamp, args};
use discord::component::{Button as Press, Component, Row};
use discord::markdown::{self, When, cut, escape, escape_within, moment};
use discord::message::{Embed, Message};
use discord::modal::{Checkbox, Modal, TextInput};
use discord::reply::Suggestion;
use discord::{GuildId, RoleId};

use super::action::{Button, field};
use super::decide;
use super::model::{About, Case, CaseId, Count, Counts, Lock, Queued, Stage, Verdict};
use crate::inbox::Notice;
use crate::model::{Resource, State};
use crate::report::model::{Category, Report};
use crate::share::view::{person, post_address};
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

/// Longest reason or note on a card, in characters.
const REASON_CHARS: usize = 400;
/// Longest appeal on a card, in characters: as long as a field takes.
const APPEAL_SHOWN_CHARS: usize = 1000;

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
pub fn footer(case: &Case) -> String {
    match case.appeal {
        None => format!("{} · Hub", case.id),
        Some(_) => format!("{} · 2 · Hub", case.id),
    }
}

/// The card in the moderation channel: moderators are called once, when it appears.
pub fn call(shown: Shown<'_>, roles: &[RoleId], lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let called: Vec<String> = roles.iter().map(|role| markdown::role(*role)).collect();
    let stage = shown.case.stage.word();
    let text = say.with("hub-case-call", &args! { "stage" => stage, "moderators" => called.join(" ") });
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
    for ruling in &case.rulings {
        let by = person(ruling.by, say);
        let args = args! { "verdict" => verdict(ruling.verdict, say.lang()), "by" => by };
        let mut said = say.with("hub-case-ruled", &args);
        said.push('\n');
        said.push_str(&escape_within(&ruling.reason, REASON_CHARS));
        if let Some(note) = &ruling.note {
            let note = escape_within(note, REASON_CHARS);
            said.push('\n');
            said.push_str(&say.with("hub-case-note", &args! { "note" => note }));
        }
        card = card.field(say.the("hub-case-ruling"), said);
    }
    if let Some(appeal) = &case.appeal {
        card = card.field(say.the("hub-case-appeal"), escape_within(&appeal.text, APPEAL_SHOWN_CHARS));
    }
    card.footer(footer(case))
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
    let Case { id: case, about, stage, .. } = shown.case;
    if !stage.is_open() {
        return Vec::new();
    }
    let decide = |verdict: Verdict| {
        let label = self::verdict(verdict, say.lang());
        verdict.fits(about).then(|| Press::new(label, &Button::Decide { case: *case, verdict }))
    };
    let claim = Press::new(say.the("hub-case-claim"), &Button::Claim { case: *case }).primary();
    let release = Press::new(say.the("hub-case-release"), &Button::Release { case: *case });
    let first = [Verdict::Keep, Verdict::Hide].into_iter().filter_map(decide);
    let second = [Verdict::Warn, Verdict::Abuse].into_iter().filter_map(decide);
    vec![
        Row::buttons([claim].into_iter().chain(first)),
        Row::buttons(second.chain([release])),
        Row::buttons(decide(Verdict::Remove).map(Press::danger)),
    ]
}

/// A verdict in words, as on its button.
pub fn verdict(verdict: Verdict, lang: Lang) -> String {
    TEXTS.say(lang).the(&format!("hub-verdict-{}", verdict.key()))
}

/// Before « Supprimer »: what it means, once more.
pub fn confirm(case: CaseId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let remove = Press::new(verdict(Verdict::Remove, lang), &Button::Confirm { case }).danger();
    Message::text(say.the("hub-case-confirm")).row(Row::buttons([remove]))
}

/// Form M8.
pub fn form(case: &Case, verdict: Verdict, lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    let args = args! { "verdict" => self::verdict(verdict, lang), "number" => case.id.to_string() };
    Modal::new(say.the("hub-judge"), &Button::Form { case: case.id, verdict })
        .text(say.with("hub-judge-about", &args))
        .explained(
            say.the("hub-judge-reason"),
            say.the("hub-judge-reason-hint"),
            TextInput::paragraph(field::REASON, *decide::REASON_CHARS.end())
                .min(*decide::REASON_CHARS.start()),
        )
        .explained(
            say.the("hub-judge-note"),
            say.the("hub-judge-note-hint"),
            TextInput::line(field::NOTE, NOTE_MAX_CHARS).optional(),
        )
        .field(say.the("hub-judge-tell"), Checkbox::new(field::TELL, true))
}

/// Longest note, in characters.
///
/// Source: HUB §4.3 M8.
const NOTE_MAX_CHARS: usize = 300;

/// Form M9.
pub fn appeal(case: CaseId, lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    Modal::new(say.the("hub-appeal"), &Button::Appeal { case }).explained(
        say.the("hub-appeal-text"),
        say.the("hub-appeal-text-hint"),
        TextInput::paragraph(field::TEXT, *decide::APPEAL_CHARS.end()).min(*decide::APPEAL_CHARS.start()),
    )
}

/// « Contester », beside a decision that its author reads.
pub fn contest(case: CaseId, lang: Lang) -> Press {
    Press::new(TEXTS.say(lang).the("hub-contest"), &Button::Appeal { case })
}

/// What the author reads in a private message. Its buttons would not know the server, so the way to
/// contest is said in words.
pub fn told(notice: &Notice, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let text = Message::text(crate::inbox::view::notice(notice, say));
    let contestable = matches!(notice, Notice::Decided { last: false, .. });
    if contestable { text.also(say.the("hub-decided-how")) } else { text }
}

/// The case is decided.
pub fn decided(verdict: Verdict, lang: Lang) -> Message {
    let verdict = self::verdict(verdict, lang);
    Message::text(TEXTS.say(lang).with("hub-case-done", &args! { "verdict" => verdict }))
}

/// The decision is contested.
pub fn contested(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-appeal-sent"))
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
