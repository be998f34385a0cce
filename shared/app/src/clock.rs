//! Time as an argument.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// A moment: Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment that many seconds later.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0 + secs * 1000)
    }

    /// Unix seconds, rounded down: what Discord's `<t:…>` and `exp` take.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.secs())
    }
}

/// Where the time comes from. Read in `serve`, `work` and their ticks only, and handed down from there.
#[derive(Clone)]
pub struct Clock(Arc<Source>);

enum Source {
    /// The machine's time, moved forward by this many milliseconds.
    System { ahead_ms: AtomicI64 },
    /// A time that only moves when it is told to.
    Still(AtomicI64),
}

impl Clock {
    /// The machine's time. It can be moved forward, never back while anything is remembered: the laptop's
    /// page does.
    pub fn system() -> Self {
        Self(Arc::new(Source::System { ahead_ms: AtomicI64::new(0) }))
    }

    /// The machine's time, this many milliseconds ago: what happened before a visitor came is older
    /// than the visit. Moving it to [`Clock::machine`] ends that.
    pub fn behind(ms: i64) -> Self {
        Self(Arc::new(Source::System { ahead_ms: AtomicI64::new(-ms) }))
    }

    /// The machine's own time, whatever this clock was moved to.
    pub fn machine(&self) -> Timestamp {
        match &*self.0 {
            Source::System { .. } => Timestamp(system_ms()),
            Source::Still(_) => self.now(),
        }
    }

    /// Begins again this many milliseconds behind the machine's time: for a world in which nothing has
    /// happened any more. A still clock stays where it is.
    pub fn begin_again(&self, ms: i64) {
        if let Source::System { ahead_ms } = &*self.0 {
            ahead_ms.store(-ms, Ordering::SeqCst);
        }
    }

    /// A time that stands still until it is moved, for tests.
    pub fn still(now: Timestamp) -> Self {
        Self(Arc::new(Source::Still(AtomicI64::new(now.0))))
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        match &*self.0 {
            Source::System { ahead_ms } => Timestamp(system_ms() + ahead_ms.load(Ordering::SeqCst)),
            Source::Still(now) => Timestamp(now.load(Ordering::SeqCst)),
        }
    }

    /// Moves forward to `then`; a moment that has passed changes nothing.
    pub fn advance_to(&self, then: Timestamp) {
        match &*self.0 {
            Source::System { ahead_ms } => {
                ahead_ms.fetch_max(then.0 - system_ms(), Ordering::SeqCst);
            }
            Source::Still(now) => {
                now.fetch_max(then.0, Ordering::SeqCst);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's time")]
fn system_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_never_goes_back() {
        let clock = Clock::still(Timestamp(1_000));
        clock.advance_to(Timestamp(5_000));
        clock.advance_to(Timestamp(2_000));
        assert_eq!(clock.now(), Timestamp(5_000));
        assert_eq!(clock.now().plus_secs(2).secs(), 7);
    }

    #[test]
    fn a_clock_that_begins_again_forgets_that_it_was_moved() {
        let clock = Clock::system();
        clock.advance_to(clock.machine().plus_secs(86_400));
        clock.begin_again(60_000);
        let late = clock.machine().0 - clock.now().0;
        assert!((60_000..61_000).contains(&late), "{late} ms behind");
    }
}
