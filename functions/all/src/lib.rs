//! The list of features: whoever needs all of them reads it here.

use app::{Feature, Mounted};

/// Something that is made for each feature, and needs its type: what a route mounts, a worker.
pub trait Each {
    /// What is made.
    type Made;

    /// Makes it for one feature.
    fn of<F: Feature>(&self) -> Self::Made;
}

/// One for every feature of Passerelle. There is no other list of them in the code.
pub fn each<E: Each>(each: &E) -> Vec<E::Made> {
    vec![each.of::<hub::Hub>()]
}

/// Every feature, as a route mounts it.
pub fn features() -> Vec<Mounted> {
    each(&Mount)
}

struct Mount;

impl Each for Mount {
    type Made = Mounted;

    fn of<F: Feature>(&self) -> Mounted {
        Mounted::of::<F>()
    }
}
