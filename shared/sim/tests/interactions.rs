//! Deliveries and their answers: what is sent, what is waited for, who sees what.

mod place;

use std::collections::BTreeMap;
use std::time::Duration;

use expect_test::expect;
use place::{Place, delivered, original, place, whisper};
use serde_json::{Value, json};
use sim::{Endpoint, Failure, Filled, Seen, Typed};

fn commands() -> Value {
    json!([
        { "name": "hub", "description": "d", "options": [{ "type": 1, "name": "fiche", "description": "d", "options": [
            { "type": 3, "name": "ressource", "description": "d", "required": true, "max_length": 10 },
            { "type": 6, "name": "auteur", "description": "d" },
            { "type": 4, "name": "page", "description": "d", "min_value": 1, "max_value": 9 },
            { "type": 3, "name": "tri", "description": "d", "choices": [{ "name": "Récentes", "value": "new" }] }] }] },
        { "name": "gerer", "description": "d", "default_member_permissions": "8192" },
        { "name": "Signaler ce message", "type": 3 },
        { "name": "ici", "description": "d", "contexts": [0, 1] },
    ])
}

async fn school(answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Place {
    let place = place(answer).await;
    place.sim.register(place.application, commands()).unwrap();
    place
}

/// Keys at every depth, so that a field that goes missing is seen.
fn shape(value: &Value, path: &str, into: &mut Vec<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let name = if name.bytes().all(|byte| byte.is_ascii_digit()) { "…" } else { name };
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        if inner.as_object().is_some_and(|map| !map.is_empty()) {
            shape(inner, &path, into);
        } else {
            into.push(path);
        }
    }
}

#[tokio::test]
async fn a_command_arrives_complete() {
    let place = school(|_| whisper("-")).await;
    let karim = place.sim.person("karim").in_channel("général");
    let options = [("ressource", "H-1"), ("auteur", "@sophie"), ("page", "2"), ("tri", "Récentes")];
    karim.types("/hub fiche", &options).await;
    let sent = delivered(&place);
    let mut fields = Vec::new();
    shape(&sent, "", &mut fields);
    expect![[r#"
        app_permissions
        application_id
        attachment_size_limit
        authorizing_integration_owners.…
        channel.default_auto_archive_duration
        channel.flags
        channel.guild_id
        channel.id
        channel.last_message_id
        channel.name
        channel.nsfw
        channel.parent_id
        channel.permissions
        channel.position
        channel.rate_limit_per_user
        channel.topic
        channel.type
        channel_id
        context
        data.id
        data.name
        data.options
        data.resolved.members.….avatar
        data.resolved.members.….banner
        data.resolved.members.….communication_disabled_until
        data.resolved.members.….flags
        data.resolved.members.….joined_at
        data.resolved.members.….nick
        data.resolved.members.….pending
        data.resolved.members.….permissions
        data.resolved.members.….premium_since
        data.resolved.members.….roles
        data.resolved.users.….avatar
        data.resolved.users.….discriminator
        data.resolved.users.….flags
        data.resolved.users.….global_name
        data.resolved.users.….id
        data.resolved.users.….primary_guild
        data.resolved.users.….public_flags
        data.resolved.users.….username
        data.type
        entitlements
        guild.features
        guild.id
        guild.locale
        guild_id
        guild_locale
        id
        locale
        member.avatar
        member.banner
        member.communication_disabled_until
        member.deaf
        member.flags
        member.joined_at
        member.mute
        member.nick
        member.pending
        member.permissions
        member.premium_since
        member.roles
        member.user.avatar
        member.user.discriminator
        member.user.flags
        member.user.global_name
        member.user.id
        member.user.primary_guild
        member.user.public_flags
        member.user.username
        token
        type
        version"#]]
    .assert_eq(&fields.join("\n"));
    assert_eq!(sent["type"], 2);
    assert_eq!(
        (&sent["locale"], &sent["guild_locale"], &sent["context"]),
        (&json!("fr"), &json!("fr"), &json!(0))
    );
    let may: u64 = sent["member"]["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(may & (1 << 11 | 1 << 13), 1 << 11, "a learner writes and does not moderate");
    let typed = &sent["data"]["options"][0];
    assert_eq!(typed["name"], "fiche");
    assert_eq!(typed["options"][1]["value"], json!(place.sophie));
    assert_eq!(typed["options"][2]["value"], 2);
    assert_eq!(typed["options"][3]["value"], "new");
    assert!(sent["data"]["resolved"]["users"][place.sophie.to_string()]["username"] == "sophie");
    place.sim.assert_clean();
}

#[tokio::test]
async fn what_discord_does_not_send_is_not_sent() {
    let place = school(|_| whisper("-")).await;
    let karim = place.sim.person("karim").in_channel("général");
    for (command, options, why) in [
        ("/hub", vec![], "Choisissez une sous-commande."),
        ("/hub fiche", vec![], "Remplissez ressource."),
        (
            "/hub fiche",
            vec![("ressource", "plus de dix lettres")],
            "ressource : il faut de 0 à 10 caractères",
        ),
        ("/hub fiche", vec![("ressource", "a"), ("page", "10")], "page : il faut un nombre de 1 à 9"),
        ("/hub fiche", vec![("ressource", "a"), ("page", "x")], "page : il faut un nombre entier"),
        ("/hub fiche", vec![("ressource", "a"), ("tri", "old")], "tri : ce n’est pas un des choix"),
        (
            "/hub fiche",
            vec![("ressource", "a"), ("auteur", "@nobody")],
            "auteur : @nobody ne désigne ni personne ni rien ici",
        ),
        ("/hub rien", vec![], "La sous-commande rien n’existe pas."),
        ("/gerer", vec![], "La commande /gerer n’est pas pour vous ici."),
        ("/inconnue", vec![], "La commande /inconnue n’existe pas."),
    ] {
        let seen = karim.types(command, &options).await;
        assert_eq!(seen, Seen::Refused(why.to_owned()), "{command} {options:?}");
    }
    // As Discord does, in the language of whoever typed.
    let hugo = place.sim.add_person("hugo", "Hugo", "en-GB");
    place.sim.join(place.guild, hugo, &[place.learner]);
    let page = [("ressource", "a"), ("page", "10")];
    let seen = place.sim.person("hugo").in_channel("général").types("/hub fiche", &page).await;
    assert_eq!(seen, Seen::Refused("page: must be 1 to 9".to_owned()));
    assert!(place.sim.deliveries().is_empty());
    // A forum has no message box.
    assert!(matches!(karim.in_channel("ressources").types("/ici", &[]).await, Seen::Refused(_)));
    assert!(matches!(
        place.sim.person("sophie").in_channel("général").types("/gerer", &[]).await,
        Seen::Message(_)
    ));
}

#[tokio::test]
async fn a_menu_command_brings_its_message() {
    let place = school(|_| whisper("C’est noté.")).await;
    let message =
        place.sim.person("sophie").in_channel("général").says("Regardez https://example.org").unwrap();
    let karim = place.sim.person("karim").in_channel("général");
    karim.chooses_menu("Signaler ce message", message.0).await;
    let sent = delivered(&place);
    assert_eq!(sent["data"]["target_id"], json!(message));
    let resolved = &sent["data"]["resolved"]["messages"][message.to_string()];
    assert_eq!(resolved["content"], "Regardez https://example.org");
}

#[tokio::test]
async fn in_private_there_is_a_user_and_no_server() {
    let place = school(|_| json!({ "type": 4, "data": { "content": "Bonjour" } })).await;
    let karim = place.sim.person("karim").in_private_with("hub");
    assert!(matches!(karim.types("/hub fiche", &[("ressource", "a")]).await, Seen::Message(_)));
    assert!(matches!(karim.types("/ici", &[]).await, Seen::Message(_)));
    let sent = delivered(&place);
    assert_eq!(sent["user"]["username"], "karim");
    assert_eq!(sent["context"], 1);
    assert!(sent.get("member").is_none() && sent.get("guild_id").is_none());
    assert_eq!(sent["authorizing_integration_owners"]["0"], "0");
    place.sim.assert_clean();
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_three_seconds_is_none() {
    let place = school(|_| whisper("-")).await;
    for (seconds, failure) in [(2, None), (4, Some(Failure::Late))] {
        let slow = move |_: http::Request<bytes::Bytes>| async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            let body = bytes::Bytes::from(whisper("Me voilà.").to_string());
            http::Response::builder().header("content-type", "application/json").body(body).unwrap()
        };
        place.sim.set_endpoint(place.application, Endpoint::local(slow));
        let seen = place.sim.person("karim").in_channel("général").types("/ici", &[]).await;
        match failure {
            None => assert!(matches!(seen, Seen::Message(_)), "{seen:?}"),
            Some(failure) => assert_eq!(seen, Seen::Failed(failure)),
        }
    }
    expect![[r#"
        karim, in #général, types /ici
        hub, to karim alone: Me voilà.
        karim types /ici
        karim sees: L'application ne répond plus
    "#]]
    .assert_eq(&place.sim.transcript());
}

#[tokio::test]
async fn an_answer_can_be_changed_for_fifteen_minutes() {
    let place = school(|_| json!({ "type": 5, "data": { "flags": 64 } })).await;
    let karim = place.sim.person("karim").in_channel("général");
    let Seen::Thinking(message) = karim.types("/ici", &[]).await else { panic!("it thinks") };
    let path = original(&place);
    assert_eq!(place.call("GET", &path, Value::Null).await.1["flags"], 64 | 128);
    let (status, body) = place.call("PATCH", &path, json!({ "content": "Fini." })).await;
    assert_eq!((status, &body["content"], &body["flags"]), (200, &json!("Fini."), &json!(64)));
    assert_eq!(place.sim.message(place.karim, place.general, message).unwrap().content, "Fini.");
    place.pass(15 * 60);
    assert_eq!(place.call("PATCH", &path, json!({ "content": "Encore." })).await.0, 200);
    place.pass(1);
    let (status, body) = place.call("PATCH", &path, json!({ "content": "Trop tard." })).await;
    assert_eq!((status, &body["code"]), (401, &json!(50027)));
}

#[tokio::test]
async fn a_token_is_unknown_until_the_first_answer_came() {
    let place = school(|_| whisper("-")).await;
    let (base, client) = (place.base.clone(), place.client.clone());
    let hasty = move |request: http::Request<bytes::Bytes>| {
        let (base, client) = (base.clone(), client.clone());
        async move {
            let sent: Value = serde_json::from_slice(request.body()).unwrap();
            let path = format!(
                "{base}/webhooks/{}/{}/messages/@original",
                sent["application_id"].as_str().unwrap(),
                sent["token"].as_str().unwrap()
            );
            let response = client.patch(path).json(&json!({ "content": "Déjà ?" })).send().await.unwrap();
            let answer: Value = response.json().await.unwrap();
            let body = bytes::Bytes::from(whisper(&answer["code"].to_string()).to_string());
            http::Response::builder().header("content-type", "application/json").body(body).unwrap()
        }
    };
    place.sim.set_endpoint(place.application, Endpoint::local(hasty));
    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/ici", &[]).await;
    assert_eq!(karim.sees().last().unwrap().content, "10015");
}

#[tokio::test]
async fn an_interaction_is_answered_once() {
    let place = school(|_| whisper("-")).await;
    let (base, client) = (place.base.clone(), place.client.clone());
    let by_callback = move |request: http::Request<bytes::Bytes>| {
        let (base, client) = (base.clone(), client.clone());
        async move {
            let sent: Value = serde_json::from_slice(request.body()).unwrap();
            let path = format!(
                "{base}/interactions/{}/{}/callback?with_response=true",
                sent["id"].as_str().unwrap(),
                sent["token"].as_str().unwrap()
            );
            let first = client.post(&path).json(&whisper("Par l’autre porte.")).send().await.unwrap();
            assert_eq!(first.status(), 200);
            let first: Value = first.json().await.unwrap();
            assert_eq!(first["resource"]["message"]["content"], "Par l’autre porte.");
            let second: Value =
                client.post(&path).json(&whisper("Encore.")).send().await.unwrap().json().await.unwrap();
            assert_eq!(second["code"], 40060);
            http::Response::builder().status(202).body(bytes::Bytes::new()).unwrap()
        }
    };
    place.sim.set_endpoint(place.application, Endpoint::local(by_callback));
    let karim = place.sim.person("karim").in_channel("général");
    assert!(matches!(karim.types("/ici", &[]).await, Seen::Message(_)));
    let sent = delivered(&place);
    let path = format!(
        "/interactions/{}/{}/callback",
        sent["id"].as_str().unwrap(),
        sent["token"].as_str().unwrap()
    );
    assert_eq!(place.call("POST", &path, whisper("-")).await.1["code"], 40060);
    let other = format!("/interactions/1/{}/callback", sent["token"].as_str().unwrap());
    assert_eq!(place.call("POST", &other, whisper("-")).await.1["code"], 10062);
    place.sim.assert_clean();
}

#[tokio::test]
async fn follow_ups_choose_their_own_audience() {
    let place = school(|_| whisper("Première.")).await;
    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/ici", &[]).await;
    let path = original(&place).replace("/messages/@original", "");
    let (_, private) = place.call("POST", &path, json!({ "content": "Pour vous.", "flags": 64 })).await;
    let (_, public) = place.call("POST", &path, json!({ "content": "Pour tous." })).await;
    let seen = |who: &str| {
        let person = place.sim.person(who).in_channel("général");
        person.sees().iter().map(|message| message.content.clone()).collect::<Vec<_>>()
    };
    assert_eq!(seen("karim"), ["Première.", "Pour vous.", "Pour tous."]);
    assert_eq!(seen("sophie"), ["Pour tous."]);
    // Routes of the channel know neither of the private ones.
    let messages = format!("/channels/{}/messages", place.general);
    let (_, listed) = place.call("GET", &messages, Value::Null).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let hidden = format!("{messages}/{}", private["id"].as_str().unwrap());
    assert_eq!(place.call("GET", &hidden, Value::Null).await.1["code"], 10008);
    assert_eq!(place.call("PATCH", &hidden, json!({ "content": "a" })).await.1["code"], 10008);
    let own = format!("{path}/messages/{}", public["id"].as_str().unwrap());
    assert_eq!(place.call("DELETE", &own, Value::Null).await.0, 204);
    assert_eq!(seen("sophie"), Vec::<String>::new());
    karim.dismisses();
    assert_eq!(seen("karim"), Vec::<String>::new());
    place.sim.assert_clean();
}

fn card(content: &str, disabled: bool) -> Value {
    json!({ "content": content, "flags": 64, "components": [
        { "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Oui", "custom_id": "yes" },
            { "type": 2, "style": 2, "label": "Non", "custom_id": "no", "disabled": disabled }] },
        { "type": 1, "components": [{ "type": 3, "custom_id": "pick", "placeholder": "Choisissez", "max_values": 2, "options": [
            { "label": "Rouge", "value": "r" }, { "label": "Vert", "value": "g" }, { "label": "Bleu", "value": "b" }] }] } ] })
}

#[tokio::test]
async fn buttons_and_selects_change_their_message() {
    let place = school(|sent| match sent["data"]["custom_id"].as_str() {
        None => json!({ "type": 4, "data": card("Alors ?", false) }),
        Some("yes") => json!({ "type": 7, "data": card("Oui, donc.", true) }),
        Some("pick") => {
            json!({ "type": 7, "data": { "content": sent["data"]["values"].to_string(), "components": [] } })
        }
        Some(_) => json!({ "type": 6 }),
    })
    .await;
    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/ici", &[]).await;
    assert_eq!(karim.presses("Non").await, Seen::Nothing);
    let Seen::Updated(message) = karim.presses("Oui").await else { panic!("it changes") };
    // It is disabled now, also for who still has the old card on the screen.
    assert!(matches!(karim.presses("Non").await, Seen::Refused(_)));
    let press = |values: &[&str]| {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let place = &place;
        async move { place.sim.press(place.karim, place.general, message, "pick", &values).await }
    };
    assert!(matches!(press(&[]).await, Seen::Refused(_)));
    assert!(matches!(press(&["r", "g", "b"]).await, Seen::Refused(_)));
    assert!(matches!(press(&["x"]).await, Seen::Refused(_)));
    // It is nobody else's.
    let sophie = place.sim.press(place.sophie, place.general, message, "yes", &[]).await;
    assert!(matches!(sophie, Seen::Refused(_)));
    karim.chooses(&["Vert", "Bleu"]).await;
    expect![[r#"
        karim, in #général, types /ici
        hub, to karim alone: Alors ?
            [Oui] [Non]
            (Choisissez: Rouge · Vert · Bleu)
        karim presses [Non]
        karim presses [Oui]
        hub edits, to karim alone: Oui, donc.
            [Oui] [Non, off]
            (Choisissez: Rouge · Vert · Bleu)
        karim cannot: Cela ne peut pas être utilisé maintenant.
        karim presses [Vert, Bleu]
        hub edits, to karim alone: ["g","b"]
    "#]]
    .assert_eq(&place.sim.transcript());
    place.sim.assert_clean();
}

#[tokio::test]
async fn a_form_is_held_to_its_rules() {
    let place = school(|sent| match sent["type"].as_u64() {
        Some(5) => whisper("Reçu."),
        _ => json!({ "type": 9, "data": { "custom_id": "m", "title": "Formulaire", "components": [
            { "type": 10, "content": "Merci de répondre." },
            { "type": 18, "label": "Titre", "component": { "type": 4, "custom_id": "t", "style": 1, "min_length": 5, "max_length": 10 } },
            { "type": 18, "label": "Note", "component": { "type": 21, "custom_id": "r", "required": false,
                "options": [{ "label": "Bien", "value": "1" }, { "label": "Mal", "value": "0" }] } },
            { "type": 18, "label": "Prévenir", "component": { "type": 23, "custom_id": "c", "default": true } },
            { "type": 18, "label": "Fichier", "component": { "type": 19, "custom_id": "f", "required": false,
                "min_values": 0, "max_values": 1, "file_types": [".pdf"] } } ] } }),
    })
    .await;
    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/ici", &[]).await;
    let refused = |why: &str| Seen::Refused(why.to_owned());
    let short = karim.fills("Titre", "abc").sends().await;
    assert_eq!(short, refused("Titre : il faut de 5 à 10 caractères, il y en a 3"));
    assert_eq!(karim.form().sends().await, refused("Titre : ce champ est obligatoire"));
    let wrong = karim.fills("Titre", "abcdef").attaches("Fichier", "cv.exe", b"x".as_slice()).sends().await;
    assert_eq!(wrong, refused("Fichier : cv.exe est d’un autre type"));
    let modal = place.sim.modals_of(place.karim).pop().unwrap();
    let stranger = BTreeMap::from([("t".to_owned(), Filled::Text("abcdef".into()))]);
    assert!(matches!(place.sim.submit(place.sophie, modal.id, &stranger).await, Seen::Refused(_)));
    karim
        .fills("Titre", "abcdef")
        .chooses("Note", &["Bien"])
        .ticks("Prévenir", false)
        .attaches("Fichier", "CV.PDF", b"%PDF".as_slice())
        .sends()
        .await;
    let sent = delivered(&place);
    let parts = sent["data"]["components"].as_array().unwrap();
    assert_eq!(parts[0], json!({ "type": 10, "id": 1 }));
    assert_eq!(parts[1]["component"]["value"], "abcdef");
    assert_eq!(parts[2]["component"]["value"], "1");
    assert_eq!(parts[3]["component"]["value"], false);
    let file = parts[4]["component"]["values"][0].as_str().unwrap();
    let resolved = &sent["data"]["resolved"]["attachments"][file];
    assert_eq!((&resolved["filename"], &resolved["size"]), (&json!("CV.PDF"), &json!(4)));
    let url = resolved["url"].as_str().unwrap();
    assert_eq!(place.client.get(url).send().await.unwrap().bytes().await.unwrap().as_ref(), b"%PDF");
    assert!(place.sim.modals_of(place.karim).is_empty());
    place.sim.assert_clean();
}

#[tokio::test]
async fn a_delivery_can_be_replayed_forged_and_delayed() {
    let place = school(|_| whisper("Une fois.")).await;
    let karim = place.sim.person("karim").in_channel("général");
    karim.types("/ici", &[]).await;
    let first = place.sim.deliveries().pop().unwrap();
    place.pass(600);
    let again = place.sim.replay(first.number).await.unwrap();
    assert_eq!((again.status, &again.body, &again.response), (Some(200), &first.body, &first.response));
    assert_eq!(place.sim.forge(first.number).await.unwrap().status, Some(401));
    assert_eq!(place.sim.send_late(first.number, 3600).await.unwrap().status, Some(401));
    assert_eq!(place.sim.send_late(first.number, 60).await.unwrap().status, Some(200));
    assert_eq!(karim.sees().len(), 1, "what is sent again changes nothing on the screen");
    assert_eq!(place.sim.check_endpoint(place.application).await, Ok(()));
}

#[tokio::test]
async fn nobody_answers_at_all() {
    let place = school(|_| whisper("-")).await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    place.sim.set_endpoint(place.application, Endpoint::Http(format!("http://{free}/interactions")));
    let typed = Typed { path: vec!["ici".into()], ..Typed::default() };
    let seen = place.sim.run_command(place.karim, place.general, &typed).await;
    assert!(matches!(seen, Seen::Failed(Failure::Unreachable(_))), "{seen:?}");
    assert!(place.sim.deliveries()[0].problem.is_some());
}
