//! Who takes requests: one's own status, and the colleagues'.

use opora_domain::{
    PersonId,
    availability::{Availability, Declared, Status},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The firm's people at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaffView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// All who serve, oneself first, then by name. Empty while there is no connection.
    pub people: Vec<StaffRow>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaffRow {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Oneself.
    pub me: bool,
    /// What was declared.
    pub declared: Declared,
    /// Takes requests, or why not.
    pub availability: Availability,
    /// Conversations in hand.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
}

/// Declare a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Declare {
    /// Which.
    pub status: Status,
    /// For so many seconds; lunch needs it.
    pub seconds: Option<u32>,
}
