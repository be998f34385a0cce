//! What the worker does about sanctions: admins are shown the exclusions that wait for one of them.

use app::{Desk, Failure, Finish};
use directory::ChannelKey;
use discord::UserId;
use discord::check::Checked;
use discord::rest::{Gone, Nonce, RestError};

use super::model::Proposal;
use super::{items, view};

/// Shows a proposed exclusion in the moderation channel. Without one, an admin confirms by typing it.
///
/// # Errors
/// See [`Failure`].
pub async fn call(user: UserId, desk: &Desk<'_>) -> Result<Finish, Failure> {
    let Some(item) = desk.store.get(&items::proposal(desk.guild, user)).await? else {
        return Ok(Finish::done());
    };
    let proposal: Proposal = store::read(item)?;
    let Some(channel) = desk.settings.channel_for(ChannelKey::Moderation) else { return Ok(Finish::done()) };
    let message = Checked::new(view::call(user, &proposal, desk.settings.language))?;
    let nonce = Nonce::of(format!("exclusion {user} {}", proposal.at));
    match desk.discord.send_message(channel, &message, nonce).await {
        Ok(_) | Err(RestError::Gone(Gone::Channel)) => Ok(Finish::done()),
        Err(error) => Err(error.into()),
    }
}
