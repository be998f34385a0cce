//! Posts of social networks.

use super::{At, Typed, is_number};

/// `x:ID`. The name before it is decoration, and mirrors show the same post.
pub(super) fn x(at: &At<'_>) -> Option<Typed> {
    let (["i", "web", "status", id, ..] | [_, "status" | "statuses", id, ..]) = at.segments[..] else {
        return None;
    };
    is_number(id).then(|| Typed::new(format!("x:{id}"), format!("x.com/i/status/{id}")))
}

/// `linkedin:activity:N` and `linkedin-job:N`, from any country's host.
pub(super) fn linkedin(at: &At<'_>) -> Option<Typed> {
    let before = at.host.strip_suffix("linkedin.com")?;
    let is_country = before.len() == 3 && before.ends_with('.');
    if !(before.is_empty() || is_country || before == "m.") {
        return None;
    }
    match at.segments[..] {
        ["jobs", "view", slug] => {
            let number = slug.rsplit('-').next().filter(|number| is_number(number))?;
            Some(Typed::new(format!("linkedin-job:{number}"), format!("linkedin.com/jobs/view/{number}")))
        }
        ["posts", slug] => activity(slug),
        ["feed", "update", urn] => activity(urn),
        _ => None,
    }
}

/// The number after the last `activity-` of a slug, or of `urn:li:activity:N`.
fn activity(text: &str) -> Option<Typed> {
    let number = text.strip_prefix("urn:li:activity:").or_else(|| {
        let at = text.rfind("activity-")?;
        let starts_a_word = at == 0 || matches!(text.as_bytes()[at - 1], b'-' | b'_');
        let rest = &text[at + "activity-".len()..];
        rest.split('-').next().filter(|_| starts_a_word)
    })?;
    is_number(number).then(|| {
        Typed::new(
            format!("linkedin:activity:{number}"),
            format!("linkedin.com/feed/update/urn:li:activity:{number}"),
        )
    })
}
