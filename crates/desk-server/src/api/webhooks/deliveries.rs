//! What a webhook told, what came of it, and telling it again.

use axum::{Json, extract::State, http::StatusCode};
use opora_desk::store::WebhooksStore;
use opora_domain::{WebhookId, webhook};
use opora_wire::{Op, OpBody, api};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Topic, known};
use crate::{
    api::{
        asked::{Asked, Moment, Named, Sent},
        caller::{By, WebhooksRead, WebhooksWrite},
        error::{Answer, Missing, Refused, Unwritten},
        once::Once,
        page::{Page, limit},
    },
    app::App,
};

/// Where a delivery stands.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryState {
    /// It will be tried, perhaps again.
    Waiting,
    /// The other side has it.
    Arrived,
    /// It was given up.
    Failed,
}

/// One thing that was told, or will be.
#[derive(Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// Its number at the webhook.
    sequence: i64,
    /// `Opora-Delivery` of each of its tries.
    id: Uuid,
    /// What about.
    topic: Topic,
    /// When it happened.
    at: Moment,
    /// Where it stands.
    state: DeliveryState,
    /// Tries until now.
    tries: u32,
    /// When it is tried next, while it waits.
    next: Option<Moment>,
    /// The last try.
    tried: Option<Moment>,
    /// The other side's HTTP status then.
    status: Option<u16>,
    /// In words, when there was none.
    said: String,
}

impl From<webhook::Delivery> for Delivery {
    fn from(one: webhook::Delivery) -> Self {
        let state = match one.state {
            webhook::State::Waiting => DeliveryState::Waiting,
            webhook::State::Arrived => DeliveryState::Arrived,
            webhook::State::Failed => DeliveryState::Failed,
        };
        Self {
            sequence: one.sequence,
            id: one.id(),
            topic: one.topic.into(),
            at: Moment(one.at),
            state,
            tries: one.tries,
            next: (state == DeliveryState::Waiting).then_some(Moment(one.next)),
            tried: one.tried.map(Moment),
            status: one.status,
            said: one.said,
        }
    }
}

/// A page of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Log {
    /// `next` of the page before.
    #[param(value_type = Option<i64>, minimum = 0, maximum = 4294967295_i64)]
    after: Option<u32>,
    /// Rows at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// From when on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    /// Of what has happened from this moment on.
    #[schema(value_type = String, format = DateTime)]
    since: Moment,
}

/// The log, newest first; it goes back thirty days.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = Uuid, Path), Log),
    security(("key" = ["webhooks:read"])), responses((status = 200, body = Page<Delivery>), Refused, Missing))]
pub(crate) async fn list(
    _: By<WebhooksRead>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    Asked(log): Asked<Log>,
) -> Answer<Json<Page<Delivery>>> {
    known(&app, id).await?;
    let limit = limit(log.limit)?;
    let below = log.after.map_or(i64::MAX, i64::from);
    let rows = app.desk.store().deliveries(WebhookId(id), below, limit + 1).await?;
    Ok(Json(Page::of(rows, limit, |row| row.sequence.to_string(), Delivery::from)))
}

/// Sends one delivery again, whatever came of it.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{sequence}/replay", tag = "webhooks",
    params(("id" = Uuid, Path), ("sequence" = i64, Path, minimum = 0, maximum = 4294967295_i64)), security(("key" = ["webhooks:write"])),
    responses((status = 202), Refused, Missing, Unwritten))]
pub(crate) async fn again(
    by: By<WebhooksWrite>,
    State(app): State<App>,
    Named((id, sequence)): Named<(Uuid, u32)>,
    once: Once,
) -> Answer<StatusCode> {
    replay(&app, &by, &once, id, api::Replay::One(sequence.into())).await
}

/// Sends again all that were given up.
#[utoipa::path(post, path = "/webhooks/{id}/replay", tag = "webhooks", request_body = Since,
    params(("id" = Uuid, Path)), security(("key" = ["webhooks:write"])),
    responses((status = 202), Refused, Missing, Unwritten))]
pub(crate) async fn all_failed_again(
    by: By<WebhooksWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
    Sent { value, .. }: Sent<Since>,
) -> Answer<StatusCode> {
    replay(&app, &by, &once, id, api::Replay::FailedSince(value.since.0)).await
}

async fn replay(app: &App, by: &By<WebhooksWrite>, once: &Once, id: Uuid, which: api::Replay) -> Answer<StatusCode> {
    let ids = once.ids(&by.key, [0; 32], &app.rng, app.desk.clock().now());
    let body = OpBody::Api(api::Op::Replay { webhook: WebhookId(id), which });
    app.desk.execute_by_key(by.key.id, Op { op: ids.op, body }).await?;
    Ok(StatusCode::ACCEPTED)
}
