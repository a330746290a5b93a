//! Tickets as they are now, and how they are set up.

use std::future::Future;

use opora_domain::{
    LineId, OrganisationId, PersonId, TicketId, Timestamp, TrackerId,
    ticket::{Category, Ticket, Tracker, terms::Terms},
};
use opora_wire::{event::Stream, ticket::Notice};

use super::Answer;
use crate::record::Kept;

/// Tickets in a transaction.
pub trait TicketsTx: Send {
    /// The next number.
    fn next_ticket(&mut self) -> impl Future<Output = Answer<i64>> + Send;
    /// A ticket.
    fn ticket(&mut self, id: TicketId) -> impl Future<Output = Answer<Option<Kept>>> + Send;
    /// A person is named in the ticket's stream from now on; `false` when that was so before.
    fn introduce(&mut self, ticket: TicketId, person: PersonId) -> impl Future<Output = Answer<bool>> + Send;
    /// Adds a ticket, or keeps it as it is now.
    fn put_ticket(&mut self, kept: &Kept) -> impl Future<Output = Answer<()>> + Send;
    /// Tickets that count for an organisation and are not private.
    fn shown_tickets(&mut self, organisation: OrganisationId) -> impl Future<Output = Answer<Vec<Ticket>>> + Send;
    /// Customers who belong to an organisation now.
    fn colleagues(
        &mut self,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// People whose right to a stream has no end.
    fn readers(&mut self, stream: Stream) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// The first of the lines.
    fn first_line(&mut self) -> impl Future<Output = Answer<Option<LineId>>> + Send;

    /// A tracker; a standard one that nobody has changed is the usual one.
    fn tracker(&mut self, id: TrackerId) -> impl Future<Output = Answer<Option<Tracker>>> + Send;
    /// Adds a tracker, or changes it.
    fn put_tracker(&mut self, tracker: &Tracker) -> impl Future<Output = Answer<()>> + Send;
    /// What tickets are about, in order.
    fn categories(&mut self) -> impl Future<Output = Answer<Vec<Category>>> + Send;
    /// Changes that.
    fn put_categories(&mut self, categories: &[Category]) -> impl Future<Output = Answer<()>> + Send;
    /// What is promised.
    fn terms(&mut self) -> impl Future<Output = Answer<Terms>> + Send;
    /// Changes that.
    fn put_terms(&mut self, terms: &Terms) -> impl Future<Output = Answer<()>> + Send;

    /// What all clients are told of a ticket.
    fn published(&mut self, id: TicketId) -> impl Future<Output = Answer<Option<Notice>>> + Send;
    /// Changes that; none: nothing any more.
    fn publish(&mut self, id: TicketId, notice: Option<&Notice>) -> impl Future<Output = Answer<()>> + Send;
}

/// Reads of tickets beside the writer.
pub trait TicketsStore {
    /// Tickets of which something has to be said at `now`, the longest due first.
    fn tickets_to_press(&self, now: Timestamp, most: u32) -> impl Future<Output = Answer<Vec<TicketId>>> + Send;
}
