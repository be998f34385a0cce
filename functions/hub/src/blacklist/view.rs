//! Every word of the blacklist. Only admins read it.

use app::{Lang, Say, args};
use discord::GuildId;
use discord::markdown::{cut, escape, escape_within};
use discord::message::Message;

use super::model::{Blacklist, Entry};
use crate::model::Card;
use crate::share::view::post_address;
use crate::texts::TEXTS;

/// Longest entry that is shown, in characters.
const VALUE_CHARS: usize = 100;

/// Resources that are named when an entry is added.
const MATCHES_SHOWN: usize = 5;

fn about(key: &str, entry: &Entry, say: Say<'_>) -> String {
    let kind = say.the(&format!("hub-blacklist-{}", entry.kind.key()));
    say.with(key, &args! { "kind" => kind, "value" => escape_within(&entry.value, VALUE_CHARS) })
}

/// There is one entry more. What holds it already is named, and stays.
pub fn added(entry: &Entry, matches: &[&Card], guild: GuildId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let mut lines = vec![about("hub-blacklist-added", entry, say)];
    if !matches.is_empty() {
        lines.push(say.with("hub-blacklist-matches", &args! { "count" => matches.len() }));
        lines.extend(
            matches
                .iter()
                .take(MATCHES_SHOWN)
                .map(|card| format!("- {} {}", escape(&card.title), post_address(guild, card.thread))),
        );
    }
    Message::text(cut(&lines.join("\n"), discord::limits::CONTENT_MAX_CHARS))
}

/// There is one entry less.
pub fn removed(entry: &Entry, lang: Lang) -> Message {
    Message::text(about("hub-blacklist-removed", entry, TEXTS.say(lang)))
}

/// The entry is there already.
pub fn known(entry: &Entry, lang: Lang) -> Message {
    Message::text(about("hub-blacklist-known", entry, TEXTS.say(lang)))
}

/// There is no such entry.
pub fn unknown(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-blacklist-unknown"))
}

/// What was typed can refuse nothing.
pub fn unreadable(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-blacklist-unreadable"))
}

/// There is no room for another entry.
pub fn full(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-blacklist-full"))
}

/// Everything that is refused.
pub fn list(blacklist: &Blacklist, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    if blacklist.entries.is_empty() {
        return Message::text(say.the("hub-blacklist-empty"));
    }
    let mut lines = vec![say.with("hub-blacklist-title", &args! { "count" => blacklist.entries.len() })];
    lines.extend(blacklist.entries.iter().map(|entry| about("hub-blacklist-line", entry, say)));
    Message::text(cut(&lines.join("\n"), discord::limits::CONTENT_MAX_CHARS))
}
