//! A feature as a value, so that several can stand behind one route.

use std::fmt;

use discord::command::Command;
use discord::interaction::Interaction;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::feature::Feature;
use crate::handle::{Answer, handle, outdated};
use crate::observe::Click;
use crate::world::World;

type Handle = for<'a> fn(&'a World, &'a Interaction, &'a mut Click) -> BoxFuture<'a, Answer>;

/// A feature behind a route.
#[derive(Clone, Copy)]
pub struct Mounted {
    /// Its name.
    pub name: &'static str,
    /// The prefix of its `custom_id`s, without revision.
    pub prefix: &'static str,
    /// What can be typed.
    pub commands: fn() -> Vec<Command>,
    /// The features it may ask: its roles may put jobs into their tables.
    pub asks: fn() -> &'static [&'static str],
    /// Whether it writes the directory.
    pub writes_directory: fn() -> bool,
    pub(crate) handle: Handle,
    pub(crate) outdated: fn(&Interaction) -> Answer,
}

impl Mounted {
    /// This feature.
    pub fn of<F: Feature>() -> Self {
        Self {
            name: F::NAME,
            prefix: F::prefix(),
            commands: F::commands,
            asks: F::asks,
            writes_directory: F::writes_directory,
            handle: |world, interaction, click| handle::<F>(world, interaction, click).boxed(),
            outdated: outdated::<F>,
        }
    }
}

impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mounted({})", self.name)
    }
}
