//! A ticket: a promise of work.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, PersonId, TicketId, message::Attachment};

/// The longest subject, in characters; Redmine takes 255.
pub const MOST_SUBJECT: usize = 255;

/// What sort of work (Redmine: tracker).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketKind")]
pub enum Kind {
    /// Something does not work.
    Error,
    /// Someone has to explain or look.
    Consultation,
    /// Something should be different.
    Wish,
}

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketPriority")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As usual.
    Normal,
    /// Before the rest.
    High,
    /// Now.
    Urgent,
}

/// Where it stands. More statuses and a workflow come with "Tickets".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketStatus")]
pub enum Status {
    /// Nobody has begun.
    New,
    /// Someone works on it.
    InWork,
    /// Done, says the specialist.
    Solved,
}

/// What a person wrote to make a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The maker's operation id.
    pub id: TicketId,
    /// The talk it came from, if any.
    pub conversation: Option<ConversationId>,
    /// Whose ticket it is; the maker's own when none.
    pub customer: Option<PersonId>,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// How soon.
    pub priority: Priority,
    /// Files.
    pub files: Vec<Attachment>,
}

/// Why a ticket cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// No subject.
    #[error("the subject is empty")]
    NoSubject,
    /// Longer than [`MOST_SUBJECT`].
    #[error("the subject is too long")]
    SubjectTooLong,
}

impl Draft {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        if self.subject.trim().is_empty() {
            return Err(DraftError::NoSubject);
        }
        if self.subject.chars().count() > MOST_SUBJECT {
            return Err(DraftError::SubjectTooLong);
        }
        Ok(())
    }
}
