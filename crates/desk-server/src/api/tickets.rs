//! Tickets as they are now; [`writing`] changes them, [`comments`] are what is said in them.

pub(crate) mod comments;
pub(crate) mod writing;

use axum::{Json, extract::State};
use opora_desk::store::{ListingStore, api::Which};
use opora_domain::{TicketId, ticket};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Asked, Moment, Named},
    caller::{By, TicketsRead},
    error::{Answer, Missing, Problem, Refused},
    page::{ByChange, Page, place_of},
};
use crate::app::App;

/// A closed list of words, here and in the domain.
macro_rules! words {
    ($(#[doc = $about:literal])* $name:ident of $domain:path { $($(#[doc = $what:literal])* $word:ident),+ $(,)? }) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name { $($(#[doc = $what])* $word,)+ }

        impl From<$domain> for $name {
            fn from(word: $domain) -> Self {
                type Domain = $domain;
                match word { $(Domain::$word => Self::$word,)+ }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word,)+ }
            }
        }
    };
}

words! {
    /// What sort of work.
    Kind of ticket::Kind {
        /// Something does not work.
        Error,
        /// Someone has to explain or look.
        Consultation,
        /// Something should be different.
        Wish,
    }
}

words! {
    /// How soon.
    Priority of ticket::Priority {
        /// When there is time.
        Low,
        /// As usual.
        Normal,
        /// Before the rest.
        High,
        /// Now.
        Urgent,
    }
}

words! {
    /// Where it stands.
    Status of ticket::Status {
        /// Nobody has begun.
        New,
        /// Someone works on it.
        InWork,
        /// The customer was asked something; terms stand still.
        Waiting,
        /// Done, says the specialist.
        Solved,
        /// Done, says the customer.
        Confirmed,
        /// It was not.
        Reopened,
        /// It will not be done.
        Refused,
    }
}

/// Who of the client sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Visibility {
    /// Its customer.
    Private,
    /// Its customer's organisation.
    Organisation,
    /// Its customer and some colleagues.
    Group,
}

/// A ticket.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ticket {
    /// Which.
    id: Uuid,
    /// Its number, as people say it.
    number: i64,
    /// Whose it is.
    customer: Uuid,
    /// Which organisation it counts for.
    organisation: Option<Uuid>,
    /// Who made it: a person, or a key.
    by: Option<Uuid>,
    /// When.
    made: Moment,
    /// When something happened last.
    updated: Moment,
    /// The conversation it came from.
    conversation: Option<Uuid>,
    /// One line.
    subject: String,
    /// In full.
    description: String,
    /// What sort of work.
    kind: Kind,
    /// Where it stands.
    status: Status,
    /// How soon.
    priority: Priority,
    /// What it is about.
    category: Option<Uuid>,
    /// The program.
    product: String,
    /// Its release.
    release: String,
    /// The day by which it is wanted.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<String>,
    /// Who works on it.
    assignee: Option<Uuid>,
    /// Whose line it is.
    line: Option<Uuid>,
    /// Who of the client sees it.
    visibility: Visibility,
    /// What it is a part of.
    parent: Option<Uuid>,
    /// It goes on there.
    merged: Option<Uuid>,
    /// By when it has to be answered.
    answer_by: Option<Moment>,
    /// By when it has to be solved.
    solve_by: Option<Moment>,
}

impl From<ticket::Ticket> for Ticket {
    fn from(ticket: ticket::Ticket) -> Self {
        Self {
            id: ticket.id.0,
            number: ticket.number,
            customer: ticket.customer.0,
            organisation: ticket.organisation.map(|one| one.0),
            by: ticket.by.map(|by| by.0),
            made: Moment(ticket.made),
            updated: Moment(ticket.updated),
            conversation: ticket.conversation.map(|one| one.0),
            subject: ticket.subject,
            description: ticket.description,
            kind: ticket.kind.into(),
            status: ticket.status.into(),
            priority: ticket.priority.into(),
            category: ticket.category.map(|one| one.0),
            product: ticket.product,
            release: ticket.release,
            due: ticket.due.map(|day| day.to_string()),
            assignee: ticket.assignee.map(|one| one.0),
            line: ticket.line.map(|one| one.0),
            visibility: match ticket.visibility {
                ticket::Visibility::Private => Visibility::Private,
                ticket::Visibility::Organisation => Visibility::Organisation,
                ticket::Visibility::Group(_) => Visibility::Group,
            },
            parent: ticket.parent.map(|one| one.0),
            merged: ticket.merged.map(|one| one.0),
            answer_by: ticket.deadlines.answer.map(Moment),
            solve_by: ticket.deadlines.solution.map(Moment),
        }
    }
}

/// The ticket, when there is one.
async fn known(app: &App, id: TicketId) -> Answer<ticket::Ticket> {
    app.desk.store().list_tickets(Which::One(id)).await?.pop().ok_or_else(Problem::not_found)
}

/// Tickets by their last change.
#[utoipa::path(get, path = "/tickets", tag = "tickets", params(ByChange), security(("key" = ["tickets:read"])),
    responses((status = 200, body = Page<Ticket>), Refused))]
pub(crate) async fn list(
    _: By<TicketsRead>,
    State(app): State<App>,
    Asked(page): Asked<ByChange>,
) -> Answer<Json<Page<Ticket>>> {
    // Numbers begin with 1 and never come near the end of the type.
    let (after, limit) = page.place(|number| i64::try_from(number).ok().or(Some(i64::MAX)))?;
    let rows = app.desk.store().list_tickets(Which::Page(after, limit + 1)).await?;
    let place = |row: &ticket::Ticket| place_of(row.updated, u128::try_from(row.number).unwrap_or_default());
    Ok(Json(Page::of(rows, limit, place, Ticket::from)))
}

/// One ticket.
#[utoipa::path(get, path = "/tickets/{id}", tag = "tickets", params(("id" = Uuid, Path)),
    security(("key" = ["tickets:read"])), responses((status = 200, body = Ticket), Refused, Missing))]
pub(crate) async fn read(_: By<TicketsRead>, State(app): State<App>, Named(id): Named<Uuid>) -> Answer<Json<Ticket>> {
    Ok(Json(known(&app, TicketId(id)).await?.into()))
}
