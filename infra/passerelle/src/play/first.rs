//! What happened before the visitor came: people greeted each other, shared resources and judged them.
//!
//! Resources and opinions go through the features, as anybody's would: commands, forms and buttons.

use std::collections::BTreeMap;
use std::time::Duration;

use app::Clock;
use discord::{ChannelId, MessageId, UserId};
use serde_json::Value;
use sim::{Filled, Seen, Sim, Typed};

use super::behind::InHand;
use super::world;

/// What people wrote: where, who, what. `<#name>` is a channel.
const GREETINGS: [(&str, &str, &str); 6] = [
    (
        "bienvenue",
        "aicha",
        "# Bienvenue\nIci, on apprend ensemble.\n- Une question : <#entraide>\n- Une bonne ressource : `/partager`\n\
         - Retrouver une ressource : `/chercher`",
    ),
    (
        "annonces",
        "aicha",
        "**Journée portes ouvertes** jeudi prochain, à Montreuil et à Lyon. Venez comme vous êtes.",
    ),
    ("entraide", "karim", "Bonjour. Quelqu’un connaît un bon tutoriel sur les closures ?"),
    ("entraide", "lea", "Oui : tapez `/chercher` avec le mot « closures »."),
    ("pause-café", "chloe", "Qui vient au hackathon samedi ?"),
    ("pause-café", "marc", "Moi. J’apporte les croissants."),
];

/// A resource: who shares it, its link, title, description, and themes.
type Resource = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

/// What people shared, half of it in each of two rounds: the hub lets one person share three in five
/// minutes, and everybody may still share at once when the visitor comes.
#[rustfmt::skip]
const RESOURCES: [Resource; 30] = [
    ("lea", "https://doc.rust-lang.org/book/ch13-01-closures.html", "Comprendre les closures en Rust", "Le chapitre du livre officiel, avec des exemples courts. Utile après les fonctions.", &["Rust"]),
    ("marc", "https://developer.mozilla.org/fr/docs/Web/JavaScript/Guide/Closures", "Les closures en JavaScript", "Une page claire de MDN, en français. Elle montre les pièges des boucles.", &["JavaScript"]),
    ("chloe", "https://learngitbranching.js.org/?locale=fr_FR", "Apprendre les branches de Git en jouant", "Un jeu dans le navigateur, niveau après niveau. Parfait pour débuter avec Git.", &["Divers"]),
    ("amina", "https://pandas.pydata.org/docs/getting_started/intro_tutorials/", "Premiers pas avec pandas", "Dix leçons courtes pour lire, trier et regrouper des données. En anglais simple.", &["Données", "Python"]),
    ("ines", "https://www.francetravail.fr/candidat/vos-recherches/preparer-votre-candidature.html", "Préparer sa candidature pas à pas", "Des conseils concrets pour le CV, la lettre et l’entretien. Pour toutes les promotions.", &["Emploi"]),
    ("sophie", "https://design.numerique.gouv.fr/accessibilite-numerique/rgaa/", "Le référentiel d’accessibilité RGAA", "Les critères expliqués par l’État. À garder ouvert pendant chaque projet.", &["Accessibilité"]),
    ("idris", "https://www.w3.org/WAI/tips/developing/fr", "Conseils d’accessibilité pour développer", "Une page de conseils courts avec des exemples de code. Testée avec un lecteur d’écran.", &["Accessibilité"]),
    ("aicha", "https://doc.rust-lang.org/rust-by-example/", "Rust par l’exemple", "Chaque notion tient en un programme que l’on modifie sur la page. Pour pratiquer.", &["Rust"]),
    ("lea", "https://sqlbolt.com/", "Apprendre SQL en vingt leçons", "Des exercices interactifs, de la première requête aux jointures. Sans installation.", &["Données"]),
    ("marc", "https://flexboxfroggy.com/#fr", "Flexbox Froggy : le placement en CSS", "Un jeu de vingt-quatre niveaux pour comprendre flexbox. Quinze minutes suffisent.", &["Conception"]),
    ("chloe", "https://www.conventionalcommits.org/fr/v1.0.0/", "Écrire de bons messages de commit", "Une convention simple et ses raisons. Nous l’utilisons dans la promotion.", &["Divers"]),
    ("amina", "https://scikit-learn.org/stable/tutorial/index.html", "Débuter avec scikit-learn", "Les tutoriels officiels pour entraîner un premier modèle. Il faut connaître Python.", &["Données", "Python"]),
    ("ines", "https://www.welcometothejungle.com/fr/articles/questions-entretien-developpeur", "Questions d’entretien pour développeurs", "Les questions les plus fréquentes, avec des pistes de réponse. À relire la veille.", &["Emploi"]),
    ("sophie", "https://www.nngroup.com/articles/ten-usability-heuristics/", "Dix règles d’utilisabilité", "Les heuristiques de Nielsen, avec des exemples. Une base pour relire une interface.", &["Conception"]),
    ("guillaume", "https://www.cnil.fr/fr/rgpd-de-quoi-parle-t-on", "Le RGPD en quelques minutes", "La page de la CNIL pour comprendre ses droits et ses devoirs. À lire avant tout projet.", &["Divers"]),
    ("aicha", "https://docs.python.org/fr/3/tutorial/", "Le tutoriel officiel de Python", "Le cours de référence, traduit en français. On peut le suivre à son rythme.", &["Python"]),
    ("karim", "https://www.freecodecamp.org/learn/2022/responsive-web-design/", "Construire ses premières pages web", "Des exercices courts, corrigés tout de suite. On voit le résultat à côté du code.", &["Conception"]),
    ("karim", "https://regexone.com/", "Les expressions régulières pas à pas", "Quinze leçons avec des exercices dans la page. Utile pour nettoyer des données.", &["Divers"]),
    ("idris", "https://webaim.org/resources/contrastchecker/", "Vérifier le contraste des couleurs", "On donne deux couleurs, la page dit si le texte est lisible. À faire avant de livrer.", &["Accessibilité"]),
    ("chloe", "https://cssgridgarden.com/#fr", "Grid Garden : la grille en CSS", "Un jeu de vingt-huit niveaux pour placer des éléments en grille. La suite de Flexbox Froggy.", &["Conception"]),
    ("marc", "https://javascript.info/", "Le tutoriel JavaScript moderne", "Un cours complet, du premier script au réseau. Chaque chapitre finit par des exercices.", &["JavaScript"]),
    ("lea", "https://rustlings.rust-lang.org/", "Rustlings : de petits exercices de Rust", "Des programmes cassés à réparer, un par notion. À faire à côté du livre officiel.", &["Rust"]),
    ("amina", "https://www.kaggle.com/learn/python", "Python pour les données, en cinq heures", "Un cours court avec des carnets à remplir. Rien à installer.", &["Données", "Python"]),
    ("sophie", "https://lawsofux.com/fr/", "Les lois de l’expérience utilisateur", "Chaque loi tient sur une page, avec son origine. Pratique pour expliquer un choix.", &["Conception"]),
    ("ines", "https://www.onisep.fr/metier/les-metiers-par-secteur/informatique-et-reseaux", "Les métiers du numérique expliqués", "Des fiches claires : ce que l’on fait, la formation, le salaire. Pour choisir sa voie.", &["Emploi"]),
    ("guillaume", "https://www.ssi.gouv.fr/entreprise/bonnes-pratiques/", "Les bonnes pratiques de sécurité", "Les conseils de l’ANSSI, du mot de passe à la sauvegarde. À suivre dès le premier projet.", &["Divers"]),
    ("idris", "https://access42.net/ressources/", "Des fiches pour rendre un site accessible", "Des fiches par composant : menu, formulaire, fenêtre. Avec le code et les tests.", &["Accessibilité"]),
    ("aicha", "https://exercism.org/tracks/rust", "S’exercer en Rust avec des relecteurs", "Cent exercices, et des personnes qui relisent votre code. C’est gratuit.", &["Rust"]),
    ("guillaume", "https://www.welcometothejungle.com/fr/articles/conseils-cv-developpeur", "Un CV de développeur en une page", "Ce qu’il faut garder, ce qu’il faut enlever. Avec deux exemples commentés.", &["Emploi"]),
    ("ines", "https://pythontutor.com/", "Voir un programme s’exécuter ligne par ligne", "On colle son code, la page dessine la mémoire. Parfait pour comprendre une boucle.", &["Python"]),
];

/// Opinions: who finds which resource (by its place in the list) useful.
const OPINIONS: [(&str, usize); 9] = [
    ("marc", 0),
    ("chloe", 0),
    ("amina", 0),
    ("lea", 1),
    ("idris", 1),
    ("lea", 3),
    ("sophie", 6),
    ("guillaume", 5),
    ("ines", 2),
];

/// Between two rounds, in seconds: more than the five minutes in which the hub counts.
const ROUND_SECS: i64 = 6 * 60;

/// How long ago the first days were, in milliseconds: an hour, which two rounds do not fill.
pub(super) const AGO_MS: i64 = 3_600_000;

/// How often, and how long in all, a publication is waited for.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS_MAX: usize = 300;

/// How long the workers may take for a round on a busy machine.
const ROUND_WAITS: Duration = Duration::from_secs(30);

/// Plays the first days of the server, once.
pub(super) async fn days(sim: Sim, clock: Clock, in_hand: InHand) {
    let Some(help) = world::channel(&sim, "entraide") else { return };
    if sim.look(|world| world.messages_for(help, None).next().is_some()) {
        return;
    }
    greet(&sim);
    for round in RESOURCES.chunks(RESOURCES.len() / 2) {
        for resource in round {
            share(&sim, help, resource).await;
        }
        in_hand.done(ROUND_WAITS).await;
        clock.advance_to(clock.now().plus_secs(ROUND_SECS));
    }
    let Some(forum) = world::channel(&sim, "ressources") else { return };
    for (username, place) in OPINIONS {
        judge(&sim, forum, username, RESOURCES[place].2).await;
    }
    tidy(&sim, help);
    in_hand.done(ROUND_WAITS).await;
    // From here on it is now.
    clock.advance_to(clock.machine());
}

fn greet(sim: &Sim) {
    for (place, username, text) in GREETINGS {
        let Some(channel) = world::channel(sim, place) else { continue };
        let help = world::channel(sim, "entraide").unwrap_or(channel);
        let text = text.replace("<#entraide>", &format!("<#{help}>"));
        if let Err(error) = sim.say(world::user(sim, username), channel, &text) {
            tracing::warn!(%error, place, "a greeting could not be written");
        }
    }
}

/// `/partager`, then the form.
async fn share(sim: &Sim, channel: ChannelId, resource: &Resource) {
    let (username, link, title, description, themes) = *resource;
    let person = world::user(sim, username);
    let typed = Typed { path: vec!["partager".to_owned()], ..Typed::default() };
    let Seen::Modal(handle) = sim.run_command(person, channel, &typed).await else {
        tracing::warn!(title, "the form to share did not open");
        return;
    };
    let Some(modal) = sim.modal(handle) else { return };
    let mut texts = [link, title, description].into_iter();
    let mut fields = BTreeMap::new();
    for field in modal.components.iter().map(|part| &part["component"]) {
        let Some(name) = field["custom_id"].as_str() else { continue };
        let filled = match field["type"].as_u64() {
            Some(4) => Filled::Text(texts.next().unwrap_or_default().to_owned()),
            Some(3) => Filled::Values(values(field, themes)),
            _ => continue,
        };
        fields.insert(name.to_owned(), filled);
    }
    let seen = sim.submit(person, handle, &fields).await;
    if !matches!(seen, Seen::Message(_) | Seen::Thinking(_)) {
        tracing::warn!(title, ?seen, "a first resource could not be shared");
    }
}

/// The values of the lines with these labels.
fn values(select: &Value, labels: &[&str]) -> Vec<String> {
    let lines = select["options"].as_array().into_iter().flatten();
    let chosen = lines.filter(|line| line["label"].as_str().is_some_and(|label| labels.contains(&label)));
    chosen.filter_map(|line| line["value"].as_str().map(str::to_owned)).collect()
}

/// « Utile », on the post with this title.
async fn judge(sim: &Sim, forum: ChannelId, username: &str, title: &str) {
    let person = world::user(sim, username);
    for _ in 0..LOOKS_MAX {
        if let Some((post, message, custom_id)) = useful(sim, person, forum, title) {
            sim.press(person, post, message, &custom_id, &[]).await;
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    tracing::warn!(title, "a first resource was not published");
}

fn useful(
    sim: &Sim,
    person: UserId,
    forum: ChannelId,
    title: &str,
) -> Option<(ChannelId, MessageId, String)> {
    let post = sim.threads_of(person, forum).into_iter().find(|post| post.channel.name == title)?.channel.id;
    let message = sim.messages(person, post, None, 1).into_iter().next()?;
    let button = message
        .controls()
        .into_iter()
        .find(|control| control["label"].as_str().is_some_and(|label| label.starts_with("Utile")))?;
    Some((post, message.id, button["custom_id"].as_str()?.to_owned()))
}

/// Nobody comes back to answers that were for them alone, nor to greetings they have read.
fn tidy(sim: &Sim, help: ChannelId) {
    let alone: Vec<(UserId, ChannelId, MessageId)> = sim.look(|world| {
        let messages = world
            .messages
            .iter()
            .flat_map(|(channel, list)| list.values().map(|message| (*channel, message)));
        messages.filter_map(|(channel, message)| Some((message.only_for?, channel, message.id))).collect()
    });
    for (person, channel, message) in alone {
        sim.dismiss(person, channel, message);
    }
    let people: Vec<UserId> = sim.look(|world| world.users.keys().copied().collect());
    for person in people {
        for place in ["bienvenue", "pause-café"] {
            if let Some(channel) = world::channel(sim, place) {
                sim.mark_read(person, channel);
            }
        }
        sim.mark_read(person, help);
    }
}
