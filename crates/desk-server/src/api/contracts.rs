//! Contracts.

use axum::{Json, extract::State};
use opora_desk::store::{ListingStore, api::Which};
use opora_domain::{
    ContractId,
    contract::{self, Every},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Asked, Named},
    caller::{By, ContractsRead},
    error::{Answer, Missing, Problem, Refused},
    page::{ById, Page},
};
use crate::app::App;

/// What is paid for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Paid {
    /// Everything.
    Flat,
    /// Time: `amount` minutes.
    Hours,
    /// `amount` requests.
    Requests,
    /// Each service as it is done.
    Services,
}

/// A contract of an organisation.
#[derive(Serialize, ToSchema)]
pub(crate) struct Contract {
    /// Which.
    id: Uuid,
    /// Whose.
    organisation: Uuid,
    /// Its number, as on paper.
    number: String,
    /// Name of its level.
    level: String,
    /// Where its days begin and end: a name of the IANA list.
    zone: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: String,
    /// Last day; none when it has no end.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<String>,
    /// The money has come.
    paid: bool,
    /// Days of help after the end.
    grace_days: u16,
    /// What is paid for.
    kind: Paid,
    /// How much of it, of hours and requests.
    amount: Option<u32>,
    /// The amount is filled up each month.
    monthly: bool,
}

impl From<contract::Contract> for Contract {
    fn from(contract: contract::Contract) -> Self {
        let (kind, amount, every) = match contract.kind {
            contract::Kind::Flat => (Paid::Flat, None, None),
            contract::Kind::Hours { minutes, every } => (Paid::Hours, Some(minutes), Some(every)),
            contract::Kind::Requests { count, every } => (Paid::Requests, Some(count), Some(every)),
            contract::Kind::Services => (Paid::Services, None, None),
        };
        Self {
            id: contract.id.0,
            organisation: contract.organisation.0,
            number: contract.number,
            level: contract.level.name,
            zone: contract.zone.0,
            from: contract.from.to_string(),
            to: contract.to.map(|day| day.to_string()),
            paid: contract.paid,
            grace_days: contract.grace_days,
            kind,
            amount,
            monthly: every == Some(Every::Month),
        }
    }
}

/// Contracts by id.
#[utoipa::path(get, path = "/contracts", tag = "contracts", params(ById), security(("key" = ["contracts:read"])),
    responses((status = 200, body = Page<Contract>), Refused))]
pub(crate) async fn list(
    _: By<ContractsRead>,
    State(app): State<App>,
    Asked(page): Asked<ById>,
) -> Answer<Json<Page<Contract>>> {
    let (after, limit) = page.place(ContractId)?;
    let rows = app.desk.store().list_contracts(Which::Page(after, limit + 1)).await?;
    Ok(Json(Page::of(rows, limit, |contract| contract.id.to_string(), Contract::from)))
}

/// One contract.
#[utoipa::path(get, path = "/contracts/{id}", tag = "contracts", params(("id" = Uuid, Path)),
    security(("key" = ["contracts:read"])), responses((status = 200, body = Contract), Refused, Missing))]
pub(crate) async fn read(
    _: By<ContractsRead>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
) -> Answer<Json<Contract>> {
    let found = app.desk.store().list_contracts(Which::One(ContractId(id))).await?.pop();
    Ok(Json(found.map(Contract::from).ok_or_else(Problem::not_found)?))
}
