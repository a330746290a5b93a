//! Claimers race for requests, and a tenth of them die in the middle.
//!
//! *Closed loop*: everybody claims, closes and claims again as fast as the desk answers, from the few
//! oldest requests, so that most of them are wanted by several at once; some are offered meanwhile.
//! Who dies is cut off at a random moment of an operation, comes back and sends it again. *Saturation*:
//! nothing but claims, then nothing but closes. *Open loop*: claims come at their times, whether the earlier
//! ones are answered or not; the time of each is counted from when it should have begun. Both run on the desk
//! that the closed loop has left: what grows with the history shows.
//!
//! At the end the desk's own log is read: who was told "yes", who has it, what was never served.

mod closed;
mod open;

use std::sync::Arc;

use anyhow::Result;
use opora_desk::{
    Actor,
    store::{Store, Tx, routing::RoutingTx},
};
use opora_domain::{LineId, role::Role};
use opora_runtime::{Clock, Rng};
use serde::Serialize;

use crate::firm::Firm;

/// Conversations that nobody reaches: in the loops that only measure, a place is never the limit.
const NO_LIMIT: u32 = 1_000_000;

/// How the race is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Requests to be claimed in the closed loop.
    pub claims: usize,
    /// How many claim at once.
    pub claimers: usize,
    /// Claims a second in the open loop.
    pub rate: u32,
    /// Claims of the open loop.
    pub open_claims: usize,
    /// The seed of who wants what and who dies when.
    pub seed: u64,
}

/// What came of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Requests claimed in the closed loop.
    pub claims: usize,
    /// Claimers.
    pub claimers: usize,
    /// Operations that were cut off in the middle and sent again.
    pub killed: usize,
    /// Claims that somebody else was faster with.
    pub contended: usize,
    /// Requests that two were told to have, or that the log gives to two.
    pub doubled: usize,
    /// Requests that somebody was told to have and does not have, or that nobody got.
    pub lost: usize,
    /// Times somebody held more than the capacity.
    pub over_capacity: usize,
    /// Claims a second in the closed loop, each with asking and closing.
    pub closed_per_s: f64,
    /// Claims a second when there is nothing else.
    pub saturation_per_s: f64,
    /// As before, each with its close. Below the open loop's rate its times would be those of a queue.
    pub rounds_per_s: f64,
    /// The open loop.
    pub open: Open,
    /// As in `open`: the figure that is promised.
    pub p99_ms: f64,
    /// Kilobytes of the desk's file after the closed loop.
    pub file_kb: u64,
}

/// Times of the open loop.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Open {
    /// Asked for.
    pub rate_per_s: u32,
    /// Answered.
    pub claims: usize,
    /// Half took less.
    pub p50_ms: f64,
    /// One in twenty took more.
    pub p95_ms: f64,
    /// One in a hundred took more.
    pub p99_ms: f64,
    /// The slowest.
    pub most_ms: f64,
}

/// People at the start.
pub(crate) struct Start {
    pub(crate) firm: Firm,
    pub(crate) line: LineId,
    pub(crate) customers: Vec<Actor>,
    pub(crate) claimers: Vec<Actor>,
}

impl Start {
    async fn line_up(options: &Options) -> Result<Self> {
        let firm = Firm::open(Clock::fake(), Rng::seeded(options.seed)).await?;
        let line = firm.line("Первая линия").await?;
        let (mut customers, mut claimers) = (Vec::new(), Vec::new());
        for number in 0..8 {
            customers.push(firm.hire(&format!("Клиент {number}"), Role::Customer, &[], 0).await?);
        }
        for number in 0..options.claimers {
            claimers
                .push(firm.hire(&format!("Специалист {number}"), Role::Specialist, &[line], closed::CAPACITY).await?);
        }
        Ok(Self { firm, line, customers, claimers })
    }

    /// From here on a place is never the limit.
    async fn lift_limits(&self) -> Result<()> {
        let desk = &self.firm.desk;
        let mut tx = desk.store().begin().await?;
        for claimer in &self.claimers {
            tx.set_capacity(claimer.person.id, NO_LIMIT).await?;
        }
        tx.commit(desk.clock().now()).await?;
        Ok(())
    }
}

/// Runs all three loops.
///
/// # Errors
/// When the desk fails, which is no result.
pub async fn run(options: Options) -> Result<Report> {
    let mut report = Report { seed: options.seed, claimers: options.claimers, ..Report::default() };
    let start = Arc::new(Start::line_up(&options).await?);
    closed::run(Arc::clone(&start), &options, &mut report).await?;
    start.lift_limits().await?;
    open::run(start, &options, &mut report).await?;
    report.p99_ms = report.open.p99_ms;
    Ok(report)
}
