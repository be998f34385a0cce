//! What a person can ask about finding, typed.

use discord::interaction::{Interaction, Kind};

/// What a person asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/chercher` is being typed.
    Suggest {
        /// What stands there so far.
        typed: String,
    },
    /// `/chercher` was sent.
    Search {
        /// Words, or the id of a suggestion.
        text: String,
    },
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path.first()? == "chercher" => {
            Some(Action::Search { text: typed.text("texte")?.trim().to_owned() })
        }
        Kind::Autocomplete(typed) if typed.path.first()? == "chercher" => {
            Some(Action::Suggest { typed: typed.text("texte").unwrap_or_default().to_owned() })
        }
        // The same list, wherever a resource is named.
        Kind::Autocomplete(typed) if typed.path == ["hub", "fiche"] => {
            Some(Action::Suggest { typed: typed.text("ressource").unwrap_or_default().to_owned() })
        }
        _ => None,
    }
}
