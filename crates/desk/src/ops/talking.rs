//! The talk: messages, marks, its end, its rating.

use opora_domain::{
    ConversationId, PersonId,
    message::{Attachment, Draft, DraftError},
    rating::Rating,
    request::State,
    role::Action,
    session::EndReason,
};
use opora_wire::{
    OpResult, RefusalCode,
    event::{EventBody, Stream},
};

use super::{Doing, Done, at_most, moved};
use crate::store::Tx;

/// The longest comment to a rating, in characters.
const MOST_COMMENT: usize = 4_000;
/// The longest file name and media type, in bytes.
const MOST_LABEL: usize = 255;

impl<T: Tx> Doing<'_, T> {
    pub(super) async fn say(&mut self, conversation: ConversationId, draft: Draft) -> Done {
        let request = self.open_talk(conversation).await?;
        self.may_go_on(&request).await?;
        draft.check().map_err(|error| match error {
            DraftError::Empty => RefusalCode::Invalid,
            DraftError::TooLong => RefusalCode::TooLarge,
        })?;
        if self.tx.has_event(draft.id.0).await? {
            return Err(RefusalCode::Invalid.into());
        }
        if let Some(answered) = draft.reply_to
            && !self.tx.has_message(conversation, answered).await?
        {
            return Err(RefusalCode::NotFound.into());
        }
        let stream = Stream::Conversation(conversation);
        if let Some(file) = &draft.file {
            self.share(file, &[stream]).await?;
        }
        self.note_answer(&request).await?;
        self.append_as(stream, draft.id.0, EventBody::Said(draft));
        if !self.actor.person.role.is_staff() {
            self.wake_held(&request).await?;
        }
        Ok(OpResult::Done)
    }

    /// Shows a file that this person may read to those who read `streams`.
    pub(super) async fn share(&mut self, file: &Attachment, streams: &[Stream]) -> Done<()> {
        if file.name.is_empty() || file.name.len() > MOST_LABEL || file.mime.len() > MOST_LABEL {
            return Err(RefusalCode::Invalid.into());
        }
        let hash = hash_of(&file.hash).ok_or(RefusalCode::Invalid)?;
        let me: PersonId = self.me();
        match self.tx.blob(me, hash).await? {
            Some(size) if size == file.size => {}
            Some(_) => return Err(RefusalCode::Invalid.into()),
            None => return Err(RefusalCode::NotFound.into()),
        }
        for stream in streams {
            self.tx.share_blob(hash, *stream).await?;
        }
        Ok(())
    }

    pub(super) async fn see(&mut self, conversation: ConversationId, up_to: i64) -> Done {
        self.talk(conversation).await?;
        let stream = Stream::Conversation(conversation);
        if up_to < 1 || up_to > self.tx.stream_head(stream).await? {
            return Err(RefusalCode::Invalid.into());
        }
        let me = self.me();
        if self.tx.see(conversation, me, up_to).await? {
            self.append(stream, EventBody::Seen { up_to });
        }
        Ok(OpResult::Done)
    }

    pub(super) async fn close(&mut self, conversation: ConversationId) -> Done {
        let request = self.open_talk(conversation).await?;
        let State::Accepted { by } = request.state else { return Err(moved(request.state).into()) };
        self.let_go(&request, by).await?;
        self.tx.ended(request.id, self.now).await?;
        for screen in self.tx.open_screens(conversation).await? {
            self.end_screen(screen, EndReason::ConversationClosed).await?;
        }
        self.move_request(&request, State::Closed).await?;
        self.settle(conversation).await?;
        self.append(Stream::Conversation(conversation), EventBody::Closed);
        Ok(OpResult::Done)
    }

    pub(super) async fn rate(&mut self, conversation: ConversationId, rating: Rating) -> Done {
        self.must(Action::Rate)?;
        let request = self.talk(conversation).await?;
        if request.customer != self.me() {
            return Err(RefusalCode::NotAllowed.into());
        }
        if !matches!(request.state, State::Accepted { .. } | State::Closed) {
            return Err(moved(request.state).into());
        }
        at_most(&rating.comment, MOST_COMMENT)?;
        self.tx.rate(conversation, &rating, self.now).await?;
        self.tx.note_rated(request.id, rating.stars).await?;
        self.append(Stream::Conversation(conversation), EventBody::Rated(rating));
        Ok(OpResult::Done)
    }
}

/// Reads a BLAKE3 in hex.
fn hash_of(hex: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(hex).ok().map(Into::into)
}
