//! How a title becomes a set of words that can be compared.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that say nothing about the subject, folded: French, then English.
/// `c` and `r` are not among them, since they are languages.
const STOP: &str = "
    le la les l un une des du de d a au aux en et ou pour par sur dans avec sans ce cet cette ces
    son sa ses votre vos notre nos mon ma mes que qui quoi quel quelle est sont s n ne pas plus y
    il elle on vous nous je tu se si
    the a an of to in and or for with your our my is are how what this that by from at as it";

/// Words of which only a letter is left before an apostrophe.
const ELIDED: [&str; 9] = ["l", "d", "j", "m", "t", "s", "n", "c", "qu"];

/// Words that make two titles of one series or guide, folded: levels, sides,
/// systems, papers, parts, steps.
const CONTRASTS: &str = "
    debutant avance intermediaire expert front back windows linux mac android ios cv entretien lettre
    partie chapitre episode installer configurer deployer";

/// Names of languages and techniques; the file says where they are from.
const TECHNOLOGIES: &str = include_str!("technologies.txt");

/// Without marks, capitals and ligatures: `Élève` and `eleve` are one word.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '\u{2019}' | '\u{02BC}' => folded.push('\''),
            c => folded.push(c),
        }
    }
    // Lower case can bring a mark of its own: `İ` is `i` and a dot above.
    folded.retain(|c| !is_combining_mark(c));
    folded
}

/// The words of a title that say what it is about, each in its stem.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());
    tokens(&fold(text)).into_iter().filter(|token| !STOP_WORDS.contains(token)).map(stem).collect()
}

/// Words, dotted numbers (`3.11`) and the names that carry signs, in folded text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if !first.is_alphanumeric() {
            // `.net` is a name, `asp.net` is `asp` and a name.
            if rest.starts_with(".net") && !rest[4..].starts_with(char::is_alphanumeric) {
                tokens.push(&rest[..4]);
                at += 4;
            } else {
                at += first.len_utf8();
            }
            continue;
        }
        let mut length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..length];
        let after = &rest[length..];
        if ELIDED.contains(&word) && after.starts_with('\'') {
            at += length + 1;
            continue;
        }
        if word == "c" && after.starts_with("++") {
            length += 2;
        } else if matches!(word, "c" | "f") && after.starts_with('#') {
            length += 1;
        } else if is_digits(word) {
            while let Some(more) = dotted_digits(&rest[length..]) {
                length += more;
            }
        }
        tokens.push(&rest[..length]);
        at += length;
    }
    tokens
}

/// Length of `.11` at the start.
fn dotted_digits(text: &str) -> Option<usize> {
    let after = text.strip_prefix('.')?;
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    is_digits(word).then_some(1 + word.len())
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is a number, also a dotted one.
pub(super) fn is_number(word: &str) -> bool {
    word.split('.').all(is_digits)
}

/// The singular, roughly. Words with digits are names.
fn stem(word: &str) -> String {
    if word.contains(|c: char| c.is_numeric()) {
        return word.to_owned();
    }
    let length = word.chars().count();
    if let Some(start) = word.strip_suffix("eaux") {
        return format!("{start}eau");
    }
    if length >= 5
        && let Some(start) = word.strip_suffix("aux")
    {
        return format!("{start}al");
    }
    let plural = word.ends_with('s') && !["ss", "us", "js"].iter().any(|ending| word.ends_with(ending));
    if length >= 4 && plural {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

/// Whether two titles that differ by this word (a stem) are about two things.
pub(super) fn contrasts(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        TECHNOLOGIES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .chain([CONTRASTS])
            .flat_map(str::split_whitespace)
            .map(stem)
            .collect()
    });
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens_of(text: &str) -> String {
        tokens(&fold(text)).join("|")
    }

    #[test]
    fn names_with_signs_and_dotted_numbers_are_one_word() {
        assert_eq!(tokens_of("C++ et C# : F#, C"), "c++|et|c#|f#|c");
        assert_eq!(tokens_of("ASP.NET et .NET 8.0.1"), "asp|.net|et|.net|8.0.1");
        assert_eq!(tokens_of("Python 3.11. Fin"), "python|3.11|fin");
        assert_eq!(tokens_of("Node.js v2"), "node|js|v2");
    }

    #[test]
    fn elided_words_are_cut_off_with_either_apostrophe() {
        assert_eq!(tokens_of("L'école d’aujourd'hui, qu'est-ce"), "ecole|aujourd|hui|est|ce");
        assert_eq!(tokens_of("rock'n'roll"), "rock|roll");
    }

    #[test]
    fn folding_leaves_no_mark_capital_or_ligature() {
        assert_eq!(fold("Élève Œuvre ÆSIR ﬁn Ｘ İ"), "eleve oeuvre aesir fin x i");
    }

    #[test]
    fn plurals_are_stems() {
        for (word, expected) in [
            ("tableaux", "tableau"),
            ("reseaux", "reseau"),
            ("eaux", "eau"),
            ("canaux", "canal"),
            ("aux", "aux"),
            ("bases", "base"),
            ("css", "css"),
            ("les", "les"),
            ("cours", "cour"),
            ("menus", "menus"),
            ("nodejs", "nodejs"),
            ("process", "process"),
            ("es6s", "es6s"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn techniques_and_levels_contrast_in_any_number() {
        for word in
            ["docker", "kubernete", "python", "react", "debutant", "cv", ".net", "c++", "episode", "panda"]
        {
            assert!(contrasts(word), "{word}");
        }
        for word in ["base", "cours", "guide", "apprendre", "2024"] {
            assert!(!contrasts(word), "{word}");
        }
    }

    #[test]
    fn technologies_are_sorted_and_told_once() {
        let lines = TECHNOLOGIES.lines().filter(|line| !line.starts_with('#'));
        let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        let sorted: BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(words.len(), sorted.len());
    }
}
