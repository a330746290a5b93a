//! Fetching a file: in one go or in many, verified before it is there.

use std::{path::PathBuf, sync::Arc};

use futures_util::StreamExt;
use opora_domain::{MessageId, message::Attachment};
use opora_history::{HistoryError, StoredEvent};
use opora_ipc::{ErrorCode, UiError};
use opora_runtime::{Backoff, CancellationToken};
use opora_wire::{Event, Stream};
use reqwest::{Method, StatusCode, header::RANGE};
use tokio::io::AsyncWriteExt;

use super::{Said, upload::Web};
use crate::{account::to_event, core::Core, refusal::local, state::Download, status::Status};

/// Pictures up to this size come by themselves.
const SMALL: u64 = 5 * 1024 * 1024;
/// Progress is told each time so many bytes came.
const TOLD: u64 = 512 * 1024;

/// Why a try ended early.
enum Stop {
    Again,
    Failed(ErrorCode),
}

struct Job {
    stream: Stream,
    message: MessageId,
    seq: i64,
    file: Attachment,
}

impl Core {
    /// Begins to fetch a file, unless it is here or coming.
    ///
    /// # Errors
    /// When there is no such file.
    pub(crate) async fn fetch_file(self: &Arc<Self>, message: MessageId) -> Result<(), UiError> {
        let gone = || UiError::permanent(ErrorCode::NotFound, "there is no such file");
        let Said { stream, seq, file } = self.said(message).await.ok_or_else(gone)?;
        self.begin_fetch(Job { stream, message, seq, file: file.ok_or_else(gone)? });
        Ok(())
    }

    /// Stops fetching; what came stays for another time.
    pub(crate) async fn stop_fetching(self: &Arc<Self>, message: MessageId) {
        let stopped = self.state().downloads.remove(&message);
        if let Some(Download::Receiving { stop, .. }) = stopped {
            stop.cancel();
        }
        if let Some(said) = self.said(message).await {
            self.show_line(said.stream, said.seq).await;
        }
    }

    /// Begins to fetch the small pictures among these lines.
    pub(crate) fn fetch_pictures_of(self: &Arc<Self>, stored: &[StoredEvent], stop: &CancellationToken) {
        let events: Vec<Event> = stored.iter().filter_map(to_event).collect();
        self.fetch_pictures_in(events.iter(), stop);
    }

    /// As [`Core::fetch_pictures_of`].
    pub(crate) fn fetch_pictures_in<'a>(
        self: &Arc<Self>,
        events: impl Iterator<Item = &'a Event>,
        stop: &CancellationToken,
    ) {
        for event in events {
            let Some(Said { stream, seq, file: Some(file) }) = Said::of(event) else { continue };
            if file.picture.is_some() && file.size <= SMALL && !stop.is_cancelled() {
                self.begin_fetch(Job { stream, message: MessageId(event.id), seq, file });
            }
        }
    }

    /// Fetches a file that no message shows, once, and answers when it is here.
    ///
    /// # Errors
    /// When there is no connection, or the desk does not give it.
    pub(crate) async fn fetch_now(self: &Arc<Self>, file: &Attachment) -> Result<(), UiError> {
        if self.blobs.has(&file.hash) {
            return Ok(());
        }
        let offline = || UiError::temporary(ErrorCode::Offline, "there is no connection to the desk");
        let job = Job { stream: Stream::Desk, message: MessageId(uuid::Uuid::nil()), seq: 0, file: file.clone() };
        let fetched = tokio::select! {
            biased;
            fetched = self.try_fetch(&job) => fetched,
            () = self.disconnected() => Err(Stop::Again),
        };
        self.state().downloads.remove(&job.message);
        fetched.map_err(|stop| match stop {
            Stop::Again => offline(),
            Stop::Failed(code) => UiError::permanent(code, "the file did not come"),
        })
    }

    fn begin_fetch(self: &Arc<Self>, job: Job) {
        if self.blobs.has(&job.file.hash) {
            return;
        }
        let stop = self.tasks.stop_token().child_token();
        {
            let mut state = self.state();
            if matches!(state.downloads.get(&job.message), Some(Download::Receiving { .. })) {
                return;
            }
            state.downloads.insert(job.message, Download::Receiving { done: 0, stop: stop.clone() });
        }
        let core = Arc::clone(self);
        self.tasks.spawn("download", move |_| async move {
            tokio::select! {
                biased;
                () = stop.cancelled() => {}
                () = core.fetch(job) => {}
            }
        });
    }

    async fn fetch(self: &Arc<Self>, job: Job) {
        let mut backoff = Backoff::new(self.rng().clone());
        let ended = loop {
            if !self.wait_for_connection().await {
                return;
            }
            let tried = tokio::select! {
                biased;
                tried = self.try_fetch(&job) => tried,
                () = self.disconnected() => Err(Stop::Again),
            };
            match tried {
                Ok(()) => break None,
                Err(Stop::Failed(code)) => break Some(code),
                Err(Stop::Again) => tokio::time::sleep(backoff.after_failure()).await,
            }
        };
        {
            let mut state = self.state();
            match ended {
                None => state.downloads.remove(&job.message),
                Some(code) => state.downloads.insert(job.message, Download::Failed(code)),
            };
        }
        self.show_line(job.stream, job.seq).await;
    }

    /// False when the client ends.
    async fn wait_for_connection(&self) -> bool {
        let mut status = self.status();
        status.wait_for(|status| matches!(status, Status::CatchingUp(_) | Status::Online(_))).await.is_ok()
    }

    async fn try_fetch(self: &Arc<Self>, job: &Job) -> Result<(), Stop> {
        let web = Web::of(self).ok_or(Stop::Again)?;
        let partial = self.blobs.partial(&job.file.hash).ok_or(Stop::Failed(ErrorCode::FileDamaged))?;
        let have = tokio::fs::metadata(&partial).await.map_or(0, |about| about.len());
        if have < job.file.size || job.file.size == 0 {
            self.collect(job, &web, &partial, have).await?;
        }
        let (blobs, hash) = (self.blobs.clone(), job.file.hash.clone());
        let finished = tokio::task::spawn_blocking(move || blobs.finish(&hash)).await;
        finished.map_err(|_| Stop::Again)?.map_err(|error| Stop::Failed(local(error).code))
    }

    async fn collect(self: &Arc<Self>, job: &Job, web: &Web, partial: &PathBuf, have: u64) -> Result<(), Stop> {
        let mut request = web.request(Method::GET, &format!("/v1/blobs/{}", job.file.hash));
        if have > 0 {
            request = request.header(RANGE, format!("bytes={have}-"));
        }
        let answer = request.send().await.map_err(|_| Stop::Again)?;
        let (append, mut done) = match answer.status() {
            StatusCode::PARTIAL_CONTENT => (true, have),
            StatusCode::OK => (false, 0),
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => return Err(Stop::Failed(ErrorCode::NotFound)),
            _ => return Err(Stop::Again),
        };
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).append(append).write(true).truncate(!append);
        let mut file = options.open(partial).await.map_err(unwritable)?;
        let mut parts = answer.bytes_stream();
        let mut told = done;
        self.told(job, done).await;
        while let Some(part) = parts.next().await {
            let part = part.map_err(|_| Stop::Again)?;
            done += u64::try_from(part.len()).unwrap_or_default();
            if done > job.file.size {
                return Err(Stop::Failed(ErrorCode::FileDamaged));
            }
            file.write_all(&part).await.map_err(unwritable)?;
            if done - told >= TOLD {
                told = done;
                self.told(job, done).await;
            }
        }
        file.flush().await.map_err(unwritable)?;
        if done < job.file.size { Err(Stop::Again) } else { Ok(()) }
    }

    async fn told(self: &Arc<Self>, job: &Job, bytes: u64) {
        if let Some(Download::Receiving { done, .. }) = self.state().downloads.get_mut(&job.message) {
            *done = bytes;
        }
        self.show_line(job.stream, job.seq).await;
    }
}

fn unwritable(error: std::io::Error) -> Stop {
    Stop::Failed(local(HistoryError::from(error)).code)
}
