//! Opinions, one after the other.

use expect_test::expect;
use hub::items;

use super::{BOOK, library, shares};

#[tokio::test]
async fn the_sixty_first_vote_of_an_hour_waits_for_the_next_one() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    for _ in 0..60 {
        lea.presses("Utile").await;
    }
    play.sim.take_transcript();
    lea.presses("Utile").await;
    play.clock.advance_to(play.clock.now().plus_secs(3600));
    lea.presses("Utile").await;
    expect![[r#"
        lea presses [Utile]
        Passerelle, to lea alone: Beaucoup d’actions en peu de temps. Réessayez <t:1795514400:R>. (HUB-E05)
        lea presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
    "#]]
    .assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn hub_13_the_same_vote_again_withdraws_it_and_the_other_one_switches() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    lea.presses("Utile").await;
    lea.presses("Utile").await;
    lea.presses("Inutile").await;
    lea.presses("Utile").await;
    let nadia = play.sim.person("nadia").in_post("Le livre de Rust");
    nadia.presses("Utile").await;
    play.wait(std::time::Duration::from_mins(1)).await;
    expect![[r#"
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        lea presses [Utile]
        Passerelle, to lea alone: Avis retiré. Total : 0 utile, 0 inutile.
        lea presses [Inutile]
        Passerelle, to lea alone: Avis enregistré : inutile. Total : 0 utile, 1 inutile.
        lea presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        nadia presses [Utile]
        Passerelle, to nadia alone: Avis enregistré : utile. Total : 2 utiles, 0 inutile.
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 2 utiles, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile (2)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn whoever_is_erased_leaves_counted_votes_without_a_name() {
    let play = library().await;
    for number in 1..=3 {
        let link = format!("https://example.org/cours/{number}");
        shares(&play, "karim", &link, &format!("Cours numéro {number}")).await;
    }
    let lea = play.sim.person("lea");
    for number in 1..=3 {
        lea.in_post(&format!("Cours numéro {number}")).presses("Utile").await;
        play.clock.advance_to(play.clock.now().plus_secs(3600));
    }
    lea.in_post("Cours numéro 1").presses("Inutile").await;
    play.wait(std::time::Duration::from_mins(1)).await;
    let user = play.sim.user("lea").unwrap();
    super::share::erase(&play, user).await;
    let items = play.aws.items("stage", items::STATE).await;
    let named = items.iter().filter(|item| {
        let key = format!("{} {}", item["pk"].as_s().unwrap(), item["sk"].as_s().unwrap());
        key.contains(&user.to_string())
    });
    assert_eq!(named.count(), 0);
    let counted = items.iter().filter(|item| item["sk"].as_s().unwrap() == "META");
    let useful: u32 = counted.map(|item| item["up"].as_n().unwrap().parse::<u32>().unwrap()).sum();
    assert_eq!(useful, 2);
}
