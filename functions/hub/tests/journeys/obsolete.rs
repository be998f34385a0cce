//! What has aged, and who says so.

use std::time::Duration;

use app::Job as _;
use expect_test::expect;
use hub::jobs::Job;
use hub::model::Resource;
use hub::{Hub, items};
use store::outbox::NewJob;
use tests::stage::Play;

use super::{BOOK, library, shares};

/// So many learners more.
fn learners(play: &Play<Hub>, names: &[&str]) {
    let role = play.sim.look(|world| {
        world.guilds[&play.guild].roles.values().find(|role| role.name == "Apprenants").unwrap().id
    });
    for name in names {
        let user = play.sim.add_person(*name, *name, "fr");
        play.sim.join(play.guild, user, &[role]);
    }
}

/// The only resource, as it is stored.
async fn stored(play: &Play<Hub>) -> Resource {
    let items = play.aws.items("stage", items::STATE).await;
    let mut resources = items.into_iter().filter(|item| item["sk"].as_s().unwrap() == "META");
    store::read(resources.next().unwrap()).unwrap()
}

/// These people press this button of the post.
async fn press(play: &Play<Hub>, names: &[&str], label: &str) {
    for name in names {
        play.sim.person(name).in_post("Le livre de Rust").presses(label).await;
    }
}

/// « Toujours valable », which stands in a list.
async fn still_valid(play: &Play<Hub>, name: &str) {
    let person = play.sim.person(name).in_post("Le livre de Rust");
    person.presses("Plus d’actions").await;
    person.chooses(&["Toujours valable"]).await;
}

#[tokio::test]
async fn hub_16_three_members_make_a_resource_obsolete_its_author_is_told_and_it_ranks_lower() {
    let play = library().await;
    learners(&play, &["ines", "paul"]);
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let before = stored(&play).await;
    play.sim.take_transcript();
    press(&play, &["lea", "ines"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    assert!(!stored(&play).await.obsolete);
    press(&play, &["paul"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.person("karim").in_channel("general").types("/hub moi", &[]).await;
    let after = stored(&play).await;
    assert!(after.obsolete);
    assert_eq!(before.hot - after.hot, 602_060);
    expect![[r#"
        lea, in « Le livre de Rust », presses [Obsolète]
        Passerelle, to lea alone: C’est noté : obsolète. Total : 1 « obsolète », 0 « toujours valable ».
        ines presses [Obsolète]
        Passerelle, to ines alone: C’est noté : obsolète. Total : 2 « obsolète », 0 « toujours valable ».
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        paul presses [Obsolète]
        Passerelle, to paul alone: C’est noté : obsolète. Total : 3 « obsolète », 0 « toujours valable ».
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | État: Obsolète : 3 personnes le disent
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim, in #general, types /hub moi
        Passerelle, to karim alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510860:R> : « Le livre de Rust » est obsolète pour 3 personnes. Voyez la ressource avec /hub fiche.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn members_change_their_minds_and_the_resource_follows() {
    let play = library().await;
    learners(&play, &["ines", "paul"]);
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    press(&play, &["lea", "ines", "paul"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.take_transcript();
    press(&play, &["lea"], "Obsolète").await;
    still_valid(&play, "lea").await;
    play.wait(Duration::from_mins(1)).await;
    // To whoever shared it, that line is not offered.
    press(&play, &["karim"], "Plus d’actions").await;
    press(&play, &["hugo"], "Obsolète").await;
    let after = stored(&play).await;
    assert_eq!((after.old, after.valid, after.obsolete), (2, 1, false));
    expect![[r#"
        lea presses [Obsolète]
        Passerelle, to lea alone: C’est retiré. Total : 2 « obsolète », 0 « toujours valable ».
        lea presses [Plus d’actions]
        Passerelle, to lea alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        lea presses [Toujours valable]
        Passerelle, to lea alone: C’est noté : toujours valable. Total : 2 « obsolète », 1 « toujours valable ».
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim presses [Plus d’actions]
        Passerelle, to karim alone: Que voulez-vous faire avec « Le livre de Rust » ?
            Vous avez 1 nouvelle. Lisez-la avec /hub moi.
            (Choisissez une action: Voir les détails · Le lien ne marche plus)
        hugo presses [Obsolète]
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn staff_say_it_alone_and_take_it_back_although_a_member_disagrees() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    press(&play, &["nadia"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    press(&play, &["nadia", "karim"], "Obsolète").await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", BOOK)]).await;
    lea.presses("Toujours valable").await;
    still_valid(&play, "nadia").await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.person("karim").in_channel("general").types("/hub moi", &[]).await;
    expect![[r#"
        nadia, in « Le livre de Rust », presses [Obsolète]
        Passerelle, to nadia alone: La ressource est marquée obsolète. Pour revenir en arrière : « Plus d’actions », puis « Toujours valable ».
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | État: Obsolète : l’équipe le dit
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        nadia presses [Obsolète]
        Passerelle, to nadia alone: La ressource est déjà marquée obsolète. Merci.
        karim presses [Obsolète]
        Passerelle, to karim alone: La ressource est déjà marquée obsolète. Merci.
            Vous avez 1 nouvelle. Lisez-la avec /hub moi.
        lea, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to lea alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @karim le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | État: Obsolète : l’équipe le dit
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes] [Toujours valable]
        lea presses [Toujours valable]
        Passerelle, to lea alone: C’est noté : toujours valable. Total : 0 « obsolète », 1 « toujours valable ».
        nadia, in « Le livre de Rust », presses [Plus d’actions]
        Passerelle, to nadia alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        nadia presses [Toujours valable]
        Passerelle, to nadia alone: La ressource n’est plus marquée obsolète.
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim, in #general, types /hub moi
        Passerelle, to karim alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795510800:R> : « Le livre de Rust » est obsolète pour l’équipe. Voyez la ressource avec /hub fiche.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn an_author_says_it_alone_and_takes_it_back() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    press(&play, &["karim"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    still_valid(&play, "karim").await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.person("karim").in_channel("general").types("/hub moi", &[]).await;
    expect![[r#"
        karim, in « Le livre de Rust », presses [Obsolète]
        Passerelle, to karim alone: La ressource est marquée obsolète. Pour revenir en arrière : « Plus d’actions », puis « Toujours valable ».
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | État: Obsolète : son auteur le dit
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim presses [Plus d’actions]
        Passerelle, to karim alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        karim presses [Toujours valable]
        Passerelle, to karim alone: La ressource n’est plus marquée obsolète.
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim, in #general, types /hub moi
        Passerelle, to karim alone:
            **Mes nouvelles**
            Rien pour le moment. Les nouvelles restent ici 90 jours.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn after_an_edit_nobody_has_said_anything_and_everybody_may_again() {
    let play = library().await;
    learners(&play, &["ines", "paul"]);
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    press(&play, &["lea", "ines", "paul"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    // One of them is erased: what is counted has no name any more.
    super::share::erase(&play, play.sim.user("paul").unwrap()).await;
    let before = stored(&play).await;
    assert_eq!((before.old, before.obsolete), (3, true));
    let planned = Job::ForgetAges { resource: before.id }.now();
    let job = NewJob {
        guild: play.guild.0,
        id: planned.natural_id.unwrap(),
        kind: planned.kind,
        body: planned.body,
        at: None,
        answer_to: None,
        cause: None,
        from: "hub",
        natural: true,
    };
    play.store().commit(vec![job.write("hub", play.clock.now().0)]).await.unwrap();
    play.wait(Duration::from_mins(1)).await;
    let after = stored(&play).await;
    assert_eq!((after.old, after.valid, after.obsolete), (0, 0, false));
    press(&play, &["lea"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    assert_eq!(stored(&play).await.old, 1);
}

#[tokio::test]
async fn whoever_is_erased_has_said_nothing_and_stays_counted() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    press(&play, &["lea"], "Obsolète").await;
    play.wait(Duration::from_mins(1)).await;
    let lea = play.sim.user("lea").unwrap();
    super::share::erase(&play, lea).await;
    let items = play.aws.items("stage", items::STATE).await;
    let named = items.iter().filter(|item| {
        let key = format!("{} {}", item["pk"].as_s().unwrap(), item["sk"].as_s().unwrap());
        key.contains(&lea.to_string())
    });
    assert_eq!(named.count(), 0);
    assert_eq!(stored(&play).await.old, 1);
}
