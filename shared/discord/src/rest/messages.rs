//! Messages of channels, threads and posts.
//!
//! Source: <https://docs.discord.com/developers/resources/message>

use http::Method;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::route::Route;
use super::{Call, Gone, PostedMessage, Reason, Rest, RestError};
use crate::check::Checked;
use crate::message::Message;
use crate::permission::Permissions;
use crate::{ChannelId, MessageId};

const ONE: &str = "/channels/{}/messages/{}";
const PIN: &str = "/channels/{}/messages/pins/{}";

const SEE: Permissions = Permissions::VIEW_CHANNEL;
const SEND: Permissions = SEE.or(Permissions::SEND_MESSAGES).or(Permissions::EMBED_LINKS);
const READ: Permissions = SEE.or(Permissions::READ_MESSAGE_HISTORY);

/// What makes two sendings one: within some minutes Discord gives the first message back.
///
/// Source: <https://docs.discord.com/developers/resources/message#create-message-jsonform-params>
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Nonce(String);

impl Nonce {
    /// For one effect, named by whatever names it: the id of its job and step. The same name gives
    /// the same nonce in every process.
    pub fn of(effect: impl AsRef<[u8]>) -> Self {
        // 24 of 25 characters: 96 bits of the hash.
        Self(hex::encode(&Sha256::digest(effect.as_ref())[..12]))
    }

    /// As Discord gives it back in [`PostedMessage::nonce`].
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which messages of a channel, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Messages {
    /// Only newer than this one.
    pub after: Option<MessageId>,
    /// Only older than this one.
    pub before: Option<MessageId>,
    /// At most this many, 1 to 100. Discord's own default is 50.
    pub limit: Option<u8>,
}

impl Rest {
    /// Sends a message to a channel, a thread or a post. A nonce makes repetitions harmless.
    pub async fn send_message(
        &self,
        channel: ChannelId,
        message: &Checked<Message>,
        nonce: Nonce,
    ) -> Result<PostedMessage, RestError> {
        #[derive(Serialize)]
        struct Body<'a> {
            #[serde(flatten)]
            message: &'a Checked<Message>,
            nonce: Nonce,
            enforce_nonce: bool,
        }
        let route = Route::bot(Method::POST, "/channels/{}/messages", &[channel.0]).needs(SEND).repeatable();
        let body = Body { message, nonce, enforce_nonce: true };
        self.read(Call::new(route).parts(&body, message.get().files())).await
    }

    /// A message of the bot becomes this one.
    pub async fn edit_message(
        &self,
        channel: ChannelId,
        posted: MessageId,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        let route = Route::bot(Method::PATCH, ONE, &[channel.0, posted.0]).needs(SEE);
        self.read(Call::new(route).parts(&message.get().as_edit(), message.get().files())).await
    }

    /// Deletes a message; one that is no longer there is deleted.
    pub async fn delete_message(
        &self,
        channel: ChannelId,
        posted: MessageId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let needs = SEE.or(Permissions::MANAGE_MESSAGES);
        let route = Route::bot(Method::DELETE, ONE, &[channel.0, posted.0]).needs(needs);
        match self.done(Call::new(route).reason(reason.into())).await {
            Err(RestError::Gone(Gone::Message)) => Ok(()),
            other => other,
        }
    }

    /// One message.
    pub async fn message(&self, channel: ChannelId, posted: MessageId) -> Result<PostedMessage, RestError> {
        self.read(Call::new(Route::bot(Method::GET, ONE, &[channel.0, posted.0]).needs(READ))).await
    }

    /// Messages of a channel, newest first.
    pub async fn messages(
        &self,
        channel: ChannelId,
        which: Messages,
    ) -> Result<Vec<PostedMessage>, RestError> {
        let mut route = Route::bot(Method::GET, "/channels/{}/messages", &[channel.0]).needs(READ);
        if let Some(after) = which.after {
            route = route.query("after", after);
        }
        if let Some(before) = which.before {
            route = route.query("before", before);
        }
        if let Some(limit) = which.limit {
            route = route.query("limit", limit.clamp(1, 100));
        }
        self.read(Call::new(route)).await
    }

    /// Pins a message.
    pub async fn pin(
        &self,
        channel: ChannelId,
        posted: MessageId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let needs = READ.or(Permissions::PIN_MESSAGES);
        let route = Route::bot(Method::PUT, PIN, &[channel.0, posted.0]).needs(needs);
        self.done(Call::new(route).reason(reason.into())).await
    }

    /// Takes a pin away.
    pub async fn unpin(
        &self,
        channel: ChannelId,
        posted: MessageId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let needs = SEE.or(Permissions::PIN_MESSAGES);
        let route = Route::bot(Method::DELETE, PIN, &[channel.0, posted.0]).needs(needs);
        self.done(Call::new(route).reason(reason.into())).await
    }
}
