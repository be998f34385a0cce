//! Messages in channels.

use discord::permission::Permissions;
use discord::{ChannelId, MessageId};
use serde_json::{Value, json};

use super::{Answer, Answered, ApiError, Call, need};
use crate::act::{self, Act, Draft, File};
use crate::state::ChannelKind;

/// How long a repeated nonce finds the first message. The docs say "a few minutes"; this is our guess.
///
/// Source: <https://docs.discord.com/developers/resources/message#create-message-jsonform-params>
const NONCE_MS: i64 = 5 * 60 * 1000;

/// What a bot's channel message calls unless it says otherwise.
pub(super) const EVERYTHING: &[&str] = &["users", "roles", "everyone"];

pub(super) fn list(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let channel = call.channel();
    need(act, bot, channel, Permissions::VIEW_CHANNEL)?;
    if !act.world.permissions(bot, channel, act.now).has(Permissions::READ_MESSAGE_HISTORY) {
        return Ok(Answer::ok(json!([])));
    }
    let limit = usize::try_from(call.number("limit").unwrap_or(50)).unwrap_or(50);
    let all: Vec<_> = act.world.messages_for(channel, None).collect();
    let id = |name| call.number(name).map(MessageId);
    let chosen: Vec<_> = if let Some(after) = id("after") {
        // The oldest ones after it, shown newest first.
        let mut chosen: Vec<_> = all.into_iter().filter(|message| message.id > after).take(limit).collect();
        chosen.reverse();
        chosen
    } else if let Some(around) = id("around") {
        let half = limit / 2;
        let at = all.partition_point(|message| message.id < around);
        all[at.saturating_sub(half)..(at + half + 1).min(all.len())].iter().rev().copied().collect()
    } else {
        all.into_iter()
            .rev()
            .filter(|message| id("before").is_none_or(|before| message.id < before))
            .take(limit)
            .collect()
    };
    Ok(Answer::ok(chosen.into_iter().map(|message| act.world.message_json(message)).collect()))
}

pub(super) fn get(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    need(act, bot, call.channel(), Permissions::READ_MESSAGE_HISTORY)?;
    public(act, call.channel(), call.message())?;
    show(act, call.channel(), call.message())
}

/// A message that everyone in the channel sees; private answers do not exist for these routes.
fn public(act: &Act<'_>, channel: ChannelId, message: MessageId) -> Result<(), ApiError> {
    match act.world.message(channel, message) {
        Some(message) if message.only_for.is_none() => Ok(()),
        _ => Err(ApiError::new(10008)),
    }
}

pub(super) fn show(act: &Act<'_>, channel: ChannelId, message: MessageId) -> Answered {
    let message = act.world.message(channel, message).ok_or_else(|| ApiError::new(10008))?;
    Ok(Answer::ok(act.world.message_json(message)))
}

pub(super) fn create(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let channel = call.channel();
    let there = act.world.channels.get(&channel).ok_or_else(|| ApiError::new(10003))?;
    if there.kind.is_forum() {
        return Err(ApiError::new(40058));
    }
    if !there.kind.holds_messages() {
        return Err(ApiError::new(50008));
    }
    if there.kind == ChannelKind::Private {
        private(act, call, channel)?;
    }
    may_send(act, call, channel)?;
    if let Some(nonce) = act::nonce(&call.body)
        && call.body["enforce_nonce"] == json!(true)
    {
        let since = act.now - NONCE_MS;
        let same = act.world.messages_for(channel, None).rev().find(|message| {
            message.author == bot && message.sent_at >= since && message.nonce.as_deref() == Some(&nonce)
        });
        if let Some(same) = same {
            return Ok(Answer::ok(act.world.message_json(same)));
        }
    }
    if let Some(reply) = call.body["message_reference"]["message_id"].as_str() {
        let known = reply.parse().is_ok_and(|id| act.world.message(channel, MessageId(id)).is_some());
        if !known && call.body["message_reference"]["fail_if_not_exists"] != json!(false) {
            return Err(ApiError::form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
        }
    }
    let id = act.post(Draft {
        channel,
        author: bot,
        application: call.application,
        kind: 0,
        body: &call.body,
        files: &call.files,
        only_for: None,
        cause: None,
        flags: 0,
        default_mentions: EVERYTHING,
        id: None,
    });
    show(act, channel, id)
}

fn private(act: &Act<'_>, call: &Call, channel: ChannelId) -> Result<(), ApiError> {
    let bot = call.bot(act);
    let other = act.world.channels[&channel].recipients.iter().copied().find(|user| *user != bot);
    let Some(other) = other else { return Err(ApiError::new(50007)) };
    if act.world.users.get(&other).is_none_or(|user| user.refuses_dms) {
        return Err(ApiError::new(50007));
    }
    let shared = act
        .world
        .guilds
        .values()
        .any(|guild| guild.members.contains_key(&bot) && guild.members.contains_key(&other));
    if shared { Ok(()) } else { Err(ApiError::new(50278)) }
}

/// The rights to write here what the body holds, in a thread that is not closed.
pub(super) fn may_send(act: &Act<'_>, call: &Call, channel: ChannelId) -> Result<(), ApiError> {
    let bot = call.bot(act);
    need(act, bot, channel, Permissions::VIEW_CHANNEL)?;
    let may = act.world.permissions(bot, channel, act.now);
    let thread = act.world.channels.get(&channel).and_then(|channel| channel.thread.as_ref());
    if thread.is_some_and(|thread| thread.locked) && !may.has(Permissions::MANAGE_THREADS) {
        return Err(ApiError::new(160_005));
    }
    let mut wanted =
        if thread.is_some() { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    wanted = wanted.or(content_rights(&call.body, &call.files));
    if !call.body["message_reference"].is_null() {
        wanted = wanted.or(Permissions::READ_MESSAGE_HISTORY);
    }
    if may.has(wanted) { Ok(()) } else { Err(ApiError::new(50013)) }
}

/// What embeds and files ask for beyond the right to write.
pub(super) fn content_rights(body: &Value, files: &[File]) -> Permissions {
    let mut wanted = Permissions::NONE;
    if body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty()) {
        wanted = wanted.or(Permissions::EMBED_LINKS);
    }
    if !files.is_empty() {
        wanted = wanted.or(Permissions::ATTACH_FILES);
    }
    wanted
}

pub(super) fn edit(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let (channel, message) = (call.channel(), call.message());
    need(act, bot, channel, Permissions::VIEW_CHANNEL)?;
    public(act, channel, message)?;
    if act.world.message(channel, message).is_some_and(|message| message.author != bot) {
        return Err(ApiError::new(50005));
    }
    let thread = act.world.channels.get(&channel).and_then(|channel| channel.thread.as_ref());
    if thread.is_some_and(|thread| thread.archived) {
        return Err(ApiError::new(50083));
    }
    crate::spec::rules::edit(
        act.world.message(channel, message).expect("looked up above"),
        &call.body,
        &call.files,
    )?;
    act.edit(channel, message, &call.body, &call.files, EVERYTHING, true);
    show(act, channel, message)
}

pub(super) fn delete(act: &mut Act<'_>, call: &Call) -> Answered {
    let bot = call.bot(act);
    let (channel, message) = (call.channel(), call.message());
    need(act, bot, channel, Permissions::VIEW_CHANNEL)?;
    public(act, channel, message)?;
    let own = act.world.message(channel, message).is_some_and(|message| message.author == bot);
    if !own {
        need(act, bot, channel, Permissions::MANAGE_MESSAGES)?;
    }
    act.delete_message(channel, message);
    Ok(Answer::nothing())
}
