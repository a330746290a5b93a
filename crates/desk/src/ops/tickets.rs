//! Tickets (D16): a talk may make none or many, and one may come from no talk at all.
//!
//! What is done to a ticket is told to the firm's people in `staff`, whole, and to the client in `ticket/ID`,
//! without what the firm's people say among themselves. Who reads that is [`audience::ticket`].

mod allowed;
mod making;
mod set_up;
mod updating;
mod voices;
mod working;

use opora_domain::{
    KeyId, LineId, PersonId, TicketId,
    calendar::Calendar,
    role::Role,
    ticket::{
        DraftError, Status, terms,
        terms::{Circumstances, Tick},
    },
};
use opora_wire::{
    RefusalCode,
    event::{EventBody, Stream},
    ticket::{Event, Op},
};
use uuid::Uuid;

use super::{Doing, Done};
use crate::{
    audience,
    record::{Kept, NewEvent},
    store::Tx,
};

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn ticket(&mut self, op: Op) -> Done {
        // The table says it of roles; this says it where the operation is carried out.
        if op.act().reach(self.actor.person.role).is_nowhere() {
            return Err(RefusalCode::NotAllowed.into());
        }
        match op {
            Op::Update { ticket, entry, edits, comment } => self.update_ticket(ticket, entry, edits, comment).await,
            Op::Watch { ticket, person, on } => self.watch_ticket(ticket, person, on).await,
            Op::PutItem { ticket, item } => self.put_item(ticket, item).await,
            Op::DropItem { ticket, item } => self.drop_item(ticket, item).await,
            Op::Link { ticket, link, on } => self.link_tickets(ticket, link, on).await,
            Op::Merge { ticket, into } => self.merge_ticket(ticket, into).await,
            Op::Vote { ticket, on } => self.vote(ticket, on).await,
            Op::Rate { ticket, rating } => self.rate_ticket(ticket, rating).await,
            Op::Publish { ticket, notice } => self.publish(ticket, notice).await,
            Op::PutTracker { tracker } => self.put_tracker(tracker).await,
            Op::PutCategories { categories } => self.put_categories(categories).await,
            Op::PutTerms { terms } => self.put_terms(terms).await,
        }
    }

    async fn kept(&mut self, id: TicketId) -> Done<Kept> {
        Ok(self.tx.ticket(id).await?.ok_or(RefusalCode::NotFound)?)
    }

    /// A ticket that the person sees. To a customer one that is not there and one that is not shown are the same.
    async fn seen_ticket(&mut self, id: TicketId) -> Done<Kept> {
        let (me, found) = (self.me(), self.tx.ticket(id).await?);
        if self.actor.person.role != Role::Customer {
            return Ok(found.ok_or(RefusalCode::NotFound)?);
        }
        match found {
            Some(kept) if kept.ticket.customer == me || self.tx.may_read(me, Stream::Ticket(id)).await? => Ok(kept),
            _ => Err(RefusalCode::NotAllowed.into()),
        }
    }

    /// Hours in which promises of a line count; of the first line where a ticket has none.
    async fn hours_of(&mut self, line: Option<LineId>) -> Done<Calendar> {
        let line = match line {
            Some(line) => Some(line),
            None => self.tx.first_line().await?,
        };
        let calendar = match line {
            Some(line) => self.tx.calendar(line).await?,
            None => None,
        };
        Ok(calendar.unwrap_or_else(Calendar::always))
    }

    /// Keeps a ticket that was changed, after its clocks went on.
    async fn keep(&mut self, kept: &mut Kept, ticks: &[Tick]) -> Done<()> {
        let calendar = self.hours_of(kept.ticket.line).await?;
        let promise = self.tx.terms().await?.of(kept.ticket.priority);
        let ticket = &mut kept.ticket;
        let (made, status, now) = (ticket.made, ticket.status, self.now);
        let at = Circumstances { calendar: &calendar, promise, made, status, now };
        ticks.iter().for_each(|tick| kept.clocks.tick(*tick, &at));
        ticket.deadlines = kept.clocks.deadlines(&calendar);
        ticket.updated = now;
        // What is promised anew presses anew.
        kept.pressed = match ticks.contains(&Tick::Moved(Status::Reopened)) {
            true => Default::default(),
            false => kept.pressed.after(terms::light(ticket.deadlines, made, now)),
        };
        Ok(self.tx.put_ticket(kept).await?)
    }

    /// Rights to the ticket's stream as they should be now; before anything is said there.
    async fn settle_readers(&mut self, kept: &Kept) -> Done<()> {
        audience::ticket::settle(self.tx, self.rng, &kept.ticket, self.now).await
    }

    /// Says in the ticket's stream who somebody is, once: right after the ticket itself, else before what names the person.
    async fn introduce(&mut self, ticket: TicketId, person: PersonId) -> Done<()> {
        if self.tx.introduce(ticket, person).await?
            && let Some((name, of_firm)) = self.name_in_tickets(person).await?
        {
            self.append(Stream::Ticket(ticket), EventBody::Ticket(Event::Introduced { ticket, person, name, of_firm }));
        }
        Ok(())
    }

    /// Somebody's name, and whether they are of the firm; a key of the API is.
    async fn name_in_tickets(&mut self, person: PersonId) -> Done<Option<(String, bool)>> {
        if let Some(known) = self.tx.person(person).await? {
            return Ok(Some((known.name, known.role.is_staff())));
        }
        Ok(self.tx.key(KeyId(person.0)).await?.map(|key| (key.card.name, true)))
    }

    fn tell_staff(&mut self, event: Event) {
        self.append(Stream::Staff, EventBody::Ticket(event));
    }

    /// To the firm's people and to the client.
    fn tell_both(&mut self, ticket: TicketId, event: Event) {
        for stream in [Stream::Staff, Stream::Ticket(ticket)] {
            self.append(stream, EventBody::Ticket(event.clone()));
        }
    }

    /// The desk says it: nobody's name stands beside it.
    fn desk_says(&mut self, stream: Stream, id: Uuid, event: Event) {
        self.tx.append(NewEvent { stream, id, by: None, body: EventBody::Ticket(event) });
    }
}

fn wrong(error: DraftError) -> RefusalCode {
    match error {
        DraftError::NoSubject => RefusalCode::Invalid,
        DraftError::SubjectTooLong | DraftError::TextTooLong | DraftError::TooManyFiles => RefusalCode::TooLarge,
    }
}
