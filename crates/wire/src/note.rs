//! Notes beside a talk, in `conversation/ID/staff`. The header's `by` is the author.

use opora_domain::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

/// What the firm's people can do with notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Write one.
    Write {
        /// Beside which talk.
        conversation: ConversationId,
        /// The writer's operation id; the event has it too.
        note: MessageId,
        /// Plain text.
        text: String,
    },
}

/// What happened to notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// One was written.
    Written {
        /// Plain text.
        text: String,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}
