//! The way in, alone and on a panel, and what one has shared.

use std::time::Duration;

use expect_test::expect;
use hub::inbox::{Notice, tell};

use super::{BOOK, library, shares};

#[tokio::test]
async fn the_home_card_leads_to_the_form_to_the_explanation_and_to_ones_own_resources() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.clock.advance_to(play.clock.now().plus_secs(60));
    for number in 1..=5 {
        let link = format!("https://example.org/cours/{number}");
        shares(&play, "karim", &link, &format!("Cours numéro {number}")).await;
        play.clock.advance_to(play.clock.now().plus_secs(300));
    }
    play.sim.take_transcript();
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/hub accueil", &[]).await;
    karim.presses("C’est quoi le Hub ?").await;
    karim.presses("Partager une ressource").await;
    karim.presses("Mes ressources").await;
    karim.presses("Suivant").await;
    karim.presses("Voir les détails").await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/hub accueil", &[]).await;
    lea.presses("Mes ressources").await;
    expect![[r#"
        karim types /hub accueil
        Passerelle, to karim alone:
            **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
            [Partager une ressource] [Mes ressources] [C’est quoi le Hub ?]
        karim presses [C’est quoi le Hub ?]
        Passerelle, to karim alone: Le Hub garde les bonnes ressources. Cherchez d’abord, partagez ensuite. Votre avis aide les autres.
        karim presses [Partager une ressource]
        Passerelle asks karim « Partager une ressource »
            Lien
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim presses [Mes ressources]
        Passerelle, to karim alone:
            Vous avez partagé 6 ressources.
            **Cours numéro 5**
            Publiée, envoyée le <t:1795512060:D>
            0 utile, 0 inutile
            [Voir les détails]
            **Cours numéro 4**
            Publiée, envoyée le <t:1795511760:D>
            0 utile, 0 inutile
            [Voir les détails]
            **Cours numéro 3**
            Publiée, envoyée le <t:1795511460:D>
            0 utile, 0 inutile
            [Voir les détails]
            **Cours numéro 2**
            Publiée, envoyée le <t:1795511160:D>
            0 utile, 0 inutile
            [Voir les détails]
            **Cours numéro 1**
            Publiée, envoyée le <t:1795510860:D>
            0 utile, 0 inutile
            [Voir les détails]
            [Suivant] [Mes enregistrements] [Mes nouvelles]
        karim presses [Suivant]
        Passerelle edits, to karim alone:
            Vous avez partagé 6 ressources.
            **Le livre de Rust**
            Publiée, envoyée le <t:1795510800:D>
            0 utile, 0 inutile
            [Voir les détails]
            [Précédent] [Mes enregistrements] [Mes nouvelles]
        karim presses [Voir les détails]
        Passerelle, to karim alone: Publiée le <t:1795510800:D>. Adresse : https\://doc.rust\-lang.org/book
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
        lea types /hub accueil
        Passerelle, to lea alone:
            **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
            [Partager une ressource] [Mes ressources] [C’est quoi le Hub ?]
        lea presses [Mes ressources]
        Passerelle, to lea alone:
            Vous n’avez encore rien partagé. Commencez avec /partager.
            [Mes enregistrements] [Mes nouvelles]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn whoever_is_in_charge_puts_the_home_card_where_all_see_it() {
    let play = library().await;
    let sofia = play.sim.person("sofia").in_channel("general");
    sofia.types("/hub panneau", &[("salon", "ressources")]).await;
    play.work().await;
    let hugo = play.sim.person("hugo").in_channel("ressources");
    hugo.presses("C’est quoi le Hub ?").await;
    hugo.presses("Mes ressources").await;
    hugo.presses("Partager une ressource").await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/hub panneau", &[("salon", "ressources")]).await;
    expect![[r#"
        sofia, in #general, types /hub panneau salon: ressources
        Passerelle, to sofia alone: thinking…
        Passerelle in #ressources:
            **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
            [Partager une ressource] [Mes ressources] [C’est quoi le Hub ?]
        Passerelle edits, to sofia alone: L’accueil du Hub est dans #ressources.
        hugo, in #ressources, presses [C’est quoi le Hub ?]
        Passerelle, to hugo alone: Le Hub garde les bonnes ressources. Cherchez d’abord, partagez ensuite. Votre avis aide les autres.
        hugo presses [Mes ressources]
        Passerelle, to hugo alone:
            Vous n’avez encore rien partagé. Commencez avec /partager.
            [Mes enregistrements] [Mes nouvelles]
        hugo presses [Partager une ressource]
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
        karim, in #general, types /hub panneau salon: ressources
        Passerelle, to karim alone: Seuls les administrateurs et la direction peuvent faire cela. Demandez à l’un d’eux. (HUB-E01)
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn news_is_read_page_by_page_and_no_longer_new_when_it_was_opened() {
    let play = library().await;
    let lea = play.sim.user("lea").unwrap();
    for level in 1..=55 {
        let notice = tell(play.guild, lea, Notice::Level { level }, play.clock.now());
        play.store().commit(vec![notice]).await.unwrap();
        play.clock.advance_to(play.clock.now().plus_secs(60));
    }
    let person = play.sim.person("lea").in_channel("general");
    person.types("/hub accueil", &[]).await;
    person.presses("Mes ressources").await;
    person.presses("Mes nouvelles").await;
    person.presses("Suivant").await;
    person.types("/hub accueil", &[]).await;
    expect![[r#"
        lea, in #general, types /hub accueil
        Passerelle, to lea alone:
            **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
            [Partager une ressource] [Mes ressources] [C’est quoi le Hub ?]
            Vous avez plus de 9 nouvelles. Lisez-les avec /hub moi.
        lea presses [Mes ressources]
        Passerelle, to lea alone:
            Vous n’avez encore rien partagé. Commencez avec /partager.
            [Mes enregistrements] [Mes nouvelles]
            Vous avez plus de 9 nouvelles. Lisez-les avec /hub moi.
        lea presses [Mes nouvelles]
        Passerelle, to lea alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795514040:R> : Vous êtes au niveau 55. Bravo !
            **Nouveau**, <t:1795513980:R> : Vous êtes au niveau 54. Bravo !
            **Nouveau**, <t:1795513920:R> : Vous êtes au niveau 53. Bravo !
            **Nouveau**, <t:1795513860:R> : Vous êtes au niveau 52. Bravo !
            **Nouveau**, <t:1795513800:R> : Vous êtes au niveau 51. Bravo !
            [Suivant]
        lea presses [Suivant]
        Passerelle edits, to lea alone:
            **Mes nouvelles**
            <t:1795513740:R> : Vous êtes au niveau 50. Bravo !
            <t:1795513680:R> : Vous êtes au niveau 49. Bravo !
            <t:1795513620:R> : Vous êtes au niveau 48. Bravo !
            <t:1795513560:R> : Vous êtes au niveau 47. Bravo !
            <t:1795513500:R> : Vous êtes au niveau 46. Bravo !
            [Précédent] [Suivant]
        lea types /hub accueil
        Passerelle, to lea alone:
            **Le Hub** : les bonnes ressources de la communauté, au même endroit. Que voulez-vous faire ?
            [Partager une ressource] [Mes ressources] [C’est quoi le Hub ?]
    "#]]
    .assert_eq(&play.sim.take_transcript());
    // 50 at most, for 90 days.
    for _ in 0..8 {
        person.in_channel("general").presses("Suivant").await;
    }
    let last = play.sim.take_transcript();
    assert!(last.contains("niveau 6.") && !last.contains("niveau 5."), "{last}");
    play.clock.advance_to(play.clock.now().plus_secs(Duration::from_hours(90 * 24).as_secs().cast_signed()));
    person.presses("Précédent").await;
    expect![[r#"
        lea presses [Précédent]
        Passerelle edits, to lea alone:
            **Mes nouvelles**
            Rien pour le moment. Les nouvelles restent ici 90 jours.
    "#]]
    .assert_eq(&play.sim.take_transcript());
}
