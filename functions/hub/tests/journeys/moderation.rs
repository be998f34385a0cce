//! People report, moderators decide.

use std::time::Duration;

use directory::{ChannelKey, Guild, RoleKey};
use discord::permission::Permissions;
use discord::{RoleId, UserId};
use expect_test::expect;
use hub::Hub;
use sim::{NewChannel, NewRole};
use tests::stage::Play;

use super::{BOOK, library, shares};

/// A library with two moderators, `idris` and `paula`, and their channel, where a resource of `karim` is
/// published.
async fn guarded() -> Play<Hub> {
    let play = library().await;
    let role = |name: &str| play.sim.look(|world| role_named(world, &play, name));
    let (learners, trainers) = (role("Apprenants"), role("Formateurs"));
    let moderators =
        play.sim.add_role(play.guild, NewRole::named("Modérateurs").may(Permissions::MANAGE_MESSAGES));
    for (name, shown) in [("idris", "Idris"), ("paula", "Paula")] {
        let user = play.sim.add_person(name, shown, "fr");
        play.sim.join(play.guild, user, &[moderators]);
    }
    let channel = play.sim.add_channel(play.guild, NewChannel::text("moderation"));
    let settings = Guild::default()
        .role(RoleKey::Learner, learners)
        .role(RoleKey::Trainer, trainers)
        .role(RoleKey::Moderator, moderators)
        .channel(ChannelKey::Hub, play.forum)
        .channel(ChannelKey::Moderation, channel);
    play.set(&settings).await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    play
}

fn role_named(world: &sim::World, play: &Play<Hub>, name: &str) -> RoleId {
    world.guilds[&play.guild].roles.values().find(|role| role.name == name).expect("the stage has it").id
}

/// Learners who are not on the stage from the start: `eleve0`, `eleve1`…
fn learners(play: &Play<Hub>, count: usize) -> Vec<String> {
    let role = play.sim.look(|world| role_named(world, play, "Apprenants"));
    let names: Vec<String> = (0..count).map(|number| format!("eleve{number}")).collect();
    for name in &names {
        let user: UserId = play.sim.add_person(name, name, "fr");
        play.sim.join(play.guild, user, &[role]);
    }
    names
}

/// Somebody reports the resource, and the worker does its part.
async fn reports(play: &Play<Hub>, who: &str, category: &str) {
    let person = play.sim.person(who).in_channel("bibliotheque");
    person.presses("Signaler").await;
    person.form().chooses("Catégorie", &[category]).sends().await;
    play.work().await;
}

#[tokio::test]
async fn hub_20_one_report_of_what_is_grave_hides_at_once_and_calls_the_moderators() {
    let play = guarded().await;
    reports(&play, "lea", "Met en danger des mineurs").await;
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.types("/chercher", &[("texte", "rust")]).await;
    expect![[r#"
        lea, in « Le livre de Rust », presses [Signaler]
        Passerelle asks lea « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        lea sends « Signaler »
            Catégorie: Met en danger des mineurs
        Passerelle, to lea alone: Merci, votre signalement est enregistré. La ressource est masquée le temps d’une vérification.
        Passerelle edits: Ressource masquée le temps d’une vérification.
        Passerelle in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Met en danger des mineurs : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Masquée
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
        nadia, in #general, types /chercher texte: rust
        Passerelle, to nadia alone: Rien trouvé pour « rust ». Essayez un autre mot, ou partagez la ressource qui manque avec /partager.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_20_a_newcomer_alerts_of_what_is_grave_and_hides_nothing() {
    let play = guarded().await;
    reports(&play, "hugo", "Met en danger des mineurs").await;
    expect![[r#"
        hugo, in « Le livre de Rust », presses [Signaler]
        Passerelle asks hugo « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        hugo sends « Signaler »
            Catégorie: Met en danger des mineurs
        Passerelle, to hugo alone: Merci, votre signalement est enregistré. La personne signalée ne verra pas votre nom.
        Passerelle in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Met en danger des mineurs : 0 (et 1 alerte)
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Publiée
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_21_the_fifth_person_makes_a_case_and_nobody_reports_twice() {
    let play = guarded().await;
    let people = learners(&play, 4);
    for name in &people[..3] {
        reports(&play, name, "Offensant").await;
    }
    reports(&play, "lea", "Offensant").await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.take_transcript();
    let moderation = play.sim.person("idris").in_channel("moderation");
    assert_eq!(moderation.reads(), "", "four are below the threshold");
    moderation.types("/moderation file", &[]).await;
    reports(&play, &people[3], "Offensant").await;
    // The first person again: the category can be changed, the report stays one.
    let lea = play.sim.person("lea").in_channel("bibliotheque");
    lea.presses("Signaler").await;
    lea.presses("Changer la catégorie").await;
    lea.form().chooses("Catégorie", &["Spam"]).fills("Précisions", "C’est de la *publicité*.").sends().await;
    play.work().await;
    moderation.types("/moderation dossier", &[("numero", &the_case(&play).await)]).await;
    expect![[r#"
        idris, in #moderation, types /moderation file
        Passerelle, to idris alone:
            **Sous le seuil (1)**
            **D-DTNC6** · Nouveau · Le livre de Rust
            Offensant : 4
            Pour tout voir d’un dossier : /moderation dossier.
        eleve3, in « Le livre de Rust », presses [Signaler]
        Passerelle asks eleve3 « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        eleve3 sends « Signaler »
            Catégorie: Offensant
        Passerelle, to eleve3 alone: Merci, votre signalement est enregistré. La personne signalée ne verra pas votre nom.
        Passerelle in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Offensant : 5
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Publiée
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
        lea presses [Signaler]
        Passerelle, to lea alone: Vous avez déjà signalé ceci. Vous pouvez changer la catégorie. (HUB-E13)
            [Changer la catégorie]
        lea presses [Changer la catégorie]
        Passerelle asks lea « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant* · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        lea sends « Signaler »
            Catégorie: Spam
            Précisions: C’est de la *publicité*.
        Passerelle, to lea alone: C’est changé. Votre signalement est à jour.
        Passerelle edits in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Offensant : 4
            | Spam : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Publiée
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
        idris, in #moderation, types /moderation dossier numero: D-DTNC6
        Passerelle, to idris alone: - Spam, par @lea <t:1795510800:R>
            > C’est de la \*publicité\*.
            - Offensant, par @eleve0 <t:1795510800:R>
            - Offensant, par @eleve1 <t:1795510800:R>
            - Offensant, par @eleve2 <t:1795510800:R>
            - Offensant, par @eleve3 <t:1795510860:R>
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Offensant : 4
            | Spam : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Publiée
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

/// The number of the one case.
async fn the_case(play: &Play<Hub>) -> String {
    let items = play.aws.items(tests::stage::PREFIX, hub::items::STATE).await;
    let case = items.iter().find(|item| item["sk"].as_s().is_ok_and(|sk| sk == "CASE")).expect("a case");
    case["id"].as_s().expect("a text").clone()
}

#[tokio::test]
async fn hub_22_one_moderator_has_a_case_in_hand_for_ten_minutes() {
    let play = guarded().await;
    reports(&play, "lea", "Contenu illégal").await;
    play.sim.take_transcript();
    let [idris, paula] = ["idris", "paula"].map(|name| play.sim.person(name).in_channel("moderation"));
    idris.presses("Je m’en occupe").await;
    play.work().await;
    paula.presses("Je m’en occupe").await;
    play.clock.advance_to(play.clock.now().plus_secs(10 * 60));
    paula.presses("Je m’en occupe").await;
    play.work().await;
    expect![[r#"
        idris, in #moderation, presses [Je m’en occupe]
        Passerelle, to idris alone: Vous traitez ce dossier jusqu’à <t:1795511400:t>.
        Passerelle edits: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Pris
            | Ressource: Masquée
            | Pris en charge: @idris, jusqu’à <t:1795511400:t>
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
        paula presses [Je m’en occupe]
        Passerelle, to paula alone: @idris traite ce dossier jusqu’à <t:1795511400:t>. (HUB-E15)
        paula presses [Je m’en occupe]
        Passerelle, to paula alone: Vous traitez ce dossier jusqu’à <t:1795512000:t>.
        Passerelle edits: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Pris
            | Ressource: Masquée
            | Pris en charge: @paula, jusqu’à <t:1795512000:t>
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_message_and_a_person_are_reported_from_their_menus() {
    let play = guarded().await;
    let karim = play.sim.person("karim").in_channel("general");
    let said = karim.says("Vous êtes **tous** nuls").unwrap();
    let lea = play.sim.person("lea").in_channel("general");
    lea.chooses_menu("Signaler ce message", said.0).await;
    lea.form().chooses("Catégorie", &["Contenu illégal"]).sends().await;
    play.work().await;
    lea.chooses_menu("Signaler ce membre", karim.id().0).await;
    lea.form()
        .chooses("Catégorie", &["Harcèlement ou menaces"])
        .fills("Précisions", "Tous les jours")
        .sends()
        .await;
    play.work().await;
    play.sim.person("idris").in_channel("moderation").types("/moderation file", &[]).await;
    play.sim.person("karim").in_channel("general").types("/moderation file", &[]).await;
    expect![[r#"
        karim: Vous êtes **tous** nuls
        lea chooses the menu Signaler ce message
        Passerelle asks lea « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        lea sends « Signaler »
            Catégorie: Contenu illégal
        Passerelle, to lea alone: Merci, votre signalement est enregistré. La personne signalée ne verra pas votre nom.
        Passerelle in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-DTNC6
            | Message signalé :
            | > Vous êtes \*\*tous\*\* nuls
            | https://discord.com/channels/1574711171481600005/1574711171481600008/1574711171481600036
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | D-DTNC6 · Hub
            [Je m’en occupe]
            [Rendre le dossier]
        lea chooses the menu Signaler ce membre
        Passerelle asks lea « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        lea sends « Signaler »
            Catégorie: Harcèlement ou menaces
            Précisions: Tous les jours
        Passerelle, to lea alone: Merci, votre signalement est enregistré. La personne signalée ne verra pas votre nom.
        idris, in #moderation, types /moderation file
        Passerelle, to idris alone:
            **À décider (1)**
            **D-DTNC6** · Nouveau · Vous êtes \*\*tous\*\* nuls
            Contenu illégal : 1
            [Ouvrir → https://discord.com/channels/1574711171481600005/1574711171481600031/1574711171481600040]
            **Sous le seuil (1)**
            **D-SKJSE** · Nouveau · @karim
            Harcèlement ou menaces : 1
            Pour tout voir d’un dossier : /moderation dossier.
        karim cannot: La commande /moderation n’est pas pour vous ici.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}
