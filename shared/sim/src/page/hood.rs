//! « Sous le capot »: the last deliveries, what they did, and what happens when one is sent again.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{No, PageState};
use crate::Delivery;
use crate::record::DeliveryKind;

/// Deliveries shown, the newest first.
const SHOWN: usize = 30;

/// The last deliveries that people caused, each with what is known behind it.
pub(super) async fn last(State(state): State<PageState>) -> Json<Value> {
    let calls = state.sim.rest_log();
    let mut clicks = Vec::new();
    for delivery in state.sim.deliveries().iter().rev() {
        if delivery.kind == DeliveryKind::Act && clicks.len() < SHOWN {
            clicks.push(click(&state, delivery, &calls));
        }
    }
    Json(json!({ "clicks": clicks, "jobs": state.behind.waiting().await }))
}

fn click(state: &PageState, delivery: &Delivery, calls: &[crate::RestCall]) -> Value {
    let body: Value = serde_json::from_str(&delivery.body).unwrap_or_else(|_| json!(delivery.body));
    let answer: Value = serde_json::from_str(&delivery.response).unwrap_or_else(|_| json!(delivery.response));
    let jobs = state.behind.jobs_of(delivery.interaction);
    let during = |at: i64| {
        jobs.iter().any(|job| {
            let moment = |name: &str| job[name].as_i64();
            moment("began_at").is_some_and(|began| began <= at)
                && moment("ended_at").is_some_and(|ended| at <= ended)
        })
    };
    let calls: Vec<Value> = calls
        .iter()
        .filter(|call| during(call.at))
        .map(|call| json!({ "method": call.method, "path": call.path, "status": call.status, "bucket": call.bucket }))
        .collect();
    let headers: Map<String, Value> =
        delivery.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let who = body["member"]["nick"]
        .as_str()
        .or_else(|| body["member"]["user"]["global_name"].as_str())
        .or_else(|| body["member"]["user"]["username"].as_str())
        .or_else(|| body["user"]["username"].as_str())
        .unwrap_or_default()
        .to_owned();
    json!({
        "id": delivery.number.to_string(),
        "what": delivery.what,
        "who": who,
        "at": delivery.at,
        "status": delivery.status,
        "total_ms": f64::from(u32::try_from(delivery.took_us).unwrap_or(u32::MAX)) / 1000.0,
        "headers": headers,
        "body": without_token(body),
        "answer": answer,
        "inside": state.behind.inside(delivery.interaction),
        "jobs": jobs,
        "calls": calls,
    })
}

/// The token of an interaction changes its answer: whoever looks over a shoulder must not get it.
fn without_token(mut body: Value) -> Value {
    if let Some(token) = body.get_mut("token") {
        *token = json!("…");
    }
    body
}

/// How to send a delivery once more.
#[derive(Debug, Deserialize)]
pub(super) struct Again {
    how: How,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum How {
    /// The same bytes.
    Same,
    /// With a changed body under the old signature.
    Forged,
    /// With a good signature of an hour ago.
    Late,
}

pub(super) async fn again(
    State(state): State<PageState>,
    Path(number): Path<u64>,
    Json(Again { how }): Json<Again>,
) -> Result<Json<Value>, No> {
    let first = state.sim.deliveries().into_iter().find(|delivery| delivery.number == number);
    let first = first.ok_or_else(No::missing)?;
    let second = match how {
        How::Same => state.sim.replay(number).await,
        How::Forged => state.sim.forge(number).await,
        How::Late => state.sim.send_late(number, 3600).await,
    };
    let second = second.ok_or_else(No::missing)?;
    Ok(Json(json!({ "status": second.status, "equal": second.response == first.response })))
}
