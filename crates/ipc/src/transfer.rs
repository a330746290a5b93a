//! Handing a talk over, who else is in it, and what is said beside it.

use opora_domain::{
    ConversationId, LineId, MessageId, PersonId, TransferId, invitation,
    request::Ask,
    transfer::{Brief, Ended},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::conversation::EntryView;

/// A line about who answers, in a talk or beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum HandingEntry {
    /// The talk is being handed to somebody.
    Announced {
        /// The name.
        name: String,
    },
    /// Nothing came of it; the owner stays.
    Kept,
    /// Somebody answers from now on.
    Passed {
        /// The name.
        name: String,
    },
    /// The talk waits in a line's queue again.
    Returned {
        /// The line's name.
        line: String,
    },
    /// Somebody was brought in.
    Added {
        /// The name.
        name: String,
    },
    /// Somebody left.
    Left {
        /// The name.
        name: String,
    },
    /// Beside the talk: it was offered to a colleague.
    Offered {
        /// To whom.
        name: String,
        /// What was told.
        brief: Brief,
    },
    /// Beside the talk: somebody is asked in.
    Invited {
        /// Who.
        name: String,
        /// What for.
        words: String,
    },
    /// Beside the talk: how an invitation ended.
    InvitationEnded {
        /// Who was asked.
        name: String,
        /// How.
        how: invitation::Ended,
    },
    /// Beside the talk: how an offer ended.
    Ended {
        /// How.
        how: Ended,
    },
    /// Beside the talk: it was put back into a line's queue.
    Queued {
        /// The line's name.
        line: String,
        /// What was told.
        brief: Brief,
    },
    /// With a vendor: what is asked.
    Escalated {
        /// The vendor's name.
        name: String,
        /// The question.
        question: String,
    },
    /// With a vendor: the question is settled.
    Settled,
}

/// An offer of a talk to a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TransferView {
    /// Which.
    pub id: TransferId,
    /// Which talk.
    pub conversation: ConversationId,
    /// Who hands it over.
    pub from: String,
    /// To whom.
    pub to: String,
    /// What to know.
    pub brief: Brief,
    /// Picked messages, as lines of a talk.
    pub picked: Vec<EntryView>,
    /// The giver stays as a second specialist.
    pub stays: bool,
    /// The giver is at the customer's screen; the customer is asked to go on with the receiver.
    pub screen: bool,
    /// Name of the customer.
    pub customer: String,
    /// The customer's organisation.
    pub organisation: String,
    /// What the customer asked.
    pub ask: Option<Ask>,
    /// Milliseconds left when this view was made.
    #[ts(type = "number")]
    pub left_ms: i64,
    /// Milliseconds from offer to deadline.
    #[ts(type = "number")]
    pub life_ms: i64,
}

/// How an offer of one's own ended; shown until it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ToldView {
    /// Which.
    pub id: TransferId,
    /// Which talk.
    pub conversation: ConversationId,
    /// To whom it was offered.
    pub to: String,
    /// The customer.
    pub customer: String,
    /// How it ended.
    pub how: Ended,
}

/// What is being handed to oneself, and by oneself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TransfersView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// To oneself, what lapses first in front.
    pub incoming: Vec<TransferView>,
    /// By oneself.
    pub outgoing: Vec<TransferView>,
    /// How those of oneself ended.
    pub told: Vec<ToldView>,
}

/// Offer a talk to a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferTalk {
    /// Which.
    pub conversation: ConversationId,
    /// To whom.
    pub to: PersonId,
    /// What to know.
    pub brief: Brief,
    /// Messages to show with it.
    pub picked: Vec<MessageId>,
    /// Stay as a second specialist.
    pub stays: bool,
}

/// Put a talk back into a line's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueTalk {
    /// Which.
    pub conversation: ConversationId,
    /// Into which line's.
    pub line: LineId,
    /// What to know.
    pub brief: Brief,
    /// Messages to show with it.
    pub picked: Vec<MessageId>,
}

/// Names an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TransferRef {
    /// Which.
    pub transfer: TransferId,
}

/// "Not me."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclineTalk {
    /// Which.
    pub transfer: TransferId,
    /// Why; the giver reads it.
    pub reason: String,
}

/// Somebody who could be brought into a talk, or take it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColleagueView {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Of the firm; else another contact person of the customer's organisation.
    pub staff: bool,
    /// Lines served, or the organisation.
    pub about: String,
    /// In the talk already.
    pub inside: bool,
    /// Asked in, and has not answered.
    pub asked: bool,
    /// Talks in hand.
    pub active: u32,
    /// Takes requests now; none when that is not known.
    pub available: Option<bool>,
}

/// What is said beside a talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BesideView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Which talk.
    pub conversation: ConversationId,
    /// Notes can be written.
    pub writable: bool,
    /// Notes, briefs and what they show, oldest first.
    pub lines: Vec<EntryView>,
}

/// Write a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WriteNote {
    /// Beside which talk.
    pub conversation: ConversationId,
    /// Plain text.
    pub text: String,
}
