//! Errors as Discord words them.

use serde_json::{Value, json};

use crate::faults::Scope;

/// An error answer of a REST route.
///
/// Source: <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Discord's own code; 0 is general.
    pub code: u32,
    /// Discord's own words.
    pub message: String,
    /// Of an invalid form, what is wrong where.
    pub errors: Option<Value>,
    pub(crate) retry: Option<(f64, Scope)>,
}

impl ApiError {
    /// The error with this code.
    pub(crate) fn new(code: u32) -> Self {
        let (status, message) = describe(code);
        Self { status, code, message: message.to_owned(), errors: None, retry: None }
    }

    /// An error without a code of its own.
    pub(crate) fn plain(status: u16, message: &str) -> Self {
        Self { status, code: 0, message: format!("{status}: {message}"), errors: None, retry: None }
    }

    /// An invalid form: what is wrong at a path such as `components.0.label`.
    pub(crate) fn form(path: &str, code: &str, message: &str) -> Self {
        let mut errors = json!({ "_errors": [{ "code": code, "message": message }] });
        for segment in path.rsplit('.').filter(|segment| !segment.is_empty()) {
            errors = json!({ segment: errors });
        }
        Self { errors: Some(errors), ..Self::new(50035) }
    }

    pub(crate) fn rate_limited(after: f64, scope: Scope) -> Self {
        Self {
            status: 429,
            code: 0,
            message: "You are being rate limited.".into(),
            errors: None,
            retry: Some((after, scope)),
        }
    }

    pub(crate) fn body(&self) -> Value {
        if let Some((after, scope)) = self.retry {
            return json!({ "message": self.message, "retry_after": after, "global": scope == Scope::Global });
        }
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}

/// Status and words of each code used here.
fn describe(code: u32) -> (u16, &'static str) {
    match code {
        10002 => (404, "Unknown Application"),
        10003 => (404, "Unknown Channel"),
        10004 => (404, "Unknown Guild"),
        10007 => (404, "Unknown Member"),
        10008 => (404, "Unknown Message"),
        10009 => (404, "Unknown permission overwrite"),
        10011 => (404, "Unknown Role"),
        10013 => (404, "Unknown User"),
        10015 => (404, "Unknown Webhook"),
        10062 => (404, "Unknown interaction"),
        10063 => (404, "Unknown application command"),
        30005 => (400, "Maximum number of guild roles reached (250)"),
        30013 => (400, "Maximum number of guild channels reached (500)"),
        30032 => (400, "Maximum number of application commands reached"),
        30034 => (429, "Max number of daily application command creates has been reached (200)"),
        30048 => (400, "Maximum number of tags in a forum channel has been reached (20)"),
        30060 => (400, "Maximum number of channel permission overwrites reached (1000)"),
        40005 => (413, "Request entity too large"),
        40058 => (400, "Cannot send a message in a forum channel"),
        40060 => (400, "Interaction has already been acknowledged."),
        40066 => (400, "There are no tags available that can be set by non-moderators"),
        40067 => (400, "A tag is required to create a forum post in this channel"),
        40333 => (403, "internal network error"),
        50001 => (403, "Missing Access"),
        50005 => (403, "Cannot edit a message authored by another user"),
        50006 => (400, "Cannot send an empty message"),
        50007 => (403, "Cannot send messages to this user"),
        50008 => (400, "Cannot send messages in a non-text channel"),
        50013 => (403, "Missing Permissions"),
        50024 => (400, "Cannot execute action on this channel type"),
        50027 => (401, "Invalid Webhook Token"),
        50028 => (400, "Invalid Role"),
        50033 => (400, "Invalid Recipient(s)"),
        50035 => (400, "Invalid Form Body"),
        50083 => (400, "Thread is archived"),
        50109 => (400, "The request body contains invalid JSON."),
        50278 => (403, "Cannot send messages to this user due to having no mutual guilds"),
        160_004 => (400, "A thread has already been created for this message"),
        160_005 => (400, "Thread is locked"),
        160_006 => (400, "Maximum number of active threads reached"),
        _ => (400, "Bad Request"),
    }
}
