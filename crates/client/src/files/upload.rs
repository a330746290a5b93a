//! Sending a blob to the desk in parts, in the manner of tus; goes on where it stopped, also after
//! a restart.

use std::{path::PathBuf, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use opora_history::{AccountId, OutboxRow};
use opora_ipc::ErrorCode;
use opora_wire::{
    Refusal,
    files::{HASH_DIFFERS, PART, TUS},
};
use reqwest::{Method, RequestBuilder, Response, StatusCode, header::LOCATION};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::UploadBody;
use crate::{core::Core, link::http_client, outbox::Outcome, refusal::code_of};

/// Why a try ended early.
enum Stop {
    /// The network, or the desk has a bad moment.
    Again,
    /// No.
    Refused(ErrorCode),
}

impl From<reqwest::Error> for Stop {
    fn from(error: reqwest::Error) -> Self {
        tracing::info!(error = %error.without_url(), "an upload was interrupted");
        Self::Again
    }
}

/// Sends the blob of a row; whole or not at all, as the desk verifies its hash.
pub(crate) async fn upload(core: &Arc<Core>, id: AccountId, row: &OutboxRow) -> Outcome {
    let Ok(body) = serde_json::from_str::<UploadBody>(&row.body) else { return Outcome::Refused(ErrorCode::Internal) };
    let Some(path) = core.blobs.path(&body.hash) else { return Outcome::Refused(ErrorCode::Internal) };
    let Some(web) = Web::of(core) else { return Outcome::Again };
    let upload = Upload { core, id, body, path, web };
    match upload.run().await {
        Ok(()) => {
            core.state().uploads.remove(&upload.body.hash);
            Outcome::Done(opora_wire::OpResult::Done)
        }
        Err(Stop::Again) => Outcome::Again,
        Err(Stop::Refused(code)) => Outcome::Refused(code),
    }
}

/// HTTP to the desk, with what this connection's `Ready` gave.
pub(super) struct Web {
    client: reqwest::Client,
    address: String,
    token: String,
}

impl Web {
    /// None without a connection.
    pub(super) fn of(core: &Core) -> Option<Self> {
        let token = core.status.borrow().ready()?.token.clone();
        let (pin, address) = {
            let state = core.state();
            let (_, account) = state.account.as_ref()?;
            (account.desk, account.address.clone())
        };
        let client = http_client(pin).inspect_err(|error| tracing::error!(%error, "no HTTP here")).ok()?;
        Some(Self { client, address, token })
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("https://{}{path}", self.address)).bearer_auth(&self.token)
    }
}

struct Upload<'a> {
    core: &'a Arc<Core>,
    id: AccountId,
    body: UploadBody,
    path: PathBuf,
    web: Web,
}

impl Upload<'_> {
    async fn run(&self) -> Result<(), Stop> {
        let known = self.core.vault.upload_location(self.id, &self.body.hash).await.map_err(|_| Stop::Again)?;
        let resumed = match known {
            Some(location) => self.offset(&location).await?.map(|offset| (location, offset)),
            None => None,
        };
        let (location, mut offset) = match resumed {
            Some(resumed) => resumed,
            None => match self.begin().await? {
                Some(location) => (location, 0),
                None => return Ok(()),
            },
        };
        let file = tokio::fs::File::open(&self.path).await;
        let mut file = file.map_err(|_| Stop::Refused(ErrorCode::FileUnreadable))?;
        file.seek(std::io::SeekFrom::Start(offset)).await.map_err(|_| Stop::Refused(ErrorCode::FileUnreadable))?;
        loop {
            self.progress(offset).await;
            let mut part = Vec::with_capacity(PART);
            let limit = u64::try_from(PART).unwrap_or(u64::MAX);
            let read = (&mut file).take(limit).read_to_end(&mut part).await;
            read.map_err(|_| Stop::Refused(ErrorCode::FileUnreadable))?;
            let sent = u64::try_from(part.len()).unwrap_or_default();
            self.send(&location, offset, part).await?;
            offset += sent;
            if offset >= self.body.size {
                break;
            }
            if sent == 0 {
                // The blob is shorter than when it was copied in.
                return Err(Stop::Refused(ErrorCode::FileDamaged));
            }
        }
        self.progress(offset).await;
        self.remember(None).await
    }

    /// Opens the upload. None when the desk has the content already.
    async fn begin(&self) -> Result<Option<String>, Stop> {
        let mut about = format!("name {},hash {}", STANDARD.encode(&self.body.name), STANDARD.encode(&self.body.hash));
        if let Some(conversation) = self.body.conversation {
            about.push_str(&format!(",conversation {}", STANDARD.encode(conversation.to_string())));
        }
        let request = self.web.request(Method::POST, "/v1/files").header("Tus-Resumable", TUS);
        let request = request.header("Upload-Length", self.body.size).header("Upload-Metadata", about);
        let answer = good(request.send().await?).await?;
        if answer.status() == StatusCode::OK {
            return Ok(None);
        }
        let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        // Whatever host it names, only this desk is asked.
        let path = location.and_then(|location| location.find("/v1/").map(|at| location[at..].to_owned()));
        let path = path.ok_or(Stop::Again)?;
        self.remember(Some(&path)).await?;
        Ok(Some(path))
    }

    /// How much the desk has; none when it has forgotten the upload.
    async fn offset(&self, location: &str) -> Result<Option<u64>, Stop> {
        let request = self.web.request(Method::HEAD, location).header("Tus-Resumable", TUS);
        let answer = request.send().await?;
        if matches!(answer.status(), StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN) {
            self.remember(None).await?;
            return Ok(None);
        }
        let answer = good(answer).await?;
        let offset = answer.headers().get("Upload-Offset").and_then(|offset| offset.to_str().ok()?.parse().ok());
        offset.map(Some).ok_or(Stop::Again)
    }

    async fn send(&self, location: &str, offset: u64, part: Vec<u8>) -> Result<(), Stop> {
        let request = self.web.request(Method::PATCH, location).header("Tus-Resumable", TUS);
        let request = request.header("Upload-Offset", offset).header("Content-Type", "application/offset+octet-stream");
        let answer = request.body(part).send().await?;
        if matches!(answer.status(), StatusCode::CONFLICT | StatusCode::NOT_FOUND) {
            // Another try of ours got further: the next one asks where it stands.
            return Err(Stop::Again);
        }
        if answer.status().as_u16() == HASH_DIFFERS {
            self.remember(None).await?;
            return Err(Stop::Refused(ErrorCode::FileDamaged));
        }
        good(answer).await.map(|_| ())
    }

    async fn remember(&self, location: Option<&str>) -> Result<(), Stop> {
        let kept = self.core.vault.set_upload_location(self.id, &self.body.hash, location).await;
        kept.map_err(|_| Stop::Again)
    }

    async fn progress(&self, offset: u64) {
        self.core.state().uploads.insert(self.body.hash.clone(), offset);
        self.core.show_upload(&self.body.hash).await;
    }
}

/// A success, or what the failure means.
async fn good(answer: Response) -> Result<Response, Stop> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Err(Stop::Refused(ErrorCode::FileTooLarge));
    }
    if let Ok(refusal) = answer.json::<Refusal>().await {
        return Err(if refusal.retry { Stop::Again } else { Stop::Refused(code_of(&refusal)) });
    }
    let passes = status.is_server_error()
        || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS);
    Err(if passes { Stop::Again } else { Stop::Refused(ErrorCode::Internal) })
}
