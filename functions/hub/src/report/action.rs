//! What a person can ask about reporting, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};
use discord::{MessageId, UserId};

use super::model::{Category, Evidence};
use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// The menu of a message.
pub const MESSAGE_MENU: &str = "Signaler ce message";
/// The menu of a person.
pub const PERSON_MENU: &str = "Signaler ce membre";

/// What is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A resource.
    Resource(ResourceId),
    /// A message of a channel.
    Message(MessageId),
    /// A person.
    Person(UserId),
}

impl Target {
    fn segment(self) -> String {
        match self {
            Self::Resource(id) => id.to_string(),
            Self::Message(message) => format!("m{message}"),
            Self::Person(user) => format!("u{user}"),
        }
    }

    fn from_segment(text: &str) -> Option<Self> {
        if let Ok(id) = text.parse() {
            return Some(Self::Resource(id));
        }
        if let Some(message) = text.strip_prefix('m') {
            return message.parse().ok().map(Self::Message);
        }
        text.strip_prefix('u')?.parse().ok().map(Self::Person)
    }
}

/// What a person asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// « Signaler », or « Changer la catégorie »: shows the form.
    Open {
        /// What.
        target: Target,
        /// The earlier report is to be changed.
        amend: bool,
    },
    /// « Signaler ce message »: keeps what it says, and shows the form.
    Keep {
        /// Which one.
        message: MessageId,
        /// Who wrote what where.
        evidence: Evidence,
    },
    /// The form was sent.
    Send(Form),
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What is reported.
    pub target: Target,
    /// The earlier report is to be changed.
    pub amend: bool,
    /// Why.
    pub category: Category,
    /// In the person's words; empty when nothing was typed.
    pub details: String,
}

/// Names of the fields of the form.
pub mod field {
    /// Category.
    pub const CATEGORY: &str = "category";
    /// Details.
    pub const DETAILS: &str = "details";
}

/// « Signaler » and its form, « Changer la catégorie » and its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Button {
    /// What.
    pub target: Target,
    /// The earlier report is to be changed.
    pub amend: bool,
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        vec![if self.amend { "amend" } else { "report" }.into(), self.target.segment()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["report", target] => Some(Self { target: Target::from_segment(target)?, amend: false }),
            ["amend", target] => Some(Self { target: Target::from_segment(target)?, amend: true }),
            _ => None,
        }
    }
}

/// Longest part of a message that is kept as evidence, in characters.
///
/// Source: HUB §13.1.
pub const EVIDENCE_MAX_CHARS: usize = 500;

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path.first()? == MESSAGE_MENU => {
            let message = typed.resolved.messages.get(&MessageId(typed.target?))?;
            let text = discord::markdown::cut(&message.content, EVIDENCE_MAX_CHARS);
            let evidence = Evidence { author: message.author.id, channel: message.channel_id, text };
            Some(Action::Keep { message: message.id, evidence })
        }
        Kind::Command(typed) if typed.path.first()? == PERSON_MENU => {
            Some(Action::Open { target: Target::Person(UserId(typed.target?)), amend: false })
        }
        Kind::Press(press) => {
            let Button { target, amend } = Button::decode(&press.custom_id)?;
            Some(Action::Open { target, amend })
        }
        Kind::Submit(form) => {
            let Button { target, amend } = Button::decode(&form.custom_id)?;
            Some(Action::Send(Form {
                target,
                amend,
                category: Category::from_key(form.values(field::CATEGORY).first()?)?,
                details: form.text(field::DETAILS).trim().to_owned(),
            }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number: u64, amend: bool) {
            for target in [
                Target::Resource(ResourceId::new(number)),
                Target::Message(MessageId(number)),
                Target::Person(UserId(number)),
            ] {
                let button = Button { target, amend };
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
