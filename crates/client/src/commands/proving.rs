//! The code that the desk wants before it lets this device in.

use std::{sync::Arc, time::Duration};

use opora_ipc::{ErrorCode, UiError, app::Nothing, running::TypedCode};
use tokio::{sync::watch, time::timeout};

use super::NOTHING;
use crate::{core::Core, link::Request, outbox::no_account, status::Status};

/// A connection is tried for ten seconds at most; one may be under way already.
const PATIENCE: Duration = Duration::from_secs(25);

/// Connects at once with what was typed; answers when the desk has let the device in, or has not. The code is
/// nowhere but in memory, and is sent once.
pub(super) async fn answer_code(core: &Arc<Core>, TypedCode { code }: TypedCode) -> Result<Nothing, UiError> {
    let code = code.trim().to_owned();
    if code.is_empty() {
        return Err(UiError::permanent(ErrorCode::CodeNeeded, "no code was typed"));
    }
    let requests = core.state().requests.clone().ok_or_else(no_account)?;
    let mut status = core.status();
    core.state().code = Some(code);
    let slow = || UiError::temporary(ErrorCode::DeskUnreachable, "the desk does not answer");
    let tried = async {
        requests.send(Request::Now).await.map_err(|_| slow())?;
        answered(&mut status).await.unwrap_or_else(|| Err(slow()))
    };
    let tried = timeout(PATIENCE, tried).await.unwrap_or_else(|_| Err(slow()));
    core.state().code = None;
    tried.map(|()| NOTHING)
}

/// What the desk said to the code; none when the program ends.
async fn answered(status: &mut watch::Receiver<Status>) -> Option<Result<(), UiError>> {
    loop {
        status.changed().await.ok()?;
        match &*status.borrow_and_update() {
            Status::CatchingUp(_) | Status::Online(_) => return Some(Ok(())),
            // Said to a try that began before the code was typed.
            Status::Offline(ErrorCode::CodeNeeded) => {}
            Status::Offline(code) => return Some(Err(UiError::permanent(*code, "the desk refused"))),
            Status::Idle | Status::Connecting => {}
        }
    }
}
