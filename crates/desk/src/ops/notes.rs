//! Notes that the firm's people write beside a talk.

use opora_domain::{
    ConversationId, MessageId, RequestId,
    note::{self, NoteError},
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    note::{Event, Op},
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn note(&mut self, op: Op) -> Done {
        match op {
            Op::Write { conversation, note, text } => self.write_note(conversation, note, text).await,
        }
    }

    /// Also after the talk is over: what was learnt may be written down then.
    async fn write_note(&mut self, conversation: ConversationId, note: MessageId, text: String) -> Done {
        self.must(Action::Serve)?;
        self.request(RequestId(conversation.0)).await?;
        let beside = Stream::ConversationStaff(conversation);
        let me = self.me();
        let inside = self.tx.is_member(me, Stream::Conversation(conversation)).await?;
        if !inside && !self.tx.may_read(me, beside).await? {
            return Err(RefusalCode::NotAllowed.into());
        }
        note::check(&text).map_err(|error| match error {
            NoteError::Empty => RefusalCode::Invalid,
            NoteError::TooLong => RefusalCode::TooLarge,
        })?;
        if self.tx.has_event(note.0).await? {
            return Err(RefusalCode::Invalid.into());
        }
        self.append_as(beside, note.0, EventBody::Note(Event::Written { text }));
        Ok(OpResult::Done)
    }
}
