//! What can be asked about the blacklist, typed.

use discord::interaction::{Interaction, Kind as Sort};

use super::model::Kind;

/// What an admin asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/moderation liste-noire ajouter`.
    Add {
        /// What it looks at.
        kind: Kind,
        /// As typed.
        value: String,
    },
    /// `/moderation liste-noire retirer`.
    Remove {
        /// What it looks at.
        kind: Kind,
        /// As typed.
        value: String,
    },
    /// `/moderation liste-noire voir`.
    Show,
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    let Sort::Command(typed) = &interaction.kind else { return None };
    let path: Vec<&str> = typed.path.iter().map(String::as_str).collect();
    let ["moderation", "liste-noire", verb] = path[..] else { return None };
    let entry = || {
        let kind = Kind::from_key(typed.text("type")?)?;
        Some((kind, typed.text("valeur")?.trim().to_owned()))
    };
    match verb {
        "ajouter" => entry().map(|(kind, value)| Action::Add { kind, value }),
        "retirer" => entry().map(|(kind, value)| Action::Remove { kind, value }),
        "voir" => Some(Action::Show),
        _ => None,
    }
}
