//! People report, moderators decide.

use std::time::Duration;

use app::Lang;
use directory::{ChannelKey, Guild, RoleKey};
use discord::check::Checked;
use discord::component::Row;
use discord::message::Message;
use discord::permission::Permissions;
use discord::rest::{BotToken, Nonce, Rest, RestConfig, budget};
use discord::{RoleId, UserId};
use expect_test::expect;
use hub::Hub;
use sim::{NewChannel, NewRole};
use tests::stage::{Play, TOKEN};

use super::{BOOK, library, shares};

/// A library with two moderators, `idris` and `paula`, and their channel, where a resource of `karim` is
/// published.
pub(crate) async fn guarded() -> Play<Hub> {
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
        Passerelle edits: Ressource masquée le temps d’une vérification.
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
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
            [Je m’en occupe] [Garder]
            [Avertir] [Signalement abusif] [Rendre le dossier]
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

/// A moderator decides, and the worker tells everybody.
async fn decides(play: &Play<Hub>, who: &str, label: &str, reason: &str) {
    let moderator = play.sim.person(who).in_channel("moderation");
    moderator.presses(label).await;
    if label == "Supprimer" {
        moderator.presses(label).await;
    }
    moderator.fills("Motif pour l’auteur", reason).sends().await;
    play.work().await;
}

/// Somebody reads the news.
pub(crate) async fn reads_news(play: &Play<Hub>, who: &str) {
    let rest = Rest::new(RestConfig {
        base: play.discord_api().into(),
        application: play.application,
        token: BotToken::new(TOKEN),
        budget: budget::local(),
    });
    let button = hub::inbox::view::button(0, hub::texts::TEXTS.say(Lang::Fr));
    let panel = Checked::new(Message::text("Le Hub").row(Row::buttons([button]))).unwrap();
    let person = play.sim.person(who).in_channel("general");
    rest.send_message(person.channel(), &panel, Nonce::of("panel")).await.unwrap();
    person.presses("Mes nouvelles").await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
async fn hub_23_what_is_removed_is_contested_before_another_moderator() {
    let play = guarded().await;
    reports(&play, "lea", "Contenu illégal").await;
    play.sim.take_transcript();
    decides(&play, "idris", "Supprimer", "Ce contenu est interdit par la loi.").await;
    reads_news(&play, "lea").await;
    reads_news(&play, "karim").await;
    // The key stays taken, and the author is shown the way to contest.
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", BOOK)]).await;
    karim.presses("Contester").await;
    karim.fills("Vos explications", "C’est le livre officiel, il est libre et gratuit.").sends().await;
    play.work().await;
    let idris = play.sim.person("idris").in_channel("moderation");
    idris.presses("Garder").await;
    decides(&play, "paula", "Garder", "Une erreur : le livre est libre.").await;
    reads_news(&play, "karim").await;
    expect![[r#"
        idris, in #moderation, presses [Supprimer]
        Passerelle, to idris alone: « Supprimer » retire la ressource pour toujours. Personne ne pourra partager ce lien de nouveau.
            [Supprimer]
        idris presses [Supprimer]
        Passerelle asks idris « Décision »
            Supprimer, dossier D-DTNC6
            Motif pour l’auteur*
                De 10 à 300 caractères. L’auteur lit ce texte.
            Note interne
                Facultatif. Seuls les modérateurs la lisent.
            Prévenir l’auteur [x]
        idris sends « Décision »
            Motif pour l’auteur: Ce contenu est interdit par la loi.
        Passerelle, to idris alone: C’est décidé : Supprimer. Les personnes concernées sont prévenues.
        Passerelle edits: Dossier décidé. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Décidé
            | Ressource: Retirée
            | Décision: Supprimer, par @idris
            | Ce contenu est interdit par la loi.
            | D-DTNC6 · Hub
        Passerelle edits « Ressource masquée » in #bibliotheque (rust): Ressource retirée par la modération.
        Passerelle in private: La modération a décidé pour « Le livre de Rust » : Supprimer. Motif : Ce contenu est interdit par la loi.
            Pour contester, tapez /hub moi sur le serveur.
        Passerelle in #general: Le Hub
            [Mes nouvelles]
        lea, in #general, presses [Mes nouvelles]
        Passerelle, to lea alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510800:R> : Votre signalement a été traité.
        karim presses [Mes nouvelles]
        Passerelle, to karim alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510800:R> : « Le livre de Rust » est masquée. La modération décide bientôt.
            **Nouveau**, <t:1795510800:R> : La modération a décidé pour « Le livre de Rust » : Supprimer. Motif : Ce contenu est interdit par la loi.
            [Contester]
        karim types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to karim alone: Cette ressource a été retirée par la modération. Vous pouvez contester la décision. (HUB-E09)
            [Corriger] [Contester]
        karim presses [Contester]
        Passerelle asks karim « Contester la décision »
            Vos explications*
                De 20 à 1000 caractères. Un autre modérateur les lit.
        karim sends « Contester la décision »
            Vos explications: C’est le livre officiel, il est libre et gratuit.
        Passerelle, to karim alone: Votre contestation est envoyée. Un autre modérateur décide, et vous serez prévenu.
        Passerelle in #moderation: Une décision est contestée. Un autre modérateur doit décider. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Contesté
            | Ressource: Retirée
            | Décision: Supprimer, par @idris
            | Ce contenu est interdit par la loi.
            | Contestation: C’est le livre officiel, il est libre et gratuit.
            | D-DTNC6 · 2 · Hub
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
        idris, in #moderation, presses [Garder]
        Passerelle, to idris alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
        paula presses [Garder]
        Passerelle asks paula « Décision »
            Garder, dossier D-DTNC6
            Motif pour l’auteur*
                De 10 à 300 caractères. L’auteur lit ce texte.
            Note interne
                Facultatif. Seuls les modérateurs la lisent.
            Prévenir l’auteur [x]
        paula sends « Décision »
            Motif pour l’auteur: Une erreur : le livre est libre.
        Passerelle, to paula alone: C’est décidé : Garder. Les personnes concernées sont prévenues.
        Passerelle edits: Dossier clos. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Clos
            | Ressource: Publiée
            | Décision: Supprimer, par @idris
            | Ce contenu est interdit par la loi.
            | Décision: Garder, par @paula
            | Une erreur \: le livre est libre.
            | Contestation: C’est le livre officiel, il est libre et gratuit.
            | D-DTNC6 · 2 · Hub
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle in private: La modération a décidé pour « Le livre de Rust » : Garder. Motif : Une erreur \: le livre est libre.
        Passerelle edits: Dossier clos. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Clos
            | Ressource: Publiée
            | Décision: Supprimer, par @idris
            | Ce contenu est interdit par la loi.
            | Décision: Garder, par @paula
            | Une erreur \: le livre est libre.
            | Contestation: C’est le livre officiel, il est libre et gratuit.
            | D-DTNC6 · 2 · Hub
        karim, in #general, presses [Mes nouvelles]
        Passerelle, to karim alone:
            **Mes nouvelles**
            <t:1795510800:R> : « Le livre de Rust » est masquée. La modération décide bientôt.
            <t:1795510800:R> : La modération a décidé pour « Le livre de Rust » : Garder. Motif : Une erreur \: le livre est libre.
            <t:1795510800:R> : La modération a décidé pour « Le livre de Rust » : Supprimer. Motif : Ce contenu est interdit par la loi.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_24_nobody_decides_about_their_own_resource_or_report() {
    let play = guarded().await;
    shares(&play, "idris", "https://example.org/idris", "La ressource d’Idris").await;
    let lea = play.sim.person("lea").in_post("La ressource d’Idris");
    lea.presses("Signaler").await;
    lea.form().chooses("Catégorie", &["Contenu illégal"]).sends().await;
    play.work().await;
    play.sim.take_transcript();
    let idris = play.sim.person("idris").in_channel("moderation");
    for button in ["Je m’en occupe", "Garder", "Supprimer"] {
        idris.presses(button).await;
    }
    idris.types("/moderation dossier", &[("numero", &the_case(&play).await)]).await;
    // Neither do those who reported it.
    reports(&play, "paula", "Contenu illégal").await;
    play.sim.person("paula").in_channel("moderation").presses("Garder").await;
    expect![[r#"
        idris, in #moderation, presses [Je m’en occupe]
        Passerelle, to idris alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
        idris presses [Garder]
        Passerelle, to idris alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
        idris presses [Supprimer]
        Passerelle, to idris alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
        idris types /moderation dossier numero: D-SKJSE
        Passerelle, to idris alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
        paula, in « Le livre de Rust », presses [Signaler]
        Passerelle asks paula « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        paula sends « Signaler »
            Catégorie: Contenu illégal
        Passerelle, to paula alone: Merci, votre signalement est enregistré. La ressource est masquée le temps d’une vérification.
        Passerelle in #moderation: Un dossier attend une décision. @Modérateurs
            | Dossier D-2JGZ2
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: À traiter
            | Ressource: Masquée
            | D-2JGZ2 · Hub
            [Je m’en occupe] [Garder] [Masquer]
            [Avertir] [Signalement abusif] [Rendre le dossier]
            [Supprimer]
        Passerelle edits: Ressource masquée le temps d’une vérification.
        paula, in #moderation, presses [Garder]
        Passerelle, to paula alone: Ce dossier vous concerne. Un autre modérateur doit décider. (HUB-E14)
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn what_was_hidden_comes_back_with_its_place_in_the_lists() {
    let play = guarded().await;
    reports(&play, "lea", "Met en danger des mineurs").await;
    play.sim.take_transcript();
    decides(&play, "idris", "Garder", "Rien à redire, c’est un bon livre.").await;
    play.sim.person("nadia").in_channel("general").types("/chercher", &[("texte", "rust")]).await;
    // It can be reported again: that is another case.
    reports(&play, "lea", "Spam").await;
    play.sim.person("idris").in_channel("moderation").types("/moderation file", &[]).await;
    expect![[r#"
        idris, in #moderation, presses [Garder]
        Passerelle asks idris « Décision »
            Garder, dossier D-DTNC6
            Motif pour l’auteur*
                De 10 à 300 caractères. L’auteur lit ce texte.
            Note interne
                Facultatif. Seuls les modérateurs la lisent.
            Prévenir l’auteur [x]
        idris sends « Décision »
            Motif pour l’auteur: Rien à redire, c’est un bon livre.
        Passerelle, to idris alone: C’est décidé : Garder. Les personnes concernées sont prévenues.
        Passerelle edits: Dossier décidé. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Met en danger des mineurs : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Décidé
            | Ressource: Publiée
            | Décision: Garder, par @idris
            | Rien à redire, c’est un bon livre.
            | D-DTNC6 · Hub
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle in private: La modération a décidé pour « Le livre de Rust » : Garder. Motif : Rien à redire, c’est un bon livre.
        nadia, in #general, types /chercher texte: rust
        Passerelle, to nadia alone:
            1 ressource trouvée pour « rust »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600035]
        lea, in « Le livre de Rust », presses [Signaler]
        Passerelle asks lea « Signaler »
            Catégorie* (Contenu illégal · Met en danger des mineurs · Sexuellement inapproprié · Offensant · Harcèlement ou menaces · Trompeur · Propriété intellectuelle · Confidentialité · Dangereux · Fraude ou autre · Spam)
            Précisions
                Facultatif. Ce qui aide les modérateurs à comprendre.
        lea sends « Signaler »
            Catégorie: Spam
        Passerelle, to lea alone: Merci, votre signalement est enregistré. La personne signalée ne verra pas votre nom.
            Vous avez 1 nouvelle. Lisez-la avec /hub moi.
        idris, in #moderation, types /moderation file
        Passerelle, to idris alone:
            **Sous le seuil (1)**
            **D-BHDSH** · Nouveau · Le livre de Rust
            Spam : 1
            Pour tout voir d’un dossier : /moderation dossier.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_decision_nobody_contests_is_closed_after_thirty_days() {
    let play = guarded().await;
    reports(&play, "lea", "Contenu illégal").await;
    decides(&play, "idris", "Masquer", "À vérifier avec l’équipe.").await;
    play.sim.take_transcript();
    play.wait(Duration::from_hours(31 * 24)).await;
    let karim = play.sim.person("karim").in_channel("general");
    reads_news(&play, "karim").await;
    karim.presses("Contester").await;
    expect![[r#"
        Passerelle edits: Dossier clos. @Modérateurs
            | Dossier D-DTNC6
            | **Le livre de Rust** (H-H7D2Y8C)
            | https://discord.com/channels/1574711171481600005/1574711171481600035
            | Signalements: Contenu illégal : 1
            | Premier signalement: <t:1795510800:F>
            | Auteur: @karim
            | État: Clos
            | Ressource: Masquée
            | Décision: Masquer, par @idris
            | À vérifier avec l’équipe.
            | D-DTNC6 · Hub
        Passerelle in #general: Le Hub
            [Mes nouvelles]
        karim, in #general, presses [Mes nouvelles]
        Passerelle, to karim alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510800:R> : « Le livre de Rust » est masquée. La modération décide bientôt.
            **Nouveau**, <t:1795510800:R> : La modération a décidé pour « Le livre de Rust » : Masquer. Motif : À vérifier avec l’équipe.
            [Contester]
        karim presses [Contester]
        Passerelle, to karim alone: Ce bouton est ancien. Ouvrez la ressource avec /hub fiche. (HUB-E20)
    "#]].assert_eq(&play.sim.transcript());
    let items = play.aws.items(tests::stage::PREFIX, hub::items::STATE).await;
    let of_the_case = |item: &&store::Item| item["pk"].as_s().is_ok_and(|pk| pk.contains("#C#D-"));
    assert!(items.iter().filter(of_the_case).all(|item| item.contains_key("exp")), "all of it ends");
}

#[tokio::test]
async fn the_file_of_what_is_hidden_is_seen_by_moderators_only_and_comes_back() {
    let play = guarded().await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[]).await;
    karim
        .form()
        .fills("Titre", "Le cours de Karim")
        .fills("Description", super::PURPOSE)
        .chooses("Thèmes", &["rust"])
        .attaches("Fichier ou image", "cours.md", b"# Cours".to_vec())
        .sends()
        .await;
    play.work().await;
    let lea = play.sim.person("lea").in_post("Le cours de Karim");
    let idris = play.sim.person("idris").in_channel("moderation");
    let file = "file cours.md";
    assert!(lea.reads().contains(file), "{}", lea.reads());
    lea.presses("Signaler").await;
    lea.form().chooses("Catégorie", &["Contenu illégal"]).sends().await;
    play.work().await;
    // Jobs of one moment have no order among them: what stands where is the same in any.
    let (hidden, kept) = (lea.reads(), idris.reads());
    assert!(!hidden.contains(file) && hidden.contains("Ressource masquée"), "{hidden}");
    assert!(kept.contains("Fichier de « Le cours de Karim »") && kept.contains(file), "{kept}");
    decides(&play, "idris", "Garder", "Rien à redire, c’est un bon cours.").await;
    let (back, left) = (lea.reads(), idris.reads());
    assert!(back.contains(file) && back.contains("| Le cours de Karim"), "{back}");
    assert!(!left.contains(file), "{left}");
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_36_who_is_erased_is_named_in_no_case_report_line_or_sanction() {
    let play = guarded().await;
    let ids = ["karim", "lea"].map(|name| play.sim.person(name).id());
    reports(&play, "lea", "Contenu illégal").await;
    decides(&play, "idris", "Avertir", "Une autre édition est libre.").await;
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.chooses_menu("Signaler ce membre", ids[0].0).await;
    nadia.form().chooses("Catégorie", &["Spam"]).sends().await;
    let idris = play.sim.person("idris").in_channel("moderation");
    let karim = ids[0].to_string();
    let options = [("membre", karim.as_str()), ("mesure", "day"), ("motif", "Trois annonces")];
    idris.types("/moderation sanctionner", &options).await;
    play.work().await;
    for id in ids {
        super::share::erase(&play, id).await;
    }
    let left = play.aws.items(tests::stage::PREFIX, hub::items::STATE).await;
    let text = |item: &store::Item, name: &str| item[name].as_s().unwrap().clone();
    for id in ids.map(|id| id.to_string()) {
        let named: Vec<_> = left
            .iter()
            .filter(|item| !text(item, "pk").contains("#I#"))
            .filter(|item| format!("{item:?}").contains(&id))
            .collect();
        assert!(named.is_empty(), "{named:#?}");
    }
    // The reports are counted as before, and closing the case is possible.
    let reports = left.iter().filter(|item| text(item, "sk").starts_with("REPORT#"));
    assert_eq!(reports.filter(|item| text(item, "pk").contains("#C#")).count(), 2);
    play.wait(Duration::from_hours(31 * 24)).await;
    assert_eq!(play.jobs("hub").await, Vec::<store::Item>::new());
    play.sim.take_transcript();
    idris.types("/moderation file", &[]).await;
    expect![[r#"
        idris types /moderation file
        Passerelle, to idris alone:
            **Sous le seuil (1)**
            **D-21EHG** · En retard · Membre supprimé
            Spam : 1
            Pour tout voir d’un dossier : /moderation dossier.
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}
