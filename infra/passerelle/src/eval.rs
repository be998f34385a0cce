//! `eval`: pure cores on data from elsewhere, with exactly the functions that the features call.
//!
//! One value per line in, one JSON object per line out, in the same order. A line that cannot be
//! read gives `{"error": …}` and the run goes on.

use std::io::{BufRead, Write};

use clap::builder::PossibleValuesParser;
use serde_json::json;

use crate::Outcome;

/// What `eval` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which core.
    #[arg(value_parser = PossibleValuesParser::new(hub::link::CORES))]
    core: String,
}

/// Runs a core over standard input.
pub(crate) fn eval(args: Args) -> Outcome {
    lines(&args.core, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(())
}

fn lines(core: &str, input: impl BufRead, output: impl Write) -> std::io::Result<()> {
    let mut output = std::io::BufWriter::new(output);
    for line in input.split(b'\n') {
        let line = line?;
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        let answer = match std::str::from_utf8(line) {
            Ok(line) => hub::link::eval(core, line).unwrap_or_else(|| json!({ "error": "no such core" })),
            Err(_) => json!({ "error": "this line is not UTF-8" }),
        };
        writeln!(output, "{answer}")?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_gets_its_answer_and_a_bad_one_does_not_end_the_run() {
        let mut output = Vec::new();
        let input: &[u8] =
            b"https://example.com/a?utm_source=x\r\n\xff\xfe\nnot a link\nhttps://example.com/a\n";
        lines("url-key", input, &mut output).expect("memory takes it");
        let output = String::from_utf8(output).expect("answers are text");
        let answers: Vec<serde_json::Value> =
            output.lines().map(|line| serde_json::from_str(line).expect("one object per line")).collect();
        assert_eq!(answers.len(), 4);
        assert_eq!(answers[0]["key"], answers[3]["key"]);
        assert_eq!(answers[1], json!({ "error": "this line is not UTF-8" }));
        assert!(answers[2]["error"].is_string(), "{output}");
    }
}
