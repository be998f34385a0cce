//! `docs/data.md` beside the code: every key and every personal field is listed, and nothing else.

use std::collections::BTreeSet;

use store::Key;
use store::personal::{Basis, PersonalField};

use crate::tree;

/// Fails unless the table of items under this heading (`## Hub` is `"Hub"`) lists exactly these, each
/// with the pattern of its key.
///
/// The keys are made from ids of the test's own, which `placeholders` gives back their names:
/// `("101", "<guild>")` makes `G#101` the pattern `G#<guild>`. Give each an id that is in no other.
/// A row may hold several keys: `` `G#<guild>#R`, `G#<guild>#U` · `LINE` `` is two.
///
/// # Panics
/// With the rows that are missing, and those that nothing in the code has.
#[track_caller]
pub fn assert_keys(heading: &str, placeholders: &[(&str, &str)], items: &[(&str, Key)]) {
    let named = |text: &str| {
        placeholders.iter().fold(text.to_owned(), |text, (value, name)| text.replace(value, name))
    };
    let wanted =
        items.iter().map(|(item, key)| format!("| {item} | `{}` · `{}` |", named(&key.pk), named(&key.sk)));
    let there = rows(heading).into_iter().flat_map(|cells| {
        let parts =
            cells.get(1).and_then(|cell| cell.split_once(" · ")).filter(|_| cells[1].contains("` · `"));
        let both = parts.into_iter().flat_map(|(pks, sks)| {
            pks.split(", ").flat_map(move |pk| sks.split(", ").map(move |sk| (pk, sk)))
        });
        both.map(|(pk, sk)| format!("| {} | {pk} · {sk} |", cells[0])).collect::<Vec<_>>()
    });
    compare(heading, wanted.collect(), there.collect());
}

/// Fails unless the personal data of these items is listed exactly as declared.
///
/// # Panics
/// With the rows that are missing, and those that nothing in the code has.
#[track_caller]
pub fn assert_personal(items: &[(&str, &[PersonalField])]) {
    let heading = "Personal data";
    let wanted = items.iter().flat_map(|(item, fields)| {
        fields.iter().map(move |PersonalField { field, purpose, basis, retention }| {
            format!("| {item} | `{field}` | {purpose} | {} | {retention} |", word(*basis))
        })
    });
    // Fields of one purpose may share a row.
    let there = rows(heading)
        .into_iter()
        .filter(|cells| items.iter().any(|(item, _)| cells[0] == *item))
        .flat_map(|cells| {
            let rest = cells[2..].join(" | ");
            let fields: Vec<String> = cells[1].split(", ").map(str::to_owned).collect();
            fields.into_iter().map(move |field| format!("| {} | {field} | {rest} |", cells[0]))
        });
    compare(heading, wanted.collect(), there.collect());
}

fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Service => "service",
        Basis::LegitimateInterest => "legitimate interest",
        Basis::Consent => "consent",
        Basis::LegalObligation => "legal obligation",
    }
}

/// The rows of the tables under a heading, each as its cells, without heads and rules.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let page = tree::read("docs/data.md");
    let mut sections = page.split("\n## ").filter(|section| section.lines().next() == Some(heading));
    let section = sections.next().unwrap_or_else(|| panic!("docs/data.md has no heading {heading}"));
    let lines: Vec<&str> = section.lines().collect();
    let body = |index: &usize| {
        let is_rule = |line: &str| line.starts_with("|---");
        !is_rule(lines[*index]) && !lines.get(index + 1).is_some_and(|next| is_rule(next))
    };
    (0..lines.len())
        .filter(|index| lines[*index].starts_with("| "))
        .filter(body)
        .map(|index| lines[index].trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

#[track_caller]
fn compare(heading: &str, wanted: BTreeSet<String>, there: BTreeSet<String>) {
    let missing: Vec<_> = wanted.difference(&there).collect();
    let stray: Vec<_> = there.difference(&wanted).collect();
    assert!(
        missing.is_empty() && stray.is_empty(),
        "docs/data.md, {heading}:\nmissing on the page {missing:#?}\non the page only, and not in this test \
         {stray:#?}"
    );
}
