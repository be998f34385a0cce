//! Material from elsewhere that some tests compare with: Discord's OpenAPI file, vectors of others.
//!
//! It is named by the environment and may be absent. A test that passes without having run would be a
//! lie, so it says so: on the process's own standard error, which cargo does not hold back as it does
//! what a passing test prints.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Once;

/// Says that the running test has not been run, and why.
pub fn not_run(why: &str) {
    let thread = std::thread::current();
    say(&format!("NOT RUN: {}: {why}", thread.name().unwrap_or("a test")));
}

/// A line that is read whether the tests pass or not.
fn say(line: &str) {
    // Nothing can be done where standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A file of the folder that `PASSERELLE_SHARED` names; without one, says that the test is not run.
///
/// # Panics
/// When the folder is named and the file is not in it.
pub fn shared(file: &str) -> Option<PathBuf> {
    let Some(folder) = named("PASSERELLE_SHARED") else {
        not_run(&format!("PASSERELLE_SHARED is not set, so {file} cannot be read"));
        return None;
    };
    let path = folder.join(file);
    assert!(path.exists(), "PASSERELLE_SHARED has no {file}: {}", path.display());
    Some(path)
}

/// Discord's OpenAPI file, for a test that is nothing without it; without one, says that it is not run.
pub fn openapi() -> Option<PathBuf> {
    let path = openapi_if_named();
    if path.is_none() {
        not_run(
            "neither DISCORD_OPENAPI nor PASSERELLE_SHARED is set, so Discord's OpenAPI file cannot be read",
        );
    }
    path
}

/// Discord's OpenAPI file, for a stage that holds everything to it; without one, says once in each
/// program that nothing is.
pub fn openapi_of_a_stage() -> Option<PathBuf> {
    static SAID: Once = Once::new();
    let path = openapi_if_named();
    if path.is_none() {
        SAID.call_once(|| {
            say("NOT COMPARED with Discord's OpenAPI file: neither DISCORD_OPENAPI nor PASSERELLE_SHARED is set");
        });
    }
    path
}

fn openapi_if_named() -> Option<PathBuf> {
    named("DISCORD_OPENAPI")
        .or_else(|| named("PASSERELLE_SHARED").map(|folder| folder.join("discord/openapi.json")))
}

fn named(variable: &str) -> Option<PathBuf> {
    app::environment(variable).filter(|value| !value.trim().is_empty()).map(PathBuf::from)
}
