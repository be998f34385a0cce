//! `eval`: pure cores on data from elsewhere, with exactly the functions that the features call.
//!
//! One value per line in, one JSON object per line out, in the same order. A line that cannot be
//! read gives `{"error": …}` and the run goes on.

use std::io::{BufRead, Write};

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use crate::Outcome;

/// What each core takes: a line that shows it. An answer to an unreadable line repeats it.
const EXAMPLES: [(&str, &str); 3] = [
    ("url-key", "https://example.com/page?utm_source=mail"),
    ("title-near", r#"{"a":"Guide de Git","b":"Git : le guide"}"#),
    (
        "safe-url",
        r#"{"url":"https://short.example/a","resolver":{"short.example":[["93.184.216.34"]]},"chain":["https://example.com/"]}"#,
    ),
];

/// `--help`: one line for each core.
fn examples() -> String {
    let lines: Vec<_> = EXAMPLES.iter().map(|(core, line)| format!("  {core:<10}  {line}")).collect();
    format!(
        "One line of input for each core:\n{}\n\n`resolver` (addresses by host, a list for each look-up) and \
         `chain` (where redirects lead) may be left out.\n\nExample:\n  \
         echo 'https://example.com/page?utm_source=mail' | passerelle eval url-key",
        lines.join("\n")
    )
}

/// What `eval` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = examples())]
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
        let answer = with_example(core, answer);
        writeln!(output, "{answer}")?;
    }
    output.flush()
}

/// An error says what a line should look like, where that is more than a text.
fn with_example(core: &str, mut answer: Value) -> Value {
    let example = EXAMPLES.iter().find(|(name, line)| *name == core && line.starts_with('{'));
    if let (Some(error), Some((_, line))) = (answer["error"].as_str(), example) {
        answer["error"] = json!(format!("{error}; expected a line such as {line}"));
    }
    answer
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

    fn one(core: &str, line: &str) -> Value {
        let mut output = Vec::new();
        lines(core, line.as_bytes(), &mut output).expect("memory takes it");
        serde_json::from_slice(&output).expect("one object")
    }

    #[test]
    fn every_core_has_an_example_in_the_help_that_it_can_read() {
        let shown: Vec<_> = EXAMPLES.iter().map(|(core, _)| *core).collect();
        assert_eq!(shown, hub::link::CORES);
        for (core, line) in EXAMPLES {
            assert_eq!(one(core, line)["error"], Value::Null, "{core} {line}");
            assert!(examples().contains(line), "{line}");
        }
    }

    #[test]
    fn an_unreadable_line_is_told_what_was_expected() {
        let error = one("title-near", "Guide de Git")["error"].to_string();
        assert!(error.contains(r#"expected a line such as {\"a\":\"Guide de Git\""#), "{error}");
        let error = one("safe-url", "https://example.com")["error"].to_string();
        assert!(error.contains(r#"such as {\"url\":"#), "{error}");
    }
}
