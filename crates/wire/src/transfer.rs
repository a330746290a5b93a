//! Handing a talk over. The offer with its brief stands in `conversation/ID/staff`; what the client
//! may know of it, in `conversation/ID/public`.

use opora_domain::{
    ConversationId, LineId, MessageId, PersonId, RequestId, SessionId, Span, TransferId,
    transfer::{Brief, Ended},
};
use serde::{Deserialize, Serialize};

/// What a specialist can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Offer a talk to a colleague; one stays its owner until the colleague accepts.
    Offer {
        /// Made by the client.
        transfer: TransferId,
        /// Which talk.
        conversation: ConversationId,
        /// Guard: as the client knows its request.
        epoch: i64,
        /// To whom.
        to: PersonId,
        /// What the colleague has to know.
        brief: Brief,
        /// Messages of the talk to be shown with the brief.
        picked: Vec<MessageId>,
        /// The giver stays as a second specialist.
        stays: bool,
    },
    /// Take the talk over.
    Accept {
        /// Which offer.
        transfer: TransferId,
        /// The session in which the receiver would go on at the customer's screen, made by the client; the
        /// customer is asked for it if the giver is there. None: the receiver cannot now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<SessionId>,
    },
    /// "Not me."
    Decline {
        /// Which offer.
        transfer: TransferId,
        /// Why; the giver reads it, the client does not.
        reason: String,
    },
    /// The giver changes the mind.
    Cancel {
        /// Which offer.
        transfer: TransferId,
    },
    /// Put the talk back into a line's queue, with its original time.
    Queue {
        /// Which talk.
        conversation: ConversationId,
        /// Guard: as the client knows its request.
        epoch: i64,
        /// Which line; may be the one it came from.
        line: LineId,
        /// What the next one has to know.
        brief: Brief,
        /// Messages of the talk to be shown with the brief.
        picked: Vec<MessageId>,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    // -- staff side
    /// Offered to a colleague. The copies of picked messages stand before it.
    Offered {
        /// Which offer.
        transfer: TransferId,
        /// The owner.
        from: PersonId,
        /// To whom.
        to: PersonId,
        /// What to know.
        brief: Brief,
        /// Ids of the events that hold the picked messages.
        picked: Vec<MessageId>,
        /// The giver stays as a second specialist.
        stays: bool,
        /// How long the offer stands.
        life: Span,
        /// The giver is at the customer's screen.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        screen: bool,
    },
    /// The offer is over.
    Ended {
        /// Which offer.
        transfer: TransferId,
        /// How.
        how: Ended,
    },
    /// Put back into a line's queue.
    Queued {
        /// By whom.
        from: PersonId,
        /// Into which line's.
        line: LineId,
        /// What to know.
        brief: Brief,
        /// Ids of the events that hold the picked messages.
        picked: Vec<MessageId>,
    },

    // -- public side
    /// The client is told whom the talk is being handed to, before anything moves.
    Announced {
        /// Which offer.
        transfer: TransferId,
        /// To whom.
        to: PersonId,
        /// The name.
        name: String,
    },
    /// Nothing comes of it; the owner stays.
    Kept {
        /// Which offer.
        transfer: TransferId,
    },
    /// The talk has another owner.
    Passed {
        /// Who.
        to: PersonId,
        /// The name.
        name: String,
    },
    /// The talk waits in a line's queue again, with its original time.
    Returned {
        /// Which line's.
        line: LineId,
        /// The line's name.
        name: String,
    },

    // -- in `staff` and in the customer's own stream
    /// A request belongs to another line now.
    LineChanged {
        /// Which.
        request: RequestId,
        /// The line.
        line: LineId,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}
