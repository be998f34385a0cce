//! Opinions: useful or not, one for each person and resource.

pub mod decide;
pub mod view;
