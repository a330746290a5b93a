//! `GET /v1/report?from=&to=&zone=&line=`: figures of a period, for supervisors.

use axum::{
    Json, Router,
    extract::{Query, State},
    http::HeaderMap,
    routing::get,
};
use opora_domain::report::{Ask, Report};

use crate::{app::App, refusal::No};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v1/report", get(read))
}

async fn read(State(app): State<App>, headers: HeaderMap, Query(ask): Query<Ask>) -> Result<Json<Report>, No> {
    let actor = app.actor(&headers).await?;
    Ok(Json(app.desk.report(&actor, &ask).await?))
}
