//! A guild's settings that every feature reads. Written by community.

use std::collections::BTreeMap;

use discord::{ChannelId, GuildId, RoleId};
use serde::{Deserialize, Serialize};
use store::{Item, Key, StoreError, Table, Write};

use crate::{Language, RoleKey, keys};

/// Most bytes of the item: it is read at every interaction, and 4 KB more cost one read unit more.
pub const GUILD_MAX_BYTES: usize = 8 * 1024;

keys! {
    /// What a channel is for.
    ChannelKey {
        /// Where newcomers arrive.
        Welcome = "accueil",
        /// Rules.
        Rules = "regles",
        /// Questions.
        Help = "aide",
        /// Announcements.
        Announcements = "annonces",
        /// The team's journal.
        Journal = "journal",
        /// Reports and cases.
        Moderation = "moderation",
        /// The library: one to five forums, or one text channel.
        Hub = "hub",
        /// The weekly digest.
        Digest = "resume",
        /// Events.
        Events = "evenements",
        /// Job offers.
        Offers = "offres",
        /// Alumni.
        Alumni = "alumni",
    }
}

keys! {
    /// What can be switched on and off.
    Function {
        /// The library.
        Hub = "hub",
        /// Surveys.
        Surveys = "sondages",
        /// Promotions.
        Promotions = "promotions",
        /// Mentoring.
        Mentoring = "mentorat",
        /// Announcements.
        Announcements = "annonces",
        /// Events.
        Events = "evenements",
        /// Job offers.
        Offers = "offres",
        /// The alumni directory.
        Alumni = "annuaire",
        /// Tickets.
        Tickets = "tickets",
        /// Automatic moderation rules.
        Automod = "automod",
    }
}

/// The settings of a guild.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guild {
    /// Counts changes: who changes an older one is shown the present one.
    pub revision: u64,
    /// Discord roles by [`RoleKey`]; keys of other versions are kept.
    roles: BTreeMap<String, Vec<RoleId>>,
    /// Channels by [`ChannelKey`]; keys of other versions are kept.
    channels: BTreeMap<String, Vec<ChannelId>>,
    /// Ticket channels by pole.
    pub poles: BTreeMap<String, ChannelId>,
    /// Functions that were switched, by [`Function`].
    functions: BTreeMap<String, bool>,
    /// The language of posts, and of people whose own we do not speak.
    pub language: Language,
    /// IANA name of the time zone in which days and hours are meant.
    pub zone: String,
    /// When nothing is posted.
    pub hours: Hours,
    /// « Affichage simple » by default.
    pub simple: bool,
}

/// When a guild wants to be left alone, in its own zone. Week-ends and legal holidays come on top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hours {
    /// Quiet hours begin, in minutes after midnight.
    pub quiet_from: u16,
    /// Quiet hours end, in minutes after midnight.
    pub quiet_until: u16,
    /// When the school is closed.
    pub closures: Vec<Closure>,
}

/// Days on which the school is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: String,
}

impl Default for Hours {
    /// Quiet from 20:00 to 08:00.
    fn default() -> Self {
        Self { quiet_from: 20 * 60, quiet_until: 8 * 60, closures: Vec::new() }
    }
}

impl Default for Guild {
    fn default() -> Self {
        Self {
            revision: 0,
            roles: BTreeMap::new(),
            channels: BTreeMap::new(),
            poles: BTreeMap::new(),
            functions: BTreeMap::new(),
            language: Language::default(),
            zone: "Europe/Paris".into(),
            hours: Hours::default(),
            simple: false,
        }
    }
}

impl Guild {
    /// The settings as they were read; of a guild that nobody set up, the defaults.
    ///
    /// # Errors
    /// When an attribute is of another type.
    pub fn load(item: Option<Item>) -> Result<Self, StoreError> {
        item.map_or_else(|| Ok(Self::default()), store::read)
    }

    /// The Discord roles that mean this role.
    pub fn roles(&self, key: RoleKey) -> &[RoleId] {
        self.roles.get(key.key()).map_or(&[], Vec::as_slice)
    }

    /// The channels that serve this purpose.
    pub fn channels(&self, key: ChannelKey) -> &[ChannelId] {
        self.channels.get(key.key()).map_or(&[], Vec::as_slice)
    }

    /// The first channel that serves this purpose.
    pub fn channel_for(&self, key: ChannelKey) -> Option<ChannelId> {
        self.channels(key).first().copied()
    }

    /// Whether a function is on. All are until somebody says otherwise, but the moderation rules,
    /// which need more rights from the guild.
    pub fn is_on(&self, function: Function) -> bool {
        self.functions.get(function.key()).copied().unwrap_or(function != Function::Automod)
    }

    /// One Discord role more for this role.
    #[must_use]
    pub fn role(mut self, key: RoleKey, role: RoleId) -> Self {
        self.roles.entry(key.key().into()).or_default().push(role);
        self
    }

    /// One channel more for this purpose.
    #[must_use]
    pub fn channel(mut self, key: ChannelKey, channel: ChannelId) -> Self {
        self.channels.entry(key.key().into()).or_default().push(channel);
        self
    }

    /// Replaces the Discord roles of this role.
    pub fn set_roles(&mut self, key: RoleKey, roles: Vec<RoleId>) {
        self.roles.insert(key.key().into(), roles);
    }

    /// Replaces the channels of this purpose.
    pub fn set_channels(&mut self, key: ChannelKey, channels: Vec<ChannelId>) {
        self.channels.insert(key.key().into(), channels);
    }

    /// Switches a function on or off.
    #[must_use]
    pub fn switch(mut self, function: Function, on: bool) -> Self {
        self.functions.insert(function.key().into(), on);
        self
    }
}

/// Where a guild's settings are.
pub fn guild_key(guild: GuildId) -> Key {
    Key::new(Table::Directory, format!("G#{guild}"), "GUILD")
}

/// Stores a guild's settings whole. Add `.when(…)` on `revision` where people edit them.
pub fn put_guild(guild: GuildId, settings: &Guild) -> Write {
    Write::put(guild_key(guild), settings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::{Value, bytes, personal};

    #[test]
    fn a_guild_nobody_set_up_is_french_in_paris_with_everything_on_but_automod() {
        let guild = Guild::load(None).unwrap();
        assert_eq!(guild, Guild::load(Some(Item::new())).unwrap());
        assert_eq!((guild.language, guild.zone.as_str()), (Language::Fr, "Europe/Paris"));
        assert_eq!((guild.hours.quiet_from, guild.hours.quiet_until), (1200, 480));
        let off: Vec<_> = Function::ALL.iter().filter(|function| !guild.is_on(**function)).collect();
        assert_eq!(off, [&Function::Automod]);
        assert_eq!(guild.channel_for(ChannelKey::Hub), None);
    }

    #[test]
    fn what_was_stored_is_loaded() {
        let guild = Guild::default()
            .role(RoleKey::Learner, RoleId(1))
            .role(RoleKey::Learner, RoleId(2))
            .channel(ChannelKey::Hub, ChannelId(u64::MAX))
            .switch(Function::Hub, false);
        let item = put_guild(GuildId(7), &guild).item().unwrap();
        assert_eq!(item["pk"], Value::from("G#7").0);
        let loaded = Guild::load(Some(item)).unwrap();
        assert_eq!(loaded, guild);
        assert_eq!(loaded.roles(RoleKey::Learner), [RoleId(1), RoleId(2)]);
        assert_eq!(loaded.channel_for(ChannelKey::Hub), Some(ChannelId(u64::MAX)));
        assert!(!loaded.is_on(Function::Hub) && loaded.is_on(Function::Tickets));
    }

    #[test]
    fn keys_of_tomorrow_survive_a_change_made_today() {
        let mut guild = Guild::default();
        guild.roles.insert("role_of_tomorrow".into(), vec![RoleId(9)]);
        let mut item = put_guild(GuildId(7), &guild).item().unwrap();
        item.insert("attribute_of_tomorrow".into(), Value::from("x").0);
        let again = Guild::load(Some(item)).unwrap().role(RoleKey::Mentor, RoleId(3));
        assert_eq!(again.roles["role_of_tomorrow"], [RoleId(9)]);
    }

    #[test]
    fn the_fullest_guild_fits_into_8_kb() {
        let id = u64::MAX;
        let mut guild = Guild::default();
        for key in RoleKey::ALL {
            guild.set_roles(*key, vec![RoleId(id); 5]);
        }
        for key in ChannelKey::ALL {
            guild.set_channels(*key, vec![ChannelId(id); 5]);
        }
        for pole in 0..10 {
            guild.poles.insert(format!("{pole}{}", "p".repeat(30)), ChannelId(id));
        }
        for function in Function::ALL {
            guild = guild.switch(*function, true);
        }
        guild.hours.closures = vec![Closure { from: "2026-12-24".into(), until: "2027-01-02".into() }; 40];
        let item = put_guild(GuildId(id), &guild).item().unwrap();
        assert!(bytes(&item) <= GUILD_MAX_BYTES, "{} bytes", bytes(&item));
    }

    #[test]
    fn a_guild_says_nothing_about_a_person() {
        let item = put_guild(GuildId(1), &Guild::default()).item().unwrap();
        let plain = [
            "pk",
            "revision",
            "roles",
            "channels",
            "poles",
            "functions",
            "language",
            "zone",
            "hours",
            "simple",
        ];
        assert_eq!(personal::undeclared(&item, &[], &plain), [""; 0]);
    }
}
