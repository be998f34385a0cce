//! The command line. Without a command it is `play`.
//!
//! Errors go to standard error with a non-zero exit status; standard output holds results only.

mod eval;
mod features;
mod play;
mod register;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Passerelle: the Discord backbone of training communities. Without a command it is `play`.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    play: play::Args,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything on this machine: features, tables, jobs, and a simulated Discord with its web page.
    Play(play::Args),
    /// Shows how the declared commands differ from Discord's; with --apply, registers them.
    Register(register::Args),
    /// Runs a pure core on standard input, one value per line.
    Eval(eval::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Err(error) => Err(error.into()),
        Ok(runtime) => match cli.command.unwrap_or(Command::Play(cli.play)) {
            Command::Play(args) => runtime.block_on(play::play(args)),
            Command::Register(args) => runtime.block_on(register::register(args)),
            Command::Eval(args) => eval::eval(args),
        },
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

/// Says what went wrong and why, one line each.
fn complain(error: &(dyn std::error::Error + 'static)) {
    eprintln!("passerelle: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}

/// What a command may end with.
type Outcome = Result<(), Box<dyn std::error::Error>>;
