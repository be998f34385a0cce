//! The first answer to an interaction: whether it fits, and what it changes.

use discord::message::EPHEMERAL;
use discord::{InteractionId, MessageId};
use serde_json::{Value, json};

use super::{AUTOCOMPLETE, COMMAND, COMPONENT, PING, SUBMIT, Suggestion};
use crate::act::{Act, Change, Draft, File};
use crate::markup;
use crate::rest::ApiError;
use crate::state::{Cause, LOADING, Modal, Opened, Progress};

/// What a person sees after they acted.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A message came; the person's own view of it tells whether others see it.
    Message(MessageId),
    /// "Thinking…": the message will be filled in.
    Thinking(MessageId),
    /// The message that was used changed.
    Updated(MessageId),
    /// Nothing changed, and nothing had to.
    Nothing,
    /// A form opened, with this handle.
    Modal(InteractionId),
    /// Suggestions under what is typed.
    Suggestions(Vec<Suggestion>),
    /// Discord, or its client, did not even send it.
    Refused(String),
    /// No answer, or none of use.
    Failed(Failure),
}

/// Why an act ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Three seconds passed.
    #[error("no answer within 3 seconds")]
    Late,
    /// The endpoint could not be reached.
    #[error("the endpoint could not be reached: {0}")]
    Unreachable(String),
    /// Another status than 200.
    #[error("the endpoint answered {0}")]
    Status(u16),
    /// The answer was no JSON.
    #[error("the answer is no JSON")]
    NotJson,
    /// The answer was one that Discord refuses.
    #[error("Discord refuses the answer: {0}")]
    Invalid(String),
}

impl Failure {
    /// What Discord shows to the person.
    pub fn shown(&self, kind: u8, locale: &str) -> &'static str {
        match (kind == COMMAND, locale.starts_with("fr")) {
            (true, true) => "L'application ne répond plus",
            (true, false) => "The application did not respond",
            (false, true) => "Échec de l'interaction",
            (false, false) => "This interaction failed",
        }
    }
}

/// Whether an interaction takes an answer of this type.
///
/// Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type>
pub(crate) fn check_kind(opened: &Opened, answer: &Value) -> Result<(), String> {
    let kind = answer["type"].as_u64().unwrap_or(0);
    let from_message = opened.source.is_some();
    let fits = match opened.kind {
        PING => kind == 1,
        COMMAND => matches!(kind, 4 | 5 | 9),
        COMPONENT => matches!(kind, 4..=7 | 9),
        AUTOCOMPLETE => kind == 8,
        SUBMIT => matches!(kind, 4 | 5) || (from_message && matches!(kind, 6 | 7)),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(format!("an interaction of type {} takes no answer of type {kind}", opened.kind))
    }
}

/// Applies a first answer that was judged.
pub(crate) fn apply(
    act: &mut Act<'_>,
    opened: &Opened,
    answer: &Value,
    files: &[File],
) -> Result<Seen, ApiError> {
    let progress = act.world.interactions.get(&opened.id).map(|opened| opened.progress);
    match progress {
        Some(Progress::Waiting) => {}
        Some(Progress::Answered) => return Err(ApiError::new(40060)),
        Some(Progress::Failed) | None => return Err(ApiError::new(10062)),
    }
    let data = &answer["data"];
    let seen = match answer["type"].as_u64() {
        Some(4) => Seen::Message(say(act, opened, data, files, 0)),
        Some(5) => Seen::Thinking(say(act, opened, data, &[], LOADING)),
        Some(6) => {
            note_original(act, opened, opened.source);
            Seen::Nothing
        }
        Some(7) => {
            let source = opened.source.ok_or_else(|| ApiError::new(10008))?;
            let message = act.world.message(opened.channel, source).ok_or_else(|| ApiError::new(10008))?;
            crate::spec::rules::edit(message, data, files)?;
            act.edit(opened.channel, source, data, files, &["users"], true);
            note_original(act, opened, Some(source));
            Seen::Updated(source)
        }
        Some(8) => Seen::Suggestions(
            data["choices"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|choice| Suggestion {
                    name: choice["name"].as_str().unwrap_or_default().to_owned(),
                    value: choice["value"].clone(),
                })
                .collect(),
        ),
        Some(9) => Seen::Modal(ask(act, opened, data)),
        _ => Seen::Nothing,
    };
    if let Some(there) = act.world.interactions.get_mut(&opened.id) {
        there.progress = Progress::Answered;
    }
    Ok(seen)
}

/// What the person sees when the callback route was used instead of the HTTP answer.
pub(crate) fn seen(act: &mut Act<'_>, opened: &Opened) -> Seen {
    if act.world.modals.contains_key(&opened.id) {
        return Seen::Modal(opened.id);
    }
    let original = act.world.interactions.get(&opened.id).and_then(|opened| opened.original);
    match original.and_then(|id| act.world.message(opened.channel, id)) {
        Some(message) if Some(message.id) == opened.source => Seen::Updated(message.id),
        Some(message) if message.is_loading() => Seen::Thinking(message.id),
        Some(message) => Seen::Message(message.id),
        None => Seen::Nothing,
    }
}

fn say(act: &mut Act<'_>, opened: &Opened, data: &Value, files: &[File], flags: u64) -> MessageId {
    let private = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
    let bot = act.world.applications[&opened.application].bot;
    let id = act.post(Draft {
        channel: opened.channel,
        author: bot,
        application: Some(opened.application),
        // The answer to a slash command hangs under who typed it; others reply or stand alone.
        kind: if opened.kind == COMMAND { 20 } else { 0 },
        body: data,
        files,
        only_for: private.then_some(opened.user),
        cause: Some(Cause {
            interaction: opened.id,
            kind: opened.kind,
            user: opened.user,
            command: opened.command.clone(),
            message: opened.source,
            original: None,
        }),
        flags,
        default_mentions: &["users"],
        id: None,
    });
    note_original(act, opened, Some(id));
    id
}

fn note_original(act: &mut Act<'_>, opened: &Opened, original: Option<MessageId>) {
    if let Some(there) = act.world.interactions.get_mut(&opened.id) {
        there.original = original;
    }
}

fn ask(act: &mut Act<'_>, opened: &Opened, data: &Value) -> InteractionId {
    // A new form replaces the one on the screen.
    act.world.modals.retain(|_, modal| modal.user != opened.user);
    act.world.modals.insert(
        opened.id,
        Modal {
            id: opened.id,
            user: opened.user,
            application: opened.application,
            channel: opened.channel,
            source: opened.source,
            custom_id: data["custom_id"].as_str().unwrap_or_default().to_owned(),
            title: data["title"].as_str().unwrap_or_default().to_owned(),
            components: markup::components(&data.get("components").cloned().unwrap_or_else(|| json!([]))),
        },
    );
    act.changes.push(Change::Modal { user: opened.user, modal: opened.id });
    opened.id
}
