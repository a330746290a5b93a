//! What supervision keeps: who is a member and who only looks, the trail, the head's marks.

use std::future::Future;

use opora_domain::{ConversationId, PersonId, Timestamp, rating::Rating};
use opora_wire::{event::Stream, supervision::Act};
use uuid::Uuid;

use super::Answer;

/// One act of a supervisor.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// Of its event too.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// What.
    pub act: Act,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Who had it then.
    pub specialist: Option<PersonId>,
}

/// Supervision's part of a transaction.
pub trait SupervisionTx {
    /// Adds a line to the trail.
    fn add_act(&mut self, acted: &Acted) -> impl Future<Output = Answer<()>> + Send;
    /// Ends a silent look into a stream; `false` when there was none. What a former member could read
    /// before it can be read again, not less.
    fn end_look(&mut self, person: PersonId, stream: Stream) -> impl Future<Output = Answer<bool>> + Send;
    /// Talks that a person looks into.
    fn looks(&mut self, person: PersonId) -> impl Future<Output = Answer<Vec<ConversationId>>> + Send;
    /// Keeps the head's mark; a later one takes its place.
    fn set_mark(
        &mut self,
        conversation: ConversationId,
        by: PersonId,
        mark: &Rating,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
}

/// Supervision's reads.
pub trait SupervisionStore {
    /// The trail, newest first, `most` lines at most.
    fn acts(&self, most: i64) -> impl Future<Output = Answer<Vec<Acted>>> + Send;
}
