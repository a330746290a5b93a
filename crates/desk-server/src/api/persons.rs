//! People: customers and the firm's own.

use axum::{Json, extract::State};
use opora_desk::store::{
    ListingStore,
    api::{KnownPerson, Which},
};
use opora_domain::{PersonId, membership, role};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Asked, Moment, Named},
    caller::{By, PersonsRead},
    error::{Answer, Missing, Problem, Refused},
    page::{ById, Page},
};
use crate::app::App;

/// As what somebody is known.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// A contact person of a client.
    Customer,
    /// Helps customers.
    Specialist,
    /// Sees to it that the others can.
    Supervisor,
    /// Runs the desk.
    Owner,
    /// Of a vendor.
    Vendor,
}

/// Where a person belongs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Membership {
    /// Of which organisation.
    organisation: Uuid,
    /// `user`, `responsible` or `manager`.
    role: String,
    /// From this moment on; always when there is none.
    since: Option<Moment>,
    /// Up to this moment; for ever when there is none.
    until: Option<Moment>,
}

/// A person.
#[derive(Serialize, ToSchema)]
pub(crate) struct Person {
    /// Which.
    id: Uuid,
    /// Name.
    name: String,
    /// Address; empty when it is not known.
    email: String,
    /// Telephone; empty when it is not known.
    phone: String,
    /// As what.
    role: Role,
    /// Has redeemed an invite.
    joined: bool,
    /// Where the person belongs.
    memberships: Vec<Membership>,
}

impl From<role::Role> for Role {
    fn from(role: role::Role) -> Self {
        match role {
            role::Role::Customer => Self::Customer,
            role::Role::Specialist => Self::Specialist,
            role::Role::Supervisor => Self::Supervisor,
            role::Role::Owner => Self::Owner,
            role::Role::Vendor => Self::Vendor,
        }
    }
}

impl From<membership::Membership> for Membership {
    fn from(one: membership::Membership) -> Self {
        let role = serde_json::to_value(one.role).ok().and_then(|word| word.as_str().map(str::to_owned));
        let (since, until) = (one.since.map(Moment), one.until.map(Moment));
        Self { organisation: one.organisation.0, role: role.unwrap_or_default(), since, until }
    }
}

impl From<KnownPerson> for Person {
    fn from(known: KnownPerson) -> Self {
        let memberships = known.memberships.into_iter().map(Membership::from).collect();
        let (id, role, joined) = (known.id.0, known.role.into(), known.joined);
        Self { id, name: known.card.name, email: known.card.email, phone: known.card.phone, role, joined, memberships }
    }
}

/// People by id. Who was erased is not among them.
#[utoipa::path(get, path = "/persons", tag = "persons", params(ById), security(("key" = ["persons:read"])),
    responses((status = 200, body = Page<Person>), Refused))]
pub(crate) async fn list(
    _: By<PersonsRead>,
    State(app): State<App>,
    Asked(page): Asked<ById>,
) -> Answer<Json<Page<Person>>> {
    let (after, limit) = page.place(PersonId)?;
    let rows = app.desk.store().list_persons(Which::Page(after, limit + 1)).await?;
    Ok(Json(Page::of(rows, limit, |person| person.id.to_string(), Person::from)))
}

/// One person.
#[utoipa::path(get, path = "/persons/{id}", tag = "persons", params(("id" = Uuid, Path)),
    security(("key" = ["persons:read"])), responses((status = 200, body = Person), Refused, Missing))]
pub(crate) async fn read(_: By<PersonsRead>, State(app): State<App>, Named(id): Named<Uuid>) -> Answer<Json<Person>> {
    let found = app.desk.store().list_persons(Which::One(PersonId(id))).await?.pop();
    Ok(Json(found.map(Person::from).ok_or_else(Problem::not_found)?))
}
