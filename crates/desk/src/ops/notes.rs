//! Notes that the firm's people write beside a talk. One by a supervisor who only looks in is a whisper: it
//! is read like any other, and leaves a line in the trail.

use opora_domain::{
    ConversationId, MessageId, RequestId,
    note::{self, NoteError},
    role::Action,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
    note::{Event, Op},
    supervision::Act,
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
        let request = self.request(RequestId(conversation.0)).await?;
        let whispers = self.whispers(conversation).await?;
        note::check(&text).map_err(|error| match error {
            NoteError::Empty => RefusalCode::Invalid,
            NoteError::TooLong => RefusalCode::TooLarge,
        })?;
        if self.tx.has_event(note.0).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let beside = Stream::ConversationStaff(conversation);
        self.append_as(beside, note.0, EventBody::Note(Event::Written { text }));
        if whispers {
            self.act(Act::Whispered, &request, None).await?;
        }
        Ok(OpResult::Done)
    }

    /// Whether a note by this person is a whisper. Who looks in is no member; the receiver of an offer is
    /// none either, but reads what is said beside the talk and not the talk.
    async fn whispers(&mut self, conversation: ConversationId) -> Done<bool> {
        let (me, talk) = (self.me(), Stream::Conversation(conversation));
        if self.tx.is_member(me, talk).await? {
            return Ok(false);
        }
        if !self.tx.may_read(me, Stream::ConversationStaff(conversation)).await? {
            return Err(RefusalCode::NotAllowed.into());
        }
        let looks_in = self.tx.may_read(me, talk).await?;
        if looks_in {
            self.must(Action::Supervise)?;
        }
        Ok(looks_in)
    }
}
