//! Asking for help.

use std::{path::PathBuf, sync::Arc};

use opora_domain::{
    MessageId, OpId, RequestId,
    message::Draft,
    request::{Ask, AskError, State},
};
use opora_history::NewOp;
use opora_ipc::{
    ErrorCode, UiError,
    ask::{HomeView, MachineView, RequestRef, RequestView, SendAsk, ShotView},
};
use opora_screen::error::CaptureError;
use opora_wire::OpBody;

use super::conversation::{lane, op_row};
use crate::{core::Core, files::Source, machine, shot::ShotError};

/// The customer's first screen.
pub(super) fn home(core: &Arc<Core>) -> HomeView {
    let state = core.state();
    state.home_view(core.at())
}

/// What this machine says about itself.
pub(super) async fn machine(core: &Arc<Core>) -> Result<MachineView, UiError> {
    let display = core.options.display.clone();
    let looked = tokio::task::spawn_blocking(move || {
        let picture = display.and_then(|display| opora_screen::screenshot(&display).ok());
        let home = std::env::home_dir().or_else(|| std::env::var_os("HOME").map(PathBuf::from));
        machine::look(picture.map(|picture| (picture.width, picture.height)), home.as_deref())
    });
    looked.await.map_err(|error| UiError::permanent(ErrorCode::Internal, error))
}

/// Takes a screenshot; it stays in memory until it is sent or another one is taken.
pub(super) async fn take_shot(core: &Arc<Core>) -> Result<ShotView, UiError> {
    let none = || UiError::permanent(ErrorCode::ScreenNone, "there is no display");
    let display = core.options.display.clone().ok_or_else(none)?;
    let id = core.new_op().to_string();
    let taken = tokio::task::spawn_blocking(move || opora_screen::screenshot(&display)).await;
    let picture =
        taken.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?.map_err(|error| match error {
            CaptureError::Unsupported(missing) => UiError::permanent(ErrorCode::ScreenForbidden, missing),
            error => UiError::temporary(ErrorCode::ScreenNone, error),
        })?;
    let kept = {
        let core = Arc::clone(core);
        tokio::task::spawn_blocking(move || core.shots.keep(id, &picture)).await
    };
    kept.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?.map_err(bad_shot)
}

/// Keeps the request, and what goes with it, before it answers; it may be offline.
pub(super) async fn send_ask(core: &Arc<Core>, args: SendAsk) -> Result<RequestView, UiError> {
    let SendAsk { line, class, program, description, facts, shot, organisation } = args;
    let ask = Ask { line, class, program, description: description.trim().to_owned(), facts, organisation };
    ask.check().map_err(|error| match error {
        AskError::Empty => UiError::permanent(ErrorCode::Empty, error),
        AskError::TooLong => UiError::permanent(ErrorCode::TooLong, error),
    })?;
    let request = RequestId(core.new_op().0);
    let conversation = opora_domain::ConversationId(request.0);
    let mut ops: Vec<NewOp> =
        vec![op_row(OpId(request.0), lane(conversation), "ask", &OpBody::Ask { request, ask }, &[])];
    if let Some(shot) = shot {
        let png = {
            let core = Arc::clone(core);
            tokio::task::spawn_blocking(move || core.shots.hidden(&shot)).await
        };
        let png = png.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?.map_err(bad_shot)?;
        let file = core.copy_in(Source::Bytes("screenshot.png".to_owned(), png.to_vec())).await?;
        let op = core.new_op();
        let needs = [file.hash.clone()];
        ops.push(core.upload_op(&file, Some(conversation)));
        let draft = Draft { id: MessageId(op.0), text: String::new(), reply_to: None, file: Some(file) };
        ops.push(op_row(op, lane(conversation), "say", &OpBody::Say { conversation, draft }, &needs));
    }
    core.enqueue(&ops).await?;
    let view = core.state().request_view(request);
    view.ok_or_else(|| UiError::permanent(ErrorCode::Internal, "the request is gone"))
}

/// Takes a request back: from the desk, or out of the outbox when it has not left.
pub(super) async fn cancel_request(core: &Arc<Core>, RequestRef { request }: RequestRef) -> Result<HomeView, UiError> {
    let known = core.state().world.as_ref().is_some_and(|world| world.requests.contains_key(&request));
    if known {
        core.execute(OpBody::Cancel { request }).await?;
        core.until_known(|world| world.requests.get(&request).is_none_or(|one| one.state == State::Cancelled)).await;
    } else {
        core.take_back(request).await?;
    }
    Ok(home(core))
}

fn bad_shot(error: ShotError) -> UiError {
    match error {
        ShotError::Gone => UiError::permanent(ErrorCode::NotFound, error),
        error => UiError::permanent(ErrorCode::Internal, error),
    }
}
