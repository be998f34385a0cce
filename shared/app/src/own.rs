//! What a feature may write, held before DynamoDB is asked: its role would refuse it too, but only
//! where there are roles.

use store::{Table, Write};

use crate::feature::Feature;

/// What is a feature's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    feature: &'static str,
    asks: &'static [&'static str],
    directory: bool,
}

/// A transaction reaches for what is another feature's. Our mistake, never the person's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Foreign {
    #[error("{feature} writes into {table:?}, which is not its own")]
    Table { feature: &'static str, table: Table },
    #[error("{feature} does not declare that it asks {asked}")]
    Asked { feature: &'static str, asked: &'static str },
}

impl Own {
    pub(crate) fn of<F: Feature>() -> Self {
        Self { feature: F::NAME, asks: F::asks(), directory: F::writes_directory() }
    }

    /// That all of these writes, checks among them, are in the feature's own tables.
    pub(crate) fn writes(self, writes: &[Write]) -> Result<(), Foreign> {
        let foreign = writes.iter().map(|write| write.key().table).find(|table| match table {
            Table::State(name) | Table::Jobs(name) => *name != self.feature,
            Table::Directory => !self.directory,
            Table::Traffic => true,
        });
        foreign.map_or(Ok(()), |table| Err(Foreign::Table { feature: self.feature, table }))
    }

    /// That the feature declares this question.
    pub(crate) fn may_ask(self, asked: &'static str) -> Result<(), Foreign> {
        if self.asks.contains(&asked) { Ok(()) } else { Err(Foreign::Asked { feature: self.feature, asked }) }
    }
}

#[cfg(test)]
mod tests {
    use store::Key;

    use super::*;

    #[test]
    fn only_who_declares_it_writes_the_directory_and_nobody_the_traffic() {
        let own = Own { feature: "hub", asks: &[], directory: false };
        let to = |table| [Write::delete(Key::new(table, "G#1", "X"))];
        assert_eq!(own.writes(&to(Table::State("hub"))), Ok(()));
        assert_eq!(own.writes(&to(Table::Jobs("hub"))), Ok(()));
        for table in [Table::State("mentoring"), Table::Jobs("mentoring"), Table::Directory, Table::Traffic] {
            assert_eq!(own.writes(&to(table)), Err(Foreign::Table { feature: "hub", table }));
        }
        let onboarding = Own { feature: "onboarding", directory: true, ..own };
        assert_eq!(onboarding.writes(&to(Table::Directory)), Ok(()));
        assert!(onboarding.writes(&to(Table::Traffic)).is_err());
    }
}
