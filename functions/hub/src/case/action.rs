//! What a moderator can ask about cases, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use super::model::CaseId;
use crate::subject::BUTTONS;

/// What a moderator asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/moderation file`: what is to be decided.
    Queue,
    /// `/moderation dossier` is being typed.
    Suggest {
        /// What stands there so far.
        typed: String,
    },
    /// `/moderation dossier`: everything about one case.
    Open {
        /// Which one; none when what was typed is no number.
        case: Option<CaseId>,
    },
    /// A button of a case was pressed.
    Press(Button),
}

/// What a button of a case does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// « Je m’en occupe ».
    Claim {
        /// Which case.
        case: CaseId,
    },
    /// « Rendre le dossier ».
    Release {
        /// Which case.
        case: CaseId,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Claim { case } => vec!["claim".into(), case.to_string()],
            Self::Release { case } => vec!["release".into(), case.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["claim", case] => Some(Self::Claim { case: case.parse().ok()? }),
            ["release", case] => Some(Self::Release { case: case.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) => match words(&typed.path)[..] {
            ["moderation", "file"] => Some(Action::Queue),
            ["moderation", "dossier"] => {
                Some(Action::Open { case: typed.text("numero").and_then(|text| text.parse().ok()) })
            }
            _ => None,
        },
        Kind::Autocomplete(typed) => match words(&typed.path)[..] {
            ["moderation", "dossier"] => {
                Some(Action::Suggest { typed: typed.text("numero").unwrap_or_default().to_owned() })
            }
            _ => None,
        },
        Kind::Press(press) => Button::decode(&press.custom_id).map(Action::Press),
        _ => None,
    }
}

fn words(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number: u64) {
            let case = CaseId::new(number);
            for button in [Button::Claim { case }, Button::Release { case }] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
