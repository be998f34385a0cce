//! What a function is built with once, and lends to every request.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use store::Store;

use crate::clock::Clock;
use crate::ctx::Seeds;
use crate::handle::ANSWER_WITHIN;
use crate::observe::Observer;
use crate::outside::Outside;
use crate::telemetry::Metrics;

/// The edges of the world: table, clock, metrics. Concrete; tests and laptops change the endpoint.
#[derive(Clone)]
pub struct World {
    /// The tables.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub seeds: Seeds,
    /// Where figures go.
    pub metrics: Metrics,
    /// How long an answer may take. Tests of crowds, where one machine plays all functions, give more.
    pub answer_within: Duration,
    /// Who looks over our shoulder: the laptop's page. Nobody on Lambda.
    pub observer: Option<Arc<dyn Observer>>,
    /// Who opens foreign pages for a worker; without it none is opened.
    pub outside: Option<Arc<dyn Outside>>,
}

impl World {
    /// A world without metrics nor observer, from which nobody looks outside.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            seeds: Seeds::system(),
            metrics: Metrics::none(),
            answer_within: ANSWER_WITHIN,
            observer: None,
            outside: None,
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World { .. }")
    }
}
