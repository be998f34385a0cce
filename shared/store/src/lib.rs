//! DynamoDB's words: the only crate that knows how items, conditions and transactions look there.
//!
//! | to | open |
//! |---|---|
//! | name an item | [`Key`], [`Table`] |
//! | say what shall change, and on which condition | [`Write`], [`Update`], [`Condition`] |
//! | read | [`Store::get`], [`Store::batch_get`], [`Store::query`] |
//! | change everything or nothing | [`Store::commit`] |
//! | answer a repeated delivery with the first answer | [`mark`] |
//! | have something done later, by the worker | [`outbox`] |
//! | know which tables exist | [`tables`] |
//! | declare personal data beside the item that holds it | [`personal`] |
//!
//! Writes are data: rules build them, print them and compare them without a table. A race is
//! decided by a condition inside the write; who loses gets [`CommitError::Stale`] with the items
//! that stood in the way.
//!
//! **Invariant:** nothing here scans a table, reads a clock or knows a feature.

mod commit;
mod error;
mod key;
pub mod mark;
pub mod outbox;
mod patience;
pub mod personal;
mod store;
pub mod tables;
mod write;

pub use commit::{
    CommitError, FailedWrite, ITEM_MAX_BYTES, PK_MAX_BYTES, SK_MAX_BYTES, TRANSACTION_MAX_ACTIONS,
    TRANSACTION_MAX_BYTES,
};
pub use error::StoreError;
pub use key::{Key, Table};
pub use patience::Patience;
pub use store::{Cursor, Found, Page, Query, Reads, Store, expired, read};
pub use write::{Condition, FORMAT, Update, Value, Write, bytes};

/// An item as DynamoDB keeps it: attributes by name.
pub type Item = std::collections::HashMap<String, aws_sdk_dynamodb::types::AttributeValue>;
