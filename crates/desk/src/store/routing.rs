//! What presence and routing need of the store.

use std::{collections::BTreeMap, future::Future};

use opora_domain::{
    LineId, PersonId, RequestId, Span, Timestamp,
    availability::Declared,
    queue::{Overflow, Rules},
};

use super::Answer;

/// How requests find specialists, apart from the queue and the people themselves. Of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The owner's settings.
    pub rules: Rules,
    /// Lines that overflow.
    pub overflows: BTreeMap<LineId, Overflow>,
    /// How long the last conversations of each line took.
    pub recent: BTreeMap<LineId, Vec<Span>>,
    /// Conversations on hold whose client has written, and who has them; who waits longest first.
    pub wanted: Vec<(RequestId, PersonId)>,
}

/// The part of a [`super::Store`].
pub trait RoutingStore {
    /// Everything that is looked at before an offer.
    fn routing(&self) -> impl Future<Output = Answer<Table>> + Send;
}

/// The part of a [`super::Tx`].
pub trait RoutingTx {
    /// Keeps what a person declared.
    fn declare(&mut self, person: PersonId, declared: Declared) -> impl Future<Output = Answer<()>> + Send;
    /// What a person declared last.
    fn declared(&mut self, person: PersonId) -> impl Future<Output = Answer<Declared>> + Send;
    /// Keeps the settings.
    fn set_rules(&mut self, rules: &Rules) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps where a line's requests go as well.
    fn set_overflow(&mut self, line: LineId, overflow: Option<Overflow>) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps how many a person has at most; `false` when the person serves nobody.
    fn set_capacity(&mut self, person: PersonId, capacity: u32) -> impl Future<Output = Answer<bool>> + Send;
    /// Puts an accepted request on hold; `false` when it was.
    fn hold(
        &mut self,
        request: RequestId,
        person: PersonId,
        now: Timestamp,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// The client of a request on hold has written.
    fn want_back(&mut self, request: RequestId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// Ends a hold; `false` when there was none. The load is the caller's matter.
    fn drop_hold(&mut self, request: RequestId) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether a request is on hold.
    fn is_held(&mut self, request: RequestId) -> impl Future<Output = Answer<bool>> + Send;
    /// Somebody serves a request of this line from now on; only the first time counts.
    fn began(&mut self, request: RequestId, line: LineId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
    /// It is over.
    fn ended(&mut self, request: RequestId, now: Timestamp) -> impl Future<Output = Answer<()>> + Send;
}
