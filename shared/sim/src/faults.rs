//! Things that go wrong when a test or the page orders it.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::lock;

/// What a call meets instead of its answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// 429, of this scope, to be tried again after so many seconds.
    RateLimited {
        /// Which limit.
        scope: Scope,
        /// Seconds.
        after: f64,
    },
    /// This status without any effect, such as 500 or 503.
    Status(u16),
    /// The effect happens, the answer is this status all the same.
    StatusAfter(u16),
    /// No answer ever, and no effect.
    TimeoutBefore,
    /// No answer ever, but the effect happened.
    TimeoutAfter,
    /// 404 although the thing is there, as after eventual consistency or the race of a first answer.
    /// Source of 10015: <https://github.com/discord/discord-api-docs/issues/7220>
    NotFoundOnce(u32),
    /// The connection ends without an answer, and without effect.
    HangUpBefore,
    /// The connection ends without an answer, but the effect happened.
    HangUpAfter,
    /// The answer comes so many milliseconds late.
    Slow(u64),
}

impl Fault {
    /// Whether the call has its effect all the same.
    pub(crate) const fn has_effect(&self) -> bool {
        matches!(self, Self::StatusAfter(_) | Self::TimeoutAfter | Self::HangUpAfter | Self::Slow(_))
    }
}

/// Which rate limit was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This bot, in this bucket.
    User,
    /// This bot, everywhere.
    Global,
    /// Everybody, for this thing.
    Shared,
}

impl Scope {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }
}

/// Whether a hook runs before the effect of a call, or after it with the answer lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The call has no effect.
    Before,
    /// The effect happened, the answer does not arrive.
    After,
}

/// Called in the middle of a REST call; the caller's work is ended there.
pub type Hook = Box<dyn FnOnce() + Send>;

/// Orders for things to go wrong.
#[derive(Default)]
pub struct Faults(Mutex<Orders>);

#[derive(Default)]
struct Orders {
    next: VecDeque<(String, Fault, u32)>,
    calls: u64,
    kills: Vec<(u64, When, Hook)>,
}

impl Faults {
    /// The next call whose `METHOD /path` holds `matcher` meets this fault; calls that do not match pass.
    /// An empty matcher fits every call; `*` stands for anything in between: `POST /channels/*/threads`.
    pub fn next(&self, matcher: impl Into<String>, fault: Fault) {
        self.times(1, matcher, fault);
    }

    /// As [`Faults::next`], for so many calls.
    pub fn times(&self, times: u32, matcher: impl Into<String>, fault: Fault) {
        lock(&self.0).next.push_back((matcher.into(), fault, times));
    }

    /// Takes every order back, also kills.
    pub fn repair(&self) {
        let mut orders = lock(&self.0);
        orders.next.clear();
        orders.kills.clear();
    }

    /// Whether an order is still open.
    pub fn pending(&self) -> bool {
        let orders = lock(&self.0);
        !orders.next.is_empty() || !orders.kills.is_empty()
    }

    /// REST calls since the last [`Faults::count_from_zero`].
    pub fn calls(&self) -> u64 {
        lock(&self.0).calls
    }

    /// The next call is call 1 again.
    pub fn count_from_zero(&self) {
        lock(&self.0).calls = 0;
    }

    /// Runs `hook` at the `n`-th call from now on (1 is the next one), before or after its effect. The caller
    /// gets no answer: the hook ends its task, as the end of a Lambda would.
    pub fn kill_at(&self, n: u64, when: When, hook: impl FnOnce() + Send + 'static) {
        let mut orders = lock(&self.0);
        let call = orders.calls + n;
        orders.kills.push((call, when, Box::new(hook)));
    }

    /// Counts a call and says what it meets.
    pub(crate) fn take(&self, call: &str) -> (Option<Fault>, Option<(When, Hook)>) {
        let mut orders = lock(&self.0);
        orders.calls += 1;
        let number = orders.calls;
        let kill = orders
            .kills
            .iter()
            .position(|(call, _, _)| *call == number)
            .map(|index| orders.kills.swap_remove(index))
            .map(|(_, when, hook)| (when, hook));
        let index = orders.next.iter().position(|(matcher, _, _)| fits(matcher, call));
        let fault = index.and_then(|index| {
            let (_, fault, times) = orders.next.get_mut(index)?;
            *times -= 1;
            let fault = fault.clone();
            if *times == 0 {
                orders.next.remove(index);
            }
            Some(fault)
        });
        (fault, kill)
    }
}

fn fits(matcher: &str, call: &str) -> bool {
    let mut rest = call;
    for piece in matcher.split('*') {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_between() {
        assert!(fits("POST /channels/*/threads", "POST /channels/12/threads"));
        assert!(!fits("POST /channels/*/threads", "POST /channels/12/messages"));
        assert!(fits("", "GET /x"));
    }

    #[test]
    fn a_fault_is_met_once() {
        let faults = Faults::default();
        faults.next("threads", Fault::Status(500));
        assert_eq!(faults.take("GET /a").0, None);
        assert_eq!(faults.take("POST /threads").0, Some(Fault::Status(500)));
        assert_eq!(faults.take("POST /threads").0, None);
    }
}
