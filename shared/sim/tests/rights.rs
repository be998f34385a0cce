//! Who may do what over REST, and Discord's caps.

mod place;

use discord::permission::Permissions;
use place::{BOT_MAY, Place, place, whisper};
use serde_json::{Value, json};
use sim::{NewChannel, NewGuild, NewRole};

async fn school() -> Place {
    let place = place(|_| whisper("-")).await;
    place.sim.set_rate_limits(false);
    place
}

async fn code(place: &Place, method: &str, path: &str, body: Value) -> u64 {
    let (status, body) = place.call(method, path, body).await;
    if (200..300).contains(&status) { 0 } else { body["code"].as_u64().unwrap_or(u64::from(status)) }
}

/// The bot keeps its other rights.
fn lose(place: &Place, right: Permissions) {
    let role = place.sim.look(|world| {
        let bot = world.applications[&place.application].bot;
        *world.member(place.guild, bot).unwrap().roles.iter().next().unwrap()
    });
    place.sim.set_role_permissions(place.guild, role, BOT_MAY.without(right));
    let everyone =
        place.sim.look(|world| world.guilds[&place.guild].roles[&place.guild.everyone()].permissions);
    place.sim.set_role_permissions(place.guild, place.guild.everyone(), everyone.without(right));
}

#[tokio::test]
async fn a_missing_right_is_told_by_its_code() {
    let text = json!({ "content": "a" });
    let embed = json!({ "embeds": [{ "title": "a" }] });
    let post = json!({ "name": "Un titre", "message": { "content": "a" } });
    for (right, method, path, body, wanted) in [
        (Permissions::VIEW_CHANNEL, "POST", "/channels/{general}/messages", text.clone(), 50001),
        (Permissions::SEND_MESSAGES, "POST", "/channels/{general}/messages", text.clone(), 50013),
        (Permissions::EMBED_LINKS, "POST", "/channels/{general}/messages", embed, 50013),
        (Permissions::SEND_MESSAGES, "POST", "/channels/{forum}/threads", post.clone(), 50013),
        (Permissions::VIEW_CHANNEL, "POST", "/channels/{forum}/threads", post, 50001),
        (
            Permissions::CREATE_PUBLIC_THREADS,
            "POST",
            "/channels/{general}/threads",
            json!({ "name": "a", "type": 11 }),
            50013,
        ),
        (Permissions::MANAGE_CHANNELS, "POST", "/guilds/{guild}/channels", json!({ "name": "a" }), 50013),
        (Permissions::MANAGE_CHANNELS, "PATCH", "/channels/{general}", json!({ "topic": "a" }), 50013),
        (Permissions::MANAGE_CHANNELS, "DELETE", "/channels/{general}", Value::Null, 50013),
        (
            Permissions::MANAGE_ROLES,
            "POST",
            "/guilds/{guild}/roles",
            json!({ "name": "a", "permissions": "0" }),
            50013,
        ),
        (
            Permissions::MANAGE_ROLES,
            "PUT",
            "/guilds/{guild}/members/{karim}/roles/{staff}",
            Value::Null,
            50013,
        ),
        (
            Permissions::READ_MESSAGE_HISTORY,
            "GET",
            "/channels/{forum}/threads/archived/public",
            Value::Null,
            50013,
        ),
    ] {
        let place = school().await;
        let path = path
            .replace("{general}", &place.general.to_string())
            .replace("{forum}", &place.forum.to_string())
            .replace("{guild}", &place.guild.to_string())
            .replace("{karim}", &place.karim.to_string())
            .replace("{staff}", &place.staff.to_string());
        // With the right it works; that it is the right that counts is seen by losing it.
        let fresh = school().await;
        let same = path
            .replace(&place.general.to_string(), &fresh.general.to_string())
            .replace(&place.forum.to_string(), &fresh.forum.to_string())
            .replace(&place.guild.to_string(), &fresh.guild.to_string());
        assert_eq!(code(&fresh, method, &same, body.clone()).await, 0, "{method} {path}");
        lose(&place, right);
        assert_eq!(code(&place, method, &path, body).await, wanted, "{method} {path} without {right:?}");
        place.sim.assert_clean();
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_by_its_code() {
    let place = school().await;
    let (general, guild, karim) = (place.general, place.guild, place.karim);
    for (method, path, body, wanted) in [
        ("GET", "/channels/1".to_owned(), Value::Null, 10003),
        ("POST", "/channels/1/messages".into(), json!({ "content": "a" }), 10003),
        ("GET", "/guilds/1".into(), Value::Null, 10004),
        ("GET", format!("/guilds/{guild}/members/1"), Value::Null, 10013),
        ("GET", format!("/channels/{general}/messages/1"), Value::Null, 10008),
        ("PUT", format!("/guilds/{guild}/members/{karim}/roles/1"), Value::Null, 10011),
        ("GET", format!("/applications/{}/commands/1", place.application), Value::Null, 10063),
        ("GET", "/applications/1/commands".into(), Value::Null, 10002),
        ("PATCH", "/webhooks/1/abc/messages/@original".into(), json!({ "content": "a" }), 10015),
        (
            "PATCH",
            format!("/webhooks/{}/abc/messages/@original", place.application),
            json!({ "content": "a" }),
            50027,
        ),
        ("POST", format!("/channels/{}/messages", place.forum), json!({ "content": "a" }), 40058),
        ("POST", format!("/channels/{general}/messages"), json!({}), 50006),
        ("POST", format!("/channels/{}/messages/1/threads", place.forum), json!({ "name": "a" }), 50024),
    ] {
        assert_eq!(code(&place, method, &path, body).await, wanted, "{method} {path}");
    }
    let stranger = place.sim.add_person("paul", "Paul", "fr");
    assert_eq!(code(&place, "GET", &format!("/guilds/{guild}/members/{stranger}"), Value::Null).await, 10007);
}

#[tokio::test]
async fn only_a_known_bot_with_a_name_is_served() {
    let place = school().await;
    let url = format!("{}/users/@me", place.base);
    let send = |request: reqwest::RequestBuilder| async move {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json::<Value>().await.unwrap()["code"].as_u64().unwrap())
    };
    assert_eq!(send(place.client.get(&url)).await, (401, 0));
    for token in ["Bot wrong", "Bearer test-token", "test-token"] {
        assert_eq!(send(place.client.get(&url).header("authorization", token)).await, (401, 0), "{token}");
    }
    let nameless = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(send(nameless.get(&url).header("authorization", "Bot test-token")).await, (403, 40333));
    let (status, me) = place.call("GET", "/users/@me", Value::Null).await;
    assert_eq!((status, &me["username"]), (200, &json!("hub")));
    let (_, application) = place.call("GET", "/applications/@me", Value::Null).await;
    assert_eq!(application["verify_key"], json!(place.sim.public_key_hex(place.application)));
}

#[tokio::test]
async fn roles_above_the_bot_are_out_of_its_reach() {
    let place = school().await;
    let above = place.sim.add_role(place.guild, NewRole::named("direction"));
    let (guild, karim, learner) = (place.guild, place.karim, place.learner);
    let give = |role| format!("/guilds/{guild}/members/{karim}/roles/{role}");
    assert_eq!(code(&place, "PUT", &give(above), Value::Null).await, 50013);
    assert_eq!(code(&place, "DELETE", &format!("/guilds/{guild}/roles/{above}"), Value::Null).await, 50013);
    assert_eq!(code(&place, "PUT", &give(place.staff), Value::Null).await, 0);
    assert_eq!(code(&place, "DELETE", &give(learner), Value::Null).await, 0);
    let roles = place.sim.look(|world| world.member(guild, karim).unwrap().roles.clone());
    assert_eq!(roles, [place.staff].into());
    // Nobody gives away what they do not have.
    let too_much = json!({ "name": "chef", "permissions": Permissions::KICK_MEMBERS });
    assert_eq!(code(&place, "POST", &format!("/guilds/{guild}/roles"), too_much).await, 50013);
    let overwrite = json!({ "type": 0, "allow": Permissions::KICK_MEMBERS, "deny": "0" });
    let path = format!("/channels/{}/permissions/{learner}", place.general);
    assert_eq!(code(&place, "PUT", &path, overwrite).await, 50013);
    assert_eq!(code(&place, "PUT", &path, json!({ "type": 0, "allow": "0", "deny": "2048" })).await, 0);
    assert_eq!(place.sim.person("karim").in_channel("général").says("a").map(|_| ()), Ok(()));
    place.sim.join(guild, karim, &[learner]);
    assert_eq!(place.sim.person("karim").in_channel("général").says("a").unwrap_err().code, 50013);
    place.sim.assert_clean();
}

#[tokio::test]
async fn caps_are_told_by_their_codes() {
    let place = school().await;
    let guild = place.guild;
    let channels = format!("/guilds/{guild}/channels");
    let category = place.sim.add_channel(guild, NewChannel::category("Promotion"));
    for number in 0..50 {
        place.sim.add_channel(guild, NewChannel::text(format!("salon {number}")).under(category));
    }
    let (status, full) = place.call("POST", &channels, json!({ "name": "a", "parent_id": category })).await;
    assert_eq!(status, 400);
    assert_eq!(full["errors"]["parent_id"]["_errors"][0]["code"], "CHANNEL_PARENT_MAX_CHANNELS");
    let there = place.sim.look(|world| world.channels_in(guild).count());
    for _ in there..499 {
        place.sim.add_channel(guild, NewChannel::text("a"));
    }
    assert_eq!(code(&place, "POST", &channels, json!({ "name": "a" })).await, 0);
    assert_eq!(code(&place, "POST", &channels, json!({ "name": "a" })).await, 30013);

    let there = place.sim.look(|world| world.guilds[&guild].roles.len());
    for _ in there..250 {
        place.sim.add_role(guild, NewRole::named("a"));
    }
    let role = json!({ "name": "a", "permissions": "0" });
    assert_eq!(code(&place, "POST", &format!("/guilds/{guild}/roles"), role).await, 30005);
    place.sim.assert_clean();
}

#[tokio::test]
async fn forums_have_their_own_rules() {
    let place = school().await;
    let posts = format!("/channels/{}/threads", place.forum);
    let rust = place.sim.tag(place.forum, "Rust").unwrap();
    let post =
        |tags: Value| json!({ "name": "Un titre", "applied_tags": tags, "message": { "content": "a" } });
    let (status, unknown) = place.call("POST", &posts, post(json!(["1"]))).await;
    assert_eq!((status, &unknown["code"]), (400, &json!(50035)));
    let strict = place.sim.add_channel(place.guild, NewChannel::forum("strict", ["Rust"]).require_tag());
    assert_eq!(code(&place, "POST", &format!("/channels/{strict}/threads"), post(json!([]))).await, 40067);
    let (status, made) = place.call("POST", &posts, post(json!([rust]))).await;
    assert_eq!(status, 201);
    assert_eq!(made["applied_tags"], json!([rust]));
    let (_, active) =
        place.call("GET", &format!("/guilds/{}/threads/active", place.guild), Value::Null).await;
    assert_eq!(active["threads"][0]["id"], made["id"]);

    // Put away, it takes no edit; opened again, it does.
    let thread = format!("/channels/{}", made["id"].as_str().unwrap());
    let message = format!("{thread}/messages/{}", made["id"].as_str().unwrap());
    assert_eq!(code(&place, "PATCH", &thread, json!({ "archived": true, "locked": true })).await, 0);
    assert_eq!(code(&place, "PATCH", &message, json!({ "content": "b" })).await, 50083);
    let (_, active) =
        place.call("GET", &format!("/guilds/{}/threads/active", place.guild), Value::Null).await;
    assert_eq!(active["threads"], json!([]));
    let (_, archived) = place.call("GET", &format!("{posts}/archived/public"), Value::Null).await;
    assert_eq!(archived["threads"][0]["id"], made["id"]);
    assert_eq!(code(&place, "PATCH", &thread, json!({ "archived": false, "locked": false })).await, 0);
    assert_eq!(code(&place, "PATCH", &message, json!({ "content": "b" })).await, 0);

    // Silence puts it away by itself.
    place.pass(3 * 24 * 3600 + 60);
    let (_, active) =
        place.call("GET", &format!("/guilds/{}/threads/active", place.guild), Value::Null).await;
    assert_eq!(active["threads"], json!([]));
    // A message brings it back.
    assert_eq!(code(&place, "POST", &format!("{thread}/messages"), json!({ "content": "c" })).await, 0);
    let (_, active) =
        place.call("GET", &format!("/guilds/{}/threads/active", place.guild), Value::Null).await;
    assert_eq!(active["threads"][0]["id"], made["id"]);

    let plain = place.sim.add_guild(NewGuild {
        name: "Nu".into(),
        owner: place.sophie,
        locale: "fr".into(),
        community: false,
    });
    place.sim.install(place.application, plain, BOT_MAY);
    assert_eq!(
        code(&place, "POST", &format!("/guilds/{plain}/channels"), json!({ "name": "f", "type": 15 })).await,
        50024
    );
    place
        .sim
        .violations()
        .iter()
        .for_each(|violation| assert!(!violation.contains("own answer"), "{violation}"));
}

#[tokio::test]
async fn a_repeated_send_with_a_nonce_is_one_message() {
    let place = school().await;
    let messages = format!("/channels/{}/messages", place.general);
    let send =
        || place.call("POST", &messages, json!({ "content": "a", "nonce": "n1", "enforce_nonce": true }));
    let (first, again) = (send().await.1, send().await.1);
    assert_eq!(first["id"], again["id"]);
    place.pass(10 * 60);
    assert_ne!(send().await.1["id"], first["id"], "after some minutes it is another one");
    let loose = || place.call("POST", &messages, json!({ "content": "a", "nonce": "n2" }));
    assert_ne!(loose().await.1["id"], loose().await.1["id"]);
}

#[tokio::test]
async fn private_messages_can_be_refused() {
    let place = school().await;
    let recipient = json!({ "recipient_id": place.karim });
    let (_, channel) = place.call("POST", "/users/@me/channels", recipient.clone()).await;
    let (_, same) = place.call("POST", "/users/@me/channels", recipient).await;
    assert_eq!(channel["id"], same["id"]);
    let messages = format!("/channels/{}/messages", channel["id"].as_str().unwrap());
    assert_eq!(code(&place, "POST", &messages, json!({ "content": "a" })).await, 0);
    place.sim.set_refuses_dms(place.karim, true);
    assert_eq!(code(&place, "POST", &messages, json!({ "content": "a" })).await, 50007);
    place.sim.set_refuses_dms(place.karim, false);
    place.sim.leave(place.guild, place.karim);
    assert_eq!(code(&place, "POST", &messages, json!({ "content": "a" })).await, 50278);
    place.sim.assert_clean();
}

#[tokio::test]
async fn only_what_is_allowed_is_called() {
    let place = school().await;
    let messages = format!("/channels/{}/messages", place.general);
    let text = format!("<@{}> <@&{}> @everyone", place.karim, place.learner);
    let quiet = json!({ "content": text, "allowed_mentions": { "parse": [] } });
    let (_, quiet) = place.call("POST", &messages, quiet).await;
    assert_eq!(
        (&quiet["mentions"], &quiet["mention_roles"], &quiet["mention_everyone"]),
        (&json!([]), &json!([]), &json!(false))
    );
    let one = json!({ "content": text, "allowed_mentions": { "parse": [], "users": [place.karim], "roles": [place.learner] } });
    let (_, one) = place.call("POST", &messages, one).await;
    assert_eq!(one["mentions"][0]["username"], "karim");
    assert_eq!(one["mention_roles"], json!([]), "the role is not to be mentioned by everybody");
    let (_, all) = place.call("POST", &messages, json!({ "content": text })).await;
    assert_eq!(all["mentions"][0]["username"], "karim");
    assert_eq!(all["mention_everyone"], false, "the bot may not");
}

#[tokio::test]
async fn commands_keep_their_id_while_their_name_stays() {
    let place = school().await;
    let path = format!("/applications/{}/commands", place.application);
    let list = |description: &str| json!([{ "name": "a", "description": description }, { "name": "b", "description": "d" }]);
    let (_, first) = place.call("PUT", &path, list("un")).await;
    let (_, second) = place.call("PUT", &path, list("deux")).await;
    assert_eq!(first[0]["id"], second[0]["id"]);
    assert_ne!(first[0]["version"], second[0]["version"]);
    assert_eq!(first[1]["version"], second[1]["version"]);
    let (status, made) = place.call("POST", &path, json!({ "name": "c", "description": "d" })).await;
    assert_eq!(status, 201);
    assert_eq!(place.call("POST", &path, json!({ "name": "c", "description": "e" })).await.0, 200);
    assert_eq!(
        place.call("DELETE", &format!("{path}/{}", made["id"].as_str().unwrap()), Value::Null).await.0,
        204
    );
    let (_, listed) = place.call("GET", &path, Value::Null).await;
    assert_eq!(listed.as_array().map(Vec::len), Some(2), "{listed}");
    let local = format!("/applications/{}/guilds/{}/commands", place.application, place.guild);
    let (_, local_list) = place.call("PUT", &local, json!([{ "name": "d", "description": "d" }])).await;
    assert_eq!(local_list[0]["guild_id"], json!(place.guild));
    let named: Vec<String> =
        place.sim.commands_of(place.karim, place.guild).into_iter().map(|c| c.name).collect();
    assert_eq!(named, ["a", "b", "d"]);
    let twice = json!([{ "name": "a", "description": "d" }, { "name": "a", "description": "d" }]);
    assert_eq!(place.call("PUT", &path, twice).await.1["code"], 50035);
    place.sim.assert_clean();
}
