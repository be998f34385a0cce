//! What a person can ask of the hub, typed. A button carries ids, never a right.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::link::key::{Canonical, NotALink, canonical};
use crate::model::ResourceId;

/// What a person asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// `/partager`: shows the form, unless the link is there already.
    Share {
        /// The link, when one was typed.
        link: Option<Link>,
    },
    /// The form was sent.
    Publish(Form),
    /// « Corriger »: shows the form again with everything that was typed.
    Fix {
        /// The draft that kept it.
        draft: u64,
    },
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
    /// « Utile » or « Inutile » was pressed.
    Vote {
        /// On what.
        resource: ResourceId,
        /// Which of the two.
        useful: bool,
    },
}

/// A link as it was typed, with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// As typed.
    pub typed: String,
    /// Its canonical form; none when it is no link.
    pub canonical: Result<Canonical, NotALink>,
}

impl Link {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Self {
        Self { typed: typed.trim().to_owned(), canonical: canonical(typed) }
    }
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The draft from which it was opened again.
    pub draft: Option<u64>,
    /// Link.
    pub link: Link,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Ids of themes.
    pub themes: Vec<String>,
}

/// Names of the fields of the form.
pub mod field {
    /// Link.
    pub const LINK: &str = "link";
    /// Title.
    pub const TITLE: &str = "title";
    /// Description.
    pub const DESCRIPTION: &str = "description";
    /// Themes.
    pub const THEMES: &str = "themes";
}

/// What a button or form of the hub does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The form of a resource, fresh or from a draft.
    Form {
        /// The draft.
        draft: Option<u64>,
    },
    /// « Corriger ».
    Fix {
        /// The draft.
        draft: u64,
    },
    /// « Utile » or « Inutile ».
    Vote {
        /// On what.
        resource: ResourceId,
        /// Which of the two.
        useful: bool,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = "hub/1";

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Form { draft: None } => vec!["new".into()],
            Self::Form { draft: Some(draft) } => vec!["new".into(), draft.to_string()],
            Self::Fix { draft } => vec!["edit".into(), draft.to_string()],
            Self::Vote { resource, useful } => {
                vec![if *useful { "up" } else { "down" }.into(), resource.to_string()]
            }
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["new"] => Some(Self::Form { draft: None }),
            ["new", draft] => Some(Self::Form { draft: Some(draft.parse().ok()?) }),
            ["edit", draft] => Some(Self::Fix { draft: draft.parse().ok()? }),
            ["up", resource] => Some(Self::Vote { resource: resource.parse().ok()?, useful: true }),
            ["down", resource] => Some(Self::Vote { resource: resource.parse().ok()?, useful: false }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when the button is of another time.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Ping => None,
        Kind::Command(typed) => match typed.path.first()?.as_str() {
            "partager" => Some(Action::Share { link: typed.text("lien").map(Link::new) }),
            "chercher" => Some(Action::Search { text: typed.text("texte")?.trim().to_owned() }),
            _ => None,
        },
        Kind::Autocomplete(typed) => match typed.path.first()?.as_str() {
            "chercher" => Some(Action::Suggest { typed: typed.text("texte").unwrap_or_default().to_owned() }),
            _ => None,
        },
        Kind::Press(press) => match Button::decode(&press.custom_id)? {
            Button::Fix { draft } => Some(Action::Fix { draft }),
            Button::Vote { resource, useful } => Some(Action::Vote { resource, useful }),
            Button::Form { .. } => None,
        },
        Kind::Submit(form) => match Button::decode(&form.custom_id)? {
            Button::Form { draft } => Some(Action::Publish(Form {
                draft,
                link: Link::new(form.text(field::LINK)),
                title: form.text(field::TITLE).trim().to_owned(),
                description: form.text(field::DESCRIPTION).trim().to_owned(),
                themes: form.values(field::THEMES).to_vec(),
            })),
            Button::Fix { .. } | Button::Vote { .. } => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number in 0..(1_u64 << 35), draft: u64, useful: bool) {
            let resource = ResourceId::new(number);
            for button in [
                Button::Form { draft: None },
                Button::Form { draft: Some(draft) },
                Button::Fix { draft },
                Button::Vote { resource, useful },
            ] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
