//! How tickets hang together (Redmine: relations); for the firm's people.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::TicketId;

/// What a ticket is to the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketRelation")]
pub enum Relation {
    /// They have to do with each other.
    Relates,
    /// It says the same again.
    Duplicates,
    /// The other says the same again.
    DuplicatedBy,
    /// The other waits for it.
    Blocks,
    /// It waits for the other.
    BlockedBy,
}

impl Relation {
    /// What the other ticket is to it.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Relates => Self::Relates,
            Self::Duplicates => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::Duplicates,
            Self::Blocks => Self::BlockedBy,
            Self::BlockedBy => Self::Blocks,
        }
    }
}

/// One thread between two tickets, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "TicketLink")]
pub struct Link {
    /// What the first is to the other.
    pub relation: Relation,
    /// The other.
    pub other: TicketId,
}
