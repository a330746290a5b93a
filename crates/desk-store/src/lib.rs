//! The desk's store over SQLite (D13).
//!
//! One writer, whose transactions share commits ([`writer`]); readers beside it see the last one
//! (WAL, moved into the file by [`checkpoints`]). `synchronous=FULL`: what was answered is on the disk. A transaction that is dropped is
//! rolled back. One module per group of tables, with its SQL.

mod blobs;
mod checkpoints;
mod contract;
pub mod copy;
mod device;
mod error;
mod hours;
mod invitations;
mod keeping;
mod keys;
mod listing;
mod log;
mod mail;
mod people;
mod queue;
mod read;
mod reports;
mod routing;
mod screens;
mod seal;
mod structure;
mod supervision;
mod talk;
mod tickets;
mod totp;
mod transfers;
mod tx;
mod value;
mod vendors;
mod webhooks;
mod writer;

use std::{path::Path, sync::Arc, time::Duration};

use opora_desk::store::{Answer, StoreError};
use opora_domain::Timestamp;
use opora_runtime::Rng;
use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use crate::seal::Seal;
pub use crate::tx::SqliteTx;
use crate::{error::at, writer::Writer};

/// This program's version of the schema.
const VERSION: i64 = 3;
/// What brings a file from one version to the next, a file a noun; the first makes it. Append-only.
const MIGRATIONS: [&[&str]; 3] = [
    &[include_str!("schema/1.sql")],
    &[
        include_str!("schema/2/rights.sql"),
        include_str!("schema/2/structure.sql"),
        include_str!("schema/2/hours.sql"),
        include_str!("schema/2/contract.sql"),
        include_str!("schema/2/routing.sql"),
        include_str!("schema/2/device.sql"),
        include_str!("schema/2/mail.sql"),
        include_str!("schema/2/keeping.sql"),
        include_str!("schema/2/totp.sql"),
        include_str!("schema/2/supervision.sql"),
        include_str!("schema/2/reports.sql"),
        include_str!("schema/2/leaving.sql"),
        include_str!("schema/2/transfers.sql"),
        include_str!("schema/2/vendors.sql"),
        include_str!("schema/2/tickets.sql"),
        include_str!("schema/2/api.sql"),
    ],
    &[include_str!("schema/3/invitations.sql"), include_str!("schema/3/proving.sql")],
];
/// Readers beside the writer; reads are short.
const READERS: u32 = 4;
/// Each reader keeps so many pages at hand, in -KiB.
const READ_CACHE: &str = "-8192";
/// And the writer: what the transactions of one group touch in all indices of a year's desk. With less, pages go
/// to the journal before their commit, and again after each later change.
const WRITE_CACHE: &str = "-65536";
/// There are some three hundred statements in this crate, and each connection keeps them prepared.
const STATEMENTS: usize = 512;
/// Rows on their way out of the engine's thread: a report reads all requests of a year, and with fewer the two
/// threads wake each other more than they work.
const ROWS: usize = 256;
/// How long to wait for the one writer before giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// A desk's data in one file. Clones share it.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: Arc<Writer>,
    readers: SqlitePool,
    seal: Seal,
}

impl SqliteStore {
    /// Opens the file, makes it when it is new, brings it to this version.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a later program wrote it; else what the engine says.
    pub async fn open(path: &Path, rng: &Rng) -> Answer<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased is overwritten.
            .pragma("secure_delete", "ON")
            .pragma("cache_size", READ_CACHE)
            // [`checkpoints`] does it.
            .pragma("wal_autocheckpoint", "0")
            .row_buffer_size(ROWS)
            .statement_cache_capacity(STATEMENTS)
            .busy_timeout(PATIENCE);
        // What a savepoint may have to undo stays out of files: a group is small, and gone with a crash anyway.
        let writing = options.clone().pragma("cache_size", WRITE_CACHE).pragma("temp_store", "MEMORY");
        let writer = Arc::new(Writer::open(&writing).await?);
        migrate(path, writer.lock().await?.db()?, rng).await?;
        // A file does not hang up, so nobody asks first whether it is there.
        let readers = SqlitePoolOptions::new().max_connections(READERS).test_before_acquire(false);
        let readers = readers.acquire_timeout(PATIENCE);
        let readers = readers.connect_with(options.read_only(true)).await.map_err(at("store.open"))?;
        queue::repair(writer.lock().await?.db()?).await?;
        Ok(Self { writer, readers, seal: Seal::new(&rng.bytes(), rng) })
    }

    /// Seals passwords and letters under a key that is kept; without it they are not readable after
    /// a restart.
    #[must_use]
    pub fn sealed_by(self, key: &[u8; 32], rng: &Rng) -> Self {
        Self { seal: Seal::new(key, rng), ..self }
    }

    /// Closes the file; waits for what is running.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

const HAS_META: &str = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'";
const VERSION_OF: &str = "SELECT version, min_writer FROM meta WHERE id = 1";
const SET_VERSION: &str = "
INSERT INTO meta (id, version, min_reader, min_writer) VALUES (1, ?1, 1, 1)
ON CONFLICT (id) DO UPDATE SET version = excluded.version";
const NEW_FIRM: &str = "INSERT INTO firm (id, feed_epoch, body_key) VALUES (1, ?1, ?2)";

async fn migrate(path: &Path, db: &mut SqliteConnection, rng: &Rng) -> Answer<()> {
    let here = at("store.migrate");
    let (tables,): (i64,) = sqlx::query_as(HAS_META).fetch_one(&mut *db).await.map_err(&here)?;
    let version = match tables {
        0 => 0,
        _ => {
            let (version, min_writer): (i64, i64) =
                sqlx::query_as(VERSION_OF).fetch_one(&mut *db).await.map_err(&here)?;
            if min_writer > VERSION {
                return Err(StoreError::Newer);
            }
            version
        }
    };
    if (1..VERSION).contains(&version) {
        keep_before(path, db).await?;
    }
    let mut tx = db.begin_with("BEGIN IMMEDIATE").await.map_err(&here)?;
    let done = usize::try_from(version).map_err(|_| StoreError::Corrupt("meta"))?;
    for migration in MIGRATIONS.into_iter().skip(done).flatten() {
        sqlx::raw_sql(*migration).execute(&mut *tx).await.map_err(&here)?;
    }
    if version == 0 {
        let epoch = rng.uuid_v7(Timestamp(0)).as_bytes().to_vec();
        let key = rng.bytes::<32>().to_vec();
        sqlx::query(NEW_FIRM).bind(epoch).bind(key).execute(&mut *tx).await.map_err(&here)?;
    }
    if version < VERSION {
        sqlx::query(SET_VERSION).bind(VERSION).execute(&mut *tx).await.map_err(&here)?;
    }
    tx.commit().await.map_err(&here)
}

/// The file as it was, as `desk.db.before-N`: an upgrade that turns out badly loses nothing.
async fn keep_before(path: &Path, db: &mut SqliteConnection) -> Answer<()> {
    let failed = |source: std::io::Error| StoreError::Engine { at: "store.keep_before", source: Box::new(source) };
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".before-{VERSION}{suffix}"));
        std::path::PathBuf::from(name)
    };
    let part = beside(".part");
    if part.exists() {
        std::fs::remove_file(&part).map_err(failed)?;
    }
    copy::copy_over(db, &part).await?;
    std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(failed)?;
    std::fs::rename(&part, beside("")).map_err(failed)
}

#[cfg(test)]
mod tests {
    use opora_desk::{
        record::{NewEvent, OpKey},
        store::{Store, Tx},
    };
    use opora_domain::{OpId, PublicKey};
    use opora_wire::{OpResult, Stream, event::EventBody};

    use super::*;

    #[tokio::test]
    async fn a_full_disk_is_said_and_nothing_is_half_saved() -> Result<(), Box<dyn std::error::Error>> {
        let (folder, rng) = (tempfile::tempdir()?, Rng::system());
        let store = SqliteStore::open(&folder.path().join("desk.db"), &rng).await?;
        // The file may not grow any more: what SQLite answers then is what it answers on a full disk.
        sqlx::query("PRAGMA max_page_count = 1").execute(store.writer.lock().await?.db()?).await?;
        let (mut saved, mut full) = (0, false);
        while !full {
            let mut tx = store.begin().await?;
            let key = OpKey { device: PublicKey([1; 32]), op: OpId(rng.uuid_v7(Timestamp(saved))) };
            let body = EventBody::DeskNamed { name: "Север-Софт".repeat(50) };
            tx.append(NewEvent { stream: Stream::Desk, id: key.op.0, by: None, body });
            let written = match tx.save_op(key, &OpResult::Done, Timestamp(1)).await {
                Ok(()) => tx.commit(Timestamp(1)).await,
                Err(error) => Err(error),
            };
            match written {
                Ok(gseq) => saved = gseq,
                Err(StoreError::DiskFull) => full = true,
                Err(other) => return Err(other.into()),
            }
        }
        assert_eq!(store.head().await?, saved, "the log ends with what was answered");
        Ok(())
    }
}
