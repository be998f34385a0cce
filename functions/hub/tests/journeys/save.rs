//! What people save for themselves.

use std::time::Duration;

use expect_test::expect;
use hub::{Hub, items};
use tests::stage::Play;

use super::{BOOK, library, shares};

/// The state of a resource is this from now on.
async fn becomes(play: &Play<Hub>, id: &str, state: &str) {
    let id = id.parse().unwrap();
    let update = store::Update::new().set("state", state);
    play.store().commit(vec![store::Write::update(items::resource(play.guild, id), update)]).await.unwrap();
}

/// The id of the only resource of this title.
async fn id_of(play: &Play<Hub>, title: &str) -> String {
    let items = play.aws.items("stage", items::STATE).await;
    let is = |item: &&store::Item| {
        item["sk"].as_s().unwrap() == "META" && item["title"].as_s().is_ok_and(|found| found == title)
    };
    items.iter().find(is).unwrap()["id"].as_s().unwrap().clone()
}

#[tokio::test]
async fn hub_09_a_newcomer_searches_opens_and_saves_without_being_a_member() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let hugo = play.sim.person("hugo").in_channel("general");
    hugo.types("/chercher", &[("texte", "livre rust")]).await;
    let id = id_of(&play, "Le livre de Rust").await;
    hugo.types("/hub fiche", &[("ressource", &id)]).await;
    hugo.presses("Utile").await;
    hugo.presses("Enregistrer").await;
    hugo.types("/partager", &[("lien", "https://example.org/cours")]).await;
    hugo.types("/hub enregistrees", &[]).await;
    hugo.types("/hub fiche", &[("ressource", &id)]).await;
    hugo.presses("Enregistrer").await;
    hugo.types("/hub enregistrees", &[]).await;
    expect![[r#"
        hugo types /chercher texte: livre rust
        Passerelle, to hugo alone:
            1 ressource trouvée pour « livre rust »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
        hugo types /hub fiche ressource: H-H7D2Y8C
        Passerelle, to hugo alone: Publiée le <t:1795510800:D>. Adresse : https\://doc.rust\-lang.org/book
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
        hugo presses [Utile]
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
        hugo presses [Enregistrer]
        Passerelle, to hugo alone: C’est dans vos enregistrements. Retrouvez-les avec /hub enregistrees.
            [Ajouter une note]
        hugo types /partager lien: https://example.org/cours
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
        hugo types /hub enregistrees
        Passerelle, to hugo alone:
            Vous avez enregistré 1 ressource.
            **Le livre de Rust**
            Enregistrée le <t:1795510800:D>
            [Voir les détails] [Note] [Retirer]
            [Exporter en CSV]
        hugo types /hub fiche ressource: H-H7D2Y8C
        Passerelle, to hugo alone: Publiée le <t:1795510800:D>. Adresse : https\://doc.rust\-lang.org/book
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
        hugo presses [Enregistrer]
        Passerelle, to hugo alone: Ce n’est plus dans vos enregistrements.
        hugo types /hub enregistrees
        Passerelle, to hugo alone:
            Vous n’avez encore rien enregistré. Choisissez « Enregistrer » sous une ressource.
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_note_is_kept_changed_and_erased_and_nobody_else_reads_it() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    lea.presses("Enregistrer").await;
    lea.presses("Ajouter une note").await;
    lea.fills("Note", "À relire **avant** l’examen").sends().await;
    lea.presses("Mes enregistrements").await;
    lea.presses("Note").await;
    lea.fills("Note", "").sends().await;
    lea.types("/hub enregistrees", &[]).await;
    lea.presses("Retirer").await;
    lea.presses("Retirer").await;
    lea.presses("Note").await;
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.types("/hub enregistrees", &[]).await;
    expect![[r#"
        lea, in « Le livre de Rust », presses [Enregistrer]
        Passerelle, to lea alone: C’est dans vos enregistrements. Retrouvez-les avec /hub enregistrees.
            [Ajouter une note]
        lea presses [Ajouter une note]
        Passerelle asks lea « Ma note »
            Note
                Vous seul la lisez. 200 caractères au plus. Vide, elle est effacée.
        lea sends « Ma note »
            Note: À relire **avant** l’examen
        Passerelle, to lea alone: Votre note est gardée. Vous seul la lisez.
            [Mes enregistrements]
        lea presses [Mes enregistrements]
        Passerelle, to lea alone:
            Vous avez enregistré 1 ressource.
            **Le livre de Rust**
            Enregistrée le <t:1795510800:D>
            Votre note : À relire \*\*avant\*\* l’examen
            [Voir les détails] [Note] [Retirer]
            [Exporter en CSV]
        lea presses [Note]
        Passerelle asks lea « Ma note »
            Note = À relire **avant** l’examen
                Vous seul la lisez. 200 caractères au plus. Vide, elle est effacée.
        lea sends « Ma note »
            Note: 
        Passerelle, to lea alone: Votre note est effacée.
            [Mes enregistrements]
        lea types /hub enregistrees
        Passerelle, to lea alone:
            Vous avez enregistré 1 ressource.
            **Le livre de Rust**
            Enregistrée le <t:1795510800:D>
            [Voir les détails] [Note] [Retirer]
            [Exporter en CSV]
        lea presses [Retirer]
        Passerelle, to lea alone: Ce n’est plus dans vos enregistrements.
        lea presses [Retirer]
        Passerelle, to lea alone: Ce n’est plus dans vos enregistrements.
        lea presses [Note]
        Passerelle, to lea alone: Ce bouton est ancien. Ouvrez la ressource avec /hub fiche. (HUB-E20)
        nadia, in #general, types /hub enregistrees
        Passerelle, to nadia alone:
            Vous n’avez encore rien enregistré. Choisissez « Enregistrer » sous une ressource.
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn what_is_saved_says_what_has_become_of_it_is_filtered_and_taken_away_as_a_file() {
    let play = library().await;
    let lea = play.sim.person("lea");
    for number in 1..=6 {
        let title = format!("Cours numéro {number}");
        shares(&play, "karim", &format!("https://example.org/cours/{number}"), &title).await;
        lea.in_post(&title).presses("Enregistrer").await;
        play.clock.advance_to(play.clock.now().plus_secs(300));
    }
    for (number, state) in [(1, "retiree"), (2, "fusionnee"), (3, "masquee")] {
        becomes(&play, &id_of(&play, &format!("Cours numéro {number}")).await, state).await;
    }
    play.sim.take_transcript();
    let lea = lea.in_channel("general");
    lea.types("/hub enregistrees", &[]).await;
    lea.presses("Suivant").await;
    lea.types("/hub enregistrees", &[("texte", "COURS 4")]).await;
    lea.types("/hub enregistrees", &[("texte", "java")]).await;
    lea.presses("Exporter en CSV").await;
    play.work().await;
    expect![[r#"
        lea, in #general, types /hub enregistrees
        Passerelle, to lea alone:
            Vous avez enregistré 6 ressources.
            **Cours numéro 6**
            Enregistrée le <t:1795512300:D>
            [Voir les détails] [Note] [Retirer]
            **Cours numéro 5**
            Enregistrée le <t:1795512000:D>
            [Voir les détails] [Note] [Retirer]
            **Cours numéro 4**
            Enregistrée le <t:1795511700:D>
            [Voir les détails] [Note] [Retirer]
            **Ressource masquée**
            Enregistrée le <t:1795511400:D>
            Masquée, la modération décide
            [Note] [Retirer]
            **Cours numéro 2**
            Enregistrée le <t:1795511100:D>
            Réunie avec une autre ressource
            [Note] [Retirer]
            [Suivant] [Exporter en CSV]
        lea presses [Suivant]
        Passerelle edits, to lea alone:
            Vous avez enregistré 6 ressources.
            **Cours numéro 1**
            Enregistrée le <t:1795510800:D>
            Retirée du Hub
            [Note] [Retirer]
            [Précédent] [Exporter en CSV]
        lea types /hub enregistrees texte: COURS 4
        Passerelle, to lea alone:
            1 ressource avec « cours 4 » dans vos enregistrements.
            **Cours numéro 4**
            Enregistrée le <t:1795511700:D>
            [Voir les détails] [Note] [Retirer]
            [Exporter en CSV]
        lea types /hub enregistrees texte: java
        Passerelle, to lea alone:
            Rien avec « java » dans vos enregistrements. Essayez un autre mot.
            [Exporter en CSV]
        lea presses [Exporter en CSV]
        Passerelle, to lea alone: thinking…
        Passerelle edits, to lea alone: Voici votre liste : 6 ressources.
            file passerelle_enregistrements_2026-11-24.csv: Voici votre liste : 6 ressources.
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn the_five_hundred_and_first_is_not_saved() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.user("lea").unwrap();
    let full = store::Update::new().set("count", 499_u32);
    let count = hub::save::items::count(play.guild, lea);
    play.store().commit(vec![store::Write::update(count, full)]).await.unwrap();
    play.sim.take_transcript();
    let lea = play.sim.person("lea");
    lea.in_post("Le livre de Rust").presses("Enregistrer").await;
    shares(&play, "karim", "https://example.org/cours/1", "Cours numéro 1").await;
    play.sim.take_transcript();
    lea.in_post("Cours numéro 1").presses("Enregistrer").await;
    lea.in_post("Le livre de Rust").presses("Enregistrer").await;
    lea.in_post("Cours numéro 1").presses("Enregistrer").await;
    expect![[r#"
        lea, in « Cours numéro 1 », presses [Enregistrer]
        Passerelle, to lea alone: Vous avez 500 enregistrements : c’est le maximum. Retirez-en un, puis recommencez.
            [Mes enregistrements]
        lea, in « Le livre de Rust », presses [Enregistrer]
        Passerelle, to lea alone: Ce n’est plus dans vos enregistrements.
        lea, in « Cours numéro 1 », presses [Enregistrer]
        Passerelle, to lea alone: C’est dans vos enregistrements. Retrouvez-les avec /hub enregistrees.
            [Ajouter une note]
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn whoever_is_erased_has_saved_nothing_any_more() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    lea.presses("Enregistrer").await;
    lea.presses("Ajouter une note").await;
    lea.fills("Note", "Secret").sends().await;
    super::share::erase(&play, play.sim.user("lea").unwrap()).await;
    play.wait(Duration::from_mins(1)).await;
    let lea = play.sim.user("lea").unwrap();
    let items = play.aws.items("stage", items::STATE).await;
    let named = items.iter().filter(|item| item["pk"].as_s().unwrap().contains(&lea.to_string()));
    assert_eq!(named.count(), 0);
}
