//! What Discord's file, its docs and this Discord say about the same payloads.

mod place;

use place::{Place, place, whisper};
use serde_json::{Value, json};
use tests::reference::openapi;

fn button(label: &str, custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": label, "custom_id": custom_id })
}

fn row(children: Vec<Value>) -> Value {
    json!({ "type": 1, "components": children })
}

/// Bodies that Discord takes.
fn good(place: &Place) -> Vec<(&'static str, String, Value)> {
    let (general, forum, guild, app) = (place.general, place.forum, place.guild, place.application);
    let messages = format!("/channels/{general}/messages");
    vec![
        ("text", messages.clone(), json!({ "content": "Bonjour" })),
        ("nonce", messages.clone(), json!({ "content": "a", "nonce": "x", "enforce_nonce": true })),
        (
            "buttons",
            messages.clone(),
            json!({ "content": "a", "components": [row(vec![button("A", "a"), button("B", "b")])] }),
        ),
        (
            "layout",
            messages.clone(),
            json!({ "flags": 32768, "components": [
            { "type": 17, "accent_color": 255, "components": [
                { "type": 10, "content": "# Titre" }, { "type": 14, "divider": true, "spacing": 2 },
                { "type": 9, "components": [{ "type": 10, "content": "Texte" }], "accessory": button("Voir", "v") },
                row(vec![json!({ "type": 3, "custom_id": "s", "options": [{ "label": "a", "value": "a" }] })]) ] }] }),
        ),
        (
            "post",
            format!("/channels/{forum}/threads"),
            json!({ "name": "Un titre", "message": { "content": "a" } }),
        ),
        ("thread", format!("/channels/{general}/threads"), json!({ "name": "Un fil", "type": 11 })),
        (
            "channel",
            format!("/guilds/{guild}/channels"),
            json!({ "name": "promo", "type": 0, "permission_overwrites": [
            { "id": guild.to_string(), "type": 0, "allow": "0", "deny": "1024" } ] }),
        ),
        (
            "forum with a rule",
            format!("/guilds/{guild}/channels"),
            json!({ "name": "f", "type": 15, "flags": 16,
            "available_tags": [{ "name": "Rust", "moderated": false, "emoji_name": null }] }),
        ),
        (
            "role",
            format!("/guilds/{guild}/roles"),
            json!({ "name": "promo", "permissions": "0", "mentionable": true }),
        ),
        (
            "command",
            format!("/applications/{app}/commands"),
            json!({ "name": "partager-été", "description": "d",
            "name_localizations": { "fr": "partager-été", "en-GB": "share" }, "default_member_permissions": "8192",
            "contexts": [0], "nsfw": false, "options": [{ "type": 11, "name": "cv", "description": "d", "file_types": [".pdf"] }] }),
        ),
        (
            "menu command",
            format!("/applications/{app}/commands"),
            json!({ "name": "Signaler ce message", "type": 3 }),
        ),
        (
            "private conversation",
            "/users/@me/channels".into(),
            json!({ "recipient_id": place.karim.to_string() }),
        ),
    ]
}

/// Bodies that Discord refuses, each with the place that is wrong.
fn bad(place: &Place) -> Vec<(&'static str, String, Value)> {
    let messages = format!("/channels/{}/messages", place.general);
    let messages = bad_messages().into_iter().map(|(wrong, body)| (wrong, messages.clone(), body));
    messages.chain(bad_others(place)).collect()
}

fn long(count: usize) -> String {
    "x".repeat(count)
}

fn bad_messages() -> Vec<(&'static str, Value)> {
    vec![
        ("contnt", json!({ "content": "a", "contnt": "b" })),
        ("content", json!({ "content": long(2001) })),
        (
            "content",
            json!({ "flags": 32768, "content": "a", "components": [{ "type": 10, "content": "b" }] }),
        ),
        ("components.0.type", json!({ "components": [{ "type": 10, "content": "b" }] })),
        ("embeds", json!({ "embeds": [{ "description": long(4000) }, { "description": long(2001) }] })),
        (
            "components.0.components.1.custom_id",
            json!({ "components": [row(vec![button("A", "a"), button("B", "a")])] }),
        ),
        (
            "components.0.components",
            json!({ "components": [row((0..6).map(|n| button("A", &n.to_string())).collect())] }),
        ),
        (
            "components.0.components.0.url",
            json!({ "components": [row(vec![json!({ "type": 2, "style": 5, "label": "A", "custom_id": "a" })])] }),
        ),
        ("components.0.components.0.label", json!({ "components": [row(vec![button(&long(81), "a")])] })),
        (
            "components",
            json!({ "flags": 32768, "components": [
            { "type": 10, "content": long(2500) }, { "type": 10, "content": long(1501) }] }),
        ),
        (
            "components",
            json!({ "flags": 32768, "components": (0..39)
            .map(|_| json!({ "type": 14 })).chain([row(vec![button("A", "a")])]).collect::<Vec<_>>() }),
        ),
        (
            "allowed_mentions",
            json!({ "content": "a", "allowed_mentions": { "parse": ["users"], "users": ["1"] } }),
        ),
        ("allowed_mentions.parse.0", json!({ "content": "a", "allowed_mentions": { "parse": ["user"] } })),
        ("nonce", json!({ "content": "a", "nonce": long(26) })),
        ("flags", json!({ "content": "a", "flags": 64 })),
    ]
}

fn bad_others(place: &Place) -> Vec<(&'static str, String, Value)> {
    let (general, forum, guild, app) = (place.general, place.forum, place.guild, place.application);
    let commands = format!("/applications/{app}/commands");
    vec![
        (
            "name",
            format!("/channels/{forum}/threads"),
            json!({ "name": long(101), "message": { "content": "a" } }),
        ),
        (
            "message.embeds.0.titel",
            format!("/channels/{forum}/threads"),
            json!({ "name": "a", "message": { "embeds": [{ "titel": "a" }] } }),
        ),
        ("type", format!("/channels/{general}/threads"), json!({ "name": "a", "type": 13 })),
        (
            "available_tags.0.name",
            format!("/guilds/{guild}/channels"),
            json!({ "name": "f", "type": 15, "available_tags": [{ "name": long(21) }] }),
        ),
        ("nmae", format!("/guilds/{guild}/channels"), json!({ "name": "f", "nmae": "g" })),
        ("permissions", format!("/guilds/{guild}/roles"), json!({ "name": "f", "permissions": "all" })),
        ("name", commands.clone(), json!({ "name": "Partager", "description": "d" })),
        (
            "name_localizations",
            commands.clone(),
            json!({ "name": "partager", "description": "d", "name_localizations": { "fr-FR": "partager" } }),
        ),
        (
            "options.1",
            commands.clone(),
            json!({ "name": "partager", "description": "d", "options": [
            { "type": 3, "name": "a", "description": "d" }, { "type": 3, "name": "b", "description": "d", "required": true }] }),
        ),
        (
            "options.0.autocomplete",
            commands.clone(),
            json!({ "name": "partager", "description": "d", "options": [
            { "type": 3, "name": "a", "description": "d", "autocomplete": true, "choices": [{ "name": "x", "value": "x" }] }] }),
        ),
        ("description", commands, json!({ "name": "Signaler", "type": 3, "description": "d" })),
        ("recipient_idd", "/users/@me/channels".into(), json!({ "recipient_idd": "1" })),
    ]
}

/// The first place named in a nested tree of errors.
fn wrong_place(errors: &Value) -> String {
    let mut path = Vec::new();
    let mut here = errors;
    while let Some((name, inner)) = here.as_object().and_then(|map| map.iter().next()) {
        if name == "_errors" {
            break;
        }
        path.push(name.clone());
        here = inner;
    }
    path.join(".")
}

#[tokio::test]
async fn what_discord_takes_is_taken() {
    let place = place(|_| whisper("-")).await;
    place.sim.set_rate_limits(false);
    for (name, path, body) in good(&place) {
        let (status, answer) = place.call("POST", &path, body).await;
        assert!((200..300).contains(&status), "{name}: {status} {answer}");
    }
    place.sim.assert_clean();
}

#[tokio::test]
async fn what_discord_refuses_is_refused_and_remembered() {
    if openapi().is_none() {
        return;
    }
    let place = place(|_| whisper("-")).await;
    place.sim.set_rate_limits(false);
    for (number, (wrong, path, body)) in bad(&place).into_iter().enumerate() {
        let (status, answer) = place.call("POST", &path, body.clone()).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{wrong} in {body}: {answer}");
        let named = wrong_place(&answer["errors"]);
        let near =
            named == wrong || answer["errors"].to_string().contains(wrong) || wrong.starts_with(&named);
        assert!(near, "{wrong} expected, {answer}");
        assert_eq!(place.sim.violations().len(), number + 1, "each is remembered once");
    }
    // Nothing of all this had an effect.
    assert!(place.sim.messages(place.karim, place.general, None, 10).is_empty());
}

#[tokio::test]
async fn a_query_is_judged_too() {
    if openapi().is_none() {
        return;
    }
    let place = place(|_| whisper("-")).await;
    let messages = format!("/channels/{}/messages", place.general);
    assert_eq!(place.call("GET", &format!("{messages}?limit=100"), Value::Null).await.0, 200);
    assert_eq!(place.call("GET", &format!("{messages}?limit=101"), Value::Null).await.0, 400);
    assert_eq!(place.call("GET", &format!("{messages}?limt=10"), Value::Null).await.0, 400);
    assert_eq!(place.call("GET", &format!("{messages}?after=x"), Value::Null).await.0, 400);
    assert_eq!(place.call("GET", "/channels/general/messages", Value::Null).await.0, 400);
    assert_eq!(place.sim.violations().len(), 4);
}

#[tokio::test]
async fn an_unknown_route_is_loud() {
    let place = place(|_| whisper("-")).await;
    let (status, _) = place.call("GET", "/channels", Value::Null).await;
    assert_eq!(status, 404);
    assert_eq!(place.sim.violations(), ["no such route here: GET /api/v10/channels"]);
    let answer = place.client.get(place.base.replace("v10", "v9") + "/users/@me").send().await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(place.sim.violations().len(), 2);
}

#[tokio::test]
async fn an_inline_answer_that_discord_refuses_fails_for_the_person() {
    if openapi().is_none() {
        return;
    }
    let place = place(|_| json!({ "type": 4, "data": { "content": "a", "contnt": "b" } })).await;
    place.sim.register(place.application, json!([{ "name": "hub", "description": "d" }])).unwrap();
    let karim = place.sim.person("karim").in_channel("général");
    let seen = karim.types("/hub", &[]).await;
    assert!(matches!(seen, sim::Seen::Failed(sim::Failure::Invalid(_))), "{seen:?}");
    assert!(place.sim.transcript().ends_with("karim sees: L'application ne répond plus\n"));
    assert_eq!(place.sim.violations().len(), 1);
    for wrong in [
        json!({ "type": 9, "data": { "custom_id": "m", "title": "x".repeat(46), "components": [] } }),
        json!({ "type": 8, "data": { "choices": [] } }),
        json!({ "type": 1 }),
        json!({ "type": 5, "data": { "content": "a" } }),
        json!({ "type": 4, "data": {} }),
    ] {
        place.answers(move |_| wrong.clone());
        assert!(matches!(karim.types("/hub", &[]).await, sim::Seen::Failed(_)));
    }
    assert_eq!(place.sim.violations().len(), 6);
}
