//! Remote sessions.

use std::sync::Arc;

use opora_domain::{ConversationId, session::State};
use opora_ipc::{
    ErrorCode, UiError,
    app::Nothing,
    session::{AnswerScreen, AskScreen, SessionInput, SessionRef, SessionView, ViewerHealth, ViewerView},
};

use super::NOTHING;
use crate::{core::Core, session::Sessions};

/// The session that is open, or the last one.
pub(super) fn session(core: &Arc<Core>) -> Option<SessionView> {
    core.sessions.get()?.current()
}

/// The session of a conversation that is asked for or live.
pub(super) fn of_conversation(core: &Arc<Core>, id: ConversationId) -> Option<SessionView> {
    session(core).filter(|view| view.conversation == id && view.state != State::Ended)
}

/// The helper asks.
pub(super) async fn ask_screen(core: &Arc<Core>, args: AskScreen) -> Result<SessionView, UiError> {
    sessions(core)?.ask(args).await
}

/// The customer answers; the caller has checked the window.
pub(super) async fn answer_screen(core: &Arc<Core>, args: AnswerScreen) -> Result<SessionView, UiError> {
    sessions(core)?.answer(args).await
}

/// Stops; nothing is captured or injected once this has answered.
pub(super) fn stop(core: &Arc<Core>, args: SessionRef) -> Result<Nothing, UiError> {
    sessions(core)?.stop(args.session);
    Ok(NOTHING)
}

/// The consent card or the bar is there.
pub(super) fn beat(core: &Arc<Core>, args: SessionRef) -> Result<Nothing, UiError> {
    sessions(core)?.beat(args.session);
    Ok(NOTHING)
}

/// Shows the viewer again.
pub(super) fn open_viewer(core: &Arc<Core>, args: SessionRef) -> Result<Nothing, UiError> {
    sessions(core)?.open_viewer(args.session);
    Ok(NOTHING)
}

/// What the viewer shows apart from the picture.
pub(super) fn viewer(core: &Arc<Core>, args: SessionRef) -> Result<ViewerView, UiError> {
    sessions(core)?.viewer(args.session)
}

/// The helper's hands; the caller has checked the window.
pub(super) async fn input(core: &Arc<Core>, args: SessionInput) -> Result<Nothing, UiError> {
    sessions(core)?.input(args).await?;
    Ok(NOTHING)
}

/// What the viewer can decode and needs.
pub(super) async fn viewer_health(core: &Arc<Core>, args: ViewerHealth) -> Result<Nothing, UiError> {
    sessions(core)?.health(args).await?;
    Ok(NOTHING)
}

pub(super) fn sessions(core: &Arc<Core>) -> Result<&Sessions, UiError> {
    core.sessions.get().ok_or_else(|| UiError::temporary(ErrorCode::Internal, "the client is starting"))
}
