//! What people read, in French and English, from the Fluent files compiled in.
//!
//! Each feature has its own files, its ids prefixed with its name; words that all share are in
//! `shared/app/locales`. A key that is missing, or in one language only, fails a test.

pub use directory::Language as Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::langid;

/// The texts of one feature.
pub struct Texts {
    fr: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

const SHARED_FR: &str = include_str!("../locales/fr/app.ftl");
const SHARED_EN: &str = include_str!("../locales/en/app.ftl");

impl Texts {
    /// The texts of a feature, its files compiled in, with the shared ones.
    ///
    /// # Panics
    /// When a file is not Fluent, or names one text twice: seen at the first test.
    pub fn new(fr: &str, en: &str) -> Self {
        Self { fr: bundle(langid!("fr"), [SHARED_FR, fr]), en: bundle(langid!("en"), [SHARED_EN, en]) }
    }

    /// The texts in one language.
    pub fn say(&self, lang: Lang) -> Say<'_> {
        Say { texts: self, lang }
    }

    /// A word or sentence without variables, in both languages, for commands.
    pub fn both(&self, key: &str) -> discord::command::Localized {
        discord::command::Localized { fr: self.say(Lang::Fr).the(key), en: self.say(Lang::En).the(key) }
    }

    /// Whether this text exists in this language.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.of(lang).has_message(key)
    }

    const fn of(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

fn bundle(lang: unic_langid::LanguageIdentifier, files: [&str; 2]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    // The isolation marks of Fluent are for mixed writing directions; Discord shows them as boxes.
    bundle.set_use_isolating(false);
    for file in files {
        let resource =
            FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{errors:?}");
        }
    }
    bundle
}

/// One language of one feature's texts.
#[derive(Clone, Copy)]
pub struct Say<'t> {
    texts: &'t Texts,
    lang: Lang,
}

impl Say<'_> {
    /// The language.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// A text without variables.
    pub fn the(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with variables, see [`crate::args!`]. What people typed is escaped by the caller.
    pub fn with(self, key: &str, args: &FluentArgs<'_>) -> String {
        self.format(key, Some(args))
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.texts.of(self.lang);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            // A test forbids it; the person still gets an answer rather than none.
            tracing::error!(key, lang = self.lang.code(), "a text is missing");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, lang = self.lang.code(), ?errors, "a text lacks a variable");
        }
        text
    }
}

/// Variables of a text: `args! { "title" => title, "count" => 3 }`.
#[macro_export]
macro_rules! args {
    ($($name:literal => $value:expr),* $(,)?) => {{
        let mut args = $crate::FluentArgs::new();
        $(args.set($name, $value);)*
        args
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_follow_the_rules_of_each_language() {
        let texts = Texts::new(
            "t-n = { $n ->\n [one] { $n } avis\n *[other] { $n } avis en tout\n }\n",
            "t-n = { $n ->\n [one] { $n } opinion\n *[other] { $n } opinions\n }\n",
        );
        assert_eq!(texts.say(Lang::Fr).with("t-n", &args! { "n" => 0 }), "0 avis");
        assert_eq!(texts.say(Lang::En).with("t-n", &args! { "n" => 0 }), "0 opinions");
    }
}
