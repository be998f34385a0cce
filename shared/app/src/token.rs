//! The bot's token: read when it is first needed, read once more when Discord refuses it.

use discord::rest::{BotToken, Rest};
use tokio::sync::OnceCell;

use crate::desk::{Failure, chain};

/// Where the token comes from.
pub(crate) enum TokenSource {
    /// The client was built with it.
    Known,
    /// A secure parameter.
    Parameter { client: aws_sdk_ssm::Client, name: String, read: OnceCell<()> },
}

impl TokenSource {
    pub(crate) fn parameter(client: aws_sdk_ssm::Client, name: String) -> Self {
        Self::Parameter { client, name, read: OnceCell::new() }
    }

    /// Makes sure that the client has a token.
    pub(crate) async fn ready(&self, discord: &Rest) -> Result<(), Failure> {
        match self {
            Self::Known => Ok(()),
            Self::Parameter { read, .. } => read.get_or_try_init(|| self.renew(discord)).await.copied(),
        }
    }

    /// Reads the token again: somebody may have changed it.
    pub(crate) async fn renew(&self, discord: &Rest) -> Result<(), Failure> {
        let Self::Parameter { client, name, .. } = self else {
            return Err(Failure::Unauthorized);
        };
        let answer = client.get_parameter().name(name).with_decryption(true).send().await;
        // The error's own text names the parameter, never its value.
        let answer = answer
            .map_err(|error| Failure::again(format!("the bot's token cannot be read: {}", chain(&error))))?;
        let token = answer.parameter.and_then(|parameter| parameter.value);
        let token = token.ok_or_else(|| Failure::again("the parameter of the bot's token is empty"))?;
        discord.renew_token(BotToken::new(token));
        Ok(())
    }
}
