//! A "no" of the API: RFC 9457, with a code for programs beside the words.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use opora_desk::{DeskError, StoreError};
use opora_domain::api::Scope;
use opora_wire::{Refusal, RefusalCode};
use serde::Serialize;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{Content, HeaderBuilder, RefOr, Response as Described, ResponseBuilder, schema::Type},
};

/// What an error is in.
const MIME: &str = "application/problem+json";

/// Why something was not done (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The HTTP status.
    status: u16,
    /// For programs: one word of a closed list.
    code: &'static str,
    /// For people: what is wrong.
    title: &'static str,
    /// For people: where, or what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The scope that a key would need.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
}

/// What handlers answer.
pub(crate) type Answer<T> = Result<T, Problem>;

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self { status: status.as_u16(), code, title, detail: None, scope: None }
    }

    pub(crate) fn no_key() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "no_key", "a key of the API that holds is needed")
    }

    pub(crate) fn no_scope(scope: Scope) -> Self {
        let title = "the key has not the scope that is needed";
        Self { scope: Some(scope.name()), ..Self::new(StatusCode::FORBIDDEN, "no_scope", title) }
    }

    /// What was sent is not of the shape that is described.
    pub(crate) fn malformed(detail: impl ToString) -> Self {
        let title = "what was sent has not the shape that is described";
        Self { detail: Some(detail.to_string()), ..Self::new(StatusCode::BAD_REQUEST, "malformed", title) }
    }

    /// The shape is right, and the desk's rules forbid it.
    pub(crate) fn invalid(detail: impl ToString) -> Self {
        let title = "what was sent makes no sense here";
        Self { detail: Some(detail.to_string()), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", title) }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing")
    }

    pub(crate) fn unknown_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "unknown_path", "there is nothing at this path")
    }

    pub(crate) fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", "the body has to be application/json")
    }

    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "it is too long or too much")
    }

    pub(crate) fn busy() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", "too much at once; wait a second")
    }

    /// Fields that somebody else changed meanwhile were left as they are.
    pub(crate) fn conflict(fields: String) -> Self {
        let title = "somebody else has changed the same fields meanwhile";
        Self { detail: Some(fields), ..Self::new(StatusCode::CONFLICT, "conflict", title) }
    }

    /// The same `Idempotency-Key` came with something else before.
    pub(crate) fn used_before() -> Self {
        let title = "this Idempotency-Key was used for something else";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_used", title)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        use RefusalCode as C;
        let new = Self::new;
        match refusal.code {
            C::UnknownDevice | C::DeviceRevoked => Self::no_key(),
            C::NotFound => Self::not_found(),
            C::TooLarge => Self::invalid("it is too long or too many"),
            C::Busy => Self::busy(),
            C::InnTaken => new(StatusCode::CONFLICT, "inn_taken", "another organisation has this ИНН and КПП"),
            C::InUse => new(StatusCode::CONFLICT, "in_use", "it is there already, or is needed"),
            C::NotAStep => {
                new(StatusCode::CONFLICT, "not_a_step", "the workflow of the tracker has no such step from here")
            }
            C::WordsNeeded => {
                new(StatusCode::UNPROCESSABLE_ENTITY, "words_needed", "the customer has to be told why, in a comment")
            }
            C::FieldNeeded => {
                new(StatusCode::UNPROCESSABLE_ENTITY, "field_needed", "the tracker asks for a field that is empty")
            }
            C::NotAllowed | C::NotEntitled => new(StatusCode::FORBIDDEN, "not_allowed", "the desk does not allow it"),
            C::DiskFull => new(StatusCode::INSUFFICIENT_STORAGE, "disk_full", "the desk's disk is full"),
            C::Internal => new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the desk's own fault"),
            _ => Self::invalid("the desk's rules do not allow it"),
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        Refusal::from(error).into()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MIME));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"opora\""));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}

fn described(of: &[(&str, &str)]) -> BTreeMap<String, RefOr<Described>> {
    let one = |(status, about): &(&str, &str)| {
        let content = Content::new(Some(RefOr::Ref(utoipa::openapi::Ref::from_schema_name("Problem"))));
        let mut response = ResponseBuilder::new().description(*about).content(MIME, content);
        let header = match *status {
            "401" => Some(("WWW-Authenticate", Type::String)),
            "429" => Some(("Retry-After", Type::Integer)),
            _ => None,
        };
        if let Some((name, schema)) = header {
            let schema = utoipa::openapi::ObjectBuilder::new().schema_type(schema);
            response = response.header(name, HeaderBuilder::new().schema(Some(schema)).build());
        }
        ((*status).to_owned(), RefOr::T(response.build()))
    };
    of.iter().map(one).collect()
}

/// What every route may answer.
pub(crate) struct Refused;

impl IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        described(&[
            ("400", "What was sent has not the shape that is described."),
            ("401", "No key, or one that does not hold (any more)."),
            ("403", "The key has not the scope that is needed."),
            ("429", "Too much at once."),
            ("500", "The desk's own fault."),
        ])
    }
}

/// What a route about one thing may answer beside that.
pub(crate) struct Missing;

impl IntoResponses for Missing {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        described(&[("404", "There is no such thing.")])
    }
}

/// What a route about a period may answer beside that.
pub(crate) struct Senseless;

impl IntoResponses for Senseless {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        described(&[("422", "It makes no sense here.")])
    }
}

/// What a route that takes a body may answer beside that.
pub(crate) struct Unwritten;

impl IntoResponses for Unwritten {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        described(&[
            ("409", "Something stands against it: another thing of that kind, the workflow, a change meanwhile."),
            ("413", "Too long, or too much."),
            ("415", "The body is no JSON."),
            ("422", "It makes no sense here, or the Idempotency-Key was used for something else."),
            ("507", "The desk's disk is full."),
        ])
    }
}
