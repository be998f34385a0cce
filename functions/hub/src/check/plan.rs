//! What a look at a link means, and when the next one is.

use app::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use super::model::{Health, LinkState, Preview};
use crate::fetch::{Answer, Ask};
use crate::link::safe::Reason;
use crate::model::{Resource, ResourceId, State};

/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3600 * 1000;

/// Longest time between two looks at a link. Source: HUB §12.
const EVERY_MS: i64 = 30 * DAY_MS;

/// A look comes up to this much earlier, by the id, so that what was shared in one hour is not looked
/// at in one hour for ever.
const SPREAD_MS: i64 = 3 * DAY_MS;

/// When a link in doubt is looked at again: three looks then span a week.
const SOON_MS: i64 = DEAD_AFTER_MS.div_euclid(2);

/// A link is dead when it was gone in so many looks… Source: HUB §12.
const DEAD_LOOKS: u32 = 3;

/// …from the first to the last of which so much time has passed. Source: HUB §12.
const DEAD_AFTER_MS: i64 = 7 * DAY_MS;

/// Looks at one host begin so far apart at least. Source: HUB §12.
pub const HOST_GAP_MS: i64 = 5_000;

/// A link that was looked at so recently is not looked at again because somebody asks.
///
/// Source: HUB §12, « within 1 h ».
pub const FRESH_MS: i64 = 3600 * 1000;

/// What a look has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It leads somewhere.
    Answers,
    /// There is no such page or no such name.
    Gone,
    /// It did not answer as it should, this time.
    Doubt,
    /// It may not be opened.
    Closed,
}

/// What an answer means for the link.
pub fn finding(answer: &Answer) -> Finding {
    match answer {
        Answer::Answered { status: 200..=299, .. } => Finding::Answers,
        Answer::Answered { status: 404 | 410, .. } | Answer::Unknown => Finding::Gone,
        // A circle of redirects is a fault of the site, today.
        Answer::Refused { reason } if reason == Reason::TooManyRedirects.word() => Finding::Doubt,
        Answer::Refused { .. } => Finding::Closed,
        Answer::Answered { .. } | Answer::Leads { .. } | Answer::Trouble { .. } => Finding::Doubt,
    }
}

/// What is done with a check of a link now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Ask that about this link.
    Ask {
        /// What.
        ask: Ask,
        /// The link.
        url: String,
        /// Its host.
        host: String,
    },
    /// The link may not be opened: it stays unchecked, and nobody looks again.
    Leave,
    /// Nothing: it is not there any more, or another check takes its place.
    Nothing,
}

/// What to ask about the link of a resource, as it is stored now. `due` is the moment for which the
/// check was planned, if it was; `again` says that a first question was answered in a way that some
/// servers answer everybody with.
pub fn next(resource: Option<&Resource>, due: Option<i64>, again: bool, now: Timestamp) -> Next {
    let Some(resource) = resource else { return Next::Nothing };
    let Some(link) = &resource.link else { return Next::Nothing };
    if !matches!(resource.state, State::Publiee | State::Masquee) {
        return Next::Nothing;
    }
    let health = &resource.health;
    let outdated = match due {
        Some(due) => due != health.next_at,
        // It was asked for while another one ran.
        None => !again && health.checked_at != 0 && now.0 - health.checked_at < FRESH_MS,
    };
    if outdated {
        return Next::Nothing;
    }
    let Ok(url) = Url::parse(&link.open) else { return Next::Leave };
    let Ok(host) = crate::link::safe::may_open(&url) else { return Next::Leave };
    // The page is read once; afterwards it is enough to know that it is there.
    let ask = if again || resource.preview.is_none() { Ask::Page } else { Ask::Head };
    Next::Ask { ask, url: link.open.clone(), host: host.to_owned() }
}

/// The health of a link after a look.
pub fn after(id: ResourceId, seen: &Health, finding: Finding, now: Timestamp) -> Health {
    let fresh = Health { checked_at: now.0, ..Health::default() };
    let health = match finding {
        Finding::Answers => Health { state: LinkState::Ok, ..fresh },
        Finding::Closed => fresh,
        Finding::Doubt if seen.is_dead() => Health { checked_at: now.0, ..*seen },
        // A site that is down for a day between two looks is no less gone, and no more.
        Finding::Doubt => Health { state: LinkState::Doute, checked_at: now.0, ..*seen },
        Finding::Gone => {
            let gone_since = if seen.gone_since == 0 { now.0 } else { seen.gone_since };
            let gone = seen.gone.saturating_add(1);
            let dead = seen.is_dead() || (gone >= DEAD_LOOKS && now.0 - gone_since >= DEAD_AFTER_MS);
            let state = if dead { LinkState::Mort } else { LinkState::Doute };
            let dead_since = match (dead, seen.dead_since) {
                (false, _) => 0,
                (true, 0) => now.0,
                (true, since) => since,
            };
            Health { state, checked_at: now.0, gone, gone_since, dead_since, ..*seen }
        }
    };
    // What is in doubt for the first time, or on its way to be dead, is looked at soon. A site that
    // answers people only is not asked more often than others.
    let soon = match finding {
        Finding::Gone => !health.is_dead(),
        Finding::Doubt => seen.state != LinkState::Doute && !health.is_dead(),
        Finding::Answers | Finding::Closed => false,
    };
    let wait = if soon { SOON_MS } else { EVERY_MS - spread(id) };
    Health { next_at: now.0 + wait, ..health }
}

/// When a link is looked at although the last look came to nothing.
pub fn postponed(id: ResourceId, now: Timestamp) -> i64 {
    now.0 + EVERY_MS - spread(id)
}

/// Less than [`SPREAD_MS`], the same for one id for ever.
fn spread(id: ResourceId) -> i64 {
    let digest = Sha256::digest(id.to_string());
    let number = u32::from_be_bytes(digest[..4].try_into().expect("four of 32 bytes"));
    i64::from(number) % SPREAD_MS
}

/// When a look at a host may begin, after the last one that was planned.
pub fn slot(last: Option<i64>, now: Timestamp) -> i64 {
    last.map_or(now.0, |last| now.0.max(last + HOST_GAP_MS))
}

/// What the page that answered says of itself.
pub fn preview(answer: &Answer) -> Option<Preview> {
    let Answer::Answered { status: 200, url, page } = answer else { return None };
    let host = Url::parse(url).ok()?.host_str()?.to_owned();
    let site = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    let page = page.clone().unwrap_or_default();
    Some(Preview { site, title: page.title, description: page.description, lang: page.lang })
}

#[cfg(test)]
mod tests {
    use discord::UserId;

    use super::*;
    use crate::fetch::{Page, Trouble};
    use crate::model::SharedLink;

    const NOW: Timestamp = Timestamp(1_795_510_800_000);

    fn id() -> ResourceId {
        ResourceId::new(42)
    }

    fn answered(status: u16) -> Answer {
        Answer::Answered { status, url: "https://www.e.example/".into(), page: None }
    }

    /// The states that these findings lead to, one look each so many milliseconds after the last.
    fn states(findings: &[(Finding, i64)]) -> Vec<LinkState> {
        let mut now = NOW;
        let mut health = Health::default();
        findings
            .iter()
            .map(|(finding, wait)| {
                now.0 += wait;
                health = after(id(), &health, *finding, now);
                health.state
            })
            .collect()
    }

    #[test]
    fn what_is_gone_is_told_from_what_is_in_doubt() {
        for status in [200, 204] {
            assert_eq!(finding(&answered(status)), Finding::Answers, "{status}");
        }
        for status in [404, 410] {
            assert_eq!(finding(&answered(status)), Finding::Gone, "{status}");
        }
        for status in [302, 400, 401, 403, 405, 429, 500, 503, 999] {
            assert_eq!(finding(&answered(status)), Finding::Doubt, "{status}");
        }
        assert_eq!(finding(&Answer::Unknown), Finding::Gone);
        for trouble in [Trouble::Late, Trouble::Names, Trouble::Connection, Trouble::Tls, Trouble::Protocol] {
            assert_eq!(finding(&trouble.into()), Finding::Doubt, "{trouble}");
        }
        assert_eq!(finding(&Reason::PrivateAddress.into()), Finding::Closed);
        assert_eq!(finding(&Reason::TooManyRedirects.into()), Finding::Doubt);
    }

    #[test]
    fn a_link_is_dead_after_three_looks_that_span_a_week() {
        use Finding::{Answers, Doubt, Gone};
        use LinkState::{Doute, Mort, Ok};
        let half = SOON_MS;
        assert_eq!(states(&[(Gone, 0), (Gone, half), (Gone, half)]), [Doute, Doute, Mort]);
        // Three looks within less are not enough, and two over more are not.
        assert_eq!(states(&[(Gone, 0), (Gone, half), (Gone, half - 1)]), [Doute; 3]);
        assert_eq!(states(&[(Gone, 0), (Gone, 8 * DAY_MS)]), [Doute; 2]);
        // It answered in between.
        assert_eq!(states(&[(Gone, 0), (Gone, half), (Answers, 0), (Gone, half)]), [Doute, Doute, Ok, Doute]);
        // Only what is gone counts.
        assert_eq!(states(&[(Doubt, 0), (Doubt, half), (Doubt, half), (Doubt, half)]), [Doute; 4]);
        assert_eq!(states(&[(Gone, 0), (Doubt, half), (Gone, 0), (Gone, half)]), [Doute, Doute, Doute, Mort]);
        // The dead stay dead until they answer.
        let dead = [(Gone, 0), (Gone, half), (Gone, half)];
        let then = |finding| states(&[&dead[..], &[(finding, EVERY_MS)]].concat())[3];
        assert_eq!((then(Gone), then(Doubt), then(Answers)), (Mort, Mort, Ok));
    }

    #[test]
    fn a_dead_link_keeps_the_day_on_which_it_was_found_dead() {
        let mut health = Health::default();
        for look in 0..5 {
            health = after(id(), &health, Finding::Gone, Timestamp(NOW.0 + look * SOON_MS));
        }
        assert_eq!(health.dead_since, NOW.0 + DEAD_AFTER_MS);
        assert_eq!(health.gone_since, NOW.0);
    }

    #[test]
    fn looks_come_every_thirty_days_spread_by_the_id_and_soon_when_in_doubt() {
        let wait = |seen: &Health, finding| after(id(), seen, finding, NOW).next_at - NOW.0;
        let calm = EVERY_MS - spread(id());
        assert!((EVERY_MS - SPREAD_MS..=EVERY_MS).contains(&calm), "{calm}");
        assert_ne!(spread(id()), spread(ResourceId::new(43)));
        let new = Health::default();
        assert_eq!(wait(&new, Finding::Answers), calm);
        assert_eq!(wait(&new, Finding::Closed), calm);
        assert_eq!(wait(&new, Finding::Gone), SOON_MS);
        assert_eq!(wait(&new, Finding::Doubt), SOON_MS);
        let doubtful = after(id(), &new, Finding::Doubt, NOW);
        assert_eq!(wait(&doubtful, Finding::Doubt), calm);
        assert_eq!(wait(&doubtful, Finding::Gone), SOON_MS);
        let dead = Health { state: LinkState::Mort, gone: 3, gone_since: 1, dead_since: 1, ..new };
        assert_eq!(wait(&dead, Finding::Gone), calm);
    }

    fn published() -> Resource {
        let link = SharedLink {
            open: "https://e.example/cours".into(),
            clean: "https://e.example/cours".into(),
            key: "e.example/cours".into(),
            rules_version: 1,
        };
        let resource = Resource::new(id(), "Un titre", "Une description", UserId(1), NOW.0);
        Resource { state: State::Publiee, link: Some(link), ..resource }
    }

    fn asked(resource: &Resource, due: Option<i64>, again: bool) -> Option<Ask> {
        match next(Some(resource), due, again, NOW) {
            Next::Ask { ask, .. } => Some(ask),
            Next::Leave | Next::Nothing => None,
        }
    }

    #[test]
    fn the_page_is_read_once_and_then_asked_with_head_first() {
        let new = published();
        assert_eq!(asked(&new, None, false), Some(Ask::Page));
        let read = Resource { preview: preview(&answered(200)), ..new };
        assert_eq!(asked(&read, None, false), Some(Ask::Head));
        assert_eq!(asked(&read, None, true), Some(Ask::Page));
    }

    #[test]
    fn a_check_that_another_one_replaced_does_nothing() {
        let mut resource = published();
        resource.health = Health { next_at: 7, checked_at: NOW.0 - FRESH_MS, ..Health::default() };
        assert_eq!(asked(&resource, Some(7), false), Some(Ask::Page));
        assert_eq!(asked(&resource, Some(6), false), None);
        assert_eq!(asked(&resource, None, false), Some(Ask::Page));
        resource.health.checked_at += 1;
        assert_eq!(asked(&resource, None, false), None);
        assert_eq!(asked(&resource, None, true), Some(Ask::Page));
    }

    #[test]
    fn nobody_looks_at_what_is_not_published_or_may_not_be_opened() {
        for state in [State::EnVerification, State::Retiree, State::Fusionnee] {
            assert_eq!(next(Some(&Resource { state, ..published() }), None, false, NOW), Next::Nothing);
        }
        let mut port = published();
        port.link.as_mut().unwrap().open = "https://e.example:8443/".into();
        assert_eq!(next(Some(&port), None, false, NOW), Next::Leave);
        assert_eq!(next(Some(&Resource { link: None, ..published() }), None, false, NOW), Next::Nothing);
        assert_eq!(next(None, None, false, NOW), Next::Nothing);
    }

    #[test]
    fn looks_at_one_host_begin_five_seconds_apart() {
        assert_eq!(slot(None, NOW), NOW.0);
        assert_eq!(slot(Some(NOW.0), NOW), NOW.0 + 5_000);
        assert_eq!(slot(Some(NOW.0 + 5_000), NOW), NOW.0 + 10_000);
        assert_eq!(slot(Some(NOW.0 - 60_000), NOW), NOW.0);
    }

    #[test]
    fn a_preview_names_the_site_that_answered() {
        let page = Page { title: Some("Titre".into()), ..Page::default() };
        let answer =
            Answer::Answered { status: 200, url: "https://www.e.example/x".into(), page: Some(page) };
        let preview = preview(&answer).unwrap();
        assert_eq!((preview.site.as_str(), preview.title.as_deref()), ("e.example", Some("Titre")));
        assert_eq!(super::preview(&answered(206)), None);
        assert_eq!(super::preview(&Answer::Unknown), None);
    }
}
