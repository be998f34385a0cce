//! Every word of the inbox. Titles and reasons were typed by people: they are escaped.

use std::collections::BTreeSet;

use app::{Lang, Say, args};
use discord::component::{Button as Press, Component, Row};
use discord::markdown::{When, channel, escape, escape_within, moment};
use discord::message::Message;

use super::action::Button;
use super::items::COUNTED_MAX;
use super::model::{Inbox, Kept, Notice};
use crate::case::model::CaseId;
use crate::pages::turns;
use crate::share::action::Button as Fix;
use crate::texts::TEXTS;
use crate::{case, sanction};

/// Notices on one page: 50 fill ten pages.
const PAGE: usize = 5;

/// Longest reason that is shown, in characters: five of them and their titles fit on one page.
const REASON_CHARS: usize = 300;

/// Longest title of what was decided, in characters: a message has no title but its words.
const TITLE_CHARS: usize = 150;

/// « Mes nouvelles », with how many are unread.
pub fn button(unread: usize, say: Say<'_>) -> Press {
    let label = if unread > COUNTED_MAX {
        say.the("hub-news-button-many")
    } else {
        say.with("hub-news-button", &args! { "count" => unread })
    };
    Press::new(label, &Button::Open)
}

/// « Vous avez 2 nouvelles. », under an answer about something else.
pub fn hint(unread: usize, say: Say<'_>) -> String {
    if unread > COUNTED_MAX {
        say.the("hub-news-many")
    } else {
        say.with("hub-news-some", &args! { "count" => unread })
    }
}

/// One page of the inbox, newest first.
pub fn page(inbox: &Inbox, page: usize, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let pages = inbox.notices.len().div_ceil(PAGE).max(1);
    let page = page.min(pages - 1);
    let mut parts = vec![Component::text(say.the("hub-news-title"))];
    if inbox.notices.is_empty() {
        parts.push(Component::text(say.the("hub-news-none")));
    }
    let shown = inbox.notices.iter().enumerate().skip(page * PAGE).take(PAGE);
    // One message has no two buttons that do the same: the newest notice about a draft has it.
    let mut drafts = BTreeSet::new();
    parts.extend(shown.map(|(place, kept)| {
        let text = entry(kept, inbox.seen.opened_at, say);
        // What was decided since is the last word.
        if let Notice::Decided { case, last: false, .. } = &kept.notice
            && !inbox.notices[..place].iter().any(about(*case))
        {
            return Component::section(text, case::view::contest(*case, lang));
        }
        match kept.notice.draft().filter(|draft| drafts.insert(*draft)) {
            Some(draft) => Component::section(text, Press::new(say.the("hub-fix"), &Fix::Fix { draft })),
            None => Component::text(text),
        }
    }));
    let turn: Vec<_> =
        turns(page, pages, say, |label, page| Press::new(label, &Button::Turn { page })).collect();
    if !turn.is_empty() {
        parts.push(Component::Row(Row::buttons(turn)));
    }
    Message::layout(parts)
}

/// Whether a notice is about this case.
fn about(id: CaseId) -> impl Fn(&Kept) -> bool {
    move |kept| matches!(kept.notice, Notice::Decided { case, .. } if case == id)
}

/// A notice with its moment; one that was not there yet when the inbox was last opened says so.
fn entry(kept: &Kept, opened_at: i64, say: Say<'_>) -> String {
    let when = moment(kept.at.div_euclid(1000), When::Relative);
    let text = notice(&kept.notice, say);
    if kept.at > opened_at {
        say.with("hub-news-new", &args! { "when" => when, "text" => text })
    } else {
        say.with("hub-news-old", &args! { "when" => when, "text" => text })
    }
}

/// What a notice says.
pub fn notice(notice: &Notice, say: Say<'_>) -> String {
    match notice {
        Notice::Published { title, .. } => titled("hub-notice-published", title, say),
        Notice::NotPublished { title, .. } => titled("hub-notice-not-published", title, say),
        Notice::Duplicate { title, thread: None, .. } => titled("hub-notice-duplicate-pending", title, say),
        Notice::Duplicate { title, thread: Some(thread), .. } => {
            let title = escape(title);
            say.with("hub-notice-duplicate", &args! { "title" => title, "post" => channel(*thread) })
        }
        Notice::Completion { title, .. } => titled("hub-notice-completion", title, say),
        Notice::Obsolete { title, people, .. } => {
            say.with("hub-notice-obsolete", &args! { "title" => escape(title), "count" => *people })
        }
        Notice::ObsoleteForStaff { title, .. } => titled("hub-notice-obsolete-staff", title, say),
        Notice::Hidden { title, .. } => titled("hub-notice-hidden", title, say),
        Notice::Merged { title, reason, .. } => {
            let reason = escape_within(reason, REASON_CHARS);
            say.with("hub-notice-merged", &args! { "title" => escape(title), "reason" => reason })
        }
        Notice::Decided { verdict, title, reason, .. } => {
            let reason = escape_within(reason, REASON_CHARS);
            let title = escape_within(&title.replace(['\n', '\r'], " "), TITLE_CHARS);
            let verdict = case::view::verdict(*verdict, say.lang());
            if title.is_empty() {
                let args = args! { "verdict" => verdict, "reason" => reason };
                return say.with("hub-notice-decided-untitled", &args);
            }
            let args = args! { "title" => title, "verdict" => verdict, "reason" => reason };
            say.with("hub-notice-decided", &args)
        }
        Notice::ReportHandled => say.the("hub-notice-report-handled"),
        Notice::Sanctioned { measure, until, reason } => {
            let measure = sanction::view::measure(*measure, say.lang());
            let mut args = args! { "measure" => measure, "reason" => escape_within(reason, REASON_CHARS) };
            let Some(until) = until else { return say.with("hub-notice-sanctioned", &args) };
            args.set("until", moment(until.div_euclid(1000), When::Full));
            say.with("hub-notice-sanctioned-until", &args)
        }
        Notice::Lifted { reason } => {
            say.with("hub-notice-lifted", &args! { "reason" => escape_within(reason, REASON_CHARS) })
        }
        Notice::DeadLink { title, .. } => titled("hub-notice-dead-link", title, say),
        Notice::Level { level } => say.with("hub-notice-level", &args! { "level" => *level }),
        Notice::Badge { name } => say.with("hub-notice-badge", &args! { "name" => escape(name) }),
        // Another version's: it is left out before it comes here.
        Notice::Unknown => String::new(),
    }
}

fn titled(key: &str, title: &str, say: Say<'_>) -> String {
    say.with(key, &args! { "title" => escape(title) })
}
