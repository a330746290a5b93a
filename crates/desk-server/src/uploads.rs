//! Uploads in the manner of tus 1.0: `/v1/files` (see `opora_wire::files`).
//!
//! A part is on the disk before its offset is kept, and the whole is read back and hashed before
//! anyone can see it. What a broken connection leaves behind the kept offset is cut off.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{head, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::StreamExt;
use opora_desk::record::Upload;
use opora_runtime::CancellationToken;
use opora_wire::{
    RefusalCode,
    files::{HASH_DIFFERS, TUS},
};
use tokio::{
    fs::{File, OpenOptions},
    io::{AsyncSeekExt, AsyncWriteExt, SeekFrom},
    sync::OwnedMutexGuard,
    time::timeout,
};
use uuid::Uuid;

use crate::{
    app::{App, MOST_FILE},
    blobs::Blobs,
    refusal::No,
};

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const PART_TYPE: &str = "application/offset+octet-stream";
/// Bytes of one `PATCH` at most; eight parts of our own client.
const MOST_PART: u64 = 8 * opora_wire::files::PART as u64;
/// A sender that is silent for so long is gone; what came is kept.
const PART_TIME: Duration = Duration::from_secs(30);

/// One connection at a time writes an upload. A newcomer takes over: its sender has reconnected,
/// and the older connection is most likely dead and waits for its own end.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    uploads: Mutex<BTreeMap<Uuid, Waiting>>,
}

#[derive(Clone, Debug, Default)]
struct Waiting {
    overtaken: CancellationToken,
    order: Arc<tokio::sync::Mutex<()>>,
}

/// The right to write an upload.
#[derive(Debug)]
struct Turn {
    overtaken: CancellationToken,
    _order: OwnedMutexGuard<()>,
}

impl Turns {
    async fn take(&self, upload: Uuid) -> Turn {
        let overtaken = CancellationToken::new();
        let order = {
            let mut uploads = self.uploads.lock().unwrap_or_else(PoisonError::into_inner);
            // Nobody writes or waits where only this table knows of the order.
            uploads.retain(|id, one| *id == upload || Arc::strong_count(&one.order) > 1);
            let waiting = uploads.entry(upload).or_default();
            std::mem::replace(&mut waiting.overtaken, overtaken.clone()).cancel();
            Arc::clone(&waiting.order)
        };
        Turn { overtaken, _order: order.lock_owned().await }
    }
}

impl Turn {
    fn overtaken(&self) -> CancellationToken {
        self.overtaken.clone()
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/v1/files", post(create))
        .route("/v1/files/{id}", head(offset).patch(append).delete(forget))
        .layer(DefaultBodyLimit::disable())
}

async fn create(State(app): State<App>, headers: HeaderMap) -> Result<Response, No> {
    let actor = speaks_tus(&app, &headers).await?;
    if !app.new_uploads.take(&actor.device) {
        return Err(RefusalCode::Busy.into());
    }
    let size: u64 = number(&headers, &UPLOAD_LENGTH)?;
    if size > MOST_FILE {
        return Err(RefusalCode::TooLarge.into());
    }
    let hash = hash_of(&headers).ok_or(RefusalCode::Invalid)?;
    let person = actor.person.id;
    if app.desk.blob_size(person, hash).await? == Some(size) {
        // Only who may read it anyway learns that it is here.
        return Ok(tus(StatusCode::OK, &[(UPLOAD_OFFSET, size), (UPLOAD_LENGTH, size)]));
    }
    let id = app.rng.uuid_v7(app.desk.clock().now());
    File::create(app.blobs.part(id)).await.map_err(failed)?;
    let upload = Upload { id, person, hash, size, offset: 0 };
    app.desk.add_upload(upload.clone()).await?;
    if size == 0 && !finish(&app, &upload).await? {
        return Ok(differs());
    }
    let mut response = tus(StatusCode::CREATED, &[(UPLOAD_OFFSET, 0)]);
    let location = HeaderValue::from_str(&format!("/v1/files/{id}")).map_err(|_| RefusalCode::Internal)?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

async fn offset(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response, No> {
    let mut upload = mine(&app, id, &headers).await?;
    let _turn = app.turns.take(id).await;
    upload = again(&app, &upload).await?;
    if upload.offset == upload.size && !finish(&app, &upload).await? {
        return Ok(differs());
    }
    let mut response = tus(StatusCode::OK, &[(UPLOAD_OFFSET, upload.offset), (UPLOAD_LENGTH, upload.size)]);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn forget(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response, No> {
    let upload = mine(&app, id, &headers).await?;
    let _turn = app.turns.take(id).await;
    drop_upload(&app, &upload).await?;
    Ok(tus(StatusCode::NO_CONTENT, &[]))
}

async fn append(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap, body: Body) -> Result<Response, No> {
    let upload = mine(&app, id, &headers).await?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|value| value != PART_TYPE) {
        return Ok(tus(StatusCode::UNSUPPORTED_MEDIA_TYPE, &[]));
    }
    let from = number(&headers, &UPLOAD_OFFSET)?;
    let turn = app.turns.take(id).await;
    let upload = again(&app, &upload).await?;
    if from != upload.offset {
        return Ok(tus(StatusCode::CONFLICT, &[(UPLOAD_OFFSET, upload.offset)]));
    }
    let reached = write_part(&app.blobs.part(id), &upload, body, turn.overtaken()).await?;
    if !app.desk.move_upload(&upload, reached).await? {
        return Ok(tus(StatusCode::CONFLICT, &[]));
    }
    let upload = Upload { offset: reached, ..upload };
    if reached == upload.size && !finish(&app, &upload).await? {
        return Ok(differs());
    }
    Ok(tus(StatusCode::NO_CONTENT, &[(UPLOAD_OFFSET, reached)]))
}

/// Writes from the kept offset on and makes it durable. Answers the new offset, also when the
/// connection broke in the middle or another one took over: what came is kept.
async fn write_part(path: &PathBuf, upload: &Upload, body: Body, overtaken: CancellationToken) -> Result<u64, No> {
    let mut file = OpenOptions::new().write(true).open(path).await.map_err(failed)?;
    file.set_len(upload.offset).await.map_err(failed)?;
    file.seek(SeekFrom::Start(upload.offset)).await.map_err(failed)?;
    let mut reached = upload.offset;
    let mut parts = body.into_data_stream();
    loop {
        let next = tokio::select! {
            biased;
            () = overtaken.cancelled() => break,
            next = timeout(PART_TIME, parts.next()) => next,
        };
        let Ok(Some(Ok(bytes))) = next else { break };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > upload.size - reached || reached - upload.offset > MOST_PART {
            return Err(RefusalCode::TooLarge.into());
        }
        file.write_all(&bytes).await.map_err(failed)?;
        reached += length;
    }
    file.flush().await.map_err(failed)?;
    file.sync_data().await.map_err(failed)?;
    Ok(reached)
}

/// Reads the whole back; only what has the right hash becomes a blob. `false` when it has another
/// and was thrown away. May be done again after a crash in its middle.
async fn finish(app: &App, upload: &Upload) -> Result<bool, No> {
    let (blobs, id, wanted) = (app.blobs.clone(), upload.id, upload.hash);
    let kept = tokio::task::spawn_blocking(move || keep(&blobs, id, wanted)).await;
    let kept = kept.map_err(|_| RefusalCode::Internal)?.map_err(failed)?;
    if kept {
        app.desk.finish_upload(upload).await?;
    } else {
        drop_upload(app, upload).await?;
    }
    Ok(kept)
}

/// `false` when the file is not what was promised.
fn keep(blobs: &Blobs, upload: Uuid, wanted: [u8; 32]) -> io::Result<bool> {
    let part = blobs.part(upload);
    if !part.exists() {
        // Published before a crash: the name is the promise, the bytes are checked again.
        return Ok(hash_file(&blobs.path(wanted))? == wanted);
    }
    if hash_file(&part)? != wanted {
        return Ok(false);
    }
    blobs.publish(upload, wanted)?;
    Ok(true)
}

/// The upload as it is now, after waiting for its turn.
async fn again(app: &App, upload: &Upload) -> Result<Upload, No> {
    Ok(app.desk.upload(upload.person, upload.id).await?.ok_or(RefusalCode::NotFound)?)
}

fn differs() -> Response {
    tus(StatusCode::from_u16(HASH_DIFFERS).unwrap_or(StatusCode::BAD_REQUEST), &[])
}

fn hash_file(path: &PathBuf) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok(hasher.finalize().into())
}

async fn drop_upload(app: &App, upload: &Upload) -> Result<(), No> {
    app.desk.drop_upload(upload.id).await?;
    match tokio::fs::remove_file(app.blobs.part(upload.id)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}

async fn speaks_tus(app: &App, headers: &HeaderMap) -> Result<opora_desk::Actor, No> {
    if headers.get(TUS_RESUMABLE).is_none_or(|version| version != TUS) {
        return Err(RefusalCode::Version.into());
    }
    app.actor(headers).await
}

/// An upload is its sender's alone.
async fn mine(app: &App, id: Uuid, headers: &HeaderMap) -> Result<Upload, No> {
    let actor = speaks_tus(app, headers).await?;
    Ok(app.desk.upload(actor.person.id, id).await?.ok_or(RefusalCode::NotFound)?)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, No> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| RefusalCode::Invalid.into())
}

/// `hash` of `Upload-Metadata: name B64, hash B64`; the value is the BLAKE3 in hex.
fn hash_of(headers: &HeaderMap) -> Option<[u8; 32]> {
    let metadata = headers.get(UPLOAD_METADATA)?.to_str().ok()?;
    let encoded = metadata.split(',').find_map(|pair| pair.trim().strip_prefix("hash "))?;
    let hex = STANDARD.decode(encoded.trim()).ok()?;
    blake3::Hash::from_hex(hex).ok().map(Into::into)
}

fn failed(error: io::Error) -> No {
    if error.kind() == io::ErrorKind::StorageFull {
        return RefusalCode::DiskFull.into();
    }
    tracing::error!(%error, "a file could not be kept");
    RefusalCode::Internal.into()
}

fn tus(status: StatusCode, numbers: &[(HeaderName, u64)]) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(TUS));
    for (name, number) in numbers {
        response.headers_mut().insert(name.clone(), HeaderValue::from(*number));
    }
    response
}
