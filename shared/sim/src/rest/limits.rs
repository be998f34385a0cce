//! Rate limits, on the monotonic clock: callers sleep for real.
//!
//! Source: <https://docs.discord.com/developers/topics/rate-limits>

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use discord::ApplicationId;
use discord::limits::GLOBAL_REQUESTS_PER_SEC;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::route::{Auth, Params, Route};
use crate::faults::Scope;

/// What was used of each bucket.
#[derive(Default)]
pub(crate) struct Limits {
    off: bool,
    buckets: BTreeMap<String, (u32, Instant)>,
    global: BTreeMap<Option<ApplicationId>, VecDeque<Instant>>,
}

/// The state of a bucket after a call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bucket {
    pub(crate) id: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_after: f64,
}

/// Buckets beyond which those that are full again are forgotten.
const BUCKETS_KEPT: usize = 4_000;

/// One second of the global limit.
const SECOND: Duration = Duration::from_secs(1);

impl Limits {
    pub(crate) fn set_off(&mut self, off: bool) {
        self.off = off;
    }

    /// Counts a call. Interaction routes are outside the global limit.
    pub(crate) fn count(
        &mut self,
        route: &Route,
        params: &Params,
        application: Option<ApplicationId>,
    ) -> (Bucket, Result<(), (f64, Scope)>) {
        let now = Instant::now();
        let id = bucket_id(route);
        let key = format!("{id} {} {application:?}", major(params));
        let (limit, window) = route.limit;
        if self.buckets.len() > BUCKETS_KEPT {
            self.buckets.retain(|_, (_, reset)| *reset > now);
        }
        let entry = self.buckets.entry(key).or_insert((0, now + Duration::from_millis(window)));
        if entry.1 <= now {
            *entry = (0, now + Duration::from_millis(window));
        }
        let reset_after = (entry.1 - now).as_secs_f64();
        if self.off {
            return (Bucket { id, limit, remaining: limit - 1, reset_after }, Ok(()));
        }
        if route.auth == Auth::Bot {
            let sent = self.global.entry(application).or_default();
            while sent.front().is_some_and(|first| *first + SECOND <= now) {
                sent.pop_front();
            }
            if sent.len() >= GLOBAL_REQUESTS_PER_SEC as usize {
                let wait = sent.front().map_or(SECOND, |first| *first + SECOND - now).as_secs_f64();
                let bucket = Bucket { id, limit, remaining: limit - entry.0, reset_after };
                return (bucket, Err((wait, Scope::Global)));
            }
            sent.push_back(now);
        }
        if entry.0 >= limit {
            return (Bucket { id, limit, remaining: 0, reset_after }, Err((reset_after, Scope::User)));
        }
        entry.0 += 1;
        (Bucket { id, limit, remaining: limit - entry.0, reset_after }, Ok(()))
    }
}

/// An opaque name, the same for every call of one route.
fn bucket_id(route: &Route) -> String {
    let digest = Sha256::digest(format!("{} {}", route.method, route.template).as_bytes());
    hex::encode(&digest[..16])
}

/// The id that separates buckets of one route: server, channel or webhook with its token.
fn major(params: &Params) -> String {
    ["guild_id", "channel_id", "webhook_id", "webhook_token", "interaction_id"]
        .iter()
        .filter_map(|name| params.get(name).map(String::as_str))
        .collect::<Vec<_>>()
        .join("/")
}
