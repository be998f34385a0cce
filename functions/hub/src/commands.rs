//! What can be typed. Registering reads this list; nothing else declares a command of the hub.

use discord::command::{Command, CommandOption};

use crate::texts::TEXTS;

/// Longest link that is looked at, in characters.
///
/// Source: HUB §4.1.
pub const LINK_MAX_CHARS: usize = 2048;

/// Longest search, in characters.
///
/// Source: HUB §4.1.
pub const SEARCH_MAX_CHARS: usize = 100;

/// The commands of the hub.
pub fn commands() -> Vec<Command> {
    vec![
        Command::chat(("partager", "share"), TEXTS.both("hub-command-share")).option(
            CommandOption::text(("lien", "link"), TEXTS.both("hub-command-share-link")).max(LINK_MAX_CHARS),
        ),
        Command::chat(("chercher", "search"), TEXTS.both("hub-command-search")).option(
            CommandOption::text(("texte", "text"), TEXTS.both("hub-command-search-text"))
                .required()
                .suggested()
                .max(SEARCH_MAX_CHARS),
        ),
    ]
}
