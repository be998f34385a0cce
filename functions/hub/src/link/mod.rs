//! What the hub knows about links without asking the network.
//!
//! - [`key`]: the text of a link becomes the key under which a resource is
//!   reserved, so that one resource is shared once whatever the link looks like.
//! - [`title`]: two titles that probably name the same resource.
//! - [`safe`]: whether an address may be published, and whether it may be opened.
//! - [`eval()`]: the three of them on lines of text, for `passerelle eval`.
//!
//! Everything here is pure and total: any text gets an answer, no clock, no
//! table, no socket. Following a short link belongs to the worker.

mod eval;
pub mod key;
pub mod safe;
pub mod title;

mod extract;
mod host;
mod path;
mod query;
mod sites;
mod tracking;
mod unwrap;
pub(crate) mod words;

pub use eval::{CORES, eval};
