//! When lines are open, and calling back.

use opora_domain::{
    LineId, RequestId, Timestamp,
    calendar::{Calendar, Now},
    callback::When,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Hours of all lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoursView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Lines, by name.
    pub lines: Vec<LineHours>,
    /// The earliest moment at which a line opens or closes: load again then.
    pub until: Option<Timestamp>,
    /// Where an owner begins: 9 to 18 with lunch, and the holidays of Russia.
    pub usual: Calendar,
}

/// Hours of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineHours {
    /// Which.
    pub line: LineId,
    /// Its name.
    pub name: String,
    /// Its hours; none when it is always open.
    pub calendar: Option<Calendar>,
    /// What they say now.
    pub now: Now,
    /// What the wall of its zone is ahead of UTC now, in minutes: customers elsewhere are told "by your time".
    pub offset_minutes: i32,
}

/// Set the hours of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetHours {
    /// Which; all get the same.
    pub lines: Vec<LineId>,
    /// Hours; none for always open.
    pub calendar: Option<Calendar>,
}

/// Ask to be called back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AskCallback {
    /// Beside which request of one's own.
    pub request: RequestId,
    /// The number; empty takes the wish back.
    pub phone: String,
    /// When.
    pub when: When,
}
