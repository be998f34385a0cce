//! Tables in documents that are made from the code, so that they are never wrong for long.
//!
//! A document says where: everything between `<!-- made by cargo xtask tables: NAME -->` and
//! `<!-- end -->` is replaced. A test fails as long as a document differs from the code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Problem;

const OPEN: &str = "<!-- made by cargo xtask tables: ";
const CLOSE: &str = "<!-- end -->";

/// The tables that can be asked for.
fn tables() -> [(&'static str, String); 2] {
    [("commands", commands()), ("variables", variables(include_str!("../../../.env.example")))]
}

/// What can be typed or chosen in a menu, in both languages.
fn commands() -> String {
    let mut table = "| Type | In English | What it does | Feature |\n|---|---|---|---|\n".to_owned();
    for feature in all::features() {
        for command in (feature.commands)() {
            let command = serde_json::to_value(command).expect("a command is plain data");
            match command["type"].as_u64() {
                Some(2) => menu_line(&mut table, feature.name, "a person", &command),
                Some(3) => menu_line(&mut table, feature.name, "a message", &command),
                _ => command_lines(&mut table, feature.name, "/", "/", &command),
            }
        }
    }
    table
}

/// The line of a command that is chosen in the menu of something; it has no description.
fn menu_line(table: &mut String, feature: &str, whose: &str, command: &Value) {
    let (french, english) = (words(&command["name"]), words(&command["name_localizations"]["en-US"]));
    let _ =
        writeln!(table, "| « {french} » | “{english}” | In the menu of {whose}, under *Apps* | {feature} |");
}

/// One line for a command, or one for each of its sub-commands.
fn command_lines(table: &mut String, feature: &str, before: &str, before_english: &str, command: &Value) {
    let french = format!("{before}{}", words(&command["name"]));
    let english = command["name_localizations"]["en-US"].as_str().unwrap_or(words(&command["name"]));
    let english = format!("{before_english}{english}");
    let options = command["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let below: Vec<&Value> =
        options.iter().filter(|option| matches!(option["type"].as_u64(), Some(1 | 2))).collect();
    if command["type"].as_u64().is_none_or(|kind| kind < 3) && !below.is_empty() {
        for command in below {
            command_lines(table, feature, &format!("{french} "), &format!("{english} "), command);
        }
        return;
    }
    let options: Vec<String> = options
        .iter()
        .map(|option| {
            let name = words(&option["name"]);
            if option["required"] == true { format!("{name}*") } else { name.to_owned() }
        })
        .collect();
    let said =
        command["description_localizations"]["en-US"].as_str().unwrap_or(words(&command["description"]));
    let typed = if options.is_empty() { french } else { format!("{french} {}", options.join(" ")) };
    let _ = writeln!(table, "| `{typed}` | `{english}` | {said} | {feature} |");
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The variables, from the example that says what each is for.
fn variables(example: &str) -> String {
    let mut table = "| Variable | What it is | Example |\n|---|---|---|\n".to_owned();
    let mut said: Vec<&str> = Vec::new();
    let mut last = "";
    for line in example.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            if !last.starts_with('#') {
                said.clear();
            }
            said.push(comment.trim());
        } else if let Some((name, value)) = line.split_once('=') {
            let value = if value.is_empty() { String::new() } else { format!("`{value}`") };
            let _ = writeln!(table, "| `{name}` | {} | {value} |", said.join(" ").replace('<', "\\<"));
        }
        last = line;
    }
    table
}

/// `text` with its tables made anew.
fn renewed(path: &str, text: &str) -> Result<String, Problem> {
    let tables = tables();
    let mut written = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let body = start + rest[start..].find('\n').map_or(rest.len() - start, |line| line + 1);
        let name = rest[start + OPEN.len()..body].trim().trim_end_matches("-->").trim();
        let Some((_, table)) = tables.iter().find(|(known, _)| *known == name) else {
            let known = tables.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return Err(Problem::UnknownTable { path: path.into(), name: name.into(), known });
        };
        let Some(end) = rest[body..].find(CLOSE) else {
            return Err(Problem::Open { path: path.into(), name: name.into() });
        };
        written.push_str(&rest[..body]);
        written.push_str(table);
        rest = &rest[body + end..];
    }
    Ok(written + rest)
}

/// Every document of the repository that asks for a table.
fn asking(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf(), root.join("docs"), root.join("infra")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let documents =
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "md"));
        found.extend(documents.filter(|path| crate::read(path).is_ok_and(|text| text.contains(OPEN))));
    }
    found.sort();
    found
}

/// Writes every table anew.
pub(crate) fn write(root: &Path) -> Result<String, Problem> {
    let mut changed = Vec::new();
    for path in asking(root) {
        let text = crate::read(&path)?;
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let new = renewed(&name, &text)?;
        if new != text {
            crate::write(&path, &new)?;
            changed.push(name);
        }
    }
    Ok(if changed.is_empty() {
        "Every table is as the code says.".into()
    } else {
        format!("Written anew: {}", changed.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn the_tables_of_all_documents_are_as_the_code_says() {
        let root = crate::root();
        let documents = asking(&root);
        assert!(!documents.is_empty(), "some document has a table");
        for path in documents {
            let text = crate::read(&path).expect("it was read a moment ago");
            let new = renewed(&path.display().to_string(), &text).expect("its tables are known");
            assert!(new == text, "{} is not as the code says: run `cargo xtask tables`", path.display());
        }
    }

    #[test]
    fn what_is_in_a_menu_is_not_shown_as_typed() {
        let table = commands();
        let menu =
            "| « Signaler ce membre » | “Report this member” | In the menu of a person, under *Apps* | hub |";
        assert!(table.lines().any(|line| line == menu), "{table}");
        assert!(!table.contains("/Signaler"), "{table}");
    }

    #[test]
    fn what_stands_between_the_marks_is_replaced_and_nothing_else() {
        let text = "a\n<!-- made by cargo xtask tables: commands -->\nold\n<!-- end -->\nz\n";
        let new = renewed("x.md", text).expect("the table exists");
        assert!(new.starts_with("a\n<!-- made by cargo xtask tables: commands -->\n| Type |"), "{new}");
        assert!(new.ends_with("|\n<!-- end -->\nz\n"), "{new}");
        assert_eq!(renewed("x.md", &new).expect("the table exists"), new);
    }

    #[test]
    fn a_table_that_nobody_makes_is_said() {
        let problem = renewed("x.md", "<!-- made by cargo xtask tables: people -->\n<!-- end -->")
            .expect_err("unknown");
        assert_eq!(
            problem.to_string(),
            "x.md asks for the table `people`, which is none of: commands, variables"
        );
    }

    #[test]
    fn a_variable_is_explained_by_the_lines_above_it() {
        let example = "# The file.\n\n# One\n# two.\nA=1\nB=\n\n# Three.\nC=x=y\n";
        expect![[r#"
            | Variable | What it is | Example |
            |---|---|---|
            | `A` | One two. | `1` |
            | `B` | One two. |  |
            | `C` | Three. | `x=y` |
        "#]]
        .assert_eq(&variables(example));
    }
}
