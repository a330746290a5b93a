//! Asking people into talks: nobody is put in without a yes of one's own.

use opora_domain::{
    ConversationId, InvitationId, MessageId, OrganisationId, PersonId, RequestId,
    invitation::{self, Ended, Invitation, MOST_WORDS, Refused},
    participant,
    role::{Action, Role},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    participant::{Event, Member},
};

use super::{Doing, Done, at_most, joined, participants};
use crate::{
    desk::DeskError,
    invitations::ended_events,
    record::{NewEvent, Person, Request},
    store::Tx,
};

/// People in one talk at most, those who are asked included: beyond that it is a meeting.
const MOST_INSIDE: usize = 12;

/// What an invitation asks for.
pub(super) struct Wanted {
    pub(super) invitation: InvitationId,
    pub(super) conversation: ConversationId,
    pub(super) person: PersonId,
    /// The first message the person may read; none: from the beginning.
    pub(super) from: Option<MessageId>,
    pub(super) words: String,
}

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn invite_in(&mut self, wanted: Wanted) -> Done {
        self.must(Action::Serve)?;
        at_most(&wanted.words, MOST_WORDS)?;
        let talk = wanted.conversation;
        let request = self.open_talk(talk).await?;
        let new = self.tx.person(wanted.person).await?.ok_or(RefusalCode::NotFound)?;
        self.fits(&request, &new).await?;
        if self.tx.is_member(new.id, Stream::Conversation(talk)).await? {
            return Ok(OpResult::Done);
        }
        // Who has no device yet cannot answer.
        if !new.joined || self.tx.has_invitation(wanted.invitation).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let open = self.tx.invitations_into(talk).await?;
        if let Some(before) = open.iter().find(|one| one.person == new.id) {
            // The same again is the same; one whose time is over waits for the sweep.
            let Some(how) = before.lapse(request.state, self.now) else { return Ok(OpResult::Done) };
            self.end_invitation(before, how).await?;
        }
        if self.tx.inside(talk).await?.len() + open.len() >= MOST_INSIDE {
            return Err(RefusalCode::TooLarge.into());
        }
        let from = match wanted.from {
            Some(message) => self.tx.said(talk, message).await?.ok_or(RefusalCode::NotFound)?.seq,
            None => 1,
        };
        self.ask_in(wanted, &new, from).await
    }

    async fn ask_in(&mut self, wanted: Wanted, new: &Person, from: i64) -> Done {
        let Wanted { invitation, conversation, person, words, .. } = wanted;
        let life = invitation::life(new.role);
        let (by, until) = (self.me(), self.now + life);
        self.tx.add_invitation(&Invitation { id: invitation, conversation, by, person, from, until }).await?;
        let by_name = self.actor.person.name.clone();
        let name = new.name.clone();
        let asked = Event::Invited { invitation, conversation, person, name, by_name, words, life };
        for stream in [Stream::ConversationStaff(conversation), Stream::Person(person)] {
            self.append(stream, EventBody::Participant(asked.clone()));
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn come_in(&mut self, id: InvitationId) -> Done {
        let (invitation, request) = self.invited(id).await?;
        invitation.answer(request.state, self.me(), self.now).map_err(refused)?;
        let new = self.actor.person.clone();
        // Who asked may have handed the talk over; that the person fits is true or not by now.
        if !self.is_of_the_two(&request, &new).await? {
            return Err(RefusalCode::NotAllowed.into());
        }
        self.end_invitation(&invitation, Ended::Joined).await?;
        let stream = Stream::Conversation(invitation.conversation);
        if self.tx.is_member(new.id, stream).await? {
            return Ok(OpResult::Done);
        }
        if invitation.from > 1 {
            self.introduce_to(new.id, &request, invitation.from).await?;
        }
        if self.tx.grant(new.id, stream, invitation.from).await? {
            self.append(Stream::Person(new.id), EventBody::StreamOpened { stream, head: 0 });
        }
        if new.role.is_staff() {
            self.open_stream(new.id, Stream::ConversationStaff(invitation.conversation)).await?;
        }
        let (body, id) = (joined(self.tx, &new, Some(&request)).await?, self.rng.uuid_v7(self.now));
        // The talk says that somebody was brought in, and by whom.
        self.tx.append(NewEvent { stream, id, by: Some(invitation.by), body });
        Ok(OpResult::Done)
    }

    pub(super) async fn decline_invitation(&mut self, id: InvitationId, reason: String) -> Done {
        at_most(&reason, MOST_WORDS)?;
        let (invitation, request) = self.invited(id).await?;
        invitation.answer(request.state, self.me(), self.now).map_err(refused)?;
        self.end_invitation(&invitation, Ended::Declined { reason }).await?;
        Ok(OpResult::Done)
    }

    pub(super) async fn withdraw_invitation(&mut self, id: InvitationId) -> Done {
        self.must(Action::Serve)?;
        let (invitation, request) = self.invited(id).await?;
        invitation.withdraw(request.state, self.me(), self.now).map_err(refused)?;
        self.end_invitation(&invitation, Ended::Withdrawn).await?;
        Ok(OpResult::Done)
    }

    async fn invited(&mut self, id: InvitationId) -> Done<(Invitation, Request)> {
        let invitation = self.tx.open_invitation(id).await?.ok_or(RefusalCode::InvitationOver)?;
        let request = self.request(RequestId(invitation.conversation.0)).await?;
        Ok((invitation, request))
    }

    async fn end_invitation(&mut self, invitation: &Invitation, how: Ended) -> Done<()> {
        if !self.tx.end_invitation(invitation.id, &how).await? {
            return Err(RefusalCode::InvitationOver.into());
        }
        for (stream, body) in ended_events(invitation, &how) {
            self.append(stream, body);
        }
        Ok(())
    }

    /// Whether the owner may bring this person in.
    async fn fits(&mut self, request: &Request, new: &Person) -> Done<()> {
        let asker = self.tx.person(request.customer).await?.ok_or(RefusalCode::NotFound)?;
        let asks = self.organisation_of_request(request).await?;
        let here = self.organisation_here(asks, new).await?;
        let (asker, new) = (participants::of(&asker, asks), participants::of(new, here));
        participant::add(request.state, self.me(), asker, new).map_err(participants::refused)
    }

    /// Whether somebody is still of the firm, or of the organisation that asks.
    async fn is_of_the_two(&mut self, request: &Request, new: &Person) -> Done<bool> {
        let asks = self.organisation_of_request(request).await?;
        Ok(new.role.is_staff() || self.organisation_here(asks, new).await? == asks)
    }

    /// As somebody of which organisation a person would be in a talk of `asks`.
    async fn organisation_here(&mut self, asks: Option<OrganisationId>, new: &Person) -> Done<Option<OrganisationId>> {
        Ok(match asks {
            Some(asks) if new.role == Role::Customer => self.belongs(new.id, asks).await?.then_some(asks),
            _ => new.organisation,
        })
    }

    /// Belongs to it now.
    async fn belongs(&mut self, person: PersonId, organisation: OrganisationId) -> Done<bool> {
        let now = self.now;
        let memberships = self.tx.memberships(person).await?;
        Ok(memberships.iter().any(|one| one.organisation == organisation && one.holds(now)))
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
}

fn refused(error: Refused) -> DeskError {
    match error {
        Refused::NotYours => RefusalCode::NotAllowed.into(),
        Refused::Over => RefusalCode::InvitationOver.into(),
    }
}
