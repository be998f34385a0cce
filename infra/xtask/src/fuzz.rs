//! Hostile input for the intake, with libFuzzer on the stable compiler.
//!
//! cargo-fuzz does the same with a nightly compiler and an address sanitizer, which our code without
//! `unsafe` can do without; where it is installed, `cargo fuzz run serve_any` works too.

use std::path::Path;

use crate::{Problem, program};

/// What makes a program tell libFuzzer where it has been. Without them it would guess blindly.
const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The targets, in `fuzz/fuzz_targets/`.
const TARGETS: [&str; 2] = ["serve_any", "serve_signed"];

/// Throw hostile input at the intake.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// Seconds for each target.
    #[arg(long, default_value_t = 300)]
    secs: u32,
    /// Only this target.
    #[arg(long, value_parser = TARGETS)]
    target: Option<String>,
}

impl Fuzz {
    pub(crate) fn run(&self, root: &Path) -> Result<String, Problem> {
        // Without `--target`, build scripts and macros would be instrumented as well, and not link.
        let triple = host()?;
        let flags = [("RUSTFLAGS", INSTRUMENTED.to_owned()), ("CARGO_TARGET_DIR", "fuzz/target".to_owned())];
        program(
            root,
            &["cargo", "build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &triple],
            &flags,
        )?;
        let targets = TARGETS.iter().filter(|name| self.target.as_ref().is_none_or(|wanted| wanted == *name));
        for name in targets {
            let binary = format!("fuzz/target/{triple}/release/{name}");
            let (corpus, found) = (format!("fuzz/corpus/{name}"), format!("fuzz/artifacts/{name}/"));
            for folder in [&corpus, &found] {
                let path = root.join(folder);
                std::fs::create_dir_all(&path)
                    .map_err(|source| Problem::File { path: path.display().to_string(), source })?;
            }
            let time = format!("-max_total_time={}", self.secs);
            let artifacts = format!("-artifact_prefix={found}");
            let seeds = format!("fuzz/seeds/{name}");
            program(
                root,
                &[
                    &binary,
                    &corpus,
                    &seeds,
                    &time,
                    &artifacts,
                    "-max_len=8192",
                    "-timeout=10",
                    "-print_final_stats=1",
                ],
                &[],
            )?;
        }
        Ok("Nothing was found.".into())
    }
}

/// What this machine is called.
fn host() -> Result<String, Problem> {
    let words = ["rustc", "--print", "host-tuple"];
    let output = std::process::Command::new(words[0]).args(&words[1..]).output();
    let output = output.map_err(|_| Problem::Failed { program: words.join(" ") })?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
