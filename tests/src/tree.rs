//! The repository as text: where it is, its files, its crates.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// Folders that are made, not written.
const MADE: [&str; 5] = ["target", ".git", ".passerelle", ".aws-sam", "node_modules"];

/// Where the repository is on this machine.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate is in a folder of the repository")
        .into()
}

/// The features, by name: every folder of `functions/` but `all`, which has no rules of its own.
///
/// # Panics
/// When there is none: whoever asks for them all has nothing to look at then.
pub fn features() -> Vec<String> {
    let manifests = files("functions", "Cargo.toml");
    let names = manifests.iter().filter_map(|file| file.path.split('/').nth(1)).filter(|name| *name != "all");
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(!names.is_empty(), "there are features");
    names
}

/// The text of a file, named from the root.
///
/// # Panics
/// When it is not there.
pub fn read(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Its path from the root.
    pub path: String,
    /// What is written in it.
    pub text: String,
}

impl File {
    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Its lines of code, numbered from 1: without comments, and without what follows `#[cfg(test)]`.
    ///
    /// It is no parser: a `//` within a string ends the line, which hides code rather than
    /// accusing any.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }
}

/// The files under `folder` (named from the root) whose names end with `suffix`, in order.
pub fn files(folder: &str, suffix: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root(), &root().join(folder), suffix, &mut found);
    found.sort();
    found
}

fn walk(root: &Path, folder: &Path, suffix: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !MADE.contains(&name.as_str()) {
                walk(root, &path, suffix, found);
            }
        } else if name.ends_with(suffix)
            && let Ok(text) = fs::read_to_string(&path)
        {
            let path = path.strip_prefix(root).expect("it was found under it");
            found.push(File { path: path.to_string_lossy().into_owned(), text });
        }
    }
}

/// What cargo knows of the workspace, with all that it depends on.
///
/// # Panics
/// When cargo cannot tell: a missing tool is a failure.
pub fn metadata() -> Value {
    #[expect(clippy::disallowed_methods, reason = "cargo names itself to the tests that it runs")]
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo writes JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_what_is_left_without_comments_and_tests() {
        let text = "//! Story.\nfn a() {} // why\n\n#[cfg(test)]\nmod tests {}\n";
        let file = File { path: "x/y.rs".into(), text: text.into() };
        assert_eq!(file.code().collect::<Vec<_>>(), [(2, "fn a() {} ")]);
        assert_eq!(file.name(), "y.rs");
    }

    #[test]
    fn the_root_is_where_the_workspace_is() {
        assert!(read("Cargo.toml").contains("[workspace]"));
        assert!(files("tests/src", ".rs").iter().any(|file| file.path == "tests/src/tree.rs"));
    }
}
