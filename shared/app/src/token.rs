//! The bot's token: read when it is first needed, read once more when Discord refuses it.

use discord::rest::{BotToken, Rest};
use tokio::sync::Mutex;

use crate::clock::Timestamp;
use crate::desk::{Failure, chain};

/// Seconds after a reading that found the refused token again, in which it is not read anew: jobs that
/// meet the refusal together read it once together.
const READ_AGAIN_AFTER_SECS: i64 = 30;

/// Where the token comes from.
pub(crate) enum TokenSource {
    /// The client was built with it.
    Known,
    /// A secure parameter.
    Parameter { client: aws_sdk_ssm::Client, name: String, state: Mutex<State> },
}

/// What is known of the parameter.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Tokens given to the client so far.
    given: u32,
    /// When it was last read without another token being there.
    in_vain: Option<Timestamp>,
}

impl TokenSource {
    pub(crate) fn parameter(client: aws_sdk_ssm::Client, name: String) -> Self {
        Self::Parameter { client, name, state: Mutex::default() }
    }

    /// Makes sure that the client has a token, and says which one: the number is handed to
    /// [`TokenSource::renew`] should Discord refuse it.
    pub(crate) async fn ready(&self, discord: &Rest) -> Result<u32, Failure> {
        let Self::Parameter { client, name, state } = self else { return Ok(0) };
        let mut state = state.lock().await;
        if state.given == 0 {
            discord.renew_token(read(client, name).await?);
            state.given = 1;
        }
        Ok(state.given)
    }

    /// Reads the token again after that one was refused: somebody may have changed it.
    ///
    /// # Errors
    /// [`Failure::Unauthorized`] when the refused one is still there.
    pub(crate) async fn renew(&self, discord: &Rest, refused: u32, now: Timestamp) -> Result<(), Failure> {
        let Self::Parameter { client, name, state } = self else { return Err(Failure::Unauthorized) };
        // Under the lock, so that jobs which were refused together wait for one reading.
        let mut state = state.lock().await;
        if state.given != refused {
            return Ok(());
        }
        if state.in_vain.is_some_and(|read| now < read.plus_secs(READ_AGAIN_AFTER_SECS)) {
            return Err(Failure::Unauthorized);
        }
        if discord.renew_token(read(client, name).await?) {
            *state = State { given: state.given + 1, in_vain: None };
            Ok(())
        } else {
            state.in_vain = Some(now);
            Err(Failure::Unauthorized)
        }
    }
}

async fn read(client: &aws_sdk_ssm::Client, name: &str) -> Result<BotToken, Failure> {
    let answer = client.get_parameter().name(name).with_decryption(true).send().await;
    // The error's own text names the parameter, never its value.
    let answer = answer
        .map_err(|error| Failure::again(format!("the bot's token cannot be read: {}", chain(&error))))?;
    let token = answer.parameter.and_then(|parameter| parameter.value);
    let token = token.ok_or_else(|| Failure::again("the parameter of the bot's token is empty"))?;
    Ok(BotToken::new(token))
}
