//! What a person can ask about a link, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// « Le lien ne marche plus ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Have it looked at.
    Broken {
        /// Whose link.
        resource: ResourceId,
    },
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        let Self::Broken { resource } = self;
        vec!["broken".into(), resource.to_string()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["broken", resource] => Some(Self::Broken { resource: resource.parse().ok()? }),
            _ => None,
        }
    }
}

/// What the person asks, or nothing when it is about something else.
pub fn read(interaction: &Interaction) -> Option<Button> {
    match &interaction.kind {
        Kind::Press(press) => Button::decode(&press.custom_id),
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
            let button = Button::Broken { resource: ResourceId::new(number) };
            prop_assert_eq!(Button::decode(&button.encode()), Some(button));
        }
    }
}
