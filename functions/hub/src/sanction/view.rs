//! Every word of sanctions.

use app::{Lang, args};
use discord::UserId;
use discord::component::{Button as Press, Row};
use discord::markdown::{self, When, escape_within, moment};
use discord::message::Message;

use super::action::Button;
use super::decide::REASON_MAX_CHARS;
use super::model::{Measure, Proposal, Sanction};
use crate::texts::TEXTS;

/// A measure in words.
pub fn measure(measure: Measure, lang: Lang) -> String {
    TEXTS.say(lang).the(&format!("hub-measure-{}", measure.key()))
}

/// A measure was taken, and what the ladder proposes next time.
pub fn taken(user: UserId, sanction: &Sanction, next: Measure, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let name = markdown::user(user);
    let mut args = args! { "measure" => measure(sanction.measure, lang), "name" => name };
    let done = match sanction.until {
        Some(until) => {
            args.set("until", moment(until.div_euclid(1000), When::Full));
            say.with("hub-sanction-done-until", &args)
        }
        None => say.with("hub-sanction-done", &args),
    };
    let next = say.with("hub-sanction-next", &args! { "measure" => measure(next, lang) });
    Message::text(format!("{done}\n{next}"))
}

/// An exclusion is proposed.
pub fn proposed(user: UserId, lang: Lang) -> Message {
    let args = args! { "name" => markdown::user(user) };
    Message::text(TEXTS.say(lang).with("hub-sanction-proposed", &args))
}

/// The same in the moderation channel, for an admin to confirm.
pub fn call(user: UserId, proposal: &Proposal, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let reason = escape_within(&proposal.reason, REASON_MAX_CHARS);
    let args =
        args! { "name" => markdown::user(user), "by" => markdown::user(proposal.by), "reason" => reason };
    let confirm = Press::new(say.the("hub-sanction-confirm"), &Button { user }).danger();
    Message::text(say.with("hub-sanction-call", &args)).row(Row::buttons([confirm]))
}

/// A measure was lifted, or there was none.
pub fn lifted(user: UserId, was: bool, lang: Lang) -> Message {
    let key = if was { "hub-sanction-lifted" } else { "hub-sanction-none" };
    Message::text(TEXTS.say(lang).with(key, &args! { "name" => markdown::user(user) }))
}
