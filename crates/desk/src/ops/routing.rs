//! How requests find specialists: the owner's settings, capacities, and conversations on hold.

use opora_domain::{
    ConversationId, LineId, PersonId,
    queue::{Overflow, Rules, RulesError, check_capacity},
    request::State,
    role::Action,
};
use opora_wire::{
    OpResult, Refusal, RefusalCode,
    event::{EventBody, Stream},
    routing::{Event, Op},
};

use super::{Doing, Done, moved};
use crate::{record::Request, store::Tx};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn routing(&mut self, op: Op) -> Done {
        match op {
            Op::SetRules { rules } => self.set_rules(rules).await,
            Op::SetOverflow { line, overflow } => self.set_overflow(line, overflow).await,
            Op::SetCapacity { person, capacity } => self.set_capacity(person, capacity).await,
            Op::Hold { conversation } => self.hold(conversation).await,
            Op::Resume { conversation } => self.resume(conversation).await,
        }
    }

    async fn set_rules(&mut self, rules: Rules) -> Done {
        self.must(Action::Manage)?;
        rules.check().map_err(out_of_bounds)?;
        self.tx.set_rules(&rules).await?;
        self.append(Stream::Staff, EventBody::Routing(Event::RulesSet { rules }));
        Ok(OpResult::Done)
    }

    async fn set_overflow(&mut self, line: LineId, overflow: Option<Overflow>) -> Done {
        self.must(Action::Manage)?;
        if let Some(overflow) = &overflow {
            overflow.check(line).map_err(out_of_bounds)?;
        }
        for line in [Some(line), overflow.map(|overflow| overflow.to)].into_iter().flatten() {
            if !self.tx.has_line(line).await? {
                return Err(RefusalCode::NotFound.into());
            }
        }
        self.tx.set_overflow(line, overflow).await?;
        self.append(Stream::Staff, EventBody::Routing(Event::OverflowSet { line, overflow }));
        Ok(OpResult::Done)
    }

    async fn set_capacity(&mut self, person: PersonId, capacity: u32) -> Done {
        self.must(Action::Supervise)?;
        check_capacity(capacity).map_err(out_of_bounds)?;
        if !self.tx.set_capacity(person, capacity).await? {
            return Err(RefusalCode::NotFound.into());
        }
        self.append(Stream::Staff, EventBody::Routing(Event::CapacitySet { person, capacity }));
        Ok(OpResult::Done)
    }

    /// Frees a place of the owner's until the client writes, or the owner takes it back.
    async fn hold(&mut self, conversation: ConversationId) -> Done {
        let request = self.mine(conversation).await?;
        let me = self.me();
        if self.tx.hold(request.id, me, self.now).await? {
            self.tx.free_load(me, self.now).await?;
            self.note_hold(conversation, true);
        }
        Ok(OpResult::Done)
    }

    async fn resume(&mut self, conversation: ConversationId) -> Done {
        let request = self.mine(conversation).await?;
        if !self.tx.is_held(request.id).await? || self.take_back(&request).await? {
            return Ok(OpResult::Done);
        }
        // Not to be sent again by itself: the person chooses what to close instead.
        Err(Refusal { retry: false, ..RefusalCode::Busy.into() }.into())
    }

    /// The conversation is this person's own.
    async fn mine(&mut self, conversation: ConversationId) -> Done<Request> {
        self.must(Action::Serve)?;
        let request = self.open_talk(conversation).await?;
        match request.state {
            State::Accepted { by } if by == self.me() => Ok(request),
            elsewhere => Err(moved(elsewhere).into()),
        }
    }

    /// Ends a hold if its owner has room: nobody is ever given more than the capacity.
    async fn take_back(&mut self, request: &Request) -> Done<bool> {
        let State::Accepted { by } = request.state else { return Ok(false) };
        if !self.tx.take_load(by).await? {
            return Ok(false);
        }
        self.tx.drop_hold(request.id).await?;
        self.note_hold(request.conversation(), false);
        Ok(true)
    }

    /// The client wrote: what was on hold is in hand again, now or as soon as there is room. Then it goes
    /// before everything that waits in the queue.
    pub(super) async fn wake_held(&mut self, request: &Request) -> Done<()> {
        if self.tx.is_held(request.id).await? && !self.take_back(request).await? {
            self.tx.want_back(request.id, self.now).await?;
        }
        Ok(())
    }

    /// The load that an accepted or offered request is to `holder` is no more; on hold it was none.
    pub(super) async fn let_go(&mut self, request: &Request, holder: PersonId) -> Done<()> {
        if self.tx.drop_hold(request.id).await? {
            self.note_hold(request.conversation(), false);
        } else {
            self.tx.free_load(holder, self.now).await?;
        }
        Ok(())
    }

    fn note_hold(&mut self, conversation: ConversationId, on: bool) {
        self.append(Stream::Staff, EventBody::Routing(Event::Held { conversation, on }));
    }
}

fn out_of_bounds(_: RulesError) -> RefusalCode {
    RefusalCode::Invalid
}
