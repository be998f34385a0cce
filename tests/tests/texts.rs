//! Every text that people read: complete in both languages, used, short, and plain.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use tests::tree;

/// Longest sentence, in words. Source: the product's rule, which aims at 15.
const SENTENCE_MAX_WORDS: usize = 18;

/// The texts of one file.
struct Texts {
    path: String,
    /// What is said, by key, one for each variant that counts or choices make.
    said: BTreeMap<String, Vec<String>>,
    /// The variables of each key.
    variables: BTreeMap<String, BTreeSet<String>>,
}

fn all() -> Vec<Texts> {
    let files: Vec<Texts> = tree::files("", ".ftl")
        .into_iter()
        .filter(|file| file.path.contains("/locales/"))
        .map(|file| parsed(&file))
        .collect();
    assert!(!files.is_empty(), "there are texts");
    files
}

fn parsed(file: &tree::File) -> Texts {
    let resource = fluent_syntax::parser::parse(file.text.as_str())
        .unwrap_or_else(|(_, errors)| panic!("{} is not Fluent: {errors:?}", file.path));
    let mut texts = Texts { path: file.path.clone(), said: BTreeMap::new(), variables: BTreeMap::new() };
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let values = message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value));
        let key = message.id.name.to_owned();
        let mut variables = BTreeSet::new();
        let said = values.flat_map(|pattern| variants(pattern, &mut variables)).collect();
        assert!(texts.said.insert(key.clone(), said).is_none(), "{} says {key} twice", file.path);
        texts.variables.insert(key, variables);
    }
    texts
}

/// Every text that a pattern can become, each variable standing as one word.
fn variants(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let mut texts = vec![String::new()];
    for element in &pattern.elements {
        let endings = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => placed(expression, variables),
        };
        texts = texts
            .iter()
            .flat_map(|text| endings.iter().map(move |ending| format!("{text}{ending}")))
            .collect();
    }
    texts
}

fn placed(expression: &Expression<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    match expression {
        Expression::Inline(inline) => vec![inlined(inline, variables)],
        Expression::Select { selector, variants: choices } => {
            inlined(selector, variables);
            choices.iter().flat_map(|choice| variants(&choice.value, variables)).collect()
        }
    }
}

fn inlined(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> String {
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            (*value).to_owned()
        }
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
            "x".into()
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inlined(argument, variables);
            }
            "x".into()
        }
        InlineExpression::Placeable { expression } => placed(expression, variables).remove(0),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => "x".into(),
    }
}

/// The same file in the other language.
fn counterpart(path: &str) -> String {
    if path.contains("/fr/") { path.replace("/fr/", "/en/") } else { path.replace("/en/", "/fr/") }
}

#[track_caller]
fn nobody(offenders: Vec<String>) {
    assert!(offenders.is_empty(), "\n{}\n", offenders.join("\n"));
}

#[test]
fn every_text_exists_in_french_and_in_english_with_the_same_variables() {
    let files: BTreeMap<String, Texts> = all().into_iter().map(|texts| (texts.path.clone(), texts)).collect();
    let mut offenders = Vec::new();
    for (path, texts) in &files {
        let other = counterpart(path);
        let Some(twin) = files.get(&other) else {
            offenders.push(format!("{path} has no {other}"));
            continue;
        };
        for (key, variables) in &texts.variables {
            match twin.variables.get(key) {
                None => offenders.push(format!("{path}: {key} is not in {other}")),
                Some(others) if variables != others => {
                    offenders.push(format!("{path}: {key} has {variables:?}, and {others:?} in {other}"));
                }
                Some(_) => {}
            }
        }
    }
    nobody(offenders);
}

#[test]
fn a_key_starts_with_the_name_of_its_crate() {
    let offenders = all().into_iter().flat_map(|texts| {
        let owner = texts
            .path
            .split("/locales/")
            .next()
            .and_then(|folder| folder.rsplit('/').next())
            .unwrap_or_default()
            .to_owned();
        let strangers = texts.said.into_keys().filter(move |key| !key.starts_with(&format!("{owner}-")));
        strangers.map(move |key| format!("{}: {key}", texts.path)).collect::<Vec<_>>()
    });
    nobody(offenders.collect());
}

#[test]
fn every_key_is_used_and_every_used_key_exists() {
    let keys: BTreeSet<String> = all().into_iter().flat_map(|texts| texts.said.into_keys()).collect();
    let code = ["functions", "shared"].iter().flat_map(|folder| tree::files(folder, ".rs"));
    let code: Vec<tree::File> = code.filter(|file| file.path.contains("/src/")).collect();
    let mut offenders = Vec::new();
    let mut literals = BTreeSet::new();
    for file in &code {
        for (number, line) in file.code() {
            let parts: Vec<&str> = line.split('"').collect();
            for (before, literal) in parts.iter().zip(parts.iter().skip(1)).step_by(2) {
                literals.insert((*literal).to_owned());
                let asked = [".the(", ".with(", ".both(", ".has("].iter().any(|call| before.ends_with(call));
                let is_key = literal.contains('-') && !literal.contains(' ') && !literal.contains('{');
                if asked && is_key && !keys.contains(*literal) {
                    offenders.push(format!("{}:{number}: {literal} is in no file", file.path));
                }
            }
        }
    }
    // A key may be composed, as in "hub-kind-{}": then its beginning is what is written.
    let beginnings: Vec<&str> = literals
        .iter()
        .filter_map(|literal| literal.split_once('{'))
        .map(|(start, _)| start)
        .filter(|start| start.contains('-'))
        .collect();
    let used = |key: &str| literals.contains(key) || beginnings.iter().any(|start| key.starts_with(start));
    offenders.extend(keys.iter().filter(|key| !used(key)).map(|key| format!("{key} is used nowhere")));
    nobody(offenders);
}

#[test]
fn no_sentence_is_long() {
    let mut offenders = Vec::new();
    for texts in all() {
        for (key, said) in &texts.said {
            for sentence in said.iter().flat_map(|text| sentences(text)) {
                let words = sentence
                    .split_whitespace()
                    .filter(|word| word.chars().any(char::is_alphanumeric))
                    .count();
                if words > SENTENCE_MAX_WORDS {
                    offenders.push(format!("{}: {key} has {words} words: {sentence}", texts.path));
                }
            }
        }
    }
    nobody(offenders);
}

/// What a reader takes in at one breath.
fn sentences(text: &str) -> Vec<&str> {
    // A point within a word, as in an address or a number, ends nothing.
    text.split_inclusive(|letter: char| letter == '\n' || letter.is_whitespace())
        .scan(0, |end, word| {
            *end += word.len();
            let stops = word.trim_end().ends_with(['.', '!', '?', '…', ':', ';']) || word.ends_with('\n');
            Some(stops.then_some(*end))
        })
        .flatten()
        .chain([text.len()])
        .scan(0, |start, end| {
            let sentence = &text[*start..end];
            *start = end;
            Some(sentence.trim())
        })
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

#[test]
fn a_sentence_ends_where_a_reader_pauses() {
    assert_eq!(
        sentences("Version 1.2 is out. Try it!\nOr not"),
        ["Version 1.2 is out.", "Try it!", "Or not"]
    );
}

#[test]
fn a_text_never_starts_with_an_emoji() {
    let offenders = all().into_iter().flat_map(|texts| {
        let starts = texts
            .said
            .into_iter()
            .filter(|(_, said)| said.iter().any(|text| text.chars().next().is_some_and(is_emoji)));
        starts.map(|(key, _)| format!("{}: {key}", texts.path)).collect::<Vec<_>>()
    });
    nobody(offenders.collect());
}

/// Symbols and pictures; not the punctuation or the arrows of ordinary text.
fn is_emoji(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x27BF | 0x2B50..=0x2B55 | 0x1F000..=0x1FAFF)
}
