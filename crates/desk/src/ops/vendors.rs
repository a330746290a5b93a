//! Asking a vendor (line 4): a stream of its own beside the talk, with what the owner of the talk
//! picked for it and nothing else.

use opora_domain::{
    ConversationId, MessageId, OrganisationId,
    message::{Draft, DraftError},
    request::State,
    role::{Action, Role},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    vendor::{Event, Op},
};

use super::{Doing, Done, at_most, check_name, moved};
use crate::{record::Request, store::Tx};

/// Messages copied at once at most; more is another step.
const MOST_COPIES: usize = 100;
/// The longest question, in characters.
const MOST_QUESTION: usize = 4_000;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn vendor(&mut self, op: Op) -> Done {
        match op {
            Op::Make { organisation, name } => self.make_vendor(organisation, name).await,
            Op::Escalate { conversation, epoch, organisation, question, messages } => {
                let request = self.owned(conversation).await?;
                if request.epoch != epoch {
                    return Err(moved(request.state).into());
                }
                self.escalate(conversation, organisation, question, &messages).await
            }
            Op::HandOver { conversation, messages } => self.hand_over(conversation, &messages).await,
            Op::Say { conversation, draft } => self.say_to_vendor(conversation, draft).await,
            Op::Settle { conversation } => {
                self.owned(conversation).await?;
                self.settle(conversation).await?;
                Ok(OpResult::Done)
            }
        }
    }

    async fn make_vendor(&mut self, organisation: OrganisationId, name: String) -> Done {
        self.must(Action::Manage)?;
        check_name(&name)?;
        if self.tx.people_of(organisation).await?.is_empty() || self.tx.is_vendor(organisation).await? {
            self.tx.put_organisation(organisation, &name).await?;
            self.tx.make_vendor(organisation).await?;
            self.append(Stream::Staff, EventBody::OrganisationMade { organisation, name: name.clone() });
            self.append(Stream::Staff, EventBody::Vendor(Event::Made { organisation, name }));
            return Ok(OpResult::Done);
        }
        // A firm with customers does not become a vendor behind their back.
        Err(RefusalCode::NotAllowed.into())
    }

    /// The request of a talk that this person owns.
    async fn owned(&mut self, conversation: ConversationId) -> Done<Request> {
        self.must(Action::Serve)?;
        let request = self.open_talk(conversation).await?;
        if request.state == (State::Accepted { by: self.me() }) {
            Ok(request)
        } else {
            Err(moved(request.state).into())
        }
    }

    async fn escalate(
        &mut self,
        conversation: ConversationId,
        organisation: OrganisationId,
        question: String,
        messages: &[MessageId],
    ) -> Done {
        if question.trim().is_empty() {
            return Err(RefusalCode::Invalid.into());
        }
        at_most(&question, MOST_QUESTION)?;
        if !self.tx.is_vendor(organisation).await? {
            return Err(RefusalCode::NotFound.into());
        }
        // One vendor a talk: what was handed to one must not be read by another.
        if self.tx.escalation(conversation).await?.is_some_and(|known| known.organisation != organisation) {
            return Err(RefusalCode::NotAllowed.into());
        }
        self.tx.escalate(conversation, organisation).await?;
        let vendor = self.tx.organisation(organisation).await?.unwrap_or_default();
        let (firm, by_name) = (self.tx.firm().await?.name, self.actor.person.name.clone());
        let escalated = Event::Escalated { organisation, vendor, firm, by_name, question };
        self.append(Stream::ConversationVendor(conversation), EventBody::Vendor(escalated));
        let me = self.me();
        self.open_stream(me, Stream::ConversationVendor(conversation)).await?;
        self.copy_to_vendor(conversation, organisation, messages).await
    }

    async fn hand_over(&mut self, conversation: ConversationId, messages: &[MessageId]) -> Done {
        self.owned(conversation).await?;
        match self.tx.escalation(conversation).await? {
            Some(known) if known.open => self.copy_to_vendor(conversation, known.organisation, messages).await,
            _ => Err(RefusalCode::Closed.into()),
        }
    }

    /// Also lets in who came to the vendor since.
    async fn copy_to_vendor(
        &mut self,
        conversation: ConversationId,
        organisation: OrganisationId,
        messages: &[MessageId],
    ) -> Done {
        if messages.len() > MOST_COPIES {
            return Err(RefusalCode::TooLarge.into());
        }
        let stream = Stream::ConversationVendor(conversation);
        for person in self.tx.people_of(organisation).await? {
            self.open_stream(person, stream).await?;
        }
        self.copy(conversation, messages, stream).await?;
        Ok(OpResult::Done)
    }

    async fn say_to_vendor(&mut self, conversation: ConversationId, draft: Draft) -> Done {
        self.must(Action::Consult)?;
        let (me, stream) = (self.me(), Stream::ConversationVendor(conversation));
        if !self.tx.may_read(me, stream).await? {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !self.tx.escalation(conversation).await?.is_some_and(|known| known.open) {
            return Err(RefusalCode::Closed.into());
        }
        draft.check().map_err(|error| match error {
            DraftError::Empty => RefusalCode::Invalid,
            DraftError::TooLong => RefusalCode::TooLarge,
        })?;
        if draft.reply_to.is_some() || self.tx.has_event(draft.id.0).await? {
            return Err(RefusalCode::Invalid.into());
        }
        if let Some(file) = &draft.file {
            self.share(file, &[stream]).await?;
        }
        let (by_name, vendor) = (self.actor.person.name.clone(), self.actor.person.role == Role::Vendor);
        self.append_as(stream, draft.id.0, EventBody::Vendor(Event::Said { draft, by_name, vendor }));
        Ok(OpResult::Done)
    }

    /// Settles the question about a talk, if there is one; the vendor reads what was, and nothing new.
    pub(super) async fn settle(&mut self, conversation: ConversationId) -> Done<()> {
        let Some(known) = self.tx.escalation(conversation).await? else { return Ok(()) };
        if !self.tx.settle(conversation).await? {
            return Ok(());
        }
        let stream = Stream::ConversationVendor(conversation);
        self.append(stream, EventBody::Vendor(Event::Settled));
        for person in self.tx.people_of(known.organisation).await? {
            self.shut(person, stream).await?;
        }
        Ok(())
    }
}
