//! What the worker does next for a case: wanted minus present.

use discord::ChannelId;

use super::model::{Case, Queued, Stage};
use crate::model::{Resource, State};
use crate::report::decide::reached;
use crate::report::model::{Report, Thresholds};

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

#[cfg(test)]
mod tests {
    use discord::{MessageId, UserId};

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
}
