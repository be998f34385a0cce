//! Every call there is, and whether it is one of Discord's own.

use std::fmt::Write as _;

use discord::check::Checked;
use discord::command::Command;
use discord::interaction::Token;
use discord::message::{Embed, File, Message};
use discord::permission::{Overwrite, Permissions, Target};
use discord::rest::{
    ChannelEdit, ChannelKind, ForumTag, Messages, NewChannel, NewInvite, NewPost, NewRole, Nonce, RestError,
    Scope, ThreadEdit, ThreadKind,
};
use discord::{ChannelId, GuildId, MessageId, RoleId, TagId, UserId};
use expect_test::expect;
use serde_json::{Value, json};

mod stand;

use stand::{Arrived, Stand, Turn};

const GUILD: GuildId = GuildId(4);
const CHANNEL: ChannelId = ChannelId(7);
const MESSAGE: MessageId = MessageId(5);
const ROLE: RoleId = RoleId(10);
const ADA: UserId = UserId(100);

fn message() -> Checked<Message> {
    Checked::new(Message::text("x").with_embed(Embed::new("y").field("a", "b"))).unwrap()
}

/// Calls everything once, each part of a body filled in.
async fn call_everything() -> Vec<Arrived> {
    // An answer that is an object, a list and nothing at once: what is read of it does not matter here.
    let (stand, rest) =
        Stand::new((0..200).map(|_| Turn::new(200, &json!({"id": "1", "code": "x", "threads": []})))).await;
    let token = Token::new("token");
    let overwrite = Overwrite::role(ROLE).allow(Permissions::VIEW_CHANNEL).deny(Permissions::SEND_MESSAGES);
    let tags = vec![ForumTag { id: Some(TagId(3)), name: "Rust".to_owned(), moderated: false }];
    let file = File::new("a.png", vec![0; 4], "Une image");
    let command = Checked::new(Command::chat(("aide", "help"), ("Aide", "Help"))).unwrap();
    let post = NewPost {
        name: "x".to_owned(),
        tags: vec![TagId(3)],
        message: message(),
        auto_archive_minutes: 1440,
    };
    let with_file = Checked::new(Message::text("x").file(file)).unwrap();

    ok(rest.current_application().await);
    ok(rest.private_channel(ADA).await);
    ok(rest.answer(&token).await);
    ok(rest.edit_answer(&token, &message()).await);
    ok(rest.delete_answer(&token).await);
    ok(rest.follow_up(&token, &message()).await);
    ok(rest.whisper(&token, &message()).await);
    ok(rest.edit_follow_up(&token, MESSAGE, &message()).await);
    ok(rest.channel(CHANNEL).await);
    list(rest.guild_channels(GUILD).await);
    let channel = NewChannel {
        name: "x".to_owned(),
        kind: ChannelKind::Forum,
        parent_id: Some(ChannelId(8)),
        topic: "x".to_owned(),
        permission_overwrites: vec![overwrite],
        available_tags: vec![ForumTag { id: None, name: "Rust".to_owned(), moderated: true }],
    };
    ok(rest.create_channel(GUILD, &channel, "x").await);
    let edit = ChannelEdit {
        name: Some("x".to_owned()),
        topic: Some("x".to_owned()),
        parent_id: Some(ChannelId(8)),
        permission_overwrites: Some(vec![overwrite]),
        available_tags: Some(tags),
    };
    ok(rest.edit_channel(CHANNEL, &edit, "x").await);
    ok(rest.delete_channel(CHANNEL, "x").await);
    ok(rest.set_overwrite(CHANNEL, &overwrite, "x").await);
    ok(rest.delete_overwrite(CHANNEL, Target::Member(ADA), "x").await);
    let invite = NewInvite { max_age: 0, max_uses: 1, role_ids: vec![ROLE], unique: true };
    ok(rest.create_invite(CHANNEL, &invite, "x").await);
    list(rest.guild_invites(GUILD).await);
    list(rest.commands(Scope::Everywhere).await);
    list(rest.commands(Scope::Guild(GUILD)).await);
    list(rest.overwrite_commands(Scope::Everywhere, std::slice::from_ref(&command)).await);
    list(rest.overwrite_commands(Scope::Guild(GUILD), &[command]).await);
    ok(rest.guild(GUILD).await);
    list(rest.guild_roles(GUILD).await);
    let role =
        NewRole { name: "x".to_owned(), permissions: Permissions::NONE, hoist: false, mentionable: false };
    ok(rest.create_role(GUILD, &role, "x").await);
    ok(rest.edit_role(GUILD, ROLE, &role, "x").await);
    ok(rest.delete_role(GUILD, ROLE, "x").await);
    list(rest.member(GUILD, ADA).await);
    list(rest.members(GUILD, Some(ADA), 1000).await);
    ok(rest.add_role(GUILD, ADA, ROLE, "x").await);
    ok(rest.remove_role(GUILD, ADA, ROLE, "x").await);
    ok(rest.send_message(CHANNEL, &message(), Nonce::of("x")).await);
    ok(rest.send_message(CHANNEL, &with_file, Nonce::of("x")).await);
    ok(rest.edit_message(CHANNEL, MESSAGE, &message()).await);
    ok(rest.delete_message(CHANNEL, MESSAGE, "x").await);
    ok(rest.message(CHANNEL, MESSAGE).await);
    let which = Messages { after: Some(MESSAGE), before: Some(MESSAGE), limit: Some(100) };
    list(rest.messages(CHANNEL, which).await);
    ok(rest.pin(CHANNEL, MESSAGE, "x").await);
    ok(rest.unpin(CHANNEL, MESSAGE, "x").await);
    ok(rest.create_post(CHANNEL, post, "x").await);
    ok(rest.create_thread(CHANNEL, "x", ThreadKind::Private, 60, "x").await);
    ok(rest.create_thread_on(CHANNEL, MESSAGE, "x", 60, "x").await);
    let edit = ThreadEdit {
        name: Some("x".to_owned()),
        archived: Some(false),
        locked: Some(false),
        tags: Some(vec![TagId(3)]),
        flags: Some(2),
        auto_archive_minutes: Some(60),
    };
    ok(rest.edit_thread(CHANNEL, &edit, "x").await);
    ok(rest.add_thread_member(CHANNEL, ADA).await);
    ok(rest.active_threads(GUILD).await);
    ok(rest.archived_threads(CHANNEL, Some("2026-01-01T00:00:00Z")).await);
    stand.arrived()
}

#[track_caller]
fn ok<T>(outcome: Result<T, RestError>) {
    assert!(outcome.is_ok(), "{:?}", outcome.err());
}

/// The stand-in answers an object: a call that wants something else was sent all the same.
#[track_caller]
fn list<T>(outcome: Result<T, RestError>) {
    assert!(matches!(outcome, Err(RestError::Unreadable { .. })), "{:?}", outcome.err());
}

/// The JSON of a call, also of one with files.
fn body(arrived: &Arrived) -> Option<Value> {
    if arrived.body.is_empty() {
        return None;
    }
    if arrived.header("content-type") == Some("application/json") {
        return Some(arrived.json());
    }
    let text = String::from_utf8_lossy(&arrived.body);
    let (_, rest) = text.split_once("\r\n\r\n").unwrap();
    Some(serde_json::from_str(rest.split_once("\r\n--").unwrap().0).unwrap())
}

#[tokio::test]
async fn every_call_is_listed_with_its_body() {
    let mut lines = String::new();
    for arrived in call_everything().await {
        write!(lines, "{}", arrived.line.replace("/api/v10", "")).unwrap();
        if arrived.header("x-audit-log-reason").is_some() {
            lines.push_str(" (with a reason)");
        }
        if let Some(body) = body(&arrived) {
            write!(lines, "\n    {body}").unwrap();
        }
        lines.push('\n');
    }
    expect![[r#"
        GET /applications/@me
        POST /users/@me/channels
            {"recipient_id":"100"}
        GET /webhooks/1/token/messages/@original
        PATCH /webhooks/1/token/messages/@original
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}]}
        DELETE /webhooks/1/token/messages/@original
        POST /webhooks/1/token?wait=true
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}]}
        POST /webhooks/1/token?wait=true
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}],"flags":64}
        PATCH /webhooks/1/token/messages/5
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}]}
        GET /channels/7
        GET /guilds/4/channels
        POST /guilds/4/channels (with a reason)
            {"available_tags":[{"moderated":true,"name":"Rust"}],"name":"x","parent_id":"8","permission_overwrites":[{"allow":"1024","deny":"2048","id":"10","type":0}],"topic":"x","type":15}
        PATCH /channels/7 (with a reason)
            {"available_tags":[{"id":"3","moderated":false,"name":"Rust"}],"name":"x","parent_id":"8","permission_overwrites":[{"allow":"1024","deny":"2048","id":"10","type":0}],"topic":"x"}
        DELETE /channels/7 (with a reason)
        PUT /channels/7/permissions/10 (with a reason)
            {"allow":"1024","deny":"2048","type":0}
        DELETE /channels/7/permissions/100 (with a reason)
        POST /channels/7/invites (with a reason)
            {"max_age":0,"max_uses":1,"role_ids":["10"],"unique":true}
        GET /guilds/4/invites
        GET /applications/1/commands?with_localizations=true
        GET /applications/1/guilds/4/commands?with_localizations=true
        PUT /applications/1/commands
            [{"contexts":[0],"description":"Aide","description_localizations":{"en-GB":"Help","en-US":"Help","fr":"Aide"},"integration_types":[0],"name":"aide","name_localizations":{"en-GB":"help","en-US":"help","fr":"aide"},"type":1}]
        PUT /applications/1/guilds/4/commands
            [{"description":"Aide","description_localizations":{"en-GB":"Help","en-US":"Help","fr":"Aide"},"name":"aide","name_localizations":{"en-GB":"help","en-US":"help","fr":"aide"},"type":1}]
        GET /guilds/4
        GET /guilds/4/roles
        POST /guilds/4/roles (with a reason)
            {"hoist":false,"mentionable":false,"name":"x","permissions":"0"}
        PATCH /guilds/4/roles/10 (with a reason)
            {"hoist":false,"mentionable":false,"name":"x","permissions":"0"}
        DELETE /guilds/4/roles/10 (with a reason)
        GET /guilds/4/members/100
        GET /guilds/4/members?limit=1000&after=100
        PUT /guilds/4/members/100/roles/10 (with a reason)
        DELETE /guilds/4/members/100/roles/10 (with a reason)
        POST /channels/7/messages
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}],"enforce_nonce":true,"nonce":"2d711642b726b04401627ca9"}
        POST /channels/7/messages
            {"allowed_mentions":{"parse":[]},"attachments":[{"description":"Une image","filename":"a.png","id":0}],"components":[],"content":"x","embeds":[],"enforce_nonce":true,"nonce":"2d711642b726b04401627ca9"}
        PATCH /channels/7/messages/5
            {"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}]}
        DELETE /channels/7/messages/5 (with a reason)
        GET /channels/7/messages/5
        GET /channels/7/messages?after=5&before=5&limit=100
        PUT /channels/7/messages/pins/5 (with a reason)
        DELETE /channels/7/messages/pins/5 (with a reason)
        POST /channels/7/threads (with a reason)
            {"applied_tags":["3"],"auto_archive_duration":1440,"message":{"allowed_mentions":{"parse":[]},"components":[],"content":"x","embeds":[{"fields":[{"inline":true,"name":"a","value":"b"}],"title":"y"}]},"name":"x"}
        POST /channels/7/threads (with a reason)
            {"auto_archive_duration":60,"invitable":false,"name":"x","type":12}
        POST /channels/7/messages/5/threads (with a reason)
            {"auto_archive_duration":60,"name":"x"}
        PATCH /channels/7 (with a reason)
            {"applied_tags":["3"],"archived":false,"auto_archive_duration":60,"flags":2,"locked":false,"name":"x"}
        PUT /channels/7/thread-members/100
        GET /guilds/4/threads/active
        GET /channels/7/threads/archived/public?before=2026-01-01T00%3A00%3A00Z
    "#]].assert_eq(&lines);
}

/// Discord's description of its API.
struct Api(Value);

impl Api {
    fn read() -> Option<Self> {
        let path = tests::reference::openapi()?;
        Some(Self(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(link) => self.resolve(self.0.pointer(link.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// The operation behind a call: the path whose fixed parts are the most.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let fits = |template: &str| {
            let (wanted, given): (Vec<_>, Vec<_>) =
                (template.split('/').collect(), path.split('/').collect());
            wanted.len() == given.len()
                && wanted.iter().zip(&given).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
        };
        let paths = self.0["paths"].as_object().unwrap();
        let operations =
            paths.iter().filter(|(template, _)| fits(template)).filter_map(|(template, methods)| {
                Some((template.matches('{').count(), methods.get(method.to_lowercase())?))
            });
        operations.min_by_key(|(open, _)| *open).map(|(_, operation)| operation)
    }

    /// Where a value has a part that no described form of it has.
    fn unknown(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let schema = self.resolve(schema);
        let forms = ["oneOf", "anyOf", "allOf"]
            .iter()
            .flat_map(|word| schema[*word].as_array().into_iter().flatten());
        let forms: Vec<_> = forms.collect();
        if !forms.is_empty() {
            let verdicts = forms.iter().map(|form| self.unknown(form, value, at));
            return verdicts.min_by_key(Vec::len).unwrap_or_default();
        }
        match value {
            Value::Array(items) => {
                let of = &schema["items"];
                if of.is_null() {
                    return vec![format!("{at}: a list")];
                }
                items
                    .iter()
                    .enumerate()
                    .flat_map(|(index, item)| self.unknown(of, item, &format!("{at}.{index}")))
                    .collect()
            }
            Value::Object(map) => {
                if schema["additionalProperties"].is_object() {
                    return Vec::new();
                }
                map.iter()
                    .flat_map(|(key, part)| match schema["properties"].get(key) {
                        Some(known) => self.unknown(known, part, &format!("{at}.{key}")),
                        None => vec![format!("{at}.{key}")],
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

#[tokio::test]
async fn every_call_is_one_of_discords_own() {
    let Some(api) = Api::read() else { return };
    let mut problems = Vec::new();
    for arrived in call_everything().await {
        let (method, target) = arrived.line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.trim_start_matches("/api/v10");
        let Some(operation) = api.operation(method, path) else {
            problems.push(format!("{method} {path}: no such call"));
            continue;
        };
        let parameters: Vec<_> = operation["parameters"].as_array().into_iter().flatten().collect();
        for name in query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)) {
            if !parameters.iter().any(|parameter| api.resolve(parameter)["name"] == name) {
                problems.push(format!("{method} {path}: no parameter {name}"));
            }
        }
        if let Some(body) = body(&arrived) {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            assert!(!schema.is_null(), "{method} {path} takes a body");
            problems.extend(
                api.unknown(schema, &body, "").into_iter().map(|part| format!("{method} {path}: {part}")),
            );
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}
