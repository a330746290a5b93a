//! Who else is in a talk.

use opora_domain::{
    ConversationId, MessageId, OrganisationId, PersonId,
    participant::{self, Refused},
    role::{Action, Role},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    participant::{Event, Member, Op},
};

use super::{Doing, Done, joined, moved};
use crate::{
    desk::DeskError,
    record::{Person, Request},
    store::Tx,
};

/// People in one talk at most: beyond that it is a meeting.
const MOST_INSIDE: usize = 12;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn participant(&mut self, op: Op) -> Done {
        match op {
            Op::Add { conversation, person, from } => self.add_participant(conversation, person, from).await,
            Op::Leave { conversation } => self.leave_talk(conversation).await,
        }
    }

    async fn add_participant(&mut self, talk: ConversationId, id: PersonId, from: Option<MessageId>) -> Done {
        self.must(Action::Serve)?;
        let request = self.open_talk(talk).await?;
        let new = self.tx.person(id).await?.ok_or(RefusalCode::NotFound)?;
        let asker = self.tx.person(request.customer).await?.ok_or(RefusalCode::NotFound)?;
        let asks = self.organisation_of_request(&request).await?;
        let here = match asks {
            Some(asks) if new.role == Role::Customer => self.belongs(id, asks).await?.then_some(asks),
            _ => new.organisation,
        };
        participant::add(request.state, self.me(), of(&asker, asks), of(&new, here)).map_err(refused)?;
        let stream = Stream::Conversation(talk);
        if self.tx.is_member(id, stream).await? {
            return Ok(OpResult::Done);
        }
        if self.tx.inside(talk).await?.len() >= MOST_INSIDE {
            return Err(RefusalCode::TooLarge.into());
        }
        let from = match from {
            Some(message) => self.tx.said(talk, message).await?.ok_or(RefusalCode::NotFound)?.seq,
            None => 1,
        };
        if from > 1 {
            self.introduce_to(id, &request, from).await?;
        }
        if self.tx.grant(id, stream, from).await? {
            self.append(Stream::Person(id), EventBody::StreamOpened { stream, head: 0 });
        }
        if new.role.is_staff() {
            self.open_stream(id, Stream::ConversationStaff(talk)).await?;
        }
        self.join(&request, &new).await?;
        Ok(OpResult::Done)
    }

    /// Who reads a talk from later on has not seen the others come.
    async fn introduce_to(&mut self, new: PersonId, request: &Request, from: i64) -> Done<()> {
        let conversation = request.conversation();
        let mut members = Vec::new();
        for id in self.tx.inside(conversation).await? {
            let Some(person) = self.tx.person(id).await? else { continue };
            let body = joined(self.tx, &person, Some(request)).await?;
            if let EventBody::Joined { person, name, role, organisation, devices } = body {
                members.push(Member { person, name, role, organisation, devices });
            }
        }
        let stream = Stream::Conversation(conversation);
        for event in [Event::ReadsFrom { stream, from }, Event::Introduced { conversation, members }] {
            self.append(Stream::Person(new), EventBody::Participant(event));
        }
        Ok(())
    }

    /// Belongs to it now.
    async fn belongs(&mut self, person: PersonId, organisation: OrganisationId) -> Done<bool> {
        let now = self.now;
        let memberships = self.tx.memberships(person).await?;
        Ok(memberships.iter().any(|one| one.organisation == organisation && one.holds(now)))
    }

    async fn leave_talk(&mut self, conversation: ConversationId) -> Done {
        let request = self.open_talk(conversation).await?;
        let me = self.me();
        participant::leave(request.state, request.customer, me).map_err(refused)?;
        self.go_out(conversation, me).await?;
        Ok(OpResult::Done)
    }
}

/// A person as somebody of an organisation.
fn of(person: &Person, organisation: Option<OrganisationId>) -> participant::Person {
    participant::Person { id: person.id, role: person.role, organisation }
}

fn refused(error: Refused) -> DeskError {
    match error {
        Refused::Moved(state) => moved(state).into(),
        Refused::Stranger => RefusalCode::NotAllowed.into(),
        Refused::Owner | Refused::Asker => RefusalCode::OwnerStays.into(),
    }
}
