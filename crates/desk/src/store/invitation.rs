//! What is kept of invitations into talks.

use std::future::Future;

use opora_domain::{
    ConversationId, InvitationId, Timestamp,
    invitation::{Ended, Invitation},
};

use super::Answer;

/// Invitations in one transaction.
pub trait InvitationsTx: Send {
    /// Adds an open one.
    fn add_invitation(&mut self, invitation: &Invitation) -> impl Future<Output = Answer<()>> + Send;
    /// One that is open.
    fn open_invitation(&mut self, id: InvitationId) -> impl Future<Output = Answer<Option<Invitation>>> + Send;
    /// The open ones into a talk.
    fn invitations_into(
        &mut self,
        conversation: ConversationId,
    ) -> impl Future<Output = Answer<Vec<Invitation>>> + Send;
    /// Whether there ever was one with this id.
    fn has_invitation(&mut self, id: InvitationId) -> impl Future<Output = Answer<bool>> + Send;
    /// Ends an open one; `false` when it was over.
    fn end_invitation(&mut self, id: InvitationId, how: &Ended) -> impl Future<Output = Answer<bool>> + Send;
}

/// Reads of invitations outside a transaction.
pub trait InvitationsStore {
    /// Open ones whose time is over at `now`, or into talks that nobody owns any more.
    fn lapsed_invitations(&self, now: Timestamp) -> impl Future<Output = Answer<Vec<InvitationId>>> + Send;
}
