//! Which cards fit what was typed, best first. Pure, and the same for suggestions and results.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::Card;

/// The cards in which every typed word is found, best first; all of them, newest first, when nothing
/// was typed. The last word may be the beginning of one.
pub fn rank<'c>(typed: &str, cards: &'c [Card]) -> Vec<&'c Card> {
    let wanted = words(typed);
    let mut found: Vec<(usize, &Card)> =
        cards.iter().filter_map(|card| Some((score(&wanted, card)?, card))).collect();
    found.sort_by_key(|(score, card)| {
        (std::cmp::Reverse(*score), std::cmp::Reverse(card.published_at), card.id)
    });
    found.into_iter().map(|(_, card)| card).collect()
}

/// How well a card fits; nothing when a word is missing. A whole word of the title counts most, then
/// its beginning, then a theme.
fn score(wanted: &[String], card: &Card) -> Option<usize> {
    let title = words(&card.title);
    let themes: Vec<String> = card.themes.iter().flat_map(|theme| words(theme)).collect();
    let last = wanted.len().checked_sub(1);
    wanted
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let begins = |known: &String| Some(place) == last && known.starts_with(word.as_str());
            if title.contains(word) {
                Some(4)
            } else if themes.contains(word) {
                Some(3)
            } else if title.iter().any(begins) {
                Some(2)
            } else {
                themes.iter().any(begins).then_some(1)
            }
        })
        .sum()
}

/// Words without accents and capitals: « Élève » and « eleve » are one.
pub fn words(text: &str) -> Vec<String> {
    let folded: String =
        text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    folded
        .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '+' | '#')))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use discord::ChannelId;

    use super::*;
    use crate::model::ResourceId;

    fn card(number: u64, title: &str, theme: &str) -> Card {
        Card {
            id: ResourceId::new(number),
            title: title.into(),
            themes: vec![theme.into()],
            thread: ChannelId(number),
            published_at: i64::try_from(number).unwrap(),
        }
    }

    fn titles(typed: &str, cards: &[Card]) -> Vec<String> {
        rank(typed, cards).into_iter().map(|card| card.title.clone()).collect()
    }

    #[test]
    fn accents_and_capitals_do_not_hide_a_resource() {
        let cards = [card(1, "Élèves et C++", "Pédagogie")];
        assert_eq!(titles("eleves", &cards), ["Élèves et C++"]);
        assert_eq!(titles("PEDAGOGIE c++", &cards), ["Élèves et C++"]);
        assert!(titles("c#", &cards).is_empty());
    }

    #[test]
    fn a_whole_word_comes_before_its_beginning_and_newer_before_older() {
        let cards = [
            card(1, "Gitlab", "Outils"),
            card(2, "Les bases de Git", "Outils"),
            card(3, "Git avancé", "Outils"),
        ];
        assert_eq!(titles("git", &cards), ["Git avancé", "Les bases de Git", "Gitlab"]);
        assert_eq!(titles("", &cards), ["Git avancé", "Les bases de Git", "Gitlab"]);
        assert!(titles("gi lab", &cards).is_empty());
    }
}
