//! What every feature may know about a person. Written by onboarding; others ask by a job.

use std::collections::BTreeMap;

use discord::{GuildId, UserId};
use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};
use store::{Item, Key, StoreError, Table, Write};

use crate::{Language, keys};

/// Most bytes of the item: one read unit.
pub const PERSON_MAX_BYTES: usize = 4 * 1024;

/// What [`Person`] says about somebody. Kept until the last end + 12 months (onboarding's rule).
pub const PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "pk",
        purpose: "find what belongs to a Discord account",
        basis: Basis::Service,
        retention: "last end + 12 months, or erasure",
    },
    PersonalField {
        field: "language",
        purpose: "answer in the person's language",
        basis: Basis::Service,
        retention: "last end + 12 months, or erasure",
    },
    PersonalField {
        field: "consents",
        purpose: "prove what the person agreed to, and obey it",
        basis: Basis::LegalObligation,
        retention: "proof 3 years after withdrawal",
    },
    PersonalField {
        field: "memberships",
        purpose: "know in which promotions the person is",
        basis: Basis::Service,
        retention: "last end + 12 months, or erasure",
    },
];

keys! {
    /// What somebody can agree to, one line each in `/mes-donnees`.
    Purpose {
        /// Mentoring.
        Mentoring = "mentorat",
        /// The alumni directory.
        Directory = "annuaire",
        /// Being shown to recruiters.
        Recruiters = "recruteurs",
        /// Questions about work after the training.
        Insertion = "insertion",
        /// Private messages.
        PrivateMessages = "messages_prives",
        /// Alerts about offers and events.
        Alerts = "alertes",
        /// Words to be quoted.
        Testimonial = "temoignage",
    }
}

/// A person in a guild.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The language chosen here; none = as Discord says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The last word on each [`Purpose`]; keys of other versions are kept.
    consents: BTreeMap<String, Consent>,
    /// Promotions that are not over for the person, in the order of joining.
    pub memberships: Vec<Membership>,
}

/// What somebody agreed to. Never edited: a new one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Version of the text that was shown.
    pub text: String,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// Where it was given, such as `mentorat` or `mes-donnees`.
    pub source: String,
    /// When it was withdrawn, in Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<i64>,
}

/// A person's place in a promotion, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The promotion's `pid`.
    pub promotion: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Code of the formation.
    #[serde(default)]
    pub formation: String,
    /// Code of the campus.
    #[serde(default)]
    pub campus: String,
    /// Key of the role the person has in it ([`crate::RoleKey::key`]).
    #[serde(default)]
    pub role: String,
    /// Where the person stands.
    #[serde(default)]
    pub status: MembershipStatus,
}

/// Where a person stands in a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MembershipStatus {
    /// Is in it.
    #[default]
    Actif,
    /// Finished it.
    Alumni,
    /// Left the training.
    Parti,
    /// Was taken out.
    #[serde(rename = "retire")]
    Retire,
    /// What another version of us says.
    #[serde(other)]
    Autre,
}

impl Person {
    /// The person as read; one we know nothing of is the default.
    ///
    /// # Errors
    /// When an attribute is of another type.
    pub fn load(item: Option<Item>) -> Result<Self, StoreError> {
        item.map_or_else(|| Ok(Self::default()), store::read)
    }

    /// The last word on this purpose.
    pub fn consent(&self, purpose: Purpose) -> Option<&Consent> {
        self.consents.get(purpose.key())
    }

    /// Whether the person agrees at present.
    pub fn agrees(&self, purpose: Purpose) -> bool {
        self.consent(purpose).is_some_and(|consent| consent.withdrawn.is_none())
    }

    /// Puts the last word on this purpose.
    pub fn set_consent(&mut self, purpose: Purpose, consent: Consent) {
        self.consents.insert(purpose.key().into(), consent);
    }

    /// Promotions in which the person is active.
    pub fn active(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(|membership| membership.status == MembershipStatus::Actif)
    }
}

/// Where a person is kept.
pub fn person_key(guild: GuildId, user: UserId) -> Key {
    Key::new(Table::Directory, format!("G#{guild}#U#{user}"), "PERSON")
}

/// Stores a person whole.
pub fn put_person(guild: GuildId, user: UserId, person: &Person) -> Write {
    Write::put(person_key(guild, user), person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Value, bytes, personal};

    fn full() -> Person {
        let mut person = Person { language: Some(Language::En), ..Person::default() };
        for purpose in Purpose::ALL {
            let consent = Consent {
                text: "2026-11-24".into(),
                at: 1_795_000_000_000,
                source: "mes-donnees".into(),
                withdrawn: Some(1_795_000_000_000),
            };
            person.set_consent(*purpose, consent);
        }
        person.memberships = vec![
            Membership {
                promotion: "0123456789".into(),
                name: "é".repeat(60),
                formation: "F".repeat(12),
                campus: "C".repeat(8),
                role: "apprenant".into(),
                status: MembershipStatus::Actif,
            };
            10
        ];
        person
    }

    #[test]
    fn what_was_stored_is_loaded() {
        let item = put_person(GuildId(7), UserId(8), &full()).item().unwrap();
        assert_eq!(item["pk"], Value::from("G#7#U#8").0);
        assert_eq!(Person::load(Some(item)).unwrap(), full());
        assert_eq!(Person::load(None).unwrap(), Person::load(Some(Item::new())).unwrap());
    }

    #[test]
    fn a_withdrawn_consent_is_kept_and_no_longer_holds() {
        let mut person = full();
        assert!(!person.agrees(Purpose::Mentoring));
        assert!(person.consent(Purpose::Mentoring).is_some());
        let consent = Consent { text: "2".into(), at: 1, source: "mentorat".into(), withdrawn: None };
        person.set_consent(Purpose::Mentoring, consent);
        assert!(person.agrees(Purpose::Mentoring) && !person.agrees(Purpose::Alerts));
    }

    #[test]
    fn a_status_of_tomorrow_is_not_active() {
        let mut item = put_person(GuildId(7), UserId(8), &full()).item().unwrap();
        let memberships = serde_json::json!([
            { "promotion": "a", "status": "suspendu" },
            { "promotion": "b" },
            { "promotion": "c", "status": "retire" },
        ]);
        item.insert("memberships".into(), Value::of(&memberships).unwrap().0);
        let person = Person::load(Some(item)).unwrap();
        assert_eq!(person.memberships[0].status, MembershipStatus::Autre);
        assert_eq!(
            person.active().map(|membership| membership.promotion.as_str()).collect::<Vec<_>>(),
            ["b"]
        );
    }

    #[test]
    fn the_fullest_person_fits_into_4_kb() {
        let item = put_person(GuildId(u64::MAX), UserId(u64::MAX), &full()).item().unwrap();
        assert!(bytes(&item) <= PERSON_MAX_BYTES, "{} bytes", bytes(&item));
    }

    #[test]
    fn everything_a_person_item_says_is_declared() {
        let item = put_person(GuildId(7), UserId(8), &full()).item().unwrap();
        assert_eq!(personal::undeclared(&item, PERSONAL, &[]), [""; 0]);
    }
}
