//! Keys, reads and writes of reporting.

use app::Timestamp;
use discord::{GuildId, MessageId, UserId};
use store::{Condition, Key, Query, Update, Write};

use super::model::{Evidence, OpenCase, Report, Reporter, Thresholds};
use crate::case::items::partition;
use crate::case::model::CaseId;
use crate::history::NOBODY;
use crate::items::{STATE, kept_with};

/// How long a message is kept while the form is open, in seconds: one hour.
const EVIDENCE_SECS: i64 = 3600;

/// How long what is known of a reporter is kept after the last report, in seconds: twelve months.
const REPORTER_SECS: i64 = 365 * 24 * 3600;

/// Reports that are read at once.
pub const PAGE: u32 = 100;

/// The report of one person in a case.
pub fn report(guild: GuildId, case: CaseId, by: UserId) -> Key {
    Key::new(STATE, partition(guild, case), format!("REPORT#{by}"))
}

/// The reports of a case, [`PAGE`] at a time.
pub fn reports(guild: GuildId, case: CaseId) -> Query {
    Query::of(STATE, partition(guild, case)).prefix("REPORT#").limit(PAGE).consistent()
}

/// The same report, to be found from the person.
pub fn own_report(guild: GuildId, case: CaseId, by: UserId) -> Key {
    kept_with(guild, by, &format!("REPORT#{case}"))
}

/// What is known of a reporter.
pub fn reporter(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, "REPORTER")
}

/// A message that somebody is about to report.
pub fn evidence(guild: GuildId, by: UserId, message: MessageId) -> Key {
    kept_with(guild, by, &format!("EVIDENCE#{message}"))
}

/// The open case about a message.
pub fn of_message(guild: GuildId, message: MessageId) -> Key {
    Key::new(STATE, format!("G#{guild}#M#{message}"), "CASE")
}

/// The open case about a person.
pub fn of_target(guild: GuildId, user: UserId) -> Key {
    kept_with(guild, user, "CASE")
}

/// What admins changed of the table of categories.
pub fn thresholds(guild: GuildId) -> Key {
    Key::new(STATE, format!("G#{guild}"), "THRESHOLDS")
}

/// The table of categories is this.
pub fn put_thresholds(guild: GuildId, table: &Thresholds) -> Write {
    Write::put(thresholds(guild), table)
}

/// Keeps what a message says while the form is open.
pub fn keep_evidence(
    guild: GuildId,
    by: UserId,
    message: MessageId,
    evidence: &Evidence,
    now: Timestamp,
) -> Write {
    Write::put(self::evidence(guild, by, message), evidence).expires(now.secs() + EVIDENCE_SECS)
}

/// A case about a message or a person is open, if none was.
pub fn point(key: Key, case: CaseId) -> Write {
    Write::create(key, &OpenCase { case })
}

/// A report is made, or changed from what was seen.
pub fn put_report(guild: GuildId, case: CaseId, seen: Option<&Report>, next: &Report) -> [Write; 2] {
    #[derive(serde::Serialize)]
    struct Own {}
    let unchanged = match seen {
        Some(seen) => Condition::equals("category", seen.category.key()),
        None => Condition::absent(),
    };
    [
        Write::put(report(guild, case, next.by), next).when(unchanged),
        Write::put(own_report(guild, case, next.by), &Own {}),
    ]
}

/// What is known of a reporter goes from `seen` to `next`, if nobody changed it meanwhile.
pub fn put_reporter(
    guild: GuildId,
    user: UserId,
    seen: Option<&Reporter>,
    next: &Reporter,
    now: Timestamp,
) -> Write {
    let unchanged = match seen {
        Some(seen) => Condition::all([
            Condition::equals("reports", store::Value::of(&seen.reports).expect("a list of numbers")),
            Condition::equals("outcomes", seen.outcomes.as_str()),
        ]),
        None => Condition::gone(now.secs()),
    };
    Write::put(reporter(guild, user), next).when(unchanged).expires(now.secs() + REPORTER_SECS)
}

/// A report whose author was erased: it counts as before, and nobody can be told from it. It is kept no
/// longer than if its case were closed today.
pub fn forget(guild: GuildId, case: CaseId, seen: &Report, mark: &str, now: Timestamp) -> [Write; 2] {
    let nameless = Report { by: NOBODY, details: None, trust: None, settled: Some(0), ..seen.clone() };
    let key = Key::new(STATE, partition(guild, case), format!("REPORT#0#{mark}"));
    [
        Write::delete(report(guild, case, seen.by)).when(Condition::exists()),
        Write::put(key, &nameless).expires(now.secs() + REPORT_SECS),
    ]
}

/// The reporter was told of a decision, and what came of the report is known.
pub fn settled(guild: GuildId, case: CaseId, by: UserId, ruling: u32) -> Write {
    Write::update(report(guild, case, by), Update::new().set("settled", ruling))
        .when(Condition::exists())
        .when(Condition::lacks("settled"))
}

/// How long a report is kept once its case is closed, in seconds: twelve months.
///
/// Source: HUB §15.4.
const REPORT_SECS: i64 = 365 * 24 * 3600;

/// A report ends with its closed case.
pub fn ends(guild: GuildId, case: CaseId, by: UserId, now: Timestamp) -> Write {
    Write::update(report(guild, case, by), Update::new())
        .when(Condition::exists())
        .expires(now.secs() + REPORT_SECS)
}
