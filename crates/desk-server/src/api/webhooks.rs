//! Webhooks, and the log of what they told.

pub(crate) mod deliveries;

use axum::{Json, extract::State, http::StatusCode};
use opora_desk::store::WebhooksStore;
use opora_domain::{
    WebhookId,
    webhook::{self, address},
};
use opora_wire::{Op, OpBody, api};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Moment, Named, Sent},
    caller::{By, WebhooksRead, WebhooksWrite},
    error::{Answer, Missing, Problem, Refused, Unwritten},
    once::{Ids, Once},
};
use crate::app::App;

/// What can be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub(crate) enum Topic {
    /// A customer asks for help.
    #[serde(rename = "request.asked")]
    RequestAsked,
    /// A request waits, is offered, taken, closed, or taken back.
    #[serde(rename = "request.moved")]
    RequestMoved,
    /// A ticket was made.
    #[serde(rename = "ticket.made")]
    TicketMade,
    /// Fields of a ticket changed, something was said, or both.
    #[serde(rename = "ticket.updated")]
    TicketUpdated,
    /// A ticket goes on in another one.
    #[serde(rename = "ticket.merged")]
    TicketMerged,
    /// A customer rated a ticket.
    #[serde(rename = "ticket.rated")]
    TicketRated,
    /// A promise about a ticket is nearly broken, or is.
    #[serde(rename = "ticket.pressed")]
    TicketPressed,
    /// An organisation exists, or was changed.
    #[serde(rename = "organisation.changed")]
    OrganisationChanged,
}

impl From<Topic> for webhook::Topic {
    fn from(topic: Topic) -> Self {
        match topic {
            Topic::RequestAsked => Self::RequestAsked,
            Topic::RequestMoved => Self::RequestMoved,
            Topic::TicketMade => Self::TicketMade,
            Topic::TicketUpdated => Self::TicketUpdated,
            Topic::TicketMerged => Self::TicketMerged,
            Topic::TicketRated => Self::TicketRated,
            Topic::TicketPressed => Self::TicketPressed,
            Topic::OrganisationChanged => Self::OrganisationChanged,
        }
    }
}

impl From<webhook::Topic> for Topic {
    fn from(topic: webhook::Topic) -> Self {
        match topic {
            webhook::Topic::RequestAsked => Self::RequestAsked,
            webhook::Topic::RequestMoved => Self::RequestMoved,
            webhook::Topic::TicketMade => Self::TicketMade,
            webhook::Topic::TicketUpdated => Self::TicketUpdated,
            webhook::Topic::TicketMerged => Self::TicketMerged,
            webhook::Topic::TicketRated => Self::TicketRated,
            webhook::Topic::TicketPressed => Self::TicketPressed,
            webhook::Topic::OrganisationChanged => Self::OrganisationChanged,
        }
    }
}

/// How a webhook shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookCard {
    /// Where to: https; http only to the same computer. Private addresses only where the desk's settings allow them.
    #[schema(max_length = 2000)]
    url: String,
    /// What it wants to hear.
    #[schema(min_items = 1)]
    topics: Vec<Topic>,
    /// Off: nothing is queued, and what is queued waits.
    #[serde(default = "yes")]
    on: bool,
    /// What deliveries are signed with; told to nobody. A new webhook or a new URL needs one; else the known one stays.
    #[serde(default)]
    #[schema(min_length = 32, max_length = 200, pattern = "^[!-~]+$")]
    secret: Option<String>,
}

fn yes() -> bool {
    true
}

/// A webhook.
#[derive(Serialize, ToSchema)]
pub(crate) struct Webhook {
    /// Which.
    id: Uuid,
    /// Where to.
    url: String,
    /// What it wants to hear.
    topics: Vec<Topic>,
    /// Whether anything is queued and sent.
    on: bool,
    /// Since when.
    made: Moment,
    /// Number of its newest delivery.
    sequence: i64,
    /// A delivery was given up, and none has arrived since.
    failing: bool,
}

impl From<webhook::Webhook> for Webhook {
    fn from(webhook: webhook::Webhook) -> Self {
        let topics = webhook.card.topics.into_iter().map(Topic::from).collect();
        let (id, url, on) = (webhook.id.0, webhook.card.url, webhook.card.on);
        Self { id, url, topics, on, made: Moment(webhook.made), sequence: webhook.head, failing: webhook.failing }
    }
}

/// All webhooks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Webhooks {
    /// Oldest first; a desk has few.
    items: Vec<Webhook>,
}

async fn known(app: &App, id: Uuid) -> Answer<Webhook> {
    let all = app.desk.store().webhooks().await?;
    let found = all.into_iter().find(|webhook| webhook.id.0 == id);
    found.map(Webhook::from).ok_or_else(Problem::not_found)
}

/// All webhooks.
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", security(("key" = ["webhooks:read"])),
    responses((status = 200, body = Webhooks), Refused))]
pub(crate) async fn list(_: By<WebhooksRead>, State(app): State<App>) -> Answer<Json<Webhooks>> {
    let all = app.desk.store().webhooks().await?;
    Ok(Json(Webhooks { items: all.into_iter().map(Webhook::from).collect() }))
}

/// One webhook.
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path)),
    security(("key" = ["webhooks:read"])), responses((status = 200, body = Webhook), Refused, Missing))]
pub(crate) async fn read(_: By<WebhooksRead>, State(app): State<App>, Named(id): Named<Uuid>) -> Answer<Json<Webhook>> {
    Ok(Json(known(&app, id).await?))
}

/// Makes a webhook.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", request_body = WebhookCard,
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$")),
    security(("key" = ["webhooks:write"])), responses((status = 201, body = Webhook), Refused, Unwritten))]
pub(crate) async fn make(
    by: By<WebhooksWrite>,
    State(app): State<App>,
    once: Once,
    Sent { value, hash }: Sent<WebhookCard>,
) -> Answer<(StatusCode, Json<Webhook>)> {
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    if value.secret.is_none() {
        return Err(Problem::invalid("a new webhook needs a secret"));
    }
    put(&app, &by, ids, ids.thing, value).await?;
    match known(&app, ids.thing).await {
        Err(_) if ids.may_repeat => Err(Problem::used_before()),
        made => Ok((StatusCode::CREATED, Json(made?))),
    }
}

/// Says how a webhook is from now on, whole.
#[utoipa::path(put, path = "/webhooks/{id}", tag = "webhooks", request_body = WebhookCard,
    params(("id" = Uuid, Path)), security(("key" = ["webhooks:write"])),
    responses((status = 200, body = Webhook), Refused, Missing, Unwritten))]
pub(crate) async fn change(
    by: By<WebhooksWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
    Sent { value, hash }: Sent<WebhookCard>,
) -> Answer<Json<Webhook>> {
    let before = known(&app, id).await?;
    if before.url != value.url && value.secret.is_none() {
        return Err(Problem::invalid("a new URL needs a new secret"));
    }
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    put(&app, &by, ids, id, value).await?;
    Ok(Json(known(&app, id).await?))
}

async fn put(app: &App, by: &By<WebhooksWrite>, ids: Ids, id: Uuid, card: WebhookCard) -> Answer<()> {
    address::check(&card.url, app.desk.reach()).map_err(Problem::invalid)?;
    if card.topics.is_empty() {
        return Err(Problem::malformed("topics has at least one"));
    }
    let sound = |text: &String| webhook::SECRET.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    if card.secret.as_ref().is_some_and(|secret| !sound(secret)) {
        return Err(Problem::malformed("a secret has 32 to 200 visible characters"));
    }
    let topics = card.topics.into_iter().map(webhook::Topic::from).collect();
    let (webhook, secret) = (WebhookId(id), card.secret);
    let card = webhook::Card { url: card.url, topics, on: card.on };
    let body = OpBody::Api(api::Op::PutWebhook { webhook, card, secret });
    app.desk.execute_by_key(by.key.id, Op { op: ids.op, body }).await?;
    Ok(())
}

/// Forgets a webhook, and the log of its deliveries.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path)),
    security(("key" = ["webhooks:write"])), responses((status = 204), Refused, Missing, Unwritten))]
pub(crate) async fn forget(
    by: By<WebhooksWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
) -> Answer<StatusCode> {
    known(&app, id).await?;
    let ids = once.ids(&by.key, [0; 32], &app.rng, app.desk.clock().now());
    let body = OpBody::Api(api::Op::DropWebhook { webhook: WebhookId(id) });
    app.desk.execute_by_key(by.key.id, Op { op: ids.op, body }).await?;
    Ok(StatusCode::NO_CONTENT)
}
