//! What a person can ask of the way in, typed.

use discord::ChannelId;
use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::subject::BUTTONS;

/// What a person asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// `/hub accueil`.
    Open,
    /// « C’est quoi le Hub ? »
    What,
    /// « Mes ressources », and its pages.
    Mine {
        /// From 0.
        page: usize,
        /// It takes the place of the page from which it was turned.
        in_place: bool,
    },
    /// `/hub panneau`.
    Panel {
        /// Where it is to stand.
        channel: ChannelId,
    },
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// « C’est quoi le Hub ? »
    What,
    /// « Mes ressources ».
    Mine,
    /// Another page of them.
    Turn {
        /// From 0.
        page: usize,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::What => vec!["what".into()],
            Self::Mine => vec!["mine".into()],
            Self::Turn { page } => vec!["mine".into(), page.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["what"] => Some(Self::What),
            ["mine"] => Some(Self::Mine),
            ["mine", page] => Some(Self::Turn { page: page.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path == ["hub", "accueil"] => Some(Action::Open),
        Kind::Command(typed) if typed.path == ["hub", "panneau"] => {
            Some(Action::Panel { channel: typed.channel("salon")? })
        }
        Kind::Press(press) => Some(match Button::decode(&press.custom_id)? {
            Button::What => Action::What,
            Button::Mine => Action::Mine { page: 0, in_place: false },
            Button::Turn { page } => Action::Mine { page, in_place: true },
        }),
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
            for button in [Button::What, Button::Mine, Button::Turn { page }] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
