//! Applications: a bot, a key to sign with, a token and registered commands.

use std::collections::{BTreeMap, BTreeSet};

use discord::{ApplicationId, CommandId, GuildId, UserId};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An application with its bot.
#[derive(Clone, Serialize, Deserialize)]
pub struct Application {
    /// Identity.
    pub id: ApplicationId,
    /// Name, also the bot's.
    pub name: String,
    /// The bot's user.
    pub bot: UserId,
    /// Seed of the key with which Discord signs for this application, in hexadecimal.
    pub(crate) seed: String,
    /// The bot's token.
    pub(crate) token: String,
    /// Commands for all servers.
    pub commands: BTreeMap<CommandId, RegisteredCommand>,
    /// Commands of one server.
    pub guild_commands: BTreeMap<GuildId, BTreeMap<CommandId, RegisteredCommand>>,
    /// Where interactions go, when that is an address.
    #[serde(default)]
    pub endpoint_url: Option<String>,
    /// Servers it is installed in.
    pub guilds: BTreeSet<GuildId>,
    /// Creations of commands on the current day, by scope, for the daily cap.
    #[serde(default)]
    pub(crate) creates: BTreeMap<String, (i64, u32)>,
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Application {
    /// The key with which deliveries are signed.
    pub(crate) fn key(&self) -> SigningKey {
        let mut seed = [0; 32];
        hex::decode_to_slice(&self.seed, &mut seed).expect("a seed is 64 hexadecimal digits, made here");
        SigningKey::from_bytes(&seed)
    }

    /// The key to verify with, as the developer portal shows it.
    pub fn public_key_hex(&self) -> String {
        hex::encode(self.key().verifying_key().as_bytes())
    }

    /// Commands that can be typed in a server: its own, then those for all servers.
    pub fn commands_in(&self, guild: Option<GuildId>) -> impl Iterator<Item = &RegisteredCommand> {
        guild
            .and_then(|guild| self.guild_commands.get(&guild))
            .into_iter()
            .flat_map(BTreeMap::values)
            .chain(self.commands.values())
    }
}

/// A registered command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisteredCommand {
    /// Identity; kept while its name stays.
    pub id: CommandId,
    /// 1 typed, 2 on a person, 3 on a message.
    pub kind: u8,
    /// The name by which it arrives, whatever the person's language.
    pub name: String,
    /// The whole command as it was registered.
    pub body: Value,
    /// Changes with each change of the command.
    pub version: u64,
    /// The server it belongs to.
    pub guild: Option<GuildId>,
}

/// The word of a command, option or choice in somebody's language.
pub(crate) fn localized<'v>(body: &'v Value, field: &str, locale: &str) -> &'v str {
    body[format!("{field}_localizations")][locale]
        .as_str()
        .or_else(|| body[field].as_str())
        .unwrap_or_default()
}
