//! Finding again what was shared.
//!
//! This first version reads all cards of a server in one page and compares words of titles and
//! themes. The packed index of HUB §10 takes its place when libraries grow.

pub mod decide;
pub mod rank;
pub mod view;
