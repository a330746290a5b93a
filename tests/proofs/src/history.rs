//! A long history in the real client: how soon it is there, opened and searched.
//!
//! The client's own cache file is filled with a support desk's years through the history crate: no desk would send a
//! million messages in a time that anybody waits for, and what comes in through sync is stored by the same function.
//! Account and keys are real: the owner's client joins a real desk once. Then this program runs itself as the client
//! and nothing else ([`client`]), off line, so that memory and start are those of a client. What is measured is
//! [`Core::call`](opora_client::Core::call) and the JSON of its answers, from the start of the process.
//!
//! The same messages are put into plain SQLite FTS5 with trigrams ([`peer`]): what one would build who wanted nothing
//! but to find them. It is asked the same questions in the same run.

mod asks;
pub mod client;
mod fill;
mod peer;
mod words;

use std::{path::PathBuf, process::Stdio, time::Instant};

use anyhow::{Context as _, Result, anyhow};
use opora_client::{Core, CoreOptions};
use opora_desk_server::{Server, ServerOptions};
use opora_ipc::app::{AppView, KeyStore, LinkView};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};

use self::{asks::Asks, client::Told, peer::Peer};

/// How it is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Messages; a tenth of them are in one conversation.
    pub messages: usize,
    /// Questions to the search.
    pub questions: usize,
    /// The seed of what is in them.
    pub seed: u64,
    /// `opora-proof`.
    pub program: PathBuf,
}

/// Lengths of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Times {
    /// Half took less.
    pub p50: f64,
    /// One in a hundred took more.
    pub p99: f64,
    /// The slowest.
    pub most: f64,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// `debug` or `release`.
    pub build: &'static str,
    /// Logical cores.
    pub cores: usize,
    /// Messages.
    pub messages: usize,
    /// Conversations.
    pub conversations: usize,
    /// Messages in the largest.
    pub largest: usize,
    /// Until the cache was filled.
    pub filled_s: f64,
    /// Megabytes of the cache's file.
    pub cache_mb: u64,
    /// From the program's start to the list of conversations, when nothing was made of the log before.
    pub first_start_ms: f64,
    /// From the program's start to the list of conversations; the median of some starts.
    pub start_ms: f64,
    /// Opening conversations.
    pub open_p50_ms: f64,
    /// As before, one in a hundred took more.
    pub open_p99_ms: f64,
    /// Opening the largest.
    pub open_largest_ms: f64,
    /// A page above what is shown, in the largest.
    pub older: Times,
    /// Finding, as it is typed.
    pub search_p50_ms: f64,
    /// As before, one in a hundred took more.
    pub search_p99_ms: f64,
    /// The slowest question.
    pub search_worst: (String, f64),
    /// Megabytes that the client holds after its list is there, and in the end.
    pub memory_mb: (u64, u64),
    /// The most that it ever held.
    pub memory_most_mb: u64,
    /// The same in the start that read the whole log.
    pub first_memory_most_mb: u64,
    /// The plain index.
    pub peer: PeerReport,
    /// What was written once and not found.
    pub missed: Vec<String>,
}

/// The plain index's figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PeerReport {
    /// What it is.
    pub what: &'static str,
    /// Megabytes of its file.
    pub file_mb: u64,
    /// Questions that it can be asked: three letters at least.
    pub questions: usize,
    /// Finding.
    pub search: Times,
    /// The client's, of the same questions.
    pub opora: Times,
}

/// Starts of a client whose world is kept.
const STARTS: usize = 5;

/// Runs it.
///
/// # Errors
/// When something does not come to its end, which is no result.
pub async fn run(options: Options) -> Result<Report> {
    let profile = joined().await?;
    let began = Instant::now();
    let filled = fill::fill(profile.path(), &options).await?;
    let filled_s = began.elapsed().as_secs_f64();
    let asks = Asks::of(&filled, &options);
    let file = profile.path().join("asks.json");
    std::fs::write(&file, serde_json::to_vec(&asks)?)?;

    let (first_start_ms, first) = started(&options, &profile, None).await?;
    let mut starts = Vec::new();
    for _ in 1..STARTS {
        starts.push(started(&options, &profile, None).await?.0);
    }
    let (start_ms, told) = started(&options, &profile, Some(&file)).await?;
    starts.push(start_ms);
    starts.sort_by(f64::total_cmp);

    let peer = Peer::of(profile.path(), &options).await?;
    let (of_peer, same) = peer.ask(&asks.questions, &told.search_ms).await?;
    let (open, search) = (times(&told.open_ms), times(&told.search_ms));
    let worst = asks.questions.iter().zip(&told.search_ms).max_by(|(_, a), (_, b)| a.total_cmp(b));
    Ok(Report {
        seed: options.seed,
        build: if cfg!(debug_assertions) { "debug" } else { "release" },
        cores: std::thread::available_parallelism()?.get(),
        messages: options.messages,
        conversations: filled.talks.len(),
        largest: filled.largest,
        filled_s,
        cache_mb: size_mb(&profile.path().join("cache.db"))?,
        first_start_ms,
        start_ms: starts.get(STARTS / 2).copied().unwrap_or_default(),
        open_p50_ms: open.p50,
        open_p99_ms: open.p99,
        open_largest_ms: told.open_largest_ms,
        older: times(&told.older_ms),
        search_p50_ms: search.p50,
        search_p99_ms: search.p99,
        search_worst: worst.map(|(text, ms)| (text.clone(), *ms)).unwrap_or_default(),
        memory_mb: told.memory_mb,
        memory_most_mb: told.memory_most_mb,
        first_memory_most_mb: first.memory_most_mb,
        peer: PeerReport {
            what: peer::WHAT,
            file_mb: size_mb(&profile.path().join(peer::FILE))?,
            questions: of_peer.len(),
            search: times(&of_peer),
            opora: times(&same),
        },
        missed: told.missed,
    })
}

/// A profile whose owner has joined a desk, which is gone then.
async fn joined() -> Result<TempDir> {
    let (data, profile) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = Server::start(ServerOptions::new(data.path(), "127.0.0.1:0".parse()?)).await?;
    let link = desk.owner_invite.clone().context("a new desk has an owner's invite")?;
    let core = start(profile.path().to_path_buf()).await?;
    let mut events = core.events();
    let args = json!({ "link": link, "name": "Галина Орлова", "firm": "Север-Софт" });
    core.call("main", "join", args).await.map_err(|error| anyhow!("{error}"))?;
    loop {
        let app = core.call("main", "app", json!({})).await.map_err(|error| anyhow!("{error}"))?;
        if matches!(serde_json::from_value::<AppView>(app)?.link, LinkView::Online) {
            break;
        }
        events.recv().await?;
    }
    core.shutdown().await;
    desk.shutdown().await;
    Ok(profile)
}

async fn start(profile: PathBuf) -> Result<std::sync::Arc<Core>> {
    let options = CoreOptions {
        key_store: KeyStore::File,
        display: None,
        loopback: true,
        opener: false,
        ..CoreOptions::new(profile)
    };
    Core::start(options).await.map_err(|error| anyhow!("{error}"))
}

/// Runs the client; until it said that its list is there, and what it told in the end.
async fn started(options: &Options, profile: &TempDir, asks: Option<&PathBuf>) -> Result<(f64, Told)> {
    let began = Instant::now();
    let mut command = tokio::process::Command::new(&options.program);
    command.arg("history-client").arg("--profile").arg(profile.path());
    if let Some(asks) = asks {
        command.arg("--asks").arg(asks);
    }
    let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut out = BufReader::new(child.stdout.take().context("its output")?);
    let mut line = String::new();
    out.read_line(&mut line).await?;
    let took = ms(began);
    anyhow::ensure!(line.trim() == client::READY, "the client did not start: {line}");
    let mut told = String::new();
    out.read_to_string(&mut told).await?;
    anyhow::ensure!(child.wait().await?.success(), "the client ended badly");
    Ok((took, serde_json::from_str(&told)?))
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

fn size_mb(path: &std::path::Path) -> Result<u64> {
    Ok(std::fs::metadata(path)?.len() >> 20)
}

fn times(took: &[f64]) -> Times {
    let mut took = took.to_vec();
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1))).copied();
    let at = |share| at(share).unwrap_or_default();
    Times { p50: at(50), p99: at(99), most: at(100) }
}
