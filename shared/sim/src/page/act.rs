//! What a person does: each act goes through the same functions as in tests, which judge it as Discord would.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use discord::{ChannelId, InteractionId, MessageId, UserId};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{No, PageState};
use crate::{Filled, Seen, Typed, TypedValue, Upload};

/// Files that may wait for their form, over all people; the oldest goes first.
const FILES_WAITING_MAX: usize = 20;

/// A command as the message box sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Run {
    channel: ChannelId,
    path: Vec<String>,
    /// By option: text, a number, yes or no, `{"id": …}` or `{"file": …}`.
    options: Map<String, Value>,
    /// The person or message of a menu command.
    #[serde(default)]
    target: Option<String>,
    /// The option being typed, and what is in it so far.
    #[serde(default)]
    focused: Option<String>,
    #[serde(default)]
    text: String,
}

impl Run {
    fn typed(&self, state: &PageState, person: UserId) -> Result<Typed, No> {
        let mut options = Vec::new();
        for (name, value) in &self.options {
            options.push((name.clone(), value_of(state, person, value)?));
        }
        if let Some(focused) = &self.focused {
            options.retain(|(name, _)| name != focused);
            options.push((focused.clone(), TypedValue::Text(self.text.clone())));
        }
        let target = match &self.target {
            Some(target) => Some(target.parse().map_err(|_| unreadable())?),
            None => None,
        };
        Ok(Typed { application: None, path: self.path.clone(), options, target })
    }
}

fn value_of(state: &PageState, person: UserId, value: &Value) -> Result<TypedValue, No> {
    Ok(match value {
        Value::String(text) => TypedValue::Text(text.clone()),
        Value::Bool(yes) => TypedValue::Boolean(*yes),
        Value::Number(number) => match number.as_i64() {
            Some(number) => TypedValue::Integer(number),
            None => TypedValue::Number(number.as_f64().ok_or_else(unreadable)?),
        },
        Value::Object(map) => match (map.get("id"), map.get("file")) {
            (Some(id), _) => {
                TypedValue::Id(id.as_str().and_then(|id| id.parse().ok()).ok_or_else(unreadable)?)
            }
            (None, Some(file)) => TypedValue::File(take_file(state, person, file)?),
            (None, None) => return Err(unreadable()),
        },
        Value::Null | Value::Array(_) => return Err(unreadable()),
    })
}

pub(super) async fn run(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(run): Json<Run>,
) -> Result<Json<Value>, No> {
    let typed = run.typed(&state, person)?;
    let seen = state.sim.run_command(person, run.channel, &typed).await;
    shown(&state, seen)
}

pub(super) async fn suggest(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(run): Json<Run>,
) -> Result<Json<Value>, No> {
    let typed = run.typed(&state, person)?;
    let focused = run.focused.as_deref().ok_or_else(unreadable)?;
    let suggestions = state
        .sim
        .autocomplete(person, run.channel, &typed, focused)
        .await
        .map_err(|why| No::new(StatusCode::UNPROCESSABLE_ENTITY, why))?;
    Ok(Json(suggestions.into_iter().map(|line| json!({ "name": line.name, "value": line.value })).collect()))
}

/// A button or a select.
#[derive(Debug, Deserialize)]
pub(super) struct Press {
    channel: ChannelId,
    message: MessageId,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

pub(super) async fn press(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(press): Json<Press>,
) -> Result<Json<Value>, No> {
    let seen = state.sim.press(person, press.channel, press.message, &press.custom_id, &press.values).await;
    shown(&state, seen)
}

/// A form.
#[derive(Debug, Deserialize)]
pub(super) struct Submit {
    handle: InteractionId,
    /// By `custom_id` of the field.
    values: BTreeMap<String, Field>,
}

/// What stands in one field.
#[derive(Debug, Deserialize)]
pub(super) struct Field {
    #[serde(default)]
    value: Option<Value>,
    #[serde(default)]
    values: Option<Vec<String>>,
    #[serde(default)]
    files: Option<Vec<Value>>,
}

pub(super) async fn submit(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(form): Json<Submit>,
) -> Result<Json<Value>, No> {
    let mut fields = BTreeMap::new();
    let mut sent = Vec::new();
    for (name, field) in form.values {
        let filled = match field {
            Field { files: Some(files), .. } => {
                let mut uploads = Vec::new();
                for file in &files {
                    // The form may be refused and sent again: a file is let go only when it arrived.
                    uploads.push(look_file(&state, person, file)?);
                    sent.push(file.clone());
                }
                Filled::Files(uploads)
            }
            Field { values: Some(values), .. } => Filled::Values(values),
            Field { value: Some(Value::Bool(yes)), .. } => Filled::Checked(yes),
            Field { value: Some(Value::String(text)), .. } => Filled::Text(text),
            Field { value: None | Some(Value::Null), .. } => continue,
            Field { value: Some(_), .. } => return Err(unreadable()),
        };
        fields.insert(name, filled);
    }
    let seen = state.sim.submit(person, form.handle, &fields).await;
    if !matches!(seen, Seen::Failed(_) | Seen::Refused(_)) {
        for file in sent {
            let _ = take_file(&state, person, &file);
        }
    }
    shown(&state, seen)
}

/// What the person sees of it: a form comes with the answer, messages come by themselves.
fn shown(state: &PageState, seen: Seen) -> Result<Json<Value>, No> {
    Ok(Json(match seen {
        Seen::Refused(why) => return Err(No::new(StatusCode::UNPROCESSABLE_ENTITY, why)),
        Seen::Failed(failure) => json!({ "kind": "failed", "why": failure.to_string() }),
        Seen::Modal(handle) => {
            let modal = state.sim.modal(handle).ok_or_else(No::missing)?;
            let application = state.sim.look(|world| {
                world.applications.get(&modal.application).map(|application| application.name.clone())
            });
            json!({ "kind": "modal", "handle": handle.to_string(), "modal": {
                "title": modal.title, "components": modal.components, "application": application,
            }})
        }
        Seen::Message(_) | Seen::Thinking(_) => json!({ "kind": "message" }),
        Seen::Updated(_) | Seen::Nothing | Seen::Suggestions(_) => json!({ "kind": "nothing" }),
    }))
}

/// What the person alone sees is taken away.
#[derive(Debug, Deserialize)]
pub(super) struct Dismiss {
    channel: ChannelId,
    message: MessageId,
}

pub(super) async fn dismiss(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(dismiss): Json<Dismiss>,
) -> Json<Value> {
    state.sim.dismiss(person, dismiss.channel, dismiss.message);
    Json(json!({}))
}

pub(super) async fn read(
    State(state): State<PageState>,
    Path((person, channel)): Path<(UserId, ChannelId)>,
) -> Json<Value> {
    state.sim.mark_read(person, channel);
    Json(json!({}))
}

/// A written message.
#[derive(Debug, Deserialize)]
pub(super) struct Say {
    content: String,
}

pub(super) async fn say(
    State(state): State<PageState>,
    Path((person, channel)): Path<(UserId, ChannelId)>,
    Json(say): Json<Say>,
) -> Result<Json<Value>, No> {
    state
        .sim
        .say(person, channel, &say.content)
        .map_err(|error| No::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    Ok(Json(json!({})))
}

/// A language of the page: `fr` or `en`.
#[derive(Debug, Deserialize)]
pub(super) struct Language {
    language: String,
}

pub(super) async fn language(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Json(chosen): Json<Language>,
) -> Result<Json<Value>, No> {
    // The names Discord has for them: https://docs.discord.com/developers/reference#locales
    let locale = match chosen.language.as_str() {
        "fr" => "fr",
        "en" => "en-GB",
        _ => return Err(unreadable()),
    };
    state.sim.set_locale(person, locale);
    Ok(Json(json!({})))
}

/// The name of a file that goes up.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    name: String,
}

pub(super) async fn upload(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
    Query(Named { name }): Query<Named>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Json<Value> {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut files = state.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let id = files.last_key_value().map_or(1, |(last, _)| last + 1);
    files.insert(id, (person, Upload { filename: name, content_type, bytes }));
    while files.len() > FILES_WAITING_MAX {
        files.pop_first();
    }
    Json(json!({ "id": id.to_string() }))
}

fn look_file(state: &PageState, person: UserId, id: &Value) -> Result<Upload, No> {
    let id: u64 = id.as_str().and_then(|id| id.parse().ok()).ok_or_else(unreadable)?;
    let files = state.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found = files.get(&id).filter(|(owner, _)| *owner == person);
    found.map(|(_, upload)| upload.clone()).ok_or_else(|| No::word(StatusCode::GONE, "error.again"))
}

fn take_file(state: &PageState, person: UserId, id: &Value) -> Result<Upload, No> {
    let upload = look_file(state, person, id)?;
    if let Some(id) = id.as_str().and_then(|id| id.parse().ok()) {
        state.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id);
    }
    Ok(upload)
}

fn unreadable() -> No {
    No::word(StatusCode::BAD_REQUEST, "error.unreadable")
}
