//! The demo: `play` tells the whole story on a stage and leaves pictures and a summary; `open` gives the windows
//! to a person.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to the developer at a terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use opora_journeys::{firm::Firm, story::Story};

#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play the story on a stage of its own.
    Play {
        /// Where the pictures and `summary.json` go.
        #[arg(long)]
        out: PathBuf,
    },
    /// Start a desk with a small firm and open a customer's and a specialist's window on this display.
    Open,
}

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Play { out } => play(&out),
        Command::Open => open(),
    }
}

fn open() -> ExitCode {
    let opened = Firm::open().and_then(|mut firm| {
        println!("Two windows: Anna Belova asks for help, Boris Sedov helps. The demo ends when both are closed.");
        firm.wait()
    });
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn play(out: &Path) -> ExitCode {
    match Story::play(out) {
        Ok(summary) => {
            for step in &summary.steps {
                println!("{:>8} ms  {}", step.ms, step.name);
            }
            println!("the story is told; pictures and summary.json are in {}", out.display());
            if summary.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error:#}");
            eprintln!("the story broke off; what was seen is in {}", out.display());
            ExitCode::FAILURE
        }
    }
}
