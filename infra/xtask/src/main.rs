//! Chores of this repository: `cargo xtask help` lists them.

mod block;
mod documents;
mod fuzz;
mod new_feature;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Make a new feature: its crate, and its line in each list.
    NewFeature(new_feature::NewFeature),
    /// Write the tables of the documents anew from the code.
    Tables,
    /// What must hold before a change goes in, short of the whole test run.
    Tidy,
    /// Throw hostile input at the intake.
    Fuzz(fuzz::Fuzz),
}

fn main() -> ExitCode {
    let root = root();
    let done = match Chores::parse().chore {
        Chore::NewFeature(feature) => feature.run(&root),
        Chore::Tables => documents::write(&root),
        Chore::Tidy => tidy::run(&root),
        Chore::Fuzz(fuzz) => fuzz.run(&root),
    };
    match done {
        Ok(said) => {
            #[expect(clippy::print_stdout, reason = "this is what the chore says")]
            {
                println!("{said}");
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            #[expect(clippy::print_stderr, reason = "this is what the chore says")]
            {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

/// What stopped a chore.
#[derive(Debug, thiserror::Error)]
enum Problem {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A document asks for a table that nobody makes.
    #[error("{path} asks for the table `{name}`, which is none of: {known}")]
    UnknownTable {
        /// The document.
        path: String,
        /// The table.
        name: String,
        /// Those that exist.
        known: String,
    },
    /// A table is opened and never closed.
    #[error("{path}: the table `{name}` has no end")]
    Open {
        /// The document.
        path: String,
        /// The table.
        name: String,
    },
    /// A feature of that name is there already.
    #[error("{path} is there already")]
    Exists {
        /// Where.
        path: String,
    },
    /// A feature that is asked and does not exist.
    #[error("there is no feature {name} to ask")]
    NoFeature {
        /// Its name.
        name: String,
    },
    /// A list of features that cannot be recognised any more.
    #[error("{path} has no list of features that looks like the hub's: xtask must learn its new shape")]
    NoList {
        /// Where.
        path: String,
    },
    /// A program that a chore runs did not succeed.
    #[error("`{program}` failed")]
    Failed {
        /// What was run.
        program: String,
    },
}

/// Where the repository is: around the current folder, so that a copy of it can be worked on too.
fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let built = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut around = here.ancestors().chain(built.ancestors());
    around
        .find(|folder| folder.join("functions/all").is_dir())
        .expect("this crate is in the repository")
        .into()
}

fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|source| Problem::File { path: path.display().to_string(), source })
}

fn write(path: &Path, text: &str) -> Result<(), Problem> {
    let done =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    done.map_err(|source| Problem::File { path: path.display().to_string(), source })
}

/// Runs a program in the repository and waits for its end; its output is the reader's.
fn program(root: &Path, words: &[&str], variables: &[(&str, String)]) -> Result<(), Problem> {
    let (name, arguments) = words.split_first().expect("a program has a name");
    let mut command = std::process::Command::new(name);
    command.args(arguments).current_dir(root).envs(variables.iter().map(|(name, value)| (name, value)));
    let done = command.status().is_ok_and(|status| status.success());
    if done { Ok(()) } else { Err(Problem::Failed { program: words.join(" ") }) }
}
