//! Opora and TigerVNC at the same work, in turns.

use std::{collections::BTreeMap, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};
use opora_testkit::{Machine, Size, Stage};
use serde::Serialize;

use super::{Figures, Gathered, Peer, opora::Opora, vnc::TigerVnc, workload};
use crate::{SOON, programs::built};

/// Each peer has so many turns.
const ROUNDS: usize = 3;
/// Clicks in a turn.
const CLICKS: usize = 20;
/// Length of the idle part of a turn.
const IDLE: Duration = Duration::from_secs(10);
/// Typed in each turn: ten seconds' worth.
const TEXT: &str = "Schet 118 ot 23 noyabrya: sklad Osnovnoy, summa 12 400,00 rub. Provesti i pechatat\n";

/// What the run found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Width and height of both displays.
    pub screen: (u32, u32),
    /// Logical cores of the machine.
    pub cores: usize,
    /// `debug` or `release`.
    pub build: &'static str,
    /// Rounds that each peer had.
    pub rounds: usize,
    /// Figures by peer.
    pub peers: BTreeMap<&'static str, Figures>,
    /// Opora's figure divided by TigerVNC's.
    pub ratio: BTreeMap<&'static str, f64>,
}

/// Runs everything. Pictures of Opora's way to the session go to `pictures`.
///
/// One peer at a time is there at all: what the other one says to itself would count as this one's bytes.
///
/// # Errors
/// When a peer does not start or its viewer is lost.
pub fn run(pictures: &Path) -> Result<Report> {
    let (mut of_opora, mut of_vnc) = (Gathered::default(), Gathered::default());
    for _ in 0..ROUNDS {
        turn_of_vnc(&mut of_vnc)?;
        let opora = Opora::start(Stage::open("bench-opora")?, pictures)?;
        turn(&opora, opora.customer(), opora.helper(), &mut of_opora)?;
    }
    let (of_opora, of_vnc) = (of_opora.figures(), of_vnc.figures());
    let ratio = ratios(&of_opora, &of_vnc);
    let cores = std::thread::available_parallelism().context("count the cores")?.get();
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let peers = BTreeMap::from([("opora", of_opora), ("tigervnc", of_vnc)]);
    Ok(Report { screen: (1920, 1080), cores, build, rounds: ROUNDS, peers, ratio })
}

fn turn_of_vnc(gathered: &mut Gathered) -> Result<()> {
    let stage = Stage::open("bench-vnc")?;
    let (customer, helper) =
        (stage.machine_with("customer", Size::default())?, stage.machine_with("helper", Size::default())?);
    let typed = customer.home().join("typed.txt");
    let _painter = customer.start_program("painter", Command::new(built("opora-painter")?).arg(&typed))?;
    let vnc = TigerVnc::start(&stage, &customer, &helper)?;
    // The viewer shows the painter once it is connected; before that there is nothing to measure.
    let shown = || Ok((helper.display().colour_at(400, 330)? == customer.display().colour_at(400, 330)?).then_some(()));
    stage.until("the VNC viewer shows the painter", SOON, shown)?;
    turn(&vnc, &customer, &helper, gathered)
}

fn turn(peer: &dyn Peer, customer: &Machine, helper: &Machine, gathered: &mut Gathered) -> Result<()> {
    let what = || format!("a turn of {}", peer.name());
    let latencies = workload::clicks(peer, helper, CLICKS).with_context(what)?;
    let idle = workload::idle(peer, IDLE).with_context(what)?;
    let typing = workload::typing(peer, helper, TEXT).with_context(what)?;
    let likeness = workload::likeness(peer, customer, helper).with_context(what)?;
    gathered.add(latencies, &idle, &typing, likeness);
    Ok(())
}

fn ratios(ours: &Figures, theirs: &Figures) -> BTreeMap<&'static str, f64> {
    BTreeMap::from([
        ("click_p50", ours.click.p50_ms / theirs.click.p50_ms),
        ("click_p95", ours.click.p95_ms / theirs.click.p95_ms),
        ("typing_bytes", ours.typing.bytes as f64 / theirs.typing.bytes as f64),
        ("typing_cpu_share", ours.typing.cpu_share_s / theirs.typing.cpu_share_s),
        ("typing_cpu_view", ours.typing.cpu_view_s / theirs.typing.cpu_view_s),
    ])
}
