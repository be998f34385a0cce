//! What a resource is: its type, its level, its language. One of a short list each, so that people
//! can filter by it.
//!
//! Source: HUB §4.3 M6. The type is guessed from the site until somebody sets it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::Resource;

/// A short list: each entry with the word under which it is stored and the id of its text.
macro_rules! natures {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal $text:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $key)] $variant,)*
        }

        impl $name {
            /// Every one of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word under which it is stored.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }

            /// The one of this word; none for a word of another time.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }

            /// The id of what people read.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.key())
            }
        }
    )*};
}

natures! {
    /// What it is.
    Kind {
        /// « Article ».
        Article = "article" "hub-kind-article",
        /// « Vidéo ».
        Video = "video" "hub-kind-video",
        /// « Cours ».
        Course = "course" "hub-kind-course",
        /// « Documentation ».
        Documentation = "documentation" "hub-kind-documentation",
        /// « Tutoriel ».
        Tutorial = "tutorial" "hub-kind-tutorial",
        /// « Outil ».
        Tool = "tool" "hub-kind-tool",
        /// « Code ».
        Code = "code" "hub-kind-code",
        /// « Livre ou document ».
        Book = "book" "hub-kind-book",
        /// « Podcast ».
        Podcast = "podcast" "hub-kind-podcast",
        /// « Autre ».
        Other = "other" "hub-kind-other",
    }

    /// For whom.
    Level {
        /// « Débutant ».
        Beginner = "beginner" "hub-level-beginner",
        /// « Intermédiaire ».
        Intermediate = "intermediate" "hub-level-intermediate",
        /// « Avancé ».
        Advanced = "advanced" "hub-level-advanced",
        /// « Tous niveaux ».
        Any = "any" "hub-level-any",
    }

    /// In which language.
    Tongue {
        /// « Français ».
        French = "fr" "hub-tongue-fr",
        /// « Anglais ».
        English = "en" "hub-tongue-en",
        /// « Autre ».
        Other = "other" "hub-tongue-other",
    }
}

/// Sites that hold one type of thing only, by the beginning of the key of a link (`link::key`). A
/// site of many things is not here: a wrong guess hides a resource from those who filter.
const SITES: [(&str, Kind); 24] = [
    // Videos, and what they are kept in.
    ("youtube:", Kind::Video),
    ("yt-list:", Kind::Video),
    ("yt-channel:", Kind::Video),
    ("vimeo:", Kind::Video),
    ("dailymotion:", Kind::Video),
    // Code.
    ("github:", Kind::Code),
    ("gist:", Kind::Code),
    ("gitlab:", Kind::Code),
    ("codeberg:", Kind::Code),
    ("bitbucket:", Kind::Code),
    ("npm:", Kind::Code),
    // Reference pages.
    ("mdn:", Kind::Documentation),
    ("rfc:", Kind::Documentation),
    // Courses.
    ("oc:", Kind::Course),
    ("udemy.com/", Kind::Course),
    ("coursera.org/", Kind::Course),
    // Texts.
    ("arxiv:", Kind::Article),
    ("doi:", Kind::Article),
    ("medium:", Kind::Article),
    ("wikipedia:", Kind::Article),
    // Books.
    ("amazon:", Kind::Book),
    ("wikibooks:", Kind::Book),
    // What is listened to, and a tool for drawings.
    ("spotify:", Kind::Podcast),
    ("figma:", Kind::Tool),
];

/// The type of a resource: what somebody set, else what its site or its file tells.
pub fn kind_of(resource: &Resource) -> Option<Kind> {
    if resource.kind.is_some() {
        return resource.kind;
    }
    match &resource.link {
        Some(link) => SITES.iter().find(|(site, _)| link.key.starts_with(site)).map(|(_, kind)| *kind),
        None => resource.file.is_some().then_some(Kind::Book),
    }
}

#[cfg(test)]
mod tests {
    use discord::UserId;

    use super::*;
    use crate::link::key::canonical;
    use crate::model::{ResourceId, SharedFile, SharedLink};
    use crate::texts::TEXTS;

    fn shared(link: &str) -> Resource {
        let canonical = canonical(link).unwrap();
        let link = SharedLink {
            open: canonical.open,
            clean: canonical.clean,
            key: canonical.key,
            rules_version: canonical.rules_version,
        };
        Resource { link: Some(link), ..Resource::new(ResourceId::new(1), "", "", UserId(1), 0) }
    }

    #[test]
    fn the_type_is_guessed_from_the_site_until_it_is_set() {
        for (link, expected) in [
            ("https://youtu.be/dQw4w9WgXcQ", Some(Kind::Video)),
            ("https://github.com/rust-lang/book", Some(Kind::Code)),
            ("https://developer.mozilla.org/fr/docs/Web/CSS", Some(Kind::Documentation)),
            ("https://www.udemy.com/course/rust/", Some(Kind::Course)),
            ("https://fr.wikipedia.org/wiki/Rust_(langage)", Some(Kind::Article)),
            ("https://example.org/youtube:x", None),
        ] {
            assert_eq!(kind_of(&shared(link)), expected, "{link}");
        }
        let set = Resource { kind: Some(Kind::Podcast), ..shared("https://youtu.be/dQw4w9WgXcQ") };
        assert_eq!(kind_of(&set), Some(Kind::Podcast));
    }

    #[test]
    fn a_file_alone_is_a_document() {
        let file = Some(SharedFile { name: "cv.pdf".into(), size: 1 });
        let resource = Resource { file, ..Resource::new(ResourceId::new(1), "", "", UserId(1), 0) };
        assert_eq!(kind_of(&resource), Some(Kind::Book));
    }

    #[test]
    fn every_entry_of_every_list_has_its_words_and_is_read_back() {
        for lang in [app::Lang::Fr, app::Lang::En] {
            let say = TEXTS.say(lang);
            let kinds = Kind::ALL.iter().map(|kind| kind.text());
            let levels = Level::ALL.iter().map(|level| level.text());
            let tongues = Tongue::ALL.iter().map(|tongue| tongue.text());
            for id in kinds.chain(levels).chain(tongues) {
                assert_ne!(say.the(id), "", "{id}");
            }
        }
        assert!(Kind::ALL.iter().all(|kind| Kind::from_key(kind.key()) == Some(*kind)));
        assert_eq!(Level::from_key("expert"), None);
    }
}
