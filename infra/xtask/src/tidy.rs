//! What must hold before a change goes in, short of the whole test run: it takes seconds once built.

use std::path::Path;

use crate::{Problem, program};

/// What is run, in this order. The whole list is in CONTRIBUTING.md.
const CHECKS: [&[&str]; 3] = [
    &["cargo", "fmt", "--all", "--check"],
    &[
        "cargo",
        "test",
        "--quiet",
        "--package",
        "tests",
        "--test",
        "tidy",
        "--test",
        "texts",
        "--test",
        "template",
    ],
    &["cargo", "test", "--quiet", "--package", "xtask"],
];

pub(crate) fn run(root: &Path) -> Result<String, Problem> {
    for words in CHECKS {
        program(root, words, &[])?;
    }
    Ok("Tidy.".into())
}
