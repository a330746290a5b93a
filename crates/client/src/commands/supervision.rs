//! What supervisors do: the board, looks, taking over, marks, the trail.

use std::sync::Arc;

use opora_domain::{ConversationId, request::State};
use opora_ipc::{
    UiError,
    app::Nothing,
    conversation::{ConversationRef, ConversationView},
    supervision::{AuditView, BoardView, MarkTalk, TakeOver},
};
use opora_wire::{OpBody, supervision::Op};

use super::NOTHING;
use crate::core::Core;

/// Load and quality now.
pub(super) fn board(core: &Arc<Core>) -> BoardView {
    let state = core.state();
    state.board_view(core.rev())
}

/// What supervisors did.
pub(super) fn audit(core: &Arc<Core>) -> AuditView {
    let state = core.state();
    state.audit_view(core.rev())
}

/// Reads a conversation from now on; answers it as soon as what was said is here.
pub(super) async fn look_in(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<ConversationView, UiError> {
    core.execute(OpBody::Supervise(Op::LookIn { conversation })).await?;
    core.until_known(|world| {
        let stream = opora_wire::Stream::Conversation(conversation);
        let head = world.streams.get(&stream).and_then(|known| known.opened).unwrap_or(1);
        let here = world.conversations.get(&conversation).is_some_and(|talk| talk.ask.is_some());
        here && world.applied(stream) >= head
    })
    .await;
    super::conversation::open(core, conversation).await
}

/// Reads it no longer. Without a connection the desk is told with the next look.
pub(super) async fn look_away(
    core: &Arc<Core>,
    ConversationRef { conversation }: ConversationRef,
) -> Result<Nothing, UiError> {
    core.execute(OpBody::Supervise(Op::LookAway { conversation })).await?;
    Ok(NOTHING)
}

/// Takes a conversation from who has it; answers it as one's own.
pub(super) async fn take_over(
    core: &Arc<Core>,
    TakeOver { request, epoch, stays }: TakeOver,
) -> Result<ConversationView, UiError> {
    core.execute(OpBody::Supervise(Op::TakeOver { request, epoch, stays })).await?;
    let conversation = ConversationId(request.0);
    core.until_known(|world| {
        let mine = world.requests.get(&request).is_some_and(|one| one.state == State::Accepted { by: world.me });
        let talk = world.conversations.get(&conversation);
        mine && talk.is_some_and(|talk| talk.ask.is_some() && talk.members.contains_key(&world.me))
    })
    .await;
    super::conversation::open(core, conversation).await
}

/// The head's own mark; the board shows it.
pub(super) async fn mark_talk(
    core: &Arc<Core>,
    MarkTalk { conversation, mark }: MarkTalk,
) -> Result<BoardView, UiError> {
    core.execute(OpBody::Supervise(Op::Mark { conversation, mark: mark.clone() })).await?;
    core.until_known(|world| world.supervision.marks.get(&conversation) == Some(&mark)).await;
    Ok(board(core))
}
