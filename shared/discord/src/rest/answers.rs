//! The answer of an interaction, after the first 3 seconds and for 15 minutes.
//!
//! The token in the address is the proof: no bot token is sent, and the global limit does not count
//! these calls. Discord may not have seen our first answer yet: what it does not know is asked for
//! again for 10 seconds, then it is [`RestError::AnswerGone`] or [`super::Gone::Message`].
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages>

use http::Method;

use super::route::Route;
use super::{Call, PostedMessage, Rest, RestError};
use crate::check::Checked;
use crate::interaction::Token;
use crate::message::Message;
use crate::{ApplicationId, MessageId};

const ORIGINAL: &str = "/webhooks/{}/{}/messages/@original";
const FOLLOW_UP: &str = "/webhooks/{}/{}/messages/{}";

impl Rest {
    /// The first answer as it stands.
    pub async fn answer(&self, token: &Token) -> Result<PostedMessage, RestError> {
        self.read(Call::new(self.of(Method::GET, ORIGINAL, token, "/messages/@original"))).await
    }

    /// The first answer becomes this message; a "thinking…" ends. Who sees it stays as it was.
    pub async fn edit_answer(
        &self,
        token: &Token,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        self.edit_answer_of(self.application(), token, message).await
    }

    /// As [`Rest::edit_answer`], for an interaction of another application: these calls need no bot.
    pub async fn edit_answer_of(
        &self,
        application: ApplicationId,
        token: &Token,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        let route = Route::interaction(Method::PATCH, ORIGINAL, application.0, token, "/messages/@original");
        self.read(Call::new(route).parts(&message.get().as_edit(), message.get().files())).await
    }

    /// Takes the first answer away.
    pub async fn delete_answer(&self, token: &Token) -> Result<(), RestError> {
        self.done(Call::new(self.of(Method::DELETE, ORIGINAL, token, "/messages/@original"))).await
    }

    /// One more message. It is never sent twice: after trouble, [`RestError::Uncertain`].
    pub async fn follow_up(
        &self,
        token: &Token,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        let route = self.of(Method::POST, "/webhooks/{}/{}", token, "").query("wait", true);
        self.read(Call::new(route).parts(message, message.get().files())).await
    }

    /// One more message, which only the person sees.
    pub async fn whisper(
        &self,
        token: &Token,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        let route = self.of(Method::POST, "/webhooks/{}/{}", token, "").query("wait", true);
        let ephemeral = message.get().clone().ephemeral();
        self.read(Call::new(route).parts(&ephemeral, message.get().files())).await
    }

    /// A follow-up becomes this message.
    pub async fn edit_follow_up(
        &self,
        token: &Token,
        follow_up: MessageId,
        message: &Checked<Message>,
    ) -> Result<PostedMessage, RestError> {
        let route = self.of(Method::PATCH, FOLLOW_UP, token, &format!("/messages/{follow_up}"));
        self.read(Call::new(route).parts(&message.get().as_edit(), message.get().files())).await
    }

    fn of(&self, method: Method, template: &'static str, token: &Token, rest: &str) -> Route {
        Route::interaction(method, template, self.application().0, token, rest)
    }
}
