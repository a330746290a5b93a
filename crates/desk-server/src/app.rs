//! What the handlers share, and which handler answers what.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    http::{HeaderMap, header},
    response::Html,
    routing::{get, post},
};
use opora_desk::{Actor, Desk};
use opora_desk_store::SqliteStore;
use opora_domain::{KeyId, PublicKey};
use opora_runtime::{Rng, Tasks};
use opora_wire::RefusalCode;
use tokio::sync::Semaphore;

use crate::{
    api, blobs, blobs::Blobs, colleagues, invites, keeping, limits::Limits, link, mail, refusal::No, relay::Tickets,
    reports, tokens::Tokens, uploads,
};

/// The largest file: a 1C base as an archive is seldom larger, and one disk must hold many.
pub(crate) const MOST_FILE: u64 = 4 * 1024 * 1024 * 1024;
/// The largest JSON body.
const MOST_BODY: usize = 64 * 1024;

pub(crate) type TheDesk = Desk<SqliteStore>;

/// What the handlers share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) desk: TheDesk,
    pub(crate) desk_key: PublicKey,
    pub(crate) rng: Rng,
    pub(crate) tokens: Tokens,
    pub(crate) blobs: Blobs,
    pub(crate) turns: uploads::Turns,
    pub(crate) tickets: Tickets,
    /// Redeeming and looking at invites.
    pub(crate) invites: Limits<IpAddr>,
    /// New links.
    pub(crate) links: Limits<IpAddr>,
    /// Operations and fetches of a device.
    pub(crate) operations: Limits<PublicKey>,
    /// New uploads of a device.
    pub(crate) new_uploads: Limits<PublicKey>,
    /// What makes others work, or reads much.
    pub(crate) questions: Limits<PublicKey>,
    /// What keys of the API ask.
    pub(crate) keys: Limits<KeyId>,
    /// Keys that are none.
    pub(crate) key_tries: Limits<IpAddr>,
    /// Sends what webhooks tell.
    pub(crate) webhooks: reqwest::Client,
    /// A further authority for the mail server.
    pub(crate) mail_ca: Option<Vec<u8>>,
    /// Links at once.
    pub(crate) places: Arc<Semaphore>,
    pub(crate) tasks: Tasks,
}

pub(crate) type App = Arc<Shared>;

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// A browser that follows the `https` form of an invite is told what to do with it.
const JOIN: &str = "<!doctype html><meta charset=utf-8><title>Opora</title>\
    <p>Это приглашение для программы Opora. Скопируйте ссылку целиком и вставьте её в программу.\
    <p>This is an invite for the program Opora. Copy the whole link and paste it there.";

/// All routes.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/v1/link", get(link::open))
        .route("/v1/invite", post(invites::look))
        .route("/v1/redeem", post(invites::redeem))
        .route("/healthz", get(async || "ok"))
        .route("/join", get(async || Html(JOIN)))
        .merge(mail::routes())
        .merge(keeping::routes())
        .merge(colleagues::routes())
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .merge(uploads::routes())
        .merge(blobs::routes())
        .merge(reports::routes())
        .merge(api::routes())
        .with_state(app)
}

/// Adds who is at the other end.
pub(crate) fn router_for(router: &Router, peer: IpAddr) -> Router {
    router.clone().layer(Extension(Peer(peer)))
}

impl Shared {
    /// Who sent a request with `Authorization: Bearer`.
    pub(crate) async fn actor(&self, headers: &HeaderMap) -> Result<Actor, No> {
        let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(RefusalCode::UnknownDevice)?;
        let device = self.tokens.device(token).ok_or(RefusalCode::UnknownDevice)?;
        Ok(self.desk.actor(device).await?)
    }
}
