//! Channels of a server.

use discord::limits::{CATEGORY_CHANNELS_MAX, FORUM_TAGS_MAX, GUILD_CHANNELS_MAX};
use discord::permission::Permissions;
use discord::{ChannelId, GuildId, TagId, UserId};
use serde_json::{Value, json};

use super::{Answer, Answered, ApiError, Call, need, need_in_guild};
use crate::act::{Act, Change, text_of};
use crate::state::{Channel, ChannelKind, Overwrite, Tag};

/// Most overwrites of one channel.
///
/// Source: <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>
const OVERWRITES_MAX: usize = 1000;

pub(super) fn list(act: &mut Act<'_>, call: &Call) -> Answered {
    need_in_guild(act, call.bot(act), call.guild(), Permissions::NONE)?;
    Ok(Answer::ok(
        act.world.channels_in(call.guild()).map(|channel| act.world.channel_json(channel)).collect(),
    ))
}

pub(super) fn get(act: &mut Act<'_>, call: &Call) -> Answered {
    need(act, call.bot(act), call.channel(), Permissions::VIEW_CHANNEL)?;
    Ok(Answer::ok(act.world.channel_json(&act.world.channels[&call.channel()])))
}

pub(super) fn create(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, guild) = (call.bot(act), call.guild());
    need_in_guild(act, bot, guild, Permissions::MANAGE_CHANNELS)?;
    let kind = kind_of(act, guild, call.body["type"].as_u64().unwrap_or(0))?;
    if act.world.channels_in(guild).count() >= GUILD_CHANNELS_MAX {
        return Err(ApiError::new(30013));
    }
    let parent = parent_of(act, guild, kind, &call.body["parent_id"], None)?;
    let overwrites = overwrites_of(act, bot, guild, &call.body["permission_overwrites"])?;
    let tags = tags_of(act, &call.body["available_tags"], &[])?;
    let id = ChannelId(act.id());
    let position = call.body["position"]
        .as_i64()
        .unwrap_or_else(|| i64::try_from(act.world.channels_in(guild).count()).unwrap_or(i64::MAX));
    let channel = Channel {
        id,
        kind,
        guild: Some(guild),
        name: Channel::normal_name(kind, call.body["name"].as_str().unwrap_or_default()),
        parent,
        position,
        topic: call.body["topic"].as_str().map(str::to_owned),
        overwrites,
        tags,
        flags: call.body["flags"].as_u64().unwrap_or(0),
        slow_mode: call.body["rate_limit_per_user"].as_u64().unwrap_or(0),
        nsfw: call.body["nsfw"].as_bool().unwrap_or(false),
        default_auto_archive_minutes: call.body["default_auto_archive_duration"].as_u64().unwrap_or(4320),
        thread: None,
        recipients: Vec::new(),
        last_message: None,
    };
    let body = act.world.channel_json(&channel);
    act.world.channels.insert(id, channel);
    act.changes.push(Change::Channel { guild: Some(guild), channel: id, deleted: false });
    Ok(Answer::created(body))
}

fn kind_of(act: &Act<'_>, guild: GuildId, number: u64) -> Result<ChannelKind, ApiError> {
    let wrong =
        || ApiError::form("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4, 5, 13, 15, 16}.");
    let kind = ChannelKind::from_number(number).ok_or_else(wrong)?;
    let community = act.world.guilds[&guild].features.contains("COMMUNITY");
    match kind {
        ChannelKind::Text | ChannelKind::Voice | ChannelKind::Category => Ok(kind),
        ChannelKind::Announcement | ChannelKind::Stage | ChannelKind::Forum | ChannelKind::Media
            if community =>
        {
            Ok(kind)
        }
        ChannelKind::Announcement | ChannelKind::Stage | ChannelKind::Forum | ChannelKind::Media => {
            Err(ApiError::new(50024))
        }
        _ => Err(wrong()),
    }
}

/// The category named, when it is one of this server and has room.
fn parent_of(
    act: &Act<'_>,
    guild: GuildId,
    kind: ChannelKind,
    named: &Value,
    moved: Option<ChannelId>,
) -> Result<Option<ChannelId>, ApiError> {
    if named.is_null() {
        return Ok(None);
    }
    let parent = text_of(named).parse().ok().map(ChannelId);
    let category = parent
        .and_then(|parent| act.world.channels.get(&parent))
        .filter(|channel| channel.guild == Some(guild) && channel.kind == ChannelKind::Category)
        .filter(|_| kind != ChannelKind::Category);
    let Some(category) = category else {
        return Err(ApiError::form("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist"));
    };
    let inside =
        act.world.channels_in(guild).filter(|c| c.parent == Some(category.id) && Some(c.id) != moved).count();
    if inside >= CATEGORY_CHANNELS_MAX {
        return Err(ApiError::form(
            "parent_id",
            "CHANNEL_PARENT_MAX_CHANNELS",
            "Maximum number of channels in category reached (50)",
        ));
    }
    Ok(Some(category.id))
}

/// A bot may allow or deny only what it has itself.
fn overwrites_of(
    act: &Act<'_>,
    bot: UserId,
    guild: GuildId,
    named: &Value,
) -> Result<Vec<Overwrite>, ApiError> {
    let Some(named) = named.as_array() else { return Ok(Vec::new()) };
    if named.len() > OVERWRITES_MAX {
        return Err(ApiError::new(30060));
    }
    let own = act.world.guild_permissions(guild, bot);
    if !named.is_empty() && !own.has(Permissions::MANAGE_ROLES) {
        return Err(ApiError::new(50013));
    }
    named
        .iter()
        .map(|entry| overwrite_of(act, own, guild, text_of(&entry["id"]).parse().unwrap_or(0), entry))
        .collect()
}

fn overwrite_of(
    act: &Act<'_>,
    own: Permissions,
    guild: GuildId,
    id: u64,
    entry: &Value,
) -> Result<Overwrite, ApiError> {
    let bits = |field: &str| Permissions(text_of(&entry[field]).parse().unwrap_or(0));
    let person = entry["type"].as_u64() == Some(1);
    let (allow, deny) = (bits("allow"), bits("deny"));
    let there = &act.world.guilds[&guild];
    if !person && !there.roles.contains_key(&discord::RoleId(id)) {
        return Err(ApiError::new(10011));
    }
    if person && !act.world.users.contains_key(&UserId(id)) {
        return Err(ApiError::new(10013));
    }
    let touched = allow.or(deny);
    let gives_roles = touched.has(Permissions::MANAGE_ROLES) && !own.has(Permissions::ADMINISTRATOR);
    if gives_roles || !own.has(touched) {
        return Err(ApiError::new(50013));
    }
    Ok(Overwrite { id, person, allow, deny })
}

fn tags_of(act: &mut Act<'_>, named: &Value, old: &[Tag]) -> Result<Vec<Tag>, ApiError> {
    let Some(named) = named.as_array() else { return Ok(old.to_vec()) };
    if named.len() > FORUM_TAGS_MAX {
        return Err(ApiError::new(30048));
    }
    let mut tags: Vec<Tag> = Vec::new();
    for (index, entry) in named.iter().enumerate() {
        let name = entry["name"].as_str().unwrap_or_default().to_owned();
        if tags.iter().any(|tag| tag.name == name) {
            return Err(ApiError::form(
                &format!("available_tags.{index}.name"),
                "FORUM_TAG_DUPLICATE_NAME",
                "Tag names must be unique.",
            ));
        }
        let id = text_of(&entry["id"]).parse().ok().map(TagId);
        let id = id.filter(|id| old.iter().any(|tag| tag.id == *id)).unwrap_or_else(|| TagId(act.id()));
        tags.push(Tag {
            id,
            name,
            moderated: entry["moderated"].as_bool().unwrap_or(false),
            emoji: entry["emoji_name"].as_str().map(str::to_owned),
        });
    }
    Ok(tags)
}

pub(super) fn edit(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, id) = (call.bot(act), call.channel());
    need(act, bot, id, Permissions::VIEW_CHANNEL)?;
    let mut channel = act.world.channels[&id].clone();
    if channel.is_thread() {
        edit_thread(act, call, &mut channel)?;
    } else {
        need(act, bot, id, Permissions::MANAGE_CHANNELS)?;
        let guild = channel.guild.ok_or_else(|| ApiError::new(50024))?;
        if call.body.get("parent_id").is_some() {
            channel.parent = parent_of(act, guild, channel.kind, &call.body["parent_id"], Some(id))?;
        }
        if call.body["permission_overwrites"].is_array() {
            need(act, bot, id, Permissions::MANAGE_ROLES)?;
            channel.overwrites = overwrites_of(act, bot, guild, &call.body["permission_overwrites"])?;
        }
        if call.body["available_tags"].is_array() {
            channel.tags = tags_of(act, &call.body["available_tags"], &channel.tags)?;
        }
        if let Some(topic) = call.body.get("topic") {
            channel.topic = topic.as_str().map(str::to_owned);
        }
        if let Some(position) = call.body["position"].as_i64() {
            channel.position = position;
        }
        if let Some(name) = call.body["name"].as_str() {
            channel.name = Channel::normal_name(channel.kind, name);
        }
        if let Some(minutes) = call.body["default_auto_archive_duration"].as_u64() {
            channel.default_auto_archive_minutes = minutes;
        }
        if let Some(nsfw) = call.body["nsfw"].as_bool() {
            channel.nsfw = nsfw;
        }
    }
    if let Some(seconds) = call.body["rate_limit_per_user"].as_u64() {
        channel.slow_mode = seconds;
    }
    if let Some(flags) = call.body["flags"].as_u64() {
        channel.flags = flags;
    }
    let body = act.world.channel_json(&channel);
    act.changes.push(Change::Channel { guild: channel.guild, channel: id, deleted: false });
    act.world.channels.insert(id, channel);
    Ok(Answer::ok(body))
}

fn edit_thread(act: &mut Act<'_>, call: &Call, channel: &mut Channel) -> Result<(), ApiError> {
    let bot = call.bot(act);
    let may = act.world.permissions(bot, channel.id, act.now);
    let manages = may.has(Permissions::MANAGE_THREADS);
    let tags = match channel.parent {
        Some(parent) => super::threads::applied_tags(act, call, parent)?,
        None => None,
    };
    let now = act.now;
    let thread = channel.thread.as_mut().expect("called for threads only");
    let body = &call.body;
    let reopens = body["archived"] == json!(false) && thread.archived;
    let only_reopens = reopens && body.as_object().is_some_and(|fields| fields.len() == 1);
    let guarded = ["locked", "rate_limit_per_user", "flags"].iter().any(|field| body.get(field).is_some());
    let allowed = if only_reopens {
        manages || (!thread.locked && may.has(Permissions::SEND_MESSAGES_IN_THREADS))
    } else if guarded || thread.locked {
        manages
    } else {
        manages || thread.owner == bot
    };
    if !allowed {
        return Err(ApiError::new(50013));
    }
    // An archived thread takes no change but one that opens it again, or that leaves it archived knowingly.
    if thread.archived && body.get("archived").is_none() {
        return Err(ApiError::new(50083));
    }
    if let Some(archived) = body["archived"].as_bool()
        && archived != thread.archived
    {
        thread.archived = archived;
        thread.archive_changed_at = now;
    }
    if let Some(locked) = body["locked"].as_bool() {
        thread.locked = locked;
    }
    if let Some(minutes) = body["auto_archive_duration"].as_u64() {
        thread.auto_archive_minutes = minutes;
    }
    if let Some(invitable) = body["invitable"].as_bool() {
        thread.invitable = invitable;
    }
    if let Some(tags) = tags {
        thread.tags = tags;
    }
    if let Some(name) = body["name"].as_str() {
        name.clone_into(&mut channel.name);
    }
    Ok(())
}

pub(super) fn delete(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, id) = (call.bot(act), call.channel());
    need(act, bot, id, Permissions::VIEW_CHANNEL)?;
    let channel = &act.world.channels[&id];
    if channel.is_thread() {
        need(act, bot, id, Permissions::MANAGE_THREADS)?;
    } else if channel.kind != ChannelKind::Private {
        need(act, bot, id, Permissions::MANAGE_CHANNELS)?;
    }
    let body = act.world.channel_json(channel);
    act.delete_channel(id);
    Ok(Answer::ok(body))
}

pub(super) fn edit_overwrite(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, id) = (call.bot(act), call.channel());
    need(act, bot, id, Permissions::MANAGE_ROLES)?;
    let guild = act.world.channels[&id].guild.ok_or_else(|| ApiError::new(50024))?;
    let own = act.world.guild_permissions(guild, bot);
    let overwrite = overwrite_of(act, own, guild, call.id("overwrite_id"), &call.body)?;
    let channel = act.world.channels.get_mut(&id).expect("looked up above");
    match channel.overwrites.iter_mut().find(|there| there.id == overwrite.id) {
        Some(there) => *there = overwrite,
        None => channel.overwrites.push(overwrite),
    }
    act.changes.push(Change::Channel { guild: Some(guild), channel: id, deleted: false });
    Ok(Answer::nothing())
}

pub(super) fn delete_overwrite(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, id) = (call.bot(act), call.channel());
    need(act, bot, id, Permissions::MANAGE_ROLES)?;
    let channel = act.world.channels.get_mut(&id).expect("looked up above");
    let wanted = call.id("overwrite_id");
    if !channel.overwrites.iter().any(|there| there.id == wanted) {
        return Err(ApiError::new(10009));
    }
    channel.overwrites.retain(|there| there.id != wanted);
    let guild = channel.guild;
    act.changes.push(Change::Channel { guild, channel: id, deleted: false });
    Ok(Answer::nothing())
}

pub(super) fn reorder(act: &mut Act<'_>, call: &Call) -> Answered {
    let (bot, guild) = (call.bot(act), call.guild());
    need_in_guild(act, bot, guild, Permissions::MANAGE_CHANNELS)?;
    for entry in call.body.as_array().into_iter().flatten() {
        let id = text_of(&entry["id"]).parse().map(ChannelId).map_err(|_| ApiError::new(10003))?;
        let kind = act.world.channels.get(&id).ok_or_else(|| ApiError::new(10003))?.kind;
        let parent = match entry.get("parent_id") {
            Some(named) => Some(parent_of(act, guild, kind, named, Some(id))?),
            None => None,
        };
        let channel = act.world.channels.get_mut(&id).expect("looked up above");
        if let Some(position) = entry["position"].as_i64() {
            channel.position = position;
        }
        if let Some(parent) = parent {
            channel.parent = parent;
        }
        act.changes.push(Change::Channel { guild: Some(guild), channel: id, deleted: false });
    }
    Ok(Answer::nothing())
}

pub(super) fn private(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let other = text_of(&call.body["recipient_id"]).parse().map(UserId).map_err(|_| ApiError::new(50033))?;
    if other == bot || !act.world.users.contains_key(&other) {
        return Err(ApiError::new(50033));
    }
    let id = act.private_channel(bot, other);
    Ok(Answer::ok(act.world.channel_json(&act.world.channels[&id])))
}
