//! Personal data, declared beside the item that holds it.
//!
//! The processing register, exports and erasures are made from these declarations; a test of each
//! item fails on an attribute that is neither declared nor known to say nothing about a person.

use crate::Item;

/// Why the law allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// The training service itself needs it.
    Service,
    /// Legitimate interest: the library, announcements, moderation.
    LegitimateInterest,
    /// The person agreed, and may withdraw at any time.
    Consent,
    /// A law asks for it.
    LegalObligation,
}

/// One attribute that says something about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonalField {
    /// Name of the attribute; `pk` when the key itself names the person.
    pub field: &'static str,
    /// What it is for, in a few words.
    pub purpose: &'static str,
    /// Why the law allows it.
    pub basis: Basis,
    /// When it goes, in a few words.
    pub retention: &'static str,
}

/// Attributes of an item that are neither declared personal nor listed in `plain`, sorted.
/// `sk`, `v` and `exp` are plain everywhere; `pk` must be declared or listed.
pub fn undeclared(item: &Item, declared: &[PersonalField], plain: &[&str]) -> Vec<String> {
    let mut unknown: Vec<String> = item
        .keys()
        .filter(|name| !["sk", "v", "exp"].contains(&name.as_str()))
        .filter(|name| !plain.contains(&name.as_str()))
        .filter(|name| !declared.iter().any(|personal| personal.field == name.as_str()))
        .cloned()
        .collect();
    unknown.sort();
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::types::AttributeValue;

    #[test]
    fn an_attribute_nobody_declared_is_named() {
        let item: Item = ["pk", "sk", "v", "email", "colour", "count"]
            .into_iter()
            .map(|name| (name.to_owned(), AttributeValue::Null(true)))
            .collect();
        let declared = [
            PersonalField { field: "pk", purpose: "who", basis: Basis::Service, retention: "1 year" },
            PersonalField { field: "email", purpose: "writing", basis: Basis::Consent, retention: "1 year" },
        ];
        assert_eq!(undeclared(&item, &declared, &["count"]), ["colour"]);
    }
}
