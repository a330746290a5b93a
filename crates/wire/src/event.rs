//! The log: what happened, in streams (D12).
//!
//! Inside a stream nothing is ever filtered: `seq` counts from 1 without a gap, and a client that
//! sees a hole asks for it. `gseq` counts over the whole desk; gaps in it are normal.

use opora_domain::{
    ConversationId, LineId, MessageId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, TicketId, Timestamp,
    message::Draft,
    rating::Rating,
    request::{self, Ask},
    role::Role,
    scope::Scopes,
    session::{self, EndReason},
    ticket,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{
    copied::Copied, device, hello::Device, note, participant, presence, routing, structure, supervision, transfer,
    vendor,
};

/// An audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// `desk`: the desk's name and lines; everybody reads it.
    Desk,
    /// `staff`: organisations, people, the queue, tickets; specialists and owner read it.
    Staff,
    /// `supervisors`: looks, takings over, marks of the head; supervisors and owner read it.
    Supervisors,
    /// `person/ID`: what concerns one person.
    Person(PersonId),
    /// `organisation/ID`: contract, hours left, own specialist; its contact persons read it. The firm's people
    /// read the same in `staff`.
    Organisation(OrganisationId),
    /// `organisation/ID/requests`: what its people ask, and who they are; its responsible customers read it.
    OrganisationRequests(OrganisationId),
    /// `ticket/ID`: a ticket, without what the firm's people say among themselves; its customer and those read it
    /// who see it. The firm's people read all of it in `staff`.
    Ticket(TicketId),
    /// `conversation/ID/public`: the talk; its members read it.
    Conversation(ConversationId),
    /// `conversation/ID/staff`: what the firm's people say among themselves; no client's device learns of it.
    ConversationStaff(ConversationId),
    /// `conversation/ID/vendor`: what was escalated to the vendor, from there on.
    ConversationVendor(ConversationId),
}

/// The text is not the name of a stream.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a stream")]
pub struct NotAStream;

impl std::fmt::Display for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Desk => f.write_str("desk"),
            Self::Staff => f.write_str("staff"),
            Self::Supervisors => f.write_str("supervisors"),
            Self::Person(id) => write!(f, "person/{id}"),
            Self::Organisation(id) => write!(f, "organisation/{id}"),
            Self::OrganisationRequests(id) => write!(f, "organisation/{id}/requests"),
            Self::Ticket(id) => write!(f, "ticket/{id}"),
            Self::Conversation(id) => write!(f, "conversation/{id}/public"),
            Self::ConversationStaff(id) => write!(f, "conversation/{id}/staff"),
            Self::ConversationVendor(id) => write!(f, "conversation/{id}/vendor"),
        }
    }
}

impl std::str::FromStr for Stream {
    type Err = NotAStream;
    fn from_str(text: &str) -> Result<Self, NotAStream> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            ["desk"] => Ok(Self::Desk),
            ["staff"] => Ok(Self::Staff),
            ["supervisors"] => Ok(Self::Supervisors),
            ["person", id] => id.parse().map(Self::Person).map_err(|_| NotAStream),
            ["organisation", id] => id.parse().map(Self::Organisation).map_err(|_| NotAStream),
            ["organisation", id, "requests"] => id.parse().map(Self::OrganisationRequests).map_err(|_| NotAStream),
            ["ticket", id] => id.parse().map(Self::Ticket).map_err(|_| NotAStream),
            ["conversation", id, "public"] => id.parse().map(Self::Conversation).map_err(|_| NotAStream),
            ["conversation", id, "staff"] => id.parse().map(Self::ConversationStaff).map_err(|_| NotAStream),
            ["conversation", id, "vendor"] => id.parse().map(Self::ConversationVendor).map_err(|_| NotAStream),
            _ => Err(NotAStream),
        }
    }
}

impl Serialize for Stream {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One event: a header and a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Whose log.
    pub stream: Stream,
    /// Place in the stream, from 1.
    pub seq: i64,
    /// Place in the desk's whole log.
    pub gseq: i64,
    /// Its id.
    pub id: Uuid,
    /// The desk's clock.
    pub at: Timestamp,
    /// Who did it; none when the desk did.
    pub by: Option<PersonId>,
    /// What happened.
    pub body: EventBody,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EventBody {
    // -- desk
    /// The desk has a (new) name.
    DeskNamed {
        /// The firm.
        name: String,
    },
    /// A line exists, or was renamed.
    LineMade {
        /// Which.
        line: LineId,
        /// Its name.
        name: String,
    },

    // -- staff
    /// A client organisation exists.
    OrganisationMade {
        /// Which.
        organisation: OrganisationId,
        /// Its name.
        name: String,
    },
    /// A person was invited.
    PersonInvited {
        /// Which.
        person: PersonId,
        /// Name.
        name: String,
        /// Role.
        role: Role,
        /// Client organisation; none for the firm's own people.
        organisation: Option<OrganisationId>,
        /// Lines a specialist serves.
        lines: Vec<LineId>,
    },
    /// A person redeemed the invite.
    PersonJoined {
        /// Who.
        person: PersonId,
    },
    /// A request entered the queue, at epoch 0. Also in the customer's own stream.
    RequestAsked {
        /// Which; the conversation has the same id.
        request: RequestId,
        /// Who asks.
        customer: PersonId,
        /// What.
        ask: Ask,
        /// Waiting since.
        since: Timestamp,
        /// Whether "work has stopped" goes first for this client; a contract may leave that out.
        #[serde(default = "yes", skip_serializing_if = "is_yes")]
        urgent: bool,
    },
    /// A request moved. Also in the customer's own stream.
    RequestMoved {
        /// Which.
        request: RequestId,
        /// Where it is now.
        state: request::State,
        /// Guard for commands about it; one more with each move.
        epoch: i64,
    },
    /// A ticket was made. In `staff` and in `ticket/ID`; desks before "Tickets" wrote it into the customer's stream.
    TicketMade {
        /// Its number, given by the desk.
        number: i64,
        /// Whose it is.
        customer: PersonId,
        /// What was written.
        draft: ticket::Draft,
        /// Where it stands.
        status: ticket::Status,
        /// What the desk added.
        #[serde(default, flatten)]
        placed: crate::ticket::Placed,
    },
    /// What happened to tickets.
    Ticket(crate::ticket::Event),

    // -- supervisors, person
    /// What supervisors did.
    Supervision(supervision::Event),

    // -- person
    /// This person may read a stream from now on, from its beginning.
    StreamOpened {
        /// Which.
        stream: Stream,
        /// Its last `seq` at that moment; the client fetches 1..=head.
        head: i64,
    },

    /// This person may read a stream no longer; what was read stays readable.
    StreamClosed {
        /// Which.
        stream: Stream,
    },

    // -- conversation
    /// The first event of a conversation.
    ConversationOpened {
        /// Its request.
        request: RequestId,
        /// Who asked.
        customer: PersonId,
        /// What.
        ask: Ask,
    },
    /// Someone belongs to the conversation now.
    Joined {
        /// Who.
        person: PersonId,
        /// Name.
        name: String,
        /// Role.
        role: Role,
        /// Firm or client organisation.
        organisation: String,
        /// The person's devices, with their proofs.
        devices: Vec<Device>,
    },
    /// A message. The event's id is the message's id.
    Said(Draft),
    /// Somebody saw the conversation up to here.
    Seen {
        /// `seq` in this stream.
        up_to: i64,
    },
    /// A helper asks for the screen.
    SessionAsked {
        /// Which session.
        session: SessionId,
        /// The helper's device.
        helper: PublicKey,
        /// What for.
        scopes: Scopes,
        /// In the helper's words.
        reason: String,
        /// The session that this one goes on from, when the talk changed hands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<SessionId>,
    },
    /// A session moved.
    SessionMoved {
        /// Which.
        session: SessionId,
        /// Where it is now.
        state: session::State,
        /// What the customer allowed.
        scopes: Scopes,
        /// The customer's device that answered.
        controlled: Option<PublicKey>,
        /// Why it ended.
        reason: Option<EndReason>,
    },
    /// A ticket came out of this talk.
    TicketNoted {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: i64,
        /// Its subject.
        subject: String,
    },
    /// A message was taken as read and the talk is over.
    Closed,
    /// The customer rated the help.
    Rated(Rating),
    /// A note of the firm's people beside the talk.
    Note(note::Event),
    /// A message of the talk, copied for another audience.
    Copied(Copied),
    /// A talk is handed over.
    Transfer(transfer::Event),
    /// Somebody comes into a talk later, or leaves it.
    Participant(participant::Event),
    /// A vendor is asked.
    Vendor(vendor::Event),

    /// Organisations, people and lines as they are now.
    Structure(structure::Event),
    // -- nouns of their own
    /// Hours of lines, and calling back.
    Hours(crate::hours::Event),
    /// Contracts.
    Contract(crate::contract::Event),
    /// Who takes requests. In `staff`.
    Presence(presence::Event),
    /// How requests find specialists.
    Routing(routing::Event),
    /// Devices of people.
    Device(device::Event),
    /// About mail.
    Mail(crate::mail::Event),
    /// About what is kept, and for how long.
    Keeping(crate::keeping::Event),
    /// About second factors.
    Totp(crate::totp::Event),
    /// About keys of the API and webhooks.
    Api(crate::api::Event),

    /// The body was erased; that something happened stays.
    Erased,

    /// From a newer desk; kept for a newer client.
    #[serde(other)]
    Unknown,
}

/// A message's place, for replies and marks.
pub type MessagePlace = (ConversationId, MessageId);

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_yes(yes: &bool) -> bool {
    *yes
}
