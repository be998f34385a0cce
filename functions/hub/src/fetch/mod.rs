//! Opening pages that people share: the one place of the hub that calls foreign servers.
//!
//! It runs in a function of its own, `hub-fetch`, which has no table, no parameter and no right. The
//! worker asks it a [`Question`] ([`app::Outside`]) and takes its [`Answer`] for text that a stranger
//! wrote. Why: `docs/decisions/fetching-pages.md`.
//!
//! - [`names`]: what a name resolves to, asked once for each hop.
//! - [`dial`]: the socket, to an address that was vetted and to no other.
//! - [`request`]: one request over that socket, within limits of size and time.
//! - [`page`]: what a page says of itself.
//! - [`Fetcher`]: the way from one to the next, at most [`HOPS_MAX`](crate::link::safe::HOPS_MAX) redirects.
//!
//! What may be opened is judged by [`link::safe`](crate::link::safe), the same rules that `passerelle eval safe-url` shows.

pub mod dial;
mod fetcher;
pub mod names;
pub mod page;
pub mod request;

use app::{Desk, Failure};
use serde::{Deserialize, Serialize};
use url::Url;

pub use fetcher::Fetcher;
pub use page::Page;

use crate::link::safe::Reason;

/// What is to be found out about a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The link.
    pub url: String,
    /// What about it.
    pub ask: Ask,
}

/// What is to be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Whether it answers, asked with HEAD. Some servers answer this method wrongly.
    Head,
    /// Whether it answers, and what its page says of itself.
    Page,
    /// The address behind a short link. That address itself is not opened.
    Behind,
}

/// What was found out. Everything in it comes from strangers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Answer {
    /// A server answered, after the redirects.
    Answered {
        /// Its status, 100 to 999.
        status: u16,
        /// The address that answered.
        url: String,
        /// What its page says of itself, when it was asked for and is one.
        page: Option<Page>,
    },
    /// The short link leads there.
    Leads {
        /// The first address on the way that is not a short link.
        url: String,
    },
    /// There is no such name.
    Unknown,
    /// It may not be opened.
    Refused {
        /// See [`Reason::word`].
        reason: String,
    },
    /// No answer that could be read.
    Trouble {
        /// What went wrong.
        trouble: Trouble,
    },
}

/// Why there was no answer that could be read. Another day there may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Longer than [`request::TIME_MAX`].
    #[error("no answer in time")]
    Late,
    /// The name could not be looked up now.
    #[error("the name cannot be looked up now")]
    Names,
    /// Nobody takes the connection.
    #[error("no connection")]
    Connection,
    /// No secure connection: a certificate that is not valid for the name, among others.
    #[error("no secure connection")]
    Tls,
    /// What was sent is not HTTP within our limits.
    #[error("not an answer in HTTP")]
    Protocol,
}

impl Answer {
    /// The same, within the limits that an honest answer keeps.
    fn within_limits(self) -> Self {
        let fits = |url: &str| if url.len() <= page::ADDRESS_MAX_BYTES { Url::parse(url).ok() } else { None };
        match self {
            Self::Answered { status, url, page } => match fits(&url) {
                Some(at) => Self::Answered { status, page: page.map(|page| page.within_limits(&at)), url },
                // It answered, at an address that nobody needs to keep.
                None => Self::Answered { status, url: String::new(), page: None },
            },
            Self::Leads { url } if fits(&url).is_none() => Trouble::Protocol.into(),
            other => other,
        }
    }
}

/// Has a link looked at. Nothing where nobody looks outside.
///
/// # Errors
/// When whoever looks cannot be reached, which may work later.
pub async fn ask(question: &Question, desk: &Desk<'_>) -> Result<Option<Answer>, Failure> {
    let Some(outside) = desk.outside else { return Ok(None) };
    let asked = serde_json::to_value(question).expect("a question is plain data");
    let answer = outside.ask(asked).await.map_err(|error| Failure::again(error.to_string()))?;
    // What comes back was written by strangers, and by a function that talked to them.
    let answer: Answer = serde_json::from_value(answer)
        .map_err(|_| Failure::again("an answer about a link that cannot be read"))?;
    Ok(Some(answer.within_limits()))
}

impl From<Reason> for Answer {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Unresolved => Self::Unknown,
            reason => Self::Refused { reason: reason.word().to_owned() },
        }
    }
}

impl From<Trouble> for Answer {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble { trouble }
    }
}
