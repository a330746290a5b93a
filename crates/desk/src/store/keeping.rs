//! What a store does so that nothing is kept longer than somebody wants it.

use std::future::Future;

use opora_domain::{ConversationId, LineId, PersonId, Timestamp};
use opora_wire::{Stream, keeping::Previewed};

use super::Answer;

/// The part of a transaction that forgets.
pub trait KeepingTx: Send {
    /// Keeps how long a line's closed talks are kept; none: for ever.
    fn set_retention(&mut self, line: LineId, days: Option<u32>) -> impl Future<Output = Answer<()>> + Send;
    /// Closed talks whose time has come.
    fn outlived(&mut self, now: Timestamp, most: u32) -> impl Future<Output = Answer<Vec<ConversationId>>> + Send;
    /// Wipes words and files of a talk; answers the streams that it has, and the hashes of files
    /// that nobody holds any more.
    fn forget_talk(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> impl Future<Output = Answer<(Vec<Stream>, Vec<[u8; 32]>)>> + Send;
    /// Wipes what is a person's: words, files, name, devices, rights. Answers the conversations
    /// that the person belonged to, and the hashes of files that nobody holds any more.
    fn erase_person(
        &mut self,
        person: PersonId,
        now: Timestamp,
    ) -> impl Future<Output = Answer<(Vec<Stream>, Vec<[u8; 32]>)>> + Send;
    /// Files to be taken off the disk; they are named until [`KeepingTx::dropped`].
    fn to_drop(&mut self, most: u32) -> impl Future<Output = Answer<Vec<[u8; 32]>>> + Send;
    /// A file is off the disk, or stays because somebody holds it again.
    fn dropped(&mut self, hash: [u8; 32]) -> impl Future<Output = Answer<()>> + Send;
    /// Whether somebody holds the file (again).
    fn has_blob(&mut self, hash: [u8; 32]) -> impl Future<Output = Answer<bool>> + Send;
}

/// Reading what would go.
pub trait KeepingStore {
    /// What would go if closed talks of a line were kept for so many days.
    fn preview(&self, line: LineId, days: u32, now: Timestamp) -> impl Future<Output = Answer<Previewed>> + Send;
}
