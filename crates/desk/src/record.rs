//! What the store keeps, as the rules see it.

use opora_domain::{
    ConversationId, LineId, OpId, OrganisationId, PersonId, PublicKey, RequestId, SessionId, Timestamp,
    availability::Declared,
    queue::Waiting,
    request::{Ask, State},
    role::Role,
    scope::Scopes,
    session,
    signed::Signed,
    ticket::{Ticket, press::Pressed, terms::Clocks},
};
use opora_wire::{
    OpResult,
    event::{EventBody, Stream},
};
use uuid::Uuid;

/// The support firm that runs the desk.
#[derive(Clone, Debug)]
pub struct Firm {
    /// Its name; empty until the owner has redeemed the first invite.
    pub name: String,
    /// The organisation's key, made on the owner's device; none until then.
    pub organisation_key: Option<PublicKey>,
    /// Changes when the log was replaced, as by a restored backup.
    pub feed_epoch: Uuid,
    /// Seed of the owner's first invite; none once it is redeemed.
    pub founding_seed: Option<[u8; 32]>,
}

/// A person of the desk.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Client organisation; none for the firm's own people.
    pub organisation: Option<OrganisationId>,
    /// Lines a specialist serves.
    pub lines: Vec<LineId>,
    /// Takes requests from the beginning; later what was declared counts.
    pub on_line: bool,
    /// Has redeemed an invite.
    pub joined: bool,
}

/// Who does something: a person at a device.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// The device.
    pub device: PublicKey,
}

/// Who sends an operation, as of now.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Whose device it is.
    pub person: Person,
    /// What the operation came to when it was sent before.
    pub answered: Option<OpResult>,
}

/// An invite.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Public half of its key.
    pub key: PublicKey,
    /// Whom it admits; none for the owner's first invite.
    pub person: Option<PersonId>,
    /// `certificate::Admission`; none until the owner brings it.
    pub admission: Option<Signed>,
    /// The device that redeemed it.
    pub device: Option<PublicKey>,
}

/// A request on its way.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which; its conversation has the same id.
    pub id: RequestId,
    /// Who asks.
    pub customer: PersonId,
    /// What.
    pub ask: Ask,
    /// For which organisation; none when nobody knew at the time.
    pub organisation: Option<OrganisationId>,
    /// Waiting since.
    pub since: Timestamp,
    /// Where it is.
    pub state: State,
    /// Grows with every move; 0 at first.
    pub epoch: i64,
}

impl Request {
    /// Its conversation.
    #[must_use]
    pub fn conversation(&self) -> ConversationId {
        ConversationId(self.id.0)
    }
}

/// A request that waits or is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// For the order.
    pub waiting: Waiting,
    /// Its line.
    pub line: LineId,
    /// Who asks.
    pub customer: PersonId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// `Waiting` or `Offered`.
    pub state: State,
    /// Guard.
    pub epoch: i64,
}

/// A specialist or the owner, for routing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Who.
    pub person: PersonId,
    /// Role.
    pub role: Role,
    /// Lines; an owner without lines serves all.
    pub lines: Vec<LineId>,
    /// What was declared last.
    pub declared: Declared,
    /// Conversations and offers in hand, those on hold not.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
    /// When the last one ended.
    pub idle_since: Timestamp,
    /// Requests passed on.
    pub passed: Vec<Pass>,
}

/// A request that was declined, or whose offer lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Which.
    pub request: RequestId,
    /// Not offered again to the same person before.
    pub rests_until: Timestamp,
}

impl Server {
    /// Whether this one takes requests of `line`.
    #[must_use]
    pub fn serves(&self, line: LineId) -> bool {
        self.lines.contains(&line) || (self.lines.is_empty() && self.role == Role::Owner)
    }
}

/// A remote session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Which.
    pub id: SessionId,
    /// In which talk.
    pub conversation: ConversationId,
    /// The helper.
    pub helper: PersonId,
    /// The helper's device.
    pub helper_device: PublicKey,
    /// The customer whose screen it is.
    pub customer: PersonId,
    /// The customer's device that allowed it.
    pub controlled: Option<PublicKey>,
    /// Asked for at first, allowed later.
    pub scopes: Scopes,
    /// Where it stands.
    pub state: session::State,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// A ticket as it is now, with what only the desk knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The ticket.
    pub ticket: Ticket,
    /// What its deadlines come from.
    pub clocks: Clocks,
    /// How far the firm's people were pressed.
    pub pressed: Pressed,
}

/// Names an operation for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpKey {
    /// The device that did it.
    pub device: PublicKey,
    /// Its id there.
    pub op: OpId,
}

/// An event that becomes part of the log when the transaction is committed.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// Whose log.
    pub stream: Stream,
    /// Its id.
    pub id: Uuid,
    /// Who did it; none when the desk did.
    pub by: Option<PersonId>,
    /// What happened.
    pub body: EventBody,
}

/// A part of a person's feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// In the order of `gseq`.
    pub events: Vec<opora_wire::Event>,
    /// Nothing readable at or below it is missing.
    pub cursor: i64,
    /// More is there already.
    pub more: bool,
}

/// A file on its way to the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub id: Uuid,
    /// Who sends it.
    pub person: PersonId,
    /// BLAKE3 it must have.
    pub hash: [u8; 32],
    /// Bytes it must have.
    pub size: u64,
    /// Bytes that are safe on disk.
    pub offset: u64,
}
