//! Carrying out operations: rights, rule, state, events, in one transaction.
//!
//! Each function leaves the transaction as it was when it refuses; the caller drops it then.

mod api;
mod asking;
mod contracts;
mod copying;
mod device;
mod entitled;
mod hours;
mod invitations;
mod inviting;
mod keeping;
mod mail;
mod notes;
mod participants;
mod presence;
mod reports;
mod roles;
mod routing;
mod screens;
mod structure;
mod supervision;
mod talking;
mod tickets;
mod time_spent;
mod totp;
mod transfers;
mod vendors;

use opora_domain::{
    ConversationId, PersonId, PublicKey, RequestId, Timestamp,
    availability::Status,
    request::State,
    role::{Action, Role},
    webhook::address::Reach,
};
use opora_runtime::Rng;
use opora_wire::{
    OpBody, OpResult, Refusal, RefusalCode,
    event::{EventBody, Stream},
};
use uuid::Uuid;

use crate::{
    audience,
    desk::DeskError,
    record::{Actor, NewEvent, Person, Request},
    store::Tx,
};
pub(crate) use screens::session_moved;

/// The longest name of a person, line, organisation or program, in characters.
const MOST_NAME: usize = 200;

/// An operation in its transaction.
pub(crate) struct Doing<'a, T> {
    pub(crate) tx: &'a mut T,
    pub(crate) actor: &'a Actor,
    pub(crate) rng: &'a Rng,
    pub(crate) now: Timestamp,
    /// A program does it and no person: what it says is no answer by a person of the firm (D17).
    pub(crate) robot: bool,
    /// How far webhooks go.
    pub(crate) reach: Reach,
}

/// What an operation comes to.
type Done<T = OpResult> = Result<T, DeskError>;

/// Whether the offers have to look afterwards.
pub(crate) fn wakes(body: &OpBody) -> bool {
    use OpBody as B;
    matches!(
        body,
        B::Ask { .. }
            | B::Cancel { .. }
            | B::Close { .. }
            | B::Accept { .. }
            | B::Decline { .. }
            | B::SetPresence { .. }
            | B::Invite { .. }
            | B::Structure(_)
            | B::Hours(_)
            | B::Presence(_)
            | B::Routing(_)
            | B::Supervise(_)
            | B::Transfer(_)
    )
}

/// The device whose connection ends with it.
pub(crate) fn revokes(body: &OpBody) -> Option<PublicKey> {
    match body {
        OpBody::Device(opora_wire::device::Op::Revoke { device }) => Some(*device),
        _ => None,
    }
}

/// Carries out one operation.
pub(crate) async fn run<T: Tx>(doing: &mut Doing<'_, T>, body: OpBody) -> Done {
    match body {
        OpBody::Ask { request, ask } => doing.ask(request, ask).await,
        OpBody::Cancel { request } => doing.cancel(request).await,
        OpBody::Accept { request, epoch } => doing.accept(request, epoch).await,
        OpBody::Decline { request, epoch, reason } => doing.decline(request, epoch, reason).await,
        OpBody::SetPresence { on_line } => {
            doing.declare(if on_line { Status::OnLine } else { Status::Off }, None).await
        }
        OpBody::Presence(op) => doing.presence(op).await,
        OpBody::Routing(op) => doing.routing(op).await,
        OpBody::Say { conversation, draft } => doing.say(conversation, draft).await,
        OpBody::See { conversation, up_to } => doing.see(conversation, up_to).await,
        OpBody::Close { conversation } => doing.close(conversation).await,
        OpBody::Rate { conversation, rating } => doing.rate(conversation, rating).await,
        OpBody::MakeTicket { draft } => doing.make_ticket(draft).await,
        OpBody::Ticket(op) => doing.ticket(op).await,
        OpBody::MakeLine { line, name } => doing.make_line(line, name).await,
        OpBody::MakeOrganisation { organisation, name } => doing.make_organisation(organisation, name).await,
        OpBody::Invite { person, name, role, organisation, lines, invite_key, admission } => {
            let person = Person { id: person, name, role, organisation, lines, on_line: false, joined: false };
            doing.invite(person, invite_key, admission).await
        }
        OpBody::Structure(op) => doing.structure(op).await,
        OpBody::Device(op) => doing.device(op).await,
        OpBody::AskScreen { session, conversation, scopes, reason } => {
            doing.ask_screen(session, conversation, scopes, reason).await
        }
        OpBody::AllowScreen { session, scopes } => doing.allow_screen(session, scopes).await,
        OpBody::EndSession { session, reason } => doing.end_session(session, reason).await,
        OpBody::Hours(op) => doing.hours(op).await,
        OpBody::Contract(op) => doing.contract(op).await,
        OpBody::Mail(op) => doing.mail(op).await,
        OpBody::Keeping(op) => doing.keeping(op).await,
        OpBody::Totp(op) => doing.totp(op).await,
        OpBody::Api(op) => doing.api(op).await,
        OpBody::Supervise(op) => doing.supervise(op).await,
        OpBody::Note(op) => doing.note(op).await,
        OpBody::Transfer(op) => doing.transfer(op).await,
        OpBody::Participant(op) => doing.participant(op).await,
        OpBody::Vendor(op) => doing.vendor(op).await,
    }
}

impl<T: Tx> Doing<'_, T> {
    fn me(&self) -> PersonId {
        self.actor.person.id
    }

    fn must(&self, action: Action) -> Done<()> {
        if self.actor.person.role.may(action) { Ok(()) } else { Err(RefusalCode::NotAllowed.into()) }
    }

    /// Appends an event by the person.
    fn append(&mut self, stream: Stream, body: EventBody) {
        let id = self.rng.uuid_v7(self.now);
        self.append_as(stream, id, body);
    }

    fn append_as(&mut self, stream: Stream, id: Uuid, body: EventBody) {
        self.tx.append(NewEvent { stream, id, by: Some(self.actor.person.id), body });
    }

    /// Moves a request and says so to staff and customer. The caller has checked the rule. An open
    /// offer of the talk to a colleague is overtaken.
    async fn move_request(&mut self, request: &Request, state: State) -> Done<()> {
        self.move_only(request, state).await?;
        self.overtake(request).await
    }

    async fn move_only(&mut self, request: &Request, state: State) -> Done<()> {
        if !self.tx.move_request(request.id, request.epoch, state).await? {
            return Err(moved(request.state).into());
        }
        self.note_moved(request, state).await?;
        let body = EventBody::RequestMoved { request: request.id, state, epoch: request.epoch + 1 };
        self.tell_of_request(request, body).await
    }

    /// Says it to staff, the customer, and who answers for the organisation.
    async fn tell_of_request(&mut self, request: &Request, body: EventBody) -> Done<()> {
        for stream in audience::of_request(self.tx, request).await? {
            self.append(stream, body.clone());
        }
        Ok(())
    }

    async fn request(&mut self, id: RequestId) -> Done<Request> {
        Ok(self.tx.request(id).await?.ok_or(RefusalCode::NotFound)?)
    }

    /// The request of a conversation that this person belongs to. Who only looks does not.
    async fn talk(&mut self, conversation: ConversationId) -> Done<Request> {
        self.must(Action::Talk)?;
        let request = self.request(RequestId(conversation.0)).await?;
        // Who only looks in reads; a word or a mark would tell of it.
        if !self.tx.is_member(self.actor.person.id, Stream::Conversation(conversation)).await? {
            return Err(RefusalCode::NotAllowed.into());
        }
        Ok(request)
    }

    /// As [`Doing::talk`], and the talk is not over.
    async fn open_talk(&mut self, conversation: ConversationId) -> Done<Request> {
        let request = self.talk(conversation).await?;
        match request.state {
            State::Closed | State::Cancelled => Err(RefusalCode::Closed.into()),
            _ => Ok(request),
        }
    }

    /// Lets a person into a stream: the right, and `StreamOpened` in the person's own stream.
    async fn open_stream(&mut self, person: PersonId, stream: Stream) -> Done<()> {
        if self.tx.grant(person, stream, 1).await? {
            self.append(Stream::Person(person), EventBody::StreamOpened { stream, head: 0 });
        }
        Ok(())
    }

    /// Lets one of the firm's people into a talk: what is said to the client, and what is said beside it.
    async fn let_in(&mut self, person: PersonId, conversation: ConversationId) -> Done<()> {
        self.open_stream(person, Stream::Conversation(conversation)).await?;
        self.open_stream(person, Stream::ConversationStaff(conversation)).await
    }

    /// Says who belongs to a conversation, with the proofs of the devices.
    async fn join(&mut self, request: &Request, person: &Person) -> Done<()> {
        let body = joined(self.tx, person, Some(request)).await?;
        self.append(Stream::Conversation(request.conversation()), body);
        Ok(())
    }
}

/// The event that introduces a person to a conversation: a customer as somebody of the organisation that asks.
pub(crate) async fn joined<T: Tx>(tx: &mut T, person: &Person, request: Option<&Request>) -> Done<EventBody> {
    let asks = request.and_then(|request| request.organisation).filter(|_| person.role == Role::Customer);
    let here = Person { organisation: asks.or(person.organisation), ..person.clone() };
    let organisation = organisation_of(tx, &here).await?;
    let devices = tx.devices(person.id).await?;
    Ok(EventBody::Joined { person: person.id, name: person.name.clone(), role: person.role, organisation, devices })
}

/// The client organisation's name, or the firm's.
pub(crate) async fn organisation_of<T: Tx>(tx: &mut T, person: &Person) -> Done<String> {
    let name = match person.organisation {
        Some(id) => tx.organisation(id).await?,
        None => None,
    };
    match name {
        Some(name) => Ok(name),
        None => Ok(tx.firm().await?.name),
    }
}

/// "It moved on; there it is."
fn moved(state: State) -> Refusal {
    Refusal { moved: Some(state), ..RefusalCode::Moved.into() }
}

/// A name that a person wrote: not empty, not too long.
fn check_name(name: &str) -> Done<()> {
    match name.trim() {
        "" => Err(RefusalCode::Invalid.into()),
        name if name.chars().count() > MOST_NAME => Err(RefusalCode::TooLarge.into()),
        _ => Ok(()),
    }
}

fn at_most(text: &str, characters: usize) -> Done<()> {
    if text.chars().count() > characters { Err(RefusalCode::TooLarge.into()) } else { Ok(()) }
}

/// Customers and vendors belong to an organisation; the firm's own people to none.
fn belongs_well(role: Role, has_organisation: bool) -> bool {
    matches!(role, Role::Customer | Role::Vendor) == has_organisation
}
