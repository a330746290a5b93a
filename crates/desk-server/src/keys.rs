//! Keys of the API from the command line, for who has the desk's files; the desk may run meanwhile.

use std::path::Path;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use opora_desk::{Desk, DeskError, StoreError, store::ListingStore};
use opora_desk_store::SqliteStore;
use opora_domain::{
    KeyId,
    api::{self, Card, Key},
};
use opora_runtime::{Clock, Rng};

use crate::identity::{Identity, IdentityError};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// There is no desk in the folder.
    #[error("there is no desk in this folder")]
    NoDesk,
    /// The card makes no sense.
    #[error(transparent)]
    Card(#[from] api::CardError),
    /// The data cannot be opened.
    #[error("the data cannot be opened")]
    Store(#[from] StoreError),
    /// The desk did not do it.
    #[error("the desk did not do it")]
    Desk(#[from] DeskError),
    /// The desk's own key cannot be read.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// No key of this id holds.
    #[error("no key of this id holds")]
    Unknown,
}

/// The desk without its tasks, for one operation.
async fn open(data: &Path) -> Result<(Desk<SqliteStore>, SqliteStore), KeysError> {
    let (file, rng) = (data.join("desk.db"), Rng::system());
    if !file.exists() {
        return Err(KeysError::NoDesk);
    }
    let store = SqliteStore::open(&file, &rng).await?;
    Ok((Desk::over(store.clone(), Clock::system(), rng).await?, store))
}

/// Gives out a key. Its text is nowhere but in the answer.
///
/// # Errors
/// [`KeysError`].
pub async fn make(data: &Path, card: Card) -> Result<(KeyId, String), KeysError> {
    let (desk, store) = open(data).await?;
    let now = desk.clock().now();
    card.check(now)?;
    let text = api::text(&URL_SAFE_NO_PAD.encode(desk.rng().bytes::<32>()));
    let key = KeyId(desk.rng().uuid_v7(now));
    let hash = api::hash(&text).ok_or(KeysError::Unknown)?;
    let given = desk.give_key(key, card, hash).await;
    store.close().await;
    given?;
    Ok((key, text))
}

/// All keys, the revoked ones too.
///
/// # Errors
/// [`KeysError`].
pub async fn list(data: &Path) -> Result<Vec<Key>, KeysError> {
    let (desk, store) = open(data).await?;
    let keys = desk.store().keys().await;
    store.close().await;
    Ok(keys?)
}

/// The authority that the desk's TLS hangs on, as PEM: a program that comes with a key trusts it, and nothing else.
///
/// # Errors
/// [`KeysError`].
pub fn authority(data: &Path) -> Result<String, KeysError> {
    if !data.join("desk.key").exists() {
        return Err(KeysError::NoDesk);
    }
    Ok(Identity::load(data, &Rng::system())?.authority()?)
}

/// Takes a key back.
///
/// # Errors
/// [`KeysError::Unknown`] when it did not hold.
pub async fn revoke(data: &Path, key: KeyId) -> Result<(), KeysError> {
    let (desk, store) = open(data).await?;
    let taken = desk.take_key(key).await;
    store.close().await;
    if taken? { Ok(()) } else { Err(KeysError::Unknown) }
}
