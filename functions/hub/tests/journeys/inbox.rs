//! What people are told, and where they read it.

use expect_test::expect;
use hub::Hub;
use hub::inbox::{Notice, tell};
use hub::model::ResourceId;
use tests::stage::Play;

use super::{BOOK, library, shares};

/// Somebody is told something, now.
async fn told(play: &Play<Hub>, who: &str, notice: Notice) {
    let user = play.sim.user(who).unwrap();
    play.store().commit(vec![tell(play.guild, user, notice, play.clock.now())]).await.unwrap();
    play.clock.advance_to(play.clock.now().plus_secs(1));
}

#[tokio::test]
async fn news_is_said_under_what_is_found_until_it_is_read_in_the_inbox() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let resource = ResourceId::new(1);
    told(&play, "lea", Notice::DeadLink { resource, title: "Un *vieux* cours".into() }).await;
    told(&play, "lea", Notice::Level { level: 12 }).await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/chercher", &[("texte", "rust")]).await;
    let voter = lea.in_post("Le livre de Rust");
    voter.presses("Utile").await;
    lea.types("/hub moi", &[]).await;
    lea.types("/chercher", &[("texte", "rust")]).await;
    expect![[r#"
        lea types /chercher texte: rust
        Passerelle, to lea alone:
            1 ressource trouvée pour « rust »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
            Vous avez 2 nouvelles. Lisez-les avec /hub moi.
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        lea, in #general, types /hub moi
        Passerelle, to lea alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510801:R> : Vous êtes au niveau 12. Bravo !
            **Nouveau**, <t:1795510800:R> : Le lien de « Un \*vieux\* cours » ne répond plus. Voyez la ressource avec /hub fiche.
        lea types /chercher texte: rust
        Passerelle, to lea alone:
            1 ressource trouvée pour « rust »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
    "#]]
    .assert_eq(&play.sim.transcript());
}
