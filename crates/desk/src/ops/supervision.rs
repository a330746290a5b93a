//! Looking in unseen, taking over, the head's own mark; each leaves a line in the trail.

use opora_domain::{
    ConversationId, PersonId, RequestId,
    rating::Rating,
    request::State,
    role::Action,
    supervision::{TakeOverError, may_mark, take_over},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    supervision::{Act, Event, Op},
};

use super::{Doing, Done, at_most, moved};
use crate::{
    record::{NewEvent, Request},
    store::{Acted, Tx},
};

/// The longest comment to a mark, in characters; as to a rating.
const MOST_COMMENT: usize = 4_000;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn supervise(&mut self, op: Op) -> Done {
        self.must(Action::Supervise)?;
        match op {
            Op::LookIn { conversation } => self.look_in(conversation).await,
            Op::LookAway { conversation } => self.look_away(conversation).await,
            Op::TakeOver { request, epoch, stays } => self.take_over(request, epoch, stays).await,
            Op::Mark { conversation, mark } => self.mark(conversation, mark).await,
        }
    }

    /// The right to read and nothing else. Nothing is written into a stream that the members read.
    async fn look_in(&mut self, conversation: ConversationId) -> Done {
        let request = self.request(RequestId(conversation.0)).await?;
        let me = self.me();
        if self.tx.is_member(me, Stream::Conversation(conversation)).await? {
            return Ok(OpResult::Done);
        }
        let own = Stream::Person(me);
        if !self.tx.may_read(me, Stream::Conversation(conversation)).await? {
            self.append(own, EventBody::Supervision(Event::LookBegan { conversation }));
            self.act(Act::LookedIn, &request, None).await?;
        }
        for stream in [Stream::Conversation(conversation), Stream::ConversationStaff(conversation)] {
            if self.tx.grant_silently(me, stream, 1).await? {
                self.append(own, EventBody::StreamOpened { stream, head: 0 });
            }
        }
        Ok(OpResult::Done)
    }

    async fn look_away(&mut self, conversation: ConversationId) -> Done {
        let request = self.request(RequestId(conversation.0)).await?;
        let me = self.me();
        if self.tx.is_member(me, Stream::Conversation(conversation)).await? {
            return Ok(OpResult::Done);
        }
        self.stop_looking(me, &request).await?;
        Ok(OpResult::Done)
    }

    /// Ends a look: the looker's own, or of one who supervises no longer.
    pub(super) async fn stop_looking(&mut self, who: PersonId, request: &Request) -> Done<()> {
        let conversation = request.conversation();
        let own = Stream::Person(who);
        let mut looked = false;
        for stream in [Stream::Conversation(conversation), Stream::ConversationStaff(conversation)] {
            if self.tx.end_look(who, stream).await? {
                self.append(own, EventBody::StreamClosed { stream });
                looked = true;
            }
        }
        if looked {
            self.append(own, EventBody::Supervision(Event::LookEnded { conversation }));
            self.act_of(who, Act::LookedAway, request, None).await?;
        }
        Ok(())
    }

    /// A hand-over in which nobody is asked; whoever had it learns so.
    async fn take_over(&mut self, id: RequestId, epoch: i64, stays: bool) -> Done {
        let request = self.request_at(id, epoch).await?;
        let (me, conversation) = (self.me(), request.conversation());
        let open = self.tx.transfer_of(conversation).await?;
        let (from, effects) = take_over(request.state, open.as_ref(), me, stays).map_err(|error| match error {
            TakeOverError::NotHeld(state) => moved(state),
            TakeOverError::OwnAlready => moved(request.state),
        })?;
        self.carry_out(&request, open.as_ref(), effects).await?;
        let told = Event::TakenOver { conversation, by: me, stays };
        self.append(Stream::Person(from), EventBody::Supervision(told));
        self.act(Act::TookOver, &request, None).await?;
        Ok(OpResult::Done)
    }

    /// For the specialist and supervisors; the client never learns of it.
    async fn mark(&mut self, conversation: ConversationId, mark: Rating) -> Done {
        let request = self.request(RequestId(conversation.0)).await?;
        if !matches!(request.state, State::Accepted { .. } | State::Closed) {
            return Err(moved(request.state).into());
        }
        let (owner, me) = (self.owner(&request).await?, self.me());
        let specialist = owner.filter(|_| may_mark(owner, me)).ok_or(RefusalCode::Invalid)?;
        at_most(&mark.comment, MOST_COMMENT)?;
        self.tx.set_mark(conversation, me, &mark, self.now).await?;
        let told = Event::Marked { conversation, mark: mark.clone() };
        self.append(Stream::Person(specialist), EventBody::Supervision(told));
        self.act(Act::Marked, &request, Some(mark)).await?;
        Ok(OpResult::Done)
    }

    /// One line of the trail: in the table, and for everybody who supervises.
    pub(super) async fn act(&mut self, act: Act, request: &Request, mark: Option<Rating>) -> Done<()> {
        self.act_of(self.me(), act, request, mark).await
    }

    async fn act_of(&mut self, by: PersonId, act: Act, request: &Request, mark: Option<Rating>) -> Done<()> {
        let conversation = request.conversation();
        let specialist = self.owner(request).await?;
        let id = self.rng.uuid_v7(self.now);
        self.tx.add_act(&Acted { id, at: self.now, by, act, conversation, specialist }).await?;
        let acted = Event::Acted { act, conversation, customer: request.customer, specialist, mark };
        let body = EventBody::Supervision(acted);
        self.tx.append(NewEvent { stream: Stream::Supervisors, id, by: Some(by), body });
        Ok(())
    }

    /// Who has it, or had it last.
    async fn owner(&mut self, request: &Request) -> Done<Option<PersonId>> {
        match request.state {
            State::Accepted { by } => Ok(Some(by)),
            _ => Ok(self.tx.milestones(request.id).await?.owner),
        }
    }
}
