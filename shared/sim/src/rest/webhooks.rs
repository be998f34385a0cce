//! Answers to interactions by their token, and the callback.

use discord::{ApplicationId, InteractionId, MessageId};
use serde_json::{Value, json};

use super::{Answer, Answered, ApiError, Call, messages};
use crate::act::{Act, Draft};
use crate::people;
use crate::state::{Cause, Opened, Progress};

/// What a message sent with a token calls unless it says otherwise.
///
/// Source: <https://docs.discord.com/developers/resources/message#allowed-mentions-object>
pub(crate) const USERS: &[&str] = &["users"];

/// Milliseconds for which a token can be used.
const TOKEN_LIFE_MS: i64 = discord::limits::TOKEN_LIFE_SECS * 1000;

/// The interaction whose token this is, when the first answer came and the token lives.
fn opened(act: &Act<'_>, call: &Call) -> Result<Opened, ApiError> {
    let application = ApplicationId(call.id("webhook_id"));
    if !act.world.applications.contains_key(&application) {
        return Err(ApiError::new(10015));
    }
    let token = &call.params["webhook_token"];
    let opened = act
        .world
        .interactions
        .values()
        .find(|opened| opened.application == application && opened.token == *token)
        .ok_or_else(|| ApiError::new(50027))?;
    if act.now - opened.at > TOKEN_LIFE_MS {
        return Err(ApiError::new(50027));
    }
    match opened.progress {
        Progress::Answered => Ok(opened.clone()),
        // Discord does not know the webhook before it has seen the first answer.
        // Source: <https://github.com/discord/discord-api-docs/issues/7220>
        Progress::Waiting | Progress::Failed => Err(ApiError::new(10015)),
    }
}

/// The message meant: `@original`, or one of this interaction's own.
fn meant(act: &Act<'_>, call: &Call, opened: &Opened) -> Result<MessageId, ApiError> {
    let id = if call.params.contains_key("message_id") {
        Some(call.message()).filter(|id| opened.original == Some(*id) || opened.follow_ups.contains(id))
    } else {
        opened.original
    };
    id.filter(|id| act.world.message(opened.channel, *id).is_some()).ok_or_else(|| ApiError::new(10008))
}

pub(super) fn get(act: &mut Act<'_>, call: &Call) -> Answered {
    let opened = opened(act, call)?;
    let id = meant(act, call, &opened)?;
    messages::show(act, opened.channel, id)
}

pub(super) fn edit(act: &mut Act<'_>, call: &Call) -> Answered {
    let opened = opened(act, call)?;
    let id = meant(act, call, &opened)?;
    let message = act.world.message(opened.channel, id).expect("just found");
    crate::spec::rules::edit(message, &call.body, &call.files)?;
    // The end of "thinking…" is no edit to the eye.
    let touch = !message.is_loading();
    act.edit(opened.channel, id, &call.body, &call.files, USERS, touch);
    messages::show(act, opened.channel, id)
}

pub(super) fn delete(act: &mut Act<'_>, call: &Call) -> Answered {
    let opened = opened(act, call)?;
    let id = meant(act, call, &opened)?;
    act.delete_message(opened.channel, id);
    Ok(Answer::nothing())
}

pub(super) fn follow_up(act: &mut Act<'_>, call: &Call) -> Answered {
    let opened = opened(act, call)?;
    // The first follow-up to "thinking…" fills it in: an old way that still works.
    let thinking = opened
        .original
        .and_then(|id| act.world.message(opened.channel, id))
        .filter(|message| message.is_loading())
        .map(|message| message.id);
    if let Some(id) = thinking {
        act.edit(opened.channel, id, &call.body, &call.files, USERS, false);
        return messages::show(act, opened.channel, id);
    }
    let private = call.body["flags"].as_u64().unwrap_or(0) & discord::message::EPHEMERAL != 0;
    let bot = act.world.applications[&opened.application].bot;
    let id = act.post(Draft {
        channel: opened.channel,
        author: bot,
        application: Some(opened.application),
        kind: 0,
        body: &call.body,
        files: &call.files,
        only_for: private.then_some(opened.user),
        cause: Some(Cause {
            interaction: opened.id,
            kind: opened.kind,
            user: opened.user,
            command: opened.command.clone(),
            message: opened.source,
            original: opened.original,
        }),
        flags: 0,
        default_mentions: USERS,
        id: None,
    });
    if let Some(opened) = act.world.interactions.get_mut(&opened.id) {
        opened.follow_ups.push(id);
    }
    messages::show(act, opened.channel, id)
}

pub(super) fn callback(act: &mut Act<'_>, call: &Call) -> Answered {
    let id = InteractionId(call.id("interaction_id"));
    let token = &call.params["interaction_token"];
    let opened = act.world.interactions.get(&id).filter(|opened| opened.token == *token);
    let opened = opened.cloned().ok_or_else(|| ApiError::new(10062))?;
    match opened.progress {
        Progress::Waiting if opened.kind == PING => return Err(ApiError::new(10062)),
        Progress::Waiting => {}
        Progress::Answered => return Err(ApiError::new(40060)),
        Progress::Failed => return Err(ApiError::new(10062)),
    }
    let answer: &Value = &call.body;
    people::answer::check_kind(&opened, answer)
        .map_err(|why| ApiError::form("type", "BASE_TYPE_CHOICES", &why))?;
    people::answer::apply(act, &opened, answer, &call.files)?;
    if call.query.get("with_response").is_none_or(|value| value != "true") {
        return Ok(Answer::nothing());
    }
    let opened = &act.world.interactions[&id];
    let mut body = json!({ "interaction": { "id": id, "type": opened.kind, "channel_id": opened.channel } });
    if let Some(guild) = opened.guild {
        body["interaction"]["guild_id"] = json!(guild);
    }
    let shown = opened.original.and_then(|original| act.world.message(opened.channel, original));
    if let Some(message) = shown {
        body["interaction"]["response_message_id"] = json!(message.id);
        body["interaction"]["response_message_loading"] = json!(message.is_loading());
        body["interaction"]["response_message_ephemeral"] = json!(message.is_ephemeral());
        body["resource"] = json!({ "type": answer["type"], "message": act.world.message_json(message) });
    }
    Ok(Answer::ok(body))
}

/// `type` of a PING.
const PING: u8 = 1;
