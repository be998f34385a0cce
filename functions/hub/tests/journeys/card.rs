//! The card of one resource, wherever it is opened.

use expect_test::expect;

use super::{BOOK, archive, library, shares};

#[tokio::test]
async fn hub_37_every_action_works_from_the_card_although_the_post_is_archived() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    archive(&play, "karim").await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("general");
    let offered = lea.completes("/hub fiche", "ressource", "livr").await;
    let id = offered.first().unwrap().value.clone();
    lea.types("/hub fiche", &[("ressource", id.as_str().unwrap())]).await;
    lea.presses("Utile").await;
    lea.presses("Plus d’actions").await;
    lea.chooses(&["Voir les détails"]).await;
    play.wait(std::time::Duration::from_mins(1)).await;
    expect![[r#"
        lea is typing /hub fiche ressource: livr…
            Le livre de Rust — rust
        lea types /hub fiche ressource: H-H7D2Y8C
        Passerelle, to lea alone: Publiée le <t:1795510800:D>. Adresse : https\://doc.rust\-lang.org/book
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
        lea presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        lea presses [Plus d’actions]
        Passerelle, to lea alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        lea presses [Voir les détails]
        Passerelle, to lea alone: Publiée le <t:1795510800:D>. Adresse : https\://doc.rust\-lang.org/book
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 1 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile (1)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}
