//! What a person can ask about one resource, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// What a person asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// `/hub fiche`, « Voir les détails ».
    Open {
        /// Of which one.
        resource: ResourceId,
    },
    /// `/hub fiche` with words that are no suggestion.
    Unknown,
    /// « Plus d’actions ».
    More {
        /// On which one.
        resource: ResourceId,
    },
}

impl Action {
    /// The resource that it is about.
    pub const fn resource(self) -> Option<ResourceId> {
        match self {
            Self::Open { resource } | Self::More { resource } => Some(resource),
            Self::Unknown => None,
        }
    }
}

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// « Voir les détails ».
    Card {
        /// Of which one.
        resource: ResourceId,
    },
    /// « Plus d’actions ».
    More {
        /// On which one.
        resource: ResourceId,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Card { resource } => vec!["card".into(), resource.to_string()],
            Self::More { resource } => vec!["more".into(), resource.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["card", resource] => Some(Self::Card { resource: resource.parse().ok()? }),
            ["more", resource] => Some(Self::More { resource: resource.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path == ["hub", "fiche"] => {
            let text = typed.text("ressource").unwrap_or_default().trim();
            Some(text.parse().map_or(Action::Unknown, |resource| Action::Open { resource }))
        }
        Kind::Press(press) => Some(match Button::decode(&press.custom_id)? {
            Button::Card { resource } => Action::Open { resource },
            Button::More { resource } => Action::More { resource },
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
        fn every_button_is_read_back(number in 0..(1_u64 << 35)) {
            let resource = ResourceId::new(number);
            for button in [Button::Card { resource }, Button::More { resource }] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
