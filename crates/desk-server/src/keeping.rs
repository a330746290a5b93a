//! Forgets what has outlived its time, takes files off the disk that nobody holds any more, and
//! answers `POST /v1/retention`: what would go.

use std::io;

use axum::{Json, Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use opora_domain::{
    Span, keeping,
    rights::{Act, Relation},
};
use opora_runtime::CancellationToken;
use opora_wire::{
    RefusalCode,
    keeping::{Preview, Previewed},
};

use crate::{app::App, refusal::No};

/// Looks for talks whose time has come so often: days are what is promised.
const PAUSE: Span = Span::minutes(24 * 60);
/// Files of one transaction.
const MOST: u32 = 100;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v1/retention", post(preview))
}

/// Forgets at the start, once a day, and whenever somebody was erased.
pub(crate) async fn run(app: App, stop: CancellationToken) {
    loop {
        let pass = async {
            if let Err(error) = app.desk.forget_outlived().await {
                tracing::warn!(%error, "old talks were not forgotten");
            }
            if let Err(error) = drop_files(&app).await {
                tracing::warn!(%error, "files that nobody holds are still on the disk");
            }
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = pass => {}
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = app.desk.erased() => {}
            () = app.desk.clock().sleep(PAUSE) => {}
        }
    }
}

/// A file is named until it is off the disk; one that somebody sent again meanwhile stays.
async fn drop_files(app: &App) -> io::Result<()> {
    loop {
        let named = app.desk.files_to_drop(MOST).await.map_err(io::Error::other)?;
        if named.is_empty() {
            return Ok(());
        }
        for (hash, held) in named {
            if !held {
                match tokio::fs::remove_file(app.blobs.path(hash)).await {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            app.desk.file_dropped(hash).await.map_err(io::Error::other)?;
        }
    }
}

async fn preview(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Json<Previewed>, No> {
    let actor = app.actor(&headers).await?;
    if !Act::SetRetention.reach(actor.person.role).holds(Relation::Own) {
        return Err(RefusalCode::NotAllowed.into());
    }
    if !app.questions.take(&actor.device) {
        return Err(RefusalCode::Busy.into());
    }
    let Preview { line, days } = serde_json::from_slice(&body).map_err(|_| RefusalCode::Invalid)?;
    if !keeping::DAYS.contains(&days) {
        return Err(RefusalCode::Invalid.into());
    }
    Ok(Json(app.desk.preview(line, days).await?))
}
