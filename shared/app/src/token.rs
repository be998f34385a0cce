//! The bot's token: read when it is first needed, read once more when Discord refuses it.

use discord::rest::{BotToken, Rest};
use tokio::sync::Mutex;

use crate::clock::Timestamp;
use crate::desk::{Failure, chain};

/// Seconds after a reading that gave no other token, in which it is not read anew: jobs that meet the
/// same trouble read it once together.
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
    /// When it was last read without another token being there, and why none was.
    in_vain: Option<(Timestamp, Why)>,
}

/// Why a reading gave no token to go on with.
#[derive(Debug, Clone)]
enum Why {
    /// The refused one is still there.
    Refused,
    /// Nothing could be read.
    Unreadable(String),
}

impl From<Why> for Failure {
    fn from(why: Why) -> Self {
        match why {
            Why::Refused => Self::Unauthorized,
            Why::Unreadable(why) => Self::NoToken { why },
        }
    }
}

impl State {
    /// Gives the client what the parameter holds, unless that was tried in vain a moment ago.
    async fn read(
        &mut self,
        client: &aws_sdk_ssm::Client,
        name: &str,
        discord: &Rest,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if let Some((read, why)) = &self.in_vain
            && now < read.plus_secs(READ_AGAIN_AFTER_SECS)
        {
            return Err(why.clone().into());
        }
        let why = match read(client, name).await.map(|token| discord.renew_token(token)) {
            Ok(true) => {
                *self = Self { given: self.given + 1, in_vain: None };
                return Ok(());
            }
            Ok(false) => Why::Refused,
            Err(why) => Why::Unreadable(why),
        };
        self.in_vain = Some((now, why.clone()));
        Err(why.into())
    }
}

impl TokenSource {
    pub(crate) fn parameter(client: aws_sdk_ssm::Client, name: String) -> Self {
        Self::Parameter { client, name, state: Mutex::default() }
    }

    /// Makes sure that the client has a token, and says which one: the number is handed to
    /// [`TokenSource::renew`] should Discord refuse it.
    ///
    /// # Errors
    /// [`Failure::NoToken`] when it cannot be read.
    pub(crate) async fn ready(&self, discord: &Rest, now: Timestamp) -> Result<u32, Failure> {
        let Self::Parameter { client, name, state } = self else { return Ok(0) };
        let mut state = state.lock().await;
        if state.given == 0 {
            state.read(client, name, discord, now).await?;
        }
        Ok(state.given)
    }

    /// Reads the token again after that one was refused: somebody may have changed it.
    ///
    /// # Errors
    /// [`Failure::Unauthorized`] when the refused one is still there, [`Failure::NoToken`] when nothing
    /// can be read.
    pub(crate) async fn renew(&self, discord: &Rest, refused: u32, now: Timestamp) -> Result<(), Failure> {
        let Self::Parameter { client, name, state } = self else { return Err(Failure::Unauthorized) };
        // Under the lock, so that jobs which were refused together wait for one reading.
        let mut state = state.lock().await;
        if state.given != refused {
            return Ok(());
        }
        state.read(client, name, discord, now).await
    }
}

async fn read(client: &aws_sdk_ssm::Client, name: &str) -> Result<BotToken, String> {
    let answer = client.get_parameter().name(name).with_decryption(true).send().await;
    // The error's own text names the parameter, never its value.
    let answer = answer.map_err(|error| chain(&error))?;
    let token = answer.parameter.and_then(|parameter| parameter.value);
    let token = token.filter(|token| !token.trim().is_empty()).ok_or("its parameter is empty")?;
    Ok(BotToken::new(token))
}
