//! The proof that Discord will take what we built.
//!
//! Builders cut texts that people wrote; everything else that Discord would refuse is a mistake of
//! ours, found by [`Check`] before a byte leaves. Only a [`Checked`] value can be sent.

use std::fmt;

use serde::Serialize;

/// What Discord would refuse, in words. Our mistake, never the person's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(Vec<String>);

impl Problems {
    /// Notes one more.
    pub fn add(&mut self, problem: impl Into<String>) {
        self.0.push(problem.into());
    }

    /// Notes `what` when it is longer than `max` code points, or empty when it must not be. Where and
    /// how long, never the text itself: somebody may have typed it, and problems go into logs.
    pub fn length(&mut self, what: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min || length > max {
            self.add(format!("{what} has {length} characters, not {min} to {max}"));
        }
    }

    /// Notes `what` when there are fewer than `min` or more than `max`.
    pub fn count(&mut self, what: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            self.add(format!("{count} {what}, not {min} to {max}"));
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Problems {}

/// Something that Discord judges.
pub trait Check {
    /// Notes everything that Discord would refuse.
    fn check(&self, problems: &mut Problems);
}

/// A value that Discord will take. Made by [`Checked::new`] only.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Checked<T>(T);

impl<T: Check> Checked<T> {
    /// Judges the value.
    ///
    /// # Errors
    /// With everything that Discord would refuse.
    pub fn new(value: T) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        value.check(&mut problems);
        if problems.is_empty() { Ok(Self(value)) } else { Err(problems) }
    }
}

impl<T> Checked<T> {
    /// The value.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The value, no longer proven.
    pub fn into_inner(self) -> T {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_and_how_long_and_never_what_was_typed() {
        let mut problems = Problems::default();
        problems.length("a title", "my secret", 1, 5);
        assert_eq!(problems.to_string(), "a title has 9 characters, not 1 to 5");
    }
}
