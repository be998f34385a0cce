//! People act and see what Discord would show them.

mod place;

use expect_test::expect;
use place::{place, whisper};
use serde_json::{Value, json};

/// A hub in miniature: a command opens a form, the form's answer thinks, a worker posts, a button is pressed.
fn hub(interaction: &Value) -> Value {
    match (interaction["type"].as_u64(), interaction["data"]["custom_id"].as_str()) {
        (Some(4), _) => {
            json!({ "type": 8, "data": { "choices": [{ "name": "Le livre de Rust", "value": "H-1" }] } })
        }
        (Some(2), _) if interaction["data"]["name"] == "chercher" => whisper("Une ressource trouvée."),
        (Some(2), _) => json!({ "type": 9, "data": {
            "custom_id": "hub/1:share", "title": "Partager une ressource", "components": [
                { "type": 18, "label": "Lien", "component":
                    { "type": 4, "custom_id": "link", "style": 1, "required": false, "max_length": 2048,
                      "value": interaction["data"]["options"][0]["value"] } },
                { "type": 18, "label": "Titre", "component":
                    { "type": 4, "custom_id": "title", "style": 1, "min_length": 5, "max_length": 100 } },
                { "type": 18, "label": "Thèmes", "component":
                    { "type": 3, "custom_id": "themes", "max_values": 2,
                      "options": [{ "label": "Rust", "value": "t1" }, { "label": "Python", "value": "t2" }] } }
            ] } }),
        (Some(5), _) => json!({ "type": 5, "data": { "flags": 64 } }),
        (Some(3), Some("hub/1:up")) => whisper("Merci, votre vote compte."),
        other => panic!("nothing is done with {other:?}"),
    }
}

fn commands() -> Value {
    json!([
        { "name": "partager", "description": "Partager un lien", "type": 1,
          "options": [{ "name": "lien", "description": "Lien", "type": 3, "max_length": 2048 }] },
        { "name": "chercher", "description": "Trouver une ressource", "type": 1,
          "options": [{ "name": "texte", "description": "Mots", "type": 3, "required": true, "autocomplete": true }] },
    ])
}

fn post() -> Value {
    json!({ "name": "Le livre de Rust", "message": {
        "embeds": [{ "title": "Le livre de Rust", "url": "https://doc.rust-lang.org/book/",
                     "description": "Pour bien commencer.", "footer": { "text": "H-1" } }],
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 5, "label": "Ouvrir", "url": "https://doc.rust-lang.org/book/" },
            { "type": 2, "style": 2, "label": "Utile (2)", "custom_id": "hub/1:up" },
            { "type": 2, "style": 2, "label": "Plus tard", "custom_id": "hub/1:later", "disabled": true } ] }],
        "allowed_mentions": { "parse": [] } } })
}

#[tokio::test]
async fn a_link_is_shared_and_voted_for() {
    let place = place(hub).await;
    let (status, _) =
        place.call("PUT", &format!("/applications/{}/commands", place.application), commands()).await;
    assert_eq!(status, 200);

    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/partager", &[("lien", "https://doc.rust-lang.org/book/")]).await;
    karim.fills("Titre", "Le livre de Rust").chooses("Thèmes", &["Rust"]).sends().await;

    let token = {
        let delivered: Value = serde_json::from_str(&place.sim.deliveries().last().unwrap().body).unwrap();
        delivered["token"].as_str().unwrap().to_owned()
    };
    let mut body = post();
    body["applied_tags"] = json!([place.sim.tag(place.forum, "Rust").unwrap()]);
    let (status, post) = place.call("POST", &format!("/channels/{}/threads", place.forum), body).await;
    assert_eq!((status, &post["id"]), (201, &post["message"]["id"]));
    let answer = format!("/webhooks/{}/{token}/messages/@original", place.application);
    let link = format!("C’est publié : <#{}>", post["id"].as_str().unwrap());
    let (status, _) = place.call("PATCH", &answer, json!({ "content": link })).await;
    assert_eq!(status, 200);

    karim.in_channel("ressources").presses("Utile").await;
    karim.completes("/chercher", "texte", "rus").await;
    karim.types("/chercher", &[("texte", "H-1")]).await;

    expect![[r#"
        karim, in #général, types /partager lien: https://doc.rust-lang.org/book/
        hub asks karim « Partager une ressource »
            Lien = https://doc.rust-lang.org/book/
            Titre*
            Thèmes* (Rust · Python)
        karim sends « Partager une ressource »
            Titre: Le livre de Rust
            Thèmes: Rust
        hub, to karim alone: thinking…
        hub posts « Le livre de Rust » in #ressources (Rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Pour bien commencer.
            | H-1
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile (2)] [Plus tard, off]
        hub edits, to karim alone: C’est publié : « Le livre de Rust »
        karim, in « Le livre de Rust », presses [Utile (2)]
        hub, to karim alone: Merci, votre vote compte.
        karim is typing /chercher texte: rus…
            Le livre de Rust
        karim, in #général, types /chercher texte: H-1
        hub, to karim alone: Une ressource trouvée.
    "#]]
    .assert_eq(&place.sim.transcript());
    place.sim.assert_clean();
}
