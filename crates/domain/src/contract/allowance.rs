//! What is left of an allowance of hours or requests.
//!
//! Time is noted by the person who helped and drawn in the contract's steps. What was used is
//! counted per window: the whole term, or the month. A window that nobody has drawn from yet is
//! full, so the first of the month needs no job.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Contract, Every, Kind};
use crate::{Span, Timestamp, calendar::Day};

/// Below this part of the allowance there is a warning: a fifth, 20 %.
const LOW_PART: i64 = 5;
/// The most minutes that can be noted for one piece of work: a week around the clock is a slip.
pub const MOST_NOTED: u32 = 24 * 60;

/// What was used in one window of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Used {
    /// First day of the window.
    pub since: Day,
    /// Minutes drawn.
    pub minutes: u32,
    /// Requests asked and not taken back.
    pub requests: u32,
}

/// What is left of an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "AllowanceLeft")]
pub enum Left {
    /// Time.
    Minutes {
        /// So many; negative when more was used.
        left: i32,
        /// Of so many.
        of: u32,
    },
    /// Requests.
    Requests {
        /// So many.
        left: i32,
        /// Of so many.
        of: u32,
    },
}

impl Left {
    /// Nothing is left.
    #[must_use]
    pub fn is_spent(self) -> bool {
        let (Self::Minutes { left, .. } | Self::Requests { left, .. }) = self;
        left <= 0
    }

    /// A fifth or less is left.
    #[must_use]
    pub fn is_low(self) -> bool {
        let (Self::Minutes { left, of } | Self::Requests { left, of }) = self;
        i64::from(left) * LOW_PART <= i64::from(of)
    }
}

impl Contract {
    /// First day of the window in which `now` lies.
    #[must_use]
    pub fn window(&self, now: Timestamp) -> Day {
        let every = match self.kind {
            Kind::Hours { every, .. } | Kind::Requests { every, .. } => every,
            Kind::Flat | Kind::Services => Every::Term,
        };
        let today = self.zone.day_of(now).unwrap_or(self.from);
        match every {
            Every::Term => self.from,
            Every::Month => today.first_of_month().max(self.from),
        }
    }

    /// When the allowance is filled up again; none when it is not.
    #[must_use]
    pub fn refills(&self, now: Timestamp) -> Option<Timestamp> {
        let (Kind::Hours { every: Every::Month, .. } | Kind::Requests { every: Every::Month, .. }) = self.kind else {
            return None;
        };
        let next = self.zone.day_of(now)?.next_month();
        self.to.is_none_or(|to| next <= to).then(|| self.zone.start_of(next))
    }

    /// What is left at `now`; none when there is no allowance. What was used in an older window does not count.
    #[must_use]
    pub fn left(&self, used: Used, now: Timestamp) -> Option<Left> {
        let counts = used.since == self.window(now);
        let rest = |of: u32, used: u32| {
            let used = if counts { i64::from(used) } else { 0 };
            i32::try_from(i64::from(of) - used).unwrap_or(i32::MIN)
        };
        match self.kind {
            Kind::Flat | Kind::Services => None,
            Kind::Hours { minutes: of, .. } => Some(Left::Minutes { left: rest(of, used.minutes), of }),
            Kind::Requests { count: of, .. } => Some(Left::Requests { left: rest(of, used.requests), of }),
        }
    }
}

/// Minutes as they are drawn: in whole steps, upwards; nothing stays nothing.
#[must_use]
pub fn drawn(minutes: u32, step: u16) -> u32 {
    let step = u32::from(step.max(1));
    minutes.div_ceil(step).saturating_mul(step)
}

/// What to propose to the person who helped: the working time it took, in whole minutes.
#[must_use]
pub fn suggested(working: Span) -> u32 {
    let minute = Span::minutes(1).0;
    let whole = working.0.max(0).saturating_add(minute - 1) / minute;
    u32::try_from(whole).unwrap_or(MOST_NOTED).min(MOST_NOTED)
}
