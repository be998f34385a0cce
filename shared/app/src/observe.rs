//! What happened behind a click, for whoever wants to see: the laptop's page shows it.

use serde::Serialize;

/// Looks over the shoulder of the functions. It is told after the fact and changes nothing.
pub trait Observer: Send + Sync {
    /// An interaction was answered.
    fn click(&self, click: Click);
    /// A worker had a job in its hands.
    fn job(&self, job: JobSeen);
}

/// One interaction, answered.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Click {
    /// The delivery.
    pub interaction: String,
    /// Which feature answered.
    pub feature: &'static str,
    /// What was asked, as the feature read it.
    pub action: String,
    /// Keys and ranges read, those of the later round trip last.
    pub reads: Vec<String>,
    /// What was decided, as it prints.
    pub decision: String,
    /// `answered`, `refused HUB-E01`, `repeated` or `fault`.
    pub outcome: String,
    /// Rounds of load and decide: more than one when somebody else was faster.
    pub rounds: u32,
    /// Checking the signature, in microseconds.
    pub verify_us: u64,
    /// Reading, in microseconds.
    pub load_us: u64,
    /// Deciding, in microseconds.
    pub decide_us: u64,
    /// Writing, in microseconds.
    pub commit_us: u64,
}

/// One try of one job.
#[derive(Debug, Clone, Serialize)]
pub struct JobSeen {
    /// Which feature's worker.
    pub feature: &'static str,
    /// Its id.
    pub id: String,
    /// What was to be done.
    pub kind: String,
    /// The interaction that asked for it, if any.
    pub cause: Option<u64>,
    /// Which try this was.
    pub attempts: u32,
    /// `done`, `again in 5 s: …`, `dead: …`.
    pub outcome: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}
