//! What can be typed. Registering reads this list; nothing else declares a command of the hub.

use discord::command::{Command, CommandKind, CommandOption};
use discord::permission::Permissions;

use crate::texts::TEXTS;

/// Longest link that is looked at, in characters.
///
/// Source: HUB §4.1.
pub const LINK_MAX_CHARS: usize = 2048;

/// Longest search, in characters.
///
/// Source: HUB §4.1.
pub const SEARCH_MAX_CHARS: usize = 100;

/// Longest number of a case that is looked at, in characters.
pub const CASE_MAX_CHARS: usize = 20;

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
        moderation(),
        Command::menu(CommandKind::Message, TEXTS.both("hub-command-report-message")),
        Command::menu(CommandKind::User, TEXTS.both("hub-command-report-person")),
    ]
}

/// What moderators and admins can type.
fn moderation() -> Command {
    Command::chat(("moderation", "moderation"), TEXTS.both("hub-command-moderation"))
        .needs(Permissions::MANAGE_MESSAGES)
        .option(CommandOption::sub_command(("file", "queue"), TEXTS.both("hub-command-queue"), []))
        .option(CommandOption::sub_command(
            ("dossier", "case"),
            TEXTS.both("hub-command-case"),
            [CommandOption::text(("numero", "number"), TEXTS.both("hub-command-case-number"))
                .required()
                .suggested()
                .max(CASE_MAX_CHARS)],
        ))
}
