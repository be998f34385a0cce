//! Themes: members suggest, staff decide, and resources follow.

use expect_test::expect;
use hub::Hub;
use tests::stage::Play;

use super::{BOOK, library, shares};

/// Somebody meets the card of a link that is there, and suggests a theme for it.
async fn suggests(play: &Play<Hub>, who: &str, theme: &str) {
    let person = play.sim.person(who).in_channel("general");
    person.types("/partager", &[("lien", BOOK)]).await;
    person.presses("Proposer des thèmes").await;
    person.form().chooses("Thème", &[theme]).sends().await;
    play.work().await;
}

#[tokio::test]
async fn hub_32_a_theme_suggested_by_two_members_applies_and_a_new_name_by_one_creates_nothing() {
    let play = library().await;
    shares(&play, "nadia", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    suggests(&play, "karim", "web").await;
    suggests(&play, "karim", "web").await;
    suggests(&play, "lea", "web").await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/hub theme proposer", &[("nom", "Accessibilité")]).await;
    karim.types("/hub theme liste", &[]).await;
    expect![[r#"
        karim types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to karim alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @nadia le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes]
        karim presses [Proposer des thèmes]
        Passerelle asks karim « Proposer un thème »
            Thème* (web · données)
        karim sends « Proposer un thème »
            Thème: web
        Passerelle, to karim alone: Merci. « web » s’ajoute dès qu’une autre personne le propose.
        karim types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to karim alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @nadia le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes]
        karim presses [Proposer des thèmes]
        Passerelle asks karim « Proposer un thème »
            Thème* (web · données)
        karim sends « Proposer un thème »
            Thème: web
        Passerelle, to karim alone: Merci. « web » s’ajoute dès qu’une autre personne le propose.
        lea types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to lea alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @nadia le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes]
        lea presses [Proposer des thèmes]
        Passerelle asks lea « Proposer un thème »
            Thème* (web · données)
        lea sends « Proposer un thème »
            Thème: web
        Passerelle, to lea alone: « web » est ajouté à cette ressource. Merci !
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust, web):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust, web
            | Partagé par: @nadia
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim types /hub theme proposer nom: Accessibilité
        Passerelle, to karim alone: Merci. Une autre personne doit aussi proposer « Accessibilité ».
        karim types /hub theme liste
        Passerelle, to karim alone:
            **3 thèmes**
            • rust
            • web
            • données
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_name_that_two_members_want_waits_for_staff() {
    let play = library().await;
    for (who, name) in [("karim", "Accessibilité"), ("lea", "accessibilite")] {
        play.sim.person(who).in_channel("general").types("/hub theme proposer", &[("nom", name)]).await;
    }
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.types("/hub theme liste", &[]).await;
    nadia.presses("Créer").await;
    nadia.types("/hub theme liste", &[]).await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/hub theme creer", &[("nom", "Sans avis")]).await;
    expect![[r#"
        karim, in #general, types /hub theme proposer nom: Accessibilité
        Passerelle, to karim alone: Merci. Une autre personne doit aussi proposer « Accessibilité ».
        lea types /hub theme proposer nom: accessibilite
        Passerelle, to lea alone: Deux membres proposent « accessibilite ». L’équipe décide bientôt.
        nadia types /hub theme liste
        Passerelle, to nadia alone:
            **3 thèmes**
            • rust
            • web
            • données
            2 membres demandent « Accessibilité ».
            [Créer] [Refuser]
        nadia presses [Créer]
        Passerelle, to nadia alone: Le thème « Accessibilité » est créé.
        nadia types /hub theme liste
        Passerelle, to nadia alone:
            **4 thèmes**
            • rust
            • web
            • données
            • Accessibilité
        karim types /hub theme creer nom: Sans avis
        Passerelle, to karim alone: Cette action est réservée à l’équipe. Proposez-la à un formateur. (HUB-E01)
    "#]].assert_eq(&play.sim.transcript());
    play.work().await;
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_theme_that_joins_another_takes_its_resources_with_it_and_stays_as_another_word() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.types("/hub theme fusionner", &[("theme", "rust"), ("vers", "web")]).await;
    play.work().await;
    nadia.types("/hub theme liste", &[]).await;
    nadia.completes("/hub theme modifier", "theme", "rus").await;
    expect![[r#"
        nadia types /hub theme fusionner theme: rust vers: web
        Passerelle, to nadia alone: « rust » rejoint « web ». Les ressources suivent dans quelques minutes.
        Passerelle edits « Le livre de Rust » in #bibliotheque (web):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: web
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        nadia types /hub theme liste
        Passerelle, to nadia alone:
            **2 thèmes**
            • web, aussi : rust
            • données
        nadia is typing /hub theme modifier theme: rus…
            web
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn archiving_a_theme_asks_what_replaces_it_where_nothing_else_is_left() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let nadia = play.sim.person("nadia").in_channel("general");
    nadia.types("/hub theme archiver", &[("theme", "rust")]).await;
    nadia.types("/hub theme archiver", &[("theme", "rust"), ("vers", "données")]).await;
    play.work().await;
    expect![[r#"
        nadia types /hub theme archiver theme: rust
        Passerelle, to nadia alone: 1 ressource n’a que « rust ». Choisissez le thème qui le remplace avec l’option « vers ».
        nadia types /hub theme archiver theme: rust vers: données
        Passerelle, to nadia alone: « rust » est archivé. Les ressources suivent dans quelques minutes.
        Passerelle edits « Le livre de Rust » in #bibliotheque (données):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: données
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}
