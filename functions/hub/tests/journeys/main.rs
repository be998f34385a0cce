//! People share, find and judge, and see what Discord would show them. A file for each subject.

mod blacklist;
mod card;
mod fetch;
mod home;
mod inbox;
mod moderation;
mod obsolete;
mod sanction;
mod save;
mod share;
mod theme;
mod vote;

use discord::rest::{BotToken, Rest, RestConfig, ThreadEdit, budget};
use hub::model::{Theme, Themes};
use hub::{Hub, items};
use tests::stage::{Play, TOKEN};

/// A link that everybody may open.
pub const BOOK: &str = "https://doc.rust-lang.org/book/";
/// A description of the right length.
pub const PURPOSE: &str = "Le livre officiel, pour bien commencer avec Rust.";

/// A stage whose forum has three tags, each a theme of the hub.
pub async fn library() -> Play<Hub> {
    furnished(Play::new().await).await
}

/// The same on another stage.
pub async fn furnished(play: Play<Hub>) -> Play<Hub> {
    let themes = ["rust", "web", "données"].into_iter().map(|name| Theme {
        id: name.into(),
        name: name.into(),
        tag: play.sim.tag(play.forum, name),
        ..Theme::default()
    });
    let write = items::put_themes(play.guild, &Themes { themes: themes.collect() });
    play.store().commit(vec![write]).await.unwrap();
    play
}

/// Somebody shares a link with the form, and the worker publishes it.
pub async fn shares(play: &Play<Hub>, who: &str, link: &str, title: &str) {
    let person = play.sim.person(who).in_channel("general");
    person.types("/partager", &[("lien", link)]).await;
    person.fills("Titre", title).fills("Description", PURPOSE).chooses("Thèmes", &["rust"]).sends().await;
    play.work().await;
}

/// The newest post of the library leaves the list, as after a week of silence.
pub async fn archive(play: &Play<Hub>, who: &str) {
    let post = play.sim.threads_of(play.sim.user(who).unwrap(), play.forum)[0].channel.id;
    let rest = Rest::new(RestConfig {
        base: play.discord_api().into(),
        application: play.application,
        token: BotToken::new(TOKEN),
        budget: budget::local(),
    });
    let edit = ThreadEdit { archived: Some(true), ..ThreadEdit::default() };
    rest.edit_thread(post, &edit, "a week of silence").await.unwrap();
}
