//! The list of features: whoever needs all of them reads it here.

use app::Mounted;

/// Every feature of Passerelle.
pub fn features() -> Vec<Mounted> {
    vec![Mounted::of::<hub::Hub>()]
}
