//! Files on disk by their BLAKE3 (`blobs/ab/HASH`), and `GET /v1/blobs/HASH`.

use std::{
    io,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    body::Body,
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use opora_wire::RefusalCode;
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
};
use tokio_util::io::ReaderStream;

use crate::{app::App, refusal::No, system};

/// The two folders. A file is in `uploads` until its hash was verified.
#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    blobs: PathBuf,
    uploads: PathBuf,
}

impl Blobs {
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let (blobs, uploads) = (data.join("blobs"), data.join("uploads"));
        std::fs::create_dir_all(&blobs)?;
        std::fs::create_dir_all(&uploads)?;
        Ok(Self { blobs, uploads })
    }

    /// Where a verified blob lies.
    pub(crate) fn path(&self, hash: [u8; 32]) -> PathBuf {
        let hex = blake3::Hash::from_bytes(hash).to_hex();
        self.blobs.join(hex.get(..2).unwrap_or_default()).join(hex.as_str())
    }

    /// Where an upload lies.
    pub(crate) fn part(&self, upload: uuid::Uuid) -> PathBuf {
        self.uploads.join(upload.simple().to_string())
    }

    /// Makes an upload a blob: renamed, and the rename made durable.
    pub(crate) fn publish(&self, upload: uuid::Uuid, hash: [u8; 32]) -> io::Result<()> {
        let path = self.path(hash);
        let folder = path.parent().unwrap_or(&self.blobs);
        std::fs::create_dir_all(folder)?;
        std::fs::rename(self.part(upload), &path)?;
        system::sync_folder(folder)?;
        system::sync_folder(&self.blobs)
    }

    /// Uploads that have a file here.
    pub(crate) fn parts(&self) -> io::Result<Vec<uuid::Uuid>> {
        let mut parts = Vec::new();
        for entry in std::fs::read_dir(&self.uploads)? {
            // What has another name is not ours to touch.
            parts.extend(entry?.file_name().to_str().and_then(|name| name.parse::<uuid::Uuid>().ok()));
        }
        Ok(parts)
    }
}

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v1/blobs/{hash}", get(read))
}

async fn read(State(app): State<App>, UrlPath(hash): UrlPath<String>, headers: HeaderMap) -> Result<Response, No> {
    let actor = app.actor(&headers).await?;
    let hash: [u8; 32] = blake3::Hash::from_hex(hash).map_err(|_| RefusalCode::Invalid)?.into();
    // Whether it exists is nobody's business who may not read it.
    let size = app.desk.blob_size(actor.person.id, hash).await?.ok_or(RefusalCode::NotFound)?;
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some((from, to, partial)) = asked(range, size) else { return Ok(unsatisfiable(size)) };
    let file = open_at(&app.blobs.path(hash), from).await.map_err(|error| {
        tracing::error!(%error, "a blob cannot be read");
        RefusalCode::Internal
    })?;
    Ok(answer(file, (from, to, size), partial))
}

async fn open_at(path: &Path, from: u64) -> io::Result<File> {
    let mut file = File::open(path).await?;
    file.seek(SeekFrom::Start(from)).await?;
    Ok(file)
}

fn answer(file: File, (from, to, size): (u64, u64, u64), partial: bool) -> Response {
    let body = Body::from_stream(ReaderStream::new(file.take(to - from)));
    let mut response = (if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK }, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(to - from));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, immutable"));
    if partial && let Ok(value) = HeaderValue::from_str(&format!("bytes {from}-{}/{size}", to.saturating_sub(1))) {
        headers.insert(header::CONTENT_RANGE, value);
    }
    response
}

fn unsatisfiable(size: u64) -> Response {
    let range = HeaderValue::from_str(&format!("bytes */{size}")).unwrap_or(HeaderValue::from_static("bytes */0"));
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response()
}

/// From, to (not included), and whether it is a part. A form we do not know gives the whole
/// (RFC 9110, 14.2); none when the part lies outside.
fn asked(range: Option<&str>, size: u64) -> Option<(u64, u64, bool)> {
    let whole = Some((0, size, false));
    let Some((first, last)) = range.and_then(|range| range.strip_prefix("bytes=")).and_then(|one| one.split_once('-'))
    else {
        return whole;
    };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(from), Ok(last)) if from <= last => (from < size).then(|| (from, size.min(last.saturating_add(1)), true)),
        (Ok(from), Err(_)) if last.is_empty() => (from < size).then_some((from, size, true)),
        (Err(_), Ok(tail)) if first.is_empty() => {
            (tail > 0 && size > 0).then(|| (size.saturating_sub(tail), size, true))
        }
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        assert_eq!(asked(None, 10), Some((0, 10, false)));
        assert_eq!(asked(Some("bytes=2-4"), 10), Some((2, 5, true)));
        assert_eq!(asked(Some("bytes=4-"), 10), Some((4, 10, true)));
        assert_eq!(asked(Some("bytes=-3"), 10), Some((7, 10, true)));
        assert_eq!(asked(Some("bytes=2-400"), 10), Some((2, 10, true)));
        assert_eq!(asked(Some("bytes=10-"), 10), None, "there is nothing");
        assert_eq!(asked(Some("bytes=1-2,4-5"), 10), Some((0, 10, false)), "several parts: the whole");
    }
}
