//! CPU seconds of process trees and bytes of the loopback interface, as the kernel counts them.

use std::{collections::BTreeMap, fs, time::Instant};

use anyhow::{Context, Result};

use super::{Cost, Peer};

/// Clock ticks a second in `/proc` (`USER_HZ`, 100 on Linux).
const TICKS: f64 = 100.0;

/// Counters at one moment.
#[derive(Clone, Copy, Debug)]
struct Reading {
    at: Instant,
    bytes: u64,
    share: f64,
    view: f64,
}

/// What a piece of work costs `peer`.
///
/// # Errors
/// When the kernel's files cannot be read, or the work fails.
pub fn measure<T>(peer: &dyn Peer, work: impl FnOnce() -> Result<T>) -> Result<(Cost, T)> {
    let before = read(peer)?;
    let result = work()?;
    let after = read(peer)?;
    let cost = Cost {
        seconds: (after.at - before.at).as_secs_f64(),
        bytes: after.bytes - before.bytes,
        cpu_share_s: after.share - before.share,
        cpu_view_s: after.view - before.view,
    };
    Ok((cost, result))
}

fn read(peer: &dyn Peer) -> Result<Reading> {
    let processes = processes()?;
    let cpu = |roots: Vec<u32>| -> f64 { roots.into_iter().map(|root| tree(&processes, root)).sum() };
    Ok(Reading { at: Instant::now(), bytes: loopback()?, share: cpu(peer.sharing()), view: cpu(peer.viewing()) })
}

/// Bytes sent over loopback since the machine started.
fn loopback() -> Result<u64> {
    let text = fs::read_to_string("/sys/class/net/lo/statistics/tx_bytes").context("read the loopback's counters")?;
    text.trim().parse().context("the loopback's counter is a number")
}

/// Parent and CPU seconds (own, and of children that ended) of every process.
fn processes() -> Result<BTreeMap<u32, (u32, f64)>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir("/proc").context("list processes")? {
        let name = entry.context("list processes")?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end between the listing and the reading.
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        let Some((_, rest)) = stat.rsplit_once(") ") else { continue };
        let fields: Vec<&str> = rest.split(' ').collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        let ticks: f64 = (11..=14).map(number).sum();
        all.insert(pid, (number(1) as u32, ticks / TICKS));
    }
    Ok(all)
}

fn tree(processes: &BTreeMap<u32, (u32, f64)>, root: u32) -> f64 {
    let own = processes.get(&root).map_or(0.0, |(_, cpu)| *cpu);
    let children = processes.iter().filter(|(_, (parent, _))| *parent == root).map(|(pid, _)| *pid);
    own + children.map(|child| tree(processes, child)).sum::<f64>()
}
