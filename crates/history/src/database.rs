//! Opening one of the two files: damage, versions, migrations.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use opora_domain::Timestamp;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::{Mutex, MutexGuard};

use crate::error::{HistoryError, at, is_damage};

/// Someone else may look into the file with a tool; that is waited for.
const BUSY: Duration = Duration::from_secs(5);

const HAS_META: &str = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'";
const META: &str = "SELECT version, min_writer FROM meta";
const SET_VERSION: &str = "UPDATE meta SET version = ?1";
const CHECK: &str = "PRAGMA quick_check(1)";

/// What a file is and how it is made.
pub(crate) struct Design {
    /// File name without its ending.
    pub(crate) name: &'static str,
    /// How much is synced at each commit.
    pub(crate) synchronous: SqliteSynchronous,
    /// Numbered from 1, append-only; the first makes `meta`.
    pub(crate) migrations: &'static [&'static str],
    /// Is looked through at each start; for small files.
    pub(crate) check: bool,
    /// May be put aside when a newer version wrote it.
    pub(crate) can_be_rebuilt: bool,
}

/// One file with its only connection.
pub(crate) struct Database {
    connection: Mutex<SqliteConnection>,
    path: PathBuf,
}

impl Database {
    /// Opens or makes the file. One that is damaged is moved aside and made anew.
    pub(crate) async fn open(folder: &Path, design: &Design, now: Timestamp) -> Result<Self, HistoryError> {
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.db", design.name));
        let connection = match connect(&path, design).await {
            Err(error) if is_damage(&error) || (design.can_be_rebuilt && matches!(error, HistoryError::Newer)) => {
                tracing::error!(file = design.name, "cannot be read; moved aside and begun anew");
                move_aside(&path, now)?;
                connect(&path, design).await?
            }
            other => other?,
        };
        Ok(Self { connection: Mutex::new(connection), path })
    }

    /// The connection, for one statement or one transaction.
    pub(crate) async fn get(&self) -> MutexGuard<'_, SqliteConnection> {
        self.connection.lock().await
    }

    /// Where the file is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

async fn connect(path: &Path, design: &Design) -> Result<SqliteConnection, HistoryError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(design.synchronous)
        .foreign_keys(true)
        // What is forgotten leaves the pages too.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY);
    let mut connection = SqliteConnection::connect_with(&options).await.map_err(at("open"))?;
    migrate(&mut connection, design).await?;
    if design.check {
        let found: String = sqlx::query_scalar(CHECK).fetch_one(&mut connection).await.map_err(at("check"))?;
        if found != "ok" {
            return Err(HistoryError::Damaged);
        }
    }
    Ok(connection)
}

async fn migrate(connection: &mut SqliteConnection, design: &Design) -> Result<(), HistoryError> {
    let known = i64::try_from(design.migrations.len()).map_err(|_| HistoryError::Row("migrations"))?;
    let has_meta: i64 = sqlx::query_scalar(HAS_META).fetch_one(&mut *connection).await.map_err(at("meta"))?;
    let (version, min_writer): (i64, i64) = match has_meta {
        0 => (0, 0),
        _ => sqlx::query_as(META).fetch_one(&mut *connection).await.map_err(at("meta"))?,
    };
    if min_writer > known {
        return Err(HistoryError::Newer);
    }
    let done = usize::try_from(version).map_err(|_| HistoryError::Row("meta"))?;
    for (index, migration) in design.migrations.iter().enumerate().skip(done) {
        let number = i64::try_from(index + 1).map_err(|_| HistoryError::Row("migrations"))?;
        let mut step = connection.begin().await.map_err(at("migrate"))?;
        sqlx::raw_sql(*migration).execute(&mut *step).await.map_err(at("migrate"))?;
        sqlx::query(SET_VERSION).bind(number).execute(&mut *step).await.map_err(at("migrate"))?;
        step.commit().await.map_err(at("migrate"))?;
    }
    Ok(())
}

/// Renames the file and its journal together: apart, they would make each other worthless.
fn move_aside(path: &Path, now: Timestamp) -> Result<(), HistoryError> {
    for ending in ["", "-wal", "-shm"] {
        let mut from = OsString::from(path);
        from.push(ending);
        let mut to = OsString::from(path);
        to.push(format!(".damaged-{}{ending}", now.0));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
