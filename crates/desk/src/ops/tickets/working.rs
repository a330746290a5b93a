//! What the firm's people do beside the history: who hears of a ticket, its checklist, how tickets hang together.

use opora_domain::{
    ItemId, MessageId, PersonId, TicketId,
    role::Role,
    ticket::{Change, Item, Link, MOST_VALUE, Status, Ticket, checklist::MOST_ITEMS},
};
use opora_wire::{OpResult, RefusalCode, ticket::Event};

use super::{Doing, Done};
use crate::{
    ops::at_most,
    record::{Kept, Person},
    store::Tx,
};

/// People who hear of one ticket at most.
const MOST_WATCHERS: usize = 200;
/// Threads from one ticket that somebody draws at most; those of "me too" come by themselves.
const MOST_LINKS: usize = 200;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn watch_ticket(&mut self, id: TicketId, person: PersonId, on: bool) -> Done {
        let mut kept = self.kept(id).await?;
        let known = self.tx.person(person).await?.ok_or(RefusalCode::NotFound)?;
        if on {
            self.check_watcher(&known, &kept.ticket).await?;
        }
        self.watch(&mut kept, &known, on).await?;
        Ok(OpResult::Done)
    }

    /// The firm's people, and those of the client whose ticket it is.
    async fn check_watcher(&mut self, person: &Person, ticket: &Ticket) -> Done<()> {
        if ticket.watchers.len() >= MOST_WATCHERS {
            return Err(RefusalCode::TooLarge.into());
        }
        let theirs = person.role == Role::Customer && self.belongs_to_client(person.id, ticket).await?;
        if theirs || person.role.is_staff() { Ok(()) } else { Err(RefusalCode::Invalid.into()) }
    }

    async fn watch(&mut self, kept: &mut Kept, person: &Person, on: bool) -> Done<()> {
        let watchers = &mut kept.ticket.watchers;
        let changed = if on { watchers.insert(person.id) } else { watchers.remove(&person.id) };
        if !changed {
            return Ok(());
        }
        self.keep(kept, &[]).await?;
        self.settle_readers(kept).await?;
        let ticket = kept.ticket.id;
        let event = Event::Watched { ticket, person: person.id, on };
        if person.role == Role::Customer {
            self.introduce(ticket, person.id).await?;
            self.tell_both(ticket, event);
        } else {
            self.tell_staff(event);
        }
        Ok(())
    }

    pub(super) async fn put_item(&mut self, id: TicketId, item: Item) -> Done {
        let mut kept = self.kept(id).await?;
        if item.text.trim().is_empty() {
            return Err(RefusalCode::Invalid.into());
        }
        at_most(&item.text, MOST_VALUE)?;
        let checklist = &mut kept.ticket.checklist;
        if !checklist.contains_key(&item.id) && checklist.len() >= MOST_ITEMS {
            return Err(RefusalCode::TooLarge.into());
        }
        if checklist.insert(item.id, item.clone()).as_ref() != Some(&item) {
            self.keep(&mut kept, &[]).await?;
            self.tell_staff(Event::ItemPut { ticket: id, item });
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn drop_item(&mut self, id: TicketId, item: ItemId) -> Done {
        let mut kept = self.kept(id).await?;
        if kept.ticket.checklist.remove(&item).is_some() {
            self.keep(&mut kept, &[]).await?;
            self.tell_staff(Event::ItemDropped { ticket: id, item });
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn link_tickets(&mut self, id: TicketId, link: Link, on: bool) -> Done {
        if link.other == id {
            return Err(RefusalCode::Invalid.into());
        }
        let (mut kept, mut other) = (self.kept(id).await?, self.kept(link.other).await?);
        if on && kept.ticket.links.len() >= MOST_LINKS {
            return Err(RefusalCode::TooLarge.into());
        }
        let turned = Link { relation: link.relation.turned(), other: id };
        let changed = turn(&mut kept, link, on) | turn(&mut other, turned, on);
        if changed {
            self.keep(&mut kept, &[]).await?;
            self.keep(&mut other, &[]).await?;
            self.tell_linked(id, link, on);
        }
        Ok(OpResult::Done)
    }

    /// Its work is over here without further words, and goes on there.
    pub(super) async fn merge_ticket(&mut self, id: TicketId, into: TicketId) -> Done {
        let (mut kept, mut target) = (self.kept(id).await?, self.kept(into).await?);
        if kept.ticket.merged == Some(into) {
            return Ok(OpResult::Done);
        }
        if id == into || kept.ticket.merged.is_some() || target.ticket.merged.is_some() {
            return Err(RefusalCode::Invalid.into());
        }
        kept.ticket.merged = Some(into);
        let solved = Change::Status(Status::Solved);
        let ends = !kept.ticket.status.is_over() && kept.ticket.take(&solved);
        let entry = MessageId(self.rng.uuid_v7(self.now));
        match ends {
            true => self.update(&mut kept, entry, vec![solved], None).await?,
            false => self.keep(&mut kept, &[]).await?,
        }
        self.tell_both(id, Event::Merged { ticket: id, into, number: target.ticket.number });
        self.bring_over(&kept.ticket, &mut target).await?;
        Ok(OpResult::Done)
    }

    /// The customer of the same client goes along; another client's learns the number and no more.
    async fn bring_over(&mut self, from: &Ticket, target: &mut Kept) -> Done<()> {
        let same = from.organisation.is_some() && from.organisation == target.ticket.organisation;
        if !same || from.customer == target.ticket.customer {
            return Ok(());
        }
        match self.tx.person(from.customer).await? {
            Some(customer) if customer.role == Role::Customer => self.watch(target, &customer, true).await,
            _ => Ok(()),
        }
    }
}

fn turn(kept: &mut Kept, link: Link, on: bool) -> bool {
    if on { kept.ticket.links.insert(link) } else { kept.ticket.links.remove(&link) }
}
