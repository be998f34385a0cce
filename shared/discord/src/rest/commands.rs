//! Registered commands, and how they differ from what is declared.
//!
//! Source: <https://docs.discord.com/developers/interactions/application-commands>

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::route::Route;
use super::{Call, Rest, RestError};
use crate::check::Checked;
use crate::command::Command;
use crate::lenient::or_default;
use crate::{CommandId, GuildId};

/// Where commands are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In all servers, and in private messages where a command says so.
    Everywhere,
    /// In one server, at once.
    Guild(GuildId),
}

/// A command as Discord has it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RegisteredCommand {
    /// Identity; with it texts can mention the command.
    pub id: CommandId,
    /// 1 typed, 2 in the menu of a person, 3 in the menu of a message.
    #[serde(rename = "type", default = "chat", deserialize_with = "chat_if_null")]
    pub kind: u8,
    /// Name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn chat() -> u8 {
    1
}

fn chat_if_null<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(chat))
}

impl RegisteredCommand {
    /// What was declared when this was registered, in the form of [`declared`]: equal when nothing
    /// has to change.
    pub fn content(&self, scope: Scope) -> Value {
        let mut all = self.rest.clone();
        all.insert("type".to_owned(), self.kind.into());
        all.insert("name".to_owned(), self.name.clone().into());
        normal(Value::Object(all), scope)
    }
}

/// A declared command in a form that can be compared with [`RegisteredCommand::content`]: only what
/// is declared, without what says nothing (null, false, empty).
pub fn declared(command: &Checked<Command>, scope: Scope) -> Value {
    normal(serde_json::to_value(command).expect("a command is plain data"), scope)
}

/// What a command is declared by. What Discord adds (`id`, `version`, `application_id`…) is not in it.
const DECLARED: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "contexts",
    "integration_types",
    "nsfw",
    "required",
    "autocomplete",
    "choices",
    "value",
    "channel_types",
    "file_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
];

/// Exist for global commands only.
const GLOBAL_ONLY: &[&str] = &["contexts", "integration_types"];

fn normal(command: Value, scope: Scope) -> Value {
    let Value::Object(map) = command else { return command };
    let map = map
        .into_iter()
        .filter(|(key, _)| DECLARED.contains(&key.as_str()))
        .filter(|(key, _)| scope == Scope::Everywhere || !GLOBAL_ONLY.contains(&key.as_str()))
        .map(|(key, value)| {
            let value = match (key.as_str(), value) {
                ("options" | "choices", Value::Array(items)) => {
                    Value::Array(items.into_iter().map(|item| normal(item, scope)).collect())
                }
                // Sets: Discord gives them back in an order of its own.
                ("contexts" | "integration_types" | "channel_types", Value::Array(mut items)) => {
                    items.sort_by_key(Value::as_u64);
                    Value::Array(items)
                }
                (_, value) => value,
            };
            (key, value)
        })
        .filter(|(_, value)| match value {
            Value::Null | Value::Bool(false) => false,
            Value::Array(items) => !items.is_empty(),
            Value::Object(map) => !map.is_empty(),
            Value::String(text) => !text.is_empty(),
            Value::Bool(true) | Value::Number(_) => true,
        })
        .collect();
    Value::Object(map)
}

impl Rest {
    /// Every command of the application in this scope.
    pub async fn commands(&self, scope: Scope) -> Result<Vec<RegisteredCommand>, RestError> {
        let route = self.commands_route(Method::GET, scope).query("with_localizations", true);
        self.read(Call::new(route)).await
    }

    /// These become all commands of the application in this scope; the others are deleted, with
    /// what administrators had set for them.
    pub async fn overwrite_commands(
        &self,
        scope: Scope,
        commands: &[Checked<Command>],
    ) -> Result<Vec<RegisteredCommand>, RestError> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Body<'a> {
            Everywhere(&'a [Checked<Command>]),
            Guild(Vec<Value>),
        }
        let body = match scope {
            Scope::Everywhere => Body::Everywhere(commands),
            Scope::Guild(_) => Body::Guild(commands.iter().map(|command| declared(command, scope)).collect()),
        };
        self.read(Call::new(self.commands_route(Method::PUT, scope)).json(&body)).await
    }

    fn commands_route(&self, method: Method, scope: Scope) -> Route {
        let application = self.application().0;
        match scope {
            Scope::Everywhere => Route::bot(method, "/applications/{}/commands", &[application]),
            Scope::Guild(guild) => {
                Route::bot(method, "/applications/{}/guilds/{}/commands", &[application, guild.0])
            }
        }
    }
}
