//! Choices of the person, as JSON under a name.

use std::collections::BTreeMap;

use super::{AccountId, Vault};
use crate::{HistoryError, error::at};

const SET: &str = "
INSERT INTO setting (account, name, value) VALUES (?1, ?2, ?3)
    ON CONFLICT (account, name) DO UPDATE SET value = excluded.value";
const ALL: &str = "SELECT name, value FROM setting WHERE account = ?1 ORDER BY name";

impl Vault {
    /// Keeps a choice.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn set(&self, account: AccountId, name: &str, value: &str) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query(SET).bind(account.0).bind(name).bind(value);
        query.execute(&mut *db).await.map_err(at("vault.set"))?;
        Ok(())
    }

    /// All choices.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn settings(&self, account: AccountId) -> Result<BTreeMap<String, String>, HistoryError> {
        let mut db = self.database.get().await;
        let rows: Vec<(String, String)> =
            sqlx::query_as(ALL).bind(account.0).fetch_all(&mut *db).await.map_err(at("vault.settings"))?;
        Ok(rows.into_iter().collect())
    }
}
