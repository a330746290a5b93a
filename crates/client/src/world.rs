//! What the log says: pure reducers over events, kept in memory.
//!
//! Each stream is applied in its own order without gaps; streams come in any order among each
//! other, so nothing here needs a fact of another stream to be there first. What grows with the
//! history is in [`Rows`], which are kept in the cache one by one: a start reads them, and applies
//! what has come since by the same code that follows the live log ([`kept`]).

mod beside;
mod contracts;
mod device;
mod hours;
mod invitations;
pub(crate) mod kept;
mod pairs;
mod participants;
mod people;
mod requests;
mod routing;
mod rows;
mod running;
mod structure;
mod supervision;
mod talk;
#[cfg(test)]
mod tests;
mod tickets;

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    ConversationId, InvitationId, LineId, OpId, OrganisationId, PersonId, RequestId, Timestamp, request::Ask,
    role::Role, session::State as SessionState,
};
use opora_wire::{Event, EventBody, Stream};
use serde::{Deserialize, Serialize};

pub use beside::{Beside, Offer, Told};
pub use contracts::{Contracts, Reminder, Renewal};
pub use device::{Asked, Devices, KnownDevice};
pub use hours::Hours;
pub use invitations::Invitation;
pub use people::Person;
pub use requests::Request;
pub use routing::{Routing, Step};
pub use rows::Rows;
pub use running::Running;
pub use structure::{Colleague, ColleagueRequest, Structure};
pub use supervision::{Acted, Supervision};
pub use talk::{Conversation, Last, Member, Session, excerpt, first_words};
pub use tickets::{Known as KnownTicket, Tickets, Told as ToldTicket};

/// Circumstances of an event that are not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// This machine's clock.
    pub now: Timestamp,
    /// It comes as it happens, not while catching up.
    pub live: bool,
}

/// What an event changed, and what it asks for.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    /// Account, link, settings, what waits or is stuck.
    pub app: bool,
    /// Lines, organisations, people.
    pub people: bool,
    /// Devices.
    pub devices: bool,
    /// The customer's home.
    pub home: bool,
    /// The specialist's queue.
    pub queue: bool,
    /// Tickets.
    pub tickets: bool,
    /// Trackers, categories, what is promised, what all clients are told.
    pub ticket_setup: bool,
    /// What others did in tickets, as it happened.
    pub ticketed: Vec<Event>,
    /// Hours of lines.
    pub hours: bool,
    /// Contracts.
    pub contracts: bool,
    /// Reminders of contracts that came as they happened.
    pub reminders: Vec<Reminder>,
    /// Organisations whose wish for renewal came as it happened.
    pub wishes: Vec<OrganisationId>,
    /// Who of the firm takes requests.
    pub staff: bool,
    /// Settings of routing.
    pub routing: bool,
    /// Requests whose way to a specialist has another step.
    pub ways: BTreeSet<RequestId>,
    /// Mail, what is kept, second factors.
    pub running: bool,
    /// Rows of the list of conversations.
    pub rows: BTreeSet<ConversationId>,
    /// Heads of conversations.
    pub heads: BTreeSet<ConversationId>,
    /// Lines of conversations, by `seq`.
    pub entries: BTreeMap<ConversationId, BTreeSet<i64>>,
    /// Operations in the outbox whose event is here.
    pub done: BTreeSet<OpId>,
    /// Operations in the outbox that look different now.
    pub echoes: BTreeSet<OpId>,
    /// Requests that ring here.
    pub rings: Vec<RequestId>,
    /// Messages that came from others, by `seq`.
    pub said: Vec<(ConversationId, i64)>,
    /// Sessions that moved.
    pub sessions: Vec<Event>,
    /// The live board.
    pub board: bool,
    /// The trail of supervisors.
    pub audit: bool,
    /// Conversations of one's own that were taken over just now, by whom, and whether one stays.
    pub taken: Vec<(ConversationId, PersonId, bool)>,
    /// What is being handed over.
    pub transfers: bool,
    /// Who is asked into talks.
    pub invitations: bool,
    /// Talks with something new beside them.
    pub beside: BTreeSet<ConversationId>,
    /// Talks with something new between firm and vendor.
    pub vendor: BTreeSet<ConversationId>,
    /// What came beside talks from others, to be told aloud.
    pub noted: Vec<Event>,
}

impl Changes {
    /// Adds another event's changes.
    pub fn add(&mut self, other: Self) {
        self.app |= other.app;
        self.people |= other.people;
        self.devices |= other.devices;
        self.home |= other.home;
        self.queue |= other.queue;
        self.tickets |= other.tickets;
        self.ticket_setup |= other.ticket_setup;
        self.ticketed.extend(other.ticketed);
        self.hours |= other.hours;
        self.contracts |= other.contracts;
        self.reminders.extend(other.reminders);
        self.wishes.extend(other.wishes);
        self.staff |= other.staff;
        self.routing |= other.routing;
        self.ways.extend(other.ways);
        self.running |= other.running;
        self.rows.extend(other.rows);
        self.heads.extend(other.heads);
        for (conversation, seqs) in other.entries {
            self.entries.entry(conversation).or_default().extend(seqs);
        }
        self.done.extend(other.done);
        self.echoes.extend(other.echoes);
        self.rings.extend(other.rings);
        self.said.extend(other.said);
        self.sessions.extend(other.sessions);
        self.board |= other.board;
        self.audit |= other.audit;
        self.taken.extend(other.taken);
        self.transfers |= other.transfers;
        self.invitations |= other.invitations;
        self.beside.extend(other.beside);
        self.vendor.extend(other.vendor);
        self.noted.extend(other.noted);
    }

    /// The row of a conversation, and the home that shows it.
    pub(crate) fn row(&mut self, conversation: ConversationId) {
        self.home = true;
        self.rows.insert(conversation);
    }
}

/// Everything this person may know.
#[derive(Debug, Serialize, Deserialize)]
pub struct World {
    /// Oneself.
    pub me: PersonId,
    /// One's role.
    pub role: Role,
    /// The firm.
    pub desk_name: Option<String>,
    /// Lines.
    pub lines: BTreeMap<LineId, String>,
    /// Client organisations.
    #[serde(skip)]
    pub organisations: Rows<OrganisationId, String>,
    /// People.
    #[serde(skip)]
    pub people: Rows<PersonId, Person>,
    /// Devices of people.
    pub devices: Devices,
    /// What is known about lines, organisations, people and groups.
    pub structure: Structure,
    /// Requests that are not over, and those of this session that are.
    #[serde(skip)]
    pub requests: Rows<RequestId, Request>,
    /// Conversations.
    #[serde(skip)]
    pub conversations: Rows<ConversationId, Conversation>,
    /// Tickets.
    pub tickets: Tickets,
    /// Hours of lines.
    pub hours: Hours,
    /// Contracts.
    pub contracts: Contracts,
    /// Settings of routing, holds, reasons.
    pub routing: Routing,
    /// Mail, what is kept, second factors.
    pub running: Running,
    /// Looks, the trail, marks of the head.
    pub supervision: Supervision,
    /// What is said beside talks.
    #[serde(skip)]
    pub beside: Rows<ConversationId, Beside>,
    /// What is said with vendors.
    #[serde(skip)]
    pub vendor: Rows<ConversationId, Vec<Event>>,
    /// Organisations that are vendors.
    pub vendors: BTreeSet<OrganisationId>,
    /// How offers of one's own ended, since this program runs.
    #[serde(skip)]
    pub told: Vec<Told>,
    /// Invitations into talks that are open, or came to nothing.
    pub invitations: BTreeMap<InvitationId, Invitation>,
    /// What is not in [`Rows`]' lists of what is unwritten is in the cache.
    #[serde(skip)]
    is_kept: bool,
    /// How far streams are read, and may be.
    #[serde(skip)]
    pub streams: Rows<Stream, Reading>,
}

/// How far a stream is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The last `seq` that is in here.
    pub applied: i64,
    /// Its head as `StreamOpened` named it.
    pub opened: Option<i64>,
    /// Nothing new comes from it.
    pub shut: bool,
}

impl World {
    /// Nothing known yet.
    #[must_use]
    pub fn new(me: PersonId, role: Role) -> Self {
        Self {
            me,
            role,
            desk_name: None,
            lines: BTreeMap::new(),
            organisations: Rows::default(),
            people: Rows::default(),
            devices: Devices::default(),
            structure: Structure::default(),
            requests: Rows::default(),
            conversations: Rows::default(),
            tickets: Tickets::default(),
            hours: Hours::default(),
            contracts: Contracts::default(),
            routing: Routing::default(),
            running: Running::default(),
            supervision: Supervision::default(),
            beside: Rows::default(),
            vendor: Rows::default(),
            vendors: BTreeSet::new(),
            told: Vec::new(),
            invitations: BTreeMap::new(),
            is_kept: false,
            streams: Rows::default(),
        }
    }

    /// The last `seq` of a stream that is in here.
    #[must_use]
    pub fn applied(&self, stream: Stream) -> i64 {
        self.streams.get(&stream).map_or(0, |known| known.applied)
    }

    /// Whether nothing new comes from a stream.
    #[must_use]
    pub fn is_shut(&self, stream: Stream) -> bool {
        self.streams.get(&stream).is_some_and(|known| known.shut)
    }

    /// Applies an event if it is the next one of its stream; `None` when it is not.
    pub fn apply(&mut self, event: &Event, moment: Moment) -> Option<Changes> {
        if event.seq != self.applied(event.stream) + 1 {
            return None;
        }
        self.streams.or_default(event.stream).applied = event.seq;
        Some(match event.stream {
            Stream::Conversation(conversation) => self.apply_talk(conversation, event, moment),
            Stream::Desk
            | Stream::Staff
            | Stream::Supervisors
            | Stream::Person(_)
            | Stream::Organisation(_)
            | Stream::Ticket(_) => self.apply_common(event, moment),
            Stream::OrganisationRequests(organisation) => self.apply_colleagues(organisation, event),
            Stream::ConversationStaff(conversation) => self.apply_beside(conversation, event, moment),
            Stream::ConversationVendor(conversation) => self.apply_vendor(conversation, event, moment),
        })
    }

    fn apply_common(&mut self, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes::default();
        match &event.body {
            EventBody::DeskNamed { name } => {
                self.desk_name = Some(name.clone());
                changes.app = true;
            }
            EventBody::StreamOpened { stream, head } => {
                self.streams.or_default(*stream).opened = Some(*head);
                changes = self.turn(*stream, true);
            }
            EventBody::StreamClosed { stream } => changes = self.turn(*stream, false),
            EventBody::Participant(what) => {
                changes = self.apply_invitation(event, what, moment).unwrap_or_else(|| self.apply_introduction(what));
            }
            EventBody::Transfer(what) => changes = self.apply_line(what),
            EventBody::Vendor(what) => changes = self.apply_vendor_made(what),
            EventBody::LineMade { .. }
            | EventBody::OrganisationMade { .. }
            | EventBody::PersonInvited { .. }
            | EventBody::PersonJoined { .. } => changes = self.apply_people(&event.body),
            EventBody::RequestAsked { .. } | EventBody::RequestMoved { .. } => {
                changes = self.apply_request(event, moment);
            }
            EventBody::Device(said) => changes = self.apply_device(event, said),
            EventBody::Structure(said) => {
                changes = self.apply_structure(said);
                changes.app |= self.hear_role(event.stream, said);
            }
            EventBody::TicketMade { .. } => {
                if let Some(made) = tickets::Made::of(&event.body) {
                    changes = self.apply_ticket_made(event, &made, moment);
                }
            }
            EventBody::Ticket(said) => changes = self.apply_ticket(event, said, moment),
            EventBody::Hours(body) => changes = self.apply_hours(body),
            EventBody::Contract(body) => changes = self.apply_contract(event.by, body, moment),
            EventBody::Routing(what) => changes = self.apply_routing(event, what),
            EventBody::Mail(_) | EventBody::Keeping(_) | EventBody::Totp(_) => {
                changes = self.apply_running(&event.body)
            }
            EventBody::Api(said) => changes = self.apply_api(said),
            EventBody::Supervision(what) => changes = self.apply_supervision(event, what, moment),
            _ => {}
        }
        changes
    }

    /// Whether a request and its conversation are both here: then the echo of asking may go.
    pub(crate) fn ask_is_done(&self, request: RequestId) -> bool {
        let talk = self.conversations.get(&ConversationId(request.0));
        self.requests.contains_key(&request) && talk.is_some_and(|talk| talk.ask.is_some())
    }

    /// Sessions that were asked for and are not over, when catching up ends.
    #[must_use]
    pub fn open_sessions(&self) -> Vec<&Session> {
        let sessions = self.conversations.values().filter_map(|talk| talk.session.as_ref());
        sessions.filter(|session| session.state != SessionState::Ended).collect()
    }

    /// Name and organisation of a person, as far as they are known.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> Option<(String, String)> {
        let known = self.people.get(&person)?;
        Some((known.name.clone(), self.organisation_name(known)))
    }

    /// The organisation of a request: the one that it names, else the customer's main one.
    #[must_use]
    pub fn asks_for(&self, customer: PersonId, ask: Option<&Ask>) -> Option<OrganisationId> {
        let named = ask.and_then(|ask| ask.organisation);
        named.or_else(|| self.people.get(&customer).and_then(|person| person.organisation))
    }

    /// Whether a person belongs to an organisation, as far as dates are not looked at; the desk looks at them.
    #[must_use]
    pub fn belongs(&self, person: PersonId, organisation: OrganisationId) -> bool {
        let main = self.people.get(&person).and_then(|known| known.organisation);
        let all = self.structure.memberships.get(&person).map(Vec::as_slice).unwrap_or_default();
        main == Some(organisation) || all.iter().any(|one| one.organisation == organisation)
    }

    /// Names of a customer and of the organisation for which the customer asks.
    #[must_use]
    pub fn names_of_ask(&self, customer: PersonId, ask: &Ask) -> (String, String) {
        let (name, main) = self.name_of(customer).unwrap_or_default();
        let named = ask.organisation.and_then(|id| self.organisations.get(&id).cloned());
        (name, named.unwrap_or(main))
    }
}
