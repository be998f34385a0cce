//! Admins refuse words and links; what holds one is not published.

use expect_test::expect;

use super::moderation::guarded;
use super::{PURPOSE, library};

#[tokio::test]
async fn hub_26_a_word_is_refused_however_it_is_dressed_up_and_one_line_says_so() {
    let play = guarded().await;
    let sofia = play.sim.person("sofia").in_channel("moderation");
    sofia.types("/moderation liste-noire ajouter", &[("type", "word"), ("valeur", "viagra")]).await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://example.org/sante")]).await;
    lea.fills("Titre", "Du v1agr4 pour tous")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    lea.presses("Corriger").await;
    lea.fills("Titre", "La santé pour tous").sends().await;
    play.work().await;
    expect![[r#"
        sofia, in #moderation, types /moderation liste-noire ajouter type: word valeur: viagra
        Passerelle, to sofia alone: C’est ajouté. Mot : viagra
        lea, in #general, types /partager lien: https://example.org/sante
        Passerelle asks lea « Partager une ressource »
            Lien = https://example.org/sante
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
            Titre: Du v1agr4 pour tous
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to lea alone: Le texte contient un mot ou un lien refusé par la charte. Modifiez-le ou écrivez à la modération. (HUB-E08)
            [Corriger]
        lea presses [Corriger]
        Passerelle asks lea « Partager une ressource »
            Lien = https://example.org/sante
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Du v1agr4 pour tous
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
        lea sends « Partager une ressource »
            Titre: La santé pour tous
        Passerelle, to lea alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle posts « La santé pour tous » in #bibliotheque (rust):
            | La santé pour tous (https://example.org/sante)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @lea
            | Avis: 0 utile, 0 inutile
            | H-XVGNARM · Hub
            [Ouvrir → https://example.org/sante] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        Passerelle edits, to lea alone: C’est publié : « La santé pour tous ». Merci, votre partage aide les autres.
    "#]].assert_eq(&play.sim.transcript());
    let items = play.aws.items(tests::stage::PREFIX, hub::items::STATE).await;
    let refused = |item: &&store::Item| {
        item.get("event").is_some_and(|event| event.as_s().is_ok_and(|event| event == "refused"))
    };
    let reason = |line: &store::Item| line["reason"].as_s().expect("a text").clone();
    let lines: Vec<String> = items.iter().filter(refused).map(reason).collect();
    assert_eq!(lines, ["viagra"], "one line, with the entry");
    play.sim.assert_clean();
}

#[tokio::test]
async fn an_admin_sees_what_holds_an_entry_already_and_takes_it_back() {
    let play = guarded().await;
    let sofia = play.sim.person("sofia").in_channel("moderation");
    let domain = "https://www.exemple.org/a";
    for (kind, value) in [("word", "Rust"), ("word", "Rust"), ("domain", domain), ("domain", "x")] {
        sofia.types("/moderation liste-noire ajouter", &[("type", kind), ("valeur", value)]).await;
    }
    sofia.types("/moderation liste-noire voir", &[]).await;
    let rust = [("type", "word"), ("valeur", "Rust")];
    sofia.types("/moderation liste-noire retirer", &rust).await;
    sofia.types("/moderation liste-noire retirer", &rust).await;
    play.sim.person("idris").in_channel("moderation").types("/moderation liste-noire voir", &[]).await;
    expect![[r#"
        sofia, in #moderation, types /moderation liste-noire ajouter type: word valeur: Rust
        Passerelle, to sofia alone: C’est ajouté. Mot : Rust
            Une ressource déjà publiée le contient dans son titre. Elle reste visible :
            - Le livre de Rust https://discord.com/channels/1574711171481600005/1574711171481600035
        sofia types /moderation liste-noire ajouter type: word valeur: Rust
        Passerelle, to sofia alone: C’est déjà dans la liste. Mot : Rust
        sofia types /moderation liste-noire ajouter type: domain valeur: https://www.exemple.org/a
        Passerelle, to sofia alone: C’est ajouté. Domaine : exemple.org
        sofia types /moderation liste-noire ajouter type: domain valeur: x
        Passerelle, to sofia alone: Cette valeur ne peut rien refuser. Un mot a des lettres, un domaine ressemble à exemple.org.
        sofia types /moderation liste-noire voir
        Passerelle, to sofia alone: Refusés (2)
            - Mot : Rust
            - Domaine : exemple.org
        sofia types /moderation liste-noire retirer type: word valeur: Rust
        Passerelle, to sofia alone: C’est retiré. Mot : Rust
        sofia types /moderation liste-noire retirer type: word valeur: Rust
        Passerelle, to sofia alone: Ce n’est pas dans la liste. Regardez avec /moderation liste-noire voir.
        idris types /moderation liste-noire voir
        Passerelle, to idris alone: Cette action est réservée aux administrateurs. Demandez à l’un d’eux. (HUB-E01)
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_link_under_a_refused_domain_is_not_published() {
    let play = library().await;
    let sofia = play.sim.person("sofia").in_channel("general");
    sofia.types("/moderation liste-noire ajouter", &[("type", "domain"), ("valeur", "exemple.org")]).await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://cours.exemple.org/a")]).await;
    lea.fills("Titre", "Un bon cours")
        .fills("Description", PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    play.work().await;
    expect![[r#"
        sofia, in #general, types /moderation liste-noire ajouter type: domain valeur: exemple.org
        Passerelle, to sofia alone: C’est ajouté. Domaine : exemple.org
        lea types /partager lien: https://cours.exemple.org/a
        Passerelle asks lea « Partager une ressource »
            Lien = https://cours.exemple.org/a
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
            Titre: Un bon cours
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to lea alone: Le texte contient un mot ou un lien refusé par la charte. Modifiez-le ou écrivez à la modération. (HUB-E08)
            [Corriger]
    "#]].assert_eq(&play.sim.transcript());
    play.sim.assert_clean();
}
