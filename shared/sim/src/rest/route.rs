//! The routes that are answered, in the words of Discord's OpenAPI file.

use std::collections::BTreeMap;

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    CurrentApplication,
    CurrentUser,
    Commands,
    Command,
    CreateCommand,
    EditCommand,
    DeleteCommand,
    OverwriteCommands,
    Guild,
    GuildChannels,
    CreateChannel,
    MoveChannels,
    Roles,
    CreateRole,
    EditRole,
    DeleteRole,
    Members,
    SearchMembers,
    Member,
    AddMemberRole,
    RemoveMemberRole,
    ActiveThreads,
    Channel,
    EditChannel,
    DeleteChannel,
    EditOverwrite,
    DeleteOverwrite,
    Messages,
    Message,
    CreateMessage,
    EditMessage,
    DeleteMessage,
    CreateThread,
    CreateThreadOnMessage,
    ArchivedThreads,
    PrivateChannel,
    FollowUp,
    Answer,
    EditAnswer,
    DeleteAnswer,
    Callback,
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// A bot, by its token.
    Bot,
    /// Whoever knows the token in the path.
    Path,
}

pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) op: Op,
    pub(crate) auth: Auth,
    /// Calls per so many milliseconds in one bucket. Discord publishes none: clients must read the headers.
    pub(crate) limit: (u32, u64),
    /// Whether the docs list `X-Audit-Log-Reason` for it.
    pub(crate) reason: bool,
}

const fn bot(method: &'static str, template: &'static str, op: Op, limit: (u32, u64)) -> Route {
    Route { method, template, op, auth: Auth::Bot, limit, reason: false }
}

const fn audited(method: &'static str, template: &'static str, op: Op, limit: (u32, u64)) -> Route {
    Route { reason: true, ..bot(method, template, op, limit) }
}

const fn open(method: &'static str, template: &'static str, op: Op, limit: (u32, u64)) -> Route {
    Route { auth: Auth::Path, ..bot(method, template, op, limit) }
}

/// Reading is cheap, writing in one channel is what Discord slows down most.
const READ: (u32, u64) = (50, 1_000);
const WRITE: (u32, u64) = (5, 5_000);
const CHANGE: (u32, u64) = (10, 10_000);

pub(crate) static ROUTES: &[Route] = &[
    bot("GET", "/applications/@me", Op::CurrentApplication, READ),
    bot("GET", "/users/@me", Op::CurrentUser, READ),
    bot("GET", "/applications/{application_id}/commands", Op::Commands, READ),
    bot("POST", "/applications/{application_id}/commands", Op::CreateCommand, WRITE),
    bot("PUT", "/applications/{application_id}/commands", Op::OverwriteCommands, WRITE),
    bot("GET", "/applications/{application_id}/commands/{command_id}", Op::Command, READ),
    bot("PATCH", "/applications/{application_id}/commands/{command_id}", Op::EditCommand, WRITE),
    bot("DELETE", "/applications/{application_id}/commands/{command_id}", Op::DeleteCommand, WRITE),
    bot("GET", "/applications/{application_id}/guilds/{guild_id}/commands", Op::Commands, READ),
    bot("POST", "/applications/{application_id}/guilds/{guild_id}/commands", Op::CreateCommand, WRITE),
    bot("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", Op::OverwriteCommands, WRITE),
    bot("GET", "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}", Op::Command, READ),
    bot(
        "PATCH",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        Op::EditCommand,
        WRITE,
    ),
    bot(
        "DELETE",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        Op::DeleteCommand,
        WRITE,
    ),
    bot("GET", "/guilds/{guild_id}", Op::Guild, READ),
    bot("GET", "/guilds/{guild_id}/channels", Op::GuildChannels, READ),
    audited("POST", "/guilds/{guild_id}/channels", Op::CreateChannel, CHANGE),
    bot("PATCH", "/guilds/{guild_id}/channels", Op::MoveChannels, CHANGE),
    bot("GET", "/guilds/{guild_id}/roles", Op::Roles, READ),
    audited("POST", "/guilds/{guild_id}/roles", Op::CreateRole, CHANGE),
    audited("PATCH", "/guilds/{guild_id}/roles/{role_id}", Op::EditRole, CHANGE),
    audited("DELETE", "/guilds/{guild_id}/roles/{role_id}", Op::DeleteRole, CHANGE),
    bot("GET", "/guilds/{guild_id}/members", Op::Members, READ),
    bot("GET", "/guilds/{guild_id}/members/search", Op::SearchMembers, READ),
    bot("GET", "/guilds/{guild_id}/members/{user_id}", Op::Member, READ),
    audited("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", Op::AddMemberRole, CHANGE),
    audited("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", Op::RemoveMemberRole, CHANGE),
    bot("GET", "/guilds/{guild_id}/threads/active", Op::ActiveThreads, READ),
    bot("GET", "/channels/{channel_id}", Op::Channel, READ),
    audited("PATCH", "/channels/{channel_id}", Op::EditChannel, CHANGE),
    audited("DELETE", "/channels/{channel_id}", Op::DeleteChannel, CHANGE),
    audited("PUT", "/channels/{channel_id}/permissions/{overwrite_id}", Op::EditOverwrite, CHANGE),
    audited("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", Op::DeleteOverwrite, CHANGE),
    bot("GET", "/channels/{channel_id}/messages", Op::Messages, READ),
    bot("POST", "/channels/{channel_id}/messages", Op::CreateMessage, WRITE),
    bot("GET", "/channels/{channel_id}/messages/{message_id}", Op::Message, READ),
    bot("PATCH", "/channels/{channel_id}/messages/{message_id}", Op::EditMessage, WRITE),
    audited("DELETE", "/channels/{channel_id}/messages/{message_id}", Op::DeleteMessage, WRITE),
    audited("POST", "/channels/{channel_id}/threads", Op::CreateThread, CHANGE),
    audited(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        Op::CreateThreadOnMessage,
        CHANGE,
    ),
    bot("GET", "/channels/{channel_id}/threads/archived/public", Op::ArchivedThreads, READ),
    bot("POST", "/users/@me/channels", Op::PrivateChannel, CHANGE),
    open("POST", "/webhooks/{webhook_id}/{webhook_token}", Op::FollowUp, WRITE),
    open("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Op::Answer, WRITE),
    open("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Op::EditAnswer, WRITE),
    open("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", Op::DeleteAnswer, WRITE),
    open("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Op::Answer, WRITE),
    open("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Op::EditAnswer, WRITE),
    open("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", Op::DeleteAnswer, WRITE),
    open("POST", "/interactions/{interaction_id}/{interaction_token}/callback", Op::Callback, READ),
];

/// What stands for the placeholders of a template.
pub(crate) type Params = BTreeMap<&'static str, String>;

/// Finds the route of a call; the one with most literal segments wins, so `@original` is no id.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Route, Params)> {
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .filter_map(|route| fit(route.template, path).map(|params| (route, params)))
        .min_by_key(|(_, params)| params.len())
}

fn fit(template: &'static str, path: &str) -> Option<Params> {
    let mut params = Params::new();
    let mut pieces = path.split('/');
    for segment in template.split('/') {
        let piece = pieces.next()?;
        if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            if piece.is_empty() {
                return None;
            }
            params.insert(name, piece.to_owned());
        } else if segment != piece {
            return None;
        }
    }
    pieces.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_before_an_id() {
        let (route, params) = find("PATCH", "/webhooks/1/tok/messages/@original").unwrap();
        assert_eq!(route.template, "/webhooks/{webhook_id}/{webhook_token}/messages/@original");
        assert_eq!(params["webhook_token"], "tok");
        assert_eq!(find("GET", "/guilds/1/members/search").unwrap().0.op, Op::SearchMembers);
    }

    #[test]
    fn an_unknown_path_has_no_route() {
        assert!(find("GET", "/gateway").is_none());
        assert!(find("GET", "/guilds//channels").is_none());
        assert!(find("POST", "/guilds/1").is_none());
    }

    #[test]
    fn every_route_is_one_of_discords_own() {
        let Some(file) = ::tests::reference::openapi() else { return };
        let file = std::fs::read(file).unwrap();
        let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
        for route in ROUTES {
            let operation = &file["paths"][route.template][route.method.to_lowercase()];
            assert!(operation.is_object(), "{} {}", route.method, route.template);
        }
    }
}
