//! Race, week, lists of tickets and the long history: `opora-proof` (`tests/proofs`), built for speed and run.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::run::{cargo, run};

/// The race.
#[derive(Debug, Args)]
pub(crate) struct Race {
    /// Requests to be claimed.
    #[arg(long, default_value = "50000")]
    claims: String,
    /// How many claim at once.
    #[arg(long, default_value = "100")]
    claimers: String,
    /// Claims a second in the open loop.
    #[arg(long, default_value = "200")]
    rate: String,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

/// The weeks.
#[derive(Debug, Args)]
pub(crate) struct Week {
    /// How many; one seed is one week.
    #[arg(long, default_value = "50")]
    seeds: String,
    /// The first seed.
    #[arg(long, default_value = "1")]
    from: String,
    /// Breaks something on purpose, which has to be noticed: capacity, order, orphan or starve.
    #[arg(long = "break")]
    broken: Option<String>,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

/// The lists.
#[derive(Debug, Args)]
pub(crate) struct Tickets {
    /// How many tickets.
    #[arg(long, default_value = "50000")]
    count: String,
    /// How often each question is asked.
    #[arg(long, default_value = "5")]
    rounds: String,
    /// The seed of what is in them.
    #[arg(long, default_value = "20261128")]
    seed: String,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

/// The long history.
#[derive(Debug, Args)]
pub(crate) struct History {
    /// How many messages.
    #[arg(long, default_value = "1000000")]
    messages: String,
    /// Questions to the search.
    #[arg(long, default_value = "400")]
    questions: String,
    /// The seed of what is in them.
    #[arg(long, default_value = "20261128")]
    seed: String,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

/// Runs the race.
///
/// # Errors
/// When a promise was not kept.
pub(crate) fn race(options: &Race) -> Result<()> {
    let args = ["race", "--claims", &options.claims, "--claimers", &options.claimers, "--rate", &options.rate];
    prove(&args, &options.json)
}

/// Lives the weeks.
///
/// # Errors
/// When a promise was not kept.
pub(crate) fn week(options: &Week) -> Result<()> {
    let mut args = vec!["week", "--seeds", &options.seeds, "--from", &options.from];
    if let Some(broken) = &options.broken {
        args.extend(["--break", broken]);
    }
    prove(&args, &options.json)
}

/// Asks the client for lists of very many tickets.
///
/// # Errors
/// When the client and the plain table answered differently.
pub(crate) fn tickets(options: &Tickets) -> Result<()> {
    let Tickets { count, rounds, seed, json } = options;
    prove(&["tickets", "--count", count, "--rounds", rounds, "--seed", seed], json)
}

/// Starts, opens and searches the client with very many messages.
///
/// # Errors
/// When a message that is there was not found.
pub(crate) fn history(options: &History) -> Result<()> {
    let History { messages, questions, seed, json } = options;
    prove(&["history", "--messages", messages, "--questions", questions, "--seed", seed], json)
}

fn prove(args: &[&str], json: &Path) -> Result<()> {
    let mut command = cargo("run");
    command.args(["--release", "-p", "opora-proofs", "--bin", "opora-proof", "--"]).args(args);
    run(command.arg("--json").arg(std::path::absolute(json)?))
}
