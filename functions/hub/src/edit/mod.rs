//! What changes once a resource is published, and how its post follows.

pub mod items;
pub mod jobs;
pub mod plan;
