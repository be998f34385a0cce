//! Books and machines for sale.

use super::{At, Typed};
use crate::link::host;

/// `amazon:TLD:ASIN`: each country has its own page, price and language.
pub(super) fn amazon(at: &At<'_>) -> Option<Typed> {
    let country = host::country_of(at.host, "amazon")?;
    let asin = at.segments.iter().enumerate().find_map(|(number, segment)| {
        let after = &at.segments[number + 1..];
        match (*segment, after) {
            ("dp", [asin, ..]) | ("gp", ["product", asin, ..] | ["aw", "d", asin, ..]) => Some(*asin),
            _ => None,
        }
    })?;
    (asin.len() == 10 && asin.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then(|| Typed::new(format!("amazon:{country}:{asin}"), format!("amazon.{country}/dp/{asin}")))
}
