//! Tables that people take away, as a file that any spreadsheet opens.
//!
//! UTF-8 with its mark, `;` between cells, CRLF between lines, every text quoted. A text that a
//! spreadsheet would take for a formula begins with `'`.
//!
//! Source: FEEDBACK §14, which binds every export.

/// What a spreadsheet may take for the beginning of a formula, in both widths.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What somebody typed, or a word of ours.
    Text(String),
    /// A number that was counted here.
    Number(i64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The bytes of a table.
pub fn table(lines: impl IntoIterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    for line in lines {
        let cells: Vec<String> = line.into_iter().map(cell).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => format!("\"{}\"", harmless(&text).replace('"', "\"\"")),
        Cell::Number(number) => number.to_string(),
    }
}

/// A text that no spreadsheet calculates: spaces before a sign do not hide it.
fn harmless(text: &str) -> String {
    let first = text.chars().find(|c| FORMULA.contains(c) || !c.is_whitespace());
    match first {
        Some(first) if FORMULA.contains(&first) => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// A moment as a day, in UTC: `2026-11-24`.
pub fn day(unix_ms: i64) -> String {
    // Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is their last.
    let days = unix_ms.div_euclid(24 * 3600 * 1000) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text_and_a_number_a_number() {
        let typed = ["=1+1", "@SUM(A1)", " -2", "＝A1", "\tx", "\nx", "a=1", "l’été ; « oui »", ""];
        let line = typed.into_iter().map(Cell::from).chain([Cell::Number(-12)]).collect();
        let text = String::from_utf8(table([line])).unwrap();
        assert_eq!(
            text,
            "\u{feff}\"'=1+1\";\"'@SUM(A1)\";\"' -2\";\"'＝A1\";\"'\tx\";\"'\nx\";\"a=1\";\"l’été ; « oui »\";\"\";-12\r\n"
        );
    }

    #[test]
    fn a_quote_within_a_cell_does_not_end_it() {
        let text = String::from_utf8(table([vec!["dit \"oui\"".into()]])).unwrap();
        assert_eq!(text, "\u{feff}\"dit \"\"oui\"\"\"\r\n");
    }

    #[test]
    fn a_moment_is_the_day_of_the_calendar() {
        for (ms, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400_000, "2000-02-29"),
            (1_795_510_800_000, "2026-11-24"),
            (4_102_444_799_999, "2099-12-31"),
        ] {
            assert_eq!(day(ms), expected, "{ms}");
        }
    }
}
