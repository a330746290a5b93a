//! What a client organisation has paid for: which lines, by which channels, from when until when.
//!
//! Nothing here runs out by a job: whoever asks is judged at that moment from the dates
//! ([`entitlement`]), the allowance is counted from what was noted ([`allowance`]), and reminders
//! fall due by the calendar ([`notice`]). Dates are those of the contract's zone; the last day is
//! inside.

pub mod allowance;
pub mod entitlement;
pub mod notice;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ContractId, LineId, OrganisationId, Timestamp,
    calendar::{Day, Zone},
};
use allowance::Used;

/// The longest number and name of a level, in characters.
const MOST_LABEL: usize = 100;
/// Lines in one contract at most; a desk has far fewer.
const MOST_ENTITLEMENTS: usize = 100;
/// The longest grace, in days: after a quarter nobody waits for a payment any more.
const MOST_GRACE: u16 = 92;
/// The longest rounding step: a working day.
const MOST_STEP: u16 = 8 * 60;
/// The largest allowance of hours, in minutes: ten people for a year.
const MOST_MINUTES: u32 = 10 * 2_000 * 60;
/// The largest allowance of requests.
const MOST_REQUESTS: u32 = 100_000;
/// Days before the end from which the light is amber: when the first reminder goes out.
const SOON: i64 = 30;

/// A way to be helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Writing.
    Chat,
    /// Calling.
    Call,
    /// Help at the screen.
    Remote,
}

/// What a level is called, and where it stands among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ContractLevel")]
pub struct Level {
    /// Its name.
    pub name: String,
    /// A higher one goes before a lower one.
    pub rank: u8,
}

/// How often an allowance is filled up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Once, for the whole contract.
    Term,
    /// On the first of each month; what is left over is gone.
    Month,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "ContractKind")]
pub enum Kind {
    /// Everything.
    Flat,
    /// Time.
    Hours {
        /// Minutes.
        minutes: u32,
        /// Filled up how often.
        every: Every,
    },
    /// Requests.
    Requests {
        /// How many.
        count: u32,
        /// Filled up how often.
        every: Every,
    },
    /// Each service as it is done; time is noted for the bill.
    Services,
}

/// What a contract allows on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Entitlement {
    /// Which line.
    pub line: LineId,
    /// By which ways.
    pub channels: BTreeSet<Channel>,
    /// "Work has stopped" goes before other requests.
    pub urgent: bool,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Contract {
    /// Which.
    pub id: ContractId,
    /// Whose.
    pub organisation: OrganisationId,
    /// Its number, as on paper.
    pub number: String,
    /// Its level.
    pub level: Level,
    /// Where its days begin and end.
    pub zone: Zone,
    /// First day.
    pub from: Day,
    /// Last day; none when it has no end.
    pub to: Option<Day>,
    /// The money has come. Until it does, grace counts from the first day.
    pub paid: bool,
    /// Days of help after the end, or while the money is on its way.
    pub grace_days: u16,
    /// What is paid for.
    pub kind: Kind,
    /// Time is drawn in steps of so many minutes.
    pub step: u16,
    /// What is allowed on which line.
    pub entitlements: Vec<Entitlement>,
}

/// What is wrong with a contract that a person wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// It ends before it begins.
    #[error("it ends before it begins")]
    Dates,
    /// No such zone.
    #[error("there is no such time zone")]
    Zone,
    /// No name of its level, or a label that is too long.
    #[error("a label is missing or too long")]
    Label,
    /// An allowance of nothing, or of too much; a grace or step that is too long.
    #[error("a number makes no sense")]
    Number,
    /// No line, a line twice, or a line without a channel.
    #[error("the lines make no sense")]
    Lines,
}

/// Where a contract stands by its dates and its payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Begins then.
    Ahead(Timestamp),
    /// In force; ends then, if ever.
    Valid(Option<Timestamp>),
    /// Helped all the same, until then.
    Grace(Timestamp),
    /// In force but not paid for.
    Unpaid,
    /// Over since then.
    Over(Timestamp),
}

/// What people are told of a contract, with a light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ContractWord")]
pub enum Word {
    /// Green: in force.
    Good,
    /// Amber: a fifth of the allowance or less is left.
    Low,
    /// Amber: ends within 30 days.
    Soon,
    /// Amber: over or unpaid, but helped for some days.
    Grace,
    /// Red: the allowance is used up.
    Spent,
    /// Red: not paid for.
    Unpaid,
    /// Red: over.
    Over,
    /// Grey: begins later.
    Ahead,
}

impl Contract {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`ContractError`].
    pub fn check(&self) -> Result<(), ContractError> {
        if self.to.is_some_and(|to| to < self.from) {
            return Err(ContractError::Dates);
        }
        if !self.zone.is_known() {
            return Err(ContractError::Zone);
        }
        let fits = |label: &str| label.chars().count() <= MOST_LABEL;
        if self.level.name.trim().is_empty() || !fits(&self.level.name) || !fits(&self.number) {
            return Err(ContractError::Label);
        }
        let allowance = match self.kind {
            Kind::Flat | Kind::Services => true,
            Kind::Hours { minutes, .. } => (1..=MOST_MINUTES).contains(&minutes),
            Kind::Requests { count, .. } => (1..=MOST_REQUESTS).contains(&count),
        };
        if !allowance || self.grace_days > MOST_GRACE || !(1..=MOST_STEP).contains(&self.step) {
            return Err(ContractError::Number);
        }
        let lines: BTreeSet<LineId> = self.entitlements.iter().map(|one| one.line).collect();
        let whole = !lines.is_empty()
            && lines.len() == self.entitlements.len()
            && lines.len() <= MOST_ENTITLEMENTS
            && self.entitlements.iter().all(|one| !one.channels.is_empty());
        if whole { Ok(()) } else { Err(ContractError::Lines) }
    }

    /// Its first instant.
    #[must_use]
    pub fn begins(&self) -> Timestamp {
        self.zone.start_of(self.from)
    }

    /// The first instant after its last day.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        self.to.map(|to| self.zone.start_of(to.plus(1)))
    }

    /// Days from today to the last day: 0 on the last one, negative afterwards.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Option<i64> {
        Some(self.zone.day_of(now)?.days_until(self.to?))
    }

    /// Where it stands at `now`.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if now < self.begins() {
            return Standing::Ahead(self.begins());
        }
        let grace_after = |day: Day| self.zone.start_of(day.plus(self.grace_days.into()));
        if let (Some(to), Some(ends)) = (self.to, self.ends())
            && now >= ends
        {
            let until = grace_after(to.plus(1));
            return if self.paid && now < until { Standing::Grace(until) } else { Standing::Over(ends) };
        }
        let until = grace_after(self.from);
        match self.paid {
            true => Standing::Valid(self.ends()),
            false if now < until => Standing::Grace(until),
            false => Standing::Unpaid,
        }
    }

    /// Whether help is given by it at `now`, as far as dates and payment go.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        matches!(self.standing(now), Standing::Valid(_) | Standing::Grace(_))
    }

    /// The word for its state at `now`, after so much was used.
    #[must_use]
    pub fn word(&self, used: Used, now: Timestamp) -> Word {
        let left = self.left(used, now);
        match self.standing(now) {
            Standing::Ahead(_) => Word::Ahead,
            Standing::Over(_) => Word::Over,
            Standing::Unpaid => Word::Unpaid,
            _ if left.is_some_and(|left| left.is_spent()) => Word::Spent,
            Standing::Grace(_) => Word::Grace,
            Standing::Valid(_) if self.days_left(now).is_some_and(|days| days <= SOON) => Word::Soon,
            Standing::Valid(_) if left.is_some_and(|left| left.is_low()) => Word::Low,
            Standing::Valid(_) => Word::Good,
        }
    }
}
