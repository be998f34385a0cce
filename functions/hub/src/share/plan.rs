//! What the worker does next to publish a resource: wanted minus present.

use app::{Job as _, Planned, Timestamp};
use discord::ChannelId;

use crate::jobs::Job;
use crate::link::key::SHORT;
use crate::model::{Resource, State};

/// How far Discord's clock may be behind ours when a post is looked for, in milliseconds.
const CLOCK_MARGIN_MS: i64 = 2 * 60 * 1000;

/// The next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Find out where its short link leads, and see that nobody has shared that.
    FollowShort,
    /// Read the file, and see that nobody has shared the same.
    ReadFile,
    /// Open the post. What is about to be tried is written first.
    Open,
    /// It may have been opened: look among the posts that are younger than this moment.
    Look {
        /// Unix milliseconds.
        since: i64,
    },
    /// The post is there: tell the author.
    Tell {
        /// The post.
        thread: ChannelId,
    },
    /// Nothing is left: the resource is gone, or a draft again.
    Nothing,
}

/// The next step for a resource as it is stored now. `follows` says whether short links can be
/// followed: where they cannot, a resource is published under the short one.
pub fn next(resource: Option<&Resource>, follows: bool) -> Next {
    let Some(resource) = resource else { return Next::Nothing };
    let is_short = resource.link.as_ref().is_some_and(|link| link.key.starts_with(SHORT));
    match (resource.state, resource.thread, resource.posting_since) {
        (_, Some(thread), _) => Next::Tell { thread },
        // Once a post may have been opened, the link on it stays as it is.
        (State::EnVerification, None, None) if is_short && follows => Next::FollowShort,
        (State::EnVerification, None, _) if resource.file.is_some() && resource.file_key.is_none() => {
            Next::ReadFile
        }
        (State::EnVerification, None, None) => Next::Open,
        (State::EnVerification, None, Some(since)) => Next::Look { since: since - CLOCK_MARGIN_MS },
        (State::Publiee | State::Masquee | State::Retiree | State::Fusionnee, None, _) => Next::Nothing,
    }
}

/// A post of the forum, as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The post.
    pub thread: ChannelId,
    /// The forum.
    pub forum: Option<ChannelId>,
}

/// The posts that may be the one that was lost, newest first. Their cards tell which.
pub fn candidates(listed: &[Listed], forum: ChannelId, since: i64) -> Vec<ChannelId> {
    let mut threads: Vec<_> = listed
        .iter()
        .filter(|post| post.forum == Some(forum))
        .filter(|post| i64::try_from(post.thread.created_ms()).is_ok_and(|created| created >= since))
        .map(|post| post.thread)
        .collect();
    threads.sort_unstable_by(|a, b| b.cmp(a));
    threads
}

/// The post is brought up to date at once, or 30 s after the last time.
pub fn refresh(resource: &Resource, now: Timestamp) -> Planned {
    let refresh = Job::Refresh { resource: resource.id };
    match refresh_at(resource.refreshed_at, now) {
        None => refresh.now(),
        Some(at) => refresh.at(at),
    }
}

/// When the counters on a post are brought up to date: at once, but at most once per 30 s.
///
/// Source: HUB §8.
fn refresh_at(refreshed_at: i64, now: Timestamp) -> Option<Timestamp> {
    let next = Timestamp(refreshed_at).plus_secs(30);
    (next > now).then_some(next)
}

#[cfg(test)]
mod tests {
    use discord::UserId;

    use super::*;
    use crate::model::{ResourceId, SharedLink};

    #[test]
    fn a_short_link_is_followed_before_its_post_is_opened_where_somebody_can() {
        let resource = |key: &str| {
            let link = SharedLink {
                open: "https://bit.ly/3Abc".into(),
                clean: "https://bit.ly/3Abc".into(),
                key: key.into(),
                rules_version: 1,
            };
            let resource = Resource::new(ResourceId::new(1), "Un titre", "", UserId(1), 0);
            Resource { link: Some(link), ..resource }
        };
        let short = resource("short:bit.ly/3Abc");
        assert_eq!(next(Some(&short), true), Next::FollowShort);
        assert_eq!(next(Some(&short), false), Next::Open);
        assert_eq!(next(Some(&resource("e.example/a")), true), Next::Open);
        let tried = Resource { posting_since: Some(1_000_000), ..short };
        assert!(matches!(next(Some(&tried), true), Next::Look { .. }));
    }

    #[test]
    fn counters_are_refreshed_at_once_and_then_every_thirty_seconds() {
        assert_eq!(refresh_at(0, Timestamp(40_000)), None);
        assert_eq!(refresh_at(20_000, Timestamp(40_000)), Some(Timestamp(50_000)));
    }

    #[test]
    fn only_young_posts_of_the_forum_are_candidates() {
        let at = |ms: u64| ChannelId((ms - discord::id::DISCORD_EPOCH_MS) << 22);
        let (old, young, newest) = (at(1_800_000_000_000), at(1_800_000_100_000), at(1_800_000_200_000));
        let post = |thread, forum| Listed { thread, forum: Some(ChannelId(forum)) };
        let listed = [post(old, 7), post(young, 7), post(newest, 7), post(newest, 8)];
        assert_eq!(candidates(&listed, ChannelId(7), 1_800_000_050_000), [newest, young]);
    }
}
