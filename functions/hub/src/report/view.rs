//! What somebody who reports reads and fills in.

use app::Lang;
use discord::component::{Button as Press, Choice, Row};
use discord::message::Message;
use discord::modal::{FieldSelect, Modal, TextInput};

use super::action::{Button, Target, field};
use super::model::{Category, Report};
use crate::model::Resource;
use crate::refusal::Refusal;
use crate::texts::TEXTS;

/// Longest details, in characters.
///
/// Source: HUB §4.3 M3.
pub const DETAILS_MAX_CHARS: usize = 500;

/// « Signaler », under a post.
pub fn button(resource: &Resource, lang: Lang) -> Press {
    let button = Button { target: Target::Resource(resource.id), amend: false };
    Press::new(TEXTS.say(lang).the("hub-report"), &button)
}

/// A category in words.
pub fn category(category: Category, lang: Lang) -> String {
    TEXTS.say(lang).the(&format!("hub-category-{}", category.key()))
}

/// Form M3, with the earlier report when it is changed.
pub fn form(target: Target, amend: bool, own: Option<&Report>, lang: Lang) -> Modal {
    let say = TEXTS.say(lang);
    let choices = Category::ALL.map(|category| {
        Choice::new(self::category(category, lang), category.key())
            .chosen(own.is_some_and(|own| own.category == category))
    });
    let details = own.and_then(|own| own.details.as_deref()).unwrap_or_default();
    Modal::new(say.the("hub-report"), &Button { target, amend })
        .field(say.the("hub-report-category"), FieldSelect::new(field::CATEGORY, choices, 1))
        .explained(
            say.the("hub-report-details"),
            say.the("hub-report-details-hint"),
            TextInput::paragraph(field::DETAILS, DETAILS_MAX_CHARS).optional().value(details),
        )
}

/// The report is kept.
pub fn thanks(amended: bool, hidden: bool, lang: Lang) -> Message {
    let key = match (amended, hidden) {
        (_, true) => "hub-report-hidden",
        (true, false) => "hub-report-changed",
        (false, false) => "hub-report-thanks",
    };
    Message::text(TEXTS.say(lang).the(key))
}

/// This was reported already: the category can be changed.
pub fn already(target: Target, lang: Lang) -> Message {
    let change = Press::new(TEXTS.say(lang).the("hub-report-change"), &Button { target, amend: true });
    app::Refusal::message(&Refusal::AlreadyReported, lang).row(Row::buttons([change]))
}
