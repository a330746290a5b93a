//! Requests: what customers asked for, and how it went.

use axum::{Json, extract::State};
use opora_desk::store::{
    ListingStore,
    api::{KnownRequest, Which},
};
use opora_domain::{RequestId, request};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Asked, Moment, Named},
    caller::{By, RequestsRead},
    error::{Answer, Missing, Problem, Refused},
    page::{ByChange, Page, place_of},
};
use crate::app::App;

/// What hurts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Class {
    /// Work has stopped.
    Broken,
    /// Something goes wrong.
    Error,
    /// How do I …?
    Question,
    /// It would be good if …
    Wish,
}

/// Where a request stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RequestState {
    /// In the queue.
    Waiting,
    /// Shown to a specialist.
    Offered,
    /// Somebody helps.
    Accepted,
    /// The talk is over.
    Closed,
    /// Taken back by the customer.
    Cancelled,
}

/// Which program it is about.
#[derive(Serialize, ToSchema)]
pub(crate) struct AskedProgram {
    /// Its name; may be empty.
    name: String,
    /// Its release; may be empty.
    release: String,
}

/// A request.
#[derive(Serialize, ToSchema)]
pub(crate) struct Request {
    /// Which; its conversation has the same id.
    id: Uuid,
    /// Who asks.
    customer: Uuid,
    /// For which organisation.
    organisation: Option<Uuid>,
    /// Which line.
    line: Uuid,
    /// What hurts.
    class: Class,
    /// Which program.
    program: AskedProgram,
    /// In the customer's words.
    description: String,
    /// Where it stands.
    state: RequestState,
    /// Who helps, or helped last.
    owner: Option<Uuid>,
    /// When it was asked.
    asked: Moment,
    /// When it moved last.
    updated: Moment,
    /// When it ended.
    closed: Option<Moment>,
}

impl From<request::Class> for Class {
    fn from(class: request::Class) -> Self {
        match class {
            request::Class::Broken => Self::Broken,
            request::Class::Error => Self::Error,
            request::Class::Question => Self::Question,
            request::Class::Wish => Self::Wish,
        }
    }
}

impl From<request::State> for RequestState {
    fn from(state: request::State) -> Self {
        match state {
            request::State::Waiting => Self::Waiting,
            request::State::Offered { .. } => Self::Offered,
            request::State::Accepted { .. } => Self::Accepted,
            request::State::Closed => Self::Closed,
            request::State::Cancelled => Self::Cancelled,
        }
    }
}

impl From<KnownRequest> for Request {
    fn from(KnownRequest { request, moved, owner, closed }: KnownRequest) -> Self {
        let ask = request.ask;
        Self {
            id: request.id.0,
            customer: request.customer.0,
            organisation: request.organisation.map(|one| one.0),
            line: ask.line.0,
            class: ask.class.into(),
            program: AskedProgram { name: ask.program.name, release: ask.program.release },
            description: ask.description,
            state: request.state.into(),
            owner: owner.map(|owner| owner.0),
            asked: Moment(request.since),
            updated: Moment(moved),
            closed: closed.map(Moment),
        }
    }
}

/// Requests by their last move.
#[utoipa::path(get, path = "/requests", tag = "requests", params(ByChange), security(("key" = ["requests:read"])),
    responses((status = 200, body = Page<Request>), Refused))]
pub(crate) async fn list(
    _: By<RequestsRead>,
    State(app): State<App>,
    Asked(page): Asked<ByChange>,
) -> Answer<Json<Page<Request>>> {
    let (after, limit) = page.place(|id| Some(RequestId(Uuid::from_u128(id))))?;
    let rows = app.desk.store().list_requests(Which::Page(after, limit + 1)).await?;
    let place = |row: &KnownRequest| place_of(row.moved, row.request.id.0.as_u128());
    Ok(Json(Page::of(rows, limit, place, Request::from)))
}

/// One request.
#[utoipa::path(get, path = "/requests/{id}", tag = "requests", params(("id" = Uuid, Path)),
    security(("key" = ["requests:read"])), responses((status = 200, body = Request), Refused, Missing))]
pub(crate) async fn read(_: By<RequestsRead>, State(app): State<App>, Named(id): Named<Uuid>) -> Answer<Json<Request>> {
    let found = app.desk.store().list_requests(Which::One(RequestId(id))).await?.pop();
    Ok(Json(found.map(Request::from).ok_or_else(Problem::not_found)?))
}
