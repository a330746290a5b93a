//! Messages of a conversation.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::MessageId;

/// The longest message, in characters; what is longer travels as a file.
pub const MOST_TEXT: usize = 16_000;

/// A file in a message. It is visible only after the desk verified its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attachment {
    /// BLAKE3 of the whole, in hex; also the blob's address.
    pub hash: String,
    /// Harmless name (`file::safe_name`).
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Media type guessed from the name.
    pub mime: String,
    /// Width and height when it is a picture to show inline.
    pub picture: Option<(u32, u32)>,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// The sender's operation id.
    pub id: MessageId,
    /// Plain text; may be empty when there is a file.
    pub text: String,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// A file.
    pub file: Option<Attachment>,
}

/// Why a message cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Nothing in it.
    #[error("the message is empty")]
    Empty,
    /// Longer than [`MOST_TEXT`].
    #[error("the message is too long")]
    TooLong,
}

impl Draft {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        if self.text.trim().is_empty() && self.file.is_none() {
            return Err(DraftError::Empty);
        }
        if self.text.chars().count() > MOST_TEXT {
            return Err(DraftError::TooLong);
        }
        Ok(())
    }
}

/// How far a message of one's own has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Kept here; goes when there is a network.
    Waiting,
    /// On its way, or its file is.
    Sending,
    /// The desk has it.
    Sent,
    /// A person has seen it.
    Seen,
    /// The desk refused it; the person chooses.
    Stuck,
}
