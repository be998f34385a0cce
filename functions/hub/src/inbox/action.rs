//! What a person can ask about news, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::subject::BUTTONS;

/// « Mes nouvelles » or `/hub moi`, and its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The first page, in a message of its own.
    Open,
    /// Another page, in place of the one that is shown.
    Turn {
        /// From 0.
        page: usize,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Open => vec!["news".into()],
            Self::Turn { page } => vec!["news".into(), page.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["news"] => Some(Self::Open),
            ["news", page] => Some(Self::Turn { page: page.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Button> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path == ["hub", "moi"] => Some(Button::Open),
        Kind::Press(press) => Button::decode(&press.custom_id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(page: usize) {
            for button in [Button::Open, Button::Turn { page }] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
