//! Interactions as Discord builds them.
//!
//! Source: <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>

use discord::{ApplicationId, ChannelId, InteractionId, MessageId, RoleId, UserId};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::AUTOCOMPLETE;
use super::why::Why;
use crate::act::Act;
use crate::state::{Opened, RegisteredCommand, World, wire};

/// Largest file a person without a subscription may send, in bytes.
///
/// Source: <https://docs.discord.com/developers/reference#uploading-files>
pub(super) const ATTACHMENT_MAX_BYTES: u64 = 10 * 1024 * 1024;

/// A token nobody guesses from the id, long as Discord's.
pub(super) fn token(id: InteractionId, application: ApplicationId) -> String {
    let digest = Sha256::digest(format!("token of {id} for {application}").as_bytes());
    format!("aW50ZXJhY3Rpb246{}", hex::encode(digest))
}

/// The whole body of a delivery.
pub(super) fn interaction(act: &Act<'_>, opened: &Opened, data: Value) -> Value {
    let world = &*act.world;
    let bot = world.applications[&opened.application].bot;
    let user = &world.users[&opened.user];
    let channel = &world.channels[&opened.channel];
    let mut body = json!({
        "id": opened.id,
        "application_id": opened.application,
        "type": opened.kind,
        "token": opened.token,
        "version": 1,
        "data": data,
        "channel_id": opened.channel,
        "channel": partial_channel(act, opened.channel, opened.user),
        "app_permissions": world.permissions(bot, opened.channel, act.now),
        "locale": user.locale,
        "entitlements": [],
        "authorizing_integration_owners": wire::owners(opened.guild),
        "context": u8::from(opened.guild.is_none()),
        "attachment_size_limit": ATTACHMENT_MAX_BYTES,
    });
    if let Some(guild) = opened.guild.and_then(|guild| world.guilds.get(&guild)) {
        body["guild_id"] = json!(guild.id);
        body["guild"] = json!({ "id": guild.id, "locale": guild.locale, "features": guild.features });
        body["guild_locale"] = json!(guild.locale);
        let member = &guild.members[&opened.user];
        let mut member = world.member_json(member);
        member["permissions"] = wire::bits(world.permissions(opened.user, channel.id, act.now));
        body["member"] = member;
    } else {
        body["user"] = wire::user(user);
    }
    let source = opened.source.filter(|_| opened.kind != AUTOCOMPLETE);
    if let Some(message) = source.and_then(|id| world.message(opened.channel, id)) {
        body["message"] = world.message_json(message);
    }
    body
}

/// A channel with what somebody may do in it.
pub(super) fn partial_channel(act: &Act<'_>, channel: ChannelId, user: UserId) -> Value {
    let Some(there) = act.world.channels.get(&channel) else { return Value::Null };
    let mut body = act.world.channel_json(there);
    body["permissions"] = wire::bits(act.world.permissions(user, channel, act.now));
    if let Some(map) = body.as_object_mut() {
        map.remove("permission_overwrites");
    }
    body
}

/// What stands under `resolved`, map by map, with the rights of who acts and of the bot.
pub(super) struct Resolved {
    maps: Map<String, Value>,
    person: UserId,
    bot: UserId,
}

impl Resolved {
    pub(super) fn of(person: UserId, bot: UserId) -> Self {
        Self { maps: Map::new(), person, bot }
    }

    fn insert(&mut self, map: &str, id: u64, value: Value) {
        let entry = self.maps.entry(map).or_insert_with(|| json!({}));
        entry[id.to_string()] = value;
    }

    pub(super) fn user(&mut self, act: &Act<'_>, channel: ChannelId, user: UserId) -> bool {
        let world: &World = act.world;
        let Some(there) = world.users.get(&user) else { return false };
        self.insert("users", user.0, wire::user(there));
        let guild = world.channels.get(&channel).and_then(|channel| channel.guild);
        if let Some(member) = guild.and_then(|guild| world.member(guild, user)) {
            let mut member = World::partial_member_json(member);
            member["permissions"] = wire::bits(world.permissions(user, channel, act.now));
            self.insert("members", user.0, member);
        }
        true
    }

    pub(super) fn role(&mut self, act: &Act<'_>, channel: ChannelId, role: RoleId) -> bool {
        let Some(there) = act.world.guild_of(channel).and_then(|guild| guild.roles.get(&role)) else {
            return false;
        };
        self.insert("roles", role.0, wire::role(there));
        true
    }

    pub(super) fn channel(&mut self, act: &Act<'_>, named: ChannelId) -> bool {
        if !act.world.may_see(self.person, named, act.now) {
            return false;
        }
        let mut body = partial_channel(act, named, self.person);
        body["app_permissions"] = wire::bits(act.world.permissions(self.bot, named, act.now));
        self.insert("channels", named.0, body);
        true
    }

    /// What the values of a select of this kind stand for; those of a text select stand for themselves.
    pub(super) fn chosen(&mut self, act: &Act<'_>, channel: ChannelId, kind: u64, values: &[String]) {
        for id in values.iter().filter_map(|value| value.parse().ok()) {
            let _ = match kind {
                5 => self.user(act, channel, UserId(id)),
                6 => self.role(act, channel, RoleId(id)),
                7 => self.user(act, channel, UserId(id)) || self.role(act, channel, RoleId(id)),
                8 => self.channel(act, ChannelId(id)),
                _ => false,
            };
        }
    }

    pub(super) fn attachment(&mut self, id: u64, body: Value) {
        self.insert("attachments", id, body);
    }

    pub(super) fn message(&mut self, act: &Act<'_>, channel: ChannelId, message: MessageId) -> bool {
        let Some(there) = act.world.message(channel, message) else { return false };
        self.insert("messages", message.0, act.world.message_json(there));
        true
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.maps)
    }
}

/// What a menu command is about.
pub(super) fn target(
    act: &Act<'_>,
    channel: ChannelId,
    command: &RegisteredCommand,
    target: u64,
) -> Result<Value, Why> {
    // Neither users nor messages carry rights of their own here.
    let mut resolved = Resolved::of(UserId(0), UserId(0));
    let there = match command.kind {
        2 => resolved.user(act, channel, UserId(target)),
        3 => resolved.message(act, channel, MessageId(target)),
        _ => false,
    };
    if there { Ok(resolved.done()) } else { Err(Why::NothingThere) }
}
