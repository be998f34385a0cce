//! REST routes: who calls, what, whether they may, what then happens.

mod channels;
mod commands;
mod error;
mod guilds;
mod limits;
mod messages;
mod route;
mod serve;
mod threads;
mod webhooks;

use std::collections::BTreeMap;

use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, MessageId, RoleId, UserId};
use serde_json::Value;

use crate::act::{Act, File};

pub(crate) use commands::overwrite_commands;
pub use error::ApiError;
pub(crate) use limits::Limits;
use route::{Op, Params, Route};

/// A call that was understood.
pub(crate) struct Call {
    pub(crate) route: &'static Route,
    pub(crate) params: Params,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<File>,
    pub(crate) application: Option<ApplicationId>,
}

/// What a route answers: a status, and a body unless it is 204.
pub(crate) struct Answer(pub(crate) u16, pub(crate) Value);

pub(crate) type Answered = Result<Answer, ApiError>;

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self(200, body)
    }

    pub(crate) fn created(body: Value) -> Self {
        Self(201, body)
    }

    pub(crate) fn nothing() -> Self {
        Self(204, Value::Null)
    }
}

impl Call {
    fn id(&self, name: &str) -> u64 {
        self.params.get(name).and_then(|id| id.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn channel(&self) -> ChannelId {
        ChannelId(self.id("channel_id"))
    }

    pub(crate) fn guild(&self) -> GuildId {
        GuildId(self.id("guild_id"))
    }

    pub(crate) fn message(&self) -> MessageId {
        MessageId(self.id("message_id"))
    }

    pub(crate) fn role(&self) -> RoleId {
        RoleId(self.id("role_id"))
    }

    pub(crate) fn user(&self) -> UserId {
        UserId(self.id("user_id"))
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.parse().ok()
    }

    /// The bot that calls.
    pub(crate) fn bot(&self, act: &Act<'_>) -> UserId {
        self.application
            .and_then(|application| act.world.applications.get(&application))
            .map(|application| application.bot)
            .expect("routes of bots are called with a bot's token")
    }
}

fn perform(act: &mut Act<'_>, call: &Call) -> Answered {
    match call.route.op {
        Op::CurrentApplication => Ok(Answer::ok(commands::current_application(act, call))),
        Op::CurrentUser => Ok(Answer::ok(commands::current_user(act, call))),
        Op::Commands => commands::list(act, call),
        Op::Command => commands::get(act, call),
        Op::CreateCommand => commands::create(act, call),
        Op::EditCommand => commands::edit(act, call),
        Op::DeleteCommand => commands::delete(act, call),
        Op::OverwriteCommands => {
            let guild = call.params.contains_key("guild_id").then(|| call.guild());
            let application = call.application.expect("a bot's route");
            overwrite_commands(act, application, guild, &call.body).map(Answer::ok)
        }
        Op::Guild => guilds::get(act, call),
        Op::Roles => guilds::roles(act, call),
        Op::CreateRole => guilds::create_role(act, call),
        Op::EditRole => guilds::edit_role(act, call),
        Op::DeleteRole => guilds::delete_role(act, call),
        Op::Members => guilds::members(act, call),
        Op::SearchMembers => guilds::search_members(act, call),
        Op::Member => guilds::member(act, call),
        Op::AddMemberRole => guilds::give_role(act, call, true),
        Op::RemoveMemberRole => guilds::give_role(act, call, false),
        Op::GuildChannels => channels::list(act, call),
        Op::CreateChannel => channels::create(act, call),
        Op::MoveChannels => channels::reorder(act, call),
        Op::Channel => channels::get(act, call),
        Op::EditChannel => channels::edit(act, call),
        Op::DeleteChannel => channels::delete(act, call),
        Op::EditOverwrite => channels::edit_overwrite(act, call),
        Op::DeleteOverwrite => channels::delete_overwrite(act, call),
        Op::PrivateChannel => channels::private(act, call),
        Op::Messages => messages::list(act, call),
        Op::Message => messages::get(act, call),
        Op::CreateMessage => messages::create(act, call),
        Op::EditMessage => messages::edit(act, call),
        Op::DeleteMessage => messages::delete(act, call),
        Op::CreateThread => threads::create(act, call),
        Op::CreateThreadOnMessage => threads::create_on_message(act, call),
        Op::ActiveThreads => threads::active(act, call),
        Op::ArchivedThreads => threads::archived(act, call),
        Op::FollowUp => webhooks::follow_up(act, call),
        Op::Answer => webhooks::get(act, call),
        Op::EditAnswer => webhooks::edit(act, call),
        Op::DeleteAnswer => webhooks::delete(act, call),
        Op::Callback => webhooks::callback(act, call),
    }
}

/// The channel, when the bot sees it and has these rights there.
pub(crate) fn need(
    act: &Act<'_>,
    bot: UserId,
    channel: ChannelId,
    wanted: Permissions,
) -> Result<(), ApiError> {
    if !act.world.channels.contains_key(&channel) {
        return Err(ApiError::new(10003));
    }
    let may = act.world.permissions(bot, channel, act.now);
    if !may.has(Permissions::VIEW_CHANNEL) {
        return Err(ApiError::new(50001));
    }
    if may.has(wanted) { Ok(()) } else { Err(ApiError::new(50013)) }
}

/// The server, when the bot is in it and has these rights.
pub(crate) fn need_in_guild(
    act: &Act<'_>,
    bot: UserId,
    guild: GuildId,
    wanted: Permissions,
) -> Result<(), ApiError> {
    let there = act.world.guilds.get(&guild).ok_or_else(|| ApiError::new(10004))?;
    if !there.members.contains_key(&bot) {
        return Err(ApiError::new(50001));
    }
    if act.world.guild_permissions(guild, bot).has(wanted) { Ok(()) } else { Err(ApiError::new(50013)) }
}
