//! Files: copied in first, then sent; fetched, verified, then shown; saved under harmless names.

mod download;
mod report;
mod save;
mod upload;

use std::path::Path;

use opora_domain::{ConversationId, MessageId, OpId, file, message::Attachment};
use opora_history::{Blobs, HistoryError, NewOp};
use opora_ipc::{ErrorCode, UiError};
use opora_wire::{Event, EventBody, OpBody, Stream, vendor};
use serde::{Deserialize, Serialize};

pub(crate) use upload::upload;

use crate::{account::to_event, core::Core, refusal::local};

/// Pictures are shown inline up to so many pixels; a larger one is a file like any other.
const MOST_PIXELS: u64 = 50_000_000;

/// Body of an upload in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UploadBody {
    /// BLAKE3 in hex.
    pub(crate) hash: String,
    /// Name, for the desk's own records.
    pub(crate) name: String,
    /// Bytes.
    pub(crate) size: u64,
    /// Where it will be said.
    pub(crate) conversation: Option<ConversationId>,
}

/// The name in an upload's body; empty for what is no upload.
pub(crate) fn upload_name(body: &str) -> String {
    serde_json::from_str::<UploadBody>(body).map(|body| body.name).unwrap_or_default()
}

/// The hash in an upload's body; empty for what is no upload.
pub(crate) fn upload_hash(body: &str) -> String {
    serde_json::from_str::<UploadBody>(body).map(|body| body.hash).unwrap_or_default()
}

/// Where a file's bytes come from.
pub(crate) enum Source {
    /// A file of the person.
    Path(String),
    /// Bytes with a name.
    Bytes(String, Vec<u8>),
}

/// Place and file of a message in the log.
pub(crate) struct Said {
    /// Where it stands.
    pub(crate) stream: Stream,
    /// Place there.
    pub(crate) seq: i64,
    /// Its file.
    pub(crate) file: Option<Attachment>,
}

impl Said {
    /// None when the event is no message.
    pub(crate) fn of(event: &Event) -> Option<Self> {
        let file = match &event.body {
            EventBody::Said(draft) | EventBody::Vendor(vendor::Event::Said { draft, .. }) => draft.file.clone(),
            EventBody::Copied(copied) => copied.file.clone(),
            _ => return None,
        };
        Some(Self { stream: event.stream, seq: event.seq, file })
    }
}

impl Core {
    /// Copies a file into the blobs and describes it.
    ///
    /// # Errors
    /// When it cannot be read, is too large for the desk, or there is no room.
    pub(crate) async fn copy_in(&self, source: Source) -> Result<Attachment, UiError> {
        let most = self.status.borrow().ready().map(|ready| ready.most_file);
        let blobs = self.blobs.clone();
        let copied = tokio::task::spawn_blocking(move || copy(&blobs, source, most)).await;
        copied.map_err(|error| UiError::permanent(ErrorCode::Internal, error))?
    }

    /// The operation that sends a blob.
    pub(crate) fn upload_op(&self, file: &Attachment, conversation: Option<ConversationId>) -> NewOp {
        let (hash, name) = (file.hash.clone(), file.name.clone());
        let lane = format!("upload:{hash}");
        let body = UploadBody { hash, name, size: file.size, conversation };
        let body = serde_json::to_string(&body).expect("plain data becomes JSON");
        NewOp { op: self.new_op(), lane, kind: "upload", body, needs: Vec::new() }
    }

    /// The file of a message, in the log or still here.
    pub(crate) async fn attachment(&self, message: MessageId) -> Option<Attachment> {
        let queued = self.state().ops().find_map(|(_, body)| match body {
            OpBody::Say { draft, .. } | OpBody::Vendor(vendor::Op::Say { draft, .. }) if draft.id == message => {
                draft.file.clone()
            }
            _ => None,
        });
        match queued {
            Some(file) => Some(file),
            None => self.said(message).await.and_then(|said| said.file),
        }
    }

    /// A message in the log, wherever it was said or copied.
    pub(crate) async fn said(&self, message: MessageId) -> Option<Said> {
        let account = self.state().account_id()?;
        let stored = self.cache.by_id(account, message.0).await.ok()??;
        Said::of(&to_event(&stored)?)
    }

    /// What waits in the outbox with this file looks different now.
    pub(crate) async fn show_upload(&self, hash: &str) {
        let echoes: std::collections::BTreeSet<OpId> = self
            .state()
            .ops()
            .filter(|(_, body)| matches!(body, OpBody::Say { draft, .. } if draft.file.as_ref().is_some_and(|file| file.hash == hash)))
            .map(|(row, _)| row.op)
            .collect();
        self.publish(crate::world::Changes { echoes, ..Default::default() }).await;
    }
}

fn copy(blobs: &Blobs, source: Source, most: Option<u64>) -> Result<Attachment, UiError> {
    let too_large = || UiError::permanent(ErrorCode::FileTooLarge, "the desk takes smaller files only");
    let (name, kept) = match source {
        Source::Path(path) => {
            let path = Path::new(&path);
            let about = std::fs::metadata(path).map_err(|error| local(HistoryError::File(error)))?;
            if !about.is_file() {
                return Err(UiError::permanent(ErrorCode::FileUnreadable, "not a file"));
            }
            if most.is_some_and(|most| about.len() > most) {
                return Err(too_large());
            }
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (name, blobs.copy_in(path))
        }
        Source::Bytes(_, bytes) if most.is_some_and(|most| bytes.len() as u64 > most) => return Err(too_large()),
        Source::Bytes(name, bytes) => (name, blobs.put(&bytes)),
    };
    let (hash, size) = kept.map_err(local)?;
    let name = file::safe_name(&name);
    let mime = mime_of(&name).to_owned();
    let picture = picture_size(blobs, &hash, &mime);
    Ok(Attachment { hash, name, size, mime, picture })
}

/// Width and height from the header alone; nothing is decoded.
fn picture_size(blobs: &Blobs, hash: &str, mime: &str) -> Option<(u32, u32)> {
    if !mime.starts_with("image/") {
        return None;
    }
    let reader = image::ImageReader::open(blobs.path(hash)?).ok()?.with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    let fits = width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    fits.then_some((width, height))
}

/// The media type by the name's ending; only what the other side shows differently matters.
fn mime_of(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "txt" | "log" => "text/plain",
        "xml" => "application/xml",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
