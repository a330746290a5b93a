//! Requests: asked, taken back, accepted, declined; and who takes them.

use opora_domain::{
    OrganisationId, RequestId, Span,
    availability::Declared,
    contract::Channel,
    membership::{self, NotOne},
    offer::{self, OfferError},
    request::{Ask, AskError, State},
    role::Action,
};
use opora_wire::{
    OpResult, Refusal, RefusalCode,
    event::{EventBody, Stream},
    routing::{self, Passed},
};

use super::{Doing, Done, MOST_NAME, at_most, moved};
use crate::{
    record::{Request, Server},
    store::Tx,
};

/// Facts in one request at most; today's client knows seven.
const MOST_FACTS: usize = 32;
/// Characters of one fact at most.
const MOST_FACT: usize = 500;
/// Characters of a reason at most; more belongs into the conversation.
const MOST_REASON: usize = 500;
/// Who said "not now" is left alone with that request for so long, if nobody else can take it.
const REST: Span = Span::seconds(30);

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn ask(&mut self, id: RequestId, ask: Ask) -> Done {
        self.must(Action::Ask)?;
        check(&ask)?;
        let organisation = self.asks_for(ask.organisation).await?;
        if !self.tx.has_line(ask.line).await? {
            return Err(RefusalCode::NotFound.into());
        }
        if self.tx.request(id).await?.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        // Whoever reads it learns for whom it is, also of a client that did not choose.
        let (organisation, ask) = (Some(organisation), Ask { organisation: Some(organisation), ..ask });
        let basis = self.entitled(organisation, ask.line, Channel::Chat).await?;
        let (customer, since, state) = (self.me(), self.now, State::Waiting);
        let request = Request { id, customer, ask: ask.clone(), organisation, since, state, epoch: 0 };
        let conversation = request.conversation();
        self.tx.add_request(&request).await?;
        let urgent = basis.as_ref().is_none_or(|basis| basis.urgent);
        if let Some(basis) = &basis {
            self.tx.set_basis(id, basis, self.now).await?;
        }
        self.note_asked(&request).await?;
        self.open_stream(customer, Stream::Conversation(conversation)).await?;
        let opened = EventBody::ConversationOpened { request: id, customer, ask: ask.clone() };
        self.append(Stream::Conversation(conversation), opened);
        let actor = self.actor;
        self.join(&request, &actor.person).await?;
        let asked = EventBody::RequestAsked { request: id, customer, ask, since, urgent };
        self.tell_of_request(&request, asked).await?;
        self.count_request(id).await?;
        Ok(OpResult::Done)
    }

    /// For which organisation somebody asks. Who belongs to none any more is served by none.
    pub(super) async fn asks_for(&mut self, chosen: Option<OrganisationId>) -> Done<OrganisationId> {
        let memberships = self.tx.memberships(self.me()).await?;
        membership::asks_for(&memberships, chosen, self.now).map_err(|not_one| match not_one {
            NotOne::OfAny => RefusalCode::NoOrganisation.into(),
            NotOne::OfThis => RefusalCode::NotMember.into(),
        })
    }

    pub(super) async fn cancel(&mut self, id: RequestId) -> Done {
        let request = self.request(id).await?;
        if request.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        match request.state {
            State::Waiting => {}
            State::Offered { to, .. } => self.tx.free_load(to, self.now).await?,
            gone => return Err(moved(gone).into()),
        }
        self.move_request(&request, State::Cancelled).await?;
        self.append(Stream::Conversation(request.conversation()), EventBody::Closed);
        self.count_request(id).await?;
        Ok(OpResult::Done)
    }

    pub(super) async fn accept(&mut self, id: RequestId, epoch: i64) -> Done {
        self.must(Action::Serve)?;
        let request = self.request_at(id, epoch).await?;
        let accepted = offer::accept(request.state, self.me(), self.now).map_err(|error| match error {
            OfferError::Moved(state) => moved(state),
            OfferError::Lapsed => moved(State::Waiting),
        })?;
        if request.state == State::Waiting {
            self.take_unoffered(&request).await?;
        }
        self.move_request(&request, accepted).await?;
        self.tx.began(id, request.ask.line, self.now).await?;
        let (me, conversation) = (self.me(), request.conversation());
        self.let_in(me, conversation).await?;
        let actor = self.actor;
        self.join(&request, &actor.person).await?;
        Ok(OpResult::Done)
    }

    /// An offer has its load already; what is taken from the queue needs it now.
    async fn take_unoffered(&mut self, request: &Request) -> Done<()> {
        let person = &self.actor.person;
        let server = Server {
            person: person.id,
            role: person.role,
            lines: person.lines.clone(),
            declared: Declared::OnLine,
            active: 0,
            capacity: 0,
            idle_since: self.now,
            passed: Vec::new(),
        };
        if !server.serves(request.ask.line) {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !self.tx.take_load(person.id).await? {
            // Not to be sent again by itself: by then the person may not want it any more.
            return Err(Refusal { retry: false, ..RefusalCode::Busy.into() }.into());
        }
        Ok(())
    }

    pub(super) async fn decline(&mut self, id: RequestId, epoch: i64, reason: String) -> Done {
        self.must(Action::Serve)?;
        at_most(&reason, MOST_REASON)?;
        let request = self.request_at(id, epoch).await?;
        let me = self.me();
        let waiting = offer::decline(request.state, me).map_err(|error| match error {
            OfferError::Moved(state) => moved(state),
            OfferError::Lapsed => moved(State::Waiting),
        })?;
        self.tx.free_load(me, self.now).await?;
        self.tx.add_pass(id, me, self.now + REST).await?;
        self.move_request(&request, waiting).await?;
        let passed = Passed::Declined { reason: reason.trim().to_owned() };
        self.append(
            Stream::Supervisors,
            EventBody::Routing(routing::Event::Passed { request: id, person: me, passed }),
        );
        Ok(OpResult::Done)
    }

    /// The request, if the client knows its present state.
    pub(super) async fn request_at(&mut self, id: RequestId, epoch: i64) -> Done<Request> {
        let request = self.request(id).await?;
        if request.epoch == epoch { Ok(request) } else { Err(moved(request.state).into()) }
    }
}

fn check(ask: &Ask) -> Done<()> {
    ask.check().map_err(|error| match error {
        AskError::Empty => RefusalCode::Invalid,
        AskError::TooLong => RefusalCode::TooLarge,
    })?;
    at_most(&ask.program.name, MOST_NAME)?;
    at_most(&ask.program.release, MOST_NAME)?;
    if ask.facts.len() > MOST_FACTS {
        return Err(RefusalCode::TooLarge.into());
    }
    ask.facts.iter().try_for_each(|fact| at_most(&fact.value, MOST_FACT))
}
