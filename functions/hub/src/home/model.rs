//! What one has shared, as pages.

use serde::Deserialize;

use crate::model::{Resource, ResourceId};

/// Resources on one page.
///
/// Source: HUB §10, as for the results of a search.
pub const PAGE: usize = 5;

/// One's own resource, as it is found from the person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Mine {
    /// Its sort key carries the id.
    pub sk: String,
    /// When it was sent, Unix milliseconds.
    #[serde(default)]
    pub sent_at: i64,
}

/// A page of what one has shared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Which one, from 0.
    pub number: usize,
    /// How many there are.
    pub pages: usize,
    /// Resources on all of them.
    pub total: usize,
    /// Those on this one, newest first.
    pub shown: Vec<ResourceId>,
    /// The same as they are now.
    pub resources: Vec<Resource>,
}

impl Page {
    /// The page of this number; the last one when there are not so many.
    pub fn of(mine: Vec<Mine>, number: usize) -> Self {
        let mut mine: Vec<(i64, ResourceId)> = mine
            .into_iter()
            .filter_map(|own| Some((own.sent_at, own.sk.split_once('#')?.1.parse().ok()?)))
            .collect();
        mine.sort_unstable_by(|a, b| b.cmp(a));
        let pages = mine.len().div_ceil(PAGE).max(1);
        let number = number.min(pages - 1);
        let shown = mine.iter().skip(number * PAGE).take(PAGE).map(|(_, id)| *id).collect();
        Self { number, pages, total: mine.len(), shown, resources: Vec::new() }
    }
}
