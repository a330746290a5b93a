//! Measurements beside a peer in the same run: `opora-bench remote --json FILE`.
#![allow(clippy::print_stdout, reason = "it talks to the developer at a terminal")]

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A shared screen: click to changed pixel, bytes and CPU, Opora and TigerVNC.
    Remote {
        /// Where the figures go, as one JSON object.
        #[arg(long)]
        json: PathBuf,
    },
}

fn main() -> Result<()> {
    let What::Remote { json } = Args::parse().what;
    let pictures = json.with_extension("pictures");
    let report = opora_journeys::bench::remote::run(&pictures)?;
    let text = serde_json::to_string_pretty(&report).context("write the figures")?;
    std::fs::write(&json, &text).with_context(|| format!("write {}", json.display()))?;
    println!("{text}");
    Ok(())
}
