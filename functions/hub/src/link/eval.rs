//! The rules about links on lines of text, for `passerelle eval`.
//!
//! One line in, one JSON object out. A line that cannot be read gives
//! `{"error":"…"}`, so that the run goes on.

use serde::Deserialize;
use serde_json::{Value, json};

use super::key::canonical;
use super::safe::{Resolver, judge};
use super::title;

/// The cores that [`eval`] knows.
pub const CORES: [&str; 3] = ["url-key", "title-near", "safe-url"];

/// Runs a core on one line. `None` when the core is not one of [`CORES`].
pub fn eval(core: &str, line: &str) -> Option<Value> {
    let result = match core {
        "url-key" => url_key(line),
        "title-near" => title_near(line),
        "safe-url" => safe_url(line),
        _ => return None,
    };
    Some(result.unwrap_or_else(|error| json!({ "error": error })))
}

/// The line is the text of a link, not JSON.
fn url_key(line: &str) -> Result<Value, String> {
    let canonical = canonical(line).map_err(|error| error.to_string())?;
    Ok(json!({ "key": canonical.key, "clean": canonical.clean }))
}

#[derive(Deserialize)]
struct Titles {
    a: String,
    b: String,
}

fn title_near(line: &str) -> Result<Value, String> {
    let titles: Titles = read(line)?;
    let near = title::near(&titles.a, &titles.b);
    let score = (near.score * 100.0).round() / 100.0;
    Ok(json!({ "near": near.near, "score": score }))
}

#[derive(Deserialize)]
struct Address {
    url: String,
    resolver: Option<Resolver>,
    #[serde(default)]
    chain: Option<Vec<String>>,
}

fn safe_url(line: &str) -> Result<Value, String> {
    let address: Address = read(line)?;
    let verdict =
        judge(&address.url, address.resolver.as_ref(), address.chain.as_deref().unwrap_or_default());
    Ok(json!({ "allow": verdict.allow, "reason": verdict.reason.word() }))
}

fn read<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|error| format!("the line cannot be read: {error}"))
}
