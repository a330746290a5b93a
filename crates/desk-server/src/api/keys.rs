//! The key itself.

use axum::Json;
use opora_domain::api;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    asked::Moment,
    caller::{AnyKey, By},
    error::Refused,
};

/// A key.
#[derive(Serialize, ToSchema)]
pub(crate) struct Key {
    /// Which.
    id: Uuid,
    /// What it is for; stands as the author of what it does.
    name: String,
    /// What it may do.
    scopes: Vec<String>,
    /// Since when.
    made: Moment,
    /// It works up to this moment; for ever when there is none.
    until: Option<Moment>,
}

impl From<api::Key> for Key {
    fn from(key: api::Key) -> Self {
        let scopes = key.card.scopes.iter().map(|scope| scope.name().to_owned()).collect();
        let (made, until) = (Moment(key.made), key.card.until.map(Moment));
        Self { id: key.id.0, name: key.card.name, scopes, made, until }
    }
}

/// The key that calls, and what it may.
#[utoipa::path(get, path = "/key", tag = "keys", security(("key" = [])), responses((status = 200, body = Key), Refused))]
pub(crate) async fn own(by: By<AnyKey>) -> Json<Key> {
    Json(by.key.into())
}
