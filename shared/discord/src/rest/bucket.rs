//! The limits of single routes, learnt from the headers of answers.
//!
//! Source: <https://docs.discord.com/developers/topics/rate-limits#header-format>

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, Method};
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};

use super::budget::BucketKey;
use super::route::{Auth, Major, Route};

/// What the headers of an answer say about its bucket.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    bucket: Arc<str>,
    limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
}

impl Seen {
    /// Nothing when the answer is of a route without a bucket.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        Some(Self {
            bucket: text("x-ratelimit-bucket")?.into(),
            limit: text("x-ratelimit-limit")?.parse().ok()?,
            remaining: text("x-ratelimit-remaining")?.parse().ok()?,
            reset_after: Duration::try_from_secs_f64(text("x-ratelimit-reset-after")?.parse().ok()?).ok()?,
        })
    }
}

type RouteName = (Method, &'static str);

/// A bucket in memory.
#[derive(Debug)]
struct State {
    limit: u32,
    remaining: u32,
    in_flight: u32,
    reset: Instant,
    /// Longest time to a reset seen so far: how long a new window is assumed to last.
    window: Duration,
}

#[derive(Debug, Default)]
struct Known {
    /// The bucket of a route; none when its answers name no bucket.
    names: HashMap<RouteName, Option<Arc<str>>>,
    states: HashMap<(Arc<str>, Major), State>,
    /// One call at a time while nothing is known about a route.
    first: HashMap<(RouteName, Major), Arc<tokio::sync::Mutex<()>>>,
}

/// All buckets that this process knows.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    known: Mutex<Known>,
}

/// The right to send one call.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    buckets: &'a Buckets,
    place: Option<(Arc<str>, Major)>,
    /// Held while the answer that tells the bucket is awaited.
    _first: Option<OwnedMutexGuard<()>>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(place) = &self.place
            && let Some(state) = self.buckets.lock().states.get_mut(place)
        {
            state.in_flight = state.in_flight.saturating_sub(1);
        }
    }
}

enum Step {
    Go(Option<(Arc<str>, Major)>),
    Wait(Instant),
    Unknown(Arc<tokio::sync::Mutex<()>>),
}

impl Buckets {
    fn lock(&self) -> MutexGuard<'_, Known> {
        // A panic elsewhere leaves numbers, and Discord corrects any numbers.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the bucket of this route has room.
    ///
    /// # Errors
    /// With the time to wait, when that is after `deadline`.
    pub(super) async fn acquire(&self, route: &Route, deadline: Instant) -> Result<Permit<'_>, Duration> {
        let mut first = None;
        loop {
            let now = Instant::now();
            // In a statement of its own: the lock is not held while waiting.
            let step = self.lock().step(route, now, first.is_some());
            match step {
                Step::Go(place) => {
                    // Once the bucket is known, nobody has to wait for the first answer any more.
                    let first = if place.is_some() { None } else { first };
                    return Ok(Permit { buckets: self, place, _first: first });
                }
                Step::Wait(until) if until >= deadline => return Err(until - now),
                Step::Wait(until) => sleep_until(until).await,
                Step::Unknown(gate) => {
                    let turn = tokio::time::timeout_at(deadline, gate.lock_owned()).await;
                    first = Some(turn.map_err(|_| Duration::ZERO)?);
                }
            }
        }
    }

    /// Learns from an answer; gives the bucket, for those who share it.
    pub(super) fn learn(&self, route: &Route, seen: Option<&Seen>) -> Option<BucketKey> {
        let mut known = self.lock();
        let name = (route.method.clone(), route.template);
        known.first.retain(|_, gate| Arc::strong_count(gate) > 1);
        let Some(seen) = seen else {
            known.names.entry(name).or_insert(None);
            return None;
        };
        known.names.insert(name, Some(seen.bucket.clone()));
        let now = Instant::now();
        let reset = now + seen.reset_after;
        // Answers of one person's click are many and short: what is over is forgotten.
        known.states.retain(|_, state| state.in_flight > 0 || state.reset + FORGET > now);
        let state = known.states.entry((seen.bucket.clone(), route.major)).or_insert_with(|| State {
            limit: seen.limit.max(1),
            remaining: seen.remaining,
            in_flight: 0,
            reset,
            window: seen.reset_after,
        });
        state.limit = seen.limit.max(1);
        state.window = state.window.max(seen.reset_after);
        // Answers overtake each other: within one window the lowest number is right.
        state.remaining = if reset > state.reset + SAME_WINDOW {
            seen.remaining.saturating_sub(state.in_flight.saturating_sub(1))
        } else {
            state.remaining.min(seen.remaining)
        };
        state.reset = state.reset.max(reset);
        key(route, &seen.bucket)
    }

    /// Nothing may be sent to this route for this long.
    pub(super) fn block(&self, route: &Route, empty_for: Duration) -> Option<BucketKey> {
        let mut known = self.lock();
        let name = (route.method.clone(), route.template);
        // A limit without the name of its bucket: the route is its own.
        let bucket =
            known.names.entry(name).or_default().get_or_insert_with(|| route.template.into()).clone();
        let reset = Instant::now() + empty_for;
        let state = known.states.entry((bucket.clone(), route.major)).or_insert(State {
            limit: 1,
            remaining: 0,
            in_flight: 0,
            reset,
            window: Duration::ZERO,
        });
        state.remaining = 0;
        state.reset = state.reset.max(reset);
        key(route, &bucket)
    }

    /// The bucket of this route, as far as it is known.
    pub(super) fn key(&self, route: &Route) -> Option<BucketKey> {
        let known = self.lock();
        key(route, known.names.get(&(route.method.clone(), route.template))?.as_ref()?)
    }
}

/// Answers of one window differ by the time they travelled.
const SAME_WINDOW: Duration = Duration::from_millis(500);

/// A bucket that was full again this long ago is forgotten.
const FORGET: Duration = Duration::from_mins(1);

/// Buckets of interactions are of one job only, and keyed by a secret: they are not shared.
fn key(route: &Route, bucket: &Arc<str>) -> Option<BucketKey> {
    (route.auth == Auth::Bot).then(|| BucketKey { bucket: bucket.clone(), major: route.major.id })
}

impl Known {
    fn step(&mut self, route: &Route, now: Instant, first: bool) -> Step {
        let name = (route.method.clone(), route.template);
        let bucket = match self.names.get(&name) {
            Some(Some(bucket)) => bucket.clone(),
            Some(None) => return Step::Go(None),
            None if first => return Step::Go(None),
            None => return Step::Unknown(self.first.entry((name, route.major)).or_default().clone()),
        };
        let place = (bucket, route.major);
        let Some(state) = self.states.get_mut(&place) else {
            // Another channel of a known route: its first answer tells.
            return if first {
                Step::Go(None)
            } else {
                Step::Unknown(self.first.entry((name, route.major)).or_default().clone())
            };
        };
        if now >= state.reset {
            state.remaining = state.limit;
            state.reset = now + state.window;
        }
        if state.remaining == 0 {
            return Step::Wait(state.reset);
        }
        state.remaining -= 1;
        state.in_flight += 1;
        Step::Go(Some(place))
    }
}
