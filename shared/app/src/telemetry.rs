//! Logs and figures. Logs are JSON lines; figures are CloudWatch's embedded metric format on
//! standard output, so that no call is made for them.
//!
//! Source of the format:
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::clock::Timestamp;

/// Namespace of every figure; the alarms of the template read it.
pub const NAMESPACE: &str = "Passerelle";

/// Starts JSON logs on standard output, as Lambda keeps them. A second call changes nothing.
pub fn install() {
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).without_time().with_target(false);
    let level = tracing_subscriber::filter::LevelFilter::INFO;
    tracing_subscriber::registry().with(level).with(lines).try_init().ok();
}

/// A figure's unit, as CloudWatch names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How often.
    Count,
    /// How long.
    Milliseconds,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
        }
    }
}

/// Where figures go.
#[derive(Clone)]
pub struct Metrics {
    /// The deployment: two may live in one account.
    stage: Arc<str>,
    sink: Sink,
}

#[derive(Clone)]
enum Sink {
    None,
    StandardOutput,
    Kept(Arc<Mutex<Vec<String>>>),
}

impl Metrics {
    /// Nowhere.
    pub fn none() -> Self {
        Self { stage: "".into(), sink: Sink::None }
    }

    /// To standard output, where CloudWatch reads them; alarms look for the stage.
    pub fn standard_output(stage: &str) -> Self {
        Self { stage: stage.into(), sink: Sink::StandardOutput }
    }

    /// Kept, for tests.
    pub fn kept() -> Self {
        Self { stage: "test".into(), sink: Sink::Kept(Arc::default()) }
    }

    /// The lines that were kept.
    pub fn lines(&self) -> Vec<String> {
        match &self.sink {
            Sink::Kept(lines) => lines.lock().map(|lines| lines.clone()).unwrap_or_default(),
            Sink::None | Sink::StandardOutput => Vec::new(),
        }
    }

    /// One line with these figures of one feature.
    pub fn put(&self, feature: &str, now: Timestamp, figures: &[(&str, Unit, f64)]) {
        if matches!(self.sink, Sink::None) {
            return;
        }
        let metrics: Vec<_> =
            figures.iter().map(|(name, unit, _)| json!({ "Name": name, "Unit": unit.name() })).collect();
        let mut line = json!({
            "_aws": {
                "Timestamp": now.0,
                "CloudWatchMetrics": [
                    { "Namespace": NAMESPACE, "Dimensions": [["stage", "feature"]], "Metrics": metrics }
                ],
            },
            "stage": *self.stage,
            "feature": feature,
        });
        for (name, _, value) in figures {
            line[*name] = json!(value);
        }
        match &self.sink {
            Sink::None => {}
            Sink::StandardOutput => {
                // A figure that cannot be written must not cost an answer.
                writeln!(std::io::stdout().lock(), "{line}").ok();
            }
            Sink::Kept(lines) => {
                if let Ok(mut lines) = lines.lock() {
                    lines.push(line.to_string());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_figures_names_its_metrics_and_carries_their_values() {
        let metrics = Metrics::kept();
        metrics.put("hub", Timestamp(1_000), &[("answer_ms", Unit::Milliseconds, 12.5)]);
        let line: serde_json::Value = serde_json::from_str(&metrics.lines()[0]).unwrap();
        assert_eq!(
            line,
            json!({
                "_aws": {
                    "Timestamp": 1000,
                    "CloudWatchMetrics": [{
                        "Namespace": "Passerelle",
                        "Dimensions": [["stage", "feature"]],
                        "Metrics": [{ "Name": "answer_ms", "Unit": "Milliseconds" }],
                    }],
                },
                "stage": "test",
                "feature": "hub",
                "answer_ms": 12.5,
            })
        );
    }
}
