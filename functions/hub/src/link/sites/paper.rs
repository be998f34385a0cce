//! Papers and standards.

use super::{At, Typed, is_number};
use crate::link::path;

/// `arxiv:ID[vN]`, whatever the format. A version is a text of its own.
pub(super) fn arxiv(at: &At<'_>) -> Option<Typed> {
    let id = match at.segments[..] {
        ["abs" | "pdf" | "html" | "format", id] => id.to_owned(),
        // Before 2007: `cs/0112017`, `math.GT/0309136`.
        ["abs" | "pdf" | "html" | "format", archive, id] => format!("{archive}/{id}"),
        _ => return None,
    };
    of_arxiv(id.strip_suffix(".pdf").unwrap_or(&id))
}

fn of_arxiv(id: &str) -> Option<Typed> {
    let (number, version) = match id.rfind('v') {
        Some(at) if is_number(&id[at + 1..]) => id.split_at(at),
        _ => (id, ""),
    };
    let is_new = number.split_once('.').is_some_and(|(month, n)| {
        month.len() == 4 && is_number(month) && (4..=5).contains(&n.len()) && is_number(n)
    });
    let is_old = number.split_once('/').is_some_and(|(archive, n)| {
        n.len() == 7
            && is_number(n)
            && !archive.is_empty()
            && archive.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
    });
    (is_new || is_old)
        .then(|| Typed::new(format!("arxiv:{number}{version}"), format!("arxiv.org/abs/{number}{version}")))
}

/// What arXiv registers its papers under.
const ARXIV_DOI: &str = "10.48550/arxiv.";

/// `doi:10.…`, in lower case as the standard compares them.
pub(super) fn doi(at: &At<'_>) -> Option<Typed> {
    if !at.query.is_empty() {
        return None;
    }
    let doi = path::decode(at.path)?.trim_start_matches('/').to_lowercase();
    let (prefix, suffix) = doi.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    let is_doi = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && path::is_stable(&doi);
    if !is_doi {
        return None;
    }
    if let Some(paper) = doi.strip_prefix(ARXIV_DOI).and_then(of_arxiv) {
        return Some(paper);
    }
    let doi = path::encode(&doi);
    Some(Typed::new(format!("doi:{doi}"), format!("doi.org/{doi}")))
}

/// `rfc:N`, whatever the format and the mirror.
pub(super) fn rfc(at: &At<'_>) -> Option<Typed> {
    let name = match (at.host, &at.segments[..]) {
        ("rfc-editor.org", ["rfc" | "info", name])
        | ("tools.ietf.org", ["html" | "rfc", name])
        | ("datatracker.ietf.org", ["doc", name] | ["doc", "html", name]) => *name,
        _ => return None,
    };
    let (name, ending) = name.split_once('.').unwrap_or((name, "html"));
    let number = name.get(..3).filter(|rfc| rfc.eq_ignore_ascii_case("rfc")).map(|_| &name[3..])?;
    if !is_number(number) || !matches!(ending, "html" | "txt" | "pdf" | "xml" | "ps" | "txt.pdf") {
        return None;
    }
    let number = number.trim_start_matches('0');
    (!number.is_empty())
        .then(|| Typed::new(format!("rfc:{number}"), format!("rfc-editor.org/rfc/rfc{number}")))
}
