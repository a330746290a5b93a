//! What clients say beside the history, and what all of them are told: votes, ratings, news.

use opora_domain::{
    TicketId,
    message::MOST_TEXT,
    rating::Rating,
    role::Role,
    ticket::{Comment, Kind, MOST_SUBJECT, Relation, Ticket},
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    ticket::{Event, Notice},
};

use super::{Doing, Done};
use crate::{
    mail::{self, tickets::Entry},
    ops::at_most,
    record::Kept,
    store::Tx,
};

/// The longest comment to a rating, in characters; as to a talk.
const MOST_COMMENT: usize = 4_000;

impl<T: Tx> Doing<'_, T> {
    /// "I want that too": of a wish that one sees, or that all are told of.
    pub(super) async fn vote(&mut self, id: TicketId, on: bool) -> Done {
        let notice = self.tx.published(id).await?;
        let mut kept = if notice.is_some() { self.kept(id).await? } else { self.seen_ticket(id).await? };
        if kept.ticket.kind != Kind::Wish {
            return Err(RefusalCode::Invalid.into());
        }
        let (me, voters) = (self.me(), &mut kept.ticket.voters);
        let changed = if on { voters.insert(me) } else { voters.remove(&me) };
        if !changed {
            return Ok(OpResult::Done);
        }
        self.tx.put_ticket(&kept).await?;
        let voted = EventBody::Ticket(Event::Voted { ticket: id, person: me, on });
        for stream in [Stream::Staff, Stream::Person(me)] {
            self.append(stream, voted.clone());
        }
        if notice.is_some() {
            // All clients learn how many there are, and not who.
            let id = self.rng.uuid_v7(self.now);
            self.desk_says(Stream::Desk, id, published(&kept.ticket, notice));
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn rate_ticket(&mut self, id: TicketId, rating: Rating) -> Done {
        let mut kept = self.seen_ticket(id).await?;
        if self.actor.person.role != Role::Customer || kept.ticket.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !kept.ticket.status.is_over() {
            return Err(RefusalCode::StillOpen.into());
        }
        at_most(&rating.comment, MOST_COMMENT)?;
        if kept.ticket.rating.as_ref() != Some(&rating) {
            kept.ticket.rating = Some(rating.clone());
            self.keep(&mut kept, &[]).await?;
            self.tell_both(id, Event::Rated { ticket: id, rating });
        }
        Ok(OpResult::Done)
    }

    /// News of an error go to each ticket that joined it, in the same words.
    pub(super) async fn publish(&mut self, id: TicketId, notice: Option<Notice>) -> Done {
        let kept = self.kept(id).await?;
        if let Some(notice) = &notice {
            check_notice(&kept.ticket, notice)?;
        } else if self.tx.published(id).await?.is_none() {
            return Ok(OpResult::Done);
        }
        self.tx.publish(id, notice.as_ref()).await?;
        self.append(Stream::Desk, EventBody::Ticket(published(&kept.ticket, notice.clone())));
        if let Some(notice) = notice.filter(|_| kept.ticket.kind == Kind::Error) {
            self.tell_joined(&kept, &notice).await?;
        }
        Ok(OpResult::Done)
    }

    /// Nobody's answer: no clock takes it for one.
    async fn tell_joined(&mut self, kept: &Kept, notice: &Notice) -> Done<()> {
        let comment = Comment { text: format!("{}\n\n{}", notice.title, notice.text), files: Vec::new(), staff: false };
        let joined = kept.ticket.links.iter().filter(|link| link.relation == Relation::DuplicatedBy);
        for link in joined {
            let mut other = self.kept(link.other).await?;
            self.keep(&mut other, &[]).await?;
            let (ticket, entry) = (other.ticket.id, self.rng.uuid_v7(self.now));
            let (comment, deadlines) = (Some(comment.clone()), other.ticket.deadlines);
            let told = Event::Updated { ticket, changes: Vec::new(), comment, deadlines };
            for stream in [Stream::Staff, Stream::Ticket(ticket)] {
                self.desk_says(stream, entry, told.clone());
            }
            let letter = Entry { id: entry, status: None, said: true, by_firm: true };
            mail::tickets::note(self.tx, &other.ticket, letter, self.now).await?;
        }
        Ok(())
    }
}

fn check_notice(ticket: &Ticket, notice: &Notice) -> Done<()> {
    if ticket.kind == Kind::Consultation || notice.title.trim().is_empty() {
        return Err(RefusalCode::Invalid.into());
    }
    at_most(&notice.title, MOST_SUBJECT)?;
    // Title and text become one comment in what joined.
    at_most(&notice.text, MOST_TEXT - MOST_SUBJECT - 2)
}

fn published(ticket: &Ticket, notice: Option<Notice>) -> Event {
    let votes = u32::try_from(ticket.voters.len()).unwrap_or(u32::MAX);
    Event::Published { ticket: ticket.id, wish: ticket.kind == Kind::Wish, notice, votes }
}
