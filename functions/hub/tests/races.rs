//! Two at once, twice the same, and a table that says no.

use std::time::Duration;

use futures_util::future::join_all;
use hub::model::Resource;
use hub::{Hub, items};
use store::Item;
use tests::stage::Play;

/// These are about what happens when many act at once, not about how fast an unoptimised build is on a
/// busy machine.
const A_MINUTE: Duration = Duration::from_mins(1);

const BOOK: &str = "https://doc.rust-lang.org/book/";

async fn shares(play: &Play<Hub>, who: &str) {
    let person = play.sim.person(who).in_channel("general");
    person.types("/partager", &[("lien", BOOK)]).await;
    person
        .fills("Titre", "Le livre de Rust")
        .fills("Description", "Pour bien commencer avec Rust.")
        .sends()
        .await;
}

async fn resources(play: &Play<Hub>) -> Vec<Resource> {
    let items = play.aws.items("stage", items::STATE).await;
    items.into_iter().filter(|item| is(item, "META")).map(|item| store::read(item).unwrap()).collect()
}

fn is(item: &Item, sk: &str) -> bool {
    item["sk"].as_s().unwrap() == sk
}

#[tokio::test]
async fn hub_03_of_many_who_share_one_link_at_once_one_publishes_and_the_others_see_its_card() {
    let play = Play::<Hub>::new().await;
    play.sim.set_patience(A_MINUTE);
    let learners = play.sim.look(|world| {
        world.guilds[&play.guild].roles.values().find(|role| role.name == "Apprenants").unwrap().id
    });
    let people: Vec<String> = (0..20).map(|number| format!("eleve{number}")).collect();
    for name in &people {
        let user = play.sim.add_person(name, name, "fr");
        play.sim.join(play.guild, user, &[learners]);
    }
    join_all(people.iter().map(|name| shares(&play, name))).await;
    play.work().await;
    assert_eq!(resources(&play).await.len(), 1);
    let figures = play.store().get(&items::figures(play.guild)).await.unwrap().unwrap();
    assert_eq!(figures["duplicates"].as_n().unwrap(), "19");
    assert_eq!(play.sim.threads_of(play.sim.user("karim").unwrap(), play.forum).len(), 1);
    play.sim.assert_clean();
}

#[tokio::test]
async fn a_delivery_that_comes_twice_has_one_effect_and_the_same_answer() {
    let play = Play::<Hub>::new().await;
    shares(&play, "karim").await;
    let first = play.sim.deliveries().pop().unwrap();
    let again = play.sim.replay(first.number).await.unwrap();
    assert_eq!(again.response, first.response);
    assert_eq!(resources(&play).await.len(), 1);
    play.work().await;
    assert_eq!(play.sim.threads_of(play.sim.user("karim").unwrap(), play.forum).len(), 1);
}

#[tokio::test]
async fn hub_13_counters_are_exact_after_many_votes_at_once() {
    let play = Play::<Hub>::new().await;
    play.sim.set_patience(A_MINUTE);
    shares(&play, "karim").await;
    play.work().await;
    let learners = play.sim.look(|world| {
        world.guilds[&play.guild].roles.values().find(|role| role.name == "Apprenants").unwrap().id
    });
    let people: Vec<String> = (0..50).map(|number| format!("eleve{number}")).collect();
    for name in &people {
        let user = play.sim.add_person(name, name, "fr");
        play.sim.join(play.guild, user, &[learners]);
    }
    let vote = |name: &String, label: &'static str| {
        let person = play.sim.person(name).in_post("Le livre de Rust");
        async move { person.presses(label).await }
    };
    join_all(people.iter().map(|name| vote(name, "Utile"))).await;
    join_all(people.iter().take(20).map(|name| vote(name, "Inutile"))).await;
    join_all(people.iter().take(5).map(|name| vote(name, "Inutile"))).await;
    let resource = resources(&play).await.pop().unwrap();
    assert_eq!((resource.up, resource.down), (30, 15));
}

#[tokio::test]
async fn a_person_is_told_when_the_table_is_out_of_reach_and_nothing_is_half_done() {
    let play = Play::<Hub>::new().await;
    let karim = play.sim.person("karim").in_channel("general");
    karim.types("/partager", &[("lien", BOOK)]).await;
    play.aws.break_for("TransactItems");
    karim
        .fills("Titre", "Le livre de Rust")
        .fills("Description", "Pour bien commencer avec Rust.")
        .sends()
        .await;
    play.aws.repair();
    assert!(play.sim.transcript().contains("HUB-E21"), "{}", play.sim.transcript());
    assert_eq!(resources(&play).await.len(), 0);
    assert_eq!(play.jobs("hub").await.len(), 0);
}
