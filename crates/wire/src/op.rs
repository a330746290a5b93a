//! What a client can have the desk do.
//!
//! The op id is the idempotency key for ever: the desk answers a repeated one as it did the first
//! time and does nothing again. All of them may therefore be sent again after a lost answer.

use opora_domain::{
    ConversationId, LineId, OpId, OrganisationId, PersonId, PublicKey, RequestId, SessionId,
    contract::entitlement,
    message::Draft,
    rating::Rating,
    request::{Ask, State},
    role::Role,
    scope::Scopes,
    session::EndReason,
    signed::Signed,
    ticket,
};
use serde::{Deserialize, Serialize};

use crate::{device, note, participant, presence, routing, structure, supervision, transfer, vendor};

/// One operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Op {
    /// Idempotency key.
    pub op: OpId,
    /// What to do.
    #[serde(flatten)]
    pub body: OpBody,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
pub enum OpBody {
    /// Ask for help. The conversation exists at once, with the same id.
    Ask {
        /// Made by the client.
        request: RequestId,
        /// What.
        ask: Ask,
    },
    /// Take a request back that nobody accepted.
    Cancel {
        /// Which.
        request: RequestId,
    },
    /// Write.
    Say {
        /// Where.
        conversation: ConversationId,
        /// What.
        draft: Draft,
    },
    /// Have seen.
    See {
        /// Where.
        conversation: ConversationId,
        /// Up to this `seq`.
        up_to: i64,
    },
    /// End the talk.
    Close {
        /// Which.
        conversation: ConversationId,
    },
    /// Rate the help.
    Rate {
        /// Of which talk.
        conversation: ConversationId,
        /// How it was.
        rating: Rating,
    },
    /// Make a ticket.
    MakeTicket {
        /// What was written.
        draft: ticket::Draft,
    },
    /// Tickets that were made.
    Ticket(crate::ticket::Op),
    /// Take the request that is offered, or that waits.
    Accept {
        /// Which.
        request: RequestId,
        /// As the client knows it.
        epoch: i64,
    },
    /// "Not now."
    Decline {
        /// Which.
        request: RequestId,
        /// As the client knows it.
        epoch: i64,
        /// Why, for supervisors; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Whether this specialist takes requests: "on line" or "off" of [`presence::Op::Declare`].
    SetPresence {
        /// On line or not.
        on_line: bool,
    },
    /// Make a line.
    MakeLine {
        /// Made by the client.
        line: LineId,
        /// Its name.
        name: String,
    },
    /// Make a client organisation.
    MakeOrganisation {
        /// Made by the client.
        organisation: OrganisationId,
        /// Its name.
        name: String,
    },
    /// Invite a person.
    Invite {
        /// Made by the client.
        person: PersonId,
        /// Name.
        name: String,
        /// Role.
        role: Role,
        /// Client organisation; none for the firm's own people.
        organisation: Option<OrganisationId>,
        /// Lines a specialist serves.
        lines: Vec<LineId>,
        /// Public half of the invite's key.
        invite_key: PublicKey,
        /// `certificate::Admission`, signed by the organisation's key.
        admission: Signed,
    },
    /// Lines, organisations, people, groups: what the owner sets up.
    Structure(structure::Op),
    /// Devices of people.
    Device(device::Op),
    /// Ask to see a screen.
    AskScreen {
        /// Made by the client.
        session: SessionId,
        /// In which talk.
        conversation: ConversationId,
        /// What for.
        scopes: Scopes,
        /// Why, in words.
        reason: String,
    },
    /// The customer allowed something; the grant itself goes to the helper's device alone.
    AllowScreen {
        /// Which session.
        session: SessionId,
        /// What.
        scopes: Scopes,
    },
    /// End a session, or refuse it.
    EndSession {
        /// Which.
        session: SessionId,
        /// Why.
        reason: EndReason,
    },
    /// Hours of lines, and calling back.
    Hours(crate::hours::Op),
    /// Contracts.
    Contract(crate::contract::Op),
    /// About who takes requests.
    Presence(presence::Op),
    /// About how requests find specialists.
    Routing(routing::Op),
    /// About mail.
    Mail(crate::mail::Op),
    /// About what is kept, and for how long.
    Keeping(crate::keeping::Op),
    /// About second factors.
    Totp(crate::totp::Op),
    /// About keys of the API and webhooks.
    Api(crate::api::Op),
    /// Look in, take over, mark.
    Supervise(supervision::Op),
    /// Notes beside a talk.
    Note(note::Op),
    /// Hand a talk over.
    Transfer(transfer::Op),
    /// Add somebody to a talk, or leave it.
    Participant(participant::Op),
    /// Ask a vendor.
    Vendor(vendor::Op),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum OpResult {
    /// It is done.
    Done,
    /// A ticket has its number.
    Ticket {
        /// The number.
        number: i64,
    },
    /// A ticket was updated.
    Updated {
        /// There is an event of it.
        #[serde(default)]
        written: bool,
        /// Fields that were left as they are: somebody else changed them to something else.
        conflicts: Vec<ticket::Field>,
    },
    /// A talk was taken over, and the customer is asked to go on with the screen.
    GoesOn {
        /// In this session.
        session: SessionId,
        /// For no more than the giver had.
        scopes: Scopes,
    },
}

/// No, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// For the program.
    pub code: RefusalCode,
    /// May the same be sent again later?
    pub retry: bool,
    /// Where a request is that moved on.
    #[serde(default)]
    pub moved: Option<State>,
    /// Why the contract does not cover it, and what it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<entitlement::No>,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The device is not (or no longer) known here.
    UnknownDevice,
    /// No common version.
    Version,
    /// Not this person's business.
    NotAllowed,
    /// There is no such thing.
    NotFound,
    /// The request has another owner or state by now.
    Moved,
    /// The talk is over.
    Closed,
    /// The contract does not cover it; why is in [`Refusal::entitlement`].
    NotEntitled,
    /// What was sent does not make sense.
    Invalid,
    /// Too long or too big.
    TooLarge,
    /// It is needed, or is there already.
    InUse,
    /// The invite was used by another device.
    InviteUsed,
    /// The device was revoked.
    DeviceRevoked,
    /// The invite is unknown here.
    InviteUnknown,
    /// A new device of this person needs a code of the second factor.
    CodeNeeded,
    /// The code is wrong, or was used.
    CodeWrong,
    /// Something goes on with it still; end that first.
    StillOpen,
    /// Too much at once; wait.
    Busy,
    /// Another organisation has this ИНН and КПП.
    InnTaken,
    /// The person belongs to no client organisation (any more).
    NoOrganisation,
    /// The role is certified by the invite: it needs another one.
    RoleCertified,
    /// Who owns the desk has the organisation's key; the role neither comes nor goes.
    OwnerKey,
    /// The person does not belong to the organisation that is to be asked for (any more).
    NotMember,
    /// The desk's disk is full; nothing was saved.
    DiskFull,
    /// The hand-over was answered, taken back or has lapsed.
    TransferOver,
    /// The invitation was answered, taken back or has lapsed.
    InvitationOver,
    /// The receiver has as many talks as one may have.
    HandsFull,
    /// The owner of a talk hands it over before leaving it.
    OwnerStays,
    /// The workflow of the ticket's tracker has no such step for this person.
    NotAStep,
    /// The customer has to be told in words.
    WordsNeeded,
    /// A field that the tracker asks for is empty.
    FieldNeeded,
    /// The desk's own fault.
    Internal,
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

impl RefusalCode {
    /// Whether the same may be sent again later, unchanged.
    #[must_use]
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::Busy | Self::DiskFull | Self::Internal)
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self { code, retry: code.is_temporary(), moved: None, entitlement: None }
    }
}
