//! Text that people wrote, inside text that we write.

use unicode_segmentation::UnicodeSegmentation;

use crate::{ChannelId, CommandId, RoleId, UserId};

/// At most `max` code points, cut between two letters as people see them, with « … » at the end.
pub fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.chars().count();
        // One place is for the ellipsis.
        if used > max.saturating_sub(1) {
            break;
        }
        kept.push_str(grapheme);
    }
    let mut kept = kept.trim_end().to_owned();
    // Half of an escape would take the ellipsis for what it escapes.
    if kept.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
        kept.pop();
    }
    if max > 0 {
        kept.push('…');
    }
    kept
}

/// What means something wherever it stands. `.` means a list behind the digits of a new line only.
const SPECIAL: &[char] = &['\\', '*', '_', '~', '`', '|', '>', '#', '-', '[', ']', '(', ')', '<', '@', ':'];

/// The text shown as it was typed: no bold, no heading, no list, no link, no mention, no date.
///
/// Mentions are held off by `allowed_mentions` first; this keeps the layout ours. Discord takes a
/// backslash before any sign for "as it is".
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    let mut start = Start::Line;
    for letter in text.chars() {
        if SPECIAL.contains(&letter) || (letter == '.' && start == Start::Digits) {
            safe.push('\\');
        }
        safe.push(letter);
        start = start.then(letter);
    }
    safe
}

/// Where a letter stands in its line: `1.` at the start of one makes a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Line,
    Digits,
    Over,
}

impl Start {
    fn then(self, letter: char) -> Self {
        match (self, letter) {
            (_, '\n' | '\r') => Self::Line,
            (Self::Line, space) if space.is_whitespace() => Self::Line,
            (Self::Line | Self::Digits, digit) if digit.is_numeric() => Self::Digits,
            _ => Self::Over,
        }
    }
}

/// As much of the text as fits into `max` code points once it is escaped.
pub fn escape_within(text: &str, max: usize) -> String {
    let whole = escape(text);
    if whole.chars().count() <= max {
        return whole;
    }
    // Each letter takes one place or two: the longest start that fits lies between the half and the whole.
    let (mut fits, mut exceeds) = (0, max + 1);
    while exceeds - fits > 1 {
        let middle = usize::midpoint(fits, exceeds);
        if escape(&cut(text, middle)).chars().count() <= max { fits = middle } else { exceeds = middle }
    }
    escape(&cut(text, fits))
}

/// A link behind a text of ours or of somebody: the text is escaped, the address cannot end early.
pub fn link(text: &str, url: &str) -> String {
    let mut safe = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            space if space.is_whitespace() || space.is_control() => safe.push_str("%20"),
            other => safe.push(other),
        }
    }
    format!("[{}]({safe})", escape(text))
}

/// A person, as a mention.
pub fn user(id: UserId) -> String {
    format!("<@{id}>")
}

/// A role, as a mention.
pub fn role(id: RoleId) -> String {
    format!("<@&{id}>")
}

/// A channel or thread, as a link.
pub fn channel(id: ChannelId) -> String {
    format!("<#{id}>")
}

/// A command that can be pressed.
pub fn command(path: &str, id: CommandId) -> String {
    format!("</{path}:{id}>")
}

/// How a moment is written; each reader sees it in their own zone and language.
///
/// Source: <https://docs.discord.com/developers/reference#message-formatting-timestamp-styles>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// « mardi 24 novembre 2026 à 16:20 ».
    Full,
    /// « 24 novembre 2026 ».
    Date,
    /// « 16:20 ».
    Time,
    /// « dans 2 heures ».
    Relative,
}

/// A moment, from Unix seconds.
pub fn moment(unix_secs: i64, when: When) -> String {
    let style = match when {
        When::Full => 'F',
        When::Date => 'D',
        When::Time => 't',
        When::Relative => 'R',
    };
    format!("<t:{unix_secs}:{style}>")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What Discord shows of a text without layout: a backslash before a sign is not shown.
    fn shown(text: &str) -> String {
        let mut shown = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '\\'
                && letters.peek().is_some_and(|next| !next.is_alphanumeric() && !next.is_whitespace())
            {
                shown.extend(letters.next());
            } else {
                shown.push(letter);
            }
        }
        shown
    }

    /// The text with every escaped sign blanked out: what is left means something.
    fn bare(text: &str) -> String {
        let mut bare = String::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if letter == '\\' {
                letters.next();
                bare.push('x');
            } else {
                bare.push(letter);
            }
        }
        bare
    }

    fn lays_out(text: &str) -> bool {
        let bare = bare(text);
        bare.contains(SPECIAL)
            || bare.split(['\n', '\r']).any(|line| {
                let line = line.trim_start();
                let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
                rest.len() < line.len() && rest.starts_with('.')
            })
    }

    /// Texts with many signs that mean something, and letters that are several code points.
    fn typed() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[-\\\\*_~`|>#\\[\\]()<@:. \n]{1,3}",
            "[0-9]{1,3}[.)] ",
            Just("```rust\n".to_owned()),
            Just("<t:1790000000:R>".to_owned()),
            Just("@everyone <@1> <@&2> <#3>".to_owned()),
            Just("[ici](https://example.org)".to_owned()),
            Just("👩‍👩‍👧‍👦 e\u{301}🇫🇷".to_owned()),
            "\\PC{0,6}",
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn an_escaped_text_is_shown_as_it_was_typed(text in typed()) {
            prop_assert_eq!(shown(&escape(&text)), text);
        }

        #[test]
        fn an_escaped_text_lays_nothing_out(text in typed()) {
            prop_assert!(!lays_out(&escape(&text)), "{:?}", escape(&text));
        }

        #[test]
        fn any_text_at_all_can_be_escaped(text: String) {
            prop_assert_eq!(shown(&escape(&text)), text);
        }

        #[test]
        fn a_cut_text_fits_and_is_the_start_of_the_whole(text in typed(), max in 0_usize..40) {
            let short = cut(&text, max);
            prop_assert!(short.chars().count() <= max);
            if text.chars().count() <= max {
                prop_assert_eq!(short, text);
            } else if max > 0 {
                let kept = short.strip_suffix('…').unwrap();
                prop_assert!(text.starts_with(kept));
                let mut borders = text.grapheme_indices(true).map(|(index, _)| index);
                prop_assert!(borders.any(|index| index == kept.len()), "{:?} of {:?}", kept, text);
            }
        }

        #[test]
        fn cutting_twice_is_cutting_once(text in typed(), max in 0_usize..40, more in 0_usize..10) {
            let short = cut(&text, max);
            prop_assert_eq!(cut(&short, max), short.clone());
            prop_assert_eq!(cut(&short, max + more), short);
        }

        #[test]
        fn a_cut_escaped_text_lays_nothing_out(text in typed(), max in 0_usize..40) {
            prop_assert!(!lays_out(&cut(&escape(&text), max)));
        }

        #[test]
        fn an_escaped_text_within_a_limit_is_as_long_as_it_can_be(text in typed(), max in 0_usize..40) {
            let safe = escape_within(&text, max);
            prop_assert!(safe.chars().count() <= max);
            prop_assert!(!lays_out(&safe));
            let whole = escape(&text);
            if whole.chars().count() <= max {
                prop_assert_eq!(safe, whole);
            }
        }
    }

    #[test]
    fn nothing_that_people_type_becomes_layout() {
        for (typed, safe) in [
            ("# Titre", r"\# Titre"),
            ("-# petit", r"\-\# petit"),
            ("> cité", r"\> cité"),
            ("- un\n* deux", "\\- un\n\\* deux"),
            ("1. un\n 12. deux", "1\\. un\n 12\\. deux"),
            ("version 1.95.0", "version 1.95.0"),
            ("**gras** ||caché||", r"\*\*gras\*\* \|\|caché\|\|"),
            ("[ici](https://a.fr)", r"\[ici\]\(https\://a.fr\)"),
            ("```sh\nrm```", "\\`\\`\\`sh\nrm\\`\\`\\`"),
            ("<t:1790000000:R>", r"\<t\:1790000000\:R\>"),
            ("@everyone <@1>", r"\@everyone \<\@1\>"),
            (":tada:", r"\:tada\:"),
            (r"\*", r"\\\*"),
        ] {
            assert_eq!(escape(typed), safe);
        }
    }

    #[test]
    fn a_letter_of_several_code_points_is_kept_or_left_out_as_one() {
        assert_eq!(cut("ab👩‍👩‍👧‍👦", 4), "ab…");
        assert_eq!(cut("abe\u{301}d", 4), "ab…");
        assert_eq!(cut("abe\u{301}", 4), "abe\u{301}");
        assert_eq!(cut("un deux", 4), "un…");
        assert_eq!(cut("👩‍👩‍👧‍👦", 3), "…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut(r"ab\*c", 4), "ab…");
    }

    #[test]
    fn an_address_cannot_end_early_and_its_text_stays_text() {
        assert_eq!(
            link("[x](y)", "https://a.fr/Rust_(langage) >"),
            r"[\[x\]\(y\)](https://a.fr/Rust_%28langage%29%20%3E)"
        );
    }

    #[test]
    fn mentions_commands_and_moments_are_written_as_discord_reads_them() {
        assert_eq!(user(UserId(1)), "<@1>");
        assert_eq!(role(RoleId(2)), "<@&2>");
        assert_eq!(channel(ChannelId(3)), "<#3>");
        assert_eq!(command("partager", CommandId(4)), "</partager:4>");
        assert_eq!(moment(1_790_000_000, When::Relative), "<t:1790000000:R>");
        assert_eq!(moment(1_790_000_000, When::Full), "<t:1790000000:F>");
        assert_eq!(moment(1_790_000_000, When::Date), "<t:1790000000:D>");
    }
}
