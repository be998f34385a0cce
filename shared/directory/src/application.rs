//! An application as texts need it: the ids of its commands. Written by `passerelle register`.

use std::collections::BTreeMap;

use discord::{ApplicationId, CommandId, GuildId};
use serde::{Deserialize, Serialize};
use store::{Item, Key, StoreError, Table, Write};

/// What Discord knows of an application's commands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Application {
    /// The id of each command that can be typed, by its default name: with it a text shows the command
    /// as something to press.
    pub commands: BTreeMap<String, CommandId>,
}

impl Application {
    /// The application as it was read; one that was never registered has no command.
    ///
    /// # Errors
    /// When an attribute is of another type.
    pub fn load(item: Option<Item>) -> Result<Self, StoreError> {
        item.map_or_else(|| Ok(Self::default()), store::read)
    }
}

/// Where an application's commands in a server are kept; those of all servers are in `GuildId(0)`.
pub fn application_key(guild: GuildId, application: ApplicationId) -> Key {
    Key::new(Table::Directory, format!("G#{guild}"), format!("APP#{application}"))
}

/// Stores an application whole.
pub fn put_application(guild: GuildId, id: ApplicationId, application: &Application) -> Write {
    Write::put(application_key(guild, id), application)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::personal;

    #[test]
    fn what_was_registered_is_loaded_and_says_nothing_about_a_person() {
        let commands = BTreeMap::from([("partager".to_owned(), CommandId(u64::MAX))]);
        let application = Application { commands };
        let item = put_application(GuildId(0), ApplicationId(7), &application).item().unwrap();
        assert_eq!(personal::undeclared(&item, &[], &["pk", "commands"]), [""; 0]);
        assert_eq!(Application::load(Some(item)).unwrap(), application);
        assert_eq!(Application::load(None).unwrap(), Application::default());
    }
}
