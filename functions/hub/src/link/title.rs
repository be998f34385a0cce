//! Titles that probably name one resource, though their links differ.
//!
//! This only warns: « Publier quand même » is always possible. So a rule here
//! prefers silence to a false alarm where two titles of a series (`2023`,
//! `2025`), two techniques or two levels differ by one word.

use std::collections::BTreeSet;

use super::words::{contrasts, fold, is_number, words};

/// How close two titles are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Whether the person who shares should see the other resource first.
    pub near: bool,
    /// Words in common among all words of both, from 0 to 1.
    pub score: f64,
}

/// A title prepared for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// All its words, without the names of sites.
    words: BTreeSet<String>,
    /// The words of its first part, when it has several.
    first: Option<BTreeSet<String>>,
    /// For titles without a word that counts.
    folded: String,
}

/// Fewest words of a first part that may stand for a whole title.
const FIRST_PART_MIN_WORDS: usize = 3;

/// Most words of a last part after `|`, where sites put their name.
const SITE_MAX_WORDS: usize = 3;

/// What separates a title from the name of its site.
const SEPARATORS: [&str; 7] = [" | ", " – ", " — ", " - ", " · ", " • ", " :: "];

/// Names that sites put at the end of their titles.
const SITES: [&str; 19] = [
    "MDN",
    "MDN Web Docs",
    "OpenClassrooms",
    "YouTube",
    "Grafikart",
    "Developpez.com",
    "Medium",
    "DEV Community",
    "Stack Overflow",
    "Wikipédia",
    "Udemy",
    "Coursera",
    "freeCodeCamp",
    "GitHub",
    "W3Schools",
    "LinkedIn",
    "Le Monde",
    "Numerama",
    "Simplon",
];

/// How close two titles are, when nothing is known of their sites.
///
/// ```
/// use hub::link::title::near;
/// assert!(near("Les bases de Git", "Git : les bases").near);
/// assert!(!near("RGPD : que faire en 2023 ?", "RGPD : que faire en 2025 ?").near);
/// ```
pub fn near(a: &str, b: &str) -> Near {
    Title::new(a).near(&Title::new(b))
}

impl Title {
    /// A title whose site is unknown.
    pub fn new(text: &str) -> Self {
        Self::read(text, None)
    }

    /// A title of a page on `host`: a last part that names it is dropped too.
    pub fn on(text: &str, host: &str) -> Self {
        let name = psl::domain_str(host).and_then(|domain| domain.split('.').next());
        Self::read(text, name)
    }

    fn read(text: &str, site: Option<&str>) -> Self {
        let mut parts = parts(text);
        while let [_, .., (separator, last)] = parts[..] {
            let after_bar = separator == " | " && last.split_whitespace().count() <= SITE_MAX_WORDS;
            if !(after_bar || is_site(last, site)) {
                break;
            }
            parts.pop();
        }
        let sets: Vec<BTreeSet<String>> = parts.iter().map(|(_, part)| words(part)).collect();
        Self {
            first: (sets.len() > 1).then(|| sets[0].clone()),
            words: sets.into_iter().flatten().collect(),
            folded: fold(text.trim()),
        }
    }

    /// How close two titles are. The order does not matter.
    pub fn near(&self, other: &Self) -> Near {
        let both = self.words.intersection(&other.words).count();
        let all = self.words.union(&other.words).count();
        if all == 0 {
            let same = self.folded == other.folded;
            return Near { near: same, score: if same { 1.0 } else { 0.0 } };
        }
        let near = !self.is_guarded_from(other)
            // Four in five, without rounding.
            && (both * 5 >= all * 4 || self.starts_like(other) || other.starts_like(self));
        #[expect(clippy::cast_precision_loss, reason = "a title has fewer than 2^52 words")]
        let score = both as f64 / all as f64;
        Near { near, score }
    }

    /// Whether the first part alone says all of `other`.
    fn starts_like(&self, other: &Self) -> bool {
        self.first.as_ref().is_some_and(|first| first.len() >= FIRST_PART_MIN_WORDS && *first == other.words)
    }

    /// Whether one word makes two resources of them, however much they share.
    fn is_guarded_from(&self, other: &Self) -> bool {
        let numbers = |title: &Self| -> BTreeSet<String> {
            title.words.iter().filter(|word| is_number(word)).cloned().collect()
        };
        let (ours, theirs) = (numbers(self), numbers(other));
        if !ours.is_empty() && !theirs.is_empty() && ours != theirs {
            return true;
        }
        let only_ours: Vec<&String> = self.words.difference(&other.words).collect();
        let only_theirs: Vec<&String> = other.words.difference(&self.words).collect();
        !only_ours.is_empty()
            && !only_theirs.is_empty()
            && only_ours.iter().chain(&only_theirs).any(|word| contrasts(word))
    }
}

/// The parts of a title, each with the separator before it.
fn parts(text: &str) -> Vec<(&'static str, &str)> {
    let mut parts = Vec::new();
    let mut before = "";
    let mut rest = text.trim();
    loop {
        let next =
            SEPARATORS.iter().filter_map(|separator| rest.find(separator).map(|at| (at, *separator))).min();
        let Some((at, separator)) = next else {
            parts.push((before, rest.trim()));
            return parts;
        };
        parts.push((before, rest[..at].trim()));
        before = separator;
        // The space may also open the next separator.
        rest = &rest[at + separator.len() - 1..];
    }
}

/// Whether a part is the name of a site, `site` being the one of the page.
fn is_site(part: &str, site: Option<&str>) -> bool {
    let plain = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let part = plain(part);
    SITES.iter().copied().chain(site).any(|name| plain(name) == part)
}
