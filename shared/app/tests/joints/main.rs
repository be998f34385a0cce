//! A feature in miniature, to try what joins features to Discord and DynamoDB: what happens when
//! somebody else was faster, when nothing is to be kept, when a job must run once more, when its
//! worker does not come back.

mod intake;
mod toy;
mod worker;

use store::Table;
use tests::stage::Play;
use toy::{Toy, counter};

/// What Karim reads after he typed this.
async fn types(play: &Play<Toy>, what: &str) -> String {
    play.sim.take_transcript();
    play.sim.person("karim").in_channel("general").types("/jouet", &[("quoi", what)]).await;
    play.sim.transcript()
}

async fn count(play: &Play<Toy>) -> Option<String> {
    let item = play.store().get(&counter(play.guild)).await.unwrap()?;
    Some(item["n"].as_n().unwrap().clone())
}

async fn items(play: &Play<Toy>) -> usize {
    play.aws.items("stage", Table::State("toy")).await.len()
}
