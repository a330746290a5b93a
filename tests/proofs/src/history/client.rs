//! The client of the measurement: a process that is nothing else.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result, anyhow};
use opora_client::Core;
use opora_domain::ConversationId;
use opora_ipc::{
    conversation::{ConversationRow, ConversationView, EntryView},
    search::{HitKind, SearchView},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{asks::Asks, ms};

/// What it says when its list is there.
pub const READY: &str = "ready";
/// Pages above what is shown.
const PAGES: usize = 50;

/// What it tells in the end.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) open_ms: Vec<f64>,
    pub(super) open_largest_ms: f64,
    pub(super) older_ms: Vec<f64>,
    pub(super) search_ms: Vec<f64>,
    pub(super) memory_mb: (u64, u64),
    pub(super) memory_most_mb: u64,
    pub(super) missed: Vec<String>,
}

/// Runs it: says [`READY`], then what it measured, as JSON.
///
/// # Errors
/// When the client cannot start or refuses something.
pub async fn run(profile: &Path, asks: Option<&Path>, mut say: impl FnMut(&str)) -> Result<()> {
    let core = super::start(profile.to_path_buf()).await?;
    call::<Value>(&core, "app", json!({})).await?;
    let rows = call::<Vec<ConversationRow>>(&core, "conversations", json!({})).await?.0;
    say(READY);
    let mut told = Told { memory_mb: (memory_mb("VmRSS")?, 0), ..Told::default() };
    if let Some(asks) = asks {
        let asks: Asks = serde_json::from_slice(&std::fs::read(asks)?)?;
        anyhow::ensure!(rows.len() == asks.conversations, "{} rows are in the list", rows.len());
        opened(&core, &asks, &mut told).await?;
        searched(&core, &asks, &mut told).await?;
    }
    core.shutdown().await;
    told.memory_mb.1 = memory_mb("VmRSS")?;
    told.memory_most_mb = memory_mb("VmHWM")?;
    say(&serde_json::to_string(&told)?);
    Ok(())
}

async fn opened(core: &std::sync::Arc<Core>, asks: &Asks, told: &mut Told) -> Result<()> {
    for id in &asks.opened {
        told.open_ms.push(open(core, *id).await?.1);
    }
    let (view, took) = open(core, asks.largest).await?;
    told.open_largest_ms = took;
    let mut before = view.entries.first().context("entries")?.order;
    for _ in 0..PAGES {
        let (page, took) =
            call::<Vec<EntryView>>(core, "older", json!({ "conversation": asks.largest, "before": before })).await?;
        let Some(first) = page.first() else { break };
        before = first.order;
        told.older_ms.push(took);
    }
    Ok(())
}

async fn open(core: &std::sync::Arc<Core>, id: ConversationId) -> Result<(ConversationView, f64)> {
    let (view, took) = call::<ConversationView>(core, "open_conversation", json!({ "conversation": id })).await?;
    anyhow::ensure!(!view.entries.is_empty(), "a conversation is empty");
    Ok((view, took))
}

async fn searched(core: &std::sync::Arc<Core>, asks: &Asks, told: &mut Told) -> Result<()> {
    for question in &asks.questions {
        told.search_ms.push(call::<SearchView>(core, "search", json!({ "words": question })).await?.1);
    }
    for code in &asks.codes {
        let found = call::<SearchView>(core, "search", json!({ "words": code })).await?.0;
        let is_it =
            |hit: &opora_ipc::search::Hit| matches!(hit.what, HitKind::Message { .. }) && hit.note.contains(code);
        if !found.hits.iter().any(is_it) {
            told.missed.push(code.clone());
        }
    }
    Ok(())
}

/// A command's answer, and how long it took until its JSON was there.
async fn call<T: DeserializeOwned>(core: &std::sync::Arc<Core>, name: &str, args: Value) -> Result<(T, f64)> {
    let began = Instant::now();
    let answer = core.call("main", name, args).await.map_err(|error| anyhow!("{name}: {error}"))?;
    let text = serde_json::to_string(&answer)?;
    let took = ms(began);
    Ok((serde_json::from_str(&text)?, took))
}

/// Megabytes by a line of the kernel's account of this process.
fn memory_mb(name: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).context("the kernel says it")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib >> 10)
}
