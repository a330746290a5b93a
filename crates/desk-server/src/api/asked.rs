//! What was asked for: path, query and body, as their types describe them, or a [`Problem`].

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{StatusCode, header, request::Parts},
};
use opora_domain::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::error::Problem;
use crate::app::App;

/// Parts of the path.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path = Path::from_request_parts(parts, app).await.map_err(|error| Problem::malformed(error.body_text()))?;
        Ok(Self(path.0))
    }
}

/// The query.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let query =
            Query::from_request_parts(parts, app).await.map_err(|error| Problem::malformed(error.body_text()))?;
        Ok(Self(query.0))
    }
}

/// The body.
pub(crate) struct Sent<T> {
    /// What it says.
    pub(crate) value: T,
    /// BLAKE3 of it, as it was written.
    pub(crate) hash: [u8; 32],
}

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let mime = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let mime = mime.and_then(|mime| mime.split(';').next()).unwrap_or_default().trim();
        if !mime.eq_ignore_ascii_case("application/json") {
            return Err(Problem::not_json());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
            _ => Problem::malformed("the body was cut off"),
        })?;
        // serde reads an array as an object without names.
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(Problem::malformed("the body is an object"));
        }
        let value = serde_json::from_slice(&bytes).map_err(Problem::malformed)?;
        Ok(Self { value, hash: blake3::hash(&bytes).into() })
    }
}

/// A moment: RFC 3339, UTC in answers.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(value_type = String, format = DateTime)]
pub(crate) struct Moment(pub(crate) Timestamp);

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0.0) {
            Ok(moment) => moment.fmt(f),
            Err(_) => f.write_str("9999-12-30T22:00:00Z"),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let moment: jiff::Timestamp = text.parse().map_err(|_| serde::de::Error::custom("a moment is RFC 3339"))?;
        Ok(Self(Timestamp(moment.as_microsecond())))
    }
}

/// Whether a text says nothing: blanks, and the separators of old teletypes.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// A text that says something.
pub(crate) fn must_say(text: &str, what: &str) -> Result<(), Problem> {
    if is_blank(text) { Err(Problem::malformed(format!("{what} says nothing"))) } else { Ok(()) }
}

fn read<T: DeserializeOwned, E: serde::de::Error>(map: Map<String, Value>) -> Result<T, E> {
    serde_json::from_value(Value::Object(map)).map_err(E::custom)
}

/// An object inside another one, or nothing; an array is none.
pub(crate) fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::<Map<String, Value>>::deserialize(deserializer)?.map(read).transpose()
}

/// A list of objects; none of them is an array.
pub(crate) fn objects<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Vec::<Map<String, Value>>::deserialize(deserializer)?.into_iter().map(read).collect()
}

/// A field that may be left out, and may be emptied by `null`.
pub(crate) fn or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
