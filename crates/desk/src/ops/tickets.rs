//! Tickets (D16): a talk may make none or many, and one may come from no talk at all.

use opora_domain::{
    PersonId,
    message::MOST_TEXT,
    role::{Action, Role},
    ticket::{Draft, DraftError, Status},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    ticket::Placed,
};

use super::{Doing, Done, at_most};
use crate::{record::Ticket, store::Tx};

/// Files of one ticket at most.
const MOST_FILES: usize = 20;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn make_ticket(&mut self, draft: Draft) -> Done {
        self.must(Action::Talk)?;
        self.within_term().await?;
        check(&draft)?;
        if self.tx.has_ticket(draft.id).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let customer = self.ticket_customer(&draft).await?;
        let streams = [Stream::Staff, Stream::Person(customer)];
        for file in &draft.files {
            self.share(file, &streams).await?;
        }
        let (by, at, number) = (self.me(), self.now, self.tx.next_ticket().await?);
        let ticket = Ticket { number, id: draft.id, customer, by, draft: draft.clone(), at };
        self.tx.add_ticket(&ticket).await?;
        let made = EventBody::TicketMade {
            number,
            customer,
            draft: draft.clone(),
            status: Status::New,
            placed: Placed::default(),
        };
        for stream in streams {
            self.append(stream, made.clone());
        }
        if let Some(conversation) = draft.conversation {
            let noted = EventBody::TicketNoted { ticket: draft.id, number, subject: draft.subject };
            self.append(Stream::Conversation(conversation), noted);
        }
        Ok(OpResult::Ticket { number })
    }

    /// Whose ticket it is: as written, else the customer of the talk, else the maker.
    async fn ticket_customer(&mut self, draft: &Draft) -> Done<PersonId> {
        let talk = match draft.conversation {
            Some(conversation) => Some(self.talk(conversation).await?.customer),
            None => None,
        };
        let me = self.me();
        let customer = draft.customer.or(talk).unwrap_or(me);
        if customer == me {
            return Ok(me);
        }
        self.must(Action::Serve)?;
        if talk.is_some_and(|talk| talk != customer) {
            return Err(RefusalCode::Invalid.into());
        }
        let person = self.tx.person(customer).await?.ok_or(RefusalCode::NotFound)?;
        if person.role == Role::Customer { Ok(customer) } else { Err(RefusalCode::Invalid.into()) }
    }
}

fn check(draft: &Draft) -> Done<()> {
    draft.check().map_err(|error| match error {
        DraftError::NoSubject => RefusalCode::Invalid,
        DraftError::SubjectTooLong | DraftError::TextTooLong | DraftError::TooManyFiles => RefusalCode::TooLarge,
    })?;
    if draft.files.len() > MOST_FILES {
        return Err(RefusalCode::TooLarge.into());
    }
    at_most(&draft.description, MOST_TEXT)
}
