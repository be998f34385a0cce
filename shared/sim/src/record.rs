//! What was sent and received, for tests and for « Sous le capot ».

use std::collections::VecDeque;

use discord::{ApplicationId, InteractionId};
use serde::Serialize;
use serde_json::Value;

/// How many deliveries and calls are kept.
const KEPT: usize = 2_000;

/// One delivery to an application's endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Its number, from 1.
    pub number: u64,
    /// When it was sent, in Unix milliseconds of the simulated clock.
    pub at: i64,
    /// To whom.
    pub application: ApplicationId,
    /// Which interaction.
    pub interaction: InteractionId,
    /// What was done, in words: `/partager`, `[Utile]`.
    pub what: String,
    /// Why it was sent.
    pub kind: DeliveryKind,
    /// Where it was sent.
    pub url: String,
    /// Headers of the request.
    pub headers: Vec<(String, String)>,
    /// Body of the request, byte for byte.
    pub body: String,
    /// Status of the answer; none when none came.
    pub status: Option<u16>,
    /// Headers of the answer.
    pub response_headers: Vec<(String, String)>,
    /// Body of the answer.
    pub response: String,
    /// From sending to the end of the answer, in microseconds.
    pub took_us: u64,
    /// Why the answer was no use, when it was not.
    pub problem: Option<String>,
}

/// Why a delivery was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// Somebody acted.
    Act,
    /// The same bytes again.
    Replay,
    /// With a signature that does not fit.
    Forged,
    /// With a good signature over an old timestamp.
    Late,
    /// Discord asks whether the endpoint is there.
    Ping,
}

/// One call of a REST route.
#[derive(Clone, Debug, Serialize)]
pub struct RestCall {
    /// Its number, from 1.
    pub number: u64,
    /// When, in Unix milliseconds of the simulated clock.
    pub at: i64,
    /// Whose token it carried.
    pub application: Option<ApplicationId>,
    /// Method.
    pub method: String,
    /// Path and query; interaction tokens are cut out.
    pub path: String,
    /// The route it matched, as Discord's OpenAPI file writes it.
    pub route: Option<String>,
    /// Body as JSON; of a multipart request its `payload_json`.
    pub body: Value,
    /// Names of files that came with it.
    pub files: Vec<String>,
    /// Status of the answer; none when the caller never got one.
    pub status: Option<u16>,
    /// Body of the answer.
    pub response: Value,
    /// Rate limit bucket.
    pub bucket: Option<String>,
    /// Calls left in that bucket.
    pub remaining: Option<u32>,
    /// The fault that was ordered for this call.
    pub fault: Option<String>,
    /// The reason for the audit log.
    pub reason: Option<String>,
}

#[derive(Default)]
pub(crate) struct Log {
    pub(crate) violations: Vec<String>,
    pub(crate) deliveries: VecDeque<Delivery>,
    pub(crate) calls: VecDeque<RestCall>,
    numbers: u64,
}

impl Log {
    pub(crate) fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub(crate) fn delivery(&mut self, delivery: Delivery) {
        keep(&mut self.deliveries, delivery);
    }

    pub(crate) fn call(&mut self, call: RestCall) {
        keep(&mut self.calls, call);
    }
}

fn keep<T>(list: &mut VecDeque<T>, entry: T) {
    if list.len() == KEPT {
        list.pop_front();
    }
    list.push_back(entry);
}
