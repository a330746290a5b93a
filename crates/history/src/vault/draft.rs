//! What is being written and was not sent: kept as long as the person wants.

use opora_domain::{OpId, Timestamp};

use super::{AccountId, Vault};
use crate::{HistoryError, error::at};

/// Something unfinished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Becomes the operation's id, so that sending twice is sending once.
    pub id: OpId,
    /// JSON.
    pub body: String,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

const PUT: &str = "
INSERT INTO draft (account, id, kind, body, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (account, id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at";
const ALL: &str = "
SELECT id, body, changed_at FROM draft WHERE account = ?1 AND kind = ?2 ORDER BY changed_at DESC, id DESC";
const ONE: &str = "SELECT id, body, changed_at FROM draft WHERE account = ?1 AND kind = ?2 AND id = ?3";
pub(super) const DROP: &str = "DELETE FROM draft WHERE account = ?1 AND id = ?2";

impl Vault {
    /// Keeps it, in place of what was kept under this id.
    ///
    /// # Errors
    /// [`HistoryError`]; what was kept before is kept then.
    pub async fn put_draft(&self, account: AccountId, kind: &str, row: &DraftRow) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query(PUT).bind(account.0).bind(row.id.as_bytes()).bind(kind).bind(&row.body);
        query.bind(row.changed_at.0).execute(&mut *db).await.map_err(at("vault.put_draft"))?;
        Ok(())
    }

    /// All of a kind, the one that was changed last first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn drafts(&self, account: AccountId, kind: &str) -> Result<Vec<DraftRow>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(ALL).bind(account.0).bind(kind);
        query.fetch_all(&mut *db).await.map_err(at("vault.drafts"))?.into_iter().map(row_of).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn draft(&self, account: AccountId, kind: &str, id: OpId) -> Result<Option<DraftRow>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(ONE).bind(account.0).bind(kind).bind(id.as_bytes());
        query.fetch_optional(&mut *db).await.map_err(at("vault.draft"))?.map(row_of).transpose()
    }

    /// Throws it away.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn drop_draft(&self, account: AccountId, id: OpId) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query(DROP).bind(account.0).bind(id.as_bytes());
        query.execute(&mut *db).await.map_err(at("vault.drop_draft"))?;
        Ok(())
    }
}

fn row_of((id, body, changed_at): (Vec<u8>, String, i64)) -> Result<DraftRow, HistoryError> {
    let id = OpId::from_slice(&id).ok_or(HistoryError::Row("vault.draft"))?;
    Ok(DraftRow { id, body, changed_at: Timestamp(changed_at) })
}
