//! Vectors that other projects and this one's specification give, read from the
//! folder named by `PASSERELLE_SHARED`. Without it these tests say that they
//! were not run.

use std::collections::BTreeMap;

use hub::link::key::{Canonical, NotALink, canonical};
use hub::link::safe::{Reason, judge};
use hub::link::title::{Title, near};
use serde_json::Value;

/// The text of a shared file; without one, it is said that the test is not run.
fn shared(name: &str) -> Option<String> {
    let path = tests::reference::shared(&format!("data/{name}"))?;
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn json(name: &str) -> Option<Value> {
    shared(name).map(|text| serde_json::from_str(&text).expect("the shared files are JSON"))
}

fn key(text: &str) -> Result<String, NotALink> {
    canonical(text).map(|link| link.key)
}

/// Every text of every file that may be a link.
fn all_texts() -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for name in ["lobsters_normalize_cases", "normalize_url_cases", "w3lib_canonicalize_cases"] {
        for case in json(&format!("url/{name}.json"))?.as_array().expect("a list of cases") {
            for value in case.as_object().expect("a case").values() {
                texts.extend(value.as_str().map(str::to_owned));
            }
        }
    }
    for name in ["urlcanon_aggressive", "urlcanon_semantic_precise"] {
        for (given, expected) in json(&format!("url/{name}.json"))?.as_object().expect("a table of cases") {
            texts.push(given.clone());
            texts.extend(expected.as_str().map(str::to_owned));
        }
    }
    for paths in json("url/urlcanon_path_dots.json")?.as_object().expect("tables of paths").values() {
        for path in paths.as_object().expect("a table of paths").keys() {
            texts.push(format!("https://e.example{path}"));
        }
    }
    for address in json("url/urlcanon_funky_ipv4.json")?.as_object().expect("a table").keys() {
        texts.push(format!("http://{address}/a"));
    }
    for list in json("url/ssrf_dev.json")?.as_object().expect("lists").values() {
        for url in list.as_array().into_iter().flatten() {
            texts.extend(url.as_str().map(str::to_owned));
        }
    }
    for pair in pairs()? {
        texts.extend([pair.a, pair.b]);
    }
    for host in shared("url/shorteners_small.txt")?.lines() {
        texts.push(format!("https://{host}/Ab1?x=1"));
    }
    for name in tracking_names()? {
        texts.push(format!("https://e.example/a?b=1&{name}=x"));
    }
    Some(texts)
}

struct Pair {
    a: String,
    b: String,
    same: bool,
    core: bool,
    category: String,
}

fn pairs() -> Option<Vec<Pair>> {
    let file = json("url/same_different_pairs_dev.json")?;
    let text = |pair: &Value, name: &str| pair[name].as_str().expect("a text").to_owned();
    let pairs = file["pairs"].as_array().expect("a list of pairs").iter().map(|pair| Pair {
        a: text(pair, "a"),
        b: text(pair, "b"),
        same: pair["expect"] == "same",
        core: pair["tier"] == "core",
        category: text(pair, "cat"),
    });
    Some(pairs.collect())
}

fn tracking_names() -> Option<Vec<String>> {
    let file = shared("url/tracking_query_params.csv")?;
    let names = file
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty());
    Some(names.collect())
}

#[test]
fn pairs_that_are_the_same_are_merged_and_no_other_is() {
    let Some(pairs) = pairs() else { return };
    assert!(pairs.len() >= 50, "the file holds fewer pairs than when this was written");
    let mut wrong = Vec::new();
    let (mut core, mut core_missed) = (0, 0);
    for pair in &pairs {
        let merged = key(&pair.a).expect("a link") == key(&pair.b).expect("a link");
        if pair.same && pair.core {
            core += 1;
            core_missed += usize::from(!merged);
        }
        if merged != pair.same {
            wrong.push(format!("{}: {} {}", pair.category, pair.a, pair.b));
        }
    }
    eprintln!("core pairs merged: {} of {core}; wrong: {wrong:?}", core - core_missed);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_shown_link_has_the_key_of_the_link_and_shows_itself() {
    let Some(texts) = all_texts() else { return };
    assert!(texts.len() > 700, "only {} texts were found", texts.len());
    let mut links = 0;
    for text in &texts {
        let Ok(Canonical { key, clean, open, .. }) = canonical(text) else {
            continue;
        };
        links += 1;
        let again = canonical(&clean).unwrap_or_else(|error| panic!("{text:?} shows {clean:?}: {error}"));
        assert_eq!(again.key, key, "{text:?} shows {clean:?}");
        assert_eq!(again.clean, clean, "{text:?}");
        assert_eq!(canonical(&open).map(|link| link.key), Ok(key), "{text:?} opens {open:?}");
    }
    eprintln!("{links} links in {} texts", texts.len());
    assert!(links > 500, "only {links} links were found");
}

#[test]
fn lobsters_puts_the_same_links_together() {
    let Some(cases) = json("url/lobsters_normalize_cases.json") else { return };
    // Two policies differ: `.html` is part of a name here, and `a=1?b=2` is one
    // value, since `?` is an ordinary sign there.
    let differs = |link: &str| {
        let path = link.split(['?', '#']).next().unwrap_or_default();
        let page = [".html", ".htm"].iter().any(|ending| path.ends_with(ending));
        (page && !path.contains("index.") && !path.contains("rfc")) || link.contains("a=1?b=2")
    };
    let mut ours: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut theirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in cases.as_array().expect("a list of cases") {
        let link = case["in"].as_str().expect("a link").to_owned();
        if differs(&link) {
            continue;
        }
        let expected = case["lobsters_key"].as_str().expect("a key").to_owned();
        ours.entry(key(&link).expect("a link")).or_default().push(link.clone());
        theirs.entry(expected).or_default().push(link);
    }
    let groups = |keys: BTreeMap<String, Vec<String>>| {
        let mut groups: Vec<Vec<String>> = keys.into_values().collect();
        groups.sort();
        groups
    };
    assert_eq!(groups(ours), groups(theirs));
}

#[test]
fn every_listed_tracking_parameter_is_removed_but_those_that_are_content_elsewhere() {
    let Some(names) = tracking_names() else { return };
    assert!(names.len() > 90);
    let content = ["si", "campid", "toolid", "customid", "mkevt", "mkcid", "mkrid", "rtid"];
    for name in names {
        let removed = key(&format!("https://e.example/a?{name}=1")) == key("https://e.example/a");
        assert_eq!(removed, !content.contains(&name.to_ascii_lowercase().as_str()), "{name}");
    }
}

#[test]
fn every_listed_shortener_waits_to_be_resolved() {
    let Some(hosts) = shared("url/shorteners_small.txt") else { return };
    for host in hosts.lines().map(str::trim).filter(|host| !host.is_empty()) {
        let key = key(&format!("https://{host}/a/b/c/Ab1")).expect("a link");
        assert_eq!(key, format!("short:{host}/a/b/c/Ab1"));
    }
}

#[test]
fn every_pair_of_titles_is_judged_as_its_file_says() {
    let Some(file) = json("url/title_pairs_dev.json") else { return };
    let pairs = file["pairs"].as_array().expect("a list of pairs");
    assert!(pairs.len() >= 8);
    for pair in pairs {
        let (a, b) = (pair["a"].as_str().expect("a title"), pair["b"].as_str().expect("a title"));
        let found = near(a, b);
        assert_eq!(found.near, pair["expect"] == "near", "{a:?} {b:?}: {found:?}");
        assert_eq!(near(b, a), found);
    }
}

#[test]
fn every_address_is_judged_as_its_file_says() {
    let Some(file) = json("url/ssrf_dev.json") else { return };
    for (list, allow) in [("must_refuse", false), ("must_allow_syntactically", true)] {
        let urls = file[list].as_array().expect("a list of addresses");
        assert!(!urls.is_empty());
        for url in urls {
            let url = url.as_str().expect("an address");
            assert_eq!(judge(url, None, &[]).allow, allow, "{url}");
        }
    }
}

#[test]
fn an_ip_address_is_refused_however_it_is_written() {
    let Some(file) = json("url/urlcanon_funky_ipv4.json") else { return };
    for (text, address) in file.as_object().expect("a table of addresses") {
        let found = judge(&format!("http://{text}/"), None, &[]).reason;
        if address.is_string() {
            assert_eq!(found, Reason::IpLiteral, "{text}");
        } else {
            assert_ne!(found, Reason::Public, "{text}");
        }
    }
}

/// Every name of one word of languages and techniques makes two titles distinct.
#[test]
fn every_listed_technique_contrasts() {
    let (Some(languages), Some(topics)) =
        (json("skills/linguist_languages.json"), json("skills/github_topics.json"))
    else {
        return;
    };
    let texts = |value: &Value| -> Vec<String> {
        let one_or_more = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        one_or_more.iter().filter_map(Value::as_str).map(str::to_lowercase).collect()
    };
    let mut names = Vec::new();
    for language in languages.as_array().expect("a list") {
        names.extend(texts(&language["name"]));
        names.extend(texts(&language["aliases"]));
    }
    for topic in topics.as_array().expect("a list") {
        names.extend(texts(&topic["topic"]));
        names.extend(texts(&topic["display_name"]));
        names.extend(texts(&topic["aliases"]));
    }
    let is_edition = |name: &str| {
        let jam = ["ldjam", "ld", "ggj", "ggo"].iter().find_map(|jam| name.strip_prefix(jam));
        jam.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_word = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    // Nine words in common of eleven: near, but for the guard.
    let title = |word: &str| Title::new(&format!("uno dos tres cuatro cinco seis siete ocho nueve {word}"));
    assert!(title("diez").near(&title("once")).near);
    let mut tried = 0;
    for name in names.iter().filter(|name| is_word(name) && !is_edition(name)) {
        let (this, other) = (title(name), title("once"));
        // A word of no meaning (`if`, `as`) leaves no difference to judge.
        if this == Title::new("uno dos tres cuatro cinco seis siete ocho nueve") || this == other {
            continue;
        }
        let stop = title(name).near(&title("")).score >= 1.0;
        assert!(stop || !this.near(&other).near, "{name}");
        tried += 1;
    }
    assert!(tried > 1500, "only {tried} names were tried");
}
