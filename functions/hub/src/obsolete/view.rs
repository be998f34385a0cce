//! Every word and button of what has aged.

use app::{Ctx, Lang, Say, args};
use discord::component::{Button as Press, Choice};
use discord::message::Message;

use super::action::Button;
use super::decide::may_say_valid;
use super::model::{Opinion, Said};
use crate::card;
use crate::model::Resource;
use crate::texts::TEXTS;

/// « Obsolète », on the post.
pub fn button(resource: &Resource, say: Say<'_>) -> Press {
    Press::new(say.the("hub-old"), &Button { resource: resource.id, outdated: true })
}

/// « Toujours valable », on the card of a duplicate that is out of date.
pub fn valid_button(resource: &Resource, say: Say<'_>) -> Press {
    Press::new(say.the("hub-valid"), &Button { resource: resource.id, outdated: false })
}

/// « Toujours valable », among other actions, for those whose word counts.
pub fn line(resource: &Resource, ctx: &Ctx) -> Option<Choice> {
    let button = Button { resource: resource.id, outdated: false };
    may_say_valid(resource, ctx).then(|| card::view::line("hub-valid", &button, TEXTS.say(ctx.lang)))
}

/// What « État » says of a resource that is out of date; nothing of another.
pub fn state(resource: &Resource, say: Say<'_>) -> Option<String> {
    let by = match resource.said_obsolete {
        Some(Said::Author) => "author",
        Some(Said::Staff) => "staff",
        None => "people",
    };
    let text = || say.with("hub-old-state", &args! { "by" => by, "count" => resource.old });
    resource.is_obsolete().then(text)
}

/// A member has spoken.
pub fn noted(opinion: Option<Opinion>, old: u32, valid: u32, lang: Lang) -> Message {
    let choice = match opinion {
        Some(Opinion { outdated: true, .. }) => "old",
        Some(Opinion { outdated: false, .. }) => "valid",
        None => "none",
    };
    let total = args! { "choice" => choice, "old" => old, "valid" => valid };
    Message::text(TEXTS.say(lang).with("hub-old-noted", &total))
}

/// Author or staff have spoken.
pub fn marked(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-old-marked"))
}

/// It was said before.
pub fn already(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-old-already"))
}

/// Author or staff have taken it back; members may still say it.
pub fn lifted(resource: &Resource, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    Message::text(if resource.is_obsolete() {
        say.with("hub-old-lifted-still", &args! { "count" => resource.old })
    } else {
        say.the("hub-old-lifted")
    })
}
