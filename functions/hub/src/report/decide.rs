//! The rules of reporting: one report for each person and target, which can be changed until the case
//! is decided.

use app::{Ctx, Decision, Job as _, Timestamp};
use directory::Group;
use discord::UserId;
use discord::reply::Reply;

use super::action::{Form, Target};
use super::model::{Category, Evidence, Report, Reporter, Thresholds};
use super::{items, view};
use crate::case::model::{About, Case, CaseId};
use crate::history::{self, Event, Line};
use crate::jobs::Job;
use crate::model::{Resource, State};
use crate::refusal::Refusal;
use crate::share::decide::is_on;
use crate::{case, items as shared};

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 3600 * 1000;
/// Reports of one person in a day.
///
/// Source: HUB §13.1.
const DAILY_MAX: usize = 10;
/// Reports of one person in a day in a category of the first row.
///
/// Source: HUB §13.1.
const DAILY_GRAVE_MAX: usize = 3;

/// What the rules of reporting must know.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The resource that is reported.
    pub resource: Option<Resource>,
    /// What was kept of the message that is reported.
    pub evidence: Option<Evidence>,
    /// The open case of the target.
    pub case: Option<Case>,
    /// Its reports.
    pub reports: Vec<Report>,
    /// The person's own among them.
    pub own: Option<Report>,
    /// What is known of the person as a reporter.
    pub reporter: Option<Reporter>,
    /// The table of categories.
    pub thresholds: Thresholds,
}

/// « Signaler »: the form, unless this was reported already.
///
/// # Errors
/// When the target is gone.
pub fn open(target: Target, amend: bool, ctx: &Ctx, known: &Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    about(target, known)?;
    match &known.own {
        Some(_) if !amend => Ok(already(target, ctx)),
        own => Ok(Decision::reply(Reply::Ask(view::form(target, amend, own.as_ref(), ctx.lang)))),
    }
}

/// « Signaler ce message »: what it says is kept while the form is open.
///
/// # Errors
/// When the function is off.
pub fn keep(
    message: discord::MessageId,
    evidence: &Evidence,
    ctx: &Ctx,
    known: &Known,
) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    let target = Target::Message(message);
    if known.own.is_some() {
        return Ok(
            already(target, ctx).write(items::keep_evidence(ctx.guild, ctx.user, message, evidence, ctx.now))
        );
    }
    Ok(Decision::reply(Reply::Ask(view::form(target, false, None, ctx.lang)))
        .write(items::keep_evidence(ctx.guild, ctx.user, message, evidence, ctx.now)))
}

/// The form was sent.
///
/// # Errors
/// When the target is gone, or the person reports too often.
pub fn send(form: &Form, ctx: &Ctx, known: Known) -> Result<Decision, Refusal> {
    is_on(ctx)?;
    let about = about(form.target, &known)?;
    if known.own.is_some() && !form.amend {
        return Ok(already(form.target, ctx));
    }
    let next_reporter = within_rate(form.category, known.own.as_ref(), known.reporter.as_ref(), ctx.now)?;
    let report = Report {
        by: ctx.user,
        category: form.category,
        details: (!form.details.is_empty()).then(|| form.details.clone()),
        at: known.own.as_ref().map_or(ctx.now.0, |own| own.at),
        counts: counts(form.category, about.author, ctx, known.reporter.as_ref()),
        trust: known.reporter.as_ref().and_then(|reporter| trust(&reporter.outcomes)),
        settled: None,
    };

    let fresh = known.case.is_none();
    let case = known.case.clone().unwrap_or_else(|| {
        let id = CaseId::drawn(ctx.seed.bytes("case"));
        Case::new(id, about.about, &about.title, about.author, ctx.now.0)
    });
    let hides = hides(&report, &known);
    let mut decision = Decision::reply(Reply::Whisper(view::thanks(form.amend, hides, ctx.lang)));
    let opened = if fresh {
        case::items::create(ctx.guild, &case)
    } else {
        vec![case::items::still_open(ctx.guild, case.id)]
    };
    decision = opened.into_iter().fold(decision, Decision::write);
    for write in opens(fresh, hides, &case, &known, ctx) {
        decision = decision.write(write);
    }
    for write in items::put_report(ctx.guild, case.id, known.own.as_ref(), &report) {
        decision = decision.write(write);
    }
    let line = Line::new(ctx.user, Event::Reported(form.category.key().into()));
    let line = if form.details.is_empty() { line } else { line.because(form.details.as_str()) };
    let decision = decision
        .write(items::put_reporter(ctx.guild, ctx.user, known.reporter.as_ref(), &next_reporter, ctx.now))
        .write(history::line(ctx.guild, case.in_history(), line, ctx.now))
        .job(Job::Case { case: case.id }.now());
    Ok(match known.resource {
        Some(resource) if hides => decision.job(Job::Refresh { resource: resource.id }.now()),
        _ => decision,
    })
}

/// What a target is, in a case.
struct Subject {
    about: About,
    title: String,
    author: UserId,
}

/// The target, when it is still there to be reported.
fn about(target: Target, known: &Known) -> Result<Subject, Refusal> {
    match target {
        Target::Resource(id) => {
            let resource = known.resource.as_ref().ok_or(Refusal::Outdated)?;
            if !matches!(resource.state, State::Publiee | State::Masquee) {
                return Err(Refusal::Outdated);
            }
            Ok(Subject { about: About::Resource(id), title: resource.title.clone(), author: resource.author })
        }
        Target::Message(message) => {
            let evidence = known.evidence.as_ref().ok_or(Refusal::Outdated)?;
            Ok(Subject {
                about: About::Message { channel: evidence.channel, message },
                title: evidence.text.clone(),
                author: evidence.author,
            })
        }
        Target::Person(user) => {
            Ok(Subject { about: About::Person(user), title: String::new(), author: user })
        }
    }
}

/// The target knows its case from now on, and is hidden when it must be.
fn opens(fresh: bool, hides: bool, case: &Case, known: &Known, ctx: &Ctx) -> Vec<store::Write> {
    match case.about {
        About::Resource(id) => {
            let Some(resource) = &known.resource else { return Vec::new() };
            let mut writes = Vec::new();
            if fresh || hides {
                writes.push(shared::reported(ctx.guild, resource, fresh.then_some(case.id), hides));
            }
            if hides {
                let line = Line::new(history::NOBODY, Event::Became(State::Masquee));
                writes.push(shared::leave_lists(ctx.guild, id));
                writes.push(history::line(ctx.guild, case.in_history(), line, ctx.now));
            }
            writes
        }
        About::Message { message, .. } if fresh => {
            vec![items::point(items::of_message(ctx.guild, message), case.id)]
        }
        About::Person(user) if fresh => vec![items::point(items::of_target(ctx.guild, user), case.id)],
        About::Message { .. } | About::Person(_) => Vec::new(),
    }
}

/// Whether this report hides the resource. Reports that come at the same instant may not know of each
/// other: the worker counts again.
fn hides(report: &Report, known: &Known) -> bool {
    let visible = known.resource.as_ref().is_some_and(|resource| resource.state == State::Publiee);
    let others = known.reports.iter().filter(|other| other.by != report.by);
    visible && reached(others.chain([report]), &known.thresholds).is_some_and(|reached| reached.hides)
}

/// What the reports of a case have brought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The resource is hidden until somebody has decided.
    pub hides: bool,
}

/// Whether moderators are called: a threshold is reached, or somebody whose reports do not count
/// alerts of something in the first row. Such an alert hides nothing.
pub fn reached<'r>(
    reports: impl IntoIterator<Item = &'r Report> + Clone,
    thresholds: &Thresholds,
) -> Option<Reached> {
    let mut reached = None;
    for category in Category::ALL {
        let rule = thresholds.of(category);
        let of_category = reports.clone().into_iter().filter(|report| report.category == category);
        let (counting, alerts): (Vec<_>, Vec<_>) = of_category.partition(|report| report.counts);
        if counting.len() >= rule.threshold {
            let hides = rule.hides || reached.is_some_and(|reached: Reached| reached.hides);
            reached = Some(Reached { hides });
        } else if category.is_grave() && !alerts.is_empty() {
            reached = reached.or(Some(Reached { hides: false }));
        }
    }
    reached
}

/// Whether a report counts towards a threshold.
fn counts(category: Category, author: UserId, ctx: &Ctx, reporter: Option<&Reporter>) -> bool {
    let may = ctx.held.is_any(&[Group::Partner, Group::Member, Group::Staff, Group::Moderator, Group::Admin]);
    let muted = reporter.is_some_and(|reporter| reporter.muted_until > ctx.now.0);
    may && author != ctx.user && (category.is_grave() || !muted)
}

/// Justified among the reports that were decided, in per cent.
fn trust(outcomes: &str) -> Option<u8> {
    let justified = outcomes.bytes().filter(|outcome| *outcome == b'j').count();
    u8::try_from((justified * 100).checked_div(outcomes.len())?).ok()
}

/// The reporter after this report, or when the next one is possible. A change counts only when it
/// moves the report into the first row.
fn within_rate(
    category: Category,
    own: Option<&Report>,
    reporter: Option<&Reporter>,
    now: Timestamp,
) -> Result<Reporter, Refusal> {
    let mut next = reporter.cloned().unwrap_or_default();
    for moments in [&mut next.reports, &mut next.grave] {
        moments.retain(|at| now.0 - at < DAY_MS);
    }
    let full = |moments: &[i64], most: usize| {
        let oldest = moments.len().checked_sub(most)?;
        Some(Refusal::TooOften { again: Timestamp(moments[oldest] + DAY_MS) })
    };
    if own.is_none() {
        if let Some(refusal) = full(&next.reports, DAILY_MAX) {
            return Err(refusal);
        }
        next.reports.push(now.0);
    }
    if category.is_grave() && own.is_none_or(|own| !own.category.is_grave()) {
        if let Some(refusal) = full(&next.grave, DAILY_GRAVE_MAX) {
            return Err(refusal);
        }
        next.grave.push(now.0);
    }
    Ok(next)
}

/// One report for each person and target: it can be changed.
fn already(target: Target, ctx: &Ctx) -> Decision {
    Decision::reply(Reply::Whisper(view::already(target, ctx.lang)))
        .refused(app::Refusal::code(&Refusal::AlreadyReported))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(by: u64, category: Category, counts: bool) -> Report {
        Report { by: UserId(by), category, details: None, at: 0, counts, trust: None, settled: None }
    }

    fn many(count: u64, category: Category) -> Vec<Report> {
        (0..count).map(|by| report(by, category, true)).collect()
    }

    #[test]
    fn moderators_are_called_at_the_threshold_of_one_category() {
        let thresholds = Thresholds::default();
        for category in Category::ALL {
            let rule = category.rule();
            let below = many(rule.threshold as u64 - 1, category);
            let at = many(rule.threshold as u64, category);
            assert_eq!(reached(&below, &thresholds), None, "{category:?}");
            assert_eq!(reached(&at, &thresholds), Some(Reached { hides: rule.hides }), "{category:?}");
        }
        let mixed = [many(4, Category::Offensive), many(6, Category::Misleading)].concat();
        assert_eq!(reached(&mixed, &thresholds), None);
    }

    #[test]
    fn who_does_not_count_alerts_of_what_is_grave_and_hides_nothing() {
        let thresholds = Thresholds::default();
        let alerts = [report(1, Category::Minors, false)];
        assert_eq!(reached(&alerts, &thresholds), Some(Reached { hides: false }));
        let alerts: Vec<_> = (0..50).map(|by| report(by, Category::Offensive, false)).collect();
        assert_eq!(reached(&alerts, &thresholds), None);
    }

    #[test]
    fn admins_change_thresholds_and_hiding() {
        let rule = super::super::model::Rule { threshold: 2, hides: true };
        let thresholds = Thresholds { rules: [("spam".to_owned(), rule)].into() };
        assert_eq!(reached(&many(1, Category::Spam), &thresholds), None);
        assert_eq!(reached(&many(2, Category::Spam), &thresholds), Some(Reached { hides: true }));
    }

    #[test]
    fn trust_is_the_share_of_justified_reports() {
        assert_eq!(trust(""), None);
        assert_eq!(trust("jjak"), Some(50));
        assert_eq!(trust(&"j".repeat(100)), Some(100));
    }

    #[test]
    fn ten_reports_a_day_and_three_of_the_first_row() {
        let now = Timestamp(10 * DAY_MS);
        let mut reporter = None;
        for _ in 0..10 {
            reporter = Some(within_rate(Category::Spam, None, reporter.as_ref(), now).unwrap());
        }
        let again = Timestamp(11 * DAY_MS);
        let too_often = Err(Refusal::TooOften { again });
        assert_eq!(within_rate(Category::Spam, None, reporter.as_ref(), now), too_often);
        assert!(within_rate(Category::Spam, None, reporter.as_ref(), again).is_ok());
        // A change is no further report, but one into the first row counts there.
        let own = report(1, Category::Spam, true);
        for _ in 0..3 {
            reporter = Some(within_rate(Category::Minors, Some(&own), reporter.as_ref(), now).unwrap());
        }
        assert_eq!(within_rate(Category::Sexual, Some(&own), reporter.as_ref(), now), too_often);
    }
}
