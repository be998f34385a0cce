//! Names of items. A key holds ids and hashes, never what somebody typed.

use std::fmt;

/// A table of this deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// What a feature knows. No stream: nothing a person answered is copied into one.
    State(&'static str),
    /// What a feature's worker has to do. Its stream rings the worker.
    Jobs(&'static str),
    /// Who, where, which promotion: written by onboarding and community, read by all.
    Directory,
    /// How fast the workers may call Discord: theirs alone.
    Traffic,
}

impl Table {
    /// The name in DynamoDB: `prefix-hub`, `prefix-hub-jobs`, `prefix-directory`, `prefix-traffic`.
    pub fn name(self, prefix: &str) -> String {
        match self {
            Self::State(feature) => format!("{prefix}-{feature}"),
            Self::Jobs(feature) => format!("{prefix}-{feature}-jobs"),
            Self::Directory => format!("{prefix}-directory"),
            Self::Traffic => format!("{prefix}-traffic"),
        }
    }
}

/// The name of one item. It carries its table, so that one transaction or batch spans several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Where the item is.
    pub table: Table,
    /// Partition: begins with the guild, `G#<guild>`, but in the traffic table.
    pub pk: String,
    /// Place within the partition.
    pub sk: String,
}

impl Key {
    /// Names an item.
    pub fn new(table: Table, pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { table, pk: pk.into(), sk: sk.into() }
    }
}

/// `pk sk`: the table is clear from the prefix.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pk, self.sk)
    }
}
