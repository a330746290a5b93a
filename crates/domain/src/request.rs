//! A request for help and its way through the queue.
//!
//! `Waiting` → `Offered` → `Accepted`, or back to `Waiting` when an offer lapses or is declined;
//! `Cancelled` by the customer before it is accepted. An accepted request is a conversation. The
//! epoch grows with each change of owner: a command that carries an older one comes too late (D15).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    LineId, OrganisationId, PersonId, Timestamp,
    machine::{Fact, Program},
};

/// What hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "RequestClass")]
pub enum Class {
    /// Work has stopped.
    Broken,
    /// Something goes wrong.
    Error,
    /// How do I …?
    Question,
    /// It would be good if …
    Wish,
}

impl Class {
    /// As what it counts in the queue: stopped work goes first only where the contract says so, and is an error
    /// like others elsewhere.
    #[must_use]
    pub fn counted(self, urgent: bool) -> Self {
        if self == Self::Broken && !urgent { Self::Error } else { self }
    }
}

/// The longest description, in characters; longer ones belong into a file.
pub const MOST_DESCRIPTION: usize = 8_000;

/// What the customer wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Ask {
    /// The line to ask.
    pub line: LineId,
    /// What hurts.
    pub class: Class,
    /// Which program.
    pub program: Program,
    /// In the customer's words.
    pub description: String,
    /// The machine, as far as the person let it go.
    pub facts: Vec<Fact>,
    /// For which of the person's organisations. A client that does not choose leaves it out, and the desk puts in
    /// the main one; an older desk knows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub organisation: Option<OrganisationId>,
}

/// Why an ask cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Nothing was described.
    #[error("the description is empty")]
    Empty,
    /// Longer than [`MOST_DESCRIPTION`].
    #[error("the description is too long")]
    TooLong,
}

impl Ask {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`AskError`].
    pub fn check(&self) -> Result<(), AskError> {
        if self.description.trim().is_empty() {
            return Err(AskError::Empty);
        }
        if self.description.chars().count() > MOST_DESCRIPTION {
            return Err(AskError::TooLong);
        }
        Ok(())
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(rename = "RequestState")]
pub enum State {
    /// In the queue.
    Waiting,
    /// Shown to one specialist until `until`.
    Offered {
        /// Whom it is shown to.
        to: PersonId,
        /// When the offer lapses.
        until: Timestamp,
    },
    /// Has an owner; talk goes on in the conversation.
    Accepted {
        /// The owner.
        by: PersonId,
    },
    /// The talk is over.
    Closed,
    /// Taken back by the customer.
    Cancelled,
}
