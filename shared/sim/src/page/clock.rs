//! The clock in the top bar. It only moves forward.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::{DateTime, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::live::News;
use super::{No, NotFresh, PageState};

/// Farthest that one step may go, in milliseconds: two years.
const STEP_MAX_MS: i64 = 2 * 366 * 24 * 3600 * 1000;

/// Where to move it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Move {
    /// By this many milliseconds.
    By { by: i64 },
    /// To the next morning, or to what falls due next.
    To { to: Goal },
    /// To this hour of the page's zone, `2026-12-24T09:00`.
    Local { local: String },
}

/// A moment with a name.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Goal {
    /// Nine o'clock on the next day.
    Tomorrow,
    /// When the next job falls due.
    Next,
}

pub(super) async fn advance(
    State(state): State<PageState>,
    Json(wanted): Json<Move>,
) -> Result<Json<Value>, No> {
    let now = state.sim.now_ms();
    let zone = state.behind.zone();
    let to = match wanted {
        Move::By { by } => Some(now.saturating_add(by)),
        Move::To { to: Goal::Tomorrow } => tomorrow_at_nine(now, &zone),
        Move::To { to: Goal::Next } => match state.behind.next_due().await {
            Some(due) => Some(due),
            None => return Ok(Json(json!({ "moved": false }))),
        },
        Move::Local { local } => {
            Some(at_local(&local, &zone).ok_or_else(|| No::word(StatusCode::BAD_REQUEST, "clock.date.bad"))?)
        }
    };
    let to = to.ok_or_else(|| No::word(StatusCode::BAD_REQUEST, "clock.never"))?;
    if to - now > STEP_MAX_MS {
        return Err(No::word(StatusCode::BAD_REQUEST, "clock.far"));
    }
    state.behind.advance(to.max(now)).await;
    let _ = state.news.send(News::Clock);
    Ok(Json(json!({ "moved": true, "now": state.sim.now_ms(), "zone": zone })))
}

/// « Repartir de zéro », after the person confirmed it.
pub(super) async fn fresh(State(state): State<PageState>) -> Result<Json<Value>, No> {
    state.behind.fresh().await.map_err(|why| {
        let key = match why {
            NotFresh::Alone => "error.alone",
            NotFresh::Failed => "error.fresh",
        };
        No::word(StatusCode::CONFLICT, key)
    })?;
    let _ = state.news.send(News::Fresh);
    Ok(Json(json!({})))
}

fn tomorrow_at_nine(now: i64, zone: &str) -> Option<i64> {
    let zone = TimeZone::get(zone).ok()?;
    let today = Timestamp::from_millisecond(now).ok()?.to_zoned_datetime(zone.clone()).date();
    let morning = today.checked_add(1.day()).ok()?.to_datetime(time(9, 0, 0, 0));
    Some(morning.to_zoned_datetime(zone).ok()?.timestamp().as_millisecond())
}

fn at_local(text: &str, zone: &str) -> Option<i64> {
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned_datetime(TimeZone::get(zone).ok()?).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<Timestamp>().expect("a moment of a test").as_millisecond()
    }

    #[test]
    fn tomorrow_nine_is_nine_also_when_the_clocks_change() {
        let paris = "Europe/Paris";
        assert_eq!(tomorrow_at_nine(ms("2026-11-24T15:00:00Z"), paris), Some(ms("2026-11-25T08:00:00Z")));
        assert_eq!(tomorrow_at_nine(ms("2026-03-28T15:00:00Z"), paris), Some(ms("2026-03-29T07:00:00Z")));
        assert_eq!(tomorrow_at_nine(ms("2026-10-24T15:00:00Z"), paris), Some(ms("2026-10-25T08:00:00Z")));
        // One minute past midnight in Paris is still the evening before in UTC.
        assert_eq!(tomorrow_at_nine(ms("2026-11-24T23:01:00Z"), paris), Some(ms("2026-11-26T08:00:00Z")));
    }

    #[test]
    fn a_typed_date_is_an_hour_of_the_zone() {
        assert_eq!(at_local("2026-12-24T09:00", "Europe/Paris"), Some(ms("2026-12-24T08:00:00Z")));
        assert_eq!(at_local("demain", "Europe/Paris"), None);
    }
}
