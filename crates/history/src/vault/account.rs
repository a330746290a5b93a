//! Who one is at which desk.

use opora_domain::{PersonId, PublicKey, Timestamp, certificate::Certificate, key::KeyHash, role::Role};

use super::Vault;
use crate::{HistoryError, error::at};

/// Names an account in every key of vault and cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Settings of the profile itself, not of one account.
pub const PROFILE: AccountId = AccountId(0);

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// `host:port` of the desk.
    pub address: String,
    /// The desk's pin.
    pub desk: KeyHash,
    /// The organisation's key, as the invite pinned it.
    pub organisation_key: PublicKey,
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The support firm.
    pub desk_name: String,
    /// The firm or client organisation of the person.
    pub organisation: String,
    /// This device's proof.
    pub certificate: Certificate,
}

type Row = (i64, String, Vec<u8>, Vec<u8>, Vec<u8>, String, String, String, String, String);

const KEEP: &str = "
INSERT INTO account (address, desk, organisation_key, person, name, role, desk_name, organisation, certificate, made_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    ON CONFLICT (desk) DO UPDATE SET address = excluded.address, organisation_key = excluded.organisation_key,
       person = excluded.person, name = excluded.name, role = excluded.role, desk_name = excluded.desk_name,
       organisation = excluded.organisation, certificate = excluded.certificate
RETURNING id";
const ALL: &str = "
SELECT id, address, desk, organisation_key, person, name, role, desk_name, organisation, certificate
  FROM account ORDER BY id";

impl Vault {
    /// Keeps an account; the one at the same desk is replaced.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn keep_account(&self, account: &Account, now: Timestamp) -> Result<AccountId, HistoryError> {
        let broken = |_| HistoryError::Row("vault.keep_account");
        let mut db = self.database.get().await;
        let id = sqlx::query_scalar(KEEP)
            .bind(&account.address)
            .bind(account.desk.0.as_slice())
            .bind(account.organisation_key.0.as_slice())
            .bind(account.person.as_bytes())
            .bind(&account.name)
            .bind(serde_json::to_string(&account.role).map_err(broken)?)
            .bind(&account.desk_name)
            .bind(&account.organisation)
            .bind(serde_json::to_string(&account.certificate).map_err(broken)?)
            .bind(now.0)
            .fetch_one(&mut *db)
            .await
            .map_err(at("vault.keep_account"))?;
        Ok(AccountId(id))
    }

    /// All accounts, oldest first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn accounts(&self) -> Result<Vec<(AccountId, Account)>, HistoryError> {
        let mut db = self.database.get().await;
        let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(&mut *db).await.map_err(at("vault.accounts"))?;
        rows.into_iter().map(|row| read(row).ok_or(HistoryError::Row("vault.accounts"))).collect()
    }
}

fn read(row: Row) -> Option<(AccountId, Account)> {
    let (id, address, desk, organisation_key, person, name, role, desk_name, organisation, certificate) = row;
    let account = Account {
        address,
        desk: KeyHash(desk.try_into().ok()?),
        organisation_key: PublicKey::from_slice(&organisation_key).ok()?,
        person: PersonId::from_slice(&person)?,
        name,
        role: serde_json::from_str(&role).ok()?,
        desk_name,
        organisation,
        certificate: serde_json::from_str(&certificate).ok()?,
    };
    Some((AccountId(id), account))
}
