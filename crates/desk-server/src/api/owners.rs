//! For the owner's program, by its device's token: `GET /v1/api` and `GET /v1/api/webhooks/{id}`.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::get,
};
use opora_desk::store::WebhooksStore;
use opora_domain::{
    WebhookId,
    rights::{Act, Relation},
};
use opora_wire::{
    RefusalCode,
    api::{Deliveries, Listed},
};
use serde::Deserialize;

use crate::{app::App, refusal::No};

/// Deliveries of one answer.
const MOST: u32 = 200;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/v1/api", get(list)).route("/v1/api/webhooks/{id}", get(deliveries))
}

#[derive(Deserialize)]
struct Below {
    before: Option<i64>,
}

async fn must_keep(app: &App, headers: &HeaderMap) -> Result<(), No> {
    let actor = app.actor(headers).await?;
    match Act::KeepApi.reach(actor.person.role).holds(Relation::Own) {
        true => Ok(()),
        false => Err(RefusalCode::NotAllowed.into()),
    }
}

async fn list(State(app): State<App>, headers: HeaderMap) -> Result<Json<Listed>, No> {
    must_keep(&app, &headers).await?;
    Ok(Json(app.desk.keys_and_webhooks().await?))
}

async fn deliveries(
    State(app): State<App>,
    headers: HeaderMap,
    Path(webhook): Path<WebhookId>,
    Query(Below { before }): Query<Below>,
) -> Result<Json<Deliveries>, No> {
    must_keep(&app, &headers).await?;
    let deliveries = app.desk.store().deliveries(webhook, before.unwrap_or(i64::MAX), MOST).await?;
    Ok(Json(Deliveries { deliveries }))
}
