//! Operations that wait for the desk (D10).
//!
//! `Queued` → `Inflight` → `Acked` → gone, or back to `Queued` after a temporary error, or `Stuck`
//! after a refusal. A row goes when the desk's log, as stored in the cache, holds what it asked
//! for, or when the person drops it. Only the head of a lane may be sent, and only once the
//! uploads it needs are done; a stuck head stops its lane.

use opora_domain::{OpId, Timestamp};
use sqlx::Connection;

use super::{AccountId, Vault, draft};
use crate::{HistoryError, error::at};

/// Where an operation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpState {
    /// Waits for its turn.
    Queued,
    /// Was sent; the answer is not here.
    Inflight,
    /// The desk has it; its event is not here yet.
    Acked,
    /// Refused; the person chooses.
    Stuck,
}

/// An operation to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOp {
    /// Idempotency key.
    pub op: OpId,
    /// Lane.
    pub lane: String,
    /// Short name of what it is.
    pub kind: &'static str,
    /// JSON.
    pub body: String,
    /// Hashes of uploads that must be done first.
    pub needs: Vec<String>,
}

/// A queued operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Order.
    pub id: i64,
    /// Idempotency key.
    pub op: OpId,
    /// Lane.
    pub lane: String,
    /// Short name of what it is.
    pub kind: String,
    /// JSON.
    pub body: String,
    /// Where it stands.
    pub state: OpState,
    /// Times it was sent.
    pub attempts: u32,
    /// Not before this moment.
    pub next_at: Timestamp,
    /// Why it is stuck: JSON.
    pub code: Option<String>,
    /// When it was written.
    pub made_at: Timestamp,
}

type Row = (i64, Vec<u8>, String, String, String, String, i64, i64, Option<String>, i64);

const ADD: &str = "
INSERT INTO outbox (account, op_id, lane, kind, body, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
const ADD_NEED: &str = "INSERT INTO outbox_need (op, hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const LANE_IS_USED: &str = "SELECT count(*) FROM outbox WHERE account = ?1 AND lane = ?2";
const ALL: &str = "
SELECT id, op_id, lane, kind, body, state, attempts, next_at, code, made_at
  FROM outbox WHERE account = ?1 ORDER BY id";
const ONE: &str = "
SELECT id, op_id, lane, kind, body, state, attempts, next_at, code, made_at
  FROM outbox WHERE account = ?1 AND op_id = ?2";
/// Only the head of a lane may go: what waits behind it must not overtake.
const DUE_HEADS: &str = "
SELECT op.id, op.op_id, op.lane, op.kind, op.body, op.state, op.attempts, op.next_at, op.code, op.made_at
  FROM outbox op
 WHERE op.account = ?1 AND op.state = 'queued' AND op.next_at <= ?2
   AND op.id = (SELECT min(head.id) FROM outbox head
                 WHERE head.account = op.account AND head.lane = op.lane AND head.state <> 'acked')
   AND NOT EXISTS (SELECT 1 FROM outbox_need need
                     JOIN outbox upload ON upload.account = op.account AND upload.lane = 'upload:' || need.hash
                    WHERE need.op = op.id)
 ORDER BY op.id LIMIT ?3";
const NEXT_DUE: &str = "SELECT min(next_at) FROM outbox WHERE account = ?1 AND state = 'queued' AND next_at > ?2";
const BEGIN: &str = "UPDATE outbox SET state = 'inflight', attempts = attempts + 1 WHERE id = ?1";
const AGAIN: &str = "UPDATE outbox SET state = 'queued', next_at = ?2 WHERE id = ?1 AND state = 'inflight'";
const ACK: &str = "UPDATE outbox SET state = 'acked' WHERE id = ?1";
const STICK: &str = "UPDATE outbox SET state = 'stuck', code = ?2 WHERE id = ?1";
const UNSTICK: &str = "
UPDATE outbox SET state = 'queued', code = NULL, next_at = 0
 WHERE account = ?1 AND op_id = ?2 AND state = 'stuck' RETURNING id";
const REMOVE: &str = "DELETE FROM outbox WHERE account = ?1 AND op_id = ?2";
const REPLACE_QUEUED: &str = "DELETE FROM outbox WHERE account = ?1 AND lane = ?2 AND state IN ('queued', 'stuck')";
const RECOVER: &str = "UPDATE outbox SET state = 'queued', next_at = 0 WHERE account = ?1 AND state = 'inflight'";
const WAKE: &str = "UPDATE outbox SET next_at = 0 WHERE account = ?1 AND state = 'queued'";
const LOCATION: &str = "SELECT location FROM upload WHERE account = ?1 AND hash = ?2";
const SET_LOCATION: &str = "
INSERT INTO upload (account, hash, location) VALUES (?1, ?2, ?3)
    ON CONFLICT (account, hash) DO UPDATE SET location = excluded.location";
const FORGET_LOCATION: &str = "DELETE FROM upload WHERE account = ?1 AND hash = ?2";

impl Vault {
    /// Queues operations in one transaction. An upload whose lane is in use is under way already
    /// and not queued twice; the draft that an operation was made of is none any more.
    ///
    /// # Errors
    /// [`HistoryError`]; nothing was queued then.
    pub async fn enqueue(&self, account: AccountId, ops: &[NewOp], now: Timestamp) -> Result<(), HistoryError> {
        let err = || at("vault.enqueue");
        let mut db = self.database.get().await;
        let mut step = db.begin().await.map_err(err())?;
        for op in ops {
            if op.kind == "upload" {
                let query = sqlx::query_scalar(LANE_IS_USED).bind(account.0).bind(&op.lane);
                let used: i64 = query.fetch_one(&mut *step).await.map_err(err())?;
                if used > 0 {
                    continue;
                }
            }
            if op.kind == "see" {
                let query = sqlx::query(REPLACE_QUEUED).bind(account.0).bind(&op.lane);
                query.execute(&mut *step).await.map_err(err())?;
            }
            let query = sqlx::query(draft::DROP).bind(account.0).bind(op.op.as_bytes());
            query.execute(&mut *step).await.map_err(err())?;
            let id: i64 = sqlx::query_scalar(ADD)
                .bind(account.0)
                .bind(op.op.as_bytes())
                .bind(&op.lane)
                .bind(op.kind)
                .bind(&op.body)
                .bind(now.0)
                .fetch_one(&mut *step)
                .await
                .map_err(err())?;
            for hash in &op.needs {
                sqlx::query(ADD_NEED).bind(id).bind(hash).execute(&mut *step).await.map_err(err())?;
            }
        }
        step.commit().await.map_err(err())
    }

    /// Everything that is queued, oldest first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn outbox(&self, account: AccountId) -> Result<Vec<OutboxRow>, HistoryError> {
        let mut db = self.database.get().await;
        let rows: Vec<Row> =
            sqlx::query_as(ALL).bind(account.0).fetch_all(&mut *db).await.map_err(at("vault.outbox"))?;
        rows.into_iter().map(read).collect()
    }

    /// One operation; none when it is gone.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn queued(&self, account: AccountId, op: OpId) -> Result<Option<OutboxRow>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(ONE).bind(account.0).bind(op.as_bytes());
        let row: Option<Row> = query.fetch_optional(&mut *db).await.map_err(at("vault.queued"))?;
        row.map(read).transpose()
    }

    /// The operations that may be sent now, one a lane, oldest first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn due_heads(
        &self,
        account: AccountId,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<OutboxRow>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(DUE_HEADS).bind(account.0).bind(now.0).bind(most);
        let rows: Vec<Row> = query.fetch_all(&mut *db).await.map_err(at("vault.due_heads"))?;
        rows.into_iter().map(read).collect()
    }

    /// When the next operation that waits for its time is due.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn next_due(&self, account: AccountId, now: Timestamp) -> Result<Option<Timestamp>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_scalar(NEXT_DUE).bind(account.0).bind(now.0);
        let due: Option<i64> = query.fetch_one(&mut *db).await.map_err(at("vault.next_due"))?;
        Ok(due.map(Timestamp))
    }

    /// It is about to be sent; counted before, so that one that kills the program shows.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn begin(&self, row: i64) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(BEGIN).bind(row).execute(&mut *db).await.map_err(at("vault.begin"))?;
        Ok(())
    }

    /// A temporary error: again, not before `next_at`.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn again(&self, row: i64, next_at: Timestamp) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(AGAIN).bind(row).bind(next_at.0).execute(&mut *db).await.map_err(at("vault.again"))?;
        Ok(())
    }

    /// The desk has it.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn ack(&self, row: i64) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(ACK).bind(row).execute(&mut *db).await.map_err(at("vault.ack"))?;
        Ok(())
    }

    /// Refused for good; `code` is kept so that it can be shown after a restart.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn stick(&self, row: i64, code: &str) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(STICK).bind(row).bind(code).execute(&mut *db).await.map_err(at("vault.stick"))?;
        Ok(())
    }

    /// Puts what is left of an operation in its place, for the person to choose; nothing is left when none.
    ///
    /// # Errors
    /// [`HistoryError`]; nothing was changed then.
    pub async fn set_aside(
        &self,
        account: AccountId,
        op: OpId,
        left: Option<(&NewOp, &str)>,
        now: Timestamp,
    ) -> Result<(), HistoryError> {
        let here = at("vault.set_aside");
        let mut db = self.database.get().await;
        let mut step = db.begin().await.map_err(&here)?;
        sqlx::query(REMOVE).bind(account.0).bind(op.as_bytes()).execute(&mut *step).await.map_err(&here)?;
        if let Some((left, code)) = left {
            let query = sqlx::query_scalar(ADD).bind(account.0).bind(left.op.as_bytes()).bind(&left.lane);
            let query = query.bind(left.kind).bind(&left.body).bind(now.0);
            let row: i64 = query.fetch_one(&mut *step).await.map_err(&here)?;
            sqlx::query(STICK).bind(row).bind(code).execute(&mut *step).await.map_err(&here)?;
        }
        step.commit().await.map_err(&here)
    }

    /// The person wants a stuck one sent again. False when it is not stuck.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn unstick(&self, account: AccountId, op: OpId) -> Result<bool, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_scalar(UNSTICK).bind(account.0).bind(op.as_bytes());
        let row: Option<i64> = query.fetch_optional(&mut *db).await.map_err(at("vault.unstick"))?;
        Ok(row.is_some())
    }

    /// Takes operations out: their events are stored, they left no event, or the person dropped them.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn remove(&self, account: AccountId, ops: &[OpId]) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let mut step = db.begin().await.map_err(at("vault.remove"))?;
        for op in ops {
            let query = sqlx::query(REMOVE).bind(account.0).bind(op.as_bytes());
            query.execute(&mut *step).await.map_err(at("vault.remove"))?;
        }
        step.commit().await.map_err(at("vault.remove"))
    }

    /// After a start: what was in flight may or may not have arrived, and is sent again.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn recover(&self, account: AccountId) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(RECOVER).bind(account.0).execute(&mut *db).await.map_err(at("vault.recover"))?;
        Ok(())
    }

    /// The network is back: nothing waits for its time any longer.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn wake(&self, account: AccountId) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query(WAKE).bind(account.0).execute(&mut *db).await.map_err(at("vault.wake"))?;
        Ok(())
    }

    /// Where the desk collects this upload.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn upload_location(&self, account: AccountId, hash: &str) -> Result<Option<String>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_scalar(LOCATION).bind(account.0).bind(hash);
        query.fetch_optional(&mut *db).await.map_err(at("vault.upload_location"))
    }

    /// Remembers where the desk collects this upload; none forgets it.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn set_upload_location(
        &self,
        account: AccountId,
        hash: &str,
        location: Option<&str>,
    ) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let query = match location {
            Some(location) => sqlx::query(SET_LOCATION).bind(account.0).bind(hash).bind(location.to_owned()),
            None => sqlx::query(FORGET_LOCATION).bind(account.0).bind(hash),
        };
        query.execute(&mut *db).await.map_err(at("vault.set_upload_location"))?;
        Ok(())
    }
}

fn read(row: Row) -> Result<OutboxRow, HistoryError> {
    let broken = || HistoryError::Row("vault.outbox");
    let (id, op, lane, kind, body, state, attempts, next_at, code, made_at) = row;
    let state = match state.as_str() {
        "queued" => OpState::Queued,
        "inflight" => OpState::Inflight,
        "acked" => OpState::Acked,
        "stuck" => OpState::Stuck,
        _ => return Err(broken()),
    };
    Ok(OutboxRow {
        id,
        op: OpId::from_slice(&op).ok_or_else(broken)?,
        lane,
        kind,
        body,
        state,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        next_at: Timestamp(next_at),
        code,
        made_at: Timestamp(made_at),
    })
}
