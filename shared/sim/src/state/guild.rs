//! Servers, their roles and the people in them.

use std::collections::{BTreeMap, BTreeSet};

use discord::permission::Permissions;
use discord::{ChannelId, GuildId, RoleId, UserId};
use serde::{Deserialize, Serialize};

/// A person or a bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// The name that is theirs alone, lower case: what tests call them by.
    pub username: String,
    /// The name they chose for all servers.
    pub global_name: Option<String>,
    /// A bot.
    pub bot: bool,
    /// Language of their Discord, such as `fr` or `en-GB`.
    pub locale: String,
    /// Whether they refuse private messages.
    #[serde(default)]
    pub refuses_dms: bool,
}

impl User {
    /// The name shown where there is no nickname.
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guild {
    /// Identity; also that of the role `@everyone`.
    pub id: GuildId,
    /// Name.
    pub name: String,
    /// Who may do everything in it.
    pub owner: UserId,
    /// Its language, `preferred_locale`.
    pub locale: String,
    /// Features such as `COMMUNITY`.
    pub features: BTreeSet<String>,
    /// Roles, `@everyone` among them.
    pub roles: BTreeMap<RoleId, Role>,
    /// People and bots in it.
    pub members: BTreeMap<UserId, Member>,
    /// Where Discord writes who joined.
    pub system_channel: Option<ChannelId>,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Identity.
    pub id: RoleId,
    /// Name.
    pub name: String,
    /// What it allows everywhere.
    pub permissions: Permissions,
    /// Rank: higher stands above. `@everyone` has 0.
    pub position: i64,
    /// Colour, `0xRRGGBB`; 0 is none.
    pub color: u32,
    /// Shown apart in the list of members.
    pub hoist: bool,
    /// Whether anybody may mention it.
    pub mentionable: bool,
    /// The bot it belongs to; it cannot be given by hand.
    pub bot: Option<UserId>,
}

/// Somebody in a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// The name chosen for this server.
    pub nick: Option<String>,
    /// Roles, without `@everyone`.
    pub roles: BTreeSet<RoleId>,
    /// Since when, in Unix milliseconds.
    pub joined_at: i64,
    /// Silenced until, in Unix milliseconds.
    #[serde(default)]
    pub timed_out_until: Option<i64>,
}

impl Guild {
    /// The highest role of a member; `@everyone`'s rank when there is none.
    pub fn rank(&self, user: UserId) -> i64 {
        if user == self.owner {
            return i64::MAX;
        }
        self.members
            .get(&user)
            .into_iter()
            .flat_map(|member| &member.roles)
            .filter_map(|role| self.roles.get(role))
            .map(|role| role.position)
            .max()
            .unwrap_or(0)
    }
}
