//! What a voter reads.

use app::{Lang, args};
use discord::message::Message;

use crate::model::Vote;
use crate::share::view::opinions;
use crate::texts::TEXTS;

/// « Avis enregistré : utile. Total : 12 utiles, 1 inutile. »
pub fn saved(vote: Option<Vote>, up: u32, down: u32, lang: Lang) -> Message {
    let say = TEXTS.say(lang);
    let total = opinions(up, down, say);
    Message::text(match vote {
        Some(vote) => {
            let choice = if vote.useful { "useful" } else { "not" };
            say.with("hub-vote-saved", &args! { "choice" => choice, "opinions" => total })
        }
        None => say.with("hub-vote-withdrawn", &args! { "opinions" => total }),
    })
}
