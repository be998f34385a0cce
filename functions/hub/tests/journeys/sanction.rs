//! Moderators warn and suspend, admins exclude and lift.

use std::time::Duration;

use expect_test::expect;

use super::moderation::{guarded, reads_news};
use super::{BOOK, PURPOSE};

#[tokio::test]
async fn hub_27_who_is_suspended_reads_and_searches_and_publishes_again_when_it_ends() {
    let play = guarded().await;
    let idris = play.sim.person("idris").in_channel("moderation");
    let lea = play.sim.person("lea").in_channel("general");
    let lea_id = lea.id().to_string();
    let why = "Trois annonces dans la journée";
    idris.types("/moderation sanctionner", &[("membre", &lea_id), ("mesure", "day"), ("motif", why)]).await;
    lea.types("/partager", &[("lien", "https://example.org/lea")]).await;
    lea.types("/chercher", &[("texte", "rust")]).await;
    play.sim.person("lea").in_post("Le livre de Rust").presses("Utile").await;
    reads_news(&play, "lea").await;
    play.wait(Duration::from_hours(24)).await;
    lea.types("/partager", &[("lien", "https://example.org/lea")]).await;
    lea.fills("Titre", "La page de Léa")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    play.work().await;
    expect![[r#"
        idris, in #moderation, types /moderation sanctionner membre: 1574711171481600002 mesure: day motif: Trois annonces dans la journée
        Passerelle, to idris alone: C’est décidé pour @lea : Suspension 24 h, jusqu’au <t:1795597200:F>. La personne le lit dans ses nouvelles.
            La fois suivante, mesure proposée : Suspension 7 jours.
        lea, in #general, types /partager lien: https://example.org/lea
        Passerelle, to lea alone: Votre accès au Hub est suspendu jusqu’au <t:1795597200:F>. Lire et chercher restent possibles. (HUB-E16)
        lea types /chercher texte: rust
        Passerelle, to lea alone:
            1 ressource trouvée pour « rust »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600035]
            Vous avez 1 nouvelle. Lisez-la avec /hub moi.
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Votre accès au Hub est suspendu jusqu’au <t:1795597200:F>. Lire et chercher restent possibles. (HUB-E16)
        Passerelle in #general: Le Hub
            [Mes nouvelles]
        lea, in #general, presses [Mes nouvelles]
        Passerelle, to lea alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510800:R> : Décision de la modération : Suspension 24 h, jusqu’au <t:1795597200:F>. Motif : Trois annonces dans la journée Pour contester, écrivez à un administrateur du serveur.
        lea types /partager lien: https://example.org/lea
        Passerelle asks lea « Partager une ressource »
            Lien = https://example.org/lea
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        lea sends « Partager une ressource »
            Titre: La page de Léa
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to lea alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « La page de Léa » in #bibliotheque (rust):
            | La page de Léa (https://example.org/lea)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @lea
            | Avis: 0 utile, 0 inutile
            | H-37D8PPJ · Hub
            [Ouvrir → https://example.org/lea] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to lea alone: C’est publié : « La page de Léa ». Merci, votre partage aide les autres.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn what_somebody_sends_as_the_suspension_begins_is_kept() {
    let play = guarded().await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://example.org/lea")]).await;
    let idris = play.sim.person("idris").in_channel("moderation");
    let lea_id = lea.id().to_string();
    let options = [("membre", lea_id.as_str()), ("mesure", "week"), ("motif", "Insultes")];
    idris.types("/moderation sanctionner", &options).await;
    play.sim.take_transcript();
    lea.fills("Titre", "La page de Léa")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    expect![[r#"
        lea, in #general, sends « Partager une ressource »
            Titre: La page de Léa
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to lea alone: Votre accès au Hub est suspendu jusqu’au <t:1796115600:F>. Lire et chercher restent possibles. (HUB-E16)
            [Corriger]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn an_exclusion_is_proposed_by_one_and_confirmed_by_another_and_lifted_by_an_admin() {
    let play = guarded().await;
    let [idris, paula] = ["idris", "paula"].map(|name| play.sim.person(name).in_channel("moderation"));
    let sofia = play.sim.person("sofia").in_channel("moderation");
    let lea = play.sim.person("lea").in_channel("general");
    let lea_id = lea.id().to_string();
    let person = ("membre", lea_id.as_str());
    idris.types("/moderation sanctionner", &[person, ("mesure", "exclusion"), ("motif", "Menaces")]).await;
    play.work().await;
    // Neither who proposed it nor another moderator: an admin.
    idris.presses("Confirmer l’exclusion").await;
    paula.presses("Confirmer l’exclusion").await;
    sofia.presses("Confirmer l’exclusion").await;
    sofia.presses("Confirmer l’exclusion").await;
    lea.types("/partager", &[("lien", BOOK)]).await;
    idris.types("/moderation lever", &[person, ("motif", "Excuses")]).await;
    sofia.types("/moderation lever", &[person, ("motif", "Excuses")]).await;
    lea.types("/partager", &[("lien", BOOK)]).await;
    expect![[r#"
        idris, in #moderation, types /moderation sanctionner membre: 1574711171481600002 mesure: exclusion motif: Menaces
        Passerelle, to idris alone: L’exclusion de @lea est proposée. Un autre administrateur doit la confirmer.
        Passerelle: @idris propose d’exclure @lea du Hub.
            Motif : Menaces
            Un autre administrateur doit confirmer. S’il n’y en a qu’un, il peut confirmer après 24 heures.
            [Confirmer l’exclusion]
        idris presses [Confirmer l’exclusion]
        Passerelle, to idris alone: Un autre administrateur doit confirmer cette exclusion. S’il n’y en a qu’un, il peut confirmer après 24 heures. (HUB-E01)
        paula presses [Confirmer l’exclusion]
        Passerelle, to paula alone: Un autre administrateur doit confirmer cette exclusion. S’il n’y en a qu’un, il peut confirmer après 24 heures. (HUB-E01)
        sofia presses [Confirmer l’exclusion]
        Passerelle, to sofia alone: C’est décidé pour @lea : Exclusion du Hub. La personne le lit dans ses nouvelles.
            La fois suivante, mesure proposée : Exclusion du Hub.
        sofia presses [Confirmer l’exclusion]
        Passerelle, to sofia alone: Ce bouton est ancien. Ouvrez la ressource avec /hub fiche. (HUB-E20)
        lea, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to lea alone: Votre accès au Hub est suspendu. Lire et chercher restent possibles. Écrivez à un administrateur du serveur. (HUB-E16)
        idris, in #moderation, types /moderation lever membre: 1574711171481600002 motif: Excuses
        Passerelle, to idris alone: Cette action est réservée aux administrateurs. Demandez à l’un d’eux. (HUB-E01)
        sofia types /moderation lever membre: 1574711171481600002 motif: Excuses
        Passerelle, to sofia alone: La mesure est levée pour @lea. La personne le lit dans ses nouvelles.
        lea, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to lea alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @karim le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600035] [Voter utile] [Proposer des thèmes]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn the_only_admin_confirms_their_own_proposal_a_day_later() {
    let play = guarded().await;
    let sofia = play.sim.person("sofia").in_channel("moderation");
    let lea_id = play.sim.person("lea").id().to_string();
    let options = [("membre", lea_id.as_str()), ("mesure", "exclusion"), ("motif", "Menaces")];
    sofia.types("/moderation sanctionner", &options).await;
    sofia.types("/moderation sanctionner", &options).await;
    play.wait(Duration::from_hours(24)).await;
    sofia.presses("Confirmer l’exclusion").await;
    expect![[r#"
        sofia, in #moderation, types /moderation sanctionner membre: 1574711171481600002 mesure: exclusion motif: Menaces
        Passerelle, to sofia alone: L’exclusion de @lea est proposée. Un autre administrateur doit la confirmer.
        sofia types /moderation sanctionner membre: 1574711171481600002 mesure: exclusion motif: Menaces
        Passerelle, to sofia alone: Un autre administrateur doit confirmer cette exclusion. S’il n’y en a qu’un, il peut confirmer après 24 heures. (HUB-E01)
        Passerelle: @sofia propose d’exclure @lea du Hub.
            Motif : Menaces
            Un autre administrateur doit confirmer. S’il n’y en a qu’un, il peut confirmer après 24 heures.
            [Confirmer l’exclusion]
        sofia presses [Confirmer l’exclusion]
        Passerelle, to sofia alone: C’est décidé pour @lea : Exclusion du Hub. La personne le lit dans ses nouvelles.
            La fois suivante, mesure proposée : Exclusion du Hub.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn who_was_suspended_can_be_suspended_again_although_the_old_item_is_still_there() {
    let play = guarded().await;
    let idris = play.sim.person("idris").in_channel("moderation");
    let lea = play.sim.person("lea").in_channel("general");
    let id = lea.id().to_string();
    let why = "Trois annonces dans la journée";
    idris.types("/moderation sanctionner", &[("membre", &id), ("mesure", "day"), ("motif", why)]).await;
    // DynamoDB takes what has ended away within days, not at once.
    play.wait(Duration::from_hours(25)).await;
    play.sim.take_transcript();
    idris.types("/moderation sanctionner", &[("membre", &id), ("mesure", "week"), ("motif", why)]).await;
    lea.types("/partager", &[("lien", "https://example.org/lea")]).await;
    expect![[r#"
        idris types /moderation sanctionner membre: 1574711171481600002 mesure: week motif: Trois annonces dans la journée
        Passerelle, to idris alone: C’est décidé pour @lea : Suspension 7 jours, jusqu’au <t:1796205600:F>. La personne le lit dans ses nouvelles.
            La fois suivante, mesure proposée : Exclusion du Hub.
        lea, in #general, types /partager lien: https://example.org/lea
        Passerelle, to lea alone: Votre accès au Hub est suspendu jusqu’au <t:1796205600:F>. Lire et chercher restent possibles. (HUB-E16)
    "#]].assert_eq(&play.sim.transcript());
}
