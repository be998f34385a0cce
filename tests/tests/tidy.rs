//! What the design says of the tree, held against the tree.
//!
//! Each test prints every offender at once, with file and line.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;
use tests::tree::{self, File, features};

/// Every Rust file of ours.
fn sources() -> Vec<File> {
    tree::files("", ".rs")
}

/// Fails with all of `offenders`, one a line, if there are any.
#[track_caller]
fn nobody(offenders: Vec<String>) {
    assert!(offenders.is_empty(), "\n{}\n", offenders.join("\n"));
}

/// The lines of code of `file` that contain one of `words`.
fn lines_with<'f>(file: &'f File, words: &'f [&'f str]) -> impl Iterator<Item = String> + 'f {
    file.code()
        .filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
}

#[test]
fn rules_plans_and_views_do_no_io_and_read_no_clock() {
    let pure: Vec<File> = tree::files("functions", ".rs")
        .into_iter()
        .filter(|file| ["decide.rs", "plan.rs", "view.rs"].contains(&file.name()))
        .collect();
    assert!(!pure.is_empty(), "there are rules somewhere");
    let words = [
        "async",
        ".await",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "Clock",
        "std::fs",
        "std::env",
        "getrandom",
    ];
    nobody(pure.iter().flat_map(|file| lines_with(file, &words).collect::<Vec<_>>()).collect());
}

#[test]
fn a_feature_always_has_the_same_files() {
    let files: BTreeSet<String> = tree::files("functions", ".rs").into_iter().map(|file| file.path).collect();
    let missing = features().into_iter().flat_map(|feature| {
        let subjects = subjects(&feature, &files);
        // Journeys of several subjects are a folder, with a file for each.
        let several = files.contains(&format!("functions/{feature}/tests/journeys/main.rs"));
        let journeys = if several { "tests/journeys/main.rs" } else { "tests/journeys.rs" };
        let always = ["src/lib.rs", "src/main.rs", "src/bin/worker.rs", journeys, "tests/races.rs"];
        let always = always.iter().map(|name| format!("functions/{feature}/{name}"));
        let each = ["commands.rs", "action.rs", "model.rs", "decide.rs", "view.rs", "items.rs", "jobs.rs"];
        // A subject may do without some of them, never the whole feature.
        let each = each
            .iter()
            .filter(|name| !subjects.iter().any(|folder| files.contains(&format!("{folder}/{name}"))));
        let each = each.map(|name| format!("functions/{feature}/src/{name}"));
        always.filter(|path| !files.contains(path)).chain(each).collect::<Vec<_>>()
    });
    nobody(missing.collect());
}

/// The folders of a feature that hold rules: `src`, or one for each subject.
fn subjects(feature: &str, files: &BTreeSet<String>) -> BTreeSet<String> {
    let within = format!("functions/{feature}/src/");
    files
        .iter()
        .filter(|path| path.starts_with(&within))
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
        .collect()
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let silent = sources().into_iter().filter(|file| !file.text.starts_with("//! "));
    nobody(silent.map(|file| file.path).collect());
}

#[test]
fn no_file_is_named_after_nothing() {
    let vague = ["util", "utils", "common", "helper", "helpers", "manager", "misc"];
    let named = sources().into_iter().filter(|file| {
        file.path.split(['/', '.']).any(|part| part.split(['_', '-']).any(|word| vague.contains(&word)))
    });
    nobody(named.map(|file| file.path).collect());
}

#[test]
fn nothing_is_left_for_later_or_printed_in_passing() {
    // Spelled in two halves, or this file would be the first offender.
    let words = ["todo", "unimplemented", "dbg", "eprintln"].map(|name| format!("{name}!("));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let shipped = sources()
        .into_iter()
        .filter(|file| !file.path.contains("tests/") && !file.path.starts_with("infra/"));
    nobody(shipped.flat_map(|file| lines_with(&file, &words).collect::<Vec<_>>()).collect());
}

#[test]
fn the_architecture_is_read_in_one_sitting() {
    let lines = tree::read("ARCHITECTURE.md").lines().count();
    assert!((20..=200).contains(&lines), "ARCHITECTURE.md has {lines} lines");
}

#[test]
fn the_map_has_every_crate_and_a_feature_names_its_subjects() {
    let map = tree::read("ARCHITECTURE.md");
    let manifests = tree::files("", "Cargo.toml");
    let folders = manifests.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
    let missing = folders.filter(|folder| !map.contains(&format!("| `{folder}` |")));
    let mut offenders: Vec<String> =
        missing.map(|folder| format!("ARCHITECTURE.md has no row for {folder}")).collect();
    for feature in features() {
        let story = tree::read(&format!("functions/{feature}/src/lib.rs"));
        let story: Vec<&str> = story.lines().take_while(|line| line.starts_with("//!")).collect();
        let within = format!("functions/{feature}/src/");
        let modules = tree::files(&within, "mod.rs").into_iter();
        let subjects = modules.filter_map(|file| {
            let name = file.path.strip_prefix(&within)?.strip_suffix("/mod.rs")?.to_owned();
            (!name.contains('/')).then_some(name)
        });
        let untold = subjects.filter(|name| !story.iter().any(|line| line.contains(&format!("[`{name}`]"))));
        offenders.extend(untold.map(|name| format!("{within}lib.rs does not say what {name} is")));
    }
    nobody(offenders);
}

#[test]
fn documents_name_and_link_what_is_there() {
    let files: Vec<String> =
        ["", ".ci"].iter().flat_map(|folder| tree::files(folder, "")).map(|file| file.path).collect();
    // Made on the reader's machine, and a tool in the folder that `PASSERELLE_SHARED` names.
    let made = ["samconfig.toml", "lambda_emulator.py"];
    let endings = [".rs", ".md", ".py", ".toml", ".yaml", ".ftl", ".js", ".txt"];
    let mut offenders = Vec::new();
    for page in tree::files("", ".md") {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let quoted = page.text.split('`').skip(1).step_by(2);
        let named = quoted.filter(|word| {
            let is_name =
                word.chars().all(|letter| letter.is_ascii_alphanumeric() || "./_-".contains(letter));
            is_name && endings.iter().any(|ending| word.ends_with(ending) && word.len() > ending.len())
        });
        let there = |name: &str| files.iter().any(|path| path == name || path.ends_with(&format!("/{name}")));
        let lost = named.filter(|name| !there(name) && !made.contains(name));
        offenders.extend(lost.map(|name| format!("{} names {name}, which is not there", page.path)));
        let links = page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.map(|link| link.split('#').next().unwrap_or_default());
        let links = links.filter(|link| !link.is_empty() && !link.contains("://"));
        let lost = links.filter(|link| !tree::root().join(folder).join(link).exists());
        offenders.extend(lost.map(|link| format!("{} links {link}, which is not there", page.path)));
    }
    nobody(offenders);
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    let texts =
        [".rs", ".md", ".toml", ".yaml", ".yml", ".ftl", ".sh", ".example", ".js", ".css", ".html", ".py"];
    let files = texts.iter().flat_map(|suffix| tree::files("", suffix));
    let places = ["root", "work", "home"].map(|folder| format!("/{folder}/"));
    let named = files.flat_map(|file| {
        let lines = file.text.lines().enumerate();
        let lines = lines.filter(|(_, line)| {
            let mut words = line.split(|letter: char| letter.is_whitespace() || "\"'`(=".contains(letter));
            words.any(|word| places.iter().any(|place| word.starts_with(place.as_str())))
        });
        lines.map(|(index, line)| format!("{}:{}: {}", file.path, index + 1, line.trim())).collect::<Vec<_>>()
    });
    nobody(named.collect());
}

#[test]
fn no_two_programs_have_one_name() {
    let metadata = tree::metadata();
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in ours(&metadata) {
        for target in package["targets"].as_array().into_iter().flatten() {
            if target["kind"][0] == "bin" {
                owners.entry(text(&target["name"])).or_default().push(text(&package["name"]));
            }
        }
    }
    assert!(owners.len() > 3, "cargo lists our programs");
    let twice = owners.iter().filter(|(_, owners)| owners.len() > 1);
    nobody(twice.map(|(name, owners)| format!("{name} is built by {}", owners.join(" and "))).collect());
}

/// Which of our crates each may be built on. What is absent is the point: `discord` and `store` know
/// nobody, the simulated Discord does not know who is played, features do not know each other.
const LAYERS: [(&str, &[&str]); 5] = [
    ("discord", &[]),
    ("store", &[]),
    ("directory", &["discord", "store"]),
    ("app", &["directory", "discord", "store"]),
    ("sim", &["discord"]),
];
/// What a feature may be built on.
const UNDER_A_FEATURE: [&str; 4] = ["app", "directory", "discord", "store"];

#[test]
fn a_crate_knows_only_the_crates_below_it() {
    let metadata = tree::metadata();
    let features = features();
    let mut offenders = Vec::new();
    for package in ours(&metadata) {
        let name = text(&package["name"]);
        let allowed: Vec<&str> = match LAYERS.iter().find(|(layer, _)| *layer == name) {
            Some((_, allowed)) => allowed.to_vec(),
            None if features.iter().any(|feature| feature == name) => UNDER_A_FEATURE.to_vec(),
            None if name == "all" => features.iter().map(String::as_str).chain(["app"]).collect(),
            // The command line, chores and tests may use everything.
            None => continue,
        };
        let used =
            normal_dependencies(package).filter(|used| ours(&metadata).any(|ours| ours["name"] == **used));
        offenders
            .extend(used.filter(|used| !allowed.contains(used)).map(|used| format!("{name} uses {used}")));
    }
    nobody(offenders);
}

#[test]
fn what_belongs_to_laptops_and_tests_never_reaches_a_lambda() {
    let metadata = tree::metadata();
    let mut offenders = Vec::new();
    for package in ours(&metadata).filter(|package| text(&package["manifest_path"]).contains("/functions/")) {
        let reached = reached(&metadata, text(&package["id"]));
        for stranger in ["dynoxide-rs", "libsqlite3-sys", "axum", "jsonschema", "sim", "tests", "clap"] {
            if let Some(path) = reached.get(stranger) {
                offenders.push(path.join(" → "));
            }
        }
        assert!(
            reached.contains_key("aws-sdk-dynamodb"),
            "the walk through the dependencies finds what is there"
        );
    }
    nobody(offenders);
}

#[test]
fn one_crate_knows_the_words_of_dynamodb_and_one_builds_its_client() {
    let shipped = sources().into_iter().filter(|file| {
        let path = file.path.as_str();
        !["shared/store/", "tests/", "fuzz/", "infra/"].iter().any(|folder| path.starts_with(folder))
            && !path.contains("/tests/")
    });
    let offenders = shipped.flat_map(|file| {
        let client = file.path == "shared/app/src/aws.rs";
        let words: &[&str] = if client {
            &["aws_sdk_dynamodb::types", "AttributeValue"]
        } else {
            &["aws_sdk_dynamodb", "AttributeValue"]
        };
        lines_with(&file, words).collect::<Vec<_>>()
    });
    nobody(offenders.collect());
}

#[test]
fn features_say_nothing_in_the_words_of_discords_json() {
    let words = ["custom_id", "allowed_mentions", "components", "embeds", "flags", "choices"]
        .map(|word| format!("\"{word}\""));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let features = tree::files("functions", ".rs").into_iter().filter(|file| file.path.contains("/src/"));
    nobody(features.flat_map(|file| lines_with(&file, &words).collect::<Vec<_>>()).collect());
}

/// Our packages in cargo's answer.
fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten().filter(|package| package["source"].is_null())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo writes text here")
}

/// What a package is built on, without what only its tests and its build need.
fn normal_dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies.filter(|dependency| dependency["kind"].is_null()).map(|dependency| text(&dependency["name"]))
}

/// Every package that ends up in what `from` builds, by name, with the way to it.
fn reached<'m>(metadata: &'m Value, from: &'m str) -> BTreeMap<&'m str, Vec<&'m str>> {
    let name_of: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|node| (text(&node["id"]), node))
        .collect();
    let mut reached = BTreeMap::from([(name_of[from], vec![name_of[from]])]);
    let mut queue = VecDeque::from([from]);
    while let Some(id) = queue.pop_front() {
        let way = reached[name_of[id]].clone();
        for dependency in nodes[id]["deps"].as_array().into_iter().flatten() {
            let mut kinds = dependency["dep_kinds"].as_array().into_iter().flatten();
            let next = text(&dependency["pkg"]);
            if kinds.any(|kind| kind["kind"].is_null()) && !reached.contains_key(name_of[next]) {
                let way = way.iter().copied().chain([name_of[next]]).collect();
                reached.insert(name_of[next], way);
                queue.push_back(next);
            }
        }
    }
    reached
}
