//! Every word and button of the way in.

use app::{Lang, Say, args};
use discord::ChannelId;
use discord::component::{Button as Press, Component, Row};
use discord::markdown::{When, channel, escape, moment};
use discord::message::Message;

use super::action::Button;
use super::model::Page;
use crate::model::{Resource, State};
use crate::pages::turns;
use crate::share::action::Button as Share;
use crate::share::view::opinions;
use crate::texts::TEXTS;
use crate::{card, inbox, save};

/// The home card, alone or as the panel that all see.
pub fn home(lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let share = Press::new(say.the("hub-home-share"), &Share::Open).primary();
    let mine = Press::new(say.the("hub-home-mine"), &Button::Mine);
    let what = Press::new(say.the("hub-home-what"), &Button::What);
    Message::layout([
        Component::text(say.the("hub-home-title")),
        Component::Row(Row::buttons([share, mine, what])),
    ])
}

/// « C’est quoi le Hub ? »
pub fn what(lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).the("hub-what"))
}

/// One page of what a person has shared.
pub fn mine(page: &Page, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let head = if page.total == 0 {
        say.the("hub-mine-none")
    } else {
        say.with("hub-mine-title", &args! { "count" => page.total })
    };
    let mut parts = vec![Component::text(head)];
    parts.extend(page.resources.iter().map(|resource| own(resource, say)));
    let turns = turns(page.number, page.pages, say, |label, page| Press::new(label, &Button::Turn { page }));
    let lists = [save::view::list_button(say), inbox::view::button(0, say)];
    parts.push(Component::Row(Row::buttons(turns.chain(lists))));
    Message::layout(parts)
}

/// One's own resource in the list.
fn own(resource: &Resource, say: Say<'_>) -> Component {
    let sent = moment(resource.sent_at.div_euclid(1000), When::Date);
    let text = format!(
        "**{}**\n{}\n{}",
        escape(&resource.title),
        say.with("hub-mine-state", &args! { "state" => resource.state.word(), "date" => sent }),
        opinions(resource.up, resource.down, say)
    );
    match resource.state {
        State::Publiee => Component::section(text, card::view::details_button(resource.id, say)),
        State::EnVerification | State::Masquee | State::Retiree | State::Fusionnee => Component::text(text),
    }
}

/// The panel is there.
pub fn panel_posted(at: ChannelId, lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with("hub-panel-posted", &args! { "channel" => channel(at) }))
}

/// The panel cannot be there.
pub fn panel_refused(at: ChannelId, lang: Lang) -> Message {
    Message::text(TEXTS.say(lang).with("hub-panel-refused", &args! { "channel" => channel(at) }))
}
