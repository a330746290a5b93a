//! Messages of a talk, copied into another audience: only the picked ones, with their files.

use opora_domain::{ConversationId, MessageId};
use opora_wire::{
    RefusalCode,
    copied::Copied,
    event::{EventBody, Stream},
};

use super::{Doing, Done};
use crate::store::Tx;

impl<T: Tx> Doing<'_, T> {
    /// Copies messages; answers the ids of the copies, which are events of their own in `to`.
    pub(super) async fn copy(
        &mut self,
        conversation: ConversationId,
        messages: &[MessageId],
        to: Stream,
    ) -> Done<Vec<MessageId>> {
        let mut copies = Vec::with_capacity(messages.len());
        for message in messages {
            let said = self.tx.said(conversation, *message).await?.ok_or(RefusalCode::NotFound)?;
            if let Some(file) = &said.draft.file {
                self.share(file, &[to]).await?;
            }
            let by_name = match said.by {
                Some(by) => self.tx.person(by).await?.map(|person| person.name).unwrap_or_default(),
                None => String::new(),
            };
            let (text, file) = (said.draft.text, said.draft.file);
            let copied = Copied { message: *message, by: said.by, by_name, at: said.at, text, file };
            let id = self.rng.uuid_v7(self.now);
            self.append_as(to, id, EventBody::Copied(copied));
            copies.push(MessageId(id));
        }
        Ok(copies)
    }
}
