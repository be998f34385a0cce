//! Every word about links. What pages say of themselves was written by strangers: it is escaped.

use app::{Ctx, Lang, Say, args};
use discord::component::{Button as Press, Choice};
use discord::markdown::{When, escape, escape_within, moment};
use discord::message::Message;

use super::action::Button;
use super::model::{Health, LinkState, Preview};
use crate::card;
use crate::model::Resource;
use crate::share::decide::may_share;
use crate::texts::TEXTS;

/// Where copies of pages are kept.
const ARCHIVE: &str = "https://web.archive.org/web/";

/// Longest preview on a post, in characters once escaped: half of what a field takes.
const PREVIEW_MAX_CHARS: usize = 512;

/// « Aperçu »: the site, and the title of its page.
pub fn preview(preview: &Preview, say: Say<'_>) -> String {
    let site = escape(&preview.site);
    match &preview.title {
        Some(title) => {
            let title = escape_within(title, PREVIEW_MAX_CHARS);
            say.with("hub-preview", &args! { "site" => site, "title" => title })
        }
        None => site,
    }
}

/// What « État » says of a link; nothing while it is normal.
pub fn state(resource: &Resource, say: Say<'_>) -> Option<String> {
    let health = &resource.health;
    health.is_dead().then(|| say.with("hub-link-dead", &args! { "date" => day(health.dead_since) }))
}

/// « Chercher une copie archivée », beside a dead link.
pub fn archived(resource: &Resource, say: Say<'_>) -> Option<Press> {
    let link = resource.link.as_ref().filter(|_| resource.health.is_dead())?;
    Press::link(say.the("hub-link-archived"), format!("{ARCHIVE}{}", link.open))
}

/// « Le lien ne marche plus », among what this person may do; none for those who only read.
pub fn line(resource: &Resource, ctx: &Ctx) -> Option<Choice> {
    let asks = resource.link.is_some() && may_share(ctx).is_ok();
    asks.then(|| {
        card::view::line("hub-link-broken", &Button::Broken { resource: resource.id }, TEXTS.say(ctx.lang))
    })
}

/// It will be looked at.
pub fn will_check(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-link-will-check"))
}

/// It was looked at within the hour.
pub fn just_checked(health: &Health, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let found = match health.state {
        LinkState::Ok => "answers",
        LinkState::Doute | LinkState::Mort => "fails",
        LinkState::NonVerifie => "closed",
    };
    let when = moment(health.checked_at.div_euclid(1000), When::Relative);
    Message::text(say.with("hub-link-just-checked", &args! { "when" => when, "found" => found }))
}

/// It cannot be looked at.
pub fn cannot_check(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-link-cannot-check"))
}

fn day(ms: i64) -> String {
    moment(ms.div_euclid(1000), When::Date)
}
