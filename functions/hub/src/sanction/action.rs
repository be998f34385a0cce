//! What can be asked about sanctions, typed.

use discord::UserId;
use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use super::model::Measure;
use crate::subject::BUTTONS;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/moderation sanctionner`.
    Take {
        /// Whom it is about.
        user: UserId,
        /// Which measure.
        measure: Measure,
        /// Why.
        reason: String,
    },
    /// `/moderation lever`.
    Lift {
        /// Whom it is about.
        user: UserId,
        /// Why.
        reason: String,
    },
    /// « Confirmer l’exclusion » was pressed.
    Confirm(Button),
}

impl Action {
    /// Whom it is about.
    pub const fn user(&self) -> UserId {
        match self {
            Self::Take { user, .. } | Self::Lift { user, .. } | Self::Confirm(Button { user }) => *user,
        }
    }
}

/// « Confirmer l’exclusion ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Button {
    /// Whom it is about.
    pub user: UserId,
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        vec!["exclude".into(), self.user.to_string()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["exclude", user] => Some(Self { user: UserId(user.parse().ok()?) }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) => {
            let path: Vec<&str> = typed.path.iter().map(String::as_str).collect();
            let user = typed.user("membre");
            let reason = || typed.text("motif").unwrap_or_default().trim().to_owned();
            match path[..] {
                ["moderation", "sanctionner"] => {
                    let measure = Measure::from_key(typed.text("mesure")?)?;
                    Some(Action::Take { user: user?, measure, reason: reason() })
                }
                ["moderation", "lever"] => Some(Action::Lift { user: user?, reason: reason() }),
                _ => None,
            }
        }
        Kind::Press(press) => Button::decode(&press.custom_id).map(Action::Confirm),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(user: u64) {
            let button = Button { user: UserId(user) };
            prop_assert_eq!(Button::decode(&button.encode()), Some(button));
        }
    }
}
