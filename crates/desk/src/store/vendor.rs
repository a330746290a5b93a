//! What is kept of vendors and of what they are asked.

use std::future::Future;

use opora_domain::{ConversationId, OrganisationId, PersonId};

use super::Answer;

/// A question to a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// The vendor.
    pub organisation: OrganisationId,
    /// It is not settled.
    pub open: bool,
}

/// Vendors in one transaction.
pub trait VendorsTx: Send {
    /// The organisation is a vendor from now on.
    fn make_vendor(&mut self, organisation: OrganisationId) -> impl Future<Output = Answer<()>> + Send;
    /// Whether it is one.
    fn is_vendor(&mut self, organisation: OrganisationId) -> impl Future<Output = Answer<bool>> + Send;
    /// People of an organisation.
    fn people_of(&mut self, organisation: OrganisationId) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// A vendor is asked about a talk, for the first time or again.
    fn escalate(
        &mut self,
        conversation: ConversationId,
        organisation: OrganisationId,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The question about a talk, settled or not.
    fn escalation(&mut self, conversation: ConversationId) -> impl Future<Output = Answer<Option<Escalation>>> + Send;
    /// Settles it; `false` when it was settled or never asked.
    fn settle(&mut self, conversation: ConversationId) -> impl Future<Output = Answer<bool>> + Send;
}
