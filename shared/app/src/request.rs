//! What a feature may ask of another: one closed list.
//!
//! A request is a job item put into the other feature's jobs table, in the transaction of the
//! decision that asks. Nothing else of another feature can be reached: the role of a function has
//! `dynamodb:PutItem` on the jobs tables of [`crate::Feature::asks`], and no more.

use discord::UserId;
use serde::{Deserialize, Serialize};

/// What a feature may ask of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum Request {
    /// Forget this person: asked of every feature when a person has their data erased.
    ErasePerson {
        /// Whom to forget.
        user: UserId,
    },
}

/// Kinds of requests start with this, so that no feature's own job is taken for one.
const PREFIX: &str = "request/";

impl Request {
    /// The kind of the job that carries it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ErasePerson { .. } => "request/erase-person",
        }
    }

    /// The body of the job that carries it.
    pub(crate) fn body(&self) -> serde_json::Value {
        let value = serde_json::to_value(self).expect("a request is plain data");
        value["body"].clone()
    }

    /// The request of a job, when it carries one.
    pub(crate) fn from_parts(kind: &str, body: &serde_json::Value) -> Option<Self> {
        crate::decision::from_parts(kind.strip_prefix(PREFIX)?, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_from_the_job_that_carries_it() {
        let request = Request::ErasePerson { user: UserId(7) };
        assert_eq!(Request::from_parts(request.kind(), &request.body()), Some(request));
        assert_eq!(Request::from_parts("erase-person", &serde_json::json!({ "user": "7" })), None);
    }
}
