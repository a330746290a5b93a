//! The desk's "no" and other failures, as the interface knows them.

use opora_domain::{contract::entitlement::Why, request::State};
use opora_history::HistoryError;
use opora_ipc::{ErrorCode, UiError};
use opora_wire::{Refusal, RefusalCode};

/// The code that has a sentence.
#[must_use]
pub(crate) fn code_of(refusal: &Refusal) -> ErrorCode {
    match refusal.code {
        RefusalCode::UnknownDevice => ErrorCode::DeviceUnknown,
        RefusalCode::DeviceRevoked => ErrorCode::DeviceRevoked,
        RefusalCode::Version => ErrorCode::DeskVersion,
        RefusalCode::NotAllowed => ErrorCode::NotAllowed,
        RefusalCode::NotFound => ErrorCode::NotFound,
        RefusalCode::Moved if refusal.moved == Some(State::Waiting) => ErrorCode::OfferLapsed,
        RefusalCode::Moved => ErrorCode::RequestMoved,
        RefusalCode::Closed => ErrorCode::ConversationClosed,
        RefusalCode::TooLarge => ErrorCode::TooLong,
        RefusalCode::InviteUsed => ErrorCode::InviteUsed,
        RefusalCode::InviteUnknown => ErrorCode::InviteUnknown,
        RefusalCode::InnTaken => ErrorCode::InnTaken,
        RefusalCode::NoOrganisation => ErrorCode::NoOrganisation,
        RefusalCode::RoleCertified => ErrorCode::RoleCertified,
        RefusalCode::OwnerKey => ErrorCode::OwnerKey,
        RefusalCode::NotMember => ErrorCode::NotMember,
        RefusalCode::CodeNeeded => ErrorCode::CodeNeeded,
        RefusalCode::CodeWrong => ErrorCode::CodeWrong,
        RefusalCode::StillOpen => ErrorCode::StillOpen,
        RefusalCode::Busy => ErrorCode::DeskBusy,
        RefusalCode::DiskFull => ErrorCode::DeskDiskFull,
        RefusalCode::NotEntitled => not_entitled(refusal),
        RefusalCode::InUse => ErrorCode::NotAllowed,
        RefusalCode::TransferOver => ErrorCode::TransferOver,
        RefusalCode::InvitationOver => ErrorCode::InvitationOver,
        RefusalCode::HandsFull => ErrorCode::HandsFull,
        RefusalCode::OwnerStays => ErrorCode::OwnerStays,
        RefusalCode::NotAStep => ErrorCode::NotAStep,
        RefusalCode::WordsNeeded => ErrorCode::WordsNeeded,
        RefusalCode::FieldNeeded => ErrorCode::FieldNeeded,
        RefusalCode::Invalid | RefusalCode::Internal | RefusalCode::Unknown => ErrorCode::Internal,
    }
}

/// Each reason of the contract has a sentence of its own.
fn not_entitled(refusal: &Refusal) -> ErrorCode {
    match refusal.entitlement.as_ref().map(|no| no.why) {
        Some(Why::Over { .. }) => ErrorCode::ContractOver,
        Some(Why::Ahead { .. }) => ErrorCode::ContractAhead,
        Some(Why::Unpaid) => ErrorCode::ContractUnpaid,
        Some(Why::Spent) => ErrorCode::ContractSpent,
        Some(Why::Line | Why::Channel) => ErrorCode::ContractNarrow,
        Some(Why::NoContract) | None => ErrorCode::ContractNone,
    }
}

/// A refusal as a command's answer.
pub(crate) fn refused(refusal: &Refusal) -> UiError {
    UiError { code: code_of(refusal), message: format!("refused: {:?}", refusal.code), retry: refusal.retry }
}

/// A failure of this machine's own files.
pub(crate) fn local(error: HistoryError) -> UiError {
    match error {
        HistoryError::DiskFull => UiError::temporary(ErrorCode::DiskFull, error),
        HistoryError::Damaged => UiError::temporary(ErrorCode::FileDamaged, error),
        HistoryError::File(_) => UiError::temporary(ErrorCode::FileUnreadable, error),
        error => {
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            tracing::error!(%error, cause, "the profile's files failed");
            UiError::permanent(ErrorCode::Internal, error)
        }
    }
}
