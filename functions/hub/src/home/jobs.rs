//! How the worker puts the panel where all see it.

use app::{Desk, Failure, Finish, Lang};
use discord::ChannelId;
use discord::check::Checked;
use discord::rest::{Nonce, RestError};

use super::view;

/// Posts the panel, and says so to whoever asked.
///
/// # Errors
/// See [`Failure`].
pub async fn panel(channel: ChannelId, lang: Lang, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let message = Checked::new(view::home(desk.settings.language))?;
    // The same nonce in each try: a panel that was posted is not posted again.
    let nonce = Nonce::of(format!("panel {}", desk.cause().unwrap_or_default()));
    let answer = match desk.discord.send_message(channel, &message, nonce).await {
        Ok(_) => view::panel_posted(channel, lang),
        Err(RestError::Missing { .. } | RestError::WrongChannel { .. } | RestError::Gone(_)) => {
            view::panel_refused(channel, lang)
        }
        Err(error) => return Err(error.into()),
    };
    desk.answer(answer).await?;
    Ok(Finish::done())
}

/// After the last try: whoever asked is told that it did not work.
///
/// # Errors
/// See [`Failure`].
pub async fn give_up(channel: ChannelId, lang: Lang, desk: &Desk<'_>) -> Result<Finish, Failure> {
    desk.answer(view::panel_refused(channel, lang)).await?;
    Ok(Finish::done())
}
