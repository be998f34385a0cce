//! What a person has saved, and pages of it.

use serde::{Deserialize, Serialize};
use store::personal::{Basis, PersonalField};

use crate::link::words::fold;
use crate::model::{Resource, ResourceId};

/// Resources on one page.
///
/// Source: HUB §10, as for the results of a search.
pub const PAGE: usize = 5;

/// Longest note, in characters. Source: HUB §9.
pub const NOTE_MAX_CHARS: usize = 200;

/// Longest filter that is looked at, in characters: it travels in the buttons of the pages.
pub const FILTER_MAX_CHARS: usize = 40;

/// A resource that somebody saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Which one.
    pub id: ResourceId,
    /// When, Unix milliseconds.
    pub at: i64,
    /// Its title at that moment: what is left when the resource is gone, and what a filter looks at.
    pub title: String,
    /// For nobody else; as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How many a person has saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Count {
    /// So many.
    #[serde(default)]
    pub count: u32,
}

/// Personal data of what is saved: it stands with the person.
pub const SAVED_PERSONAL: &[PersonalField] = &[
    PersonalField {
        field: "id",
        purpose: "find again what one has saved",
        basis: Basis::LegitimateInterest,
        retention: "until it is taken off, erasure, or 12 months after the last membership",
    },
    PersonalField {
        field: "at",
        purpose: "show the newest first",
        basis: Basis::LegitimateInterest,
        retention: "until it is taken off, erasure, or 12 months after the last membership",
    },
    PersonalField {
        field: "note",
        purpose: "remember why one has saved it; nobody else reads it",
        basis: Basis::LegitimateInterest,
        retention: "until it is taken off, erasure, or 12 months after the last membership",
    },
];

/// Personal data of the number of saved resources.
pub const COUNT_PERSONAL: &[PersonalField] = &[PersonalField {
    field: "count",
    purpose: "keep the list within its limit",
    basis: Basis::LegitimateInterest,
    retention: "until erasure, or 12 months after the last membership",
}];

/// What a list of saved resources is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// From 0.
    pub page: usize,
    /// Words that title or note must hold, folded; empty for everything.
    pub filter: String,
}

impl Ask {
    /// The first page of what holds these words.
    pub fn typed(text: &str) -> Self {
        let folded = fold(text);
        let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        // Two signs have a meaning within a button, and take two characters there.
        let plain = words.chars().filter(|c| !matches!(c, ':' | '\\'));
        Self { page: 0, filter: plain.take(FILTER_MAX_CHARS).collect() }
    }

    /// The same words, another page.
    #[must_use]
    pub fn at(&self, page: usize) -> Self {
        Self { page, filter: self.filter.clone() }
    }

    /// Whether something that was saved is meant: every word is in its title or its note.
    pub fn fits(&self, saved: &Saved) -> bool {
        if self.filter.is_empty() {
            return true;
        }
        let text = fold(&format!("{} {}", saved.title, saved.note.as_deref().unwrap_or_default()));
        self.filter.split(' ').all(|word| text.contains(word))
    }
}

/// A page of what one has saved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What was asked for; its page is the last one when there are not so many.
    pub ask: Ask,
    /// How many pages there are.
    pub pages: usize,
    /// Everything that is saved.
    pub total: usize,
    /// What the filter leaves of it.
    pub found: usize,
    /// What is on this page, newest first, each with its resource as it is now.
    pub shown: Vec<(Saved, Option<Resource>)>,
}

impl Page {
    /// The page that is asked for, its resources not read yet.
    pub fn of(saved: Vec<Saved>, ask: &Ask) -> Self {
        let total = saved.len();
        let mut saved: Vec<Saved> = saved.into_iter().filter(|saved| ask.fits(saved)).collect();
        saved.sort_unstable_by_key(|saved| std::cmp::Reverse((saved.at, saved.id)));
        let pages = saved.len().div_ceil(PAGE).max(1);
        let page = ask.page.min(pages - 1);
        let found = saved.len();
        let shown = saved.into_iter().skip(page * PAGE).take(PAGE).map(|saved| (saved, None)).collect();
        Self { ask: ask.at(page), pages, total, found, shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(number: u64, title: &str, note: &str) -> Saved {
        let at = i64::try_from(number).unwrap();
        let note = (!note.is_empty()).then(|| note.to_owned());
        Saved { id: ResourceId::new(number), at, title: title.into(), note }
    }

    #[test]
    fn a_filter_finds_words_of_the_title_and_of_the_note_without_marks() {
        let one = saved(1, "L’élève et Git", "À relire avant l’examen");
        for typed in ["eleve", "Élève  GIT", "examen", "git examen", "", ": \\"] {
            assert!(Ask::typed(typed).fits(&one), "{typed}");
        }
        assert!(!Ask::typed("git java").fits(&one));
    }

    #[test]
    fn the_newest_come_first_and_a_page_too_far_is_the_last_one() {
        let all: Vec<Saved> = (1..=12).map(|number| saved(number, "Cours", "")).collect();
        let page = Page::of(all.clone(), &Ask { page: 9, filter: String::new() });
        let shown: Vec<i64> = page.shown.iter().map(|(saved, _)| saved.at).collect();
        assert_eq!((page.ask.page, page.pages, page.total, shown), (2, 3, 12, vec![2, 1]));
        let none = Page::of(all, &Ask::typed("rien"));
        assert_eq!((none.pages, none.total, none.found, none.shown.len()), (1, 12, 0, 0));
    }
}
