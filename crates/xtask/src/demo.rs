//! Demo and bench: set up, build, then hand over to the programs of `tests/journeys`, which drive real windows.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::run::{program, run, target_dir};
use crate::{checks, interface, packages, proof};

/// How the demo is shown.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Play the whole story on a stage of its own, without a display.
    #[arg(long)]
    headless: bool,
    /// Where the pictures and `summary.json` go.
    #[arg(long, default_value = "target/demo")]
    out: PathBuf,
}

/// What is measured.
#[derive(Debug, Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A click at the helper's until the pixel changes at the helper's, beside TigerVNC.
    Remote {
        /// Where the figures go.
        #[arg(long)]
        json: PathBuf,
    },
    /// Lists of very many tickets in the client, beside a plain SQLite table. Needs no windows.
    Tickets(proof::Tickets),
    /// A long history in the client, beside plain SQLite FTS5. Needs no windows.
    History(proof::History),
}

/// Shows a customer getting help: two windows on this display, or the story on a stage.
///
/// # Errors
/// When a step was not seen on the screen of the one who should see it.
pub(crate) fn play(options: &Options) -> Result<()> {
    prepare()?;
    let seen = std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
    if options.headless || !seen {
        start("opora-demo-story", &["play".into(), "--out".into(), std::path::absolute(&options.out)?.into()])
    } else {
        start("opora-demo-story", &["open".into()])
    }
}

/// Measures.
///
/// # Errors
/// When a run does not come to its end.
pub(crate) fn bench(options: &Bench) -> Result<()> {
    let json = match &options.what {
        What::Remote { json } => json,
        What::Tickets(options) => return proof::tickets(options),
        What::History(options) => return proof::history(options),
    };
    prepare()?;
    start("opora-bench", &["remote".into(), "--json".into(), std::path::absolute(json)?.into()])
}

fn prepare() -> Result<()> {
    packages::set_up()?;
    interface::build()?;
    checks::build_programs()
}

fn start(name: &str, args: &[std::ffi::OsString]) -> Result<()> {
    let binary = target_dir()?.join("debug").join(name);
    run(program(&binary.to_string_lossy()).args(args))
}
