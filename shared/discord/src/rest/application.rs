//! The application itself.

use http::Method;
use serde_json::json;

use super::route::Route;
use super::{Application, Call, Channel, Rest, RestError};
use crate::UserId;

impl Rest {
    /// The application whose bot calls.
    pub async fn current_application(&self) -> Result<Application, RestError> {
        self.read(Call::new(Route::bot(Method::GET, "/applications/@me", &[]))).await
    }

    /// The private conversation with a person: the one there is, or a new one. Its id can be kept.
    /// Never for many people: Discord closes this to bots that write to whole lists.
    pub async fn private_channel(&self, user: UserId) -> Result<Channel, RestError> {
        let route = Route::bot(Method::POST, "/users/@me/channels", &[]).repeatable();
        self.read(Call::new(route).json(&json!({ "recipient_id": user }))).await
    }
}
