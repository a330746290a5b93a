//! The HTTP API for other programs, under `/api/v1`: one module a noun, and its description for machines at
//! `/api/v1/openapi.json`, made from the same types and routes, so that the two cannot differ.
//!
//! A program comes with a key ([`caller`]); each route names the scope that it needs. What it writes goes the way of
//! everybody's operations ([`Desk::execute_by_key`](opora_desk::Desk::execute_by_key)). Answers are of types of their
//! own: the wire between client and desk may change without them. Errors have one shape ([`error`]).

mod asked;
mod caller;
mod contracts;
mod description;
mod error;
mod keys;
mod once;
mod organisations;
mod owners;
mod page;
mod persons;
mod reports;
mod requests;
mod tickets;
mod webhooks;

use axum::{Json, Router, extract::DefaultBodyLimit, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;
use description::Security;
use error::Problem;

/// The largest body: the longest text, each character escaped.
const MOST_BODY: usize = 256 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Opora desk",
        version = "1",
        description = "Organisations, people, contracts, requests, tickets and reports of a support desk, and webhooks.",
        license(name = "Apache-2.0 OR MIT")
    ),
    modifiers(&Security),
    components(schemas(Problem))
)]
struct Description;

fn described() -> (Router<App>, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::<App>::new()
        .routes(routes!(keys::own))
        .routes(routes!(organisations::list, organisations::make))
        .routes(routes!(organisations::read, organisations::change))
        .routes(routes!(persons::list))
        .routes(routes!(persons::read))
        .routes(routes!(contracts::list))
        .routes(routes!(contracts::read))
        .routes(routes!(requests::list))
        .routes(routes!(requests::read))
        .routes(routes!(tickets::list, tickets::writing::make))
        .routes(routes!(tickets::read, tickets::writing::change))
        .routes(routes!(tickets::comments::list, tickets::comments::add))
        .routes(routes!(reports::of_requests))
        .routes(routes!(webhooks::list, webhooks::make))
        .routes(routes!(webhooks::read, webhooks::change, webhooks::forget))
        .routes(routes!(webhooks::deliveries::list))
        .routes(routes!(webhooks::deliveries::again))
        .routes(routes!(webhooks::deliveries::all_failed_again));
    let all = OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", routes);
    let (router, openapi) = all.split_for_parts();
    (router, description::complete(openapi))
}

/// All routes of the API, and those of its owner.
pub(crate) fn routes() -> Router<App> {
    let (router, description) = described();
    let read = move || async move { Json(description) };
    router
        .route("/api/v1/openapi.json", get(read))
        .route("/api/{*rest}", axum::routing::any(async || Problem::unknown_path()))
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .merge(owners::routes())
}
