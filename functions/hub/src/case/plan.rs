//! What the worker does next for a case: wanted minus present.

use app::Timestamp;
use discord::{ChannelId, UserId};

use super::model::{Case, Queued, Ruling, Stage, Verdict};
use crate::model::{Resource, State};
use crate::report::decide::reached;
use crate::report::model::{Report, Reporter, Thresholds};

/// How far Discord's clock may be behind ours when a card is looked for, in milliseconds.
const CLOCK_MARGIN_MS: i64 = 2 * 60 * 1000;

/// The next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The reports have come to what calls moderators.
    Reach,
    /// The resource must be out of sight until somebody has decided.
    Hide,
    /// Its place in the queue is another one, or none, or something else stands there.
    Queue(Option<(String, Box<Queued>)>),
    /// Post its card in this channel. What is about to be tried is written first.
    Post(ChannelId),
    /// It may have been posted: look among the messages that are younger than this moment.
    Look {
        /// Where.
        channel: ChannelId,
        /// Unix milliseconds.
        since: i64,
    },
    /// Everything is there: show the case on its card as it is now.
    Show,
}

/// The next step for a case as it is stored now. Without a moderation channel it has no card.
pub fn next(
    case: &Case,
    reports: &[Report],
    resource: Option<&Resource>,
    queued: Option<&Queued>,
    thresholds: &Thresholds,
    channel: Option<ChannelId>,
) -> Next {
    let reached = reached(reports, thresholds);
    if reached.is_some() && case.reached_at.is_none() {
        return Next::Reach;
    }
    let visible = resource.is_some_and(|resource| resource.state == State::Publiee);
    if case.stage == Stage::Ouvert && visible && reached.is_some_and(|reached| reached.hides) {
        return Next::Hide;
    }
    match (channel, case.reached_at, case.card, case.posting_since) {
        _ if !case.stage.is_open() => {}
        (Some(channel), Some(_), None, None) => return Next::Post(channel),
        (Some(channel), Some(_), None, Some(since)) => {
            return Next::Look { channel, since: since - CLOCK_MARGIN_MS };
        }
        _ => {}
    }
    let place = place(case);
    let wanted = place.as_ref().map(|_| Queued::of(case, reports));
    if place != case.queued || wanted.as_ref() != queued {
        return Next::Queue(place.zip(wanted.map(Box::new)));
    }
    Next::Show
}

/// The place of a case in the queue: those for which moderators are called first, oldest first.
fn place(case: &Case) -> Option<String> {
    let section = if case.reached_at.is_some() { CALLED } else { BELOW };
    case.stage.is_open().then(|| format!("{section}#{:013}#{}", case.opened_at, case.id))
}

/// Moderators are called.
pub const CALLED: char = '1';
/// Below the threshold.
pub const BELOW: char = '2';

/// Reporters of a justified case that have something of it.
///
/// Source: HUB §13.2.
const REWARDED_MAX: usize = 10;

/// What a decision means for somebody's standing. Points are counted elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merit {
    /// Reported rightly.
    JustifiedReport,
    /// Reported without reason.
    AbusiveReport,
    /// Had a resource removed by moderation.
    Removed,
    /// Had a resource removed that should have stayed.
    Restored,
}

/// What a decision means, and for whom: reporters at the first decision, the author at each.
///
/// Source: HUB §14.1, X04, X08 and X09.
pub fn merits(case: &Case, number: usize, reports: &[Report]) -> Vec<(UserId, Merit)> {
    let Some(ruling) = case.rulings.get(number) else { return Vec::new() };
    let mut merits = Vec::new();
    if number == 0 {
        let mut counting: Vec<&Report> = reports.iter().filter(|report| report.counts).collect();
        counting.sort_by_key(|report| (report.at, report.by));
        match ruling.verdict {
            Verdict::Abuse => {
                merits.extend(counting.iter().map(|report| (report.by, Merit::AbusiveReport)));
            }
            verdict if verdict.justifies() => {
                let first = counting.iter().take(REWARDED_MAX);
                merits.extend(first.map(|report| (report.by, Merit::JustifiedReport)));
            }
            _ => {}
        }
    }
    let removed = |ruling: &Ruling| ruling.verdict == Verdict::Remove;
    let before = case.rulings[..number].last().is_some_and(removed);
    match (before, removed(ruling)) {
        (false, true) => merits.push((case.author, Merit::Removed)),
        (true, false) => merits.push((case.author, Merit::Restored)),
        _ => {}
    }
    merits
}

/// Reports of one person that count for trust.
///
/// Source: HUB §13.1.
const OUTCOMES_MAX: usize = 100;
/// So many of the last ten judged abusive, and the person's reports stop counting.
///
/// Source: HUB §13.1.
const ABUSIVE_MAX: usize = 8;
/// For so long, in milliseconds: 30 days.
///
/// Source: HUB §13.1.
const MUTED_MS: i64 = 30 * 24 * 3600 * 1000;

/// A reporter after one of their reports was decided.
pub fn after(verdict: Verdict, reporter: &Reporter, now: Timestamp) -> Reporter {
    let mut next = reporter.clone();
    next.outcomes.push(match verdict {
        Verdict::Abuse => 'a',
        verdict if verdict.justifies() => 'j',
        _ => 'k',
    });
    let over = next.outcomes.len().saturating_sub(OUTCOMES_MAX);
    next.outcomes.drain(..over);
    let last = next.outcomes.bytes().rev().take(10);
    if verdict == Verdict::Abuse && last.filter(|outcome| *outcome == b'a').count() >= ABUSIVE_MAX {
        next.muted_until = now.0 + MUTED_MS;
    }
    next
}

#[cfg(test)]
mod tests {
    use discord::MessageId;

    use super::*;
    use crate::case::model::{About, CaseId, Posted};
    use crate::model::ResourceId;
    use crate::report::model::Category;

    fn reports(count: u64, category: Category) -> Vec<Report> {
        let report = |by| Report {
            by: UserId(by),
            category,
            details: None,
            at: 0,
            counts: true,
            trust: None,
            settled: None,
        };
        (0..count).map(report).collect()
    }

    #[test]
    fn a_case_is_reached_hidden_posted_queued_and_shown_in_this_order() {
        let id = ResourceId::new(42);
        let mut resource = Resource::new(id, "Titre", "Description", UserId(9), 0);
        resource.state = State::Publiee;
        let mut case = Case::new(CaseId::new(1), About::Resource(id), "Titre", UserId(9), 1_000);
        let reports = reports(1, Category::Minors);
        let channel = Some(ChannelId(7));
        let next = |case: &Case, resource: &Resource, queued: Option<&Queued>| {
            super::next(case, &reports, Some(resource), queued, &Thresholds::default(), channel)
        };
        assert_eq!(next(&case, &resource, None), Next::Reach);
        case.reached_at = Some(1_000);
        assert_eq!(next(&case, &resource, None), Next::Hide);
        resource.state = State::Masquee;
        assert_eq!(next(&case, &resource, None), Next::Post(ChannelId(7)));
        case.posting_since = Some(200_000);
        assert_eq!(next(&case, &resource, None), Next::Look { channel: ChannelId(7), since: 80_000 });
        case.card = Some(Posted { channel: ChannelId(7), message: MessageId(8) });
        let (place, queued) = ("1#0000000001000#D-00001".to_owned(), Queued::of(&case, &reports));
        assert_eq!(
            next(&case, &resource, None),
            Next::Queue(Some((place.clone(), Box::new(queued.clone()))))
        );
        case.queued = Some(place);
        assert_eq!(next(&case, &resource, Some(&queued)), Next::Show);
        case.stage = Stage::Clos;
        assert_eq!(next(&case, &resource, Some(&queued)), Next::Queue(None));
    }

    #[test]
    fn below_the_threshold_a_case_is_only_in_the_queue() {
        let about = About::Person(UserId(9));
        let mut case = Case::new(CaseId::new(1), about, "", UserId(9), 1_000);
        let four = reports(4, Category::Offensive);
        let next = |case: &Case, reports: &[Report], queued: Option<&Queued>| {
            super::next(case, reports, None, queued, &Thresholds::default(), Some(ChannelId(7)))
        };
        let (place, queued) = ("2#0000000001000#D-00001".to_owned(), Queued::of(&case, &four));
        assert_eq!(next(&case, &four, None), Next::Queue(Some((place.clone(), Box::new(queued.clone())))));
        case.queued = Some(place.clone());
        assert_eq!(next(&case, &four, Some(&queued)), Next::Show);
        // One report fewer or more is another line of the queue.
        let three = reports(3, Category::Offensive);
        let other = Queued::of(&case, &three);
        assert_eq!(next(&case, &three, Some(&queued)), Next::Queue(Some((place, Box::new(other)))));
    }
    fn ruled(verdicts: &[Verdict]) -> Case {
        let about = About::Resource(ResourceId::new(42));
        let mut case = Case::new(CaseId::new(1), about, "Titre", UserId(99), 1_000);
        case.rulings = verdicts
            .iter()
            .map(|verdict| Ruling {
                verdict: *verdict,
                by: UserId(50),
                at: 2_000,
                reason: String::new(),
                note: None,
                told: true,
            })
            .collect();
        case
    }

    #[test]
    fn the_first_ten_of_a_justified_case_and_its_author_have_something_of_it() {
        let mut reports = reports(12, Category::Spam);
        reports[3].counts = false;
        let merits = super::merits(&ruled(&[Verdict::Remove]), 0, &reports);
        let rewarded: Vec<u64> = merits
            .iter()
            .filter(|(_, merit)| *merit == Merit::JustifiedReport)
            .map(|(user, _)| user.0)
            .collect();
        assert_eq!(rewarded, [0, 1, 2, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(merits.last(), Some(&(UserId(99), Merit::Removed)));
    }

    #[test]
    fn an_appeal_that_is_right_gives_back_and_takes_nothing_from_reporters() {
        let reports = reports(2, Category::Spam);
        let case = ruled(&[Verdict::Remove, Verdict::Keep]);
        assert_eq!(super::merits(&case, 1, &reports), [(UserId(99), Merit::Restored)]);
        let case = ruled(&[Verdict::Remove, Verdict::Remove]);
        assert_eq!(super::merits(&case, 1, &reports), []);
        assert_eq!(super::merits(&ruled(&[Verdict::Keep]), 0, &reports), []);
    }

    #[test]
    fn eight_abusive_reports_of_the_last_ten_stop_counting_for_thirty_days() {
        let now = Timestamp(1_000);
        let mut reporter = Reporter { outcomes: "jk".into(), ..Reporter::default() };
        for number in 1..=8 {
            assert_eq!(reporter.muted_until, 0, "{number}");
            reporter = after(Verdict::Abuse, &reporter, now);
        }
        assert_eq!(reporter.muted_until, 1_000 + MUTED_MS);
        let mut reporter = Reporter::default();
        for _ in 0..150 {
            reporter = after(Verdict::Hide, &reporter, now);
        }
        assert_eq!(reporter.outcomes, "j".repeat(100));
    }
}
