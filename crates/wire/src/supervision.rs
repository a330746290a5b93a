//! What supervisors do, and who learns of it.
//!
//! Every act is an event in the stream `supervisors`: the audit trail. What concerns one specialist
//! is in that person's own stream. Nothing of it is ever in a stream that a client's device reads,
//! except the name of who took over, which is an ordinary `Joined`.

use opora_domain::{ConversationId, PersonId, RequestId, rating::Rating};
use serde::{Deserialize, Serialize};

/// What a supervisor can have the desk do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Read a conversation from now on, unseen.
    LookIn {
        /// Which.
        conversation: ConversationId,
    },
    /// Read it no longer.
    LookAway {
        /// Which.
        conversation: ConversationId,
    },
    /// Take a conversation from who has it.
    TakeOver {
        /// Its request.
        request: RequestId,
        /// As the client knows it.
        epoch: i64,
        /// The former owner stays as a second specialist.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stays: bool,
    },
    /// The head's own mark for the work in a conversation; a later one takes its place.
    Mark {
        /// Which.
        conversation: ConversationId,
        /// One to five, with words.
        mark: Rating,
    },
}

/// An act of a supervisor, for the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Looked into a conversation.
    LookedIn,
    /// Ended the look.
    LookedAway,
    /// Wrote to the staff of a conversation without being a member.
    Whispered,
    /// Took it over.
    TookOver,
    /// Marked the work.
    Marked,
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// In `supervisors`: one line of the trail; the event says who and when.
    Acted {
        /// What was done.
        act: Act,
        /// In which conversation.
        conversation: ConversationId,
        /// Whose request it is.
        customer: PersonId,
        /// Who had it then.
        specialist: Option<PersonId>,
        /// The mark, if one was given.
        #[serde(default)]
        mark: Option<Rating>,
    },
    /// In the supervisor's own stream: the conversation is read, but one is no member of it.
    LookBegan {
        /// Which.
        conversation: ConversationId,
    },
    /// In the supervisor's own stream: the look is over.
    LookEnded {
        /// Which.
        conversation: ConversationId,
    },
    /// In the specialist's own stream: somebody else has the conversation now.
    TakenOver {
        /// Which.
        conversation: ConversationId,
        /// Who has it.
        by: PersonId,
        /// The former owner is in it still, as a second specialist.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stays: bool,
    },
    /// In the specialist's own stream: the head marked the work.
    Marked {
        /// In which conversation.
        conversation: ConversationId,
        /// How it was.
        mark: Rating,
    },
}
