//! One application for every feature, or one for a feature alone: the same binary serves what belongs to it.

use std::sync::Arc;

use app::Feature as _;
use hub::Hub;
use sim::Endpoint;
use store::Table;
use tests::aws::{ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY};
use tests::events::Http;
use tests::interactions::Scene;
use tests::now_ms;
use tests::runtime::{self, Function, Lambda};
use tests::signing::Signer;
use tests::stage::{PREFIX, Stage};

/// The intake of all features on a stage, with what the template tells it.
async fn all(stage: &Stage, key: &str, elsewhere: &str) -> Lambda {
    let application = if key == "none" { "none".to_owned() } else { stage.application.to_string() };
    let function = Function::new(env!("CARGO_BIN_EXE_all"))
        .variable("STAGE", "test")
        .variable("TABLE_PREFIX", PREFIX)
        .variable("DISCORD_APPLICATION_ID", &application)
        .variable("DISCORD_PUBLIC_KEY", key)
        .variable("FEATURES_ELSEWHERE", elsewhere)
        .variable("AWS_ENDPOINT_URL", stage.aws.url())
        .variable("AWS_REGION", REGION)
        .variable("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID)
        .variable("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
    function.start().await.unwrap_or_else(|failed| panic!("{}\n{}", failed.exit, failed.logs))
}

/// What Karim sees when he shares a link through this intake, and whether it was stored.
async fn shared_through(stage: &Stage, lambda: Lambda) -> (String, usize) {
    stage.register(&Hub::commands());
    stage.sim.set_endpoint(stage.application, Endpoint::Local(runtime::endpoint(Arc::new(lambda))));
    let karim = stage.sim.person("karim").in_channel("general");
    let seen = karim.types("/partager", &[("lien", "https://doc.rust-lang.org/book/")]).await;
    if matches!(seen, sim::Seen::Modal(_)) {
        karim
            .fills("Titre", "Le livre de Rust")
            .fills("Description", "Pour bien commencer avec Rust.")
            .sends()
            .await;
    }
    (stage.sim.transcript(), stage.aws.items(PREFIX, Table::Jobs("hub")).await.len())
}

#[tokio::test]
async fn with_one_application_the_route_of_all_does_the_work_of_every_feature() {
    let stage = Stage::new(app::Clock::system(), &["hub"]).await;
    let lambda = all(&stage, &stage.public_key_hex(), "none").await;
    let (seen, jobs) = shared_through(&stage, lambda).await;
    assert!(seen.contains("C’est enregistré."), "{seen}");
    assert_eq!(jobs, 1);
}

#[tokio::test]
async fn a_feature_with_its_own_application_is_left_alone_by_the_route_of_all() {
    let stage = Stage::new(app::Clock::system(), &["hub"]).await;
    let lambda = all(&stage, &stage.public_key_hex(), "hub").await;
    let (seen, jobs) = shared_through(&stage, lambda).await;
    assert!(!seen.contains("Partager une ressource"), "{seen}");
    assert_eq!(jobs, 0);
    let delivery = stage.sim.deliveries().pop().expect("the command was delivered");
    assert_eq!(delivery.status, Some(400));
}

#[tokio::test]
async fn a_button_from_before_a_feature_had_its_own_application_says_that_it_is_outdated() {
    let stage = Stage::new(app::Clock::system(), &["hub"]).await;
    let signer = Signer::from_seed(1);
    let lambda = all(&stage, &signer.public_key_hex(), "hub").await;
    let scene = Scene::of(stage.application.0);
    let post = async |body: String| {
        let request = Http::post("/interactions/all", body).signed(&signer, now_ms() / 1000);
        let answer = lambda.invoke(&request.event()).await.http();
        (answer.status().as_u16(), String::from_utf8_lossy(answer.body()).into_owned())
    };

    let vote = format!("{}/1:up:H-7KX2P9Q", Hub::prefix());
    let (status, said) = post(scene.press(1, &vote).to_string()).await;
    let outdated = app::Refusal::with_code(&Hub::outdated(), app::Lang::Fr);
    assert_eq!(status, 200, "{said}");
    assert!(said.contains(&outdated), "{said} does not say {outdated}");
    assert!(said.contains(r#""flags":64"#), "only who pressed it reads that: {said}");
    assert_eq!(stage.aws.items(PREFIX, Table::State("hub")).await.len(), 0);

    // What no feature has ever made is nobody's.
    assert_eq!(post(scene.press(2, "stranger/1:x").to_string()).await, (400, String::new()));
}

#[tokio::test]
async fn without_an_application_the_route_of_all_refuses_everything() {
    let stage = Stage::new(app::Clock::system(), &["hub"]).await;
    let lambda = all(&stage, "none", "none").await;
    let signer = Signer::from_seed(1);
    let ping = Http::post("/interactions/all", r#"{"type":1}"#).signed(&signer, now_ms() / 1000);
    let answer = lambda.invoke(&ping.event()).await.http();
    assert_eq!((answer.status().as_u16(), answer.body().len()), (401, 0));
}
