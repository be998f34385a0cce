//! Two at once, twice the same, and a table that says no.

use std::time::Duration;

use futures_util::future::join_all;
use hub::model::Resource;
use hub::{Hub, items};
use store::Item;
use tests::stage::Play;

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
    let (play, _faults) = Play::<Hub>::for_a_crowd().await;
    let learners = play.sim.look(|world| {
        world.guilds[&play.guild].roles.values().find(|role| role.name == "Apprenants").unwrap().id
    });
    let people: Vec<String> = (0..20).map(|number| format!("eleve{number}")).collect();
    for name in &people {
        let user = play.sim.add_person(name, name, "fr");
        play.sim.join(play.guild, user, &[learners]);
    }
    join_all(people.iter().map(|name| shares(&play, name))).await;
    play.work_at_once().await;
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
    play.work_at_once().await;
    assert_eq!(play.sim.threads_of(play.sim.user("karim").unwrap(), play.forum).len(), 1);
}

/// So many people, and one resource.
async fn crowd(play: &Play<Hub>, size: usize) -> Vec<String> {
    shares(play, "karim").await;
    play.work_at_once().await;
    let learners = play.sim.look(|world| {
        world.guilds[&play.guild].roles.values().find(|role| role.name == "Apprenants").unwrap().id
    });
    let people: Vec<String> = (0..size).map(|number| format!("eleve{number}")).collect();
    for name in &people {
        let user = play.sim.add_person(name, name, "fr");
        play.sim.join(play.guild, user, &[learners]);
    }
    people
}

/// All of these press at once.
async fn press(play: &Play<Hub>, people: &[String], label: &'static str) {
    join_all(people.iter().map(|name| {
        let person = play.sim.person(name).in_post("Le livre de Rust");
        async move { person.presses(label).await }
    }))
    .await;
}

/// The votes that stand in the table, useful and not.
async fn votes(play: &Play<Hub>) -> (usize, usize) {
    let items = play.aws.items("stage", items::STATE).await;
    let votes = items.iter().filter(|item| {
        item["pk"].as_s().unwrap().contains("#R#") && item["sk"].as_s().unwrap().starts_with("VOTE#")
    });
    let useful = votes.clone().filter(|vote| *vote["useful"].as_bool().unwrap()).count();
    (useful, votes.count() - useful)
}

/// The counters of the only resource, once the worker has done what it has to.
async fn counters(play: &Play<Hub>) -> (usize, usize) {
    play.wait(Duration::from_mins(1)).await;
    let resource = resources(play).await.pop().unwrap();
    (usize::try_from(resource.up).unwrap(), usize::try_from(resource.down).unwrap())
}

// AWS cancels a transaction that touches an item of another one. Each holds its items for 20 ms in the
// two tests that follow, and all of them are sent within a moment. That the last one is through within
// the time for which a conflict is tried again is shown in the store's tests (`patience.rs`), where time
// is not that of a busy machine.

#[tokio::test]
async fn hub_13_counters_are_exact_after_five_hundred_votes_that_collide_and_others_that_change() {
    let (play, faults) = Play::<Hub>::for_a_crowd().await;
    let people = crowd(&play, 500).await;
    faults.collide(Duration::from_millis(20));
    press(&play, &people, "Utile").await;
    assert!(faults.collided() > 0, "nothing collided");
    assert_eq!(votes(&play).await, (500, 0));
    assert_eq!(counters(&play).await, (500, 0));
    press(&play, &people[..200], "Inutile").await;
    press(&play, &people[..50], "Inutile").await;
    assert_eq!(votes(&play).await, (300, 150));
    assert_eq!(counters(&play).await, (300, 150));
    assert_eq!(play.sim.transcript().matches("HUB-E").count(), 0, "somebody was refused");
    let edits = play.sim.rest_log().iter().filter(|call| call.method == "PATCH").count();
    assert!(edits <= 4, "the post was edited {edits} times");
}

#[tokio::test]
async fn two_hundred_votes_at_once_that_collide_are_all_counted() {
    let (play, faults) = Play::<Hub>::for_a_crowd().await;
    let people = crowd(&play, 200).await;
    faults.collide(Duration::from_millis(20));
    press(&play, &people, "Inutile").await;
    assert!(faults.collided() > 0, "nothing collided");
    assert_eq!(play.sim.transcript().matches("HUB-E").count(), 0, "somebody was refused");
    assert_eq!(votes(&play).await, (0, 200));
    assert_eq!(counters(&play).await, (0, 200));
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

#[tokio::test]
async fn a_list_agrees_with_its_count_after_clicks_of_one_person_at_once() {
    let (play, faults) = Play::<Hub>::for_a_crowd().await;
    let people = crowd(&play, 1).await;
    faults.collide(Duration::from_millis(20));
    for clicks in [2, 3, 5] {
        let clicking = vec![people[0].clone(); clicks];
        press(&play, &clicking, "Enregistrer").await;
        let items = play.aws.items("stage", items::STATE).await;
        let saved = items.iter().filter(|item| item["sk"].as_s().unwrap().starts_with("SAVE#")).count();
        let counted = items.iter().find(|item| is(item, "SAVES")).unwrap()["count"].as_n().unwrap();
        assert_eq!(counted, &saved.to_string(), "after {clicks} clicks");
    }
    assert_eq!(play.sim.transcript().matches("HUB-E").count(), 0, "somebody was refused");
}

#[tokio::test]
async fn sixty_who_say_at_once_that_it_has_aged_are_all_counted_and_its_author_is_told_once() {
    let (play, faults) = Play::<Hub>::for_a_crowd().await;
    let people = crowd(&play, 60).await;
    faults.collide(Duration::from_millis(20));
    press(&play, &people, "Obsolète").await;
    assert_eq!(play.sim.transcript().matches("HUB-E").count(), 0, "somebody was refused");
    play.wait(Duration::from_mins(1)).await;
    let resource = resources(&play).await.pop().unwrap();
    assert_eq!((resource.old, resource.obsolete), (60, true));
    let items = play.aws.items("stage", items::STATE).await;
    let told = items.iter().filter(|item| {
        let sk = item["sk"].as_s().unwrap();
        sk.starts_with("NEWS#") && sk != "NEWS#SEEN"
    });
    assert_eq!(told.count(), 1);
}
