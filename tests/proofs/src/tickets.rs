//! Lists of very many tickets in the real client: how soon they are there.
//!
//! A real desk runs in this process. Its owner and one customer join it through the client's core; then the desk
//! is stopped and the tickets are made by its own operations ([`fill`]), a year of them, and the owner's client
//! takes them in through its sync. What is measured is [`Core::call`](opora_client::Core::call) and the JSON of
//! its answer: what the interface waits for. The same questions go to a plain SQLite table of the same rows
//! ([`peer`]), with an index for each column: what one would build who wanted nothing but lists. Its answers have
//! to be the same, so it is also the proof that the client's are right.

mod asks;
mod fill;
mod groups;
mod office;
mod peer;

use std::{collections::BTreeMap, time::Instant};

use anyhow::{Context as _, Result};
use opora_ipc::ticket::{TicketView, TicketsPage};
use serde::Serialize;
use serde_json::{Value, json};

use self::{office::Person, peer::Peer};

/// Rows of one window of the interface.
const WINDOW: u32 = 100;
/// Rows of one answer at most.
const MOST: u32 = 500;
/// Changes that come in.
const CHANGES: usize = 15;

/// How it is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Tickets.
    pub count: usize,
    /// How often each question is asked.
    pub rounds: usize,
    /// The seed of what is in the tickets. Their numbers follow the order in which the desk comes to them.
    pub seed: u64,
}

/// Lengths of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Times {
    /// Half took less.
    pub p50: f64,
    /// One in twenty took more.
    pub p95: f64,
    /// One in a hundred took more.
    pub p99: f64,
    /// The slowest.
    pub most: f64,
}

/// The slowest question.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Worst {
    /// Which.
    pub what: String,
    /// Its slowest answer.
    pub ms: f64,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Tickets.
    pub count: usize,
    /// The seed.
    pub seed: u64,
    /// `debug` or `release`.
    pub build: &'static str,
    /// Logical cores.
    pub cores: usize,
    /// Until the desk had made the tickets.
    pub filled_s: f64,
    /// From the client's start until it had taken in all of them from the desk.
    pub synced_s: f64,
    /// From the client's start with a full cache to the answered first list, everything included.
    pub open_ms: f64,
    /// The first list of a client that has started.
    pub first_list_ms: f64,
    /// All questions.
    pub list_ms: Times,
    /// The columns of the board, all of them.
    pub board_ms: Times,
    /// From a customer's change until the owner's client has the new page: client, desk, client.
    pub change_ms: Times,
    /// As before, from when the owner's client was told of it.
    pub stale_ms: Times,
    /// The slowest question.
    pub worst: Worst,
    /// Each question.
    pub questions: BTreeMap<String, Times>,
    /// Megabytes that this process (desk and both clients) holds before the owner's client starts, and after.
    pub memory_mb: (u64, u64),
    /// The plain table.
    pub peer: PeerReport,
    /// Questions that the client and the table answered differently.
    pub wrong: Vec<String>,
}

/// The plain table's figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PeerReport {
    /// What it is.
    pub what: &'static str,
    /// The questions that it can be asked.
    pub list_ms: Times,
    /// The client's, of the same questions.
    pub opora_ms: Times,
    /// The client's 99th percentile divided by the table's.
    pub ratio_p99: f64,
}

/// Runs it.
///
/// # Errors
/// When something does not come to its end, which is no result.
pub async fn run(options: Options) -> Result<Report> {
    let mut office = office::Office::open().await?;
    let began = Instant::now();
    let firm = office.fill(&options).await?;
    let filled_s = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let galina = office.galina().await?;
    galina.until_there(options.count).await?;
    let synced_s = began.elapsed().as_secs_f64();
    galina.leave().await;

    let before = memory_mb()?;
    let began = Instant::now();
    let galina = office.galina().await?;
    let called = Instant::now();
    let page = galina.ask(&page_of(json!({}), WINDOW)).await?.0;
    let (open_ms, first_list_ms) = (ms(began), ms(called));
    anyhow::ensure!(page.total as usize >= options.count, "all tickets are in the first list");
    let after = memory_mb()?;
    galina.online().await?;

    let mut report = Report {
        count: options.count,
        seed: options.seed,
        build: if cfg!(debug_assertions) { "debug" } else { "release" },
        cores: std::thread::available_parallelism()?.get(),
        filled_s,
        synced_s,
        open_ms,
        first_list_ms,
        memory_mb: (before, after),
        ..Report::default()
    };
    lists(&galina, &firm, &options, &mut report).await?;
    // A list that is wrong may never show the change.
    if report.wrong.is_empty() {
        changes(&galina, &office, &mut report).await?;
    }
    galina.leave().await;
    office.close().await;
    Ok(report)
}

/// Every question in turns, so that a busy moment of the machine hurts all of them.
async fn lists(galina: &Person, firm: &fill::Filled, options: &Options, report: &mut Report) -> Result<()> {
    let mut rows = everything(galina).await?;
    let peer = Peer::of(&rows).await?;
    // As the list is without groups.
    rows.sort_by_key(|row| std::cmp::Reverse((row.updated, row.number)));
    let questions = asks::all(firm, options.count);
    let mut took: Vec<Vec<f64>> = vec![Vec::new(); questions.len()];
    let (mut of_peer, mut same, mut board) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..options.rounds {
        for (question, took) in questions.iter().zip(&mut took) {
            let (page, ms) = galina.ask(&question.ask).await?;
            took.push(ms);
            let group = question.ask["group"].as_str();
            if round == 0 && group.is_some_and(|group| !groups::is_right(group, &page, &rows)) {
                report.wrong.push(question.what.clone());
            }
            let Some(sql) = &question.sql else { continue };
            let (answer, peer_ms) = peer.ask(sql, &question.ask).await?;
            of_peer.push(peer_ms);
            same.push(ms);
            if round == 0 && answer != peer::Answer::from(&page) {
                report.wrong.push(question.what.clone());
            }
        }
        let began = Instant::now();
        for column in asks::board() {
            galina.ask(&column).await?;
        }
        board.push(ms(began));
    }
    let (list_ms, opora_ms) = (times(took.iter().flatten().copied()), times(same));
    let each = questions.iter().zip(&took).map(|(question, took)| (question.what.clone(), times(took.iter().copied())));
    report.questions = each.collect();
    let worst = report.questions.iter().max_by(|(_, a), (_, b)| a.most.total_cmp(&b.most));
    report.worst = worst.map(|(what, times)| Worst { what: what.clone(), ms: times.most }).unwrap_or_default();
    let peer_ms = times(of_peer);
    let ratio_p99 = opora_ms.p99 / peer_ms.p99;
    report.peer = PeerReport { what: peer::WHAT, list_ms: peer_ms, opora_ms, ratio_p99 };
    (report.list_ms, report.board_ms) = (list_ms, times(board));
    Ok(())
}

/// All rows, window after window.
async fn everything(galina: &Person) -> Result<Vec<TicketView>> {
    let mut rows = Vec::new();
    loop {
        let mut ask = page_of(json!({ "by": "number", "down": false }), MOST);
        ask["from"] = json!(rows.len());
        let page = galina.ask(&ask).await?.0;
        if page.rows.is_empty() {
            return Ok(rows);
        }
        rows.extend(page.rows);
    }
}

/// The customer writes in a ticket, again and again; the owner looks at the first page by what happened last.
async fn changes(galina: &Person, office: &office::Office, report: &mut Report) -> Result<()> {
    let anna = office.anna().await?;
    let ticket = anna.make_ticket().await?;
    let ask = page_of(json!({ "by": "updated", "down": true }), WINDOW);
    let is_there =
        |page: &TicketsPage, after| page.rows.first().is_some_and(|row| row.id == ticket && row.updated > after);
    let mut last = galina.until_page(&ask, |page| is_there(page, opora_domain::Timestamp(0))).await?.0.rows[0].updated;
    let (mut whole, mut stale) = (Vec::new(), Vec::new());
    for number in 0..CHANGES {
        let mut events = galina.core.events();
        let began = Instant::now();
        anna.write(ticket, &format!("Всё ещё не печатает, раз {number}")).await?;
        let (page, told) = galina.until_page_after(&mut events, &ask, |page| is_there(page, last)).await?;
        whole.push(ms(began));
        stale.push(told);
        last = page.rows.first().context("the ticket")?.updated;
    }
    (report.change_ms, report.stale_ms) = (times(whole), times(stale));
    anna.leave().await;
    Ok(())
}

fn page_of(sort: Value, count: u32) -> Value {
    let sort = if sort == json!({}) { json!({ "by": "updated", "down": true }) } else { sort };
    json!({ "filter": {}, "sort": sort, "group": null, "from": 0, "count": count })
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// Nearest ranks.
fn times(took: impl IntoIterator<Item = f64>) -> Times {
    let mut took: Vec<f64> = took.into_iter().collect();
    took.sort_by(f64::total_cmp);
    let at = |percent: usize| took.get((took.len() * percent).div_ceil(100).saturating_sub(1)).copied().unwrap_or(0.0);
    Times { p50: at(50), p95: at(95), p99: at(99), most: at(100) }
}

/// What this process holds.
fn memory_mb() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("read the memory in use")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    let kb: u64 = line.trim().trim_end_matches("kB").trim().parse().context("a number")?;
    Ok(kb / 1024)
}
