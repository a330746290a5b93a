//! What the store keeps of contracts.

use std::{collections::BTreeSet, future::Future};

use opora_domain::{
    ContractId, OrganisationId, PersonId, RequestId, Timestamp,
    contract::{
        Contract,
        allowance::Used,
        entitlement::{Basis, Held},
        notice::Notice,
    },
};
use opora_wire::contract::Work;

use super::Answer;

/// Time that a piece of work took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpent {
    /// Which work.
    pub work: Work,
    /// Whose.
    pub organisation: OrganisationId,
    /// Drawn from; none when there is no contract.
    pub contract: Option<ContractId>,
    /// As it was noted.
    pub minutes: u32,
    /// As it is drawn.
    pub drawn: u32,
    /// When it was first noted: a correction stays in its month.
    pub at: Timestamp,
    /// Who noted it.
    pub by: PersonId,
}

/// A wish for renewal that nobody has dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Whose.
    pub organisation: OrganisationId,
    /// Who asks.
    pub by: PersonId,
    /// In the person's words.
    pub comment: String,
    /// Since when.
    pub at: Timestamp,
}

/// Reads of contracts beside the writer.
pub trait ContractsStore {
    /// All contracts, with what was used in the window of `now`, and the reminders that were sent.
    fn contracts(&self, now: Timestamp)
    -> impl Future<Output = Answer<Vec<(Contract, Used, BTreeSet<Notice>)>>> + Send;
    /// Time noted in `from..to`, oldest first.
    fn time_spent(&self, from: Timestamp, to: Timestamp) -> impl Future<Output = Answer<Vec<TimeSpent>>> + Send;
}

/// Contracts in a transaction.
pub trait ContractsTx {
    /// Keeps a contract.
    fn put_contract(&mut self, contract: &Contract) -> impl Future<Output = Answer<()>> + Send;
    /// Throws a contract away; `false` when something was drawn from it.
    fn drop_contract(&mut self, contract: ContractId) -> impl Future<Output = Answer<bool>> + Send;
    /// A contract.
    fn contract(&mut self, contract: ContractId) -> impl Future<Output = Answer<Option<Contract>>> + Send;
    /// Contracts of an organisation, with what was used in the window of `now`.
    fn held(&mut self, organisation: OrganisationId, now: Timestamp) -> impl Future<Output = Answer<Vec<Held>>> + Send;
    /// What was used of a contract in the window of `now`.
    fn used(&mut self, contract: &Contract, now: Timestamp) -> impl Future<Output = Answer<Used>> + Send;
    /// Whether clients without any contract are served.
    fn serves_without(&mut self) -> impl Future<Output = Answer<bool>> + Send;
    /// Sets that.
    fn set_serves_without(&mut self, serve: bool) -> impl Future<Output = Answer<()>> + Send;

    /// A request was judged: it is helped by this contract, or without one.
    fn set_basis(
        &mut self,
        request: RequestId,
        basis: &Basis,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// By which contract a request is helped.
    fn basis(&mut self, request: RequestId) -> impl Future<Output = Answer<Option<ContractId>>> + Send;

    /// Keeps the time of a piece of work; the same person's earlier note of it is replaced, its moment stays.
    fn note_time(&mut self, spent: &TimeSpent) -> impl Future<Output = Answer<()>> + Send;

    /// Keeps a wish for renewal; `false` when there is one already.
    fn add_renewal(&mut self, renewal: &Renewal) -> impl Future<Output = Answer<bool>> + Send;
    /// Forgets it; `false` when there was none.
    fn drop_renewal(&mut self, organisation: OrganisationId) -> impl Future<Output = Answer<bool>> + Send;

    /// Reminders of a contract that were sent.
    fn notices(&mut self, contract: ContractId) -> impl Future<Output = Answer<BTreeSet<Notice>>> + Send;
    /// A reminder was sent; `false` when it had been before.
    fn add_notice(
        &mut self,
        contract: ContractId,
        notice: Notice,
        now: Timestamp,
    ) -> impl Future<Output = Answer<bool>> + Send;
}
