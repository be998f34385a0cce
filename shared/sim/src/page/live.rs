//! What changed, told to each open window as it happens.
//!
//! An event names what to read again and carries nothing of it: what a person may see is decided when they read.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use discord::UserId;
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::{No, PageState};
use crate::Change;

/// What the page itself changed.
#[derive(Debug, Clone, Copy)]
pub(super) enum News {
    /// The clock moved.
    Clock,
    /// Everything began again.
    Fresh,
}

/// One window that listens.
struct Listener {
    state: PageState,
    person: UserId,
    changes: Receiver<Change>,
    news: Receiver<News>,
}

pub(super) async fn events(
    State(state): State<PageState>,
    Path(person): Path<UserId>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, No> {
    let listener = Listener { changes: state.sim.subscribe(), news: state.news.subscribe(), person, state };
    let stream = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))))
}

impl Listener {
    /// The next thing of this person's business; nothing when the Discord is gone.
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                change = self.changes.recv() => match change {
                    Ok(change) => {
                        if let Some(event) = self.tell(&change) {
                            return Some(event);
                        }
                    }
                    // Too much happened at once: everything is read again.
                    Err(RecvError::Lagged(_)) => return Some(Event::default().event("places").data("all")),
                    Err(RecvError::Closed) => return None,
                },
                news = self.news.recv() => match news {
                    Ok(News::Fresh) => return Some(Event::default().event("fresh").data("all")),
                    Ok(News::Clock) | Err(RecvError::Lagged(_)) => return Some(self.clock()),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    fn clock(&self) -> Event {
        let now = serde_json::json!({ "now": self.state.sim.now_ms(), "zone": self.state.behind.zone() });
        Event::default().event("clock").data(now.to_string())
    }

    fn tell(&self, change: &Change) -> Option<Event> {
        if !self.state.sim.concerns(self.person, change) {
            return None;
        }
        let event = Event::default();
        Some(match change {
            Change::MessageCreated { channel, .. }
            | Change::MessageEdited { channel, .. }
            | Change::MessageDeleted { channel, .. } => event.event("channel").data(channel.to_string()),
            Change::Channel { .. } | Change::Guild { .. } | Change::Commands { .. } | Change::Reloaded => {
                event.event("places").data("all")
            }
            Change::Delivery { .. } | Change::Rest { .. } => event.event("hood").data("all"),
            // The window that asked for a form gets it as the answer to its act.
            Change::Modal { .. } => return None,
        })
    }
}
