//! What is kept, for how long, and what is erased (D12).

use opora_domain::{ConversationId, LineId, PersonId, rights::Act};
use serde::{Deserialize, Serialize};

/// What an owner can have done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// How long words and files of closed talks of a line are kept.
    SetRetention {
        /// Which line.
        line: LineId,
        /// Days after the end; none: for ever.
        days: Option<u32>,
    },
    /// Erase a person: words, files, names and devices go; that something happened stays.
    Erase {
        /// Who.
        person: PersonId,
    },
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::SetRetention { .. } => Act::SetRetention,
            Self::Erase { .. } => Act::Erase,
        }
    }
}

/// What happened about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// How long a line's closed talks are kept. In `supervisors`.
    Retention {
        /// Which line.
        line: LineId,
        /// Days; none: for ever.
        days: Option<u32>,
    },
    /// Words and files of this talk are gone; every copy lets go of them. In the talk's streams.
    Forgotten {
        /// Which.
        conversation: ConversationId,
    },
    /// A person was erased; every copy lets go of what it has of them. In `staff`, and in every
    /// conversation that the person belonged to.
    Erased {
        /// Who.
        person: PersonId,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Body of `POST /v1/retention`: what would go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Which line.
    pub line: LineId,
    /// Days after the end.
    pub days: u32,
}

/// Answer of `POST /v1/retention`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previewed {
    /// Closed talks that are old enough.
    pub conversations: i64,
    /// Their messages.
    pub messages: i64,
    /// Files that no other talk or ticket holds.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
}
