//! `register`: what is declared here against what Discord has.

use std::fmt::Write as _;

use crate::Outcome;

/// What `register` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Registers in this server only: at once, for trials.
    #[arg(long, value_name = "ID")]
    guild: Option<u64>,
    /// Registers what differs, in one call.
    #[arg(long)]
    apply: bool,
}

/// Shows the difference, then applies it if asked.
pub(crate) async fn register(args: Args) -> Outcome {
    let mut text = String::new();
    let _ = write!(text, "{args:?}");
    Err(text.into())
}
