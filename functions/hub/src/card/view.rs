//! The words of the card, and the list of « Plus d’actions ».

use app::{Ctx, Lang, Say, args};
use discord::GuildId;
use discord::component::{Button as Press, Choice, Row, Select};
use discord::custom_id::CustomId;
use discord::markdown::{When, escape, moment};
use discord::message::Message;

use super::action::Button;
use crate::check;
use crate::model::{Resource, ResourceId};
use crate::obsolete;
use crate::share::view::{post, post_address};
use crate::subject::Chosen;
use crate::texts::TEXTS;

/// The card of a resource with the same buttons as its post, and the way there.
pub fn card(resource: &Resource, guild: GuildId, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let published = resource.published_at.unwrap_or(resource.sent_at).div_euclid(1000);
    let date = moment(published, When::Date);
    let message = post(resource, lang).also(match &resource.link {
        Some(link) => say.with("hub-card-link", &args! { "date" => date, "address" => escape(&link.clean) }),
        None => say.with("hub-card-file", &args! { "date" => date }),
    });
    match resource.thread.and_then(|thread| Press::link(say.the("hub-see"), post_address(guild, thread))) {
        Some(see) => message.row(Row::buttons([see])),
        None => message,
    }
}

/// « Plus d’actions », on the post.
pub fn more_button(resource: &Resource, say: Say<'_>) -> Press {
    Press::new(say.the("hub-more"), &Button::More { resource: resource.id })
}

/// « Voir les détails », beside a resource in a list.
pub fn details_button(resource: ResourceId, say: Say<'_>) -> Press {
    Press::new(say.the("hub-details"), &Button::Card { resource })
}

/// The list of what this person may do with a resource: a line of each subject that has one for them.
pub fn more(resource: &Resource, ctx: &Ctx) -> Message {
    let say = TEXTS.say(ctx.lang);
    let lines = [
        Some(line("hub-details", &Button::Card { resource: resource.id }, say)),
        obsolete::view::line(resource, ctx),
        check::view::line(resource, ctx),
    ];
    let select = Select::new(&Chosen::of(resource.id), lines.into_iter().flatten());
    let title = say.with("hub-more-title", &args! { "title" => escape(&resource.title) });
    Message::text(title).row(Row::select(select.placeholder(say.the("hub-more-choose"))))
}

/// A line of the list: choosing it is pressing that button.
pub(crate) fn line(key: &str, button: &impl CustomId, say: Say<'_>) -> Choice {
    Choice::new(say.the(key), button.encode())
}
