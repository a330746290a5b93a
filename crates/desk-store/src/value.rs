//! Reading and writing single values.

use opora_desk::store::{Answer, StoreError};
use opora_domain::PublicKey;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Reads 16 bytes.
pub(crate) fn id<T: From16>(bytes: &[u8], place: &'static str) -> Answer<T> {
    Uuid::from_slice(bytes).map(T::from16).map_err(|_| StoreError::Corrupt(place))
}

/// Reads 32 bytes.
pub(crate) fn key(bytes: &[u8], place: &'static str) -> Answer<PublicKey> {
    PublicKey::from_slice(bytes).map_err(|_| StoreError::Corrupt(place))
}

/// Reads JSON.
pub(crate) fn json<T: DeserializeOwned>(text: &str, place: &'static str) -> Answer<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt(place))
}

/// Writes JSON.
pub(crate) fn to_json<T: Serialize>(value: &T, place: &'static str) -> Answer<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt(place))
}

/// Reads the name of a unit variant, as serde writes it.
pub(crate) fn word<T: DeserializeOwned>(text: &str, place: &'static str) -> Answer<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| StoreError::Corrupt(place))
}

/// Writes the name of a unit variant, as serde does.
pub(crate) fn to_word<T: Serialize>(value: &T, place: &'static str) -> Answer<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Corrupt(place)),
    }
}

/// A count from a column.
pub(crate) fn count<T: TryFrom<i64>>(number: i64, place: &'static str) -> Answer<T> {
    T::try_from(number).map_err(|_| StoreError::Corrupt(place))
}

/// A size for a column.
pub(crate) fn to_column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An id made of 16 bytes.
pub(crate) trait From16 {
    fn from16(uuid: Uuid) -> Self;
}

macro_rules! from16 {
    ($($name:ident),+) => {$(
        impl From16 for opora_domain::$name {
            fn from16(uuid: Uuid) -> Self { Self(uuid) }
        }
    )+};
}

from16!(
    PersonId,
    OrganisationId,
    ContractId,
    LineId,
    GroupId,
    RequestId,
    ConversationId,
    TicketId,
    SessionId,
    InvitationId,
    TransferId,
    KeyId,
    WebhookId
);

impl From16 for Uuid {
    fn from16(uuid: Uuid) -> Self {
        uuid
    }
}
