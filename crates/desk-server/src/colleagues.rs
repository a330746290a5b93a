//! `GET /v1/colleagues`: to whom a customer can show a ticket.

use axum::{Json, Router, extract::State, http::HeaderMap, routing::get};
use opora_domain::rights::{Act, Relation};
use opora_wire::{
    RefusalCode,
    colleague::{Colleague, PATH},
};

use crate::{app::App, refusal::No};

pub(crate) fn routes() -> Router<App> {
    Router::new().route(PATH, get(colleagues))
}

async fn colleagues(State(app): State<App>, headers: HeaderMap) -> Result<Json<Vec<Colleague>>, No> {
    let actor = app.actor(&headers).await?;
    if !Act::MakeTicket.reach(actor.person.role).holds(Relation::Own) {
        return Err(RefusalCode::NotAllowed.into());
    }
    if !app.questions.take(&actor.device) {
        return Err(RefusalCode::Busy.into());
    }
    Ok(Json(app.desk.colleagues_of(actor.person.id).await?))
}
