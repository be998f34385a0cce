//! Every word and button of sharing. What people typed is escaped.

use app::{Lang, Say, args};
use discord::component::{Button as Press, Choice, Row};
use discord::markdown::{self, When, channel, cut, escape, moment};
use discord::message::{Embed, Message};
use discord::modal::{FieldSelect, FileUpload, Modal, TextInput};
use discord::{ChannelId, GuildId, UserId, limits};

use super::action::{Button, field};
use super::decide::{DESCRIPTION_CHARS, THEMES_MAX, TITLE_CHARS};
use super::file;
use crate::commands::LINK_MAX_CHARS;
use crate::history::NOBODY;
use crate::model::{Draft, Resource, State, Themes};
use crate::obsolete;
use crate::report;
use crate::save;
use crate::texts::TEXTS;
use crate::theme::action::Button as Tags;
use crate::vote::action::Button as Vote;
use crate::{card, check};

/// Longest name of a file shown in the form, in characters: the hint around it takes the rest of 100.
const FILE_HINT_CHARS: usize = 30;

/// The one colour of the hub's cards: a dark blue, without meaning. `0xRRGGBB`.
const COLOR: u32 = 0x1f_4e79;

/// Form M1, with what is known already.
pub fn form(draft: &Draft, kept: Option<u64>, themes: &Themes, lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    let modal = Modal::new(say.the("hub-form-title"), &Button::Form { draft: kept })
        .explained(
            say.the("hub-form-link"),
            say.the("hub-form-link-hint"),
            TextInput::line(field::LINK, LINK_MAX_CHARS).optional().value(&draft.link),
        )
        .explained(
            say.the("hub-form-name"),
            say.the("hub-form-name-hint"),
            TextInput::line(field::TITLE, *TITLE_CHARS.end()).min(*TITLE_CHARS.start()).value(&draft.title),
        )
        .explained(
            say.the("hub-form-description"),
            say.the("hub-form-description-hint"),
            TextInput::paragraph(field::DESCRIPTION, *DESCRIPTION_CHARS.end())
                .min(*DESCRIPTION_CHARS.start())
                .value(&draft.description),
        );
    // Discord cannot show a file again in a form: that it is kept is said in words.
    let file_hint = match &draft.file {
        Some(kept) => {
            let name = cut(&kept.name, FILE_HINT_CHARS);
            say.with("hub-form-file-kept", &args! { "name" => name })
        }
        None => say.with("hub-form-file-hint", &args! { "size" => file::MAX_MIB }),
    };
    let upload = FileUpload::optional(field::FILE, 1, file::ENDINGS);
    let file_label = say.the("hub-form-file");
    if themes.themes.is_empty() {
        return modal.explained(file_label, file_hint, upload);
    }
    let choices = themes
        .themes
        .iter()
        .take(limits::OPTIONS_MAX)
        .map(|theme| Choice::new(&theme.name, &theme.id).chosen(draft.themes.contains(&theme.id)));
    modal
        .explained(
            say.the("hub-form-themes"),
            say.the("hub-form-themes-hint"),
            FieldSelect::new(field::THEMES, choices, THEMES_MAX),
        )
        .explained(file_label, file_hint, upload)
}

/// « C’est enregistré… ».
pub fn saved(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-saved"))
}

/// Beside the file of a resource that is out of sight, for moderators.
pub fn kept_file(resource: &Resource, lang: Lang) -> Message {
    let args = args! { "title" => escape(&resource.title), "resource" => resource.id.to_string() };
    Message::text(TEXTS.say(lang).with("hub-file-kept", &args))
}

/// The answer once the post is there.
pub fn published(thread: ChannelId, lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with("hub-published", &args! { "post" => channel(thread) }))
}

/// The answer when all tries failed: what was typed is in a draft.
pub fn not_published(draft: u64, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let fix = Press::new(say.the("hub-fix"), &Button::Fix { draft }).primary();
    Message::text(say.the("hub-not-published")).row(Row::buttons([fix]))
}

/// The answer when Discord keeps the file no longer: what was typed is in a draft.
pub fn file_gone(draft: u64, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let fix = Press::new(say.the("hub-fix"), &Button::Fix { draft }).primary();
    Message::text(say.the("hub-file-gone")).row(Row::buttons([fix]))
}

/// The same in a channel, when the answer can no longer be edited: only the author is called.
pub fn not_published_in_channel(author: UserId, draft: u64, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let text = format!("{}\n{}", markdown::user(author), say.the("hub-not-published"));
    let fix = Press::new(say.the("hub-fix"), &Button::Fix { draft }).primary();
    Message::text(text).mention_users([author]).row(Row::buttons([fix]))
}

/// The card of a resource that is there already.
pub fn duplicate(existing: &Resource, guild: GuildId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let Some(thread) = existing.thread else {
        return Message::text(say.the("hub-duplicate-pending"));
    };
    if !existing.state.is_open() {
        return Message::text(shut(existing, say));
    }
    let date = moment(existing.sent_at.div_euclid(1000), When::Date);
    let shared =
        say.with("hub-duplicate-author", &args! { "author" => person(existing.author, say), "date" => date });
    let card = titled(existing)
        .description(format!("{}\n\n{shared}", escape(&existing.description)))
        .color(COLOR)
        .field(say.the("hub-field-themes"), escape(&existing.theme_names().join(", ")))
        .field(say.the("hub-field-opinions"), opinions(existing.up, existing.down, say));
    let card = stated(card, existing, say).footer(footer(existing));
    let see = Press::link(say.the("hub-see"), post_address(guild, thread));
    let vote = Press::new(say.the("hub-vote-useful"), &Vote { resource: existing.id, useful: true });
    let tags = Press::new(say.the("hub-suggest-themes"), &Tags::Tags { resource: existing.id });
    let valid = existing.is_obsolete().then(|| obsolete::view::valid_button(existing, say));
    let buttons = see.into_iter().chain([vote, tags]).chain(valid);
    Message::text(say.the("hub-duplicate")).with_embed(card).row(Row::buttons(buttons))
}

/// The card with « État », when that is not as it should be.
fn stated(card: Embed, resource: &Resource, say: Say<'_>) -> Embed {
    let states = states(resource, say);
    if states.is_empty() { card } else { card.field(say.the("hub-field-state"), states.join("\n")) }
}

/// A line of each subject that has something to say; none while all is normal.
pub fn states(resource: &Resource, say: Say<'_>) -> Vec<String> {
    [obsolete::view::state(resource, say), check::view::state(resource, say)].into_iter().flatten().collect()
}

/// The post of a resource: one card, and the buttons that all members use. Of one that nobody is to see,
/// a sentence that says why.
pub fn post(resource: &Resource, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    if !resource.state.is_open() {
        return Message::text(shut(resource, say));
    }
    let shown = titled(resource)
        .description(escape(&resource.description))
        .color(COLOR)
        .field(say.the("hub-field-themes"), escape(&resource.theme_names().join(", ")))
        .field(say.the("hub-field-author"), person(resource.author, say))
        .field(say.the("hub-field-opinions"), opinions(resource.up, resource.down, say));
    let shown = match &resource.preview {
        Some(preview) => shown.field(say.the("hub-field-preview"), check::view::preview(preview, say)),
        None => shown,
    };
    let shown = stated(shown, resource, say).footer(footer(resource));
    let open = resource.link.as_ref().and_then(|link| Press::link(say.the("hub-open"), &link.open));
    let useful = Press::new(
        say.with("hub-useful", &args! { "count" => resource.up }),
        &Vote { resource: resource.id, useful: true },
    );
    let not_useful = Press::new(
        say.with("hub-not-useful", &args! { "count" => resource.down }),
        &Vote { resource: resource.id, useful: false },
    );
    let save = save::view::button(resource, say);
    let others = [
        obsolete::view::button(resource, say),
        report::view::button(resource, lang),
        card::view::more_button(resource, say),
    ];
    let archived = check::view::archived(resource, say);
    Message::embed(shown)
        .row(Row::buttons(open.into_iter().chain([useful, not_useful, save])))
        .row(Row::buttons(others.into_iter().chain(archived)))
}

/// Why nobody is to see a resource.
fn shut(resource: &Resource, say: Say<'_>) -> String {
    match (resource.state, resource.removed_by) {
        (State::Retiree, Some(_)) => say.the("hub-post-removed"),
        (state, _) => say.with("hub-post-shut", &args! { "state" => state.word() }),
    }
}

/// The name of its thread: the title, unless that is hidden with it.
pub fn post_name(resource: &Resource, lang: Lang) -> String {
    match (resource.state, resource.removed_by) {
        (State::Masquee, _) | (State::Retiree, Some(_)) => TEXTS.say(lang).the("hub-post-hidden-name"),
        _ => resource.title.clone(),
    }
}

/// A card whose title opens the link.
fn titled(resource: &Resource) -> Embed {
    let card = Embed::new(escape(&resource.title));
    match &resource.link {
        Some(link) => card.url(&link.open),
        None => card,
    }
}

/// What a file shows, for those who do not see it: a picture is described, a document is named.
pub fn alternative(resource: &Resource, name: &str) -> String {
    if file::is_picture(name) {
        format!("{}. {}", resource.title, resource.description)
    } else {
        resource.title.clone()
    }
}

/// The line by which a post is recognised as that of a resource.
pub fn footer(resource: &Resource) -> String {
    format!("{} · Hub", resource.id)
}

/// « 12 utiles, 1 inutile ».
pub fn opinions(useful: u32, not: u32, say: Say<'_>) -> String {
    say.with("hub-opinions", &args! { "useful" => useful, "not" => not })
}

/// The address of a post, for a link button.
pub fn post_address(guild: GuildId, thread: ChannelId) -> String {
    format!("https://discord.com/channels/{guild}/{thread}")
}

/// Somebody's name; whoever was erased has none.
pub(crate) fn person(user: UserId, say: Say<'_>) -> String {
    if user == NOBODY { say.the("hub-author-gone") } else { markdown::user(user) }
}
