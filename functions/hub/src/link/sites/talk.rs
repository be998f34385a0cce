//! Questions, answers and discussions.

use super::{At, Typed, is_number};

/// `se:SITE:ID` for a question, `se-a:SITE:ID` for one of its answers.
pub(super) fn stack_exchange(at: &At<'_>) -> Option<Typed> {
    let site = site(at.host)?;
    if at.is_paged() {
        return None;
    }
    match at.segments[..] {
        ["questions", _, _, answer] | ["a", answer] | ["a", answer, _] if is_number(answer) => {
            Some(Typed::new(format!("se-a:{site}:{answer}"), format!("{}/a/{answer}", at.host)))
        }
        ["questions" | "q", id] | ["questions" | "q", id, _] if is_number(id) => {
            Some(Typed::new(format!("se:{site}:{id}"), format!("{}/questions/{id}", at.host)))
        }
        _ => None,
    }
}

/// The short name of a site of the network, one per host.
fn site(host: &str) -> Option<&str> {
    match host {
        "stackoverflow.com" => return Some("so"),
        "superuser.com" => return Some("superuser"),
        "serverfault.com" => return Some("serverfault"),
        "askubuntu.com" => return Some("askubuntu"),
        _ => {}
    }
    // `fr.stackoverflow.com`, but no dotted name below: those are not sites.
    if let Some(language) = host.strip_suffix(".stackoverflow.com") {
        return (language.len() == 2).then_some(host);
    }
    host.strip_suffix(".stackexchange.com").filter(|site| !site.is_empty())
}

/// `reddit:POST[/COMMENT]`: ids of posts are unique across communities.
pub(super) fn reddit(at: &At<'_>) -> Option<Typed> {
    let is_reddit = match at.host.strip_suffix("reddit.com") {
        Some(before) => matches!(before, "" | "old." | "new." | "np." | "m." | "i." | "amp."),
        None => false,
    };
    let (post, comment) = match at.segments[..] {
        [post] if at.host == "redd.it" => (post, None),
        _ if !is_reddit => return None,
        ["gallery", post] => (post, None),
        ["comments", ref rest @ ..] | ["r" | "user" | "u", _, "comments", ref rest @ ..] => match *rest {
            [post] | [post, _] => (post, None),
            [post, _, comment] => (post, Some(comment)),
            _ => return None,
        },
        _ => return None,
    };
    let is_base36 = |id: &str| (2..=12).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_base36(post) || !comment.is_none_or(is_base36) {
        return None;
    }
    let post = post.to_ascii_lowercase();
    Some(match comment {
        Some(comment) => {
            let comment = comment.to_ascii_lowercase();
            Typed::new(
                format!("reddit:{post}/{comment}"),
                format!("reddit.com/comments/{post}/comment/{comment}"),
            )
        }
        None => Typed::new(format!("reddit:{post}"), format!("reddit.com/comments/{post}")),
    })
}
