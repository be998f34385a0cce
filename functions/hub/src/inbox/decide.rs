//! The rules of the inbox: everyone has one, and opening it is reading it.

use app::{Ctx, Decision};
use discord::check::Checked;
use discord::reply::Reply;

use super::action::Button;
use super::model::Inbox;
use super::{items, view};
use crate::refusal::Refusal;
use crate::share::decide::is_on;
use crate::texts::TEXTS;

/// « Mes nouvelles » was pressed, or a page was turned.
///
/// # Errors
/// When the function is off.
pub fn open(button: &Button, ctx: &Ctx, inbox: &Inbox) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    Ok(match button {
        Button::Open => {
            let decision = Decision::reply(Reply::Whisper(view::page(inbox, 0, ctx.lang)));
            if inbox.unread() > 0 {
                decision.write(items::opened(ctx.guild, ctx.user, ctx.now))
            } else {
                decision
            }
        }
        Button::Turn { page } => Decision::reply(Reply::Update(view::page(inbox, *page, ctx.lang))),
    })
}

/// Says under an answer that there is news. It is said once, if the answer writes something anyway;
/// an answer that writes nothing stays free, and says it until one does or the inbox is opened.
pub fn mention(decision: Decision, inbox: &Inbox, ctx: &Ctx) -> Decision {
    if !inbox.has_untold() {
        return decision;
    }
    let Reply::Whisper(message) = &decision.reply else { return decision };
    let hint = view::hint(inbox.unread(), TEXTS.say(ctx.lang));
    let reply = Reply::Whisper(message.clone().also(hint));
    // An answer that is full already stays whole.
    if Checked::new(reply.clone()).is_err() {
        return decision;
    }
    let silent = decision.is_silent();
    let decision = Decision { reply, ..decision };
    if silent { decision } else { decision.write(items::told(ctx.guild, ctx.user, ctx.now)) }
}
