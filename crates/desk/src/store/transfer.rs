//! What is kept of hand-overs and of who is in a talk.

use std::future::Future;

use opora_domain::{
    ConversationId, MessageId, PersonId, Timestamp, TransferId,
    message::Draft,
    request::Ask,
    transfer::{Ended, Transfer},
};

use super::Answer;
use crate::record::Request;

/// A message as it stands in the log.
#[derive(Clone, Debug)]
pub struct Said {
    /// Place in the talk.
    pub seq: i64,
    /// Who said it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub draft: Draft,
}

/// Hand-overs and participants in one transaction.
pub trait TransfersTx: Send {
    /// Adds an open offer.
    fn add_transfer(&mut self, transfer: &Transfer) -> impl Future<Output = Answer<()>> + Send;
    /// An offer that is open.
    fn open_transfer(&mut self, id: TransferId) -> impl Future<Output = Answer<Option<Transfer>>> + Send;
    /// The open offer of a talk.
    fn transfer_of(&mut self, conversation: ConversationId) -> impl Future<Output = Answer<Option<Transfer>>> + Send;
    /// Whether there ever was an offer with this id.
    fn has_transfer(&mut self, id: TransferId) -> impl Future<Output = Answer<bool>> + Send;
    /// Ends an open offer; `false` when it was over.
    fn end_transfer(&mut self, id: TransferId, how: &Ended) -> impl Future<Output = Answer<bool>> + Send;
    /// The request belongs to the line that `ask` names now.
    fn set_line(&mut self, request: &Request, ask: &Ask) -> impl Future<Output = Answer<()>> + Send;
    /// A message of a talk; none when it is not there, or was erased.
    fn said(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> impl Future<Output = Answer<Option<Said>>> + Send;
    /// Everybody who is in the talk now.
    fn inside(&mut self, conversation: ConversationId) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
}

/// Reads of hand-overs outside a transaction.
pub trait TransfersStore {
    /// Open offers whose time is over at `now`, or whose talk has moved on.
    fn lapsed_transfers(&self, now: Timestamp) -> impl Future<Output = Answer<Vec<TransferId>>> + Send;
}
