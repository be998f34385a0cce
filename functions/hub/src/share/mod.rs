//! Sharing: from the form to the post on Discord, each link once.
//!
//! Files of a subject: `decide` the rules, `view` every word and button, `plan` what the worker does
//! next, `jobs` how it does it.

pub mod decide;
pub mod jobs;
pub mod plan;
pub mod view;
