//! Reminders: at the start, 30, 7, 1 and 0 days before the end, and when an allowance runs low.
//!
//! A reminder is named by what it is about and by the day it is about, so the same one is never due
//! twice, and a contract that was prolonged reminds anew. A desk that was switched off sends the
//! nearest reminder only, not all that it has missed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Contract,
    allowance::{Left, Used},
};
use crate::{Timestamp, calendar::Day};

/// Days before the end on which people are reminded, nearest first.
const BEFORE_END: [u8; 4] = [0, 1, 7, 30];
/// For so many days what was missed is still said; later it is no news.
const LATE: i64 = 7;

/// What a reminder says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "ContractNoticeKind")]
pub enum What {
    /// It has begun.
    Begins,
    /// It ends in so many days.
    Ends {
        /// 30, 7, 1 or 0.
        days: u8,
    },
    /// A fifth of the allowance or less is left.
    Low,
    /// Nothing is left.
    Spent,
}

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "ContractNotice")]
pub struct Notice {
    /// What it says.
    pub what: What,
    /// The day it is about: the first one, the last one, or the first of the window.
    pub day: Day,
}

/// What is due at `now` and was not sent yet.
#[must_use]
pub fn due_notices(contract: &Contract, used: Used, sent: &BTreeSet<Notice>, now: Timestamp) -> Vec<Notice> {
    let Some(today) = contract.zone.day_of(now) else { return Vec::new() };
    let mut due = Vec::new();
    let since = contract.from.days_until(today);
    if (0..=LATE).contains(&since) {
        due.push(Notice { what: What::Begins, day: contract.from });
    }
    if let Some(to) = contract.to.filter(|_| since >= 0) {
        let left = today.days_until(to);
        let nearest = BEFORE_END.into_iter().find(|days| left <= i64::from(*days) && left >= -LATE);
        due.extend(nearest.map(|days| Notice { what: What::Ends { days }, day: to }));
    }
    let runs = since >= 0 && contract.to.is_none_or(|to| today <= to);
    let day = contract.window(now);
    match contract.left(used, now).filter(|_| runs) {
        Some(left) if left.is_spent() => due.push(Notice { what: What::Spent, day }),
        Some(left) if Left::is_low(left) => due.push(Notice { what: What::Low, day }),
        _ => {}
    }
    // Whoever was told that nothing is left need not hear that little is left.
    due.retain(|one| {
        !(sent.contains(one) || one.what == What::Low && sent.contains(&Notice { what: What::Spent, day }))
    });
    due
}
