//! Who is who in a guild, where things are, and which promotions exist.
//!
//! | to know | open |
//! |---|---|
//! | which Discord role means what, which channel is for what, what is switched on | [`Guild`] |
//! | what somebody may do | [`held`], [`Held`], [`RoleKey`], [`Group`] |
//! | a person's language, consents and promotions | [`Person`] |
//! | a promotion | [`Promotion`] |
//! | the ids of an application's commands | [`Application`] |
//!
//! Community and onboarding write these items, but the last, which `passerelle register` writes;
//! every feature reads guild and person at every interaction, beside its own, because rights change at once. All of them load when attributes are missing,
//! and keep the keys they do not know, so that two versions can run side by side.
//!
//! It does not say what a right allows: that is in each feature's `decide.rs`.

mod application;
mod guild;
mod person;
mod promotion;
mod role;

pub use application::{Application, application_key, put_application};
pub use guild::{ChannelKey, Closure, Function, GUILD_MAX_BYTES, Guild, Hours, guild_key, put_guild};
pub use person::{
    Consent, Membership, MembershipStatus, PERSON_MAX_BYTES, PERSONAL, Person, Purpose, person_key,
    put_person,
};
pub use promotion::{Promotion, PromotionStatus, promotion_key, put_promotion};
pub use role::{Group, Held, RoleKey, held};

use serde::{Deserialize, Serialize};

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, first.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// `fr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of a `locale` such as `fr`, `en-GB`; none for any other.
    pub fn of_locale(locale: &str) -> Option<Self> {
        match locale.get(..2)? {
            "fr" => Some(Self::Fr),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// Names an enum's variants by stable keys: kept in items, so a key never changes.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name under which it is kept.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }

            /// The one of this name; none for a name that another version of us gave.
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key())
            }
        }
    };
}
pub(crate) use keys;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_our_language_or_none() {
        assert_eq!(Language::of_locale("fr"), Some(Language::Fr));
        assert_eq!(Language::of_locale("en-GB"), Some(Language::En));
        assert_eq!(Language::of_locale("de"), None);
        assert_eq!(Language::of_locale("é"), None);
    }
}
