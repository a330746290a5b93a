//! When lines are open, and who wants to be called back.

use opora_domain::{LineId, RequestId, calendar::Calendar, callback::Callback, rights::Act};
use serde::{Deserialize, Serialize};

/// What can be done about hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Set the hours of a line.
    Set {
        /// Which.
        line: LineId,
        /// Its hours; none when it is always open.
        calendar: Option<Calendar>,
    },
    /// The customer of a request that nobody accepted yet wants to be called; a later wish takes its place.
    CallBack {
        /// Which request.
        request: RequestId,
        /// Number and time; none takes the wish back.
        callback: Option<Callback>,
    },
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Set { .. } => Act::SetHours,
            Self::CallBack { .. } => Act::CallBack,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// A line has other hours. In `desk`.
    Set {
        /// Which.
        line: LineId,
        /// Its hours; none when it is always open.
        calendar: Option<Calendar>,
    },
    /// A customer wants to be called back, or no longer. In `staff` and in the customer's own stream.
    CallBack {
        /// Which request.
        request: RequestId,
        /// Number and time.
        callback: Option<Callback>,
    },
}
