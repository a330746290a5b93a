//! Hand-overs: the rule answers effects, and they are carried out here in one transaction.

use opora_domain::{
    ConversationId, LineId, MessageId, PersonId, RequestId, SessionId, Span, TransferId,
    request::{Ask, State},
    role::Action,
    session::EndReason,
    transfer::{self, Brief, BriefError, Effect, Ended, LIFE, MOST_REASON, Refused, Talk, Transfer},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    transfer::{Event, Op},
};

use super::{Doing, Done, at_most, moved};
use crate::{desk::DeskError, record::Request, store::Tx, transfers::ended_events};

/// Who put a request back is not shown it first for so long.
const REST: Span = Span::minutes(2);

/// What an offer to a colleague says.
struct Offer {
    transfer: Transfer,
    brief: Brief,
    picked: Vec<MessageId>,
}

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn transfer(&mut self, op: Op) -> Done {
        self.must(Action::Serve)?;
        let from = self.me();
        match op {
            Op::Offer { transfer: id, conversation, epoch, to, brief, picked, stays } => {
                let until = self.now + LIFE;
                let transfer = Transfer { id, conversation, from, to, epoch, until, stays };
                self.offer_talk(Offer { transfer, brief, picked }).await
            }
            Op::Accept { transfer, session } => self.accept_talk(transfer, session).await,
            Op::Decline { transfer, reason } => self.decline_talk(transfer, reason).await,
            Op::Cancel { transfer } => self.cancel_transfer(transfer).await,
            Op::Queue { conversation, epoch, line, brief, picked } => {
                self.queue_talk(conversation, epoch, line, brief, picked).await
            }
        }
    }

    async fn offer_talk(&mut self, Offer { transfer, brief, picked }: Offer) -> Done {
        check(&brief, picked.len())?;
        let request = self.open_talk(transfer.conversation).await?;
        let receiver = self.tx.person(transfer.to).await?.ok_or(RefusalCode::NotFound)?;
        if !receiver.role.is_staff() || !receiver.joined || self.tx.has_transfer(transfer.id).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let open = self.tx.transfer_of(transfer.conversation).await?;
        transfer::offer(talk_of(&request), open.as_ref(), &transfer, self.now).map_err(refused)?;
        if let Some(lapsed) = open {
            // Its time is over and the sweep has not come by yet.
            let how = lapsed.lapse(talk_of(&request), self.now).unwrap_or(Ended::Overtaken);
            self.carry_out(&request, Some(&lapsed), lapsed.end(how)).await?;
        }
        self.tx.add_transfer(&transfer).await?;
        let beside = Stream::ConversationStaff(transfer.conversation);
        self.open_stream(transfer.to, beside).await?;
        let picked = self.copy(transfer.conversation, &picked, beside).await?;
        let Transfer { id, from, to, stays, conversation, .. } = transfer;
        let screen = self.at_the_screen(conversation, from).await?.is_some();
        let offered = Event::Offered { transfer: id, from, to, brief, picked, stays, life: LIFE, screen };
        self.append(beside, EventBody::Transfer(offered));
        let announced = Event::Announced { transfer: id, to, name: receiver.name };
        self.append(Stream::Conversation(transfer.conversation), EventBody::Transfer(announced));
        Ok(OpResult::Done)
    }

    async fn accept_talk(&mut self, id: TransferId, session: Option<SessionId>) -> Done {
        let (transfer, request) = self.offered(id).await?;
        let effects = transfer.accept(talk_of(&request), self.me(), self.now).map_err(refused)?;
        let screen = self.at_the_screen(transfer.conversation, transfer.from).await?;
        self.carry_out(&request, Some(&transfer), effects).await?;
        match (screen, session) {
            (Some(screen), Some(session)) => self.go_on(screen, session).await,
            _ => Ok(OpResult::Done),
        }
    }

    async fn decline_talk(&mut self, id: TransferId, reason: String) -> Done {
        at_most(&reason, MOST_REASON)?;
        let (transfer, request) = self.offered(id).await?;
        let effects = transfer.decline(talk_of(&request), self.me(), reason, self.now).map_err(refused)?;
        self.carry_out(&request, Some(&transfer), effects).await?;
        Ok(OpResult::Done)
    }

    async fn cancel_transfer(&mut self, id: TransferId) -> Done {
        let (transfer, request) = self.offered(id).await?;
        let effects = transfer.cancel(talk_of(&request), self.me(), self.now).map_err(refused)?;
        self.carry_out(&request, Some(&transfer), effects).await?;
        Ok(OpResult::Done)
    }

    async fn queue_talk(
        &mut self,
        conversation: ConversationId,
        epoch: i64,
        line: LineId,
        brief: Brief,
        picked: Vec<MessageId>,
    ) -> Done {
        check(&brief, picked.len())?;
        let request = self.open_talk(conversation).await?;
        if !self.tx.has_line(line).await? {
            return Err(RefusalCode::NotFound.into());
        }
        let (me, open) = (self.me(), self.tx.transfer_of(conversation).await?);
        let effects = transfer::queue(talk_of(&request), open.as_ref(), epoch, me, line).map_err(refused)?;
        let beside = Stream::ConversationStaff(conversation);
        let picked = self.copy(conversation, &picked, beside).await?;
        self.append(beside, EventBody::Transfer(Event::Queued { from: me, line, brief, picked }));
        self.carry_out(&request, open.as_ref(), effects).await?;
        Ok(OpResult::Done)
    }

    /// An open offer that concerns this person, and its request.
    async fn offered(&mut self, id: TransferId) -> Done<(Transfer, Request)> {
        let transfer = self.tx.open_transfer(id).await?.ok_or(RefusalCode::TransferOver)?;
        let request = self.request(RequestId(transfer.conversation.0)).await?;
        Ok((transfer, request))
    }

    /// An open offer dies when its talk moves another way.
    pub(super) async fn overtake(&mut self, request: &Request) -> Done<()> {
        if let Some(open) = self.tx.transfer_of(request.conversation()).await? {
            self.carry_out(request, Some(&open), open.end(Ended::Overtaken)).await?;
        }
        Ok(())
    }

    /// The one way in which a talk changes its owner: accepted, taken over, put back. Carries effects out in
    /// their order. An error leaves the transaction to be dropped.
    pub(super) async fn carry_out(
        &mut self,
        request: &Request,
        offer: Option<&Transfer>,
        effects: Vec<Effect>,
    ) -> Done<()> {
        let conversation = request.conversation();
        for effect in effects {
            match effect {
                Effect::Load(person) => {
                    if !self.tx.take_load(person).await? {
                        return Err(RefusalCode::HandsFull.into());
                    }
                }
                Effect::Move(state) => self.move_only(request, state).await?,
                Effect::End(how) => {
                    if let Some(offer) = offer {
                        self.end_offer(offer, how).await?;
                    }
                }
                Effect::Enter(person) => self.enter(conversation, person).await?,
                Effect::Unload(person) => self.let_go(request, person).await?,
                Effect::Leave(person) => self.go_out(conversation, person).await?,
                Effect::Forget(person) => self.forget(conversation, person).await?,
                Effect::Queue(line) => self.queue_again(request, line).await?,
            }
        }
        Ok(())
    }

    async fn end_offer(&mut self, offer: &Transfer, how: Ended) -> Done<()> {
        if !self.tx.end_transfer(offer.id, &how).await? {
            return Err(RefusalCode::TransferOver.into());
        }
        for (stream, body) in ended_events(offer, how) {
            self.append(stream, body);
        }
        Ok(())
    }

    /// The new owner comes in, and the client learns the name of who answers now.
    async fn enter(&mut self, conversation: ConversationId, person: PersonId) -> Done<()> {
        let known = self.tx.person(person).await?.ok_or(RefusalCode::NotFound)?;
        let was_inside = self.tx.is_member(person, Stream::Conversation(conversation)).await?;
        self.let_in(person, conversation).await?;
        if self.tx.escalation(conversation).await?.is_some() {
            self.open_stream(person, Stream::ConversationVendor(conversation)).await?;
        }
        if !was_inside {
            let request = self.request(RequestId(conversation.0)).await?;
            self.join(&request, &known).await?;
        }
        let passed = Event::Passed { to: person, name: known.name };
        self.append(Stream::Conversation(conversation), EventBody::Transfer(passed));
        Ok(())
    }

    /// Somebody leaves a talk; what was said until now stays readable.
    pub(super) async fn go_out(&mut self, conversation: ConversationId, person: PersonId) -> Done<()> {
        for screen in self.tx.open_screens(conversation).await? {
            if screen.helper == person {
                self.end_screen(screen, EndReason::HandedOver).await?;
            }
        }
        let left = opora_wire::participant::Event::Left { person };
        self.append(Stream::Conversation(conversation), EventBody::Participant(left));
        let streams = [Stream::Conversation, Stream::ConversationStaff, Stream::ConversationVendor];
        for stream in streams.map(|of| of(conversation)) {
            self.shut(person, stream).await?;
        }
        Ok(())
    }

    /// The receiver of an offer that came to nothing reads no more of the staff's side.
    async fn forget(&mut self, conversation: ConversationId, person: PersonId) -> Done<()> {
        if !self.tx.is_member(person, Stream::Conversation(conversation)).await? {
            self.shut(person, Stream::ConversationStaff(conversation)).await?;
        }
        Ok(())
    }

    /// Nothing new of a stream for this person; the client is told.
    pub(super) async fn shut(&mut self, person: PersonId, stream: Stream) -> Done<()> {
        if self.tx.leave(person, stream).await? {
            self.append(Stream::Person(person), EventBody::StreamClosed { stream });
        }
        Ok(())
    }

    async fn queue_again(&mut self, request: &Request, line: LineId) -> Done<()> {
        let (me, conversation) = (self.me(), request.conversation());
        self.tx.add_pass(request.id, me, self.now + REST).await?;
        if request.ask.line != line {
            self.tx.set_line(request, &Ask { line, ..request.ask.clone() }).await?;
            let changed = EventBody::Transfer(Event::LineChanged { request: request.id, line });
            self.tell_of_request(request, changed).await?;
        }
        let name = self.tx.line_name(line).await?.unwrap_or_default();
        self.append(Stream::Conversation(conversation), EventBody::Transfer(Event::Returned { line, name }));
        Ok(())
    }
}

fn talk_of(request: &Request) -> Talk {
    Talk { state: request.state, epoch: request.epoch }
}

fn refused(error: Refused) -> DeskError {
    match error {
        Refused::Moved(State::Closed | State::Cancelled) => RefusalCode::Closed.into(),
        Refused::Moved(state) => moved(state).into(),
        Refused::NotYours => RefusalCode::NotAllowed.into(),
        Refused::ToOneself | Refused::Underway => RefusalCode::Invalid.into(),
        Refused::Over => RefusalCode::TransferOver.into(),
    }
}

fn check(brief: &Brief, picked: usize) -> Done<()> {
    brief.check(picked).map_err(|error| match error {
        BriefError::Empty => RefusalCode::Invalid.into(),
        BriefError::TooLong | BriefError::TooMany => RefusalCode::TooLarge.into(),
    })
}
