//! What people read, in both languages.

use std::sync::LazyLock;

use app::Texts;

/// The texts of the hub, read when the first one is needed.
pub static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    Texts::new(include_str!("../locales/fr/hub.ftl"), include_str!("../locales/en/hub.ftl"))
});
