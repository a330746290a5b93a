//! How requests find specialists: the owner's settings, holds, and why who was asked.

use opora_domain::{
    ConversationId, LineId, PersonId, RequestId, Span, Timestamp,
    queue::{Because, Overflow, Rules, Skip},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything an owner sets up about routing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoutingView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Ranks and times.
    pub rules: Rules,
    /// Lines, by name, with where they overflow.
    pub lines: Vec<LineRouting>,
    /// People who serve, by name.
    pub people: Vec<PersonRouting>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineRouting {
    /// Which.
    pub line: LineId,
    /// Its name.
    pub name: String,
    /// Where its requests go as well when they have waited too long.
    pub overflow: Option<Overflow>,
}

/// Somebody who serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonRouting {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Conversations at most.
    pub capacity: u32,
}

/// Change ranks and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetRules {
    /// All of them.
    pub rules: Rules,
}

/// Say where a line overflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetOverflow {
    /// Which line.
    pub line: LineId,
    /// Nowhere when none.
    pub overflow: Option<Overflow>,
}

/// Say how many conversations a person has at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetCapacity {
    /// Who.
    pub person: PersonId,
    /// So many.
    pub capacity: u32,
}

/// Put a conversation on hold, or take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetHold {
    /// Which.
    pub conversation: ConversationId,
    /// On hold.
    pub on: bool,
}

/// The way of a request to its specialist, for the firm's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WayView {
    /// Which request; its conversation has the same id.
    pub request: RequestId,
    /// On hold.
    pub held: bool,
    /// One's own conversation, so that one may hold it.
    pub mine: bool,
    /// Who has it took it from the queue, without an offer.
    pub taken: bool,
    /// Offers and what came of them, oldest first.
    pub steps: Vec<WayStep>,
}

/// A step on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum WayStep {
    /// It was shown to somebody.
    Offered {
        /// When.
        at: Timestamp,
        /// To whom.
        to: String,
        /// What decided.
        because: Because,
        /// Everybody who was looked at, the best first.
        considered: Vec<WayPerson>,
    },
    /// It came back; only supervisors are told of it.
    Passed {
        /// When.
        at: Timestamp,
        /// From whom.
        by: String,
        /// Why.
        why: PassedWhy,
        /// In the specialist's words.
        reason: String,
    },
}

/// Why an offer came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassedWhy {
    /// "Not now."
    Declined,
    /// No answer in time.
    Lapsed,
    /// Left while it rang.
    Left,
}

/// Somebody who was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WayPerson {
    /// Name.
    pub name: String,
    /// Had so many in hand.
    pub active: u32,
    /// Of so many.
    pub capacity: u32,
    /// Had rested for so long.
    pub idle: Span,
    /// The client's own specialist.
    pub own: bool,
    /// Of the overflow line.
    pub overflow: bool,
    /// Why not.
    pub skipped: Option<Skip>,
}
