//! A new feature is scaffolded in a copy of the repository, to see what it changes there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What is copied: all that `new-feature` reads, and what must stay as it is.
const COPIED: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "template.yaml",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "functions",
    "shared",
    "infra",
    "tests",
];

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("a folder can be read") {
            let name = entry.expect("an entry can be read").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).expect("a file can be copied");
    }
}

/// The lines of every file below `folder`, by path.
fn texts(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            texts(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("it is below").to_string_lossy().into_owned();
            found.insert(name, text);
        }
    }
}

#[test]
fn a_new_feature_changes_three_lists_and_the_table_of_commands_outside_its_folder() {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("two folders up");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-feature");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).expect("a folder can be made");
    for name in COPIED {
        copy(&original.join(name), &root.join(name));
    }
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    texts(&root, &root, &mut before);
    let ran = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["new-feature", "newcomer", "--asks", "hub"])
        .current_dir(&root)
        .output()
        .expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    texts(&root, &root, &mut after);
    after.retain(|path, text| {
        !path.starts_with("functions/newcomer/") && before.get(path).is_none_or(|old| old != text)
    });
    let more: Vec<(&str, usize)> = after
        .iter()
        .map(|(path, text)| (path.as_str(), text.lines().count() - before[path].lines().count()))
        .collect();
    let lists = ["README.md", "functions/all/Cargo.toml", "functions/all/src/lib.rs", "template.yaml"];
    assert_eq!(more.iter().map(|(path, _)| *path).collect::<Vec<_>>(), lists, "{more:?}");
    assert!(more[..3].iter().all(|(_, lines)| *lines <= 1), "{more:?}");
    fs::remove_dir_all(&root).expect("the copy can be deleted");
}
