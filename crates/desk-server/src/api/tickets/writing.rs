//! Making and changing tickets. The answer says no more than that it was done: a key that may write need not read.

use axum::{Json, extract::State, http::StatusCode};
use opora_domain::{
    CategoryId, MessageId, OrganisationId, PersonId, TicketId,
    calendar::Day,
    ticket::{self, Change, Edit},
};
use opora_wire::{Op, OpBody, OpResult, ticket as wire};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Kind, Priority, Status, comments::NewComment, known};
use crate::{
    api::{
        asked::{Moment, Named, Sent, must_say, object, or_null},
        caller::{By, TicketsWrite},
        error::{Answer, Missing, Problem, Refused, Unwritten},
        once::{Ids, Once},
    },
    app::App,
};

/// Who of the client sees a new ticket; a group is chosen by people.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NewVisibility {
    /// Its customer.
    #[default]
    Private,
    /// Its customer's organisation.
    Organisation,
}

/// A ticket to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTicket {
    /// Whose it is: a customer.
    customer: Uuid,
    /// Which organisation it counts for, when the customer belongs to several.
    #[serde(default)]
    organisation: Option<Uuid>,
    /// One line.
    #[schema(min_length = 1, max_length = 255, pattern = r"\S")]
    subject: String,
    /// In full.
    #[serde(default)]
    #[schema(max_length = 16000)]
    description: String,
    /// What sort of work.
    kind: Kind,
    /// How soon; as usual when it is not said.
    #[serde(default)]
    priority: Option<Priority>,
    /// What it is about.
    #[serde(default)]
    category: Option<Uuid>,
    /// The program.
    #[serde(default)]
    #[schema(max_length = 255)]
    product: String,
    /// Its release.
    #[serde(default)]
    #[schema(max_length = 255)]
    release: String,
    /// The day by which it is wanted.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<String>,
    /// Who of the client sees it.
    #[serde(default)]
    visibility: NewVisibility,
}

/// What shall be different. A field that is left out stays; `null` empties one that may be empty.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TicketChange {
    /// One line.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 255, pattern = r"\S")]
    subject: Option<String>,
    /// In full.
    #[serde(default)]
    #[schema(max_length = 16000)]
    description: Option<String>,
    /// Where it stands; by the tracker's workflow.
    #[serde(default)]
    status: Option<Status>,
    /// How soon.
    #[serde(default)]
    priority: Option<Priority>,
    /// What it is about.
    #[serde(default, deserialize_with = "or_null")]
    #[schema(value_type = Option<Uuid>)]
    category: Option<Option<Uuid>>,
    /// The program.
    #[serde(default)]
    #[schema(max_length = 255)]
    product: Option<String>,
    /// Its release.
    #[serde(default)]
    #[schema(max_length = 255)]
    release: Option<String>,
    /// The day by which it is wanted.
    #[serde(default, deserialize_with = "or_null")]
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Option<String>>,
    /// Who works on it.
    #[serde(default, deserialize_with = "or_null")]
    #[schema(value_type = Option<Uuid>)]
    assignee: Option<Option<Uuid>>,
    /// Words beside it, in the same entry of the history; some steps of the workflow want them.
    #[serde(default, deserialize_with = "object")]
    #[schema(value_type = Option<NewComment>)]
    comment: Option<NewComment>,
}

/// A ticket that was written.
#[derive(Serialize, ToSchema)]
pub(crate) struct Written {
    /// Which.
    id: Uuid,
    /// Its number, as people say it.
    number: i64,
    /// Where it stands.
    status: Status,
    /// When something happened last.
    updated: Moment,
}

impl Written {
    fn of(ticket: &ticket::Ticket) -> Self {
        let (status, updated) = (ticket.status.into(), Moment(ticket.updated));
        Self { id: ticket.id.0, number: ticket.number, status, updated }
    }
}

fn day(text: &str) -> Answer<Day> {
    text.parse().map_err(|_| Problem::malformed("a day is YYYY-MM-DD"))
}

impl NewTicket {
    fn draft(self, id: TicketId) -> Answer<ticket::Draft> {
        must_say(&self.subject, "subject")?;
        let visibility = match self.visibility {
            NewVisibility::Private => ticket::Visibility::Private,
            NewVisibility::Organisation => ticket::Visibility::Organisation,
        };
        let more = ticket::More {
            organisation: self.organisation.map(OrganisationId),
            category: self.category.map(CategoryId),
            product: self.product,
            release: self.release,
            due: self.due.as_deref().map(day).transpose()?,
            visibility,
            ..ticket::More::default()
        };
        Ok(ticket::Draft {
            id,
            conversation: None,
            customer: Some(PersonId(self.customer)),
            subject: self.subject,
            description: self.description,
            kind: self.kind.into(),
            priority: self.priority.map_or(ticket::Priority::Normal, Into::into),
            files: Vec::new(),
            more,
        })
    }
}

impl TicketChange {
    fn changes(&mut self) -> Answer<Vec<Change>> {
        let words = [(&self.subject, "subject"), (&self.comment.as_ref().map(|one| one.text.clone()), "comment")];
        for (text, what) in words {
            text.as_deref().map_or(Ok(()), |text| must_say(text, what))?;
        }
        let due = match self.due.take() {
            Some(due) => Some(Change::Due(due.as_deref().map(day).transpose()?)),
            None => None,
        };
        let all = [
            self.subject.take().map(Change::Subject),
            self.description.take().map(Change::Description),
            self.status.map(|status| Change::Status(status.into())),
            self.priority.map(|priority| Change::Priority(priority.into())),
            self.category.map(|category| Change::Category(category.map(CategoryId))),
            self.product.take().map(Change::Product),
            self.release.take().map(Change::Release),
            due,
            self.assignee.map(|assignee| Change::Assignee(assignee.map(PersonId))),
        ];
        Ok(all.into_iter().flatten().collect())
    }
}

/// Makes a ticket for a customer.
#[utoipa::path(post, path = "/tickets", tag = "tickets", request_body = NewTicket,
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$")),
    security(("key" = ["tickets:write"])),
    responses((status = 201, body = Written), Refused, Missing, Unwritten))]
pub(crate) async fn make(
    by: By<TicketsWrite>,
    State(app): State<App>,
    once: Once,
    Sent { value, hash }: Sent<NewTicket>,
) -> Answer<(StatusCode, Json<Written>)> {
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    let id = TicketId(ids.thing);
    let body = OpBody::MakeTicket { draft: value.draft(id)? };
    app.desk.execute_by_key(by.key.id, Op { op: ids.op, body }).await?;
    match known(&app, id).await {
        Err(_) if ids.may_repeat => Err(Problem::used_before()),
        made => Ok((StatusCode::CREATED, Json(Written::of(&made?)))),
    }
}

/// Changes a ticket, with words or without.
#[utoipa::path(patch, path = "/tickets/{id}", tag = "tickets", request_body = TicketChange,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$")),
    security(("key" = ["tickets:write"])),
    responses((status = 200, body = Written), Refused, Missing, Unwritten))]
pub(crate) async fn change(
    by: By<TicketsWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
    Sent { mut value, hash }: Sent<TicketChange>,
) -> Answer<Json<Written>> {
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    let before = known(&app, TicketId(id)).await?;
    let edits = value.changes()?;
    let edits = edits.into_iter().map(|now| Edit { was: before.value(now.field()), now }).collect();
    update(&app, &by, before.id, ids, edits, value.comment).await?;
    Ok(Json(Written::of(&known(&app, before.id).await?)))
}

/// One entry of a ticket's history, by a key.
pub(super) async fn update(
    app: &App,
    by: &By<TicketsWrite>,
    ticket: TicketId,
    ids: Ids,
    edits: Vec<Edit>,
    comment: Option<NewComment>,
) -> Answer<()> {
    let entry = MessageId(ids.thing);
    let comment = comment.map(ticket::Comment::from);
    let body = OpBody::Ticket(wire::Op::Update { ticket, entry, edits, comment });
    let result = app.desk.execute_by_key(by.key.id, Op { op: ids.op, body }).await?;
    let OpResult::Updated { written, conflicts } = result else { return Err(Problem::used_before()) };
    if ids.may_repeat && written && !app.desk.is_logged(entry.0).await? {
        return Err(Problem::used_before());
    }
    if conflicts.is_empty() {
        return Ok(());
    }
    let names = conflicts.iter().filter_map(|field| serde_json::to_value(field).ok()?.get("name").cloned());
    let names: Vec<String> = names.filter_map(|name| name.as_str().map(str::to_owned)).collect();
    Err(Problem::conflict(names.join(", ")))
}
