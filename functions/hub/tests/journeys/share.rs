//! From the form to the post, and what becomes of it.

use std::time::Duration;

use app::Request;
use directory::{ChannelKey, Function, Guild, RoleKey};
use discord::permission::Permissions;
use discord::{RoleId, UserId};
use expect_test::expect;
use hub::model::{Resource, ResourceId, State};
use hub::{Hub, items};
use sim::{Fault, NewChannel};
use store::outbox::NewJob;
use tests::stage::Play;

use super::{BOOK, PURPOSE, library, shares};

#[tokio::test]
async fn hub_01_a_link_is_shared_published_judged_and_found_again() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    lea.presses("Utile").await;
    lea.presses("Inutile").await;
    lea.presses("Inutile").await;
    play.wait(Duration::from_mins(1)).await;
    let lea = lea.in_channel("general");
    lea.completes("/chercher", "texte", "livr").await;
    lea.types("/chercher", &[("texte", "rust livre")]).await;
    expect![[r#"
        karim, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle asks karim « Partager une ressource »
            Lien = https://doc.rust-lang.org/book/
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Titre: Le livre de Rust
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to karim alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to karim alone: C’est publié : « Le livre de Rust ». Merci, votre partage aide les autres.
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        lea presses [Inutile]
        Passerelle, to lea alone: Avis enregistré : inutile. Total : 0 utile, 1 inutile.
        lea presses [Inutile]
        Passerelle, to lea alone: Avis retiré. Total : 0 utile, 0 inutile.
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        lea is typing /chercher texte: livr…
            Le livre de Rust — rust
        lea, in #general, types /chercher texte: rust livre
        Passerelle, to lea alone:
            1 ressource trouvée pour « rust livre »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_02_a_link_that_is_there_already_shows_its_card() {
    let play = library().await;
    shares(&play, "karim", "https://youtu.be/dQw4w9WgXcQ", "Une vidéo connue").await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3")]).await;
    lea.presses("Voter utile").await;
    play.work().await;
    expect![[r#"
        lea types /partager lien: https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3
        Passerelle, to lea alone: Cette ressource est déjà dans le Hub.
            | Une vidéo connue (https://youtu.be/dQw4w9WgXcQ)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @karim le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes]
        lea presses [Voter utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        Passerelle edits « Une vidéo connue » in #bibliotheque (rust):
            | Une vidéo connue (https://youtu.be/dQw4w9WgXcQ)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 1 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://youtu.be/dQw4w9WgXcQ] [Utile (1)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]].assert_eq(&play.sim.transcript());
    let figures = play.store().get(&items::figures(play.guild)).await.unwrap().unwrap();
    assert_eq!(figures["duplicates"].as_n().unwrap(), "1");
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_09_a_newcomer_searches_and_neither_shares_nor_votes() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let hugo = play.sim.person("hugo").in_channel("general");
    hugo.types("/partager", &[("lien", "https://example.org/autre")]).await;
    hugo.in_post("Le livre de Rust").presses("Utile").await;
    hugo.types("/chercher", &[("texte", "RUST")]).await;
    expect![[r#"
        hugo types /partager lien: https://example.org/autre
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
        hugo, in « Le livre de Rust », presses [Utile]
        Passerelle, to hugo alone: Cette action demande d’être membre. Rejoignez d’abord une promotion avec « Rejoindre ma promotion ». (HUB-E01)
        hugo, in #general, types /chercher texte: RUST
        Passerelle, to hugo alone:
            1 ressource trouvée pour « RUST »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn hub_14_nobody_votes_on_their_own_resource() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    play.sim.person("karim").in_post("Le livre de Rust").presses("Utile").await;
    expect![[r#"
        karim, in « Le livre de Rust », presses [Utile]
        Passerelle, to karim alone: C’est votre ressource. Les avis viennent des autres. (HUB-E12)
    "#]]
    .assert_eq(&play.sim.transcript());
    assert_eq!(play.jobs("hub").await.len(), 0);
}

#[tokio::test]
async fn what_was_typed_is_kept_when_something_is_wrong_with_it() {
    let play = library().await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[]).await;
    karim
        .fills("Lien", "pas un lien")
        .fills("Titre", "Le livre de Rust")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["web"])
        .sends()
        .await;
    karim.presses("Corriger").await;
    let form = karim.form();
    assert_eq!(form.prefilled("Titre"), "Le livre de Rust");
    assert_eq!(form.prefilled("Description"), PURPOSE);
    form.fills("Lien", BOOK).chooses("Thèmes", &["web"]).sends().await;
    play.work().await;
    // The draft was used up: the button that led to it is old now.
    karim.presses("Corriger").await;
    expect![[r#"
        karim, in #general, types /partager
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
        karim sends « Partager une ressource »
            Lien: pas un lien
            Titre: Le livre de Rust
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: web
        Passerelle, to karim alone: Ce lien n’est pas lisible. Il doit commencer par https. Vérifiez-le, puis choisissez « Corriger ». (HUB-E02)
            [Corriger]
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien = pas un lien
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Le livre de Rust
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web* · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Lien: https://doc.rust-lang.org/book/
            Thèmes: web
        Passerelle, to karim alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « Le livre de Rust » in #bibliotheque (web):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: web
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-2XKDM6V · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to karim alone: C’est publié : « Le livre de Rust ». Merci, votre partage aide les autres.
        karim presses [Corriger]
        Passerelle, to karim alone: Ce bouton est ancien. Ouvrez la ressource avec /hub fiche. (HUB-E20)
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn the_fourth_link_in_five_minutes_waits_and_is_not_lost() {
    let play = library().await;
    for number in 1..=3 {
        let link = format!("https://example.org/cours/{number}");
        shares(&play, "karim", &link, &format!("Cours numéro {number}")).await;
    }
    play.sim.take_transcript();
    shares(&play, "karim", "https://example.org/cours/4", "Cours numéro 4").await;
    play.clock.advance_to(play.clock.now().plus_secs(5 * 60));
    let karim = play.sim.person("karim").in_channel("general");
    karim.presses("Corriger").await;
    karim.form().chooses("Thèmes", &["rust"]).sends().await;
    play.work().await;
    expect![[r#"
        karim types /partager lien: https://example.org/cours/4
        Passerelle asks karim « Partager une ressource »
            Lien = https://example.org/cours/4
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Titre: Cours numéro 4
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to karim alone: Beaucoup d’actions en peu de temps. Réessayez <t:1795511100:R>. (HUB-E05)
            [Corriger]
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien = https://example.org/cours/4
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Cours numéro 4
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Thèmes: rust
        Passerelle, to karim alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « Cours numéro 4 » in #bibliotheque (rust):
            | Cours numéro 4 (https://example.org/cours/4)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-AD57VSR · Hub
            [Ouvrir → https://example.org/cours/4] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to karim alone: C’est publié : « Cours numéro 4 ». Merci, votre partage aide les autres.
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn a_server_without_hub_says_so_and_keeps_the_link() {
    let play = library().await;
    play.set(&Guild::default().role(RoleKey::Learner, learners(&play)).switch(Function::Hub, true)).await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", BOOK)]).await;
    play.set(&Guild::default().role(RoleKey::Learner, learners(&play)).switch(Function::Hub, false)).await;
    karim.types("/chercher", &[("texte", "rust")]).await;
    expect![[r#"
        karim, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to karim alone: Le Hub n’est pas encore installé ici. Votre texte est gardé 14 jours. Prévenez un administrateur. (HUB-E04)
            [Corriger]
        karim types /chercher texte: rust
        Passerelle, to karim alone: Cette fonction n’est pas activée sur ce serveur. Demandez à un administrateur. (HUB-E18)
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn english_is_spoken_to_whoever_reads_english() {
    let play = library().await;
    play.sim.set_locale(play.sim.user("karim").unwrap(), "en-GB");
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", BOOK)]).await;
    karim
        .fills("Title", "The Rust Book")
        .fills("Description", "The official book, a good start.")
        .chooses("Themes", &["rust"])
        .sends()
        .await;
    play.work().await;
    karim.types("/chercher", &[("texte", "nothing like it")]).await;
    expect![[r#"
        karim, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle asks karim « Share a resource »
            Link = https://doc.rust-lang.org/book/
                The address of the page. Example: https://developer.mozilla.org/en-US
            Title*
                From 5 to 100 characters
            Description*
                What is it for? For whom? From 20 to 1500 characters
            Themes* (rust · web · données)
                From 1 to 5 themes
            File or image (files)
                Without a link, add a file. 10 MB at most.
        karim sends « Share a resource »
            Title: The Rust Book
            Description: The official book, a good start.
            Themes: rust
        Passerelle, to karim alone: It is saved. It will be published in a few seconds.
        Passerelle posts « The Rust Book » in #bibliotheque (rust):
            | The Rust Book (https://doc.rust-lang.org/book/)
            | The official book, a good start.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to karim alone: It is published: « The Rust Book ». Thank you, your share helps others.
        karim types /chercher texte: nothing like it
        Passerelle, to karim alone: Nothing found for “nothing like it”. Try another word, or share the missing resource with /share.
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_10_without_a_forum_a_resource_is_a_message_with_a_thread() {
    let play = library().await;
    let channel = play.sim.add_channel(play.guild, NewChannel::text("ressources"));
    play.set(&Guild::default().role(RoleKey::Learner, learners(&play)).channel(ChannelKey::Hub, channel))
        .await;
    // The message arrives, Discord's answer to the thread is lost once.
    play.sim.faults().next("POST /channels/*/messages/*/threads", Fault::StatusAfter(500));
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("ressources");
    lea.presses("Utile").await;
    play.wait(Duration::from_mins(1)).await;
    expect![[r#"
        lea, in #ressources, presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        Passerelle edits:
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 1 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile (1)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_forum_that_wants_a_tag_gets_the_one_for_everything_else() {
    let play = library().await;
    let forum = NewChannel::forum("autre", ["Rust", "Divers"]).require_tag();
    let forum = play.sim.add_channel(play.guild, forum);
    play.set(&Guild::default().role(RoleKey::Learner, learners(&play)).channel(ChannelKey::Hub, forum)).await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    expect![[r#"
        Passerelle posts « Le livre de Rust » in #autre (Divers):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]]
    .assert_eq(&play.sim.person("lea").in_post("Le livre de Rust").reads());
    play.sim.assert_clean();
}

#[tokio::test]
async fn hub_12_after_a_day_without_rights_the_text_is_a_draft_again_and_the_link_is_free() {
    let play = library().await;
    // The bot may still write, and no longer show cards: Discord refuses each post.
    let plain =
        Permissions::VIEW_CHANNEL.or(Permissions::SEND_MESSAGES).or(Permissions::USE_APPLICATION_COMMANDS);
    for role in [role(&play, "Passerelle"), play.guild.everyone()] {
        play.sim.set_role_permissions(play.guild, role, plain);
    }
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.wait(Duration::from_hours(36)).await;
    assert_eq!(play.jobs("hub").await.len(), 0);
    let karim = play.sim.person("karim").in_channel("general");
    karim.presses("Corriger").await;
    assert_eq!(karim.form().prefilled("Lien"), BOOK, "the text is kept, and the link is free");
    expect![[r#"
        karim, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle asks karim « Partager une ressource »
            Lien = https://doc.rust-lang.org/book/
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Titre: Le livre de Rust
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to karim alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle edits, to karim alone: C’est plus long que prévu. Rien n’est perdu : le travail continue.
        Passerelle: @karim
            La publication n’a pas réussi. Votre texte est gardé 14 jours. Choisissez « Corriger » pour réessayer.
            [Corriger]
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien = https://doc.rust-lang.org/book/
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Le livre de Rust
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn hub_36_a_person_who_is_erased_leaves_what_was_shared_and_no_name() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    shares(&play, "lea", "https://example.org/lea", "Une page de Léa").await;
    let karim = play.sim.person("karim");
    karim.in_post("Une page de Léa").presses("Utile").await;
    karim.in_channel("general").types("/partager", &[("lien", "pas un lien")]).await;
    play.wait(Duration::from_mins(1)).await;
    play.sim.take_transcript();

    erase(&play, karim.id()).await;

    let left = play.aws.items("stage", items::STATE).await;
    let id = karim.id().to_string();
    let named: Vec<_> = left
        .iter()
        .filter(|item| !item["pk"].as_s().unwrap().contains("#I#"))
        .filter(|item| format!("{item:?}").contains(&id))
        .collect();
    assert!(named.is_empty(), "{named:#?}");
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    expect![[r#"
        Passerelle posts « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: Membre supprimé
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]]
    .assert_eq(&lea.reads());
    expect![[r#"
        Passerelle posts « Une page de Léa » in #bibliotheque (rust):
            | Une page de Léa (https://example.org/lea)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @lea
            | Avis: 1 utile, 0 inutile
            | H-WARRX5X · Hub
            [Ouvrir → https://example.org/lea] [Utile (1)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]]
    .assert_eq(&lea.in_post("Une page de Léa").reads());
}

#[tokio::test]
async fn the_last_try_that_had_its_effect_without_an_answer_is_a_publication() {
    let play = library().await;
    let open = "POST /channels/*/threads";
    // A first try and five more fail, the seventh opens the post and Discord's answer is lost.
    play.sim.faults().times(6, open, Fault::Status(500));
    play.sim.faults().next(open, Fault::StatusAfter(500));
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.wait(Duration::from_hours(36)).await;
    assert!(!play.sim.faults().pending(), "seven tries were made");
    assert_eq!(play.jobs("hub").await.len(), 0);
    play.sim.take_transcript();
    play.sim.person("lea").in_post("Le livre de Rust").presses("Utile").await;
    expect![[r#"
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
    "#]]
    .assert_eq(&play.sim.transcript());
}

/// The resource of somebody who has shared a lot: more than one transaction can rewrite.
#[tokio::test]
async fn a_person_who_shared_a_hundred_times_is_erased_from_all_of_it() {
    let play = library().await;
    let karim = play.sim.person("karim").id();
    for number in 0..100 {
        let id = ResourceId::new(number);
        let sent = play.clock.now().0;
        let resource = Resource {
            state: State::Publiee,
            original: Some("https://example.org/?moi".into()),
            ..Resource::new(id, "Un titre", PURPOSE, karim, sent)
        };
        play.store().commit(items::create_resource(play.guild, &resource)).await.unwrap();
    }
    erase(&play, karim).await;
    let left = play.aws.items("stage", items::STATE).await;
    let named: Vec<_> = left.iter().filter(|item| format!("{item:?}").contains(&karim.to_string())).collect();
    assert!(named.is_empty(), "{named:#?}");
    assert!(!format!("{left:?}").contains("?moi"));
    assert_eq!(left.iter().filter(|item| item["sk"].as_s().unwrap() == "META").count(), 100);
    assert_eq!(play.jobs("hub").await.len(), 0);
}

#[tokio::test]
async fn a_button_of_another_time_changes_nothing() {
    let play = library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    play.sim.take_transcript();
    // The table was restored from an older day: the resource is not there.
    for item in play.aws.items("stage", items::STATE).await {
        if item["sk"].as_s().unwrap() == "META" {
            let key = store::Key::new(items::STATE, item["pk"].as_s().unwrap(), "META");
            play.store().commit(vec![store::Write::delete(key)]).await.unwrap();
        }
    }
    lea.presses("Utile").await;
    expect![[r#"
        lea, in « Le livre de Rust », presses [Utile]
        Passerelle, to lea alone: Ce bouton est ancien. Ouvrez la ressource avec /hub fiche. (HUB-E20)
    "#]]
    .assert_eq(&play.sim.transcript());
}

fn learners(play: &Play<Hub>) -> RoleId {
    role(play, "Apprenants")
}

fn role(play: &Play<Hub>, name: &str) -> RoleId {
    play.sim.look(|world| {
        let guild = &world.guilds[&play.guild];
        guild.roles.values().find(|role| role.name == name).expect("the stage has this role").id
    })
}

#[tokio::test]
async fn a_file_alone_is_published_with_its_post_and_the_same_file_only_once() {
    let play = library().await;
    let sends = async |who: &str, title: &str, name: &str| {
        let person = play.sim.person(who).in_channel("general");
        person.types("/partager", &[]).await;
        person
            .fills("Titre", title)
            .fills("Description", PURPOSE)
            .chooses("Thèmes", &["rust"])
            .attaches("Fichier ou image", name, b"un cours".to_vec())
            .sends()
            .await;
        play.work().await;
        person
    };
    sends("karim", "Le cours de Rust", "Été — cours.pdf").await;
    play.sim.take_transcript();
    let lea = sends("lea", "Un autre titre", "copie.pdf").await;
    lea.in_post("Le cours de Rust").presses("Utile").await;
    play.work().await;
    expect![[r#"
        lea types /partager
        Passerelle asks lea « Partager une ressource »
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
        lea sends « Partager une ressource »
            Titre: Un autre titre
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
            Fichier ou image: copie.pdf
        Passerelle, to lea alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle edits, to lea alone: Cette ressource est déjà dans le Hub.
            | Le cours de Rust
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @karim le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600032] [Voter utile] [Proposer des thèmes]
        lea, in « Le cours de Rust », presses [Utile]
        Passerelle, to lea alone: Avis enregistré : utile. Total : 1 utile, 0 inutile.
        Passerelle edits:
            | Le cours de Rust
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 1 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Utile (1)] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            file ete-cours.pdf: Le cours de Rust
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_form_without_link_and_file_says_what_is_missing_and_a_refused_file_is_named() {
    let play = library().await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[]).await;
    karim.fills("Titre", "Le cours").fills("Description", PURPOSE).chooses("Thèmes", &["rust"]).sends().await;
    karim.presses("Corriger").await;
    // Nothing is left out of the file: it is empty.
    karim.form().attaches("Fichier ou image", "vide.txt", Vec::new()).sends().await;
    play.work().await;
    expect![[r#"
        karim, in #general, types /partager
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
        karim sends « Partager une ressource »
            Titre: Le cours
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to karim alone: Il manque un lien ou un fichier. Ajoutez l’un des deux, puis envoyez de nouveau. (HUB-E03)
            [Corriger]
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Le cours
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Fichier ou image: vide.txt
        Passerelle, to karim alone: Ce fichier est trop lourd ou d’un type refusé. Maximum : 10 Mo. Types : PDF, image, texte, document. (HUB-E10)
            [Corriger]
    "#]].assert_eq(&play.sim.transcript());
}

#[tokio::test]
async fn a_file_that_came_with_a_refused_form_need_not_be_sent_again() {
    let play = library().await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", "pas un lien")]).await;
    karim.presses("Corriger").await;
    karim
        .fills("Titre", "Le cours")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .attaches("Fichier ou image", "cours.md", b"# Cours".to_vec())
        .sends()
        .await;
    play.sim.take_transcript();
    karim.presses("Corriger").await;
    karim.form().fills("Lien", "").sends().await;
    play.work().await;
    expect![[r#"
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien = pas un lien
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Le cours
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                « cours.md » est gardé. Choisir un autre fichier le remplace.
        karim sends « Partager une ressource »
            Lien: 
        Passerelle, to karim alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « Le cours » in #bibliotheque (rust):
            | Le cours
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | H-WARRX5X · Hub
            [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
            file cours.md: Le cours
        Passerelle edits, to karim alone: C’est publié : « Le cours ». Merci, votre partage aide les autres.
    "#]]
    .assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

/// The community asks for the erasure of a person, and the worker does it.
pub(super) async fn erase(play: &Play<Hub>, user: UserId) {
    let job = NewJob {
        guild: play.guild.0,
        id: "community-1-0".into(),
        kind: Request::ErasePerson { user }.kind().into(),
        body: serde_json::json!({ "user": user }),
        at: None,
        answer_to: None,
        cause: None,
        from: "community",
        natural: false,
    };
    play.store().commit(vec![job.write("hub", play.clock.now().0)]).await.unwrap();
    play.wait(Duration::from_mins(1)).await;
}

#[tokio::test]
async fn a_link_that_discord_does_not_open_is_told_at_once_and_what_was_typed_is_kept() {
    let play = library().await;
    let karim = play.sim.person("karim").in_channel("general");
    // 420 characters as typed, 2420 as Discord takes it.
    let link = format!("https://example.org/{}", "é".repeat(400));
    karim.types("/partager", &[("lien", &link)]).await;
    karim.presses("Corriger").await;
    karim
        .fills("Titre", "Le livre de Rust")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    expect![[r#"
        karim, in #general, types /partager lien: <420 characters>
        Passerelle, to karim alone: Ce lien est trop long. Discord ouvre 2048 caractères au plus, accents codés. Choisissez « Corriger », puis mettez un lien plus court. (HUB-E02)
            [Corriger]
        karim presses [Corriger]
        Passerelle asks karim « Partager une ressource »
            Lien = <420 characters>
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre*
                De 5 à 100 caractères
            Description*
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        karim sends « Partager une ressource »
            Titre: Le livre de Rust
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to karim alone: Ce lien est trop long. Discord ouvre 2048 caractères au plus, accents codés. Choisissez « Corriger », puis mettez un lien plus court. (HUB-E02)
            [Corriger]
    "#]]
    .assert_eq(&play.sim.transcript().replace(&link, "<420 characters>"));
}

#[tokio::test]
async fn a_partner_is_not_sent_to_join_a_promotion() {
    let play = library().await;
    let paul = play.sim.add_person("paul", "Paul", "fr");
    let role = play.sim.add_role(play.guild, sim::NewRole::named("partenaire"));
    play.sim.join(play.guild, paul, &[role]);
    let item = play.store().get(&directory::guild_key(play.guild)).await.unwrap();
    let settings = Guild::load(item).unwrap().role(RoleKey::Partner, role);
    play.store().commit(vec![directory::put_guild(play.guild, &settings)]).await.unwrap();
    play.sim.take_transcript();
    play.sim.person("paul").in_channel("general").types("/partager", &[("lien", BOOK)]).await;
    expect![[r#"
        paul, in #general, types /partager lien: https://doc.rust-lang.org/book/
        Passerelle, to paul alone: Cette action est réservée aux membres de l’école. Comme partenaire, vous pouvez lire et chercher : tapez /chercher. (HUB-E01)
    "#]]
    .assert_eq(&play.sim.transcript());
}
