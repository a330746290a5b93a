//! Every developer command: `cargo xtask <command>`.
//!
//! Knows no crate of the project and needs no system package, so that it can install them. What
//! drives real windows is the program `opora-demo-story` (`tests/journeys`), built and run from here.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to the developer at a terminal")]

mod budgets;
mod checks;
mod demo;
mod edges;
mod generate;
mod interface;
mod locales;
mod packages;
mod proof;
mod run;
mod windows;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Every developer command of Opora")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what is missing: system packages (asks for root only then) and npm packages.
    Setup,
    /// Build the interface when its sources are newer than what was built.
    Ui,
    /// Before each commit: format, clippy, unit tests.
    Quick,
    /// Every screen in Chromium, looked at by axe; pictures are left in the target folder.
    Screens,
    /// All checks and tests, as CI runs them.
    Test,
    /// Hold the edges between crates against the allowed ones.
    Arch,
    /// Print files and functions that are over their budgets.
    Size,
    /// Hold the two catalogues against each other.
    Locales,
    /// Watch a customer get help from a specialist.
    Demo(demo::Options),
    /// Measure; writes a JSON file.
    Bench(demo::Bench),
    /// Claimers race for requests of a real desk; writes a JSON file.
    Race(proof::Race),
    /// Working weeks of a real desk on a shifted clock; writes a JSON file.
    Week(proof::Week),
    /// Write the generated files: the contract's TypeScript.
    Gen,
    /// Write the icons' sizes from their SVG sources.
    Icons,
    /// Where `opora-demo-story` and the programs are built (for scripts).
    #[command(hide = true)]
    TargetDir,
}

fn main() -> ExitCode {
    match obey(Args::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<()> {
    match command {
        Command::Setup => packages::set_up(),
        Command::Ui => interface::build(),
        Command::Quick => checks::quick(),
        Command::Screens => interface::look(),
        Command::Test => checks::test(),
        Command::Arch => edges::check(),
        Command::Size => budgets::print(),
        Command::Locales => locales::check(),
        Command::Demo(options) => demo::play(&options),
        Command::Bench(options) => demo::bench(&options),
        Command::Race(options) => proof::race(&options),
        Command::Week(options) => proof::week(&options),
        Command::Gen => generate::typescript(),
        Command::Icons => generate::icons(),
        Command::TargetDir => {
            println!("{}", run::target_dir()?.display());
            Ok(())
        }
    }
}

/// The repository.
fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).map_or_else(|| own.clone(), PathBuf::from)
}
