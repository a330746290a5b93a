//! What the client makes of the log, kept beside it, so that a start does not read all of it again.
//!
//! It is true through the `seq` that it says itself, or it is not there: an event that is erased takes
//! it away in the same statement (a trigger of the file), and rules other than those that made it do not read it.

use futures_util::TryStreamExt;
use sqlx::{Connection, SqliteConnection};

use crate::{HistoryError, cache::Cache, error::at, vault::AccountId};

const RULES: &str = "SELECT rules FROM kept_state WHERE account = ?1";
const SET_RULES: &str = "
INSERT INTO kept_state (account, rules) VALUES (?1, ?2) ON CONFLICT (account) DO UPDATE SET rules = excluded.rules";
const ROWS: &str = "SELECT part, key, body FROM kept WHERE account = ?1 ORDER BY part, key";
const PUT: &str = "
INSERT INTO kept (account, part, key, body) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (account, part, key) DO UPDATE SET body = excluded.body";
const DROP: &str = "DELETE FROM kept WHERE account = ?1 AND part = ?2 AND key = ?3";
const DROP_ALL: &str = "DELETE FROM kept WHERE account = ?1";

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptRow {
    /// Which part of the whole.
    pub part: &'static str,
    /// Which row of it.
    pub key: String,
    /// The row as JSON; none when it is not there any more.
    pub body: Option<String>,
}

/// What is written of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Rows that changed; the others are as they were written.
    Changes,
    /// All rows; what was written before is not looked at.
    Whole,
}

impl Cache {
    /// Gives each kept row to `take` as part, key and body. False when nothing is kept, or by other rules.
    ///
    /// # Errors
    /// [`HistoryError`]; some rows may have been given then.
    pub async fn kept(
        &self,
        account: AccountId,
        rules: &str,
        mut take: impl FnMut(&str, &str, &str),
    ) -> Result<bool, HistoryError> {
        let mut db = self.database().get().await;
        if kept_by(&mut db, account).await?.as_deref() != Some(rules) {
            return Ok(false);
        }
        let mut rows = sqlx::query_as::<_, (String, String, String)>(ROWS).bind(account.0).fetch(&mut *db);
        while let Some((part, key, body)) = rows.try_next().await.map_err(at("kept.rows"))? {
            take(&part, &key, &body);
        }
        Ok(true)
    }

    /// Writes rows in one transaction. False when changes were given to a whole that is not there: nothing was
    /// written then, and all rows have to be given.
    ///
    /// # Errors
    /// [`HistoryError`]; nothing was written then.
    pub async fn keep(
        &self,
        account: AccountId,
        rules: &str,
        extent: Extent,
        rows: &[KeptRow],
    ) -> Result<bool, HistoryError> {
        let here = at("kept.keep");
        let mut db = self.database().get().await;
        let mut step = db.begin().await.map_err(&here)?;
        match extent {
            Extent::Whole => {
                sqlx::query(DROP_ALL).bind(account.0).execute(&mut *step).await.map_err(&here)?;
            }
            Extent::Changes if kept_by(&mut step, account).await?.as_deref() == Some(rules) => {}
            Extent::Changes => return Ok(false),
        }
        for KeptRow { part, key, body } in rows {
            let query = match body {
                Some(body) => sqlx::query(PUT).bind(account.0).bind(*part).bind(key).bind(body),
                None => sqlx::query(DROP).bind(account.0).bind(*part).bind(key),
            };
            query.execute(&mut *step).await.map_err(&here)?;
        }
        sqlx::query(SET_RULES).bind(account.0).bind(rules).execute(&mut *step).await.map_err(&here)?;
        step.commit().await.map_err(&here)?;
        Ok(true)
    }
}

/// The rules by which it was made.
async fn kept_by(db: &mut SqliteConnection, account: AccountId) -> Result<Option<String>, HistoryError> {
    sqlx::query_scalar(RULES).bind(account.0).fetch_optional(db).await.map_err(at("kept.rules"))
}
