//! The demo: `play` tells the whole story on a stage and leaves pictures and a summary.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to the developer at a terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use opora_journeys::story::Story;

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
}

fn main() -> ExitCode {
    let Command::Play { out } = Args::parse().command;
    match Story::play(&out) {
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
