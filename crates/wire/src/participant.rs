//! Who else is in a talk: a second specialist, another customer of the same organisation.

use opora_domain::{ConversationId, MessageId, PersonId, role::Role};
use serde::{Deserialize, Serialize};

use crate::{Stream, hello::Device};

/// What people can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// The owner adds somebody.
    Add {
        /// To which talk.
        conversation: ConversationId,
        /// Whom.
        person: PersonId,
        /// The first message the person may read; none: from the beginning.
        from: Option<MessageId>,
    },
    /// Go out of a talk that somebody else owns.
    Leave {
        /// Which.
        conversation: ConversationId,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// In the talk: somebody is not in it any more.
    Left {
        /// Who.
        person: PersonId,
    },
    /// In the person's own stream, before `StreamOpened`: nothing before `from` can be read.
    ReadsFrom {
        /// Which stream.
        stream: Stream,
        /// First `seq`.
        from: i64,
    },
    /// In the person's own stream: who was in the talk already, for one who reads it from later on.
    Introduced {
        /// Which talk.
        conversation: ConversationId,
        /// Everybody in it.
        members: Vec<Member>,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Somebody in a talk, as `Joined` says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Firm or client organisation.
    pub organisation: String,
    /// The person's devices, with their proofs.
    pub devices: Vec<Device>,
}
