//! Uploads in the manner of tus 1.0: `/v1/files` (see `opora_wire::files`).
//!
//! A part is on the disk before its offset is kept, and the whole is read back and hashed before
//! anyone can see it. What a broken connection leaves behind the kept offset is cut off.

use std::{io, path::PathBuf};

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
use opora_wire::{
    RefusalCode,
    files::{HASH_DIFFERS, TUS},
};
use tokio::{
    fs::{File, OpenOptions},
    io::{AsyncSeekExt, AsyncWriteExt, SeekFrom},
};
use uuid::Uuid;

use crate::{
    app::{App, MOST_FILE},
    refusal::No,
};

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const PART_TYPE: &str = "application/offset+octet-stream";
/// Bytes of one `PATCH` at most; eight parts of our own client.
const MOST_PART: usize = 8 * opora_wire::files::PART;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/v1/files", post(create))
        .route("/v1/files/{id}", head(offset).patch(append).delete(forget))
        .layer(DefaultBodyLimit::max(MOST_PART))
}

async fn create(State(app): State<App>, headers: HeaderMap) -> Result<Response, No> {
    let actor = speaks_tus(&app, &headers).await?;
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
    app.desk.add_upload(Upload { id, person, hash, size, offset: 0 }).await?;
    let mut response = tus(StatusCode::CREATED, &[(UPLOAD_OFFSET, 0)]);
    let location = HeaderValue::from_str(&format!("/v1/files/{id}")).map_err(|_| RefusalCode::Internal)?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

async fn offset(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response, No> {
    let upload = mine(&app, id, &headers).await?;
    let mut response = tus(StatusCode::OK, &[(UPLOAD_OFFSET, upload.offset), (UPLOAD_LENGTH, upload.size)]);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn forget(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response, No> {
    let upload = mine(&app, id, &headers).await?;
    drop_upload(&app, &upload).await?;
    Ok(tus(StatusCode::NO_CONTENT, &[]))
}

async fn append(State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap, body: Body) -> Result<Response, No> {
    let upload = mine(&app, id, &headers).await?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|value| value != PART_TYPE) {
        return Ok(tus(StatusCode::UNSUPPORTED_MEDIA_TYPE, &[]));
    }
    if number(&headers, &UPLOAD_OFFSET)? != upload.offset {
        return Ok(tus(StatusCode::CONFLICT, &[(UPLOAD_OFFSET, upload.offset)]));
    }
    let reached = write_part(&app.blobs.part(id), &upload, body).await?;
    if !app.desk.move_upload(&upload, reached).await? {
        // Two connections sent the same part; the other one was faster.
        return Ok(tus(StatusCode::CONFLICT, &[]));
    }
    if reached == upload.size {
        finish(&app, &upload).await
    } else {
        Ok(tus(StatusCode::NO_CONTENT, &[(UPLOAD_OFFSET, reached)]))
    }
}

/// Writes from the kept offset on and makes it durable. Answers the new offset, also when the
/// connection broke in the middle: what came is kept.
async fn write_part(path: &PathBuf, upload: &Upload, body: Body) -> Result<u64, No> {
    let mut file = OpenOptions::new().write(true).open(path).await.map_err(failed)?;
    file.set_len(upload.offset).await.map_err(failed)?;
    file.seek(SeekFrom::Start(upload.offset)).await.map_err(failed)?;
    let mut reached = upload.offset;
    let mut parts = body.into_data_stream();
    while let Some(Ok(bytes)) = parts.next().await {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > upload.size - reached || reached - upload.offset > MOST_PART as u64 {
            return Err(RefusalCode::TooLarge.into());
        }
        file.write_all(&bytes).await.map_err(failed)?;
        reached += length;
    }
    file.flush().await.map_err(failed)?;
    file.sync_data().await.map_err(failed)?;
    Ok(reached)
}

/// Reads the whole back; only what has the right hash becomes a blob.
async fn finish(app: &App, upload: &Upload) -> Result<Response, No> {
    let path = app.blobs.part(upload.id);
    let hashed = tokio::task::spawn_blocking(move || hash_file(&path)).await;
    let hash = hashed.map_err(|_| RefusalCode::Internal)?.map_err(failed)?;
    if hash != upload.hash {
        drop_upload(app, upload).await?;
        let status = StatusCode::from_u16(HASH_DIFFERS).unwrap_or(StatusCode::BAD_REQUEST);
        return Ok(tus(status, &[]));
    }
    let (blobs, id) = (app.blobs.clone(), upload.id);
    let published = tokio::task::spawn_blocking(move || blobs.publish(id, hash)).await;
    published.map_err(|_| RefusalCode::Internal)?.map_err(failed)?;
    app.desk.finish_upload(upload).await?;
    Ok(tus(StatusCode::NO_CONTENT, &[(UPLOAD_OFFSET, upload.size)]))
}

fn hash_file(path: &PathBuf) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok(hasher.finalize().into())
}

async fn drop_upload(app: &App, upload: &Upload) -> Result<(), No> {
    app.desk.drop_upload(upload).await?;
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
