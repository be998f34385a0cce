//! Code: repositories, files, snippets, packages.

use super::{At, Typed, is_hex};

/// First segments of GitHub's own pages; everything else is an owner.
const GITHUB_PAGES: [&str; 14] = [
    "topics",
    "orgs",
    "users",
    "marketplace",
    "features",
    "settings",
    "sponsors",
    "search",
    "collections",
    "trending",
    "about",
    "apps",
    "login",
    "explore",
];

/// `github:owner/repo[/rest][?query]`.
///
/// Only owner and repository ignore case. Issue, branch, version and file are
/// pages of their own; a raw file is the file.
pub(super) fn github(at: &At<'_>) -> Option<Typed> {
    let raw = at.host == "raw.githubusercontent.com";
    let [owner, repo, ref rest @ ..] = at.segments[..] else {
        return None;
    };
    if !raw && (GITHUB_PAGES.contains(&owner) || owner == "notifications") {
        return None;
    }
    let repository = owner_and_name(owner, repo)?;
    let mut rest = rest.to_vec();
    if raw {
        rest.insert(0, "blob");
    } else if rest.len() >= 3 && rest[0] == "raw" {
        rest[0] = "blob";
    }
    // The long name of a branch or tag, which raw files are given with.
    if rest.len() >= 4 && rest[0] == "blob" && rest[1] == "refs" && matches!(rest[2], "heads" | "tags") {
        rest.drain(1..3);
    }
    // A raw file needs a branch and a path.
    if raw && rest.len() < 3 {
        return None;
    }
    let mut page = repository;
    for segment in rest {
        page.push('/');
        page.push_str(segment);
    }
    // Which tab of the front page, and how a file is drawn.
    at.query.write_without(&["tab", "raw", "plain"], &mut page);
    Some(Typed::new(format!("github:{page}"), format!("github.com/{page}")))
}

/// `gist:ID`: the author's name is only decoration.
pub(super) fn gist(at: &At<'_>) -> Option<Typed> {
    let id = match at.segments[..] {
        [id] | [_, id] => id.strip_suffix(".git").unwrap_or(id),
        _ => return None,
    };
    is_hex(id, 5..=40).then(|| Typed::new(format!("gist:{id}"), format!("gist.github.com/{id}")))
}

/// `gitlab:owner/repo`, `codeberg:…`, `bitbucket:…`: the front page only.
pub(super) fn repository(at: &At<'_>) -> Option<Typed> {
    let [owner, repo] = at.segments[..] else {
        return None;
    };
    if !at.query.is_empty() {
        return None;
    }
    let family = at.host.split('.').next()?;
    let repository = owner_and_name(owner, repo)?;
    Some(Typed::new(format!("{family}:{repository}"), format!("{}/{repository}", at.host)))
}

/// `owner/name` in lower case, without `.git`.
fn owner_and_name(owner: &str, name: &str) -> Option<String> {
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let (owner, name) = (owner.to_ascii_lowercase(), name.to_ascii_lowercase());
    let name = name.strip_suffix(".git").unwrap_or(&name);
    (is_name(&owner) && is_name(name)).then(|| format!("{owner}/{name}"))
}

/// The npm web site exists under two endings, and has a short host.
const NPM: (&str, [&str; 2]) = ("npmjs", ["com", "org"]);
const NPM_SHORT: (&str, &str) = ("npm", "im");

/// `npm:[@scope/]name[@version]`. Old packages have capitals: case is kept.
pub(super) fn npm(at: &At<'_>) -> Option<Typed> {
    let (label, ending) = at.host.split_once('.')?;
    // `@scope%2Fname` is how its own search writes it.
    let path = at.path.replace("%2F", "/");
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let rest = if (label, ending) == NPM_SHORT {
        &segments[..]
    } else if label == NPM.0 && NPM.1.contains(&ending) && segments.first() == Some(&"package") {
        &segments[1..]
    } else {
        return None;
    };
    // Which tab of the page is open.
    let mut asked = String::new();
    at.query.write_without(&["activetab"], &mut asked);
    if !asked.is_empty() {
        return None;
    }
    let (name, version) = match *rest {
        [name] if !name.starts_with('@') => (name.to_owned(), None),
        [scope, name] if scope.starts_with('@') => (format!("{scope}/{name}"), None),
        [name, "v", version] if !name.starts_with('@') => (name.to_owned(), Some(version)),
        [scope, name, "v", version] if scope.starts_with('@') => (format!("{scope}/{name}"), Some(version)),
        _ => return None,
    };
    if name.is_empty() {
        return None;
    }
    let page = format!("{}.{}/package/{name}", NPM.0, NPM.1[0]);
    Some(match version {
        Some(version) => Typed::new(format!("npm:{name}@{version}"), format!("{page}/v/{version}")),
        None => Typed::new(format!("npm:{name}"), page),
    })
}
