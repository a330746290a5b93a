//! Conversations.

use std::sync::Arc;

use opora_domain::{
    ConversationId, MessageId, OpId,
    message::{Draft, DraftError},
};
use opora_history::NewOp;
use opora_ipc::{
    ErrorCode, UiError,
    app::Nothing,
    conversation::{ConversationRef, ConversationRow, ConversationView, EntryView, Older, Rate, SendMessage},
};
use opora_wire::{OpBody, Stream, ToDesk};

use super::NOTHING;
use crate::{core::Core, link::Request, outbox::no_account, refusal::local, views::ECHO_BASE};

/// Lines in one answer; a few screens full.
const WINDOW: usize = 100;

/// All conversations, newest first.
pub(super) fn list(core: &Arc<Core>) -> Vec<ConversationRow> {
    let state = core.state();
    state.conversation_rows(core.rev())
}

/// A conversation with its newest lines.
pub(super) async fn open(core: &Arc<Core>, id: ConversationId) -> Result<ConversationView, UiError> {
    let head = || {
        let state = core.state();
        state.conversation_head(core.at(), id)
    };
    let gone = || UiError::permanent(ErrorCode::NotFound, "no such conversation");
    head().ok_or_else(gone)?;
    let (entries, more) = window(core, id, ECHO_BASE).await?;
    let mut view = head().ok_or_else(gone)?;
    (view.entries, view.more) = (entries, more);
    view.entries.extend(core.echoes(id, None));
    view.session = super::session::of_conversation(core, id);
    Ok(view)
}

/// Older lines, oldest first.
pub(super) async fn older(core: &Arc<Core>, Older { conversation, before }: Older) -> Result<Vec<EntryView>, UiError> {
    Ok(window(core, conversation, before).await?.0)
}

async fn window(core: &Arc<Core>, id: ConversationId, before: i64) -> Result<(Vec<EntryView>, bool), UiError> {
    let stream = Stream::Conversation(id);
    let (account, applied) = {
        let state = core.state();
        let account = state.account_id().ok_or_else(no_account)?;
        (account, state.world.as_ref().map_or(0, |world| world.applied(stream)))
    };
    // What lies beyond a hole is not shown before the hole is filled.
    let before = before.min(applied + 1);
    let most = i64::try_from(WINDOW).unwrap_or(100) + 1;
    let mut stored = core.cache.window(account, &stream.to_string(), before, most).await.map_err(local)?;
    let more = stored.len() > WINDOW;
    if more {
        stored.remove(0);
    }
    let stop = core.tasks.stop_token();
    core.fetch_pictures_of(&stored, &stop);
    Ok((core.entries(id, &stored).await, more))
}

/// Stores the message and queues it; returns before it reaches the desk.
pub(super) async fn send_message(core: &Arc<Core>, args: SendMessage) -> Result<EntryView, UiError> {
    let SendMessage { conversation, text, reply_to } = args;
    let op = core.new_op();
    let draft = Draft { id: MessageId(op.0), text, reply_to, file: None };
    draft.check().map_err(|error| match error {
        DraftError::Empty => UiError::permanent(ErrorCode::Empty, error),
        DraftError::TooLong => UiError::permanent(ErrorCode::TooLong, error),
    })?;
    say(core, conversation, op, draft, Vec::new()).await
}

/// Queues a message and what it needs. Answers its line.
pub(super) async fn say(
    core: &Arc<Core>,
    conversation: ConversationId,
    op: OpId,
    draft: Draft,
    mut before: Vec<NewOp>,
) -> Result<EntryView, UiError> {
    {
        let state = core.state();
        let known = state.conversation_row(0, conversation);
        known.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "no such conversation"))?;
        let talk = state.world.as_ref().and_then(|world| world.conversations.get(&conversation));
        if !state.world.as_ref().is_none_or(|world| world.is_own(conversation)) {
            return Err(UiError::permanent(ErrorCode::NotAllowed, "one only looks into it"));
        }
        if talk.is_some_and(|talk| talk.closed) {
            return Err(UiError::permanent(ErrorCode::ConversationClosed, "the conversation is over"));
        }
    }
    let needs: Vec<String> = draft.file.iter().map(|file| file.hash.clone()).collect();
    before.push(op_row(op, lane(conversation), "say", &OpBody::Say { conversation, draft }, &needs));
    core.enqueue(&before).await?;
    let queued = core.echoes(conversation, Some(&[op].into()));
    if let Some(entry) = queued.into_iter().next() {
        return Ok(entry);
    }
    // The desk was faster than this answer.
    let account = core.state().account_id().ok_or_else(no_account)?;
    let stored = core.cache.by_id(account, op.0).await.map_err(local)?;
    let entry = core.entries(conversation, stored.as_slice()).await.into_iter().next();
    entry.ok_or_else(|| UiError::permanent(ErrorCode::NotFound, "the message was dropped"))
}

/// The last line is on screen: says so to the others, once.
pub(super) async fn saw(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<Nothing, UiError> {
    let stream = Stream::Conversation(conversation);
    let up_to = {
        let state = core.state();
        let world = state.world.as_ref().ok_or_else(no_account)?;
        let known = world.conversations.get(&conversation).filter(|_| world.is_own(conversation));
        let unseen = known.is_some_and(|talk| !talk.unseen.is_empty());
        unseen.then(|| world.applied(stream))
    };
    if let Some(up_to) = up_to {
        let body = OpBody::See { conversation, up_to };
        core.enqueue(&[op_row(core.new_op(), format!("seen:{conversation}"), "see", &body, &[])]).await?;
    }
    Ok(NOTHING)
}

/// "I am writing": lost when there is no connection.
pub(super) async fn typing(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<Nothing, UiError> {
    if core.status.borrow().ready().is_some() {
        core.request(Request::Tell(ToDesk::Typing { conversation })).await;
    }
    Ok(NOTHING)
}

/// Ends a conversation.
pub(super) async fn close(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<ConversationView, UiError> {
    core.execute(OpBody::Close { conversation }).await?;
    core.until_known(|world| world.conversations.get(&conversation).is_none_or(|talk| talk.closed)).await;
    open(core, conversation).await
}

/// Rates the help; may be offline.
pub(super) async fn rate(core: &Arc<Core>, Rate { conversation, rating }: Rate) -> Result<ConversationView, UiError> {
    let body = OpBody::Rate { conversation, rating };
    core.enqueue(&[op_row(core.new_op(), lane(conversation), "rate", &body, &[])]).await?;
    open(core, conversation).await
}

/// The lane of everything said in a conversation.
pub(super) fn lane(conversation: ConversationId) -> String {
    format!("conversation:{conversation}")
}

/// A row for the outbox.
pub(crate) fn op_row(op: OpId, lane: String, kind: &'static str, body: &OpBody, needs: &[String]) -> NewOp {
    let body = serde_json::to_string(body).expect("plain data becomes JSON");
    NewOp { op, lane, kind, body, needs: needs.to_vec() }
}
