//! Throws away uploads that nobody will finish.

use std::io;

use opora_domain::{Span, Timestamp};
use opora_runtime::CancellationToken;
use uuid::Uuid;

use crate::app::App;

/// A client that was away for a holiday may still go on.
const LIFE: Span = Span::minutes(14 * 24 * 60);
/// Looks so often.
const PAUSE: Span = Span::minutes(6 * 60);

/// Sweeps at the start and then every few hours.
pub(crate) async fn run(app: App, stop: CancellationToken) {
    loop {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "old uploads were not swept");
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            () = app.desk.clock().sleep(PAUSE) => {}
        }
    }
}

async fn sweep(app: &App) -> io::Result<()> {
    let now = app.desk.clock().now();
    for upload in app.blobs.parts()? {
        if born(upload).is_some_and(|born| now - born > LIFE) {
            app.desk.drop_upload(upload).await.map_err(io::Error::other)?;
            tokio::fs::remove_file(app.blobs.part(upload)).await?;
        }
    }
    Ok(())
}

/// An id of version 7 says when it was made.
fn born(id: Uuid) -> Option<Timestamp> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let micros = i64::try_from(seconds).ok()?.checked_mul(1_000_000)?;
    Some(Timestamp(micros + i64::from(nanos / 1_000)))
}
