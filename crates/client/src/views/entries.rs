//! Lines of a conversation: what is in the log, then what waits here.

use std::collections::BTreeMap;

use opora_domain::{
    ConversationId, MessageId, PersonId, file,
    message::{Attachment, Draft, Mark},
    session::State as SessionState,
};
use opora_history::{Blobs, OpState, OutboxRow};
use opora_ipc::{
    ErrorCode,
    conversation::{Entry, EntryView, FileState, FileView, MessageView, ReplyView},
};
use opora_wire::{Event, EventBody, OpBody, keeping};

use crate::{
    state::{Download, State},
    world::{World, excerpt},
};

/// What is not sent yet comes after everything in the log: no stream ever gets this long.
pub(crate) const ECHO_BASE: i64 = 1 << 52;

/// What lines refer to and the state does not hold: messages that are answered, and the files.
pub(crate) struct Found<'a> {
    /// Messages that are answered: by whom, first words.
    pub(crate) answered: &'a BTreeMap<MessageId, (Option<PersonId>, String)>,
    /// Files that are here.
    pub(crate) blobs: &'a Blobs,
}

impl State {
    /// A line of the log; none for what is no line.
    pub(crate) fn entry(&self, id: ConversationId, event: &Event, found: &Found<'_>) -> Option<EntryView> {
        let me = self.world.as_ref()?.me;
        let what = match &event.body {
            EventBody::Said(draft) => Entry::Message(self.said(id, event, draft, found)),
            EventBody::ConversationOpened { ask, .. } => Entry::Opened { ask: ask.clone() },
            EventBody::Joined { .. } if World::brought_in(event).is_none() => Entry::Joined,
            EventBody::SessionAsked { .. } => Entry::Session { state: SessionState::Requested, reason: None },
            EventBody::SessionMoved { state, reason, .. } => Entry::Session { state: *state, reason: *reason },
            EventBody::TicketNoted { number, subject, .. } => {
                Entry::Ticket { number: *number, subject: subject.clone() }
            }
            EventBody::Keeping(keeping::Event::Forgotten { .. } | keeping::Event::Erased { .. }) => Entry::Erased,
            EventBody::Closed => Entry::Closed,
            EventBody::Rated(rating) => Entry::Rated(rating.clone()),
            _ => Entry::Handing(self.handing_entry(id, event)?),
        };
        // The line that begins a talk is known by the talk, so that its echo becomes it.
        let name = if matches!(what, Entry::Opened { .. }) { id.0 } else { event.id };
        Some(EntryView {
            id: name.to_string(),
            order: event.seq,
            at: event.at,
            by: event.by,
            by_name: event.by.map(|by| self.person_name(by, Some(id))).unwrap_or_default(),
            mine: event.by == Some(me),
            what,
        })
    }

    /// A line that waits here.
    pub(crate) fn echo(
        &self,
        id: ConversationId,
        row: &OutboxRow,
        body: &OpBody,
        found: &Found<'_>,
    ) -> Option<EntryView> {
        let me = self.world.as_ref()?.me;
        let what = match body {
            OpBody::Ask { ask, .. } => Entry::Opened { ask: ask.clone() },
            OpBody::Say { draft, .. } => {
                let stuck = self.stuck_code(row, draft.file.as_ref().map(|file| file.hash.as_str()));
                Entry::Message(MessageView {
                    message: draft.id,
                    text: draft.text.clone(),
                    reply: self.reply(id, draft, found),
                    file: draft.file.as_ref().map(|file| self.queued_file(file, stuck, found)),
                    mark: self.mark_of(row, stuck),
                    stuck,
                })
            }
            _ => return None,
        };
        Some(EntryView {
            id: row.op.to_string(),
            order: ECHO_BASE + row.id,
            at: row.made_at,
            by: Some(me),
            by_name: self.person_name(me, Some(id)),
            mine: true,
            what,
        })
    }

    /// How far something queued has come.
    pub(crate) fn mark_of(&self, row: &OutboxRow, stuck: Option<ErrorCode>) -> Mark {
        match row.state {
            _ if stuck.is_some() => Mark::Stuck,
            OpState::Acked => Mark::Sent,
            OpState::Inflight if self.connected => Mark::Sending,
            OpState::Queued if self.connected && row.attempts == 0 => Mark::Sending,
            OpState::Inflight | OpState::Queued | OpState::Stuck => Mark::Waiting,
        }
    }

    fn said(&self, id: ConversationId, event: &Event, draft: &Draft, found: &Found<'_>) -> MessageView {
        let world = self.world.as_ref();
        let mine = event.by == world.map(|world| world.me);
        let talk = world.and_then(|world| world.conversations.get(&id));
        let seen = mine && talk.zip(event.by).is_some_and(|(talk, me)| talk.is_seen(me, event.seq));
        MessageView {
            message: draft.id,
            text: draft.text.clone(),
            reply: self.reply(id, draft, found),
            file: draft.file.as_ref().map(|file| self.file(draft.id, file, found)),
            mark: if seen { Mark::Seen } else { Mark::Sent },
            stuck: None,
        }
    }

    fn reply(&self, id: ConversationId, draft: &Draft, found: &Found<'_>) -> Option<ReplyView> {
        let message = draft.reply_to?;
        let (by, excerpt) = match found.answered.get(&message) {
            Some((by, excerpt)) => (*by, excerpt.clone()),
            None => self.ops().find_map(|(_, body)| match body {
                OpBody::Say { draft, .. } if draft.id == message => {
                    Some((self.world.as_ref().map(|world| world.me), excerpt(draft)))
                }
                _ => None,
            })?,
        };
        let by_name = by.map(|by| self.person_name(by, Some(id))).unwrap_or_default();
        Some(ReplyView { message, by_name, excerpt })
    }

    pub(super) fn file(&self, message: MessageId, attachment: &Attachment, found: &Found<'_>) -> FileView {
        let state = match self.downloads.get(&message) {
            _ if found.blobs.has(&attachment.hash) => FileState::Here,
            Some(Download::Receiving { done, .. }) => FileState::Receiving { done: *done },
            Some(Download::Failed(code)) => FileState::Failed { code: *code },
            None => FileState::Offered,
        };
        file_view(attachment, state)
    }

    pub(super) fn queued_file(&self, attachment: &Attachment, stuck: Option<ErrorCode>, found: &Found<'_>) -> FileView {
        let lane = format!("upload:{}", attachment.hash);
        let goes = self.rows().any(|row| row.lane == lane);
        let state = match stuck {
            Some(code) => FileState::Failed { code },
            None if goes => {
                FileState::Sending { done: self.uploads.get(&attachment.hash).copied().unwrap_or_default() }
            }
            None if found.blobs.has(&attachment.hash) => FileState::Here,
            None => FileState::Sending { done: attachment.size },
        };
        file_view(attachment, state)
    }
}

fn file_view(attachment: &Attachment, state: FileState) -> FileView {
    let name = file::safe_name(&attachment.name);
    FileView {
        dangerous: file::is_dangerous(&name),
        name,
        size: attachment.size,
        hash: attachment.hash.clone(),
        mime: attachment.mime.clone(),
        picture: attachment.picture,
        state,
    }
}
