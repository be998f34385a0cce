//! What can be typed. Registering reads this list; nothing else declares a command of the hub.

use discord::command::{Command, CommandKind, CommandOption};
use discord::permission::Permissions;
use discord::rest::ChannelKind;

use crate::blacklist::model::Kind;
use crate::sanction::decide::REASON_MAX_CHARS;
use crate::sanction::model::Measure;
use crate::save::model::FILTER_MAX_CHARS;
use crate::texts::TEXTS;
use crate::theme::decide::NAME_CHARS;

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

/// Longest entry of the blacklist, in characters.
///
/// Source: HUB §4.1.
pub const ENTRY_MAX_CHARS: usize = 200;

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
        hub(),
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
        .option(CommandOption::sub_command(
            ("sanctionner", "sanction"),
            TEXTS.both("hub-command-sanction"),
            [person(), measure(), reason()],
        ))
        .option(CommandOption::sub_command(
            ("lever", "lift"),
            TEXTS.both("hub-command-lift"),
            [person(), reason()],
        ))
        .option(blacklist())
}

fn person() -> CommandOption {
    CommandOption::user(("membre", "member"), TEXTS.both("hub-command-sanction-person")).required()
}

fn reason() -> CommandOption {
    let reason = CommandOption::text(("motif", "reason"), TEXTS.both("hub-command-sanction-reason"));
    reason.required().max(REASON_MAX_CHARS)
}

fn measure() -> CommandOption {
    let choices =
        Measure::ALL.map(|measure| (TEXTS.both(&format!("hub-measure-{}", measure.key())), measure.key()));
    let measure = CommandOption::text(("mesure", "measure"), TEXTS.both("hub-command-sanction-measure"));
    measure.required().choices(choices)
}

/// `/moderation liste-noire …`.
fn blacklist() -> CommandOption {
    let kind = || {
        let choices =
            Kind::ALL.map(|kind| (TEXTS.both(&format!("hub-blacklist-{}", kind.key())), kind.key()));
        let kind = CommandOption::text(("type", "type"), TEXTS.both("hub-command-blacklist-kind"));
        kind.required().choices(choices)
    };
    let value = || {
        let value = CommandOption::text(("valeur", "value"), TEXTS.both("hub-command-blacklist-value"));
        value.required().max(ENTRY_MAX_CHARS)
    };
    let verb = |name: (&'static str, &'static str), text: &str, options: Vec<CommandOption>| {
        CommandOption::sub_command(name, TEXTS.both(text), options)
    };
    CommandOption::group(
        ("liste-noire", "blacklist"),
        TEXTS.both("hub-command-blacklist"),
        [
            verb(("ajouter", "add"), "hub-command-blacklist-add", vec![kind(), value()]),
            verb(("retirer", "remove"), "hub-command-blacklist-remove", vec![kind(), value()]),
            verb(("voir", "show"), "hub-command-blacklist-show", vec![]),
        ],
    )
}

/// `/hub`, with everything that has no command of its own.
fn hub() -> Command {
    let resource = || {
        let option = CommandOption::text(("ressource", "resource"), TEXTS.both("hub-command-card-resource"));
        option.required().suggested().max(SEARCH_MAX_CHARS)
    };
    let channel = CommandOption::channel(("salon", "channel"), TEXTS.both("hub-command-panel-channel"));
    let channel = channel.required().of([ChannelKind::Text, ChannelKind::Announcement]);
    let words = CommandOption::text(("texte", "text"), TEXTS.both("hub-command-saved-text"));
    let words = words.max(FILTER_MAX_CHARS);
    Command::chat(("hub", "hub"), TEXTS.both("hub-command-hub"))
        .option(CommandOption::sub_command(("accueil", "home"), TEXTS.both("hub-command-home"), []))
        .option(CommandOption::sub_command(("fiche", "card"), TEXTS.both("hub-command-card"), [resource()]))
        .option(CommandOption::sub_command(
            ("enregistrees", "saved"),
            TEXTS.both("hub-command-saved"),
            [words],
        ))
        .option(CommandOption::sub_command(("moi", "me"), TEXTS.both("hub-command-me"), []))
        .option(CommandOption::sub_command(("panneau", "panel"), TEXTS.both("hub-command-panel"), [channel]))
        .option(themes())
}

/// `/hub theme …`.
fn themes() -> CommandOption {
    let name = || {
        let longest = *NAME_CHARS.end();
        CommandOption::text(("nom", "name"), TEXTS.both("hub-command-theme-name")).required().max(longest)
    };
    let theme = || {
        let theme = CommandOption::text(("theme", "theme"), TEXTS.both("hub-command-theme-theme"));
        theme.required().suggested()
    };
    let into = || CommandOption::text(("vers", "into"), TEXTS.both("hub-command-theme-into")).suggested();
    let verb = |name: (&'static str, &'static str), text: &str, options: Vec<CommandOption>| {
        CommandOption::sub_command(name, TEXTS.both(text), options)
    };
    CommandOption::group(
        ("theme", "theme"),
        TEXTS.both("hub-command-theme"),
        [
            verb(("liste", "list"), "hub-command-theme-list", vec![]),
            verb(("proposer", "propose"), "hub-command-theme-propose", vec![name()]),
            verb(("creer", "create"), "hub-command-theme-create", vec![name()]),
            verb(("modifier", "rename"), "hub-command-theme-rename", vec![theme(), name()]),
            verb(("fusionner", "merge"), "hub-command-theme-merge", vec![theme(), into().required()]),
            verb(("archiver", "archive"), "hub-command-theme-archive", vec![theme(), into()]),
        ],
    )
}
