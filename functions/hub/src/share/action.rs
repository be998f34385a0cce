//! What a person can ask about sharing, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::link::key::{Canonical, NotALink, canonical};
use crate::model::Upload;
use crate::subject::BUTTONS;

/// What a person asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// `/partager`: shows the form, unless the link is there already.
    Open {
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
    /// Reads what was typed; nothing when that is nothing.
    pub fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        (!typed.is_empty()).then(|| Self { typed: typed.to_owned(), canonical: canonical(typed) })
    }
}

/// A form that was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The draft from which it was opened again.
    pub draft: Option<u64>,
    /// Link.
    pub link: Option<Link>,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Ids of themes.
    pub themes: Vec<String>,
    /// File.
    pub file: Option<Upload>,
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
    /// File.
    pub const FILE: &str = "file";
}

/// What a button or form of sharing does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// « Partager une ressource ».
    Open,
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
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Open => vec!["share".into()],
            Self::Form { draft: None } => vec!["new".into()],
            Self::Form { draft: Some(draft) } => vec!["new".into(), draft.to_string()],
            Self::Fix { draft } => vec!["edit".into(), draft.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["share"] => Some(Self::Open),
            ["new"] => Some(Self::Form { draft: None }),
            ["new", draft] => Some(Self::Form { draft: Some(draft.parse().ok()?) }),
            ["edit", draft] => Some(Self::Fix { draft: draft.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) if typed.path.first()? == "partager" => {
            Some(Action::Open { link: typed.text("lien").and_then(Link::new) })
        }
        Kind::Press(press) => match Button::decode(&press.custom_id)? {
            Button::Open => Some(Action::Open { link: None }),
            Button::Fix { draft } => Some(Action::Fix { draft }),
            Button::Form { .. } => None,
        },
        Kind::Submit(form) => match Button::decode(&form.custom_id)? {
            Button::Form { draft } => Some(Action::Publish(Form {
                draft,
                link: Link::new(form.text(field::LINK)),
                title: form.text(field::TITLE).trim().to_owned(),
                description: form.text(field::DESCRIPTION).trim().to_owned(),
                themes: form.values(field::THEMES).to_vec(),
                file: form.files(field::FILE).next().map(|file| Upload {
                    name: file.filename.clone(),
                    size: file.size,
                    url: file.url.clone(),
                }),
            })),
            Button::Open | Button::Fix { .. } => None,
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
        fn every_button_is_read_back(draft: u64) {
            for button in [
                Button::Open,
                Button::Form { draft: None },
                Button::Form { draft: Some(draft) },
                Button::Fix { draft },
            ] {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
