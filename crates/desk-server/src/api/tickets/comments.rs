//! What is said in a ticket. Read is what the client reads; what the firm's people say among themselves stays there.

use axum::{Json, extract::State, http::StatusCode};
use opora_desk::store::ListingStore;
use opora_domain::{TicketId, ticket};
use opora_wire::{Event, EventBody, ticket as wire};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{known, writing::update};
use crate::{
    api::{
        asked::{Asked, Moment, Named, Sent, must_say},
        caller::{By, TicketsRead, TicketsWrite},
        error::{Answer, Missing, Refused, Unwritten},
        once::Once,
        page::{Page, limit},
    },
    app::App,
};

/// For whom words are.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Audience {
    /// The client too.
    All,
    /// The firm's people.
    Staff,
}

/// Words to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComment {
    /// Plain text.
    #[schema(min_length = 1, max_length = 16000, pattern = r"\S")]
    pub(super) text: String,
    /// For whom.
    audience: Audience,
}

impl From<NewComment> for ticket::Comment {
    fn from(comment: NewComment) -> Self {
        Self { text: comment.text, files: Vec::new(), staff: comment.audience == Audience::Staff }
    }
}

/// Words that were said to the client, or by the client.
#[derive(Serialize, ToSchema)]
pub(crate) struct Comment {
    /// Which entry of the history.
    id: Uuid,
    /// When.
    at: Moment,
    /// Who: a person, or a key.
    by: Option<Uuid>,
    /// Plain text.
    text: String,
    /// Names of files that came with it.
    files: Vec<String>,
}

/// Words that were written.
#[derive(Serialize, ToSchema)]
pub(crate) struct Said {
    /// Which entry of the history.
    id: Uuid,
}

/// A page of entries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Entries {
    /// `next` of the page before.
    #[param(value_type = Option<i64>, minimum = 0, maximum = 4294967295_i64)]
    after: Option<u32>,
    /// Entries looked at, at most; those without words are left out.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

fn comment(event: &Event) -> Option<Comment> {
    let EventBody::Ticket(wire::Event::Updated { comment: Some(comment), .. }) = &event.body else { return None };
    let files = comment.files.iter().map(|file| file.name.clone()).collect();
    let text = comment.text.clone();
    Some(Comment { id: event.id, at: Moment(event.at), by: event.by.map(|by| by.0), text, files })
}

/// What was said between client and firm, the oldest first.
#[utoipa::path(get, path = "/tickets/{id}/comments", tag = "tickets", params(("id" = Uuid, Path), Entries),
    security(("key" = ["tickets:read"])), responses((status = 200, body = Page<Comment>), Refused, Missing))]
pub(crate) async fn list(
    _: By<TicketsRead>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    Asked(page): Asked<Entries>,
) -> Answer<Json<Page<Comment>>> {
    let ticket = known(&app, TicketId(id)).await?.id;
    let limit = limit(page.limit)?;
    let after = i64::from(page.after.unwrap_or_default());
    let entries = app.desk.store().list_entries(ticket, after, limit + 1).await?;
    let page = Page::of(entries, limit, |event| event.seq.to_string(), |event| comment(&event));
    Ok(Json(page.with_words()))
}

/// Says something in a ticket.
#[utoipa::path(post, path = "/tickets/{id}/comments", tag = "tickets", request_body = NewComment,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$")),
    security(("key" = ["tickets:write"])),
    responses((status = 201, body = Said), Refused, Missing, Unwritten))]
pub(crate) async fn add(
    by: By<TicketsWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
    Sent { value, hash }: Sent<NewComment>,
) -> Answer<(StatusCode, Json<Said>)> {
    must_say(&value.text, "text")?;
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    let ticket = known(&app, TicketId(id)).await?.id;
    update(&app, &by, ticket, ids, Vec::new(), Some(value)).await?;
    Ok((StatusCode::CREATED, Json(Said { id: ids.thing })))
}
