//! Client organisations.

use axum::{Json, extract::State, http::StatusCode};
use opora_desk::store::{ListingStore, api::Which};
use opora_domain::{
    OrganisationId,
    machine::Program,
    organisation::{self, Card},
};
use opora_wire::{Op, OpBody, structure};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::{Asked, Named, Sent, is_blank, must_say, objects},
    caller::{By, OrganisationsRead, OrganisationsWrite},
    error::{Answer, Missing, Problem, Refused, Unwritten},
    once::Once,
    page::{ById, Page},
};
use crate::app::App;

/// A program that an organisation runs.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Product {
    /// Its name.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub(super) name: String,
    /// Its release.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub(super) release: String,
}

/// What the firm knows about an organisation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationCard {
    /// Its name.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    name: String,
    /// ИНН: 10 or 12 digits, the last ones check the others; empty when it is not known.
    #[serde(default)]
    #[schema(max_length = 20)]
    inn: String,
    /// КПП; empty when it is not known.
    #[serde(default)]
    #[schema(max_length = 20)]
    kpp: String,
    /// What the firm's people should know; the client never sees it.
    #[serde(default)]
    #[schema(max_length = 4000)]
    note: String,
    /// What it runs.
    #[serde(default, deserialize_with = "objects")]
    #[schema(max_items = 50)]
    products: Vec<Product>,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
pub(crate) struct Organisation {
    /// Which.
    id: Uuid,
    /// Its name.
    name: String,
    /// ИНН; empty when it is not known.
    inn: String,
    /// КПП; empty when it is not known.
    kpp: String,
    /// What the firm's people should know.
    note: String,
    /// What it runs.
    products: Vec<Product>,
}

impl Organisation {
    fn of((id, card): (OrganisationId, Card)) -> Self {
        let Card { name, inn, kpp, note, products } = card;
        let products = products.into_iter().map(|one| Product { name: one.name, release: one.release }).collect();
        Self { id: id.0, name, inn, kpp, note, products }
    }
}

impl OrganisationCard {
    /// What the desk would tidy away is said instead.
    fn check(&self) -> Answer<()> {
        must_say(&self.name, "name")?;
        let sound = |product: &Product| {
            let fits = |text: &str| text.chars().count() <= organisation::MOST_PRODUCT;
            !is_blank(&product.name) && fits(&product.name) && fits(&product.release)
        };
        match self.products.iter().all(sound) {
            true => Ok(()),
            false => Err(Problem::malformed("a product has a name; name and release have 200 characters at most")),
        }
    }
}

impl From<OrganisationCard> for Card {
    fn from(card: OrganisationCard) -> Self {
        let OrganisationCard { name, inn, kpp, note, products } = card;
        let products = products.into_iter().map(|one| Program { name: one.name, release: one.release }).collect();
        Self { name, inn, kpp, note, products }
    }
}

async fn known(app: &App, id: OrganisationId) -> Answer<Organisation> {
    let found = app.desk.store().list_organisations(Which::One(id)).await?.pop();
    found.map(Organisation::of).ok_or_else(Problem::not_found)
}

/// Organisations by id.
#[utoipa::path(get, path = "/organisations", tag = "organisations", params(ById),
    security(("key" = ["organisations:read"])), responses((status = 200, body = Page<Organisation>), Refused))]
pub(crate) async fn list(
    _: By<OrganisationsRead>,
    State(app): State<App>,
    Asked(page): Asked<ById>,
) -> Answer<Json<Page<Organisation>>> {
    let (after, limit) = page.place(OrganisationId)?;
    let rows = app.desk.store().list_organisations(Which::Page(after, limit + 1)).await?;
    Ok(Json(Page::of(rows, limit, |(id, _)| id.to_string(), Organisation::of)))
}

/// One organisation.
#[utoipa::path(get, path = "/organisations/{id}", tag = "organisations", params(("id" = Uuid, Path)),
    security(("key" = ["organisations:read"])), responses((status = 200, body = Organisation), Refused, Missing))]
pub(crate) async fn read(
    _: By<OrganisationsRead>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
) -> Answer<Json<Organisation>> {
    Ok(Json(known(&app, OrganisationId(id)).await?))
}

/// Makes an organisation.
#[utoipa::path(post, path = "/organisations", tag = "organisations", request_body = OrganisationCard,
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$")),
    security(("key" = ["organisations:write"])),
    responses((status = 201, body = Organisation), Refused, Unwritten))]
pub(crate) async fn make(
    by: By<OrganisationsWrite>,
    State(app): State<App>,
    once: Once,
    Sent { value, hash }: Sent<OrganisationCard>,
) -> Answer<(StatusCode, Json<Organisation>)> {
    value.check()?;
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    let organisation = OrganisationId(ids.thing);
    put(&app, &by, Op { op: ids.op, body: body(organisation, value) }).await?;
    match known(&app, organisation).await {
        Err(_) if ids.may_repeat => Err(Problem::used_before()),
        made => Ok((StatusCode::CREATED, Json(made?))),
    }
}

/// Says how an organisation is from now on, whole.
#[utoipa::path(put, path = "/organisations/{id}", tag = "organisations", request_body = OrganisationCard,
    params(("id" = Uuid, Path)), security(("key" = ["organisations:write"])),
    responses((status = 200, body = Organisation), Refused, Missing, Unwritten))]
pub(crate) async fn change(
    by: By<OrganisationsWrite>,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    once: Once,
    Sent { value, hash }: Sent<OrganisationCard>,
) -> Answer<Json<Organisation>> {
    let organisation = OrganisationId(id);
    known(&app, organisation).await?;
    value.check()?;
    let ids = once.ids(&by.key, hash, &app.rng, app.desk.clock().now());
    put(&app, &by, Op { op: ids.op, body: body(organisation, value) }).await?;
    Ok(Json(known(&app, organisation).await?))
}

fn body(organisation: OrganisationId, card: OrganisationCard) -> OpBody {
    OpBody::Structure(structure::Op::PutOrganisation { organisation, card: card.into() })
}

async fn put(app: &App, by: &By<OrganisationsWrite>, op: Op) -> Answer<()> {
    app.desk.execute_by_key(by.key.id, op).await?;
    Ok(())
}
