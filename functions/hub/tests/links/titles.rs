//! Near-duplicate titles.

use hub::link::title::{Near, Title, near};

fn are(expected: bool, table: &[(&str, &str)]) {
    for (a, b) in table {
        let found = near(a, b);
        assert_eq!(found.near, expected, "{a:?} {b:?}: {found:?}");
        assert_eq!(near(b, a), found, "{a:?} {b:?} in the other order");
    }
}

#[test]
fn order_case_accents_plurals_and_small_words_do_not_matter() {
    are(
        true,
        &[
            ("Les bases de Git", "Git : les bases"),
            ("Élève ingénieur", "ELEVE INGENIEUR"),
            ("Les réseaux de neurones", "Le réseau de neurone"),
            ("Comprendre l'œuvre", "comprendre œuvres"),
            ("Un signal faible", "Des signaux faibles"),
            ("How to learn Rust", "Learn Rust"),
            ("C++ moderne", "Le C++ moderne"),
        ],
    );
}

#[test]
fn the_name_of_the_site_does_not_matter() {
    are(
        true,
        &[
            ("Apprendre Rust | OpenClassrooms", "Apprendre Rust – OpenClassrooms"),
            ("Apprendre Rust - Grafikart", "Apprendre Rust"),
            ("Apprendre Rust — YouTube", "Apprendre Rust · Medium"),
            ("Apprendre Rust | Blog Jean Durand", "Apprendre Rust"),
            ("Apprendre Rust :: Developpez.com", "Apprendre Rust • DEV Community"),
            ("Apprendre Rust - Wikipedia", "Apprendre Rust | Mon site - Wikipédia"),
        ],
    );
    are(false, &[("Rust", "Rust - Un langage pour les systèmes embarqués et le web")]);
}

#[test]
fn a_host_names_its_own_site() {
    let here = Title::on("Les fermetures - Zeste de Savoir", "www.zestedesavoir.com");
    assert!(here.near(&Title::new("Les fermetures")).near);
    assert!(!Title::new("Les fermetures - Zeste de Savoir").near(&Title::new("Les fermetures")).near);
}

#[test]
fn a_first_part_of_three_words_may_be_the_whole_title() {
    are(
        true,
        &[
            ("The Rust Programming Language - The Rust Book", "The Rust Programming Language"),
            ("Mise en page avec grilles - Un cours de Jean, tome premier", "Mise page grille"),
        ],
    );
    are(false, &[("Rust Programming - A book of the whole team", "Rust Programming")]);
}

#[test]
fn numbers_techniques_and_levels_make_two_resources() {
    are(
        false,
        &[
            ("RGPD : que faire en 2023 ?", "RGPD : que faire en 2025 ?"),
            (
                "Guide complet pour bien préparer son environnement de travail local Docker étape par étape",
                "Guide complet pour bien préparer son environnement de travail local Podman Kubernetes étape par étape",
            ),
            (
                "Apprendre facilement la programmation orientée objet moderne Python niveau débutant semaine entière",
                "Apprendre facilement la programmation orientée objet moderne Python niveau avancé semaine entière",
            ),
            ("Le guide Python 3.11 complet illustré", "Le guide Python 3.12 complet illustré"),
            ("Introduction à Docker", "Introduction à Kubernetes"),
            ("Épisode 1 : variables, fonctions, boucles", "Épisode 2 : variables, fonctions, boucles"),
        ],
    );
    are(
        true,
        &[(
            "RGPD : que faire exactement, concrètement, vite en 2025 ?",
            "RGPD : que faire exactement, concrètement, vite ?",
        )],
    );
}

#[test]
fn the_score_is_the_share_of_common_words() {
    assert_eq!(near("uno dos tres", "dos tres cuatro"), Near { near: false, score: 0.5 });
    assert_eq!(near("abc", "abc"), Near { near: true, score: 1.0 });
    assert_eq!(near("", ""), Near { near: true, score: 1.0 });
    assert_eq!(near("le la", "la le"), Near { near: false, score: 0.0 });
    assert_eq!(near("", "abc"), Near { near: false, score: 0.0 });
    let five = near("alpha beta gamma delta", "alpha beta gamma delta epsilon");
    assert_eq!(five, Near { near: true, score: 0.8 });
}
