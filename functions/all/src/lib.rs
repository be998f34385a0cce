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

/// How a feature is written in names of types and in those of `template.yaml`: `self-care` as `SelfCare`.
pub fn pascal(name: &str) -> String {
    name.split('-')
        .filter_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        })
        .collect()
}

struct Mount;

impl Each for Mount {
    type Made = Mounted;

    fn of<F: Feature>(&self) -> Mounted {
        Mounted::of::<F>()
    }
}
