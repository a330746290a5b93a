//! What a store keeps of keys of the API, and what it reads for them page by page.

use std::future::Future;

use opora_domain::{
    ContractId, KeyId, OrganisationId, PersonId, RequestId, TicketId, Timestamp,
    api::{Card, Key},
    contract::Contract,
    membership::Membership,
    organisation, person,
    role::Role,
    ticket::Ticket,
};
use opora_wire::{Event, OpResult};

use super::Answer;
use crate::record::{OpKey, Request};

/// Keys in a transaction.
pub trait KeysTx: Send {
    /// Adds a key; `false` when its id or hash is known already.
    fn add_key(
        &mut self,
        key: KeyId,
        card: &Card,
        hash: [u8; 32],
        now: Timestamp,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// A key.
    fn key(&mut self, key: KeyId) -> impl Future<Output = Answer<Option<Key>>> + Send;
    /// A key works no longer; `false` when it did not before.
    fn revoke_key(&mut self, key: KeyId, now: Timestamp) -> impl Future<Output = Answer<bool>> + Send;
    /// A key was used.
    fn used_key(&mut self, key: KeyId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// What an operation came to when it was sent before.
    fn answered(&mut self, key: OpKey) -> impl Future<Output = Answer<Option<OpResult>>> + Send;
}

/// One thing, or a page of things.
#[derive(Clone, Copy, Debug)]
pub enum Which<I, A = I> {
    /// This one.
    One(I),
    /// At most so many, in order, after this place.
    Page(Option<A>, u32),
}

/// A place in a list that is ordered by when things changed, the oldest first: what changes while somebody reads on
/// comes once more, and nothing is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<I> {
    /// When the last one that was read had changed.
    pub changed: Timestamp,
    /// Which it was; none: from that moment on, itself included.
    pub last: Option<I>,
}

/// A person as the API shows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// Who.
    pub id: PersonId,
    /// Name and how to reach them.
    pub card: person::Card,
    /// As what.
    pub role: Role,
    /// Has redeemed an invite.
    pub joined: bool,
    /// Where the person belongs.
    pub memberships: Vec<Membership>,
}

/// A request as the API shows one.
#[derive(Clone, Debug)]
pub struct KnownRequest {
    /// All of it.
    pub request: Request,
    /// When it moved last.
    pub moved: Timestamp,
    /// Who had it last.
    pub owner: Option<PersonId>,
    /// When it ended.
    pub closed: Option<Timestamp>,
}

/// Reads for the API, beside the writer. Who was erased is in none of them.
pub trait ListingStore {
    /// The key with this hash.
    fn key_by_hash(&self, hash: [u8; 32]) -> impl Future<Output = Answer<Option<Key>>> + Send;
    /// All keys, oldest first.
    fn keys(&self) -> impl Future<Output = Answer<Vec<Key>>> + Send;
    /// Organisations by id.
    fn list_organisations(
        &self,
        which: Which<OrganisationId>,
    ) -> impl Future<Output = Answer<Vec<(OrganisationId, organisation::Card)>>> + Send;
    /// People by id.
    fn list_persons(&self, which: Which<PersonId>) -> impl Future<Output = Answer<Vec<KnownPerson>>> + Send;
    /// Contracts by id.
    fn list_contracts(&self, which: Which<ContractId>) -> impl Future<Output = Answer<Vec<Contract>>> + Send;
    /// Requests by their last move.
    fn list_requests(
        &self,
        which: Which<RequestId, Place<RequestId>>,
    ) -> impl Future<Output = Answer<Vec<KnownRequest>>> + Send;
    /// Tickets by their last change; the second part of the place is the ticket's number.
    fn list_tickets(&self, which: Which<TicketId, Place<i64>>) -> impl Future<Output = Answer<Vec<Ticket>>> + Send;
    /// What the client reads of a ticket, after a place in its stream.
    fn list_entries(&self, ticket: TicketId, after: i64, most: u32) -> impl Future<Output = Answer<Vec<Event>>> + Send;
}
