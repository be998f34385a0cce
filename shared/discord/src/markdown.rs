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
    if max > 0 {
        kept.push('…');
    }
    kept
}

/// The text shown as it was typed: no bold, no heading, no link, no mention.
///
/// Mentions are held off by `allowed_mentions` first; this keeps the layout ours.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if matches!(
            letter,
            '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '#' | '-' | '[' | ']' | '(' | ')' | '<' | '@' | ':'
        ) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
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
    /// « dans 2 heures ».
    Relative,
}

/// A moment, from Unix seconds.
pub fn moment(unix_secs: i64, when: When) -> String {
    let style = match when {
        When::Full => 'F',
        When::Date => 'D',
        When::Relative => 'R',
    };
    format!("<t:{unix_secs}:{style}>")
}
