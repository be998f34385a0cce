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
    /// An item that is not what its reader expects.
    #[error("an item does not load")]
    Unreadable(#[from] serde_dynamo::Error),
    /// An item whose content is not what its reader expects.
    #[error("an item does not load: {0}")]
    Malformed(String),
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
