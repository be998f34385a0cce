//! The first answer to an interaction.
//!
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::check::{Check, Problems};
use crate::limits;
use crate::markdown::cut;
use crate::message::{EPHEMERAL, Message};
use crate::modal::Modal;

/// The first answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// To a PING.
    Pong,
    /// A message that everyone in the channel sees.
    Say(Message),
    /// A message that only the person sees.
    Whisper(Message),
    /// "Thinking…", until the worker edits it. Only the person sees it.
    Think,
    /// The message whose component was used becomes this one.
    Update(Message),
    /// Nothing to see: the message stays as it is.
    Acknowledge,
    /// What could be typed next.
    Suggest(Vec<Suggestion>),
    /// A form.
    Ask(Modal),
}

/// One line under a half-typed option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    name: String,
    value: String,
}

impl Suggestion {
    /// A line with what it stands for: an id, never a text.
    pub fn new(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        Self { name: cut(name.as_ref(), limits::OPTION_TEXT_MAX_CHARS), value: value.into() }
    }

    /// The line.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Reply {
    const fn number(&self) -> u8 {
        match self {
            Self::Pong => 1,
            Self::Say(_) | Self::Whisper(_) => 4,
            Self::Think => 5,
            Self::Acknowledge => 6,
            Self::Update(_) => 7,
            Self::Suggest(_) => 8,
            Self::Ask(_) => 9,
        }
    }
}

impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Flags {
            flags: u64,
        }
        #[derive(Serialize)]
        struct Choices<'a> {
            choices: &'a [Suggestion],
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.number())?;
        match self {
            Self::Pong | Self::Acknowledge => {}
            Self::Say(message) | Self::Update(message) => map.serialize_entry("data", message)?,
            Self::Whisper(message) => map.serialize_entry("data", &message.clone().ephemeral())?,
            Self::Think => map.serialize_entry("data", &Flags { flags: EPHEMERAL })?,
            Self::Suggest(choices) => map.serialize_entry("data", &Choices { choices })?,
            Self::Ask(modal) => map.serialize_entry("data", modal)?,
        }
        map.end()
    }
}

impl Check for Reply {
    fn check(&self, problems: &mut Problems) {
        match self {
            Self::Pong | Self::Think | Self::Acknowledge => {}
            Self::Say(message) | Self::Whisper(message) | Self::Update(message) => {
                message.check(problems);
                if !message.files().is_empty() {
                    problems.add("files in an inline answer");
                }
            }
            Self::Suggest(choices) => {
                problems.count("suggestions", choices.len(), 0, limits::OPTIONS_MAX);
                for choice in choices {
                    problems.length("a suggestion", &choice.name, 1, limits::OPTION_TEXT_MAX_CHARS);
                    problems.length("its value", &choice.value, 1, limits::OPTION_TEXT_MAX_CHARS);
                }
            }
            Self::Ask(modal) => modal.check(problems),
        }
    }
}
