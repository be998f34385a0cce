//! What a person can say about a resource that has aged, typed.

use discord::custom_id::CustomId;
use discord::interaction::{Interaction, Kind};

use crate::model::ResourceId;
use crate::subject::BUTTONS;

/// « Obsolète » or « Toujours valable ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Button {
    /// Of which one.
    pub resource: ResourceId,
    /// Which of the two.
    pub outdated: bool,
}

impl CustomId for Button {
    const PREFIX: &'static str = BUTTONS;

    fn segments(&self) -> Vec<String> {
        vec![if self.outdated { "old" } else { "valid" }.into(), self.resource.to_string()]
    }

    fn from_segments(segments: &[&str]) -> Option<Self> {
        match segments {
            ["old", resource] => Some(Self { resource: resource.parse().ok()?, outdated: true }),
            ["valid", resource] => Some(Self { resource: resource.parse().ok()?, outdated: false }),
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
        fn every_button_is_read_back(number in 0..(1_u64 << 35), outdated: bool) {
            let button = Button { resource: ResourceId::new(number), outdated };
            prop_assert_eq!(Button::decode(&button.encode()), Some(button));
        }
    }
}
