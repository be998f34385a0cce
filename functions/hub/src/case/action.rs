//! What a moderator can ask about cases, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use super::model::{CaseId, Verdict};
use crate::subject::BUTTONS;

/// What a moderator asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/moderation file`: what is to be decided.
    Queue,
    /// `/moderation dossier` is being typed.
    Suggest {
        /// What stands there so far.
        typed: String,
    },
    /// `/moderation dossier`: everything about one case.
    Open {
        /// Which one; none when what was typed is no number.
        case: Option<CaseId>,
    },
    /// A button of a case was pressed.
    Press(Button),
    /// Form M8 was sent.
    Judge(Judgement),
    /// Form M9 was sent.
    Contest {
        /// Which case.
        case: CaseId,
        /// What the author has to say.
        text: String,
    },
}

/// Form M8, filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Which case.
    pub case: CaseId,
    /// What is decided.
    pub verdict: Verdict,
    /// Why: the author reads it.
    pub reason: String,
    /// What only moderators read; empty when nothing was typed.
    pub note: String,
    /// Whether the author is told.
    pub told: bool,
}

/// Names of the fields of the forms.
pub mod field {
    /// « Motif pour l’auteur ».
    pub const REASON: &str = "reason";
    /// « Note interne ».
    pub const NOTE: &str = "note";
    /// « Prévenir l’auteur ».
    pub const TELL: &str = "tell";
    /// « Vos explications ».
    pub const TEXT: &str = "text";
}

/// What a button of a case does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// « Je m’en occupe ».
    Claim {
        /// Which case.
        case: CaseId,
    },
    /// « Rendre le dossier ».
    Release {
        /// Which case.
        case: CaseId,
    },
    /// « Garder », « Masquer », « Avertir », « Signalement abusif », « Supprimer ».
    Decide {
        /// Which case.
        case: CaseId,
        /// What.
        verdict: Verdict,
    },
    /// « Supprimer », confirmed.
    Confirm {
        /// Which case.
        case: CaseId,
    },
    /// Form M8.
    Form {
        /// Which case.
        case: CaseId,
        /// What is decided.
        verdict: Verdict,
    },
    /// « Contester », and its form M9.
    Appeal {
        /// Which case.
        case: CaseId,
    },
}

impl Button {
    /// The case that it is about.
    pub const fn case(self) -> CaseId {
        match self {
            Self::Claim { case }
            | Self::Release { case }
            | Self::Decide { case, .. }
            | Self::Confirm { case }
            | Self::Form { case, .. }
            | Self::Appeal { case } => case,
        }
    }
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        match self {
            Self::Claim { case } => vec!["claim".into(), case.to_string()],
            Self::Release { case } => vec!["release".into(), case.to_string()],
            Self::Decide { case, verdict } => vec![verdict.key().into(), case.to_string()],
            Self::Confirm { case } => vec!["remove".into(), case.to_string(), "yes".into()],
            Self::Form { case, verdict } => vec!["judge".into(), case.to_string(), verdict.key().into()],
            Self::Appeal { case } => vec!["appeal".into(), case.to_string()],
        }
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["claim", case] => Some(Self::Claim { case: case.parse().ok()? }),
            ["release", case] => Some(Self::Release { case: case.parse().ok()? }),
            ["remove", case, "yes"] => Some(Self::Confirm { case: case.parse().ok()? }),
            ["judge", case, verdict] => {
                Some(Self::Form { case: case.parse().ok()?, verdict: Verdict::from_key(verdict)? })
            }
            ["appeal", case] => Some(Self::Appeal { case: case.parse().ok()? }),
            [verdict, case] => {
                Some(Self::Decide { case: case.parse().ok()?, verdict: Verdict::from_key(verdict)? })
            }
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Action> {
    match &interaction.kind {
        Kind::Command(typed) => match words(&typed.path)[..] {
            ["moderation", "file"] => Some(Action::Queue),
            ["moderation", "dossier"] => {
                Some(Action::Open { case: typed.text("numero").and_then(|text| text.parse().ok()) })
            }
            _ => None,
        },
        Kind::Autocomplete(typed) => match words(&typed.path)[..] {
            ["moderation", "dossier"] => {
                Some(Action::Suggest { typed: typed.text("numero").unwrap_or_default().to_owned() })
            }
            _ => None,
        },
        Kind::Press(press) => Button::decode(&press.custom_id).map(Action::Press),
        Kind::Submit(form) => match Button::decode(&form.custom_id)? {
            Button::Form { case, verdict } => Some(Action::Judge(Judgement {
                case,
                verdict,
                reason: form.text(field::REASON).trim().to_owned(),
                note: form.text(field::NOTE).trim().to_owned(),
                told: form.checked(field::TELL),
            })),
            Button::Appeal { case } => {
                Some(Action::Contest { case, text: form.text(field::TEXT).trim().to_owned() })
            }
            Button::Claim { .. }
            | Button::Release { .. }
            | Button::Decide { .. }
            | Button::Confirm { .. } => None,
        },
        Kind::Ping => None,
    }
}

fn words(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_button_is_read_back(number: u64) {
            let case = CaseId::new(number);
            let of = |verdict| [Button::Decide { case, verdict }, Button::Form { case, verdict }];
            let mut buttons: Vec<Button> = Verdict::ALL.into_iter().flat_map(of).collect();
            buttons.extend([Button::Claim { case }, Button::Release { case }]);
            buttons.extend([Button::Confirm { case }, Button::Appeal { case }]);
            for button in buttons {
                prop_assert_eq!(Button::decode(&button.encode()), Some(button));
            }
        }
    }
}
