//! How requests find specialists: settings, holds, and why who was asked.

use opora_domain::{
    ConversationId, LineId, PersonId, RequestId,
    queue::{Decision, Overflow, Rules},
};
use serde::{Deserialize, Serialize};

/// What one can do about routing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Change the settings.
    SetRules {
        /// All of them.
        rules: Rules,
    },
    /// Say where a line's requests go when they have waited too long.
    SetOverflow {
        /// Which line's.
        line: LineId,
        /// Nowhere when none.
        overflow: Option<Overflow>,
    },
    /// Say how many conversations a person has at most.
    SetCapacity {
        /// Who.
        person: PersonId,
        /// So many.
        capacity: u32,
    },
    /// Put one's conversation on hold: it frees a place until the client writes.
    Hold {
        /// Which.
        conversation: ConversationId,
    },
    /// Take it back.
    Resume {
        /// Which.
        conversation: ConversationId,
    },
}

/// Why an offer came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Passed {
    /// "Not now."
    Declined {
        /// In the specialist's words; may be empty.
        reason: String,
    },
    /// Nobody answered in time.
    Lapsed,
    /// Went to lunch, away or off while it rang.
    Left,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// The settings. In `staff`.
    RulesSet {
        /// All of them.
        rules: Rules,
    },
    /// A line overflows, or no longer. In `staff`.
    OverflowSet {
        /// Which line.
        line: LineId,
        /// Where to.
        overflow: Option<Overflow>,
    },
    /// A person has another capacity. In `staff`.
    CapacitySet {
        /// Who.
        person: PersonId,
        /// So many.
        capacity: u32,
    },
    /// A conversation is on hold, or is taken back. In `staff`.
    Held {
        /// Which.
        conversation: ConversationId,
        /// On hold from now on.
        on: bool,
    },
    /// A request was shown to somebody, and why. In `staff`.
    Decided {
        /// Which.
        request: RequestId,
        /// Whom, why, and who else was looked at.
        decision: Decision,
    },
    /// An offer came back. In `supervisors`.
    Passed {
        /// Which.
        request: RequestId,
        /// From whom.
        person: PersonId,
        /// Why.
        #[serde(flatten)]
        passed: Passed,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}
