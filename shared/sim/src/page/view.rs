//! What a person sees, as JSON for the script. Ids are text: JavaScript's numbers are too short for them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use discord::permission::Permissions;
use discord::{ChannelId, GuildId, MessageId, UserId};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::words::WORDS;
use super::{Form, No, PageState};
use crate::state::{Channel, ChannelKind, Guild, Message, World};
use crate::view::ChannelView;

/// Messages in one page of a channel.
const PAGE: usize = 50;
/// Posts in the list of a forum.
const POSTS: usize = 100;
/// Threads listed under a channel; the others are found at the message they hang on.
const THREADS: usize = 5;
/// Characters of the first message of a post, in the list.
const EXCERPT_CHARS: usize = 180;

/// Who one can be, and what time it is.
pub(super) async fn boot(State(state): State<PageState>) -> Json<Value> {
    let mut people: Vec<(UserId, Value)> = state.sim.look(|world| {
        let guild = world.guilds.values().next();
        let people = world.users.values().filter(|user| !user.bot);
        people
            .map(|user| {
                let person = json!({
                    "id": user.id.to_string(),
                    "name": world.name_in(guild.map(|guild| guild.id), user.id),
                    "role": guild.map(|guild| role_key(guild, user.id)).unwrap_or_default(),
                    "language": user.locale,
                });
                (user.id, person)
            })
            .collect()
    });
    // Asked outside of the look: whoever answers may look, too.
    for (id, person) in &mut people {
        person["form"] = json!(state.behind.form(*id).map(Form::key));
    }
    let people: Vec<Value> = people.into_iter().map(|(_, person)| person).collect();
    Json(json!({ "now": state.sim.now_ms(), "zone": state.behind.zone(), "people": people }))
}

/// The highest role of a person that the page has a word for, else the highest; as a key: `nouvel_arrivant`.
fn role_key(guild: &Guild, user: UserId) -> String {
    let mut roles: Vec<_> = guild
        .members
        .get(&user)
        .into_iter()
        .flat_map(|member| &member.roles)
        .filter_map(|role| guild.roles.get(role))
        .collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.position));
    let keys: Vec<String> = roles.iter().map(|role| key_of(&role.name)).collect();
    let known = keys.iter().find(|key| WORDS.iter().any(|(word, ..)| *word == format!("role.{key}")));
    known.or(keys.first()).cloned().unwrap_or_default()
}

/// `Nouvel arrivant` → `nouvel_arrivant`, `Modératrice` stays close to what staff typed, without accents.
fn key_of(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'é' | 'è' | 'ê' => 'e',
            'à' | 'â' => 'a',
            'ô' => 'o',
            'î' | 'ï' => 'i',
            'ç' => 'c',
            ' ' | '-' => '_',
            other => other,
        })
        .collect()
}

/// Servers, channels and private conversations of a person, and the names of everything they can meet there.
pub(super) async fn guilds(State(state): State<PageState>, Path(person): Path<UserId>) -> Json<Value> {
    let sim = &state.sim;
    let mut names = Names::default();
    let guilds: Vec<Value> = sim
        .guilds_of(person)
        .into_iter()
        .map(|guild| {
            sim.look(|world| names.learn(world, &guild));
            let mut categories: Vec<(Option<ChannelId>, Value, Vec<Value>)> =
                vec![(None, Value::Null, Vec::new())];
            for view in sim.channels_of(person, guild.id) {
                names.channel(&view.channel);
                if view.channel.kind == ChannelKind::Category {
                    categories.push((Some(view.channel.id), json!(view.channel.name), Vec::new()));
                } else {
                    let parent = view.channel.parent;
                    let line = line(&state, person, &guild, &view, &mut names);
                    let place = categories.iter_mut().rev().find(|(id, ..)| *id == parent);
                    if let Some((.., channels)) = place {
                        channels.push(line);
                    }
                }
            }
            let categories: Vec<Value> = categories
                .into_iter()
                .filter(|(.., channels)| !channels.is_empty())
                .map(|(_, name, channels)| json!({ "name": name, "channels": channels }))
                .collect();
            json!({ "id": guild.id.to_string(), "name": guild.name, "categories": categories })
        })
        .collect();
    let private: Vec<Value> = sim
        .private_channels_of(person)
        .iter()
        .map(|view| {
            let name = sim.look(|world| private_name(world, &view.channel, person));
            json!({
                "id": view.channel.id.to_string(), "name": name, "type": view.channel.kind.number(),
                "unread": view.unread > 0, "private": false, "can_command": true, "can_send": true, "threads": [],
            })
        })
        .collect();
    Json(json!({
        "guilds": guilds,
        "private": private,
        "names": { "users": names.users, "roles": names.roles, "channels": names.channels },
        "kinds": names.kinds,
        "arriving": state.behind.arriving(),
        "now": sim.now_ms(),
        "zone": state.behind.zone(),
    }))
}

/// Names by id, for mentions and lists of people, roles and channels.
#[derive(Default)]
struct Names {
    users: BTreeMap<String, String>,
    roles: BTreeMap<String, String>,
    channels: BTreeMap<String, String>,
    kinds: BTreeMap<String, u8>,
}

impl Names {
    fn learn(&mut self, world: &World, guild: &Guild) {
        for user in guild.members.keys() {
            self.users.insert(user.to_string(), world.name_in(Some(guild.id), *user));
        }
        for role in guild.roles.values() {
            self.roles.insert(role.id.to_string(), role.name.trim_start_matches('@').to_owned());
        }
    }

    fn channel(&mut self, channel: &Channel) {
        self.channels.insert(channel.id.to_string(), channel.name.clone());
        self.kinds.insert(channel.id.to_string(), channel.kind.number());
    }
}

/// A channel in the list, with the threads that the person follows.
fn line(state: &PageState, person: UserId, guild: &Guild, view: &ChannelView, names: &mut Names) -> Value {
    let channel = &view.channel;
    let threads = state.sim.threads_of(person, channel.id);
    for thread in &threads {
        names.channel(&thread.channel);
    }
    let unread =
        view.unread > 0 || (channel.kind.is_forum() && threads.iter().any(|thread| thread.unread > 0));
    let followed = threads.iter().filter(|thread| {
        !channel.kind.is_forum()
            && thread
                .channel
                .thread
                .as_ref()
                .is_some_and(|thread| !thread.archived && thread.members.contains(&person))
    });
    let threads: Vec<Value> = followed
        .take(THREADS)
        .map(|thread| {
            json!({
                "id": thread.channel.id.to_string(), "name": thread.channel.name, "type": thread.channel.kind.number(),
                "unread": thread.unread > 0, "private": thread.channel.kind == ChannelKind::PrivateThread,
            })
        })
        .collect();
    let hidden = channel
        .overwrites
        .iter()
        .any(|overwrite| overwrite.id == guild.id.0 && overwrite.deny.has(Permissions::VIEW_CHANNEL));
    json!({
        "id": channel.id.to_string(), "name": channel.name, "type": channel.kind.number(), "unread": unread,
        "private": hidden, "can_command": may_command(state, person, channel),
        "can_send": view.may_write && channel.kind.holds_messages(), "threads": threads,
    })
}

/// Whether `/` opens anything here: the right to use commands, in a place that holds messages.
fn may_command(state: &PageState, person: UserId, channel: &Channel) -> bool {
    let now = state.sim.now_ms();
    let may = state.sim.look(|world| world.permissions(person, channel.id, now));
    channel.kind.holds_messages()
        && (channel.guild.is_none() || may.has(Permissions::USE_APPLICATION_COMMANDS))
        && channel.thread.as_ref().is_none_or(|thread| !thread.archived)
}

fn private_name(world: &World, channel: &Channel, person: UserId) -> String {
    let others = channel.recipients.iter().filter(|user| **user != person);
    others.map(|user| world.name_in(None, *user)).collect::<Vec<_>>().join(", ")
}

/// The commands a person may use, as they were registered.
pub(super) async fn commands(
    State(state): State<PageState>,
    Path((person, guild)): Path<(UserId, GuildId)>,
) -> Json<Value> {
    let list = state.sim.commands_of(person, guild).into_iter().map(|command| {
        let mut body = command.body;
        if let Some(body) = body.as_object_mut() {
            body.insert("id".into(), json!(command.id.to_string()));
            body.insert("type".into(), json!(command.kind));
            body.insert("application_name".into(), json!(command.application_name));
        }
        body
    });
    Json(list.collect())
}

/// Which page of messages.
#[derive(Debug, Deserialize)]
pub(super) struct Before {
    before: Option<MessageId>,
}

/// A channel with its newest messages (or those before one), or a forum with its posts.
pub(super) async fn channel(
    State(state): State<PageState>,
    Path((person, channel)): Path<(UserId, ChannelId)>,
    Query(Before { before }): Query<Before>,
) -> Result<Json<Value>, No> {
    let sim = &state.sim;
    let now = sim.now_ms();
    let seen = sim.look(|world| {
        let found = world.channels.get(&channel).filter(|_| world.may_see(person, channel, now))?;
        Some((found.clone(), world.may_write(person, channel, now)))
    });
    let (found, may_write) = seen.ok_or_else(No::missing)?;
    let parent = sim.look(|world| found.parent.and_then(|id| world.channels.get(&id)).cloned());
    let forum = if found.kind.is_forum() {
        Some(&found)
    } else {
        parent.as_ref().filter(|parent| parent.kind.is_forum())
    };
    let tags: Vec<Value> = forum
        .into_iter()
        .flat_map(|forum| &forum.tags)
        .map(|tag| json!({ "id": tag.id.to_string(), "name": tag.name, "emoji": tag.emoji }))
        .collect();
    let applied: Vec<String> =
        found.thread.iter().flat_map(|thread| &thread.tags).map(ToString::to_string).collect();
    let name = if found.kind == ChannelKind::Private {
        sim.look(|world| private_name(world, &found, person))
    } else {
        found.name.clone()
    };
    let above = found.is_thread().then_some(()).and(parent.as_ref());
    let head = json!({
        "id": found.id.to_string(),
        "name": name,
        "type": found.kind.number(),
        "topic": found.topic,
        "tags": tags,
        "applied": applied,
        "parent": above.map(|parent| json!({ "id": parent.id.to_string(), "name": parent.name })),
        "can_send": may_write && found.kind.holds_messages(),
        "can_command": may_command(&state, person, &found),
    });
    if found.kind.is_forum() {
        let posts: Vec<Value> = sim
            .threads_of(person, channel)
            .iter()
            .take(POSTS)
            .map(|post| post_line(&state, person, post))
            .collect();
        return Ok(Json(json!({ "channel": head, "posts": posts, "messages": [], "more": false })));
    }
    let mut messages = sim.messages(person, channel, before, PAGE + 1);
    let more = messages.len() > PAGE;
    if more {
        messages.remove(0);
    }
    let messages: Vec<Value> =
        sim.look(|world| messages.iter().map(|message| message_json(world, found.guild, message)).collect());
    Ok(Json(json!({ "channel": head, "posts": null, "messages": messages, "more": more })))
}

/// A post in the list of its forum.
fn post_line(state: &PageState, person: UserId, post: &ChannelView) -> Value {
    let channel = &post.channel;
    let thread = channel.thread.as_ref();
    let first = MessageId(channel.id.0);
    let first = state.sim.message(person, channel.id, first);
    let guild = channel.guild;
    let author =
        state.sim.look(|world| thread.map(|thread| world.name_in(guild, thread.owner)).unwrap_or_default());
    let at = thread.map_or(0, |thread| thread.created_at);
    json!({
        "id": channel.id.to_string(),
        "name": channel.name,
        "tags": thread.iter().flat_map(|thread| &thread.tags).map(ToString::to_string).collect::<Vec<_>>(),
        "author": author,
        "excerpt": first.as_ref().map(excerpt).unwrap_or_default(),
        "count": thread.map_or(0, |thread| thread.total_messages) + u64::from(first.is_some()),
        "at": at,
        "unread": post.unread > 0,
        "archived": thread.is_some_and(|thread| thread.archived),
    })
}

/// The beginning of a message, without markdown.
fn excerpt(message: &Message) -> String {
    let text = if message.content.is_empty() {
        message.embeds.iter().find_map(|embed| embed["description"].as_str()).unwrap_or_default()
    } else {
        &message.content
    };
    let plain: String =
        text.chars().filter(|letter| !matches!(letter, '*' | '_' | '`' | '#' | '\\' | '|' | '~')).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= EXCERPT_CHARS {
        return words;
    }
    let cut: String = words.chars().take(EXCERPT_CHARS).collect();
    format!("{}…", cut.trim_end())
}

/// A message for the script.
fn message_json(world: &World, guild: Option<GuildId>, message: &Message) -> Value {
    let author = world.users.get(&message.author);
    let roles: Vec<&str> = guild
        .and_then(|guild| Some((world.guilds.get(&guild)?, world.member(guild, message.author)?)))
        .into_iter()
        .flat_map(|(guild, member)| member.roles.iter().filter_map(|role| guild.roles.get(role)))
        .map(|role| role.name.as_str())
        .collect();
    let command = message
        .cause
        .as_ref()
        .filter(|cause| cause.kind == 2 && cause.original.is_none())
        .and_then(|cause| Some(json!({ "by": world.name_in(guild, cause.user), "name": format!("/{}", cause.command.as_ref()?) })));
    let thread = world
        .channels
        .get(&ChannelId(message.id.0))
        .filter(|thread| thread.is_thread() && thread.id != message.channel);
    let mut json = Map::new();
    let mut put = |name: &str, value: Value| json.insert(name.to_owned(), value);
    put("id", json!(message.id.to_string()));
    put("channel", json!(message.channel.to_string()));
    put(
        "author",
        json!({
            "id": message.author.to_string(),
            "name": world.name_in(guild, message.author),
            "bot": author.is_some_and(|author| author.bot),
            "roles": roles.join(", "),
        }),
    );
    put("at", json!(message.sent_at));
    put("edited", json!(message.edited_at.is_some()));
    put("content", json!(message.content));
    put("flags", json!(message.flags));
    put("embeds", json!(message.embeds));
    put("components", json!(message.components));
    put(
        "attachments",
        json!(
            message
                .attachments
                .iter()
                .map(|file| json!({
                    "id": file.id.to_string(), "filename": file.filename, "description": file.description,
                    "content_type": file.content_type, "size": file.size, "url": file.url,
                }))
                .collect::<Vec<_>>()
        ),
    );
    put("command", command.unwrap_or(Value::Null));
    put(
        "thread",
        thread.map_or(Value::Null, |thread| {
            json!({
                "id": thread.id.to_string(), "name": thread.name,
                "count": thread.thread.as_ref().map_or(0, |thread| thread.total_messages),
            })
        }),
    );
    Value::Object(json)
}
