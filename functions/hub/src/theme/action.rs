//! What a person can ask about themes, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Invocation, Kind};

use super::view;
use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// What a person asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The name of a theme is being typed.
    Typing {
        /// What stands there so far.
        typed: String,
    },
    /// `/hub theme liste`.
    List,
    /// `/hub theme proposer`: a theme that is not there yet.
    Propose {
        /// Its name.
        name: String,
    },
    /// `/hub theme creer`.
    Create {
        /// Its name.
        name: String,
    },
    /// `/hub theme modifier`: another name.
    Rename {
        /// Which one: id or name.
        theme: String,
        /// Its new name.
        name: String,
    },
    /// `/hub theme fusionner`: one goes into another.
    Merge {
        /// The one that goes: id or name.
        theme: String,
        /// The one that stays.
        into: String,
    },
    /// `/hub theme archiver`.
    Archive {
        /// Which one: id or name.
        theme: String,
        /// What resources get that would have none.
        into: Option<String>,
    },
    /// « Proposer des thèmes »: shows the form.
    Tags {
        /// For what.
        resource: ResourceId,
    },
    /// The form was sent.
    Suggest {
        /// For what.
        resource: ResourceId,
        /// Id of the theme.
        theme: String,
    },
    /// Staff decide on a theme that members want.
    Decide {
        /// Id of the wish.
        wish: String,
        /// Create it, or not.
        accept: bool,
    },
}

/// Name of the first list of the form.
pub const THEME: &str = "theme";

/// What a button or form of themes does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// « Proposer un thème », and its form.
    Tags {
        /// For what.
        resource: ResourceId,
    },
    /// « Créer » or « Refuser » under a theme that members want.
    Wish {
        /// Id of the wish.
        wish: String,
        /// Create it, or not.
        accept: bool,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Tags { resource } => vec!["tags".into(), resource.to_string()],
            Self::Wish { wish, accept } => {
                vec!["wish".into(), wish.clone(), if *accept { "yes" } else { "no" }.into()]
            }
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["tags", resource] => Some(Self::Tags { resource: resource.parse().ok()? }),
            ["wish", wish, "yes"] => Some(Self::Wish { wish: (*wish).into(), accept: true }),
            ["wish", wish, "no"] => Some(Self::Wish { wish: (*wish).into(), accept: false }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) => command(typed),
        Kind::Autocomplete(typed) => {
            let (hub, theme, _) = path(typed)?;
            let focused = typed.focused.as_deref().filter(|_| (hub, theme) == ("hub", "theme"))?;
            Some(Action::Typing { typed: typed.text(focused).unwrap_or_default().to_owned() })
        }
        Kind::Press(press) => match Button::decode(&press.custom_id)? {
            Button::Tags { resource } => Some(Action::Tags { resource }),
            Button::Wish { wish, accept } => Some(Action::Decide { wish, accept }),
        },
        Kind::Submit(form) => match Button::decode(&form.custom_id)? {
            Button::Tags { resource } => {
                let mut chosen = view::fields().filter_map(|field| form.values(&field).first().cloned());
                let theme = chosen.next().unwrap_or_default();
                Some(Action::Suggest { resource, theme })
            }
            Button::Wish { .. } => None,
        },
        Kind::Ping => None,
    }
}

fn path(typed: &Invocation) -> Option<(&str, &str, &str)> {
    match typed.path.as_slice() {
        [hub, theme, verb] => Some((hub, theme, verb)),
        _ => None,
    }
}

fn command(typed: &Invocation) -> Option<Action> {
    let text = |name: &str| typed.text(name).map(|text| text.trim().to_owned());
    match path(typed)? {
        ("hub", "theme", "liste") => Some(Action::List),
        ("hub", "theme", "proposer") => Some(Action::Propose { name: text("nom")? }),
        ("hub", "theme", "creer") => Some(Action::Create { name: text("nom")? }),
        ("hub", "theme", "modifier") => Some(Action::Rename { theme: text("theme")?, name: text("nom")? }),
        ("hub", "theme", "fusionner") => Some(Action::Merge { theme: text("theme")?, into: text("vers")? }),
        ("hub", "theme", "archiver") => Some(Action::Archive { theme: text("theme")?, into: text("vers") }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number in 0..(1_u64 << 35), wish in "[0-9a-f]{16}", accept: bool) {
            for button in [Button::Tags { resource: ResourceId::new(number) }, Button::Wish { wish, accept }] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button.clone()));
            }
        }
    }
}
