//! Every word and button of themes. Names were typed by people: they are escaped.

use app::{Lang, args};
use discord::component::{Button as Press, Choice, Component, Row};
use discord::limits;
use discord::markdown::escape;
use discord::message::Message;
use discord::modal::{FieldSelect, Modal};
use discord::reply::Suggestion;

use super::action::{Button, THEME};
use super::decide::{ACTIVE_MAX, NAME_CHARS, QUORUM};
use super::items::{Wish, same as fold_name, wish_id};
use crate::model::{ResourceId, Theme, Themes};
use crate::texts::TEXTS;

/// Wishes on one page: each has two buttons, and 40 components are the limit of a message.
const WISHES_SHOWN: usize = 5;

/// Other words are shown while the list is shorter than this, in characters: all names come first.
const ALSO_UNTIL_CHARS: usize = 1200;

/// Lists of the form: each holds 25 themes, and a server has 60.
const LISTS: usize = ACTIVE_MAX.div_ceil(limits::OPTIONS_MAX);

/// Themes whose name or other words begin as typed.
pub fn suggestions(typed: &str, themes: &Themes) -> Vec<Suggestion> {
    let typed = fold_name(typed);
    let fits = |theme: &&Theme| {
        std::iter::once(&theme.name).chain(&theme.aliases).any(|word| fold_name(word).contains(&typed))
    };
    let found = themes.themes.iter().filter(fits).take(limits::OPTIONS_MAX);
    found.map(|theme| Suggestion::new(&theme.name, &theme.id)).collect()
}

/// `/hub theme liste`; staff see what members want, too.
pub fn list(themes: &Themes, wishes: &[Wish], lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let mut text = say.with("hub-theme-list", &args! { "count" => themes.themes.len() });
    for theme in &themes.themes {
        let name = escape(&theme.name);
        let aliases: Vec<String> = theme
            .aliases
            .iter()
            .take(if text.chars().count() < ALSO_UNTIL_CHARS { 3 } else { 0 })
            .map(|alias| escape(alias))
            .collect();
        text.push('\n');
        text.push_str(&if aliases.is_empty() {
            say.with("hub-theme-line", &args! { "name" => name })
        } else {
            say.with("hub-theme-line-also", &args! { "name" => name, "also" => aliases.join(", ") })
        });
    }
    let mut parts = vec![Component::text(text)];
    let ready = wishes.iter().filter(|wish| wish.by.len() >= QUORUM).take(WISHES_SHOWN);
    for wish in ready {
        let name = escape(&wish.name);
        parts.push(Component::text(
            say.with("hub-theme-wish", &args! { "name" => name, "count" => wish.by.len() }),
        ));
        let press = |accept: bool, label: &str| {
            Press::new(say.the(label), &Button::Wish { wish: wish_id(&wish.name), accept })
        };
        let row = [press(true, "hub-theme-create"), press(false, "hub-theme-refuse")];
        parts.push(Component::Row(Row::buttons(row)));
    }
    Message::layout(parts)
}

/// « Proposer un thème », for a resource.
pub fn form(resource: ResourceId, free: &[&Theme], lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    let modal = Modal::new(say.the("hub-theme-form"), &Button::Tags { resource });
    let lists: Vec<&[&Theme]> = free.chunks(limits::OPTIONS_MAX).take(LISTS).collect();
    if let [only] = lists.as_slice() {
        return modal.field(say.the("hub-theme-field"), select(0, only));
    }
    lists.iter().enumerate().fold(modal, |modal, (place, list)| {
        let (first, last) = (&list[0].name, &list[list.len() - 1].name);
        let label = say.with("hub-theme-field-part", &args! { "first" => first, "last" => last });
        modal.field(label, select(place, list).optional())
    })
}

/// The name of a list of the form.
pub fn field(place: usize) -> String {
    if place == 0 { THEME.to_owned() } else { format!("{THEME}-{place}") }
}

/// The names of all lists of the form.
pub fn fields() -> impl Iterator<Item = String> {
    (0..LISTS).map(field)
}

fn select(place: usize, themes: &[&Theme]) -> FieldSelect {
    FieldSelect::new(field(place), themes.iter().map(|theme| Choice::new(&theme.name, &theme.id)), 1)
}

fn about(key: &str, name: &str, lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with(key, &args! { "name" => escape(name) }))
}

/// One voice is there; another one applies it.
pub fn suggested(name: &str, lang: Lang) -> Message {
    about("hub-theme-suggested", name, lang)
}

/// The resource has the theme.
pub fn applied(name: &str, lang: Lang) -> Message {
    about("hub-theme-applied", name, lang)
}

/// The resource has all themes that it can have.
pub fn no_more(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-theme-no-more"))
}

/// A new theme has so many voices.
pub fn wished(name: &str, voices: usize, lang: Lang) -> Message {
    about(if voices < QUORUM { "hub-theme-wished" } else { "hub-theme-wished-enough" }, name, lang)
}

/// The theme is there.
pub fn created(name: &str, lang: Lang) -> Message {
    about("hub-theme-created", name, lang)
}

/// Staff said no to a theme that members want.
pub fn refused(name: &str, lang: Lang) -> Message {
    about("hub-theme-refused", name, lang)
}

/// There is one of that name already.
pub fn exists(theme: &Theme, lang: Lang) -> Message {
    about("hub-theme-exists", &theme.name, lang)
}

/// The name is too short or too long.
pub fn name_length(lang: Lang) -> Message {
    let (min, max) = (*NAME_CHARS.start(), *NAME_CHARS.end());
    Message::text(TEXTS.say(lang).with("hub-theme-name-length", &args! { "min" => min, "max" => max }))
}

/// There are as many as there may be.
pub fn full(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with("hub-theme-full", &args! { "max" => ACTIVE_MAX }))
}

/// The theme has another name.
pub fn renamed(from: &str, to: &str, lang: Lang) -> Message {
    from_to("hub-theme-renamed", from, to, lang)
}

/// One theme went into another.
pub fn merged(from: &str, to: &str, lang: Lang) -> Message {
    from_to("hub-theme-merged", from, to, lang)
}

fn from_to(key: &str, from: &str, to: &str, lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with(key, &args! { "from" => escape(from), "to" => escape(to) }))
}

/// One theme cannot stand for itself.
pub fn same(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-theme-same"))
}

/// The theme is archived.
pub fn archived(name: &str, lang: Lang) -> Message {
    about("hub-theme-archived", name, lang)
}

/// Resources would be left without a theme.
pub fn needs_replacement(name: &str, resources: usize, lang: Lang) -> Message {
    let args = args! { "name" => escape(name), "count" => resources };
    Message::text(TEXTS.say(lang).with("hub-theme-needs-replacement", &args))
}
