//! Threads and forum posts.

use discord::permission::Permissions;
use discord::{ChannelId, TagId};
use serde_json::{Value, json};

use super::messages::{EVERYTHING, content_rights};
use super::{Answer, Answered, ApiError, Call, need, need_in_guild};
use crate::act::{Act, Draft, Opening, nothing, text_of};
use crate::build::REQUIRE_TAG;
use crate::state::{Channel, ChannelKind, HAS_THREAD, wire};

/// Most active threads of a server. The docs give a code and no number; third-party lists say 1000.
const ACTIVE_MAX: usize = 1000;

pub(super) fn create(act: &mut Act<'_>, call: &Call) -> Answered {
    let channel = call.channel();
    let there = act.world.channels.get(&channel).ok_or_else(|| ApiError::new(10003))?;
    if there.kind.is_forum() { create_post(act, call, channel) } else { create_thread(act, call, channel) }
}

fn create_post(act: &mut Act<'_>, call: &Call, forum: ChannelId) -> Answered {
    let bot = call.bot(act);
    let message = &call.body["message"];
    need(act, bot, forum, Permissions::SEND_MESSAGES.or(content_rights(message, &call.files)))?;
    room(act, forum)?;
    let tags = applied_tags(act, call, forum)?.unwrap_or_default();
    let place = &act.world.channels[&forum];
    if place.flags & REQUIRE_TAG != 0 && tags.is_empty() {
        return Err(ApiError::new(40067));
    }
    let name = call.body["name"].as_str().unwrap_or_default();
    let id = act.open_thread(Opening {
        parent: forum,
        kind: ChannelKind::PublicThread,
        owner: bot,
        name,
        tags: &tags,
        auto_archive_minutes: call.body["auto_archive_duration"].as_u64(),
        slow_mode: call.body["rate_limit_per_user"].as_u64(),
        invitable: true,
        id: None,
    });
    let first = id.first_message();
    act.post(Draft {
        channel: id,
        author: bot,
        application: call.application,
        kind: 0,
        body: message,
        files: &call.files,
        only_for: None,
        cause: None,
        flags: 0,
        default_mentions: EVERYTHING,
        id: Some(first),
    });
    let mut body = act.world.channel_json(&act.world.channels[&id]);
    body["message"] = act.world.message_json(act.world.message(id, first).expect("it was just written"));
    Ok(Answer::created(body))
}

fn create_thread(act: &mut Act<'_>, call: &Call, parent: ChannelId) -> Answered {
    let bot = call.bot(act);
    let place = &act.world.channels[&parent];
    // The default is private, for old clients' sake.
    let kind = call.body["type"].as_u64().unwrap_or(12);
    let kind = match (place.kind, kind) {
        (ChannelKind::Text, 11) => ChannelKind::PublicThread,
        (ChannelKind::Text, 12) => ChannelKind::PrivateThread,
        (ChannelKind::Announcement, 10) => ChannelKind::AnnouncementThread,
        _ => return Err(ApiError::new(50024)),
    };
    let wanted = if kind == ChannelKind::PrivateThread {
        Permissions::CREATE_PRIVATE_THREADS
    } else {
        Permissions::CREATE_PUBLIC_THREADS
    };
    need(act, bot, parent, wanted)?;
    room(act, parent)?;
    let id = act.open_thread(Opening {
        parent,
        kind,
        owner: bot,
        name: call.body["name"].as_str().unwrap_or_default(),
        tags: &[],
        auto_archive_minutes: call.body["auto_archive_duration"].as_u64(),
        slow_mode: call.body["rate_limit_per_user"].as_u64(),
        invitable: call.body["invitable"].as_bool().unwrap_or(true),
        id: None,
    });
    Ok(Answer::created(act.world.channel_json(&act.world.channels[&id])))
}

pub(super) fn create_on_message(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let (parent, message) = (call.channel(), call.message());
    need(act, bot, parent, Permissions::CREATE_PUBLIC_THREADS)?;
    let kind = match act.world.channels[&parent].kind {
        ChannelKind::Text => ChannelKind::PublicThread,
        ChannelKind::Announcement => ChannelKind::AnnouncementThread,
        _ => return Err(ApiError::new(50024)),
    };
    if act.world.message(parent, message).is_none_or(|message| message.only_for.is_some()) {
        return Err(ApiError::new(10008));
    }
    // A thread has the id of the message it hangs on.
    let id = ChannelId(message.0);
    if act.world.channels.contains_key(&id) {
        return Err(ApiError::new(160_004));
    }
    room(act, parent)?;
    act.open_thread(Opening {
        parent,
        kind,
        owner: bot,
        name: call.body["name"].as_str().unwrap_or_default(),
        tags: &[],
        auto_archive_minutes: call.body["auto_archive_duration"].as_u64(),
        slow_mode: call.body["rate_limit_per_user"].as_u64(),
        invitable: true,
        id: Some(id),
    });
    act.edit(parent, message, &nothing(), &[], EVERYTHING, false);
    if let Some(message) = act.world.message_mut(parent, message) {
        message.flags |= HAS_THREAD;
    }
    Ok(Answer::created(act.world.channel_json(&act.world.channels[&id])))
}

/// Whether one more active thread fits into the server.
fn room(act: &Act<'_>, parent: ChannelId) -> Result<(), ApiError> {
    let guild = act.world.channels[&parent].guild;
    let active = act
        .world
        .channels
        .values()
        .filter(|channel| channel.guild == guild)
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
        .count();
    if active < ACTIVE_MAX { Ok(()) } else { Err(ApiError::new(160_006)) }
}

/// The tags of a post, when the body names some and the forum has them all.
pub(super) fn applied_tags(
    act: &Act<'_>,
    call: &Call,
    forum: ChannelId,
) -> Result<Option<Vec<TagId>>, ApiError> {
    let Some(named) = call.body["applied_tags"].as_array() else { return Ok(None) };
    let forum_tags = &act.world.channels[&forum].tags;
    let may = act.world.permissions(call.bot(act), forum, act.now).has(Permissions::MANAGE_THREADS);
    let mut tags = Vec::new();
    for (index, id) in named.iter().enumerate() {
        let path = format!("applied_tags.{index}");
        let tag = text_of(id).parse().ok().and_then(|id| forum_tags.iter().find(|tag| tag.id == TagId(id)));
        let tag = tag.ok_or_else(|| ApiError::form(&path, "FORUM_TAG_NOT_FOUND", "Unknown tag"))?;
        if tag.moderated && !may {
            return Err(ApiError::new(50013));
        }
        tags.push(tag.id);
    }
    Ok(Some(tags))
}

pub(super) fn active(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    need_in_guild(act, bot, call.guild(), Permissions::NONE)?;
    let threads: Vec<&Channel> = act
        .world
        .channels
        .values()
        .rev()
        .filter(|channel| channel.guild == Some(call.guild()))
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
        .filter(|channel| act.world.may_see(bot, channel.id, act.now))
        .collect();
    Ok(Answer::ok(listed(act, call, &threads, false)))
}

pub(super) fn archived(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let parent = call.channel();
    need(act, bot, parent, Permissions::READ_MESSAGE_HISTORY)?;
    if matches!(act.world.channels[&parent].kind, ChannelKind::Category | ChannelKind::Private)
        || act.world.channels[&parent].is_thread()
    {
        return Err(ApiError::new(50024));
    }
    let before = call.query.get("before").and_then(|time| time.parse::<jiff::Timestamp>().ok());
    let before = before.map(jiff::Timestamp::as_millisecond);
    let limit = usize::try_from(call.number("limit").unwrap_or(50)).unwrap_or(50);
    let mut threads: Vec<(i64, &Channel)> = act
        .world
        .threads_under(parent)
        .filter(|channel| channel.kind != ChannelKind::PrivateThread)
        .filter_map(|channel| channel.thread.as_ref().map(|thread| (thread, channel)))
        .filter(|(thread, _)| thread.archived)
        .map(|(thread, channel)| (thread.archive_changed_at, channel))
        .filter(|(at, _)| before.is_none_or(|before| *at < before))
        .collect();
    threads.sort_by_key(|(at, channel)| (std::cmp::Reverse(*at), std::cmp::Reverse(channel.id)));
    let more = threads.len() > limit;
    let threads: Vec<&Channel> = threads.into_iter().take(limit).map(|(_, channel)| channel).collect();
    Ok(Answer::ok(listed(act, call, &threads, more)))
}

fn listed(act: &Act<'_>, call: &Call, threads: &[&Channel], more: bool) -> Value {
    let bot = call.bot(act);
    let members: Vec<Value> = threads
        .iter()
        .filter_map(|channel| channel.thread.as_ref().map(|thread| (channel, thread)))
        .filter(|(_, thread)| thread.members.contains(&bot))
        .map(|(channel, thread)| {
            json!({ "id": channel.id, "user_id": bot, "join_timestamp": wire::time(thread.created_at), "flags": 0 })
        })
        .collect();
    json!({
        "threads": threads.iter().map(|thread| act.world.thread_json(thread)).collect::<Vec<_>>(),
        "members": members,
        "has_more": more,
    })
}
