//! What somebody who searches reads.

use app::{Lang, args};
use discord::GuildId;
use discord::component::{Button as Press, Component};
use discord::limits;
use discord::markdown::{When, cut, escape, moment};
use discord::message::Message;
use discord::reply::Suggestion;

use crate::model::Card;
use crate::share::view::post_address;
use crate::texts::TEXTS;

/// Results on one page.
///
/// Source: HUB §10.
const PAGE: usize = 5;

/// Longest search shown back, in characters.
const ECHO_CHARS: usize = 60;

/// The lines under what is being typed: title and first theme.
pub fn suggestions(found: &[&Card]) -> Vec<Suggestion> {
    found
        .iter()
        .take(limits::OPTIONS_MAX)
        .map(|card| {
            let name = match card.themes.first() {
                Some(theme) => format!("{} — {theme}", card.title),
                None => card.title.clone(),
            };
            Suggestion::new(name, card.id.to_string())
        })
        .collect()
}

/// A page of results, in Components V2.
pub fn results(text: &str, found: &[&Card], guild: GuildId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let text = escape(&cut(text, ECHO_CHARS));
    if found.is_empty() {
        return Message::text(say.with("hub-search-none", &args! { "text" => text }));
    }
    let head = say.with("hub-search-results", &args! { "count" => found.len(), "text" => text });
    let mut parts = vec![Component::text(head)];
    for card in found.iter().take(PAGE) {
        let date = moment(card.published_at.div_euclid(1000), When::Relative);
        let published = say.with("hub-search-published", &args! { "date" => date });
        let themes = escape(&card.themes.join(", "));
        let line = format!("**{}**\n{themes}\n{published}", escape(&card.title));
        let see = Press::link(say.the("hub-see"), post_address(guild, card.thread));
        parts.push(match see {
            Some(see) => Component::section(line, see),
            None => Component::text(line),
        });
    }
    if found.len() > PAGE {
        parts.push(Component::text(say.the("hub-search-first")));
    }
    Message::layout(parts)
}
