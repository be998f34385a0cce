//! The hub's ways of saying no: what happened, and what to do next.

use app::{Lang, Timestamp, args};
use discord::component::{Button as Press, Row};
use discord::markdown::{When, moment, user};
use discord::message::Message;
use discord::{UserId, limits};

use crate::case;
use crate::case::model::CaseId;
use crate::share::action::Button;
use crate::share::file;
use crate::texts::TEXTS;

/// Why something is refused. Codes are those of HUB §16.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only members of the community may do this.
    NotAMember,
    /// Only members may do this, and a partner company does not become one.
    NotForPartners,
    /// Only staff may do this.
    NotStaff,
    /// Only admins and directors may do this.
    NotInCharge,
    /// The link cannot be read.
    UnreadableLink,
    /// The link, as Discord takes it, is longer than Discord opens.
    LinkLength,
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
    /// It holds a word or a link that the charter refuses.
    Blacklisted,
    /// Moderation removed this resource.
    Removed {
        /// The case by which it did, for its author to contest.
        case: Option<CaseId>,
    },
    /// The file is too large, empty or of another kind.
    File,
    /// It is the person's own resource.
    OwnResource,
    /// The person has reported this already.
    AlreadyReported,
    /// The case is about the moderator's own resource or report.
    OwnCase,
    /// Another moderator has the case in hand.
    Taken {
        /// Who.
        by: UserId,
        /// Until when, Unix milliseconds.
        until: i64,
    },
    /// Only moderators may do this.
    NotAModerator,
    /// Only admins may do this.
    NotAnAdmin,
    /// An admin other than who proposed it must confirm an exclusion.
    SecondAdmin,
    /// The person is suspended.
    Suspended {
        /// Until when, Unix milliseconds; none until it is lifted.
        until: Option<i64>,
    },
    /// What explains a decision or an appeal is too short or too long.
    ReasonLength,
    /// There is no case of this number.
    UnknownCase,
    /// The theme is no longer there.
    UnknownTheme,
    /// The function is switched off here.
    SwitchedOff,
    /// The button is of another time.
    Outdated,
    /// There is no resource of this name.
    UnknownResource,
    /// Our fault.
    Fault {
        /// What to look for in the log.
        reference: String,
    },
}

impl app::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAMember
            | Self::NotForPartners
            | Self::NotAModerator
            | Self::NotStaff
            | Self::NotInCharge
            | Self::NotAnAdmin
            | Self::SecondAdmin => "HUB-E01",
            Self::UnreadableLink | Self::LinkLength => "HUB-E02",
            Self::Nothing => "HUB-E03",
            Self::NotInstalled => "HUB-E04",
            Self::TooOften { .. } => "HUB-E05",
            Self::TitleLength | Self::DescriptionLength | Self::ReasonLength => "HUB-E06",
            Self::PrivateLink => "HUB-E07",
            Self::Blacklisted => "HUB-E08",
            Self::Removed { .. } => "HUB-E09",
            Self::File => "HUB-E10",
            Self::OwnResource => "HUB-E12",
            Self::AlreadyReported => "HUB-E13",
            Self::OwnCase => "HUB-E14",
            Self::Taken { .. } => "HUB-E15",
            Self::Suspended { .. } => "HUB-E16",
            Self::UnknownTheme => "HUB-E17",
            Self::SwitchedOff => "HUB-E18",
            Self::Outdated | Self::UnknownResource | Self::UnknownCase => "HUB-E20",
            Self::Fault { .. } => "HUB-E21",
        }
    }

    fn text(&self, lang: Lang) -> String {
        let say = TEXTS.say(lang);
        match self {
            Self::NotAMember => say.the("hub-e01"),
            Self::NotForPartners => say.the("hub-e01-partner"),
            Self::NotStaff => say.the("hub-e01-staff"),
            Self::NotInCharge => say.the("hub-e01-charge"),
            Self::UnreadableLink => say.the("hub-e02"),
            Self::LinkLength => say.with("hub-e02-length", &args! { "max" => limits::EMBED_URL_MAX_CHARS }),
            Self::Nothing => say.the("hub-e03"),
            Self::NotInstalled => say.the("hub-e04"),
            Self::TooOften { again } => {
                say.with("hub-e05", &args! { "when" => moment(again.secs(), When::Relative) })
            }
            Self::TitleLength => say.the("hub-e06-title"),
            Self::DescriptionLength => say.the("hub-e06-description"),
            Self::PrivateLink => say.the("hub-e07"),
            Self::Blacklisted => say.the("hub-e08"),
            Self::Removed { .. } => say.the("hub-e09"),
            Self::File => say.with("hub-e10", &args! { "size" => file::MAX_MIB }),
            Self::OwnResource => say.the("hub-e12"),
            Self::AlreadyReported => say.the("hub-e13"),
            Self::OwnCase => say.the("hub-e14"),
            Self::Taken { by, until } => {
                let until = moment(until.div_euclid(1000), When::Time);
                say.with("hub-e15", &args! { "name" => user(*by), "until" => until })
            }
            Self::NotAModerator => say.the("hub-e01-moderator"),
            Self::NotAnAdmin => say.the("hub-e01-admin"),
            Self::SecondAdmin => say.the("hub-e01-second"),
            Self::Suspended { until: Some(until) } => {
                say.with("hub-e16", &args! { "date" => moment(until.div_euclid(1000), When::Full) })
            }
            Self::Suspended { until: None } => say.the("hub-e16-always"),
            Self::ReasonLength => say.the("hub-e06-reason"),
            Self::UnknownCase => say.the("hub-e20-case"),
            Self::UnknownTheme => say.the("hub-e17"),
            Self::SwitchedOff => say.the("hub-e18"),
            Self::Outdated => say.the("hub-e20"),
            Self::UnknownResource => say.the("hub-e20-resource"),
            Self::Fault { reference } => say.with("hub-e21", &args! { "ref" => reference.as_str() }),
        }
    }
}

impl Refusal {
    /// The refusal with « Corriger », which opens the form again with everything that was typed.
    pub fn with_draft(&self, draft: u64, lang: Lang) -> Message {
        let fix = Press::new(TEXTS.say(lang).the("hub-fix"), &Button::Fix { draft }).primary();
        let contest = match self {
            Self::Removed { case: Some(case) } => Some(case::view::contest(*case, lang)),
            _ => None,
        };
        app::Refusal::message(self, lang).row(Row::buttons([fix].into_iter().chain(contest)))
    }
}
