//! The web page: a Discord that somebody who knows no commands can walk into.
//!
//! It shows what a chosen person sees and does what they do, through the same functions as tests
//! ([`crate::people`], [`crate::view`]); limits, errors and permissions come from there, never from here.
//! [`router`] serves a shell, one style sheet, one script, JSON and server-sent events. Nothing is
//! fetched from elsewhere, nothing is built beforehand.
//!
//! | file | what it is for |
//! |---|---|
//! | `view.rs` | what a person sees, as JSON for the script |
//! | `act.rs` | what a person does |
//! | `live.rs` | what changed, told as it happens |
//! | `behind.rs` | what stands behind the page beside this Discord: clock, jobs, what functions did |
//! | `guard.rs` | who may ask: this machine, from this page |
//! | `words.rs` | the page's own words in French and English |
//! | `assets/` | shell, style, script |

mod act;
mod behind;
mod clock;
mod guard;
mod hood;
mod live;
mod view;
mod words;

use std::collections::BTreeMap;
use std::future::ready;
use std::sync::{Arc, Mutex};

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use discord::UserId;
use serde_json::json;
use tokio::sync::broadcast;

pub use behind::{Behind, Form, NotFresh, NothingBehind};
pub use guard::local_only;

use crate::{Sim, Upload};

/// The shell, its words still to be filled in.
const SHELL: &str = include_str!("assets/shell.html");
/// The style sheet.
const STYLE: &str = include_str!("assets/page.css");
/// The drawing of the tab.
const ICON: &str = include_str!("assets/icon.svg");
/// The script in the order in which it is read; `words.rs` comes before it.
const SCRIPTS: &str = concat!(
    include_str!("assets/js/dom.js"),
    include_str!("assets/js/words.js"),
    include_str!("assets/js/markdown.js"),
    include_str!("assets/js/message.js"),
    include_str!("assets/js/modal.js"),
    include_str!("assets/js/composer.js"),
    include_str!("assets/js/hood.js"),
    include_str!("assets/js/start.js"),
    include_str!("assets/js/main.js"),
);

/// Largest file that can be put into a form: Discord's limit for people without a subscription.
///
/// Source: <https://docs.discord.com/developers/reference#uploading-files>
const FILE_MAX_BYTES: usize = 10 * 1024 * 1024;

/// Nothing from elsewhere, no script or style in the text, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the page stands on.
#[derive(Clone)]
pub struct PageState {
    sim: Sim,
    behind: Arc<dyn Behind>,
    /// What the page itself changed, told to every open window.
    news: broadcast::Sender<live::News>,
    /// Files that went up and wait for their form, with who sent them.
    files: Arc<Mutex<BTreeMap<u64, (UserId, Upload)>>>,
}

impl PageState {
    /// A page over this Discord, with what stands behind it.
    pub fn new(sim: Sim, behind: Arc<dyn Behind>) -> Self {
        Self { sim, behind, news: broadcast::channel(64).0, files: Arc::default() }
    }
}

/// All routes of the page, for this machine alone ([`local_only`]).
pub fn router(state: PageState) -> Router {
    let routes = Router::new()
        .route("/", get(shell))
        .route("/page/page.css", get(|| ready(asset("text/css; charset=utf-8", STYLE.to_owned()))))
        .route("/page/icon.svg", get(|| ready(asset("image/svg+xml", ICON.to_owned()))))
        .route(
            "/page/page.js",
            get(|| ready(asset("text/javascript; charset=utf-8", format!("{}{SCRIPTS}", words::script())))),
        )
        .route("/page/boot", get(view::boot))
        .route("/page/clock", post(clock::advance))
        .route("/page/fresh", post(clock::fresh))
        .route("/page/hood", get(hood::last))
        .route("/page/hood/{number}/again", post(hood::again))
        .route("/page/as/{person}/events", get(live::events))
        .route("/page/as/{person}/guilds", get(view::guilds))
        .route("/page/as/{person}/guilds/{guild}/commands", get(view::commands))
        .route("/page/as/{person}/channels/{channel}", get(view::channel))
        .route("/page/as/{person}/channels/{channel}/read", post(act::read))
        .route("/page/as/{person}/channels/{channel}/messages", post(act::say))
        .route("/page/as/{person}/language", post(act::language))
        .route("/page/as/{person}/run", post(act::run))
        .route("/page/as/{person}/suggest", post(act::suggest))
        .route("/page/as/{person}/press", post(act::press))
        .route("/page/as/{person}/submit", post(act::submit))
        .route("/page/as/{person}/dismiss", post(act::dismiss))
        .route("/page/as/{person}/files", post(act::upload).layer(DefaultBodyLimit::max(FILE_MAX_BYTES)))
        .with_state(state);
    local_only(routes)
}

async fn shell(headers: HeaderMap) -> Response {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("fr");
    let page = words::fill(SHELL, wanted.starts_with("en"));
    let mut response = asset("text/html; charset=utf-8", page);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    response
}

fn asset(kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A newer build must be seen at once: everything comes from memory anyway.
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}

/// A no to the script, which shows it to the person.
struct No(StatusCode, Why);

/// Why not.
enum Why {
    /// A text of the page's own, by its key in [`words`]: the script says it in the person's language.
    Word(&'static str),
    /// What this Discord says, as it says it.
    Text(String),
}

impl No {
    fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self(status, Why::Text(why.into()))
    }

    fn word(status: StatusCode, key: &'static str) -> Self {
        Self(status, Why::Word(key))
    }

    fn missing() -> Self {
        Self::word(StatusCode::NOT_FOUND, "error.gone")
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let body = match self.1 {
            Why::Word(key) => json!({ "word": key }),
            Why::Text(why) => json!({ "why": why }),
        };
        (self.0, Json(body)).into_response()
    }
}
