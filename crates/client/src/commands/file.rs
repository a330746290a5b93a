//! Files of a conversation.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use opora_domain::{ConversationId, MessageId, message::Draft};
use opora_ipc::{
    ErrorCode, UiError,
    app::Nothing,
    conversation::{EntryView, MessageRef, SaveFile, SavedFile, SendBytes, SendFile},
};

use super::NOTHING;
use crate::{core::Core, files::Source};

/// Copies a file in and queues it; the original may go then.
pub(super) async fn send_file(
    core: &Arc<Core>,
    SendFile { conversation, path }: SendFile,
) -> Result<EntryView, UiError> {
    send(core, conversation, Source::Path(path)).await
}

/// Sends what was pasted.
pub(super) async fn send_bytes(core: &Arc<Core>, args: SendBytes) -> Result<EntryView, UiError> {
    let bytes = STANDARD.decode(args.base64).map_err(|error| UiError::permanent(ErrorCode::Internal, error))?;
    if bytes.is_empty() {
        return Err(UiError::permanent(ErrorCode::Empty, "nothing was pasted"));
    }
    send(core, args.conversation, Source::Bytes(args.name, bytes)).await
}

async fn send(core: &Arc<Core>, conversation: ConversationId, source: Source) -> Result<EntryView, UiError> {
    let file = core.copy_in(source).await?;
    let op = core.new_op();
    let upload = core.upload_op(&file, Some(conversation));
    let draft = Draft { id: MessageId(op.0), text: String::new(), reply_to: None, file: Some(file) };
    super::conversation::say(core, conversation, op, draft, vec![upload]).await
}

/// Fetches a file.
pub(super) async fn accept(core: &Arc<Core>, args: MessageRef) -> Result<Nothing, UiError> {
    core.fetch_file(args.message).await?;
    Ok(NOTHING)
}

/// Stops fetching a file.
pub(super) async fn cancel(core: &Arc<Core>, args: MessageRef) -> Result<Nothing, UiError> {
    core.stop_fetching(args.message).await;
    Ok(NOTHING)
}

/// Opens a file that is here.
pub(super) async fn open(core: &Arc<Core>, args: MessageRef) -> Result<Nothing, UiError> {
    core.open(args.message).await?;
    Ok(NOTHING)
}

/// Saves a file that is here.
pub(super) async fn save(core: &Arc<Core>, args: SaveFile) -> Result<SavedFile, UiError> {
    let path = core.save(args.message, &args.folder).await?;
    Ok(SavedFile { path: path.to_string_lossy().into_owned() })
}
