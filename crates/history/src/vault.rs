//! What exists nowhere else: accounts, settings, drafts, the outbox.
//!
//! Every commit is synced to the disk before it counts (`synchronous=FULL`): a person is told
//! "saved" only afterwards.

mod account;
mod draft;
mod outbox;
mod setting;

use std::path::Path;

use opora_domain::Timestamp;
use sqlx::sqlite::SqliteSynchronous;

pub use account::{Account, AccountId, PROFILE};
pub use draft::DraftRow;
pub use outbox::{NewOp, OpState, OutboxRow};

use crate::{
    HistoryError,
    database::{Database, Design},
};

const DESIGN: Design = Design {
    name: "vault",
    synchronous: SqliteSynchronous::Full,
    migrations: &[include_str!("../migrations/vault/0001.sql"), include_str!("../migrations/vault/0002.sql")],
    check: true,
    can_be_rebuilt: false,
};

/// `vault.db`.
pub struct Vault {
    database: Database,
}

impl Vault {
    /// Opens or makes the file; a damaged one is moved aside.
    ///
    /// # Errors
    /// [`HistoryError`]; [`HistoryError::Newer`] leaves the file untouched.
    pub async fn open(profile: &Path, now: Timestamp) -> Result<Self, HistoryError> {
        Ok(Self { database: Database::open(profile, &DESIGN, now).await? })
    }
}
