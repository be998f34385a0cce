//! Every word and button of what is saved. Titles and notes were typed by people: they are escaped.

use app::{Lang, Say, Timestamp, args};
use discord::GuildId;
use discord::component::{Button as Press, Component, Row};
use discord::markdown::{When, escape, escape_within, moment};
use discord::message::{File, Message};
use discord::modal::{Modal, TextInput};

use super::action::{Button, NOTE};
use super::items::SAVED_MAX;
use super::model::{NOTE_MAX_CHARS, Page, Saved};
use crate::card;
use crate::csv::{self, Cell};
use crate::model::{Resource, ResourceId, State};
use crate::pages::turns;
use crate::share::view::{post_address, post_name, states};
use crate::texts::TEXTS;

/// Longest note in the list, in characters with what escapes it: five of them and their titles fit on
/// one page. Its form and the file show it whole.
const NOTE_SHOWN_CHARS: usize = 300;

/// « Enregistrer », on the post.
pub fn button(resource: &Resource, say: Say<'_>) -> Press {
    Press::new(say.the("hub-save"), &Button::Toggle { resource: resource.id })
}

/// « Mes enregistrements », beside other lists of one's own.
pub fn list_button(say: Say<'_>) -> Press {
    Press::new(say.the("hub-saved-button"), &Button::List)
}

/// It is saved.
pub fn saved(resource: ResourceId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let note = Press::new(say.the("hub-save-add-note"), &Button::Note { resource });
    Message::text(say.the("hub-save-done")).row(Row::buttons([note]))
}

/// It is saved no longer, and its note with it.
pub fn removed(had_note: bool, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    Message::text(say.the(if had_note { "hub-save-removed-note" } else { "hub-save-removed" }))
}

/// The list has no room.
pub fn full(lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let text = say.with("hub-save-full", &args! { "count" => SAVED_MAX });
    Message::text(text).row(Row::buttons([list_button(say)]))
}

/// The form of a note.
pub fn form(resource: ResourceId, note: &str, lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    let input = TextInput::paragraph(NOTE, NOTE_MAX_CHARS).optional().value(note);
    Modal::new(say.the("hub-note-title"), &Button::Note { resource }).explained(
        say.the("hub-note-field"),
        say.with("hub-note-hint", &args! { "count" => NOTE_MAX_CHARS }),
        input,
    )
}

/// The note is kept, or there is none any more.
pub fn noted(note: &str, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let text = say.the(if note.is_empty() { "hub-note-gone" } else { "hub-note-kept" });
    Message::text(text).row(Row::buttons([list_button(say)]))
}

/// One page of what a person has saved.
pub fn list(page: &Page, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let head = if page.total == 0 {
        say.the("hub-saved-none")
    } else if page.ask.filter.is_empty() {
        say.with("hub-saved-title", &args! { "count" => page.total })
    } else {
        let filter = escape(&page.ask.filter);
        say.with("hub-saved-found", &args! { "count" => page.found, "text" => filter })
    };
    let mut parts = vec![Component::text(head)];
    for (saved, resource) in &page.shown {
        parts.push(Component::text(entry(saved, resource.as_ref(), lang)));
        let published = resource.as_ref().is_some_and(|resource| resource.state == State::Publiee);
        let details = published.then(|| card::view::details_button(saved.id, say));
        let note = Press::new(say.the("hub-note"), &Button::Note { resource: saved.id });
        let remove = Press::new(say.the("hub-saved-remove"), &Button::Remove { resource: saved.id });
        parts.push(Component::Row(Row::buttons(details.into_iter().chain([note, remove]))));
    }
    let turn = |label: &str, number| Press::new(label, &Button::Turn { ask: page.ask.at(number) });
    let turns = turns(page.ask.page, page.pages, say, turn);
    let export = (page.total > 0).then(|| Press::new(say.the("hub-export"), &Button::Export));
    let buttons: Vec<_> = turns.chain(export).collect();
    if !buttons.is_empty() {
        parts.push(Component::Row(Row::buttons(buttons)));
    }
    Message::layout(parts)
}

/// A saved resource in the list.
fn entry(saved: &Saved, resource: Option<&Resource>, lang: Lang) -> String {
    let say = TEXTS.say(lang);
    let when = moment(saved.at.div_euclid(1000), When::Date);
    let mut text = format!("**{}**\n", escape(&title(saved, resource, lang)));
    text.push_str(&say.with("hub-saved-when", &args! { "date" => when }));
    if let Some(state) = state(resource, say) {
        text.push('\n');
        text.push_str(&state);
    }
    if let Some(note) = &saved.note {
        text.push('\n');
        text.push_str(
            &say.with("hub-saved-note", &args! { "note" => escape_within(note, NOTE_SHOWN_CHARS) }),
        );
    }
    text
}

/// The title as it is now; as it was for a resource that is gone, and none for one that nobody is to see.
fn title(saved: &Saved, resource: Option<&Resource>, lang: Lang) -> String {
    resource.map_or_else(|| saved.title.clone(), |resource| post_name(resource, lang))
}

/// What has become of a resource, unless it is as it should be.
fn state(resource: Option<&Resource>, say: Say<'_>) -> Option<String> {
    let word = match resource {
        None => "absente",
        Some(resource) if resource.state.is_open() => {
            let states = states(resource, say);
            return (!states.is_empty()).then(|| states.join("\n"));
        }
        Some(resource) => resource.state.word(),
    };
    Some(say.with("hub-saved-state", &args! { "state" => word }))
}

/// The list as a file.
pub fn exported(lines: &[(Saved, Option<Resource>)], guild: GuildId, now: Timestamp, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let head = ["title", "link", "themes", "state", "day", "note", "id", "post"]
        .map(|column| Cell::from(say.the(&format!("hub-export-{column}"))));
    let rows = lines.iter().map(|(saved, resource)| {
        let resource = resource.as_ref();
        let seen = resource.filter(|resource| resource.state == State::Publiee);
        let link = seen.and_then(|resource| Some(resource.link.as_ref()?.open.clone()));
        let themes = seen.map(|resource| resource.theme_names().join(", "));
        let post = seen.and_then(|resource| Some(post_address(guild, resource.thread?)));
        vec![
            title(saved, resource, lang).into(),
            link.unwrap_or_default().into(),
            themes.unwrap_or_default().into(),
            state(resource, say).unwrap_or_default().into(),
            csv::day(saved.at).into(),
            saved.note.clone().unwrap_or_default().into(),
            saved.id.to_string().into(),
            post.unwrap_or_default().into(),
        ]
    });
    let bytes = csv::table(std::iter::once(head.into()).chain(rows));
    let name = format!("passerelle_{}_{}.csv", say.the("hub-export-name"), csv::day(now.0));
    let text = say.with("hub-export-done", &args! { "count" => lines.len() });
    Message::text(&text).file(File::new(name, bytes, &text))
}

/// The file could not be made.
pub fn not_exported(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-export-failed"))
}

#[cfg(test)]
mod tests {
    use discord::{ChannelId, UserId};

    use super::*;
    use crate::model::Theme;

    #[test]
    fn the_file_holds_notes_as_texts_and_says_nothing_of_what_nobody_is_to_see() {
        let saved = |number: u64, note: &str| Saved {
            id: ResourceId::new(number),
            at: 1_795_510_800_000,
            title: "Git ; les bases".into(),
            note: (!note.is_empty()).then(|| note.into()),
        };
        let resource = |number: u64, state: State| Resource {
            state,
            thread: Some(ChannelId(8)),
            themes: vec![Theme { name: "git".into(), ..Theme::default() }],
            ..Resource::new(ResourceId::new(number), "=1+1", "Description", UserId(9), 0)
        };
        let lines = [
            (saved(1, "@relire"), Some(resource(1, State::Publiee))),
            (saved(2, ""), Some(resource(2, State::Masquee))),
            (saved(3, "dit \"oui\""), None),
        ];
        let message = exported(&lines, GuildId(7), Timestamp(1_795_597_200_000), Lang::Fr);
        let file = &message.files()[0];
        assert_eq!(file.name(), "passerelle_enregistrements_2026-11-25.csv");
        let text = String::from_utf8(file.bytes().to_vec()).unwrap();
        let expected = [
            "\u{feff}\"Titre\";\"Adresse\";\"Thèmes\";\"État\";\"Enregistrée le (UTC)\";\"Note\";\"Numéro\";\"Discussion\"",
            "\"'=1+1\";\"\";\"git\";\"\";\"2026-11-24\";\"'@relire\";\"H-0000001\";\"https://discord.com/channels/7/8\"",
            "\"Ressource masquée\";\"\";\"\";\"Masquée, la modération décide\";\"2026-11-24\";\"\";\"H-0000002\";\"\"",
            "\"Git ; les bases\";\"\";\"\";\"N’est plus dans le Hub\";\"2026-11-24\";\"dit \"\"oui\"\"\";\"H-0000003\";\"\"",
            "",
        ];
        assert_eq!(text, expected.join("\r\n"));
    }
}
