//! `opora-proof race`, `week`, `tickets` and `history`; `cargo xtask` builds and runs it.
#![allow(clippy::print_stdout, reason = "it talks to the developer at a terminal")]

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use opora_proofs::{history, race, tickets, week};
use serde_json::json;

#[derive(Debug, Parser)]
struct Program {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Claimers race for requests; a tenth of them die in the middle.
    Race(Race),
    /// Working weeks on our own clock.
    Week(Week),
    /// Lists of very many tickets in the real client.
    Tickets(Tickets),
    /// A long history in the real client.
    History(History),
    /// The client of the long history: a process that is nothing else.
    #[command(hide = true)]
    HistoryClient(HistoryClient),
}

#[derive(Debug, Args)]
struct Race {
    /// Requests to be claimed.
    #[arg(long, default_value_t = 50_000)]
    claims: usize,
    /// How many claim at once.
    #[arg(long, default_value_t = 100)]
    claimers: usize,
    /// Claims a second in the open loop.
    #[arg(long, default_value_t = 200)]
    rate: u32,
    /// Claims of the open loop.
    #[arg(long, default_value_t = 4_000)]
    open_claims: usize,
    /// The seed.
    #[arg(long, default_value_t = 20_261_127)]
    seed: u64,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

#[derive(Debug, Args)]
struct Week {
    /// How many weeks.
    #[arg(long, default_value_t = 50)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Breaks something on purpose: capacity, order, orphan, starve. The program has to notice.
    #[arg(long = "break")]
    broken: Option<week::Break>,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

#[derive(Debug, Args)]
struct Tickets {
    /// How many.
    #[arg(long, default_value_t = 50_000)]
    count: usize,
    /// How often each question is asked.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The seed.
    #[arg(long, default_value_t = 20_261_128)]
    seed: u64,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

#[derive(Debug, Args)]
struct History {
    /// How many messages.
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// Questions to the search.
    #[arg(long, default_value_t = 400)]
    questions: usize,
    /// The seed.
    #[arg(long, default_value_t = 20_261_128)]
    seed: u64,
    /// Where the figures go.
    #[arg(long)]
    json: PathBuf,
}

#[derive(Debug, Args)]
struct HistoryClient {
    /// The profile.
    #[arg(long)]
    profile: PathBuf,
    /// What it is asked; nothing but to start.
    #[arg(long)]
    asks: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (json, kept, report) = match Program::parse().what {
        What::Race(args) => {
            let Race { claims, claimers, rate, open_claims, seed, json } = args;
            let options = race::Options { claims, claimers, rate, open_claims, seed };
            let report = runtime.block_on(race::run(options))?;
            let kept = (report.doubled, report.lost, report.over_capacity) == (0, 0, 0);
            (json, kept, serde_json::to_value(report)?)
        }
        What::Week(args) => {
            let report = runtime.block_on(weeks(&args))?;
            (args.json, report["first"].is_null(), report)
        }
        What::Tickets(Tickets { count, rounds, seed, json }) => {
            let report = runtime.block_on(tickets::run(tickets::Options { count, rounds, seed }))?;
            (json, report.wrong.is_empty(), serde_json::to_value(report)?)
        }
        What::History(History { messages, questions, seed, json }) => {
            let program = std::env::current_exe()?;
            let report = runtime.block_on(history::run(history::Options { messages, questions, seed, program }))?;
            (json, report.missed.is_empty(), serde_json::to_value(report)?)
        }
        What::HistoryClient(HistoryClient { profile, asks }) => {
            runtime.block_on(history::client::run(&profile, asks.as_deref(), |line| println!("{line}")))?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let text = serde_json::to_string_pretty(&report)?;
    std::fs::write(&json, &text).with_context(|| format!("write {}", json.display()))?;
    println!("{text}");
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// As many at once as there are processors; each has a desk of its own.
async fn weeks(args: &Week) -> Result<serde_json::Value> {
    let (began, at_once) = (Instant::now(), std::thread::available_parallelism()?.get());
    let mut running = tokio::task::JoinSet::new();
    let mut reports: Vec<week::Report> = Vec::new();
    for seed in args.from..args.from + args.seeds {
        if running.len() >= at_once
            && let Some(ended) = running.join_next().await
        {
            reports.push(ended??);
        }
        running.spawn(week::run(week::Options { broken: args.broken, ..week::Options::usual(seed) }));
    }
    while let Some(ended) = running.join_next().await {
        reports.push(ended??);
    }
    reports.sort_by_key(|report| report.seed);
    for report in &reports {
        println!(
            "seed {:>4}: {:>3} requests, {:>3} served, {:>4} steps, longest wait {:>3} min, {:.1} s{}",
            report.seed,
            report.requests,
            report.served,
            report.steps,
            report.longest_wait_min,
            report.seconds,
            report.first.as_ref().map(|first| format!(": {first}")).unwrap_or_default()
        );
    }
    let sum = |pick: fn(&week::Report) -> usize| reports.iter().map(pick).sum::<usize>();
    Ok(json!({
        "seeds": reports.iter().map(|report| report.seed).collect::<Vec<_>>(),
        "starved": sum(|report| report.starved),
        "over_capacity": sum(|report| report.over_capacity),
        "orphaned": sum(|report| report.orphaned),
        "out_of_order": sum(|report| report.out_of_order),
        "offered_closed": sum(|report| report.offered_closed),
        "uncovered": sum(|report| report.uncovered),
        "refused": sum(|report| report.refused),
        "requests": sum(|report| report.requests),
        "served": sum(|report| report.served),
        "offers": sum(|report| report.offers),
        "holds": sum(|report| report.holds),
        "crashes": sum(|report| report.crashes),
        "steps": sum(|report| report.steps),
        "longest_wait_min": reports.iter().map(|report| report.longest_wait_min).max(),
        "seconds": began.elapsed().as_secs_f64(),
        "first": reports.iter().find_map(|report| report.first.clone()),
    }))
}
