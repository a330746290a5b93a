//! The scheme `opora`: bytes for the pages.
//!
//! - `frames/<session>?after=<seq>`: parked until the core has encoded frames, then all of them in
//!   one body, each with a 16-byte header (D2). Only a viewer's window may ask.
//! - `blob/<message>`: a picture that is here.
//! - `shot/<id>`: a screenshot that was taken and not sent.

use std::sync::Arc;

use opora_client::Core;
use opora_domain::{MessageId, SessionId};
use tauri::UriSchemeResponder;
use tauri::http::{Request, Response, StatusCode};

type Reply = Result<(String, Vec<u8>), StatusCode>;

/// Answers a request of the page in the window `label`, whenever there is something to answer.
pub(crate) fn answer(core: Arc<Core>, label: String, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    tauri::async_runtime::spawn(async move {
        responder.respond(response(find(&core, &label, &request).await));
    });
}

async fn find(core: &Core, label: &str, request: &Request<Vec<u8>>) -> Reply {
    let mut path = request.uri().path().trim_start_matches('/').splitn(2, '/');
    let (kind, id) = (path.next().unwrap_or_default(), path.next().unwrap_or_default());
    match kind {
        "frames" if label.starts_with("viewer-") => frames(core, id, request.uri().query().unwrap_or_default()).await,
        "blob" => {
            let message: MessageId = id.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
            let (kind, bytes) = core.blob(message).await.ok_or(StatusCode::NOT_FOUND)?;
            Ok((kind, bytes.to_vec()))
        }
        "shot" => {
            let picture = core.shot(id).ok_or(StatusCode::NOT_FOUND)?;
            Ok(("image/png".to_owned(), picture.to_vec()))
        }
        _ => Err(StatusCode::NOT_FOUND),
    }
}

async fn frames(core: &Core, session: &str, query: &str) -> Reply {
    let session: SessionId = session.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
    let after = query.strip_prefix("after=").and_then(|seq| seq.parse().ok()).ok_or(StatusCode::BAD_REQUEST)?;
    let frames = core.frames(session, after).await.map_err(|_| StatusCode::GONE)?;
    Ok(("application/octet-stream".to_owned(), frames.to_vec()))
}

fn response(reply: Reply) -> Response<Vec<u8>> {
    let (status, kind, body) = match reply {
        Ok((kind, body)) => (StatusCode::OK, kind, body),
        Err(status) => (status, "text/plain".to_owned(), Vec::new()),
    };
    let answer = Response::builder()
        .status(status)
        .header("Content-Type", kind)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        // Only our own pages are ever loaded; to them this scheme is another origin.
        .header("Access-Control-Allow-Origin", "*")
        .body(body);
    answer.unwrap_or_else(|_| Response::new(Vec::new()))
}
