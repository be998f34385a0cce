//! `eval`: pure cores on data from elsewhere, with exactly the functions that the features call.
//!
//! One value per line in, one JSON object per line out, in the same order. A line that cannot be
//! read gives `{"error": …}` and the run goes on.

use std::io::{BufRead as _, Write as _};

use serde_json::{Value, json};

use crate::Outcome;

/// What `eval` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which core.
    #[arg(value_enum)]
    core: Core,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Core {}

/// Runs a core over standard input.
pub(crate) fn eval(args: Args) -> Outcome {
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let answer = match line {
            Ok(line) => judge(args.core, &line),
            Err(error) => json!({ "error": error.to_string() }),
        };
        writeln!(output, "{answer}")?;
    }
    output.flush()?;
    Ok(())
}

fn judge(core: Core, _line: &str) -> Value {
    match core {}
}
