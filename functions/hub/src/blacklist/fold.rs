//! When a text holds a word that is refused, however it is dressed up.
//!
//! Source of the rules: HUB §13.4.

use crate::link::words::fold;

/// Letters of other alphabets that look like Latin ones, after folding to lower case. Cyrillic, then
/// Greek: those that people use to write a Latin word.
const LOOKALIKES: [(char, char); 28] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('ѵ', 'v'),
    ('х', 'x'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
];

/// Signs that stand for a letter.
const SIGNS: [(char, char); 8] =
    [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('@', 'a'), ('$', 's')];

/// The words of a text as they are compared.
pub fn words(text: &str) -> Vec<String> {
    let plain: String = fold(text).chars().map(latin).collect();
    let mut words: Vec<String> = Vec::new();
    // `v i a g r a` is one word: single letters in a row are joined.
    let mut spelled = String::new();
    for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().count() == 1 {
            spelled.push_str(word);
            continue;
        }
        if !spelled.is_empty() {
            words.push(unrepeated(&std::mem::take(&mut spelled)));
        }
        words.push(unrepeated(word));
    }
    if !spelled.is_empty() {
        words.push(unrepeated(&spelled));
    }
    words
}

fn latin(c: char) -> char {
    let same = |(other, _): &&(char, char)| *other == c;
    LOOKALIKES.iter().chain(&SIGNS).find(same).map_or(c, |(_, letter)| *letter)
}

/// A letter that stands three times or more in a row stands once.
fn unrepeated(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|a, b| a == b);
    runs.flat_map(|run| if run.len() >= 3 { &run[..1] } else { run }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_is_the_same_however_it_is_dressed_up() {
        for text in ["viagra", "V1AGR4", "v.i.a.g.r.a", "v i a g r a", "viaaaagra", "ViаgrА", "vi@gra"] {
            assert_eq!(words(text), ["viagra"], "{text}");
        }
        assert_eq!(words("Les élèves, 2 fois"), ["les", "eleves", "2", "fois"]);
    }

    proptest! {
        #[test]
        fn any_text_has_words_that_stay_the_same(text in ".{0,60}") {
            let once = words(&text).join(" ");
            // Only words are compared: what was joined stays joined.
            prop_assert!(words(&once).concat().len() <= once.len());
        }
    }
}
