//! What a person can ask about what is saved, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use super::model::Ask;
use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// What a person asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// « Enregistrer »: once more takes it off.
    Toggle {
        /// Which one.
        resource: ResourceId,
    },
    /// « Retirer », in the list.
    Remove {
        /// Which one.
        resource: ResourceId,
    },
    /// « Note »: asks for the form.
    Note {
        /// Of which one.
        resource: ResourceId,
    },
    /// The form of a note was sent.
    Write {
        /// Of which one.
        resource: ResourceId,
        /// As typed; empty to have none.
        note: String,
    },
    /// `/hub enregistrees`, and its pages.
    List {
        /// What of it.
        ask: Ask,
        /// It takes the place of the page from which it was turned.
        in_place: bool,
    },
    /// « Exporter en CSV ».
    Export,
}

/// Name of the field of the form.
pub const NOTE: &str = "note";

/// What a button or form does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// « Enregistrer ».
    Toggle {
        /// Which one.
        resource: ResourceId,
    },
    /// « Retirer ».
    Remove {
        /// Which one.
        resource: ResourceId,
    },
    /// « Note » and its form.
    Note {
        /// Of which one.
        resource: ResourceId,
    },
    /// « Mes enregistrements »: the list from its beginning.
    List,
    /// Another page of the list.
    Turn {
        /// What of it.
        ask: Ask,
    },
    /// « Exporter en CSV ».
    Export,
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Toggle { resource } => vec!["save".into(), resource.to_string()],
            Self::Remove { resource } => vec!["unsave".into(), resource.to_string()],
            Self::Note { resource } => vec!["note".into(), resource.to_string()],
            Self::List => vec!["saved".into()],
            Self::Turn { ask } => vec!["saved".into(), ask.page.to_string(), ask.filter.clone()],
            Self::Export => vec!["csv".into(), "saved".into()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["save", resource] => Some(Self::Toggle { resource: resource.parse().ok()? }),
            ["unsave", resource] => Some(Self::Remove { resource: resource.parse().ok()? }),
            ["note", resource] => Some(Self::Note { resource: resource.parse().ok()? }),
            ["saved"] => Some(Self::List),
            ["saved", page, filter] => {
                Some(Self::Turn { ask: Ask { page: page.parse().ok()?, filter: (*filter).to_owned() } })
            }
            ["csv", "saved"] => Some(Self::Export),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path == ["hub", "enregistrees"] => {
            let ask = Ask::typed(typed.text("texte").unwrap_or_default());
            Some(Action::List { ask, in_place: false })
        }
        Kind::Press(press) => Some(match Button::decode(&press.custom_id)? {
            Button::Toggle { resource } => Action::Toggle { resource },
            Button::Remove { resource } => Action::Remove { resource },
            Button::Note { resource } => Action::Note { resource },
            Button::List => Action::List { ask: Ask::default(), in_place: false },
            Button::Turn { ask } => Action::List { ask, in_place: true },
            Button::Export => Action::Export,
        }),
        Kind::Submit(form) => match Button::decode(&form.custom_id)? {
            Button::Note { resource } => {
                Some(Action::Write { resource, note: form.text(NOTE).trim().to_owned() })
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number in 0..(1_u64 << 35), page in 0..1_000_usize, typed: String) {
            let resource = ResourceId::new(number);
            for button in [
                Button::Toggle { resource },
                Button::Remove { resource },
                Button::Note { resource },
                Button::List,
                Button::Turn { ask: Ask::typed(&typed).at(page) },
                Button::Export,
            ] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
