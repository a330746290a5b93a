//! The same rows in one plain table of SQLite, in memory, with an index for each column.

use std::time::Instant;

use anyhow::{Context as _, Result};
use opora_domain::ticket::{Priority, Status};
use opora_ipc::ticket::{TicketView, TicketsPage};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use tokio::sync::Mutex;

use super::{asks::Sql, ms};

pub(super) const WHAT: &str = "one SQLite table of the same rows in memory, an index for each column: a count and a page \
                               of ready JSON";
const TABLE: &str = "
CREATE TABLE tickets (
  id TEXT PRIMARY KEY, number INTEGER, subject TEXT, customer TEXT, customer_id TEXT, status INTEGER, priority INTEGER,
  kind TEXT, tracker TEXT, category TEXT, line TEXT, organisation TEXT, assignee TEXT, assignee_id TEXT,
  deadline INTEGER, made INTEGER, updated INTEGER, view TEXT) STRICT";
const INDEXED: [&str; 15] = [
    "number",
    "subject",
    "customer",
    "customer_id",
    "status",
    "priority",
    "kind",
    "tracker",
    "category",
    "line",
    "organisation",
    "assignee",
    "assignee_id",
    "deadline",
    "made",
];
const PUT: &str = "
INSERT INTO tickets VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";

/// Rows in all, and the numbers of those of the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    total: u32,
    numbers: Vec<i64>,
}

impl From<&TicketsPage> for Answer {
    fn from(page: &TicketsPage) -> Self {
        Self { total: page.total, numbers: page.rows.iter().filter_map(|row| row.number).collect() }
    }
}

/// The table.
pub(super) struct Peer {
    db: Mutex<SqliteConnection>,
}

impl Peer {
    pub(super) async fn of(rows: &[TicketView]) -> Result<Self> {
        let mut db = SqliteConnection::connect("sqlite::memory:").await?;
        sqlx::query(TABLE).execute(&mut db).await?;
        let mut tx = db.begin().await?;
        for row in rows {
            put(&mut tx, row).await?;
        }
        for column in INDEXED.into_iter().chain(["updated"]) {
            let index = format!("CREATE INDEX by_{column} ON tickets ({column}, number)");
            sqlx::query(AssertSqlSafe(index)).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        sqlx::query("ANALYZE").execute(&mut db).await?;
        Ok(Self { db: Mutex::new(db) })
    }

    /// Asks, and how long it took.
    pub(super) async fn ask(&self, sql: &Sql, ask: &Value) -> Result<(Answer, f64)> {
        let (from, many) = (ask["from"].as_i64().context("from")?, ask["count"].as_i64().context("count")?);
        let Sql { condition, column, down } = sql;
        let order = if *down { "DESC" } else { "ASC" };
        let count = format!("SELECT count(*) FROM tickets WHERE {condition}");
        let page = format!(
            "SELECT number, view FROM tickets WHERE {condition} ORDER BY {column} {order}, number DESC LIMIT ?1 OFFSET ?2"
        );
        let db = &mut *self.db.lock().await;
        let began = Instant::now();
        let (total,): (u32,) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(&mut *db).await?;
        let rows: Vec<(i64, String)> =
            sqlx::query_as(AssertSqlSafe(page)).bind(many).bind(from).fetch_all(&mut *db).await?;
        let took = ms(began);
        Ok((Answer { total, numbers: rows.into_iter().map(|(number, _)| number).collect() }, took))
    }
}

async fn put(db: &mut SqliteConnection, row: &TicketView) -> Result<()> {
    let place =
        |status: Status| Status::ALL.iter().position(|one| *one == status).and_then(|at| i64::try_from(at).ok());
    let rank = |priority: Priority| {
        Priority::ALL.iter().position(|one| *one == priority).and_then(|at| i64::try_from(at).ok())
    };
    let customer = format!("{} {}", row.customer, row.organisation.as_deref().unwrap_or_default()).to_lowercase();
    let deadline = row.deadlines.answer.into_iter().chain(row.deadlines.solution).map(|at| at.0).min();
    let query = sqlx::query(PUT).bind(row.id.to_string()).bind(row.number).bind(row.subject.to_lowercase());
    let query = query.bind(customer).bind(row.customer_id.to_string()).bind(place(row.status)).bind(rank(row.priority));
    let query = query.bind(serde_json::to_value(row.kind)?.as_str().map(str::to_owned)).bind(row.tracker.to_string());
    let query = query.bind(&row.category).bind(&row.line).bind(&row.organisation);
    let query = query.bind(row.assignee.as_deref().unwrap_or_default().to_lowercase());
    let query = query.bind(row.assignee_id.map(|id| id.to_string())).bind(deadline.unwrap_or(i64::MAX));
    let query = query.bind(row.at.0).bind(row.updated.0).bind(serde_json::to_string(row)?);
    query.execute(db).await?;
    Ok(())
}
