//! Contracts, what is drawn from them, and asking for the next one.

use opora_domain::{
    ContractId, ConversationId, OrganisationId, PersonId, SessionId, TicketId, Timestamp,
    contract::{Contract, allowance::Used, notice::Notice},
    rights::Act,
};
use serde::{Deserialize, Serialize};

/// A piece of work for which time is noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum Work {
    /// A conversation.
    Conversation(ConversationId),
    /// A remote session, apart from its conversation.
    Session(SessionId),
    /// A ticket.
    Ticket(TicketId),
}

/// What can be done about contracts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// The owner makes a contract, or changes one.
    Put {
        /// All of it.
        contract: Contract,
    },
    /// The owner throws a contract away from which nothing was drawn.
    Drop {
        /// Which.
        contract: ContractId,
    },
    /// The owner says whether clients without any contract are served.
    ServeWithout {
        /// Served or not.
        serve: bool,
    },
    /// A specialist notes the time that a piece of work took; noting again corrects.
    NoteTime {
        /// Which work.
        work: Work,
        /// As it was, not rounded.
        minutes: u32,
    },
    /// A contact person asks for the contract to be renewed; one at a time.
    AskRenewal {
        /// Of which organisation; none: the main one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<OrganisationId>,
        /// In the person's words; may be empty.
        comment: String,
    },
    /// The owner has dealt with a wish for renewal.
    AnswerRenewal {
        /// Whose.
        organisation: OrganisationId,
    },
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Put { .. } | Self::Drop { .. } | Self::ServeWithout { .. } | Self::AnswerRenewal { .. } => {
                Act::ManageContracts
            }
            Self::NoteTime { work: Work::Ticket(_), .. } => Act::NoteTimeOfTicket,
            Self::NoteTime { .. } => Act::NoteTime,
            Self::AskRenewal { .. } => Act::AskRenewal,
        }
    }
}

/// What happened. In `organisation/ID`, except where said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// A contract exists, or was changed.
    Put {
        /// All of it.
        contract: Contract,
    },
    /// A contract is gone as if it had never been.
    Dropped {
        /// Which.
        contract: ContractId,
    },
    /// So much of a contract is used in this window.
    Used {
        /// Which.
        contract: ContractId,
        /// In all.
        used: Used,
    },
    /// Time was noted.
    TimeSpent {
        /// Whose.
        organisation: OrganisationId,
        /// Drawn from; none when there is no contract.
        contract: Option<ContractId>,
        /// Which work.
        work: Work,
        /// As it was.
        minutes: u32,
        /// As it is drawn.
        drawn: u32,
    },
    /// Somebody asks for renewal.
    RenewalAsked {
        /// Whose.
        organisation: OrganisationId,
        /// Who.
        by: PersonId,
        /// In the person's words.
        comment: String,
        /// When.
        at: Timestamp,
    },
    /// It was dealt with.
    RenewalAnswered {
        /// Whose.
        organisation: OrganisationId,
    },
    /// A reminder.
    Reminded {
        /// Of which contract.
        contract: ContractId,
        /// What it says.
        notice: Notice,
    },
    /// Whether clients without any contract are served. In `desk`.
    ServeWithout {
        /// Served or not.
        serve: bool,
    },
}
