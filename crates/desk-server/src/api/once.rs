//! `Idempotency-Key`: the same request sent again is done once.
//!
//! The operation's id comes of key, path and header, so the desk knows it again as it knows a client's. The id of
//! what is made comes of the body too: when the operation was done and that is not there, the header came with
//! something else before.

use axum::{extract::FromRequestParts, http::request::Parts};
use opora_domain::{OpId, Timestamp, api::Key};
use opora_runtime::Rng;
use uuid::Uuid;

use super::error::Problem;
use crate::app::App;

/// Characters of the header at most.
const MOST: usize = 200;

/// The header, and where it came with.
pub(crate) struct Once {
    header: Option<String>,
    place: String,
}

/// Ids of an operation and of what it makes.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    /// The operation's.
    pub(crate) op: OpId,
    /// The new thing's.
    pub(crate) thing: Uuid,
    /// The request said that it may come again.
    pub(crate) may_repeat: bool,
}

impl FromRequestParts<App> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let header = parts.headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default().to_owned());
        let sound =
            |text: &String| (1..=MOST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if header.as_ref().is_some_and(|text| !sound(text)) {
            return Err(Problem::malformed("Idempotency-Key has 1 to 200 visible characters"));
        }
        Ok(Self { header, place: format!("{} {}", parts.method, parts.uri.path()) })
    }
}

impl Once {
    /// The ids for a body.
    pub(crate) fn ids(&self, key: &Key, body: [u8; 32], rng: &Rng, now: Timestamp) -> Ids {
        let Some(header) = &self.header else {
            return Ids { op: OpId(rng.uuid_v7(now)), thing: rng.uuid_v7(now), may_repeat: false };
        };
        let derive = |what: &str, body: &[u8]| {
            let mut hash = blake3::Hasher::new_derive_key("opora 2026 idempotency of the API");
            for part in [what.as_bytes(), key.id.as_bytes(), self.place.as_bytes(), header.as_bytes(), body] {
                hash.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes()).update(part);
            }
            let mut bytes = [0; 16];
            hash.finalize_xof().fill(&mut bytes);
            uuid::Builder::from_custom_bytes(bytes).into_uuid()
        };
        Ids { op: OpId(derive("operation", &[])), thing: derive("thing", &body), may_repeat: true }
    }
}
