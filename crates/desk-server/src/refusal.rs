//! A "no" over HTTP: the refusal as JSON, and the status that fits it.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use opora_desk::DeskError;
use opora_wire::{Refusal, RefusalCode};

/// A refusal as an answer.
#[derive(Debug)]
pub(crate) struct No(pub(crate) Refusal);

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<RefusalCode> for No {
    fn from(code: RefusalCode) -> Self {
        Self(code.into())
    }
}

impl From<DeskError> for No {
    fn from(error: DeskError) -> Self {
        Self(error.into())
    }
}

impl From<opora_desk::StoreError> for No {
    fn from(error: opora_desk::StoreError) -> Self {
        Self(DeskError::from(error).into())
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        (status(self.0.code), Json(self.0)).into_response()
    }
}

fn status(code: RefusalCode) -> StatusCode {
    match code {
        RefusalCode::UnknownDevice | RefusalCode::DeviceRevoked => StatusCode::UNAUTHORIZED,
        RefusalCode::NotAllowed | RefusalCode::NotEntitled => StatusCode::FORBIDDEN,
        RefusalCode::NoOrganisation | RefusalCode::NotMember => StatusCode::FORBIDDEN,
        RefusalCode::RoleCertified | RefusalCode::OwnerKey => StatusCode::CONFLICT,
        RefusalCode::CodeNeeded | RefusalCode::CodeWrong => StatusCode::FORBIDDEN,
        RefusalCode::NotFound | RefusalCode::InviteUnknown => StatusCode::NOT_FOUND,
        RefusalCode::Moved | RefusalCode::Closed | RefusalCode::InviteUsed => StatusCode::CONFLICT,
        RefusalCode::InnTaken | RefusalCode::InUse | RefusalCode::StillOpen => StatusCode::CONFLICT,
        RefusalCode::TransferOver | RefusalCode::HandsFull | RefusalCode::OwnerStays => StatusCode::CONFLICT,
        RefusalCode::InvitationOver | RefusalCode::NotAStep => StatusCode::CONFLICT,
        RefusalCode::WordsNeeded | RefusalCode::FieldNeeded => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalCode::Invalid | RefusalCode::Version | RefusalCode::Unknown => StatusCode::BAD_REQUEST,
        RefusalCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        RefusalCode::Busy => StatusCode::TOO_MANY_REQUESTS,
        RefusalCode::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
        RefusalCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
