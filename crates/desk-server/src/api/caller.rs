//! Who calls: a program with a key in `Authorization: Bearer`, and whether the key may.
//!
//! A route's first argument is `By<Scope>`: without a key that holds and has the scope, nothing else of the request
//! is looked at.

use std::marker::PhantomData;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use opora_domain::api::{Key, Scope};

use super::error::Problem;
use crate::{
    app::{App, Peer},
    limits::network,
};

/// A scope as a type.
pub(crate) trait Needs: Send {
    /// Which.
    const SCOPE: Option<Scope>;
}

macro_rules! scopes {
    ($($name:ident),+ $(,)?) => {$(
        /// Needs the scope of this name.
        pub(crate) struct $name;
        impl Needs for $name {
            const SCOPE: Option<Scope> = Some(Scope::$name);
        }
    )+};
}

scopes!(
    OrganisationsRead,
    OrganisationsWrite,
    PersonsRead,
    ContractsRead,
    RequestsRead,
    TicketsRead,
    TicketsWrite,
    ReportsRead,
    WebhooksRead,
    WebhooksWrite,
);

/// Needs a key, whatever it may.
pub(crate) struct AnyKey;

impl Needs for AnyKey {
    const SCOPE: Option<Scope> = None;
}

/// The key that calls.
pub(crate) struct By<S> {
    pub(crate) key: Key,
    needs: PhantomData<S>,
}

impl<S: Needs> FromRequestParts<App> for By<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let key = match bearer(parts) {
            Some(text) => app.desk.key(text).await?,
            None => None,
        };
        let Some(key) = key else {
            // Whoever guesses 256 bits is only kept from being a burden.
            let peer = parts.extensions.get::<Peer>().map(|peer| network(peer.0));
            let passes = peer.is_none_or(|peer| app.key_tries.take(&peer));
            return Err(if passes { Problem::no_key() } else { Problem::busy() });
        };
        if !app.keys.take(&key.id) {
            return Err(Problem::busy());
        }
        match S::SCOPE {
            Some(scope) if !key.card.scopes.contains(&scope) => Err(Problem::no_scope(scope)),
            _ => Ok(Self { key, needs: PhantomData }),
        }
    }
}

/// The scheme's name is written in any case (RFC 9110, 11.1).
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
