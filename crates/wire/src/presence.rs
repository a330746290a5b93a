//! Who takes requests: what people declare, and what the desk makes of it (D15).

use opora_domain::{
    PersonId, Span,
    availability::{Availability, Declared, Status},
};
use serde::{Deserialize, Serialize};

/// What one can do about presence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Declare a status of one's own.
    Declare {
        /// Which.
        status: Status,
        /// For so long, from when the desk reads it; lunch needs it, on line and off have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lasts: Option<Span>,
    },
}

/// What happened. In `staff`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// A person declared a status. What was declared with an end is over without another event.
    Declared {
        /// Who.
        person: PersonId,
        /// What.
        declared: Declared,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// One of the firm's people at this moment. Goes to the others as it changes and is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Who.
    pub person: PersonId,
    /// What was declared, as of now.
    pub declared: Declared,
    /// What follows.
    pub availability: Availability,
    /// Conversations in hand, offers included, those on hold not.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
}
