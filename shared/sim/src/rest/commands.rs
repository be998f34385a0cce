//! Applications and their commands.

use std::collections::BTreeMap;

use discord::limits::CHAT_COMMANDS_MAX;
use discord::permission::Permissions;
use discord::{ApplicationId, CommandId, GuildId};
use serde_json::{Value, json};

use super::{Answer, Answered, ApiError, Call, need_in_guild};
use crate::act::{Act, Change};
use crate::state::{RegisteredCommand, wire};

/// Most user commands, and most message commands, of one scope.
///
/// Source: <https://docs.discord.com/developers/interactions/application-commands#registering-a-command>
const MENU_COMMANDS_MAX: usize = 15;
/// Most commands created per day and server.
///
/// Source: <https://docs.discord.com/developers/interactions/application-commands#registering-a-command>
const CREATES_PER_DAY: u32 = 200;
const DAY_MS: i64 = 24 * 3600 * 1000;

pub(super) fn current_application(act: &Act<'_>, call: &Call) -> Value {
    let id = call.application.expect("a bot's route");
    let application = &act.world.applications[&id];
    let bot = act.world.user_json(application.bot);
    json!({
        "id": id,
        "name": application.name,
        "icon": null,
        "description": "",
        "type": null,
        "verify_key": application.public_key_hex(),
        "flags": 0,
        "flags_new": "0",
        "bot": bot.clone(),
        "bot_public": false,
        "bot_require_code_grant": false,
        "redirect_uris": [],
        "interactions_endpoint_url": application.endpoint_url,
        "role_connections_verification_url": null,
        "owner": bot,
        "approximate_guild_count": application.guilds.len(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": null,
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
    })
}

pub(super) fn current_user(act: &Act<'_>, call: &Call) -> Value {
    let mut body = act.world.user_json(call.bot(act));
    body["mfa_enabled"] = json!(false);
    body["locale"] = json!("en-US");
    body["verified"] = json!(true);
    body["email"] = Value::Null;
    body
}

/// The scope of a call: all servers, or the one in its path when the bot is in it.
fn scope(act: &Act<'_>, call: &Call) -> Result<Option<GuildId>, ApiError> {
    if !call.params.contains_key("guild_id") {
        return Ok(None);
    }
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    Ok(Some(call.guild()))
}

fn commands<'a>(
    act: &'a mut Act<'_>,
    application: ApplicationId,
    guild: Option<GuildId>,
) -> &'a mut BTreeMap<CommandId, RegisteredCommand> {
    let application = act.world.applications.get_mut(&application).expect("known by its token");
    match guild {
        Some(guild) => application.guild_commands.entry(guild).or_default(),
        None => &mut application.commands,
    }
}

fn shown(
    act: &Act<'_>,
    application: ApplicationId,
    command: &RegisteredCommand,
    localizations: bool,
) -> Value {
    wire::command(&act.world.applications[&application], command, localizations)
}

pub(super) fn list(act: &mut Act<'_>, call: &Call) -> Answered {
    let guild = scope(act, call)?;
    let application = call.application.expect("a bot's route");
    let localizations = call.query.get("with_localizations").is_some_and(|value| value == "true");
    let all: Vec<RegisteredCommand> = commands(act, application, guild).values().cloned().collect();
    Ok(Answer::ok(all.iter().map(|command| shown(act, application, command, localizations)).collect()))
}

pub(super) fn get(act: &mut Act<'_>, call: &Call) -> Answered {
    let guild = scope(act, call)?;
    let application = call.application.expect("a bot's route");
    let id = CommandId(call.id("command_id"));
    let command = commands(act, application, guild).get(&id).cloned().ok_or_else(|| ApiError::new(10063))?;
    Ok(Answer::ok(shown(act, application, &command, true)))
}

pub(super) fn create(act: &mut Act<'_>, call: &Call) -> Answered {
    let guild = scope(act, call)?;
    let application = call.application.expect("a bot's route");
    let (command, new) = upsert(act, application, guild, &call.body)?;
    act.changes.push(Change::Commands { application });
    let body = shown(act, application, &command, true);
    Ok(if new { Answer::created(body) } else { Answer::ok(body) })
}

pub(super) fn edit(act: &mut Act<'_>, call: &Call) -> Answered {
    let guild = scope(act, call)?;
    let application = call.application.expect("a bot's route");
    let version = act.id();
    let id = CommandId(call.id("command_id"));
    let command = commands(act, application, guild).get_mut(&id).ok_or_else(|| ApiError::new(10063))?;
    for (name, value) in call.body.as_object().into_iter().flatten() {
        command.body[name] = value.clone();
    }
    if let Some(name) = call.body["name"].as_str() {
        name.clone_into(&mut command.name);
    }
    command.version = version;
    let command = command.clone();
    act.changes.push(Change::Commands { application });
    Ok(Answer::ok(shown(act, application, &command, true)))
}

pub(super) fn delete(act: &mut Act<'_>, call: &Call) -> Answered {
    let guild = scope(act, call)?;
    let application = call.application.expect("a bot's route");
    let id = CommandId(call.id("command_id"));
    commands(act, application, guild).remove(&id).ok_or_else(|| ApiError::new(10063))?;
    act.changes.push(Change::Commands { application });
    Ok(Answer::nothing())
}

/// Replaces every command of a scope; those whose name stays keep their id.
pub(crate) fn overwrite_commands(
    act: &mut Act<'_>,
    application: ApplicationId,
    guild: Option<GuildId>,
    list: &Value,
) -> Result<Value, ApiError> {
    if let Some(guild) = guild {
        let bot = act.world.applications[&application].bot;
        need_in_guild(act, bot, guild, Permissions::NONE)?;
    }
    let list = list.as_array().cloned().unwrap_or_default();
    let before = commands(act, application, guild).clone();
    let mut kept = BTreeMap::new();
    for (index, body) in list.iter().enumerate() {
        let (kind, name) = (kind_of(body), body["name"].as_str().unwrap_or_default());
        if kept.values().any(|other: &RegisteredCommand| other.kind == kind && other.name == name) {
            *commands(act, application, guild) = before;
            return Err(ApiError::form(
                &format!("{index}"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            ));
        }
        // What is to go makes room for what comes.
        let same = before.values().find(|other| other.kind == kind && other.name == name);
        *commands(act, application, guild) = kept.clone();
        if let Some(same) = same {
            commands(act, application, guild).insert(same.id, same.clone());
        }
        match upsert(act, application, guild, body) {
            Ok((command, _)) => kept.insert(command.id, command),
            Err(error) => {
                *commands(act, application, guild) = before;
                return Err(error);
            }
        };
    }
    commands(act, application, guild).clone_from(&kept);
    act.changes.push(Change::Commands { application });
    Ok(kept.values().map(|command| shown(act, application, command, true)).collect())
}

fn kind_of(body: &Value) -> u8 {
    body["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(1)
}

fn upsert(
    act: &mut Act<'_>,
    application: ApplicationId,
    guild: Option<GuildId>,
    body: &Value,
) -> Result<(RegisteredCommand, bool), ApiError> {
    let (kind, name) = (kind_of(body), body["name"].as_str().unwrap_or_default().to_owned());
    let version = act.id();
    let all = commands(act, application, guild);
    let there = all.values().find(|other| other.kind == kind && other.name == name).map(|other| other.id);
    let new = there.is_none();
    if new {
        let max = if kind == 1 { CHAT_COMMANDS_MAX } else { MENU_COMMANDS_MAX };
        if all.values().filter(|other| other.kind == kind).count() >= max {
            return Err(ApiError::new(30032));
        }
        count_create(act, application, guild)?;
    }
    let id = there.unwrap_or_else(|| act.command_id());
    let unchanged = commands(act, application, guild).get(&id).filter(|old| old.body == *body).cloned();
    let command =
        unchanged.unwrap_or_else(|| RegisteredCommand { id, kind, name, body: body.clone(), version, guild });
    commands(act, application, guild).insert(id, command.clone());
    Ok((command, new))
}

fn count_create(
    act: &mut Act<'_>,
    application: ApplicationId,
    guild: Option<GuildId>,
) -> Result<(), ApiError> {
    let day = act.now.div_euclid(DAY_MS);
    let scope = guild.map_or_else(|| "global".to_owned(), |guild| guild.to_string());
    let application = act.world.applications.get_mut(&application).expect("known by its token");
    let count = application.creates.entry(scope).or_insert((day, 0));
    if count.0 != day {
        *count = (day, 0);
    }
    if count.1 >= CREATES_PER_DAY {
        return Err(ApiError::new(30034));
    }
    count.1 += 1;
    Ok(())
}
