//! Servers, their roles and members.
//!
//! Source: <https://docs.discord.com/developers/resources/guild>

use http::Method;
use serde::Serialize;

use super::route::Route;
use super::{Call, Gone, Guild, MemberInfo, Reason, Rest, RestError, Role};
use crate::permission::Permissions;
use crate::{GuildId, RoleId, UserId};

const ROLES: &str = "/guilds/{}/roles";
const MEMBER_ROLE: &str = "/guilds/{}/members/{}/roles/{}";

/// A role to create, or what a role becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewRole {
    /// Name.
    pub name: String,
    /// What it gives in the whole server; said always, as Discord's default is that of `@everyone`.
    pub permissions: Permissions,
    /// Shown apart in the list of members.
    pub hoist: bool,
    /// Everyone can mention it.
    pub mentionable: bool,
}

impl Rest {
    /// A server.
    pub async fn guild(&self, guild: GuildId) -> Result<Guild, RestError> {
        self.read(Call::new(Route::bot(Method::GET, "/guilds/{}", &[guild.0]))).await
    }

    /// Every role of a server, `@everyone` among them.
    pub async fn guild_roles(&self, guild: GuildId) -> Result<Vec<Role>, RestError> {
        self.read(Call::new(Route::bot(Method::GET, ROLES, &[guild.0]))).await
    }

    /// Creates a role. After [`RestError::Uncertain`], look among [`Rest::guild_roles`].
    pub async fn create_role(
        &self,
        guild: GuildId,
        role: &NewRole,
        reason: impl Into<Reason>,
    ) -> Result<Role, RestError> {
        let route = Route::bot(Method::POST, ROLES, &[guild.0]).needs(Permissions::MANAGE_ROLES);
        self.read(Call::new(route).json(role).reason(reason.into())).await
    }

    /// A role becomes this one.
    pub async fn edit_role(
        &self,
        guild: GuildId,
        role: RoleId,
        edit: &NewRole,
        reason: impl Into<Reason>,
    ) -> Result<Role, RestError> {
        let route = Route::bot(Method::PATCH, "/guilds/{}/roles/{}", &[guild.0, role.0])
            .needs(Permissions::MANAGE_ROLES);
        self.read(Call::new(route).json(edit).reason(reason.into())).await
    }

    /// Deletes a role; one that is no longer there is deleted.
    pub async fn delete_role(
        &self,
        guild: GuildId,
        role: RoleId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let route = Route::bot(Method::DELETE, "/guilds/{}/roles/{}", &[guild.0, role.0])
            .needs(Permissions::MANAGE_ROLES);
        match self.done(Call::new(route).reason(reason.into())).await {
            Err(RestError::Gone(Gone::Role)) => Ok(()),
            other => other,
        }
    }

    /// A person of a server; [`Gone::Member`] when they left.
    pub async fn member(&self, guild: GuildId, user: UserId) -> Result<MemberInfo, RestError> {
        self.read(Call::new(Route::bot(Method::GET, "/guilds/{}/members/{}", &[guild.0, user.0]))).await
    }

    /// Up to 1000 people of a server in the order of their ids, from behind `after`. Needs the
    /// "server members" switch on the application's page.
    pub async fn members(
        &self,
        guild: GuildId,
        after: Option<UserId>,
        limit: u16,
    ) -> Result<Vec<MemberInfo>, RestError> {
        let mut route =
            Route::bot(Method::GET, "/guilds/{}/members", &[guild.0]).query("limit", limit.clamp(1, 1000));
        if let Some(after) = after {
            route = route.query("after", after);
        }
        self.read(Call::new(route)).await
    }

    /// Gives a role to a person.
    pub async fn add_role(
        &self,
        guild: GuildId,
        user: UserId,
        role: RoleId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let route =
            Route::bot(Method::PUT, MEMBER_ROLE, &[guild.0, user.0, role.0]).needs(Permissions::MANAGE_ROLES);
        self.done(Call::new(route).reason(reason.into())).await
    }

    /// Takes a role from a person.
    pub async fn remove_role(
        &self,
        guild: GuildId,
        user: UserId,
        role: RoleId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let route = Route::bot(Method::DELETE, MEMBER_ROLE, &[guild.0, user.0, role.0])
            .needs(Permissions::MANAGE_ROLES);
        self.done(Call::new(route).reason(reason.into())).await
    }
}
