//! Escalation to a vendor (line 4), in `conversation/ID/vendor`: what was handed over, and what the firm
//! and the vendor say to each other. The client does not read it; the vendor reads nothing else.

use opora_domain::{ConversationId, MessageId, OrganisationId, message::Draft};
use serde::{Deserialize, Serialize};

/// What people can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// The owner of the desk says which organisation is a vendor; it is made, or renamed.
    Make {
        /// Made by the client.
        organisation: OrganisationId,
        /// Its name.
        name: String,
    },
    /// Ask a vendor about a talk.
    Escalate {
        /// Which talk.
        conversation: ConversationId,
        /// Guard: as the client knows its request.
        epoch: i64,
        /// Which vendor.
        organisation: OrganisationId,
        /// What is asked.
        question: String,
        /// Messages of the talk to be copied.
        messages: Vec<MessageId>,
    },
    /// Copy more messages of the talk.
    HandOver {
        /// Which talk.
        conversation: ConversationId,
        /// Which messages.
        messages: Vec<MessageId>,
    },
    /// Write, from either side.
    Say {
        /// Beside which talk.
        conversation: ConversationId,
        /// What.
        draft: Draft,
    },
    /// The question is settled.
    Settle {
        /// Which talk.
        conversation: ConversationId,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// In `staff`: an organisation is a vendor.
    Made {
        /// Which.
        organisation: OrganisationId,
        /// Its name.
        name: String,
    },
    /// A vendor is asked.
    Escalated {
        /// Which vendor.
        organisation: OrganisationId,
        /// Its name.
        vendor: String,
        /// The firm that asks.
        firm: String,
        /// By whom, for who does not know the person.
        by_name: String,
        /// What is asked.
        question: String,
    },
    /// A message between firm and vendor. The event's id is the message's id.
    Said {
        /// What.
        draft: Draft,
        /// By whom, for who does not know the person.
        by_name: String,
        /// It is the vendor's.
        vendor: bool,
    },
    /// The question is settled; nothing more is said here.
    Settled,
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}
