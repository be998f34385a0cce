//! Servers, roles and members.

use discord::limits::GUILD_ROLES_MAX;
use discord::permission::Permissions;
use discord::{RoleId, UserId};
use serde_json::Value;

use super::{Answer, Answered, ApiError, Call, need_in_guild};
use crate::act::{Act, Change, text_of};
use crate::state::{Member, Role, User, wire};

pub(super) fn get(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    Ok(Answer::ok(wire::guild(&act.world.guilds[&call.guild()])))
}

pub(super) fn roles(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    Ok(Answer::ok(act.world.guilds[&call.guild()].roles.values().map(wire::role).collect()))
}

pub(super) fn create_role(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, guild) = (call.bot(act), call.guild());
    need_in_guild(act, bot, guild, Permissions::MANAGE_ROLES)?;
    let own = act.world.guild_permissions(guild, bot);
    let id = RoleId(act.id());
    let there = act.world.guilds.get_mut(&guild).expect("looked up above");
    if there.roles.len() >= GUILD_ROLES_MAX {
        return Err(ApiError::new(30005));
    }
    // Absent permissions are those of everyone.
    let permissions = bits(&call.body["permissions"]).unwrap_or(there.roles[&guild.everyone()].permissions);
    if !own.has(permissions) {
        return Err(ApiError::new(50013));
    }
    // A new role stands at the bottom, the others move up.
    for role in there.roles.values_mut().filter(|role| role.position > 0) {
        role.position += 1;
    }
    let mut role = Role {
        id,
        name: "new role".into(),
        permissions,
        position: 1,
        color: 0,
        hoist: false,
        mentionable: false,
        bot: None,
    };
    look(&mut role, &call.body);
    let body = wire::role(&role);
    there.roles.insert(id, role);
    act.changes.push(Change::Guild { guild });
    Ok(Answer::ok(body))
}

/// Name and looks from a body; what is absent stays.
fn look(role: &mut Role, body: &Value) {
    if let Some(name) = body["name"].as_str() {
        name.clone_into(&mut role.name);
    }
    let color = body["colors"]["primary_color"].as_u64().or_else(|| body["color"].as_u64());
    if let Some(color) = color {
        role.color = u32::try_from(color).unwrap_or(0);
    }
    if let Some(hoist) = body["hoist"].as_bool() {
        role.hoist = hoist;
    }
    if let Some(mentionable) = body["mentionable"].as_bool() {
        role.mentionable = mentionable;
    }
}

fn bits(value: &Value) -> Option<Permissions> {
    if value.is_null() { None } else { text_of(value).parse().ok().map(Permissions) }
}

/// The role, when the bot stands above it.
fn below(act: &Act<'_>, call: &Call) -> Result<Role, ApiError> {
    let (bot, guild) = (call.bot(act), call.guild());
    need_in_guild(act, bot, guild, Permissions::MANAGE_ROLES)?;
    let there = &act.world.guilds[&guild];
    let role = there.roles.get(&call.role()).ok_or_else(|| ApiError::new(10011))?;
    if role.position < there.rank(bot) { Ok(role.clone()) } else { Err(ApiError::new(50013)) }
}

pub(super) fn edit_role(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, guild) = (call.bot(act), call.guild());
    let mut role = below(act, call)?;
    if let Some(permissions) = bits(&call.body["permissions"]) {
        if !act.world.guild_permissions(guild, bot).has(permissions) {
            return Err(ApiError::new(50013));
        }
        role.permissions = permissions;
    }
    look(&mut role, &call.body);
    let body = wire::role(&role);
    act.world.guilds.get_mut(&guild).expect("looked up above").roles.insert(role.id, role);
    act.changes.push(Change::Guild { guild });
    Ok(Answer::ok(body))
}

pub(super) fn delete_role(act: &mut Act<'_>, call: &Call) -> Answered {
    let role = below(act, call)?;
    if role.bot.is_some() || role.id == call.guild().everyone() {
        return Err(ApiError::new(50028));
    }
    let guild = act.world.guilds.get_mut(&call.guild()).expect("looked up above");
    guild.roles.remove(&role.id);
    for member in guild.members.values_mut() {
        member.roles.remove(&role.id);
    }
    for channel in act.world.channels.values_mut() {
        channel.overwrites.retain(|overwrite| overwrite.person || overwrite.id != role.id.0);
    }
    act.changes.push(Change::Guild { guild: call.guild() });
    Ok(Answer::nothing())
}

pub(super) fn member(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    if !act.world.users.contains_key(&call.user()) {
        return Err(ApiError::new(10013));
    }
    let member = act.world.member(call.guild(), call.user()).ok_or_else(|| ApiError::new(10007))?;
    Ok(Answer::ok(act.world.member_json(member)))
}

pub(super) fn members(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    let after = call.number("after").map_or(UserId(0), UserId);
    let limit = usize::try_from(call.number("limit").unwrap_or(1)).unwrap_or(1);
    let guild = &act.world.guilds[&call.guild()];
    let chosen = guild.members.values().filter(|member| member.user > after).take(limit);
    Ok(Answer::ok(chosen.map(|member| act.world.member_json(member)).collect()))
}

pub(super) fn search_members(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    let start = call.query.get("query").map(|text| text.to_lowercase()).unwrap_or_default();
    let limit = usize::try_from(call.number("limit").unwrap_or(1)).unwrap_or(1);
    let fits = |member: &&Member| {
        let user = act.world.users.get(&member.user);
        let names =
            [member.nick.as_deref(), user.map(|user| user.username.as_str()), user.map(User::display_name)];
        names.into_iter().flatten().any(|name| name.to_lowercase().starts_with(&start))
    };
    let guild = &act.world.guilds[&call.guild()];
    let chosen = guild.members.values().filter(fits).take(limit);
    Ok(Answer::ok(chosen.map(|member| act.world.member_json(member)).collect()))
}

pub(super) fn give_role(act: &mut Act<'_>, call: &Call, give: bool) -> Answered {
    let role = below(act, call)?;
    // Roles of bots and everyone's cannot be given.
    if role.bot.is_some() || role.id == call.guild().everyone() {
        return Err(ApiError::new(50028));
    }
    let guild = act.world.guilds.get_mut(&call.guild()).expect("looked up above");
    let member = guild.members.get_mut(&call.user()).ok_or_else(|| ApiError::new(10007))?;
    if give {
        member.roles.insert(role.id);
    } else {
        member.roles.remove(&role.id);
    }
    act.changes.push(Change::Guild { guild: call.guild() });
    Ok(Answer::nothing())
}
