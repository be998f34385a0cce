//! A new feature: its crate, and its line in each list outside of it.
//!
//! The scaffold is a whole small feature called `scratch`, with one command, one button, one item, one
//! delayed job and its texts in two languages: something that runs is easier to change than an outline.

use std::path::Path;

use crate::{Problem, block, read, write};

/// What a new feature is made from, by its path in the crate.
const SCAFFOLD: [(&str, &str); 17] = [
    ("Cargo.toml", include_str!("../scaffold/Cargo.toml.txt")),
    ("src/lib.rs", include_str!("../scaffold/src/lib.rs.txt")),
    ("src/commands.rs", include_str!("../scaffold/src/commands.rs.txt")),
    ("src/action.rs", include_str!("../scaffold/src/action.rs.txt")),
    ("src/model.rs", include_str!("../scaffold/src/model.rs.txt")),
    ("src/decide.rs", include_str!("../scaffold/src/decide.rs.txt")),
    ("src/view.rs", include_str!("../scaffold/src/view.rs.txt")),
    ("src/items.rs", include_str!("../scaffold/src/items.rs.txt")),
    ("src/jobs.rs", include_str!("../scaffold/src/jobs.rs.txt")),
    ("src/refusal.rs", include_str!("../scaffold/src/refusal.rs.txt")),
    ("src/texts.rs", include_str!("../scaffold/src/texts.rs.txt")),
    ("src/main.rs", include_str!("../scaffold/src/main.rs.txt")),
    ("src/bin/worker.rs", include_str!("../scaffold/src/bin/worker.rs.txt")),
    ("locales/fr/scratch.ftl", include_str!("../scaffold/locales/fr/scratch.ftl.txt")),
    ("locales/en/scratch.ftl", include_str!("../scaffold/locales/en/scratch.ftl.txt")),
    ("tests/journeys.rs", include_str!("../scaffold/tests/journeys.rs.txt")),
    ("tests/races.rs", include_str!("../scaffold/tests/races.rs.txt")),
];

/// What the scaffold is called.
const SCRATCH: &str = "scratch";
/// The feature whose lines in the lists are copied.
const MODEL: &str = "hub";
/// The feature's type in [`MODEL`].
const MODEL_TYPE: &str = "hub::Hub";

/// The lists that name every feature, and how: everything that must change outside the new crate.
/// The last is made from them by `cargo xtask tables`; a row written here spares building that anew.
const LISTS: [(&str, List); 4] = [
    ("functions/all/Cargo.toml", List::Lines("hub = ")),
    ("functions/all/src/lib.rs", List::Elements),
    ("template.yaml", List::Blocks),
    ("README.md", List::Rows),
];

/// How a file names the features.
enum List {
    /// A line for each, which starts like this for the model.
    Lines(&'static str),
    /// An element of a Rust list for each, which names the model's type.
    Elements,
    /// Indented blocks.
    Blocks,
    /// A row for each command, which ends with its feature.
    Rows,
}

/// Make a new feature.
#[derive(clap::Args)]
pub(crate) struct NewFeature {
    /// Its name: one word of 2 to 16 small letters, as in `hub`.
    #[arg(value_parser = named)]
    name: String,
    /// A feature that it will ask for something, as in `--asks hub`. May be given several times.
    #[arg(long, value_name = "FEATURE")]
    asks: Vec<String>,
}

fn named(name: &str) -> Result<String, String> {
    let good = (2..=16).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_lowercase());
    // These name crates of ours, or words that a crate cannot be called.
    let taken =
        ["all", "app", "directory", "discord", "sim", "store", "tests", "xtask", "passerelle", "core", "std"];
    if good && !taken.contains(&name) {
        Ok(name.into())
    } else {
        Err("one free word of 2 to 16 small letters".into())
    }
}

impl NewFeature {
    pub(crate) fn run(&self, root: &Path) -> Result<String, Problem> {
        let name = self.name.as_str();
        let home = root.join("functions").join(name);
        if home.exists() {
            return Err(Problem::Exists { path: home.display().to_string() });
        }
        if let Some(asked) = self.asks.iter().find(|asked| !root.join("functions").join(asked).exists()) {
            return Err(Problem::NoFeature { name: asked.clone() });
        }
        // All edits are made before anything is written: a list that has changed its shape stops it here.
        let lists = LISTS
            .iter()
            .map(|(path, list)| {
                let text = read(&root.join(path))?;
                let mut new = list.with(&text, name);
                if matches!(list, List::Blocks) {
                    new = block::asking(&new, name, &self.asks);
                }
                if new == text {
                    Err(Problem::NoList { path: (*path).into() })
                } else {
                    Ok((path, text, new))
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        for (path, text) in SCAFFOLD {
            let mut text = named_after(text, name);
            if path == "src/lib.rs" {
                text = asking(&text, &self.asks);
            }
            write(&home.join(named_after(path, name)), &text)?;
        }
        let mut said = vec![format!("functions/{name} is there, with {} files. Outside it:", SCAFFOLD.len())];
        for (path, text, new) in lists {
            write(&root.join(path), &new)?;
            said.push(format!("  {path}: {}", what_changed(&text, &new)));
        }
        crate::program(root, &["cargo", "fmt", "--all"], &[])?;
        said.push(format!("Now: cargo test -p {name} -p tests, then write its journeys and fill decide.rs."));
        Ok(said.join("\n"))
    }
}

/// How a list grew: most get lines, one is changed within its line.
fn what_changed(text: &str, new: &str) -> String {
    match new.lines().count() - text.lines().count() {
        0 => "changed".to_owned(),
        1 => "1 line more".to_owned(),
        more => format!("{more} lines more"),
    }
}

impl List {
    /// `text` with the new feature beside the model.
    fn with(&self, text: &str, name: &str) -> String {
        match self {
            Self::Lines(start) => {
                let lines = text.lines().flat_map(|line| {
                    let copy = line.starts_with(start).then(|| line.replace(MODEL, name));
                    [Some(line.to_owned()), copy].into_iter().flatten()
                });
                lines.collect::<Vec<_>>().join("\n") + "\n"
            }
            Self::Elements => with_element(text, name),
            Self::Blocks => block::copied(text, MODEL, name),
            Self::Rows => with_row(text, name),
        }
    }
}

/// A scaffold's path or text, named after the new feature.
fn named_after(text: &str, name: &str) -> String {
    text.replace(SCRATCH, name)
        .replace(&all::pascal(SCRATCH), &all::pascal(name))
        .replace(&SCRATCH.to_uppercase(), &name.to_uppercase())
}

/// The table of commands with the scaffold's one behind the model's.
fn with_row(text: &str, name: &str) -> String {
    let ends = format!("| {MODEL} |\n");
    let Some(at) = text.rfind(&ends).map(|at| at + ends.len()) else { return text.to_owned() };
    let english = include_str!("../scaffold/locales/en/scratch.ftl.txt").lines();
    let described = english.filter_map(|line| line.strip_prefix("scratch-command = ")).collect::<String>();
    format!("{}| `/{name}` | `/{name}` | {described} | {name} |\n{}", &text[..at], &text[at..])
}

/// `impl Feature` with what the feature asks.
fn asking(text: &str, asks: &[String]) -> String {
    if asks.is_empty() {
        return text.to_owned();
    }
    let names: Vec<String> = asks.iter().map(|asked| format!("{asked:?}")).collect();
    let asks = format!("fn asks() -> &'static [&'static str] {{ &[{}] }}", names.join(", "));
    text.replacen("    fn prefix()", &format!("    {asks}\n\n    fn prefix()"), 1)
}

/// The list around the model's type, with the same element for the new feature behind it.
fn with_element(text: &str, name: &str) -> String {
    let Some(at) = text.find(MODEL_TYPE) else { return text.to_owned() };
    let Some(open) = opening(&text[..at]) else { return text.to_owned() };
    let mut start = open + 1;
    let mut depth = 0;
    for (index, letter) in text.char_indices().skip_while(|(index, _)| *index <= open) {
        let ends = depth == 0 && matches!(letter, ',' | ']');
        if ends && index > at {
            let element = text[start..index].trim();
            let copy = element.replace(MODEL_TYPE, &format!("{name}::{}", all::pascal(name)));
            return format!("{}, {copy}{}", &text[..index], &text[index..]);
        }
        match letter {
            ',' if ends => start = index + 1,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    text.to_owned()
}

/// Where the innermost square bracket that is still open at the end of `text` stands.
fn opening(text: &str) -> Option<usize> {
    let mut closed = 0;
    text.char_indices().rev().find_map(|(index, letter)| {
        match letter {
            ']' => closed += 1,
            '[' if closed == 0 => return Some(index),
            '[' => closed -= 1,
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_followed_by_its_copy() {
        assert_eq!(
            with_element("vec![Mounted::of::<hub::Hub>()]", "care"),
            "vec![Mounted::of::<hub::Hub>(), Mounted::of::<care::Care>()]"
        );
        assert_eq!(
            with_element("vec![a, Arc::new(Worker::<hub::Hub>::new(x.clone(), y)), z]", "care"),
            "vec![a, Arc::new(Worker::<hub::Hub>::new(x.clone(), y)), \
             Arc::new(Worker::<care::Care>::new(x.clone(), y)), z]"
        );
    }

    #[test]
    fn a_list_that_gets_no_line_is_changed() {
        assert_eq!(what_changed("a\n", "a, b\n"), "changed");
        assert_eq!(what_changed("a\n", "a\nb\n"), "1 line more");
        assert_eq!(what_changed("a\n", "a\nb\nc\n"), "2 lines more");
    }

    #[test]
    fn a_line_is_followed_by_its_copy() {
        let list = List::Lines("hub = ");
        assert_eq!(
            list.with("a = 1\nhub = { path = \"functions/hub\" }\nz = 1\n", "care"),
            "a = 1\nhub = { path = \"functions/hub\" }\ncare = { path = \"functions/care\" }\nz = 1\n"
        );
    }

    #[test]
    fn every_list_of_the_repository_has_a_place_for_a_new_feature() {
        let root = crate::root();
        for (path, list) in LISTS {
            let text = read(&root.join(path)).expect("the list is there");
            let new = list.with(&text, "newcomer");
            assert!(new.contains("newcomer"), "{path}");
            assert_eq!(new.matches("newcomer").count() > 0, new.len() > text.len(), "{path}");
        }
    }

    #[test]
    fn the_scaffold_is_named_after_the_feature_everywhere() {
        for (path, text) in SCAFFOLD {
            let made = named_after(path, "care") + &named_after(text, "care");
            assert!(!made.to_lowercase().contains("scratch"), "{path}");
        }
    }

    #[test]
    fn what_it_asks_stands_in_its_impl() {
        let (_, text) = SCAFFOLD[1];
        assert_eq!(asking(text, &[]), text);
        let asks = "fn asks() -> &'static [&'static str] { &[\"hub\", \"care\"] }";
        assert!(asking(text, &["hub".into(), "care".into()]).contains(asks));
    }

    #[test]
    fn a_name_is_one_free_word() {
        for bad in ["", "a", "Hub", "self-care", "all", "été", "averyveryverylongname"] {
            assert!(named(bad).is_err(), "{bad}");
        }
        assert_eq!(named("care").as_deref(), Ok("care"));
    }
}
