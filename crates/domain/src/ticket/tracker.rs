//! Sorts of work and what tickets are about, as the owner sets them up. Fields have templates, answers never (D17).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{Kind, Workflow};
use crate::{CategoryId, FieldId, LineId, PersonId, TrackerId};

/// Fields of the owner's own in one tracker at most.
pub const MOST_FIELDS: usize = 30;

/// The tracker that is always there for a kind.
#[must_use]
pub fn standard(kind: Kind) -> TrackerId {
    let number = match kind {
        Kind::Error => 1,
        Kind::Consultation => 2,
        Kind::Wish => 3,
    };
    TrackerId(Uuid::from_u128(number))
}

/// A sort of work (Redmine: tracker).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tracker {
    /// Which.
    pub id: TrackerId,
    /// Its name; empty for a standard one, which every language names.
    pub name: String,
    /// What it is at bottom.
    pub kind: Kind,
    /// Fields of the owner's own, in order.
    pub fields: Vec<Template>,
    /// Who moves its tickets where.
    pub workflow: Workflow,
    /// No new ones are made.
    pub retired: bool,
}

impl Tracker {
    /// The standard tracker of a kind, as it is until the owner changes it.
    #[must_use]
    pub fn usual(kind: Kind) -> Self {
        Self {
            id: standard(kind),
            name: String::new(),
            kind,
            fields: Vec::new(),
            workflow: Workflow::usual(),
            retired: false,
        }
    }

    /// Whether it is one of the three that are always there.
    #[must_use]
    pub fn is_standard(&self) -> bool {
        Kind::ALL.iter().any(|kind| standard(*kind) == self.id)
    }
}

/// A field of the owner's own (Redmine: custom field of text).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "FieldTemplate")]
pub struct Template {
    /// Which.
    pub id: FieldId,
    /// Its name.
    pub name: String,
    /// What belongs there, shown while it is empty.
    pub hint: String,
    /// A ticket cannot be made without it.
    pub required: bool,
}

/// What a ticket is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketCategory")]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// New tickets go to this line.
    pub line: Option<LineId>,
    /// And to this person.
    pub assignee: Option<PersonId>,
}
