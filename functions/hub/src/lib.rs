//! hub.
pub mod link;
