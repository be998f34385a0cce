//! Documents that people write together.

use super::{At, Typed, is_id};

/// `gdrive:ID[#gid=N]` and `gdrive-pub:ID`.
///
/// The id is the document; how it is opened (edit, view, a copy, an account's
/// number) is not. A sheet of a workbook is a page of its own, but the first.
pub(super) fn google(at: &At<'_>) -> Option<Typed> {
    let segments = without_account(&at.segments);
    let id = match (at.host, segments.as_slice()) {
        ("docs.google.com", [kind, "d", "e", id, ..]) if is_id(id, 5..=200) => {
            return Some(Typed::new(format!("gdrive-pub:{id}"), format!("docs.google.com/{kind}/d/e/{id}")));
        }
        ("docs.google.com", [_, "d", id, ..])
        | ("drive.google.com", ["file", "d", id, ..] | ["drive", "folders", id] | ["folders", id])
        | ("colab.research.google.com", ["drive", id]) => *id,
        ("docs.google.com" | "drive.google.com", ["open" | "uc"]) => at.query.get("id")?,
        _ => return None,
    };
    if !is_id(id, 5..=200) {
        return None;
    }
    let sheet = at
        .fragment
        .and_then(|fragment| fragment.strip_prefix("gid="))
        .or_else(|| at.query.get("gid"))
        .map(|gid| gid.split('&').next().unwrap_or(gid)) // `#gid=5&range=A1`
        .filter(|gid| super::is_number(gid) && *gid != "0");
    Some(match sheet {
        Some(gid) => Typed::new(
            format!("gdrive:{id}#gid={gid}"),
            format!("docs.google.com/spreadsheets/d/{id}?gid={gid}"),
        ),
        None => Typed::new(format!("gdrive:{id}"), format!("drive.google.com/open?id={id}")),
    })
}

/// Without `/u/N` (which of the reader's accounts) and `/a/DOMAIN` (whose organisation).
fn without_account<'a>(segments: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::with_capacity(segments.len());
    let mut rest = segments;
    while let [first, after @ ..] = rest {
        rest = match (*first, after) {
            // After the id anything may follow.
            ("d" | "folders", _) => {
                kept.extend_from_slice(rest);
                return kept;
            }
            ("u", [number, after @ ..]) if super::is_number(number) => after,
            ("a", [domain, after @ ..]) if domain.contains('.') => after,
            _ => {
                kept.push(*first);
                after
            }
        };
    }
    kept
}

/// `notion:HEX32`. Titles and workspaces in front change with a rename; `p` is
/// the page that lies open on top.
pub(super) fn notion(at: &At<'_>) -> Option<Typed> {
    if at.host != "notion.so" && !at.host.ends_with(".notion.site") {
        return None;
    }
    let id = at
        .query
        .get("p")
        .and_then(notion_id)
        .or_else(|| at.segments.last().and_then(|last| notion_id(last)))?;
    Some(Typed::new(format!("notion:{id}"), format!("notion.so/{id}")))
}

/// The 32 digits at the end of `Title-HEX32`, or a UUID.
fn notion_id(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if let Some(uuid) = lower.get(lower.len().saturating_sub(36)..)
        && uuid.len() == 36
        && [8, 13, 18, 23].iter().all(|at| uuid.as_bytes()[*at] == b'-')
        && super::is_hex(&uuid.replace('-', ""), 32..=32)
    {
        return Some(uuid.replace('-', ""));
    }
    let last = lower.rsplit('-').next()?;
    super::is_hex(last, 32..=32).then(|| last.to_owned())
}

/// `figma:KEY`, whatever the title and the selected frame. A branch is a file of its own.
pub(super) fn figma(at: &At<'_>) -> Option<Typed> {
    match at.segments[..] {
        ["file" | "design" | "proto" | "board" | "slides", key, ref rest @ ..]
            if is_id(key, 5..=128) && rest.first() != Some(&"branch") =>
        {
            Some(Typed::new(format!("figma:{key}"), format!("figma.com/file/{key}")))
        }
        _ => None,
    }
}
