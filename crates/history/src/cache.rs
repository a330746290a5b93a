//! The desk's log as far as it was received, and how far that is.
//!
//! Events are kept as they came, also those that this version does not know. The cursor is stored
//! in the transaction that stores the events it covers: after a power cut both are there or
//! neither, and what is missing is sent again.

use std::path::Path;

use opora_domain::{ConversationId, PersonId, Timestamp};
use serde_json::Value;
use sqlx::{Connection, sqlite::SqliteSynchronous};
use uuid::Uuid;

use crate::{
    HistoryError,
    database::{Database, Design},
    error::at,
    search::{self, words::Stems},
    vault::AccountId,
};

const DESIGN: Design = Design {
    name: "cache",
    synchronous: SqliteSynchronous::Normal,
    migrations: &[
        include_str!("../migrations/cache/0001.sql"),
        include_str!("../migrations/cache/0002.sql"),
        include_str!("../migrations/cache/0003.sql"),
    ],
    check: false,
    can_be_rebuilt: true,
};

/// An event as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEvent {
    /// Whose log; may be the name of a kind of stream that this version does not know.
    pub stream: String,
    /// Place in the stream, from 1.
    pub seq: i64,
    /// Place in the desk's whole log.
    pub gseq: i64,
    /// Its id.
    pub id: Uuid,
    /// The desk's clock.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<PersonId>,
    /// What happened; `is` names the kind.
    pub body: Value,
}

pub(crate) type Row = (String, i64, i64, Vec<u8>, i64, Option<Vec<u8>>, String);

const BEGIN_FEED: &str = "
INSERT INTO feed (account, epoch, cursor) VALUES (?1, ?2, 0)
    ON CONFLICT (account) DO UPDATE SET epoch = excluded.epoch, cursor = 0";
const FEED: &str = "SELECT epoch, cursor FROM feed WHERE account = ?1";
const COPY_ASIDE: &str = "VACUUM INTO ?1";
const FORGET_EVENTS: &str = "DELETE FROM event WHERE account = ?1";
const ADVANCE: &str = "UPDATE feed SET cursor = max(cursor, ?2) WHERE account = ?1";
const ADD: &str = "
INSERT INTO event (account, stream, seq, gseq, id, at, by, kind, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
    ON CONFLICT (account, stream, seq) DO NOTHING";
const ALL: &str = "
SELECT stream, seq, gseq, id, at, by, body FROM event WHERE account = ?1 ORDER BY stream, seq";
const RANGE: &str = "
SELECT stream, seq, gseq, id, at, by, body FROM event
 WHERE account = ?1 AND stream = ?2 AND seq BETWEEN ?3 AND ?4 ORDER BY seq";
/// Words of a talk whose time has come.
const FORGET_TALK: &str = "
UPDATE event SET kind = 'erased', body = '{\"is\":\"erased\"}'
 WHERE account = ?1 AND stream LIKE 'conversation/' || ?2 || '/%'
   AND kind IN ('said', 'conversation_opened', 'rated', 'session_asked', 'ticket_noted')";
const FORGET_ASKED: &str = "
UPDATE event SET kind = 'erased', body = '{\"is\":\"erased\"}'
 WHERE account = ?1 AND kind = 'request_asked' AND json_extract(body, '$.request') = ?2";
/// Words of a person, also where they were copied for others, what introduced that person, numbers to call
/// and wishes.
const FORGET_PERSON: &str = "
UPDATE event SET kind = 'erased', body = '{\"is\":\"erased\"}'
 WHERE account = ?1
   AND ((by = ?2 AND kind IN ('said', 'conversation_opened', 'request_asked', 'rated', 'session_asked', 'ticket_noted'))
     OR (by = ?2 AND kind = 'contract' AND json_extract(body, '$.what') = 'renewal_asked')
     OR (kind = 'copied' AND json_extract(body, '$.by') = ?3)
     OR (kind IN ('hours', 'ticket_noted')
         AND coalesce(json_extract(body, '$.request'), substr(stream, 14, 36)) IN (
           SELECT coalesce(json_extract(body, '$.request'), substr(stream, 14, 36)) FROM event
            WHERE account = ?1 AND kind IN ('request_asked', 'conversation_opened') AND json_extract(body, '$.customer') = ?3))
     OR (kind IN ('person_invited', 'joined', 'ticket_made', 'request_asked', 'structure', 'device')
         AND coalesce(json_extract(body, '$.customer'), json_extract(body, '$.person')) = ?3))";
/// What was said in tickets of a person, and who was named there.
const FORGET_TICKETS: &str = "
UPDATE event SET kind = 'erased', body = '{\"is\":\"erased\"}'
 WHERE account = ?1 AND kind = 'ticket'
   AND (json_extract(body, '$.person') = ?2
     OR json_extract(body, '$.ticket') IN (
          SELECT json_extract(body, '$.draft.id') FROM event
           WHERE account = ?1 AND kind = 'ticket_made' AND json_extract(body, '$.customer') = ?2))";
/// Words of a person in tickets of others; what was changed beside them stays.
const FORGET_COMMENTS: &str = "
UPDATE event SET body = json_remove(body, '$.comment') WHERE account = ?1 AND kind = 'ticket' AND by = ?2";
/// The write-ahead log holds older pages, with what was on them.
const EMPTY_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
const HEADS: &str = "SELECT stream, head FROM stream_head WHERE account = ?1 ORDER BY stream";
const BY_ID: &str = "
SELECT stream, seq, gseq, id, at, by, body FROM event WHERE account = ?1 AND id = ?2 LIMIT 1";
/// What is a line of a conversation; read marks are not.
const WINDOW: &str = "
SELECT stream, seq, gseq, id, at, by, body FROM event
 WHERE account = ?1 AND stream = ?2 AND seq < ?3
   AND kind IN ('said', 'conversation_opened', 'joined', 'session_asked', 'session_moved', 'ticket_noted', 'closed', 'rated',
                'keeping', 'transfer', 'participant')
 ORDER BY seq DESC LIMIT ?4";

/// `cache.db`.
pub struct Cache {
    database: Database,
    stems: Stems,
}

impl Cache {
    /// Opens or makes the file; a damaged one is moved aside.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn open(profile: &Path, now: Timestamp) -> Result<Self, HistoryError> {
        let database = Database::open(profile, &DESIGN, now).await?;
        search::ensure(&mut *database.get().await).await?;
        // A kill while something was erased may have left what was there before.
        sqlx::query(EMPTY_LOG).execute(&mut *database.get().await).await.map_err(at("cache.open"))?;
        Ok(Self { database, stems: Stems::default() })
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    pub(crate) fn stems(&self) -> &Stems {
        &self.stems
    }

    /// The feed that the stored events belong to, and the cursor in it.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn feed(&self, account: AccountId) -> Result<Option<(Uuid, i64)>, HistoryError> {
        let mut db = self.database.get().await;
        let row: Option<(Vec<u8>, i64)> =
            sqlx::query_as(FEED).bind(account.0).fetch_optional(&mut *db).await.map_err(at("cache.feed"))?;
        match row {
            None => Ok(None),
            Some((epoch, cursor)) => {
                Ok(Some((Uuid::from_slice(&epoch).map_err(|_| HistoryError::Row("cache.feed"))?, cursor)))
            }
        }
    }

    /// Begins a feed at cursor 0. When another feed was stored before (the desk was restored from a
    /// backup), the file is first copied aside as it is: it may hold what the desk has lost.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn begin_feed(&self, account: AccountId, epoch: Uuid, now: Timestamp) -> Result<(), HistoryError> {
        let had_another = self.feed(account).await?.is_some();
        let mut db = self.database.get().await;
        if had_another {
            let aside = format!("{}.feed-{}", self.database.path().display(), now.0);
            sqlx::query(COPY_ASIDE).bind(aside).execute(&mut *db).await.map_err(at("cache.copy_aside"))?;
        }
        let mut step = db.begin().await.map_err(at("cache.begin_feed"))?;
        search::begin(&mut step, account).await?;
        sqlx::query(FORGET_EVENTS).bind(account.0).execute(&mut *step).await.map_err(at("cache.begin_feed"))?;
        sqlx::query(BEGIN_FEED)
            .bind(account.0)
            .bind(epoch.as_bytes().as_slice())
            .execute(&mut *step)
            .await
            .map_err(at("cache.begin_feed"))?;
        step.commit().await.map_err(at("cache.begin_feed"))
    }

    /// Stores events and, when one is given, the cursor that covers them, in one transaction.
    /// Events that are here already stay as they are.
    ///
    /// # Errors
    /// [`HistoryError`]; nothing was stored then.
    pub async fn apply(
        &self,
        account: AccountId,
        events: &[StoredEvent],
        cursor: Option<i64>,
    ) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let mut step = db.begin().await.map_err(at("cache.apply"))?;
        for event in events {
            let kind = event.body.get("is").and_then(Value::as_str).unwrap_or_default();
            sqlx::query(ADD)
                .bind(account.0)
                .bind(&event.stream)
                .bind(event.seq)
                .bind(event.gseq)
                .bind(event.id.as_bytes().as_slice())
                .bind(event.at.0)
                .bind(event.by.map(|by| by.as_bytes().to_vec()))
                .bind(kind)
                .bind(event.body.to_string())
                .execute(&mut *step)
                .await
                .map_err(at("cache.apply"))?;
            search::add(&mut step, account, event, &self.stems).await?;
        }
        if let Some(cursor) = cursor {
            sqlx::query(ADVANCE).bind(account.0).bind(cursor).execute(&mut *step).await.map_err(at("cache.apply"))?;
        }
        step.commit().await.map_err(at("cache.apply"))
    }

    /// Lets go of the words of a talk; headers stay.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn forget_talk(&self, account: AccountId, talk: ConversationId) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        for sql in [FORGET_TALK, FORGET_ASKED] {
            let query = sqlx::query(sql).bind(account.0).bind(talk.to_string());
            query.execute(&mut *db).await.map_err(at("cache.forget_talk"))?;
        }
        search::forget_erased(&mut db, account).await?;
        sqlx::query(EMPTY_LOG).execute(&mut *db).await.map_err(at("cache.forget"))?;
        Ok(())
    }

    /// Lets go of what is a person's; headers stay.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn forget_person(&self, account: AccountId, person: PersonId) -> Result<(), HistoryError> {
        let mut db = self.database.get().await;
        let here = at("cache.forget_person");
        let query = sqlx::query(FORGET_TICKETS).bind(account.0).bind(person.to_string());
        query.execute(&mut *db).await.map_err(&here)?;
        let query = sqlx::query(FORGET_COMMENTS).bind(account.0).bind(person.as_bytes().to_vec());
        query.execute(&mut *db).await.map_err(&here)?;
        let query =
            sqlx::query(FORGET_PERSON).bind(account.0).bind(person.as_bytes().to_vec()).bind(person.to_string());
        query.execute(&mut *db).await.map_err(&here)?;
        search::forget_erased(&mut db, account).await?;
        sqlx::query(EMPTY_LOG).execute(&mut *db).await.map_err(at("cache.forget"))?;
        Ok(())
    }

    /// All events of an account, stream by stream, in their order.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn all(&self, account: AccountId) -> Result<Vec<StoredEvent>, HistoryError> {
        let mut db = self.database.get().await;
        let rows: Vec<Row> = sqlx::query_as(ALL).bind(account.0).fetch_all(&mut *db).await.map_err(at("cache.all"))?;
        rows.into_iter().map(read).collect()
    }

    /// Events of a stream with `seq` in this range, both ends included, in their order.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn range(
        &self,
        account: AccountId,
        stream: &str,
        from: i64,
        to: i64,
    ) -> Result<Vec<StoredEvent>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(RANGE).bind(account.0).bind(stream).bind(from).bind(to);
        let rows: Vec<Row> = query.fetch_all(&mut *db).await.map_err(at("cache.range"))?;
        rows.into_iter().map(read).collect()
    }

    /// The last stored `seq` of each stream.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn heads(&self, account: AccountId) -> Result<Vec<(String, i64)>, HistoryError> {
        let mut db = self.database.get().await;
        sqlx::query_as(HEADS).bind(account.0).fetch_all(&mut *db).await.map_err(at("cache.heads"))
    }

    /// The newest `most` lines of a conversation before a `seq`, oldest first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn window(
        &self,
        account: AccountId,
        stream: &str,
        before: i64,
        most: i64,
    ) -> Result<Vec<StoredEvent>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(WINDOW).bind(account.0).bind(stream).bind(before).bind(most);
        let rows: Vec<Row> = query.fetch_all(&mut *db).await.map_err(at("cache.window"))?;
        rows.into_iter().rev().map(read).collect()
    }

    /// An event by its id.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn by_id(&self, account: AccountId, id: Uuid) -> Result<Option<StoredEvent>, HistoryError> {
        let mut db = self.database.get().await;
        let query = sqlx::query_as(BY_ID).bind(account.0).bind(id.as_bytes().as_slice());
        let row: Option<Row> = query.fetch_optional(&mut *db).await.map_err(at("cache.by_id"))?;
        row.map(read).transpose()
    }
}

pub(crate) fn read((stream, seq, gseq, id, event_at, by, body): Row) -> Result<StoredEvent, HistoryError> {
    let broken = || HistoryError::Row("cache.event");
    Ok(StoredEvent {
        stream,
        seq,
        gseq,
        id: Uuid::from_slice(&id).map_err(|_| broken())?,
        at: Timestamp(event_at),
        by: by.map(|by| PersonId::from_slice(&by).ok_or_else(broken)).transpose()?,
        body: serde_json::from_str(&body).map_err(|_| broken())?,
    })
}
