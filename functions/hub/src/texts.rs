//! What people read, in both languages: a file for each subject, and `hub` for what all share.

use std::sync::LazyLock;

use app::Texts;

/// The files of one language, one after the other.
macro_rules! files {
    ($lang:literal: $($subject:literal),+) => {
        concat!($(include_str!(concat!("../locales/", $lang, "/", $subject, ".ftl")), "\n"),+)
    };
}

/// The texts of the hub, read when the first one is needed.
pub static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::new(
        files!(
            "fr": "hub", "share", "vote", "search", "inbox", "nature", "report", "case", "sanction",
            "blacklist", "theme", "card", "home", "check", "save", "obsolete"
        ),
        files!(
            "en": "hub", "share", "vote", "search", "inbox", "nature", "report", "case", "sanction",
            "blacklist", "theme", "card", "home", "check", "save", "obsolete"
        ),
    )
});
