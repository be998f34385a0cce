//! A promotion, as far as other features need it. Written by onboarding.

use discord::{ChannelId, GuildId, RoleId};
use serde::{Deserialize, Serialize};
use store::{Item, Key, StoreError, Table, Write};

/// A cohort of a formation on a campus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// Its name.
    pub name: String,
    /// Code of the formation.
    #[serde(default)]
    pub formation: String,
    /// Code of the campus.
    #[serde(default)]
    pub campus: String,
    /// Where it stands.
    #[serde(default)]
    pub status: PromotionStatus,
    /// First day, `YYYY-MM-DD`.
    #[serde(default)]
    pub starts: String,
    /// Last day, `YYYY-MM-DD`.
    #[serde(default)]
    pub ends: String,
    /// The role of its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// Its forum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forum: Option<ChannelId>,
    /// The thread of its team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_thread: Option<ChannelId>,
}

/// Where a promotion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PromotionStatus {
    /// Its space is being made (« création »).
    #[default]
    Creation,
    /// Its space is there (« prête »).
    Prete,
    /// Its people are in (« ouverte »).
    Ouverte,
    /// It has ended (« terminée »).
    Terminee,
    /// Its space is gone (« supprimée »).
    Supprimee,
    /// What another version of us says.
    #[serde(other)]
    Autre,
}

impl Promotion {
    /// The promotion as read.
    ///
    /// # Errors
    /// When it has no name, or an attribute is of another type.
    pub fn load(item: Item) -> Result<Self, StoreError> {
        store::read(item)
    }
}

/// Where a promotion is kept; `pid` is its random name.
pub fn promotion_key(guild: GuildId, pid: &str) -> Key {
    Key::new(Table::Directory, format!("G#{guild}#P#{pid}"), "META")
}

/// Stores a promotion whole.
pub fn put_promotion(guild: GuildId, pid: &str, promotion: &Promotion) -> Write {
    Write::put(promotion_key(guild, pid), promotion)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Value;

    #[test]
    fn what_was_stored_is_loaded() {
        let promotion = Promotion {
            name: "CDA Lille 2025-09".into(),
            formation: "CDA".into(),
            campus: "LIL".into(),
            status: PromotionStatus::Ouverte,
            starts: "2025-09-01".into(),
            ends: "2026-08-31".into(),
            role: Some(RoleId(1)),
            forum: None,
            team_thread: Some(ChannelId(2)),
        };
        let item = put_promotion(GuildId(7), "0123456789", &promotion).item().unwrap();
        assert_eq!((&item["pk"], &item["sk"]), (&Value::from("G#7#P#0123456789").0, &Value::from("META").0));
        assert!(!item.contains_key("forum"));
        assert_eq!(Promotion::load(item).unwrap(), promotion);
    }

    #[test]
    fn a_promotion_of_yesterday_loads_with_little_more_than_its_name() {
        let item = Item::from([
            ("name".to_owned(), Value::from("DWWM").0),
            ("status".to_owned(), Value::from("enchantée").0),
        ]);
        let promotion = Promotion::load(item).unwrap();
        assert_eq!((promotion.name.as_str(), promotion.status), ("DWWM", PromotionStatus::Autre));
    }
}
