//! Encyclopedias, references, courses and articles.

use super::{At, Typed, is_hex, is_number};
use crate::link::path;

/// Wikis of one foundation, with the same addresses.
const WIKIS: [&str; 5] = ["wikipedia", "wiktionary", "wikibooks", "wikiversity", "wikisource"];

/// `wikipedia:LANG:Title`. Old versions, differences and searches are other pages.
pub(super) fn wikimedia(at: &At<'_>) -> Option<Typed> {
    let name = at.host.strip_suffix(".org")?;
    let (before, wiki) = name.rsplit_once('.')?;
    if !WIKIS.contains(&wiki) {
        return None;
    }
    let language = before.strip_suffix(".m").unwrap_or(before);
    let is_language =
        (2..=14).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    // A picture opened on top of the article.
    if !is_language || at.fragment.is_some_and(|fragment| fragment.starts_with("/media/")) {
        return None;
    }
    let title = if let Some(title) = at.path.strip_prefix("/wiki/") {
        path::decode(title).filter(|_| at.query.is_empty())?
    } else if at.path == "/w/index.php" && at.query.is_only("title") {
        at.query.get("title")?.to_owned()
    } else {
        return None;
    };
    let title = title_of(&title, wiki)?;
    let path = path::encode(&title);
    Some(Typed::new(format!("{wiki}:{language}:{title}"), format!("{language}.{wiki}.org/wiki/{path}")))
}

/// A title as `MediaWiki` writes it: `_` for spaces, a capital first. In a
/// dictionary `Rust` and `rust` are two words, so there the first letter stays.
fn title_of(title: &str, wiki: &str) -> Option<String> {
    let words: Vec<&str> = title.split([' ', '_', '\u{A0}']).filter(|word| !word.is_empty()).collect();
    let title = words.join("_");
    let first = title.chars().next()?;
    let capital = first.to_uppercase();
    let title = if wiki != "wiktionary" && capital.len() == 1 {
        capital.chain(title.chars().skip(1)).collect()
    } else {
        title
    };
    (path::is_stable(&title) && !title.contains(|c: char| c.is_control())).then_some(title)
}

/// `mdn:lang:path`, in lower case: the site redirects to its own capitals.
pub(super) fn mdn(at: &At<'_>) -> Option<Typed> {
    let [language, "docs", ref page @ ..] = at.segments[..] else {
        return None;
    };
    let is_language =
        (2..=10).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    if !is_language || page.is_empty() {
        return None;
    }
    let language = language.to_ascii_lowercase();
    let page = path::lower(&page.join("/"));
    Some(Typed::new(
        format!("mdn:{language}:{page}"),
        format!("developer.mozilla.org/{language}/docs/{page}"),
    ))
}

/// `oc:lang:COURSE[/CHAPTER]`: numbers stay when a course is renamed.
pub(super) fn openclassrooms(at: &At<'_>) -> Option<Typed> {
    let [language, "courses", ref rest @ ..] = at.segments[..] else {
        return None;
    };
    let number = |slug: &str| {
        let number = slug.split('-').next()?;
        is_number(number).then(|| number.to_owned())
    };
    let course = match *rest {
        [course] => number(course)?,
        [course, chapter] => format!("{}/{}", number(course)?, number(chapter)?),
        _ => return None,
    };
    let is_language = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    is_language.then(|| {
        Typed::new(
            format!("oc:{language}:{course}"),
            format!("openclassrooms.com/{language}/courses/{course}"),
        )
    })
}

/// `medium:HEX`: title, author and publication can change.
pub(super) fn medium(at: &At<'_>) -> Option<Typed> {
    let slug = match at.segments[..] {
        ["p", id] if at.host == "medium.com" => return of_medium(id),
        [_, slug] if at.host == "medium.com" => slug,
        [.., slug] if at.host.ends_with(".medium.com") => slug,
        _ => return None,
    };
    let (title, id) = slug.rsplit_once('-')?;
    of_medium(id).filter(|_| !title.is_empty())
}

fn of_medium(id: &str) -> Option<Typed> {
    is_hex(id, 10..=12).then(|| Typed::new(format!("medium:{id}"), format!("medium.com/p/{id}")))
}
