//! The state as Discord's JSON: what its routes answer and what interactions carry.

use discord::permission::Permissions;
use discord::{ApplicationId, ChannelId, GuildId, UserId};
use serde_json::{Map, Value, json};

use super::{
    Application, Attachment, Cause, Channel, ChannelKind, Guild, Member, Message, Overwrite,
    RegisteredCommand, Role, Tag, User, World,
};

/// A moment as Discord writes it: `2026-11-24T15:00:00.000000+00:00`.
pub(crate) fn time(ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

pub(crate) fn user(user: &User) -> Value {
    let mut body = json!({
        "id": user.id,
        "username": user.username,
        "avatar": null,
        "discriminator": if user.bot { "0001" } else { "0" },
        "public_flags": 0,
        "flags": 0,
        "global_name": user.global_name,
        "primary_guild": null,
    });
    if user.bot {
        body["bot"] = json!(true);
    }
    body
}

pub(crate) fn role(role: &Role) -> Value {
    let mut body = json!({
        "id": role.id,
        "name": role.name,
        "permissions": role.permissions,
        "position": role.position,
        "color": role.color,
        "colors": { "primary_color": role.color, "secondary_color": null, "tertiary_color": null },
        "hoist": role.hoist,
        "managed": role.bot.is_some(),
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    if let Some(bot) = role.bot {
        body["tags"] = json!({ "bot_id": bot });
    }
    body
}

pub(crate) fn overwrite(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id.to_string(),
        "type": u8::from(overwrite.person),
        "allow": overwrite.allow,
        "deny": overwrite.deny,
    })
}

fn tag(tag: &Tag) -> Value {
    json!({ "id": tag.id, "name": tag.name, "moderated": tag.moderated, "emoji_id": null, "emoji_name": tag.emoji })
}

pub(crate) fn attachment(attachment: &Attachment, ephemeral: bool) -> Value {
    let mut body = json!({
        "id": attachment.id.to_string(),
        "filename": attachment.filename,
        "size": attachment.size,
        "url": attachment.url,
        "proxy_url": attachment.url,
    });
    if let Some(description) = &attachment.description {
        body["description"] = json!(description);
    }
    if let Some(content_type) = &attachment.content_type {
        body["content_type"] = json!(content_type);
    }
    if ephemeral {
        body["ephemeral"] = json!(true);
    }
    body
}

impl World {
    pub(crate) fn user_json(&self, id: UserId) -> Value {
        self.users.get(&id).map_or_else(
            || {
                json!({ "id": id, "username": "deleted_user", "avatar": null, "discriminator": "0",
                       "public_flags": 0, "flags": 0, "global_name": null, "primary_guild": null })
            },
            user,
        )
    }

    pub(crate) fn member_json(&self, member: &Member) -> Value {
        let mut body = Self::partial_member_json(member);
        body["user"] = self.user_json(member.user);
        body["mute"] = json!(false);
        body["deaf"] = json!(false);
        body
    }

    /// A member as `resolved` shows it: without user, deaf and mute.
    pub(crate) fn partial_member_json(member: &Member) -> Value {
        json!({
            "avatar": null,
            "banner": null,
            "communication_disabled_until": member.timed_out_until.map(time),
            "flags": 0,
            "joined_at": time(member.joined_at),
            "nick": member.nick,
            "pending": false,
            "premium_since": null,
            "roles": member.roles,
        })
    }

    pub(crate) fn channel_json(&self, channel: &Channel) -> Value {
        match &channel.thread {
            Some(_) => self.thread_json(channel),
            None if channel.kind == ChannelKind::Private => json!({
                "id": channel.id,
                "type": 1,
                "flags": 0,
                "last_message_id": channel.last_message,
                "recipients": channel.recipients.iter()
                    .filter(|user| !self.users.get(user).is_some_and(|user| user.bot))
                    .map(|user| self.user_json(*user)).collect::<Vec<_>>(),
            }),
            None => Self::guild_channel_json(channel),
        }
    }

    fn guild_channel_json(channel: &Channel) -> Value {
        let mut body = json!({
            "id": channel.id,
            "type": channel.kind.number(),
            "flags": channel.flags,
            "guild_id": channel.guild,
            "name": channel.name,
            "position": channel.position,
            "parent_id": channel.parent,
            "permission_overwrites": channel.overwrites.iter().map(overwrite).collect::<Vec<_>>(),
            "nsfw": channel.nsfw,
        });
        if channel.kind != ChannelKind::Category {
            body["topic"] = json!(channel.topic);
            body["rate_limit_per_user"] = json!(channel.slow_mode);
            body["last_message_id"] = json!(channel.last_message);
            body["default_auto_archive_duration"] = json!(channel.default_auto_archive_minutes);
        }
        if channel.kind.is_forum() {
            body["available_tags"] = channel.tags.iter().map(tag).collect();
            body["default_reaction_emoji"] = Value::Null;
            body["default_sort_order"] = Value::Null;
            body["default_forum_layout"] = json!(0);
        }
        body
    }

    pub(crate) fn thread_json(&self, channel: &Channel) -> Value {
        let thread = channel.thread.as_ref().expect("called for threads only");
        let count =
            self.messages_for(channel.id, None).filter(|message| message.id.0 != channel.id.0).count();
        let mut metadata = json!({
            "archived": thread.archived,
            "archive_timestamp": time(thread.archive_changed_at),
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.locked,
            "create_timestamp": time(thread.created_at),
        });
        if channel.kind == ChannelKind::PrivateThread {
            metadata["invitable"] = json!(thread.invitable);
        }
        let mut body = json!({
            "id": channel.id,
            "type": channel.kind.number(),
            "flags": channel.flags,
            "guild_id": channel.guild,
            "name": channel.name,
            "parent_id": channel.parent,
            "owner_id": thread.owner,
            "rate_limit_per_user": channel.slow_mode,
            "last_message_id": channel.last_message,
            "thread_metadata": metadata,
            "message_count": count,
            "total_message_sent": thread.total_messages,
            "member_count": thread.members.len().min(50),
        });
        if !thread.tags.is_empty() {
            body["applied_tags"] = json!(thread.tags);
        }
        body
    }

    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut body = json!({
            "id": message.id,
            "channel_id": message.channel,
            "type": message.kind,
            "content": message.content,
            "author": self.user_json(message.author),
            "mentions": message.mentions.iter().map(|user| self.user_json(*user)).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles,
            "mention_everyone": message.mention_everyone,
            "attachments": message.attachments.iter()
                .map(|file| attachment(file, message.is_ephemeral())).collect::<Vec<_>>(),
            "embeds": message.embeds,
            "components": message.components,
            "timestamp": time(message.sent_at),
            "edited_timestamp": message.edited_at.map(time),
            "flags": message.flags,
            "pinned": message.pinned,
            "tts": false,
        });
        if let Some(nonce) = &message.nonce {
            body["nonce"] = json!(nonce);
        }
        if let Some(application) = message.application {
            body["application_id"] = json!(application);
            if message.cause.is_some() {
                body["webhook_id"] = json!(application);
            }
        }
        if let Some(cause) = &message.cause {
            body["interaction_metadata"] = self.cause_json(cause, message);
        }
        if let Some(reply) = message.reply_to {
            let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
            let mut reference = json!({ "type": 0, "message_id": reply, "channel_id": message.channel });
            if let Some(guild) = guild {
                reference["guild_id"] = json!(guild);
            }
            body["message_reference"] = reference;
        }
        if let Some(thread) =
            self.channels.get(&ChannelId(message.id.0)).filter(|_| message.channel.0 != message.id.0)
            && thread.is_thread()
        {
            body["thread"] = self.thread_json(thread);
        }
        body
    }

    fn cause_json(&self, cause: &Cause, message: &Message) -> Value {
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let mut body = json!({
            "id": cause.interaction,
            "type": cause.kind,
            "user": self.user_json(cause.user),
            "authorizing_integration_owners": owners(guild),
        });
        if let Some(original) = cause.original {
            body["original_response_message_id"] = json!(original);
        }
        match (cause.kind, cause.message) {
            (3, Some(source)) => body["interacted_message_id"] = json!(source),
            (5, source) => {
                let inner = match source {
                    Some(source) => {
                        json!({ "id": cause.interaction, "type": 3, "user": self.user_json(cause.user),
                        "authorizing_integration_owners": owners(guild), "interacted_message_id": source })
                    }
                    None => json!({ "id": cause.interaction, "type": 2, "user": self.user_json(cause.user),
                        "authorizing_integration_owners": owners(guild) }),
                };
                body["triggering_interaction_metadata"] = inner;
            }
            _ => {}
        }
        body
    }
}

pub(crate) fn guild(guild: &Guild) -> Value {
    let application: Option<ApplicationId> = None;
    json!({
        "id": guild.id,
        "name": guild.name,
        "icon": null,
        "description": null,
        "home_header": null,
        "splash": null,
        "discovery_splash": null,
        "features": guild.features,
        "banner": null,
        "owner_id": guild.owner,
        "application_id": application,
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": guild.system_channel,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 1,
        "roles": guild.roles.values().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 2,
        "max_presences": null,
        "max_members": 25_000_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "rules_channel_id": null,
        "safety_alerts_channel_id": null,
        "public_updates_channel_id": null,
        "premium_progress_bar_enabled": false,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": null,
    })
}

/// A registered command as the list shows it, with or without its translations.
pub(crate) fn command(application: &Application, command: &RegisteredCommand, localizations: bool) -> Value {
    let mut body = Map::new();
    body.insert("id".into(), json!(command.id));
    body.insert("application_id".into(), json!(application.id));
    body.insert("version".into(), json!(command.version.to_string()));
    body.insert("type".into(), json!(command.kind));
    body.insert("name".into(), json!(command.name));
    body.insert("description".into(), json!(command.body["description"].as_str().unwrap_or_default()));
    body.insert("default_member_permissions".into(), Value::Null);
    body.insert("nsfw".into(), json!(false));
    if let Some(guild) = command.guild {
        body.insert("guild_id".into(), json!(guild));
    } else {
        body.insert("contexts".into(), json!([0, 1, 2]));
        body.insert("integration_types".into(), json!([0]));
        body.insert("dm_permission".into(), json!(true));
    }
    for (name, value) in command.body.as_object().into_iter().flatten() {
        match name.as_str() {
            "id" | "type" | "name" | "description" => {}
            "default_member_permissions" => {
                let text = value.as_u64().map_or_else(|| value.clone(), |bits| json!(bits.to_string()));
                body.insert(name.clone(), text);
            }
            "name_localizations" | "description_localizations" if !localizations => {}
            "options" => {
                body.insert(name.clone(), options(value, localizations));
            }
            _ if value.is_null() => {}
            _ => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Object(body)
}
fn options(options: &Value, localizations: bool) -> Value {
    let Some(list) = options.as_array() else { return json!([]) };
    list.iter()
        .map(|option| {
            let mut option = option.clone();
            if let Some(map) = option.as_object_mut() {
                map.retain(|name, value| {
                    !value.is_null() && (localizations || !name.ends_with("_localizations"))
                });
                if let Some(inner) = map.get("options") {
                    let inner = self::options(inner, localizations);
                    map.insert("options".into(), inner);
                }
                for choice in map.get_mut("choices").and_then(Value::as_array_mut).into_iter().flatten() {
                    if let Some(choice) = choice.as_object_mut().filter(|_| !localizations) {
                        choice.remove("name_localizations");
                    }
                }
            }
            option
        })
        .collect()
}

/// Whose installation an interaction comes through: the server's, or from the bot's private conversation.
pub(crate) fn owners(guild: Option<GuildId>) -> Value {
    json!({ "0": guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string()) })
}

/// Decimal text of permission bits.
pub(crate) fn bits(permissions: Permissions) -> Value {
    json!(permissions)
}
