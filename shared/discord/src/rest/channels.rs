//! Channels, their rights, and invites to them.
//!
//! Source: <https://docs.discord.com/developers/resources/channel>

use http::Method;
use serde::Serialize;

use super::objects::ChannelKind;
use super::route::Route;
use super::{Call, Channel, Gone, Invite, Reason, Rest, RestError};
use crate::permission::{Overwrite, Permissions, Target};
use crate::{ChannelId, GuildId, RoleId, TagId};

const ONE: &str = "/channels/{}";
const ALL: &str = "/guilds/{}/channels";
const RIGHT: &str = "/channels/{}/permissions/{}";

/// A tag of a forum to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForumTag {
    /// The tag that becomes this one; none for a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TagId>,
    /// Name, at most [`crate::limits::TAG_NAME_MAX_CHARS`].
    pub name: String,
    /// Only moderators can set it.
    pub moderated: bool,
}

/// A channel to create.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewChannel {
    /// Name. Names of text channels become lower case with `-`.
    pub name: String,
    /// Kind.
    #[serde(rename = "type")]
    pub kind: ChannelKind,
    /// Category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ChannelId>,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// Rights, all of them: those of the category are not added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permission_overwrites: Vec<Overwrite>,
    /// Tags of a forum.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub available_tags: Vec<ForumTag>,
}

/// What changes in a channel; what is not said stays.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ChannelEdit {
    /// Name. Discord takes about two changes in ten minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ChannelId>,
    /// Rights, all of them. For one right, [`Rest::set_overwrite`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_overwrites: Option<Vec<Overwrite>>,
    /// Tags of a forum, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_tags: Option<Vec<ForumTag>>,
}

/// An invite to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewInvite {
    /// Seconds for which it holds, at most 604 800; 0 is without end.
    pub max_age: u32,
    /// How often it can be used, at most 100; 0 is without end.
    pub max_uses: u32,
    /// Roles that everyone gets who accepts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role_ids: Vec<RoleId>,
    /// Another code than that of an invite that is alike.
    pub unique: bool,
}

impl Rest {
    /// One channel, category, forum or thread.
    pub async fn channel(&self, channel: ChannelId) -> Result<Channel, RestError> {
        let route = Route::bot(Method::GET, ONE, &[channel.0]).needs(Permissions::VIEW_CHANNEL);
        self.read(Call::new(route)).await
    }

    /// Every channel and category of the server, without threads.
    pub async fn guild_channels(&self, guild: GuildId) -> Result<Vec<Channel>, RestError> {
        self.read(Call::new(Route::bot(Method::GET, ALL, &[guild.0]))).await
    }

    /// Creates a channel. After [`RestError::Uncertain`], look among [`Rest::guild_channels`].
    pub async fn create_channel(
        &self,
        guild: GuildId,
        channel: &NewChannel,
        reason: impl Into<Reason>,
    ) -> Result<Channel, RestError> {
        let route = Route::bot(Method::POST, ALL, &[guild.0]).needs(Permissions::MANAGE_CHANNELS);
        self.read(Call::new(route).json(channel).reason(reason.into())).await
    }

    /// Changes a channel.
    pub async fn edit_channel(
        &self,
        channel: ChannelId,
        edit: &ChannelEdit,
        reason: impl Into<Reason>,
    ) -> Result<Channel, RestError> {
        let mut needs = Permissions::VIEW_CHANNEL.or(Permissions::MANAGE_CHANNELS);
        if edit.permission_overwrites.is_some() {
            needs = needs.or(Permissions::MANAGE_ROLES);
        }
        let route = Route::bot(Method::PATCH, ONE, &[channel.0]).needs(needs);
        self.read(Call::new(route).json(edit).reason(reason.into())).await
    }

    /// Deletes a channel or a thread, for ever; one that is no longer there is deleted.
    pub async fn delete_channel(
        &self,
        channel: ChannelId,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let route = Route::bot(Method::DELETE, ONE, &[channel.0]).needs(Permissions::MANAGE_CHANNELS);
        match self.done(Call::new(route).reason(reason.into())).await {
            Err(RestError::Gone(Gone::Channel)) => Ok(()),
            other => other,
        }
    }

    /// Gives one role or person these rights in a channel.
    pub async fn set_overwrite(
        &self,
        channel: ChannelId,
        overwrite: &Overwrite,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        /// Whose it is stands in the address.
        #[derive(Serialize)]
        struct Body {
            #[serde(rename = "type")]
            kind: u8,
            allow: Permissions,
            deny: Permissions,
        }
        let kind = match overwrite.target {
            Target::Role(_) => 0,
            Target::Member(_) => 1,
        };
        let body = Body { kind, allow: overwrite.allow, deny: overwrite.deny };
        let route = right(Method::PUT, channel, overwrite.target);
        self.done(Call::new(route).json(&body).reason(reason.into())).await
    }

    /// Takes the own rights of one role or person in a channel away.
    pub async fn delete_overwrite(
        &self,
        channel: ChannelId,
        target: Target,
        reason: impl Into<Reason>,
    ) -> Result<(), RestError> {
        let route = right(Method::DELETE, channel, target);
        self.done(Call::new(route).reason(reason.into())).await
    }

    /// Creates an invite to a channel. After [`RestError::Uncertain`], look among [`Rest::guild_invites`].
    pub async fn create_invite(
        &self,
        channel: ChannelId,
        invite: &NewInvite,
        reason: impl Into<Reason>,
    ) -> Result<Invite, RestError> {
        let mut needs = Permissions::VIEW_CHANNEL.or(Permissions::CREATE_INSTANT_INVITE);
        if !invite.role_ids.is_empty() {
            needs = needs.or(Permissions::MANAGE_ROLES);
        }
        let route = Route::bot(Method::POST, "/channels/{}/invites", &[channel.0]).needs(needs);
        self.read(Call::new(route).json(invite).reason(reason.into())).await
    }

    /// Every invite of the server, with how often it was used.
    pub async fn guild_invites(&self, guild: GuildId) -> Result<Vec<Invite>, RestError> {
        let route =
            Route::bot(Method::GET, "/guilds/{}/invites", &[guild.0]).needs(Permissions::MANAGE_GUILD);
        self.read(Call::new(route)).await
    }
}

fn right(method: Method, channel: ChannelId, target: Target) -> Route {
    let id = match target {
        Target::Role(role) => role.0,
        Target::Member(user) => user.0,
    };
    Route::bot(method, RIGHT, &[channel.0, id]).needs(Permissions::VIEW_CHANNEL.or(Permissions::MANAGE_ROLES))
}
