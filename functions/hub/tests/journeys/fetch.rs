//! What becomes of links: their pages' titles on posts, short ones followed, dead ones found out.
//!
//! Whoever looks outside is a stand-in here; the one that is deployed is tried in `tests/fetch`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{Outside, OutsideError};
use expect_test::expect;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use hub::check::model::LinkState;
use hub::fetch::{Answer, Ask, Page, Question, Trouble};
use hub::model::Resource;
use hub::{Hub, items};
use serde_json::Value;
use tests::stage::Play;

use super::{BOOK, furnished, shares};

const DAY: Duration = Duration::from_hours(24);

/// A web in which links are what a test says.
#[derive(Clone, Default)]
struct Web(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    answers: BTreeMap<String, Answer>,
    /// How often nobody can be reached before it works.
    out_of_reach: u32,
    asked: Vec<String>,
}

impl Web {
    /// A library whose worker looks at this web.
    async fn library(&self) -> Play<Hub> {
        furnished(Play::with_outside(Arc::new(self.clone())).await).await
    }

    fn put(&self, url: &str, answer: impl Into<Answer>) -> &Self {
        self.0.lock().unwrap().answers.insert(url.into(), answer.into());
        self
    }

    /// A page with this title.
    fn page(&self, url: &str, title: &str) -> &Self {
        let page = Page { title: Some(title.into()), lang: Some("en".into()), ..Page::default() };
        self.put(url, Answer::Answered { status: 200, url: url.into(), page: Some(page) })
    }

    /// A server that gives no page, but this status.
    fn status(&self, url: &str, status: u16) -> &Self {
        self.put(url, Answer::Answered { status, url: url.into(), page: None })
    }

    /// A server that answers HEAD with this status, whatever it answers otherwise.
    fn head(&self, url: &str, status: u16) -> &Self {
        self.put(&format!("head {url}"), Answer::Answered { status, url: url.into(), page: None })
    }

    /// A short link.
    fn leads(&self, url: &str, to: &str) -> &Self {
        self.put(url, Answer::Leads { url: to.into() })
    }

    fn out_of_reach(&self, times: u32) {
        self.0.lock().unwrap().out_of_reach = times;
    }

    /// What was asked since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }
}

impl Outside for Web {
    fn ask(&self, question: Value) -> BoxFuture<'_, Result<Value, OutsideError>> {
        let mut inside = self.0.lock().unwrap();
        let Question { url, ask } = serde_json::from_value(question).expect("a question");
        let word = match ask {
            Ask::Head => "head",
            Ask::Page => "page",
            Ask::Behind => "behind",
        };
        let asked = format!("{word} {url}");
        let answer = inside.answers.get(&asked).or_else(|| inside.answers.get(&url));
        let answer = answer.cloned().unwrap_or(Answer::Unknown);
        inside.asked.push(asked);
        let answer = if inside.out_of_reach > 0 {
            inside.out_of_reach -= 1;
            Err(OutsideError::new("nobody answers"))
        } else {
            Ok(serde_json::to_value(answer).expect("an answer is plain data"))
        };
        std::future::ready(answer).boxed()
    }
}

/// The one resource of the library.
async fn resource(play: &Play<Hub>) -> Resource {
    let items = play.aws.items(tests::stage::PREFIX, items::STATE).await;
    let mut found = items.into_iter().filter(|item| item["sk"].as_s().is_ok_and(|sk| sk == "META"));
    let item = found.next().expect("somebody has shared something");
    assert!(found.next().is_none(), "there is one resource");
    store::read(item).expect("a resource loads")
}

#[tokio::test]
async fn the_title_of_the_page_appears_on_the_post_and_shows_only_itself() {
    let web = Web::default();
    web.page(BOOK, "The **Rust** Book <@1> [x](https://evil.example)");
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
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
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | Aperçu: doc.rust\-lang.org : The \*\*Rust\*\* Book \<\@1\> \[x\]\(https\://evil.example\)
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
    "#]].assert_eq(&play.sim.transcript());
    assert_eq!(web.asked(), [format!("page {BOOK}")]);
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_page_that_cannot_be_looked_at_changes_nothing() {
    for out_of_reach in [0, 100] {
        let web = Web::default();
        web.put(BOOK, Trouble::Late).out_of_reach(out_of_reach);
        let play = web.library().await;
        shares(&play, "karim", BOOK, "Le livre de Rust").await;
        play.wait(Duration::from_hours(40)).await;
        let transcript = play.sim.transcript();
        assert!(transcript.contains("C’est publié"), "{transcript}");
        assert!(!transcript.contains("Aperçu"), "{transcript}");
        assert_eq!(play.sim.transcript().matches("Passerelle posts").count(), 1);
        // Nobody is told, nothing is dead, and the next look is planned.
        let resource = resource(&play).await;
        let expected = if out_of_reach == 0 { LinkState::Doute } else { LinkState::NonVerifie };
        assert_eq!(resource.health.state, expected);
        assert_eq!(play.jobs("hub").await.len(), 1);
        assert!(resource.health.next_at > play.clock.now().0);
    }
}

#[tokio::test]
async fn without_anybody_who_looks_outside_nothing_is_looked_at() {
    let play = super::library().await;
    shares(&play, "karim", "https://bit.ly/3Abc", "Le livre de Rust").await;
    assert_eq!(play.jobs("hub").await.len(), 0);
    let resource = resource(&play).await;
    assert_eq!(resource.link.unwrap().key, "short:bit.ly/3Abc");
    assert_eq!(resource.health.state, LinkState::NonVerifie);
}

#[tokio::test]
async fn hub_34_a_link_is_in_doubt_once_dead_after_a_week_and_alive_when_it_answers() {
    let web = Web::default();
    web.page(BOOK, "The Rust Book");
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let state = async || resource(&play).await.health.state;
    assert_eq!(state().await, LinkState::Ok);
    play.wait(Duration::from_mins(1)).await;
    play.sim.take_transcript();
    web.asked();

    // Within thirty days, somebody looks again: HEAD, then GET for those who answer HEAD wrongly.
    web.status(BOOK, 404);
    play.wait(30 * DAY).await;
    assert_eq!(web.asked(), [format!("head {BOOK}"), format!("page {BOOK}")]);
    assert_eq!(state().await, LinkState::Doute);
    assert_eq!(play.sim.take_transcript(), "");

    // Two more over a week: dead, and everybody is told who should be.
    play.wait(8 * DAY).await;
    assert_eq!(state().await, LinkState::Mort);
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/chercher", &[("texte", "livre")]).await;
    expect![[r#"
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | Aperçu: doc.rust\-lang.org : The Rust Book
            | État: Lien mort depuis le <t:1798585018:D>
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions] [Chercher une copie archivée → https://web.archive.org/web/https://doc.rust-lang.org/book/]
        karim types /chercher texte: livre
        Passerelle, to karim alone: Rien trouvé pour « livre ». Essayez un autre mot, ou partagez la ressource qui manque avec /partager.
            Vous avez 1 nouvelle. Lisez-la avec /hub moi.
    "#]]
    .assert_eq(&play.sim.take_transcript());

    karim.types("/hub moi", &[]).await;
    expect![[r#"
        karim types /hub moi
        Passerelle, to karim alone:
            **Mes nouvelles**
            **Nouveau**, <t:1798585018:R> : Le lien de « Le livre de Rust » ne répond plus. Voyez la ressource avec /hub fiche.
    "#]].assert_eq(&play.sim.take_transcript());

    // It answers again.
    web.page(BOOK, "The Rust Book");
    play.wait(30 * DAY).await;
    assert_eq!(state().await, LinkState::Ok);
    karim.types("/chercher", &[("texte", "livre")]).await;
    expect![[r#"
        Passerelle edits « Le livre de Rust » in #bibliotheque (rust):
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | Thèmes: rust
            | Partagé par: @karim
            | Avis: 0 utile, 0 inutile
            | Aperçu: doc.rust\-lang.org : The Rust Book
            | H-H7D2Y8C · Hub
            [Ouvrir → https://doc.rust-lang.org/book/] [Utile] [Inutile] [Enregistrer]
            [Obsolète] [Signaler] [Plus d’actions]
        karim types /chercher texte: livre
        Passerelle, to karim alone:
            1 ressource trouvée pour « livre »
            **Le livre de Rust**
            rust
            Publiée <t:1795510800:R>
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031]
    "#]]
    .assert_eq(&play.sim.take_transcript());
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_server_that_answers_head_wrongly_is_alive() {
    let web = Web::default();
    web.page(BOOK, "The Rust Book");
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    web.asked();
    web.head(BOOK, 405);
    play.wait(30 * DAY).await;
    assert_eq!(web.asked(), [format!("head {BOOK}"), format!("page {BOOK}")]);
    assert_eq!(resource(&play).await.health.state, LinkState::Ok);
}

#[tokio::test]
async fn links_of_one_host_are_looked_at_five_seconds_apart() {
    let web = Web::default();
    let play = web.library().await;
    for chapter in 1..=3 {
        let url = format!("{BOOK}ch0{chapter}.html");
        web.page(&url, "Chapitre");
        shares(&play, "karim", &url, &format!("Chapitre {chapter} du livre")).await;
    }
    assert_eq!(web.asked().len(), 1);
    play.wait(Duration::from_secs(5)).await;
    assert_eq!(web.asked().len(), 1);
    play.wait(Duration::from_secs(4)).await;
    assert_eq!(web.asked().len(), 0);
    play.wait(Duration::from_secs(1)).await;
    assert_eq!(web.asked().len(), 1);
}

#[tokio::test]
async fn a_port_that_is_never_called_stays_unchecked() {
    let web = Web::default();
    let play = web.library().await;
    shares(&play, "karim", "https://example.org:8443/cours", "Le cours du soir").await;
    assert_eq!(web.asked(), [""; 0]);
    assert_eq!(resource(&play).await.health.state, LinkState::NonVerifie);
    assert_eq!(play.jobs("hub").await.len(), 0);
}

#[tokio::test]
async fn a_short_link_is_published_as_what_it_leads_to_and_both_are_known_from_then_on() {
    let web = Web::default();
    web.leads("https://bit.ly/3Abc", "https://youtu.be/dQw4w9WgXcQ?utm_source=x");
    let play = web.library().await;
    shares(&play, "karim", "https://bit.ly/3Abc", "Une vidéo connue").await;
    let resource = resource(&play).await;
    let link = resource.link.unwrap();
    assert_eq!(
        (link.key.as_str(), link.open.as_str()),
        ("youtube:dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ")
    );
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]).await;
    lea.types("/partager", &[("lien", "https://bit.ly/3Abc")]).await;
    let transcript = play.sim.transcript();
    assert_eq!(transcript.matches("Cette ressource est déjà dans le Hub.").count(), 2, "{transcript}");
}

#[tokio::test]
async fn a_short_link_to_what_is_there_already_becomes_a_draft_with_the_card() {
    let web = Web::default();
    web.leads("https://bit.ly/3Abc", BOOK);
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.sim.take_transcript();
    shares(&play, "lea", "https://bit.ly/3Abc", "Apprendre Rust").await;
    expect![[r#"
        lea types /partager lien: https://bit.ly/3Abc
        Passerelle asks lea « Partager une ressource »
            Lien = https://bit.ly/3Abc
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
            Titre: Apprendre Rust
            Description: Le livre officiel, pour bien commencer avec Rust.
            Thèmes: rust
        Passerelle, to lea alone: C’est enregistré. La publication arrive dans quelques secondes.
        Passerelle edits, to lea alone: Cette ressource est déjà dans le Hub.
            | Le livre de Rust (https://doc.rust-lang.org/book/)
            | Le livre officiel, pour bien commencer avec Rust.
            | 
            | Partagée par @karim le <t:1795510800:D>.
            | Thèmes: rust
            | Avis: 0 utile, 0 inutile
            | H-H7D2Y8C · Hub
            [Voir la ressource → https://discord.com/channels/1574711171481600005/1574711171481600031] [Voter utile] [Proposer des thèmes]
    "#]].assert_eq(&play.sim.take_transcript());
    let figures = play.store().get(&items::figures(play.guild)).await.unwrap().unwrap();
    assert_eq!(figures["duplicates"].as_n().unwrap(), "1");
    // What lea typed is hers to change, and the short link is free.
    let resource = resource(&play).await;
    assert_eq!(resource.title, "Le livre de Rust");
    let reserved = play.store().get(&items::reservation(play.guild, "short:bit.ly/3Abc")).await.unwrap();
    assert_eq!(reserved, None);
}

#[tokio::test]
async fn a_short_link_to_a_private_address_is_not_published() {
    for to in
        ["http://192.168.1.1/admin", "https://intranet/", "https://discord.gg/abc", "ftp://example.org/x"]
    {
        let web = Web::default();
        web.leads("https://bit.ly/3Abc", to);
        let play = web.library().await;
        shares(&play, "karim", "https://bit.ly/3Abc", "Apprendre Rust").await;
        let transcript = play.sim.transcript();
        assert!(transcript.contains("Cette adresse n’est pas publique."), "{to}: {transcript}");
        assert!(!transcript.contains("Passerelle posts"), "{to}: {transcript}");
        let karim = play.sim.person("karim").in_channel("general");
        karim.presses("Corriger").await;
        assert_eq!(karim.form().prefilled("Titre"), "Apprendre Rust");
    }
}

#[tokio::test]
async fn a_short_link_to_what_the_blacklist_refuses_is_not_published_and_one_line_says_so() {
    let web = Web::default();
    web.leads("https://bit.ly/3Abc", "https://www.casino.example/jeux");
    let play = web.library().await;
    let sofia = play.sim.person("sofia").in_channel("general");
    let entry = [("type", "domain"), ("valeur", "casino.example")];
    sofia.types("/moderation liste-noire ajouter", &entry).await;
    shares(&play, "karim", "https://bit.ly/3Abc", "Apprendre Rust").await;
    let transcript = play.sim.transcript();
    assert!(transcript.contains("un mot ou un lien refusé par la charte"), "{transcript}");
    assert!(!transcript.contains("Passerelle posts"), "{transcript}");
    let karim = play.sim.person("karim").in_channel("general");
    karim.presses("Corriger").await;
    assert_eq!(karim.form().prefilled("Titre"), "Apprendre Rust");
    let lines = play.aws.items("stage", items::STATE).await;
    let refused =
        lines.iter().filter(|item| item.get("event").is_some_and(|event| event.as_s().unwrap() == "refused"));
    assert_eq!(refused.count(), 1);
}

#[tokio::test]
async fn a_short_link_that_nobody_can_follow_is_published_as_it_is_after_three_tries() {
    for (answer, tries) in [(Answer::from(Trouble::Late), 3), (Answer::Unknown, 1)] {
        let web = Web::default();
        web.put("https://bit.ly/3Abc", answer);
        let play = web.library().await;
        shares(&play, "karim", "https://bit.ly/3Abc", "Apprendre Rust").await;
        play.wait(Duration::from_mins(2)).await;
        let behind = web.asked().into_iter().filter(|asked| asked.starts_with("behind")).count();
        assert_eq!(behind, tries);
        let transcript = play.sim.transcript();
        assert!(transcript.contains("C’est publié"), "{transcript}");
        assert_eq!(resource(&play).await.link.unwrap().key, "short:bit.ly/3Abc");
    }
}

#[tokio::test]
async fn hub_34_whoever_says_that_a_link_is_broken_has_it_looked_at_within_the_hour() {
    let web = Web::default();
    web.page(BOOK, "The Rust Book");
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    play.wait(DAY).await;
    play.sim.take_transcript();
    web.asked();
    web.status(BOOK, 410);
    let lea = play.sim.person("lea").in_post("Le livre de Rust");
    let says = async || {
        lea.presses("Plus d’actions").await;
        lea.chooses(&["Le lien ne marche plus"]).await;
        play.wait(Duration::from_hours(1) - Duration::from_secs(1)).await;
    };
    says().await;
    // Twice, the second time for those who answer HEAD wrongly, 5 s apart.
    assert_eq!(web.asked(), [format!("head {BOOK}"), format!("page {BOOK}")]);
    assert_eq!(resource(&play).await.health.state, LinkState::Doute);
    says().await;
    assert_eq!(web.asked(), [""; 0]);
    expect![[r#"
        lea, in « Le livre de Rust », presses [Plus d’actions]
        Passerelle, to lea alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        lea presses [Le lien ne marche plus]
        Passerelle, to lea alone: Merci. Ce lien sera vérifié dans l’heure.
        lea presses [Plus d’actions]
        Passerelle, to lea alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails · Toujours valable · Le lien ne marche plus)
        lea presses [Le lien ne marche plus]
        Passerelle, to lea alone: Ce lien a été vérifié <t:1795597205:R>. Il ne répondait pas comme prévu. Une autre vérification viendra.
    "#]].assert_eq(&play.sim.take_transcript());
    // An hour later it may be asked for again. Three looks within a week are not enough.
    says().await;
    says().await;
    says().await;
    assert_eq!(web.asked().len(), 4);
    assert_eq!(resource(&play).await.health.state, LinkState::Doute);
    // Somebody who only reads is not offered it.
    play.sim.take_transcript();
    play.sim.person("hugo").in_post("Le livre de Rust").presses("Plus d’actions").await;
    expect![[r#"
        hugo presses [Plus d’actions]
        Passerelle, to hugo alone: Que voulez-vous faire avec « Le livre de Rust » ?
            (Choisissez une action: Voir les détails)
    "#]]
    .assert_eq(&play.sim.take_transcript());
}

#[tokio::test]
async fn hub_34_what_was_hidden_meanwhile_does_not_come_back_with_its_link() {
    let web = Web::default();
    web.page(BOOK, "The Rust Book");
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    web.status(BOOK, 404);
    play.wait(40 * DAY).await;
    let dead = resource(&play).await;
    assert_eq!(dead.health.state, LinkState::Mort);
    let hidden = items::reported(play.guild, &dead, None, true);
    play.store().commit(vec![hidden]).await.unwrap();
    web.page(BOOK, "The Rust Book");
    play.wait(31 * DAY).await;
    assert_eq!(resource(&play).await.health.state, LinkState::Ok);
    play.sim.take_transcript();
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/chercher", &[("texte", "livre")]).await;
    expect![[r#"
        lea types /chercher texte: livre
        Passerelle, to lea alone: Rien trouvé pour « livre ». Essayez un autre mot, ou partagez la ressource qui manque avec /partager.
    "#]].assert_eq(&play.sim.take_transcript());
}

#[tokio::test]
async fn whoever_closed_the_answer_finds_the_card_of_what_is_there_in_the_inbox() {
    let web = Web::default();
    web.leads("https://bit.ly/3Abc", BOOK);
    let play = web.library().await;
    shares(&play, "karim", BOOK, "Le livre de Rust").await;
    let lea = play.sim.person("lea").in_channel("general");
    lea.types("/partager", &[("lien", "https://bit.ly/3Abc")]).await;
    lea.fills("Titre", "Apprendre Rust")
        .fills("Description", super::PURPOSE)
        .chooses("Thèmes", &["rust"])
        .sends()
        .await;
    // The worker comes when the answer can no longer be edited.
    play.clock.advance_to(play.clock.now().plus_secs(16 * 60));
    play.work().await;
    play.sim.take_transcript();
    lea.types("/hub moi", &[]).await;
    lea.presses("Corriger").await;
    assert_eq!(lea.form().prefilled("Titre"), "Apprendre Rust");
    expect![[r#"
        lea types /hub moi
        Passerelle, to lea alone:
            **Mes nouvelles**
            **Nouveau**, <t:1795511760:R> : « Apprendre Rust » est déjà dans le Hub : « Le livre de Rust ». Votre texte est gardé 14 jours.
            [Corriger]
        lea presses [Corriger]
        Passerelle asks lea « Partager une ressource »
            Lien = https://bit.ly/3Abc
                L’adresse de la page. Exemple : https://developer.mozilla.org/fr
            Titre* = Apprendre Rust
                De 5 à 100 caractères
            Description* = Le livre officiel, pour bien commencer avec Rust.
                À quoi sert-elle ? Pour qui ? De 20 à 1500 caractères
            Thèmes* (rust* · web · données)
                De 1 à 5 thèmes
            Fichier ou image (files)
                Sans lien, ajoutez un fichier. 10 Mo au plus.
    "#]].assert_eq(&play.sim.take_transcript());
    let reserved = play.store().get(&items::reservation(play.guild, "short:bit.ly/3Abc")).await.unwrap();
    assert_eq!(reserved, None);
    play.sim.assert_clean();
}
