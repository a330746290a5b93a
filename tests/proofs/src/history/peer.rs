//! The same messages in plain SQLite FTS5 with trigrams.

use std::{path::Path, time::Instant};

use anyhow::Result;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{Options, fill::Texts, ms};

pub(super) const WHAT: &str = "one table of SQLite FTS5 (tokenize = 'trigram') of the same messages in a file: the 20 \
                               best by BM25, with their texts";
pub(super) const FILE: &str = "peer.db";
const TABLE: &str = "CREATE VIRTUAL TABLE messages USING fts5(text, tokenize = 'trigram')";
const PUT: &str = "INSERT INTO messages (text) VALUES (?1)";
const FIND: &str = "SELECT rowid, text FROM messages WHERE messages MATCH ?1 ORDER BY rank LIMIT 20";
/// Rows in one transaction.
const AT_ONCE: usize = 20_000;
/// Letters that trigrams need.
const LEAST: usize = 3;

pub(super) struct Peer {
    db: SqliteConnection,
}

impl Peer {
    pub(super) async fn of(folder: &Path, options: &Options) -> Result<Self> {
        let how = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal);
        let mut db = SqliteConnection::connect_with(&how).await?;
        sqlx::query(TABLE).execute(&mut db).await?;
        let (mut texts, mut left) = (Texts::new(options), options.messages);
        while left > 0 {
            let mut step = db.begin().await?;
            for _ in 0..left.min(AT_ONCE) {
                sqlx::query(PUT).bind(texts.next()).execute(&mut *step).await?;
            }
            step.commit().await?;
            left = left.saturating_sub(AT_ONCE);
        }
        Ok(Self { db })
    }

    /// How long it took for each question that it can be asked, and how long those took the client.
    pub(super) async fn ask(mut self, questions: &[String], opora: &[f64]) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut took, mut same) = (Vec::new(), Vec::new());
        for (question, opora) in questions.iter().zip(opora) {
            let words: Vec<&str> = question.split(' ').filter(|word| word.chars().count() >= LEAST).collect();
            if words.is_empty() {
                continue;
            }
            let asked = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ");
            let began = Instant::now();
            let _found: Vec<(i64, String)> = sqlx::query_as(FIND).bind(asked).fetch_all(&mut self.db).await?;
            took.push(ms(began));
            same.push(*opora);
        }
        Ok((took, same))
    }
}
