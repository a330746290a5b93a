//! Finding messages by their words: FTS5 in `cache.db`, filled in the transaction that stores them.
//!
//! What was stored before the index existed, or by older rules, is put in step by step
//! ([`Cache::index_more`]); until then it is found as far as it is in. The whole index can be made
//! anew from the log at any time: when its table is missing, opening makes an empty one.

pub mod words;

use serde_json::Value;
use sqlx::{Connection, SqliteConnection};

use self::words::{Query, Stems, VERSION};
use crate::{
    HistoryError,
    cache::{Cache, Row, StoredEvent, read},
    error::at,
    vault::AccountId,
};

const SCHEMA: &str = include_str!("../migrations/cache/0002.sql");
const HAS_TABLE: &str = "SELECT count(*) FROM sqlite_master WHERE name IN ('search', 'search_row', 'search_state')";
const DROP: &str = "DROP TABLE IF EXISTS search; DROP TABLE IF EXISTS search_row; DROP TABLE IF EXISTS search_state;";
const ADD_ROW: &str = "
INSERT INTO search_row (account, stream, seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING RETURNING id";
const ADD_WORDS: &str = "INSERT INTO search (rowid, words, stems) VALUES (?1, ?2, ?3)";
const FORGET_WORDS: &str = "DELETE FROM search WHERE rowid IN (SELECT id FROM search_row WHERE account = ?1)";
const FORGET_ROWS: &str = "DELETE FROM search_row WHERE account = ?1";
const FORGET_STATE: &str = "DELETE FROM search_state WHERE account = ?1";
const FORGET_ERASED: &str = "
DELETE FROM search WHERE rowid IN (
  SELECT r.id FROM search_row r JOIN event e ON e.account = r.account AND e.stream = r.stream AND e.seq = r.seq
   WHERE r.account = ?1 AND e.kind = 'erased')";
/// A word that is deleted stays in the index until its segment is merged; erasing is rare enough to merge all.
const MERGE: &str = "INSERT INTO search (search) VALUES ('optimize')";
const FORGET_ERASED_ROWS: &str = "
DELETE FROM search_row WHERE account = ?1 AND id IN (
  SELECT r.id FROM search_row r JOIN event e ON e.account = r.account AND e.stream = r.stream AND e.seq = r.seq
   WHERE r.account = ?1 AND e.kind = 'erased')";
const STATE: &str = "SELECT version, stream, seq, done FROM search_state WHERE account = ?1";
const SET_STATE: &str = "
INSERT INTO search_state (account, version, stream, seq, done) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (account) DO UPDATE
   SET version = excluded.version, stream = excluded.stream, seq = excluded.seq, done = excluded.done";
const NEXT: &str = "
SELECT stream, seq, gseq, id, at, by, body FROM event
 WHERE account = ?1 AND (stream, seq) > (?2, ?3) ORDER BY stream, seq LIMIT ?4";
/// The best by BM25; a word in the text itself weighs more than a relative of it.
const FIND: &str = "
SELECT e.stream, e.seq, e.gseq, e.id, e.at, e.by, e.body
  FROM search f
 CROSS JOIN search_row r ON r.id = f.rowid AND r.account = ?1
 CROSS JOIN event e ON e.account = r.account AND e.stream = r.stream AND e.seq = r.seq
 WHERE search MATCH ?2 AND f.rank MATCH 'bm25(4.0, 1.0)'
 ORDER BY f.rank
 LIMIT ?3";

/// As [`FIND`], of one kind of event; the words are joined by OR, so that BM25 weighs rare ones most.
const ALIKE: &str = "
SELECT e.stream, e.seq, e.gseq, e.id, e.at, e.by, e.body
  FROM search f
 CROSS JOIN search_row r ON r.id = f.rowid AND r.account = ?1
 CROSS JOIN event e ON e.account = r.account AND e.stream = r.stream AND e.seq = r.seq AND e.kind = ?3
 WHERE search MATCH ?2 AND f.rank MATCH 'bm25(1.0, 4.0)'
 ORDER BY f.rank
 LIMIT ?4";

/// Makes the index's tables when one of them is not there.
pub(crate) async fn ensure(db: &mut SqliteConnection) -> Result<(), HistoryError> {
    let tables: i64 = sqlx::query_scalar(HAS_TABLE).fetch_one(&mut *db).await.map_err(at("search.ensure"))?;
    if tables < 3 {
        let mut step = db.begin().await.map_err(at("search.ensure"))?;
        sqlx::raw_sql(DROP).execute(&mut *step).await.map_err(at("search.ensure"))?;
        sqlx::raw_sql(SCHEMA).execute(&mut *step).await.map_err(at("search.ensure"))?;
        step.commit().await.map_err(at("search.ensure"))?;
    }
    Ok(())
}

/// Puts an event's words in, if it has any and they are not in yet. `db` is inside a transaction.
pub(crate) async fn add(
    db: &mut SqliteConnection,
    account: AccountId,
    event: &StoredEvent,
    stems: &Stems,
) -> Result<(), HistoryError> {
    let Some(text) = text_of(&event.body) else { return Ok(()) };
    let row: Option<(i64,)> = sqlx::query_as(ADD_ROW)
        .bind(account.0)
        .bind(&event.stream)
        .bind(event.seq)
        .fetch_optional(&mut *db)
        .await
        .map_err(at("search.add"))?;
    let Some((row,)) = row else { return Ok(()) };
    let words: Vec<String> = words::words(&text).collect();
    let stems: Vec<String> = words.iter().map(|word| stems.of(word)).collect();
    let query = sqlx::query(ADD_WORDS).bind(row).bind(words.join(" ")).bind(stems.join(" "));
    query.execute(db).await.map_err(at("search.add"))?;
    Ok(())
}

/// Forgets an account's index. `db` is inside a transaction.
pub(crate) async fn forget(db: &mut SqliteConnection, account: AccountId) -> Result<(), HistoryError> {
    for sql in [FORGET_WORDS, FORGET_ROWS, FORGET_STATE] {
        sqlx::query(sql).bind(account.0).execute(&mut *db).await.map_err(at("search.forget"))?;
    }
    Ok(())
}

/// Words of events that were erased go, too.
pub(crate) async fn forget_erased(db: &mut SqliteConnection, account: AccountId) -> Result<(), HistoryError> {
    for sql in [FORGET_ERASED, FORGET_ERASED_ROWS] {
        sqlx::query(sql).bind(account.0).execute(&mut *db).await.map_err(at("search.forget_erased"))?;
    }
    sqlx::query(MERGE).execute(db).await.map_err(at("search.forget_erased"))?;
    Ok(())
}

/// A feed begins: nothing is stored, and what comes is put in as it comes. `db` is inside a transaction.
pub(crate) async fn begin(db: &mut SqliteConnection, account: AccountId) -> Result<(), HistoryError> {
    forget(db, account).await?;
    let query = sqlx::query(SET_STATE).bind(account.0).bind(VERSION).bind("").bind(0).bind(true);
    query.execute(db).await.map_err(at("search.begin"))?;
    Ok(())
}

/// What can be looked for in an event; none in what is no line with words.
fn text_of(body: &Value) -> Option<String> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match body.get("is").and_then(Value::as_str)? {
        "said" => {
            let file = body.get("file").map(|file| text(file, "name")).unwrap_or_default();
            Some(format!("{} {file}", text(body, "text")))
        }
        "conversation_opened" => {
            let ask = body.get("ask")?;
            let program = ask.get("program").map(|program| text(program, "name")).unwrap_or_default();
            Some(format!("{} {program}", text(ask, "description")))
        }
        "note" => Some(text(body, "text")),
        "ticket_made" => {
            let draft = body.get("draft")?;
            Some(format!("{} {}", text(draft, "subject"), text(draft, "description")))
        }
        "ticket" => Some(text(body.get("comment")?, "text")).filter(|text| !text.is_empty()),
        _ => None,
    }
}

impl Cache {
    /// Puts up to `most` earlier events in. True when there may be more.
    ///
    /// # Errors
    /// [`HistoryError`]; nothing was put in then.
    pub async fn index_more(&self, account: AccountId, most: i64) -> Result<bool, HistoryError> {
        let here = at("search.index_more");
        let mut db = self.database().get().await;
        let mut step = db.begin().await.map_err(&here)?;
        let state: Option<(i64, String, i64, i64)> =
            sqlx::query_as(STATE).bind(account.0).fetch_optional(&mut *step).await.map_err(&here)?;
        let (stream, seq) = match state {
            Some((VERSION, _, _, 1)) => return Ok(false),
            Some((VERSION, stream, seq, _)) => (stream, seq),
            _ => {
                forget(&mut step, account).await?;
                (String::new(), 0)
            }
        };
        let query = sqlx::query_as(NEXT).bind(account.0).bind(&stream).bind(seq).bind(most);
        let rows: Vec<Row> = query.fetch_all(&mut *step).await.map_err(&here)?;
        let full = i64::try_from(rows.len()).is_ok_and(|many| many >= most);
        let mut place = (stream, seq);
        for row in rows {
            place = (row.0.clone(), row.1);
            add(&mut step, account, &read(row)?, self.stems()).await?;
        }
        let query = sqlx::query(SET_STATE).bind(account.0).bind(VERSION).bind(place.0).bind(place.1);
        query.bind(!full).execute(&mut *step).await.map_err(&here)?;
        step.commit().await.map_err(&here)?;
        Ok(full)
    }

    /// Whether everything that is stored is in the index.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn is_indexed(&self, account: AccountId) -> Result<bool, HistoryError> {
        let mut db = self.database().get().await;
        let state: Option<(i64, String, i64, i64)> =
            sqlx::query_as(STATE).bind(account.0).fetch_optional(&mut *db).await.map_err(at("search.is_indexed"))?;
        Ok(matches!(state, Some((VERSION, _, _, 1))))
    }

    /// The `most` events of one kind that say most of what a text says, the most alike first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn alike(
        &self,
        account: AccountId,
        text: &Query,
        kind: &str,
        most: i64,
    ) -> Result<Vec<StoredEvent>, HistoryError> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let mut db = self.database().get().await;
        let asked = sqlx::query_as(ALIKE).bind(account.0).bind(text.to_fts_any()).bind(kind).bind(most);
        let rows: Vec<Row> = asked.fetch_all(&mut *db).await.map_err(at("search.alike"))?;
        rows.into_iter().map(read).collect()
    }

    /// The `most` events that match best, the best first.
    ///
    /// # Errors
    /// [`HistoryError`].
    pub async fn find(&self, account: AccountId, query: &Query, most: i64) -> Result<Vec<StoredEvent>, HistoryError> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut db = self.database().get().await;
        let asked = sqlx::query_as(FIND).bind(account.0).bind(query.to_fts()).bind(most);
        let rows: Vec<Row> = asked.fetch_all(&mut *db).await.map_err(at("search.find"))?;
        rows.into_iter().map(read).collect()
    }
}
