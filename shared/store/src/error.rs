//! What can go wrong between us and DynamoDB.

use std::error::Error;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::patience::{Failure, passes};

/// A fault of ours or of DynamoDB's; never something a person did.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Throttled, unreachable, or failing on its side, in every try. Trying later may help.
    #[error("DynamoDB did not answer {operation} in time ({code})")]
    Unavailable {
        /// The API call.
        operation: &'static str,
        /// DynamoDB's code of the last try, or `timeout`.
        code: String,
        /// What the SDK said.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// DynamoDB does not accept the call: no permission, no table, a wrong expression.
    #[error("DynamoDB refused {operation}: {code}: {message}")]
    Refused {
        /// The API call.
        operation: &'static str,
        /// DynamoDB's code.
        code: String,
        /// DynamoDB's words.
        message: String,
        /// What the SDK said.
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// An item that is not what its reader expects: which attribute or type, never its content.
    #[error("an item does not load: {0}")]
    Unreadable(String),
    /// An item whose content is not what its reader expects.
    #[error("an item does not load: {0}")]
    Malformed(String),
}

impl From<serde_dynamo::Error> for StoreError {
    fn from(error: serde_dynamo::Error) -> Self {
        Self::Unreadable(unquoted(&error.to_string()))
    }
}

/// An error of serde's without the value it quotes: somebody may have typed it, and errors go into logs.
fn unquoted(error: &str) -> String {
    match (error.find('"'), error.rfind('"')) {
        (Some(from), Some(to)) if from < to => format!("{}…{}", &error[..from], &error[to + 1..]),
        _ => error.to_owned(),
    }
}

impl StoreError {
    /// Whether the same call may work later.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }

    pub(crate) fn from_failure<E>(operation: &'static str, failure: Failure<E>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        match failure {
            Failure::TimedOut => Self::Unavailable { operation, code: "timeout".into(), source: None },
            Failure::Sdk(error) => Self::from_sdk(operation, *error),
        }
    }

    pub(crate) fn from_sdk<E>(operation: &'static str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let passes = passes(&error);
        let code = error.code().map_or_else(|| kind(&error).to_owned(), str::to_owned);
        let message = error.message().unwrap_or_default().to_owned();
        let source: Option<Box<dyn Error + Send + Sync>> = Some(Box::new(error));
        if passes {
            Self::Unavailable { operation, code, source }
        } else {
            Self::Refused { operation, code, message, source }
        }
    }
}

fn kind<E>(error: &SdkError<E, HttpResponse>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "not sent",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "no connection",
        SdkError::ResponseError(_) => "unreadable answer",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_load_is_named_and_not_quoted() {
        #[derive(Debug, serde::Deserialize)]
        struct Counted {
            #[expect(dead_code, reason = "only its type matters")]
            likes: bool,
        }
        let typed = aws_sdk_dynamodb::types::AttributeValue::S("what \"Léa\" typed".into());
        let item = crate::Item::from([("likes".to_owned(), typed)]);
        let error = crate::read::<Counted>(item).unwrap_err();
        let error = error.to_string();
        assert!(!error.contains("Léa") && error.starts_with("an item does not load: "), "{error}");
        assert_eq!(unquoted("missing field `likes`"), "missing field `likes`");
        assert_eq!(
            unquoted("invalid type: string \"a \\\"b\\\" c\", expected u8"),
            "invalid type: string …, expected u8"
        );
    }
}
