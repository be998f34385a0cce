//! In which order resources stand: what is trending, what is best, what is for this person.
//!
//! Every rank is a whole number, so that it can be stored, compared and told again exactly. None of
//! them changes by the passing of time: « Tendance » counts from a fixed day, and a newer resource
//! starts higher instead of an older one sinking.
//!
//! Source: HUB §9.

/// The day from which « Tendance » counts, in Unix seconds: 1 January 2025, UTC.
const EPOCH_SECS: i64 = 1_735_689_600;

/// Seconds by which a resource must be younger to make up for ten times fewer useful votes.
const SECS_PER_DECADE: i64 = 79_200;

/// What a resource loses while it is obsolete: log10(4), a quarter of its votes.
const OBSOLETE: i64 = 602_060;

/// One unit of a logarithm is so much of a rank.
const SCALE: f64 = 1_000_000.0;

/// Makes every rank positive before it is written as text.
const SHIFT: i64 = 1_000_000_000_000;

/// The quantile of the normal distribution for « Meilleures »: one-sided 90 %.
const Z: f64 = 1.2816;

/// What a theme that suits a person adds to a resource for that person.
pub const SUITS: i64 = 300_000;

/// Most themes of one resource that can add [`SUITS`].
pub const SUITS_MAX: usize = 3;

/// « Tendance » of a resource with so many useful and useless votes, published at that moment (Unix
/// seconds). It changes only with its votes and with being obsolete.
pub fn hot(useful: u32, useless: u32, published_secs: i64, obsolete: bool) -> i64 {
    let score = i64::from(useful) - i64::from(useless);
    let votes = real(score.abs().max(1)).log10() * real(score.signum());
    let youth = real(published_secs - EPOCH_SECS) / real(SECS_PER_DECADE);
    let lost = if obsolete { OBSOLETE } else { 0 };
    whole(SCALE * (votes + youth)) - lost
}

/// « Tendance » as text whose order is that of the numbers: sixteen digits.
pub fn sort_key(hot: i64) -> String {
    format!("{:016}", hot + SHIFT)
}

/// « Meilleures »: how useful it is at least, in millionths, as far as the votes tell (the lower
/// bound of Wilson's interval). A few votes prove little, so one of one is below ten of eleven.
pub fn wilson(useful: u32, useless: u32) -> i64 {
    let votes = u64::from(useful) + u64::from(useless);
    if votes == 0 {
        return 0;
    }
    let n = f64::from(useful) + f64::from(useless);
    let share = f64::from(useful) / n;
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let half = Z * ((share * (1.0 - share) + z2 / (4.0 * n)) / n).sqrt();
    whole(SCALE * (middle - half) / (1.0 + z2 / n)).max(0)
}

/// « Pour moi »: « Tendance », and more for each of its themes that suits the person.
pub fn for_me(hot: i64, suiting_themes: usize) -> i64 {
    let themes = i64::try_from(suiting_themes.min(SUITS_MAX)).expect("three at most");
    hot + themes * SUITS
}

#[expect(clippy::cast_precision_loss, reason = "votes and seconds stay far below 2^52")]
fn real(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "ranks stay far below 2^52")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn hub_15_hot_is_that_of_the_vectors_to_the_unit() {
        let e = EPOCH_SECS;
        for (useful, useless, at, obsolete, expected) in [
            (0, 0, e, false, 0),
            (10, 0, e, false, 1_000_000),
            (1, 0, e + SECS_PER_DECADE, false, 1_000_000),
            (0, 10, e + SECS_PER_DECADE, false, 0),
            (12, 0, e + DAY, false, 2_170_090),
            (12, 0, e + DAY, true, 1_568_030),
        ] {
            assert_eq!(hot(useful, useless, at, obsolete), expected, "{useful} {useless} {at} {obsolete}");
        }
    }

    #[test]
    fn hub_15_wilson_is_that_of_the_vectors_to_the_unit() {
        for (useful, useless, expected) in
            [(1, 0, 378_430), (1, 1, 164_245), (10, 1, 739_487), (100, 10, 867_687), (0, 0, 0)]
        {
            assert_eq!(wilson(useful, useless), expected, "{useful} {useless}");
        }
    }

    #[test]
    fn hub_16_being_obsolete_costs_602060_whatever_the_votes() {
        for (useful, useless) in [(0, 0), (1, 0), (7, 3), (2, 900), (u32::MAX, 0)] {
            let at = EPOCH_SECS + 12_345_678;
            assert_eq!(hot(useful, useless, at, false) - hot(useful, useless, at, true), 602_060);
        }
    }

    #[test]
    fn the_text_of_a_rank_sorts_as_the_number_does() {
        let mut ranks: Vec<i64> =
            [(0, 900, 0), (0, 0, 0), (3, 0, EPOCH_SECS), (0, 3, EPOCH_SECS), (9, 1, 4_102_444_800)]
                .map(|(useful, useless, at)| hot(useful, useless, at, true))
                .into();
        ranks.sort_unstable();
        let keys: Vec<String> = ranks.iter().copied().map(sort_key).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(keys.iter().all(|key| key.len() == 16), "{keys:?}");
        assert_eq!(sort_key(1_000_000), "0001000001000000");
    }

    #[test]
    fn more_useful_votes_never_lower_a_rank_and_useless_ones_never_raise_it() {
        for votes in 0..200 {
            assert!(hot(votes + 1, 5, 0, false) >= hot(votes, 5, 0, false));
            assert!(hot(5, votes + 1, 0, false) <= hot(5, votes, 0, false));
            assert!(wilson(votes + 1, 5) >= wilson(votes, 5));
            assert!(wilson(5, votes + 1) <= wilson(5, votes));
        }
    }

    #[test]
    fn three_themes_at_most_speak_for_a_person() {
        assert_eq!(for_me(10, 0), 10);
        assert_eq!(for_me(10, 2), 600_010);
        assert_eq!(for_me(10, 5), 900_010);
    }
}
