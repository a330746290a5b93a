//! May this organisation be helped on this line, in this way, now?
//!
//! Asked when a person asks, and never in between. Whatever the answer: history stays readable, a
//! remote session that runs may be finished, a rating given, and one request for renewal sent.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Channel, Contract, Standing,
    allowance::{Left, Used},
};
use crate::{ContractId, LineId, Timestamp};

/// A contract of the organisation, and what was used of it.
pub type Held = (Contract, Used);

/// Why help is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// By which contract; none when clients without one are served.
    pub contract: Option<ContractId>,
    /// Its end has passed, or its money has not come.
    pub grace: bool,
    /// "Work has stopped" goes first.
    pub urgent: bool,
    /// What is left of the allowance.
    pub left: Option<Left>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "NotEntitledWhy")]
pub enum Why {
    /// There is no contract, and without one this desk does not serve.
    NoContract,
    /// It begins then.
    Ahead {
        /// First instant.
        from: Timestamp,
    },
    /// It is over since then.
    Over {
        /// First instant after it.
        since: Timestamp,
    },
    /// It is not paid for.
    Unpaid,
    /// The allowance is used up.
    Spent,
    /// This line is not in it.
    Line,
    /// This way is not in it.
    Channel,
}

/// A "no", and what would be allowed instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "NotEntitled")]
pub struct No {
    /// Why.
    pub why: Why,
    /// Lines that could be asked in this way now.
    #[serde(default)]
    pub lines: Vec<LineId>,
    /// Ways that are open on this line now.
    #[serde(default)]
    pub channels: BTreeSet<Channel>,
}

/// Judges at `now`. `serve_without`: the owner's choice for organisations that have no contract at all.
///
/// # Errors
/// The reason that is nearest to a yes, with what is allowed instead.
pub fn entitled(
    held: &[Held],
    serve_without: bool,
    line: LineId,
    channel: Channel,
    now: Timestamp,
) -> Result<Basis, No> {
    if held.is_empty() {
        let none = No { why: Why::NoContract, lines: Vec::new(), channels: BTreeSet::new() };
        return if serve_without { Ok(without()) } else { Err(none) };
    }
    let judged = held.iter().map(|one| (one, judge(one, line, channel, now)));
    let (yes, no): (Vec<_>, Vec<_>) = judged.partition(|(_, answer)| answer.is_ok());
    // What is not on grace first, then the higher level, then what lasts longer.
    let best = yes.into_iter().filter_map(|(held, answer)| Some((held, answer.ok()?))).min_by_key(|(held, basis)| {
        let ends = held.0.ends().unwrap_or(Timestamp(i64::MAX));
        (basis.grace, std::cmp::Reverse((held.0.level.rank, ends)), held.0.id)
    });
    if let Some((_, basis)) = best {
        return Ok(basis);
    }
    let why = nearest(no.into_iter().filter_map(|(_, answer)| answer.err()));
    Err(No { why, lines: lines(held, channel, now), channels: channels(held, line, now) })
}

/// Whether a talk that was begun rightly may go on: by the dates alone, whatever was used since.
///
/// # Errors
/// Why not.
pub fn in_term(held: &[Held], serve_without: bool, now: Timestamp) -> Result<(), No> {
    let no = |why| No { why, lines: Vec::new(), channels: BTreeSet::new() };
    if held.is_empty() {
        return if serve_without { Ok(()) } else { Err(no(Why::NoContract)) };
    }
    let answers: Vec<Result<bool, Why>> = held.iter().map(|(contract, _)| by_dates(contract, now)).collect();
    if answers.iter().any(Result::is_ok) {
        return Ok(());
    }
    Err(no(nearest(answers.into_iter().filter_map(Result::err))))
}

/// The reason that is nearest to a yes: what begins first, what ended last, and above that as listed.
fn nearest(all: impl Iterator<Item = Why>) -> Why {
    let key = |why: &Why| match *why {
        Why::NoContract => (0, 0),
        Why::Ahead { from } => (1, from.0.saturating_neg()),
        Why::Over { since } => (2, since.0),
        Why::Unpaid => (3, 0),
        Why::Spent => (4, 0),
        Why::Line => (5, 0),
        Why::Channel => (6, 0),
    };
    all.max_by_key(key).unwrap_or(Why::NoContract)
}

fn without() -> Basis {
    Basis { contract: None, grace: false, urgent: true, left: None }
}

/// Whether it is on grace, or why not at all.
fn by_dates(contract: &Contract, now: Timestamp) -> Result<bool, Why> {
    match contract.standing(now) {
        Standing::Valid(_) => Ok(false),
        Standing::Grace(_) => Ok(true),
        Standing::Ahead(from) => Err(Why::Ahead { from }),
        Standing::Over(since) => Err(Why::Over { since }),
        Standing::Unpaid => Err(Why::Unpaid),
    }
}

fn judge((contract, used): &Held, line: LineId, channel: Channel, now: Timestamp) -> Result<Basis, Why> {
    let grace = by_dates(contract, now)?;
    let left = contract.left(*used, now);
    if left.is_some_and(Left::is_spent) {
        return Err(Why::Spent);
    }
    let entitlement = contract.entitlements.iter().find(|one| one.line == line).ok_or(Why::Line)?;
    if !entitlement.channels.contains(&channel) {
        return Err(Why::Channel);
    }
    Ok(Basis { contract: Some(contract.id), grace, urgent: entitlement.urgent, left })
}

/// Contracts that are in force and have something left.
fn open(held: &[Held], now: Timestamp) -> impl Iterator<Item = &Contract> {
    let good = move |(contract, used): &&Held| {
        by_dates(contract, now).is_ok() && !contract.left(*used, now).is_some_and(Left::is_spent)
    };
    held.iter().filter(good).map(|(contract, _)| contract)
}

fn lines(held: &[Held], channel: Channel, now: Timestamp) -> Vec<LineId> {
    let all = open(held, now).flat_map(|contract| &contract.entitlements);
    let lines: BTreeSet<LineId> = all.filter(|one| one.channels.contains(&channel)).map(|one| one.line).collect();
    lines.into_iter().collect()
}

fn channels(held: &[Held], line: LineId, now: Timestamp) -> BTreeSet<Channel> {
    let all = open(held, now).flat_map(|contract| &contract.entitlements);
    all.filter(|one| one.line == line).flat_map(|one| one.channels.iter().copied()).collect()
}
