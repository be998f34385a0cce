//! The hub's ways of saying no: what happened, and what to do next.

use app::{Lang, Timestamp, args};
use discord::component::{Button as Press, Row};
use discord::markdown::{When, moment};
use discord::message::Message;

use crate::share::action::Button;
use crate::share::file;
use crate::texts::TEXTS;

/// Why something is refused. Codes are those of HUB §16.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only members of the community may do this.
    NotAMember,
    /// The link cannot be read.
    UnreadableLink,
    /// There is neither a link nor a file.
    Nothing,
    /// Nobody has set the hub up here.
    NotInstalled,
    /// Too often in a short time.
    TooOften {
        /// From when on it works again.
        again: Timestamp,
    },
    /// The title is too short or too long.
    TitleLength,
    /// The description is too short or too long.
    DescriptionLength,
    /// The link leads where not everybody can go.
    PrivateLink,
    /// The file is too large, empty or of another kind.
    File,
    /// It is the person's own resource.
    OwnResource,
    /// The theme is no longer there.
    UnknownTheme,
    /// The function is switched off here.
    SwitchedOff,
    /// The button is of another time.
    Outdated,
    /// Our fault.
    Fault {
        /// What to look for in the log.
        reference: String,
    },
}

impl app::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAMember => "HUB-E01",
            Self::UnreadableLink => "HUB-E02",
            Self::Nothing => "HUB-E03",
            Self::NotInstalled => "HUB-E04",
            Self::TooOften { .. } => "HUB-E05",
            Self::TitleLength | Self::DescriptionLength => "HUB-E06",
            Self::PrivateLink => "HUB-E07",
            Self::File => "HUB-E10",
            Self::OwnResource => "HUB-E12",
            Self::UnknownTheme => "HUB-E17",
            Self::SwitchedOff => "HUB-E18",
            Self::Outdated => "HUB-E20",
            Self::Fault { .. } => "HUB-E21",
        }
    }

    fn text(&self, lang: Lang) -> String {
        let say = TEXTS.say(lang);
        match self {
            Self::NotAMember => say.the("hub-e01"),
            Self::UnreadableLink => say.the("hub-e02"),
            Self::Nothing => say.the("hub-e03"),
            Self::NotInstalled => say.the("hub-e04"),
            Self::TooOften { again } => {
                say.with("hub-e05", &args! { "when" => moment(again.secs(), When::Relative) })
            }
            Self::TitleLength => say.the("hub-e06-title"),
            Self::DescriptionLength => say.the("hub-e06-description"),
            Self::PrivateLink => say.the("hub-e07"),
            Self::File => say.with("hub-e10", &args! { "size" => file::MAX_MIB }),
            Self::OwnResource => say.the("hub-e12"),
            Self::UnknownTheme => say.the("hub-e17"),
            Self::SwitchedOff => say.the("hub-e18"),
            Self::Outdated => say.the("hub-e20"),
            Self::Fault { reference } => say.with("hub-e21", &args! { "ref" => reference.as_str() }),
        }
    }
}

impl Refusal {
    /// The refusal with « Corriger », which opens the form again with everything that was typed.
    pub fn with_draft(&self, draft: u64, lang: Lang) -> Message {
        let fix = Press::new(TEXTS.say(lang).the("hub-fix"), &Button::Fix { draft }).primary();
        app::Refusal::message(self, lang).row(Row::buttons([fix]))
    }
}
