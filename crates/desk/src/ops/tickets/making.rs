//! A draft becomes a ticket.

use opora_domain::{
    OrganisationId, PersonId, RequestId, TicketId,
    role::{Action, Role},
    ticket::{Category, Draft, Link, More, Relation, Status, Ticket, terms::Clocks, tracker::MOST_FIELDS},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    ticket::{Event, Placed},
};

use super::{Doing, Done, wrong};
use crate::{
    record::{Kept, Person},
    store::Tx,
};

impl<T: Tx> Doing<'_, T> {
    pub(in crate::ops) async fn make_ticket(&mut self, draft: Draft) -> Done {
        self.must(Action::Talk)?;
        self.within_term().await?;
        draft.check().map_err(wrong)?;
        if self.tx.ticket(draft.id).await?.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        let customer = self.ticket_customer(&draft).await?;
        self.check_tracker(&draft).await?;
        let mut kept = self.placed(&draft, &customer).await?;
        self.check_visibility(&kept.ticket).await?;
        self.join_published(&draft, &mut kept).await?;
        self.keep(&mut kept, &[]).await?;
        self.settle_readers(&kept).await?;
        self.tell_made(draft, &kept.ticket).await?;
        Ok(OpResult::Ticket { number: kept.ticket.number })
    }

    /// Whose ticket it is: as written, else the customer of the talk, else the maker.
    async fn ticket_customer(&mut self, draft: &Draft) -> Done<Person> {
        let talk = match draft.conversation {
            Some(conversation) => Some(self.talk(conversation).await?.customer),
            None => None,
        };
        let me = self.me();
        let customer = draft.customer.or(talk).unwrap_or(me);
        if customer == me {
            return Ok(self.actor.person.clone());
        }
        self.must(Action::Serve)?;
        if talk.is_some_and(|talk| talk != customer) {
            return Err(RefusalCode::Invalid.into());
        }
        let person = self.tx.person(customer).await?.ok_or(RefusalCode::NotFound)?;
        if person.role == Role::Customer { Ok(person) } else { Err(RefusalCode::Invalid.into()) }
    }

    /// The tracker takes new tickets, and what it asks for is there.
    async fn check_tracker(&mut self, draft: &Draft) -> Done<()> {
        let tracker = self.tx.tracker(draft.tracker()).await?.ok_or(RefusalCode::NotFound)?;
        let custom = &draft.more.custom;
        if tracker.retired || tracker.kind != draft.kind {
            return Err(RefusalCode::Invalid.into());
        }
        if custom.len() > MOST_FIELDS {
            return Err(RefusalCode::TooLarge.into());
        }
        // A program that knows of no fields could not have asked for them.
        let knows = draft.more != More::default();
        let mut needed = tracker.fields.iter().filter(|field| field.required);
        if knows && needed.any(|field| custom.get(&field.id).is_none_or(|text| text.trim().is_empty())) {
            return Err(RefusalCode::FieldNeeded.into());
        }
        Ok(())
    }

    /// The ticket with what the desk adds: number, organisation, line, who works on it, when it is due.
    async fn placed(&mut self, draft: &Draft, customer: &Person) -> Done<Kept> {
        let category = self.category_of(draft).await?;
        let organisation = self.organisation_of_ticket(draft, customer).await?;
        let line = match (category.as_ref().and_then(|category| category.line), draft.conversation) {
            (Some(line), _) => Some(line),
            (None, Some(talk)) => self.tx.request(RequestId(talk.0)).await?.map(|request| request.ask.line),
            (None, None) => None,
        };
        let assignee = self.still_staff(category.and_then(|category| category.assignee)).await?;
        let promise = self.tx.terms().await?.of(draft.priority);
        let number = self.tx.next_ticket().await?;
        let ticket = Ticket::of(draft, number, customer.id, Some(self.me()), self.now);
        let ticket = Ticket { organisation, line, assignee, ..ticket };
        Ok(Kept { ticket, clocks: Clocks::start(promise, self.now), pressed: Default::default() })
    }

    async fn category_of(&mut self, draft: &Draft) -> Done<Option<Category>> {
        let Some(wanted) = draft.more.category else { return Ok(None) };
        let known = self.tx.categories().await?.into_iter().find(|category| category.id == wanted);
        Ok(Some(known.ok_or(RefusalCode::NotFound)?))
    }

    async fn still_staff(&mut self, person: Option<PersonId>) -> Done<Option<PersonId>> {
        let Some(id) = person else { return Ok(None) };
        Ok(self.tx.person(id).await?.filter(|person| person.role.is_staff()).map(|_| id))
    }

    async fn organisation_of_ticket(&mut self, draft: &Draft, customer: &Person) -> Done<Option<OrganisationId>> {
        if customer.role != Role::Customer {
            return Ok(None);
        }
        let memberships = self.tx.memberships(customer.id).await?;
        let belongs =
            |wanted: &OrganisationId| memberships.iter().any(|one| one.organisation == *wanted && one.holds(self.now));
        Ok(draft.more.organisation.filter(belongs).or(customer.organisation))
    }

    /// "Me too": of a published ticket; the firm's people join any two.
    async fn join_published(&mut self, draft: &Draft, kept: &mut Kept) -> Done<()> {
        let Some(other) = draft.more.joins else { return Ok(()) };
        let Some(mut joined) = self.tx.ticket(other).await? else { return Ok(()) };
        // What is told no longer is joined no longer; the ticket itself is worth as much.
        if !self.actor.person.role.is_staff() && self.tx.published(other).await?.is_none() {
            return Ok(());
        }
        kept.ticket.links.insert(Link { relation: Relation::Duplicates, other });
        joined.ticket.links.insert(Link { relation: Relation::DuplicatedBy, other: draft.id });
        self.tx.put_ticket(&joined).await?;
        Ok(())
    }

    async fn tell_made(&mut self, draft: Draft, ticket: &Ticket) -> Done<()> {
        let streams = [Stream::Staff, Stream::Ticket(ticket.id)];
        for file in &draft.files {
            self.share(file, &streams).await?;
        }
        let placed = Placed {
            organisation: ticket.organisation,
            line: ticket.line,
            assignee: ticket.assignee,
            deadlines: ticket.deadlines,
        };
        let (number, customer, status) = (ticket.number, ticket.customer, Status::New);
        let (talk, subject) = (draft.conversation, draft.subject.clone());
        for stream in streams {
            let (draft, placed) = (draft.clone(), placed.clone());
            self.append(stream, EventBody::TicketMade { number, customer, draft, status, placed });
        }
        for named in [ticket.by, ticket.assignee, Some(customer)].into_iter().flatten() {
            self.introduce(ticket.id, named).await?;
        }
        for link in &ticket.links {
            self.tell_linked(ticket.id, *link, true);
        }
        if let Some(conversation) = talk {
            let noted = EventBody::TicketNoted { ticket: ticket.id, number, subject };
            self.append(Stream::Conversation(conversation), noted);
        }
        Ok(())
    }

    /// Said of both, each from its side.
    pub(super) fn tell_linked(&mut self, ticket: TicketId, link: Link, on: bool) {
        self.tell_staff(Event::Linked { ticket, link, on });
        let turned = Link { relation: link.relation.turned(), other: ticket };
        self.tell_staff(Event::Linked { ticket: link.other, link: turned, on });
    }
}
