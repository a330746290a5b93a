//! Whole copies of the database, for backups and before an upgrade of the schema.
//!
//! `VACUUM INTO` reads one moment of the source, whoever writes meanwhile, and leaves one file
//! without a journal beside it.

use std::path::Path;

use opora_desk::store::{Answer, StoreError};
use opora_domain::{Timestamp, mail::Server};
use opora_runtime::Rng;
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use uuid::Uuid;

use crate::{
    VERSION,
    error::at,
    value::{id, json},
};

const COPY: &str = "VACUUM INTO ?1";
const HEAD: &str = "
SELECT m.version, f.name, f.gseq, f.feed_epoch, coalesce((SELECT max(at) FROM events), 0)
  FROM firm f JOIN meta m ON m.id = 1 WHERE f.id = 1";
const BLOBS: &str = "SELECT hash FROM blobs ORDER BY hash";
const MAIL_SERVER: &str = "SELECT server FROM mail_server WHERE id = 1";
const CHECK: &str = "PRAGMA integrity_check";
const SET_EPOCH: &str = "UPDATE firm SET feed_epoch = ?1 WHERE id = 1";
/// What was on its way was left out of the copy: its senders begin again.
const FORGET_UPLOADS: &str = "DELETE FROM uploads";

/// What a file holds, looked at from outside of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Version of the schema.
    pub version: i64,
    /// The firm's name.
    pub firm: String,
    /// The last `gseq`.
    pub head: i64,
    /// The feed.
    pub feed_epoch: Uuid,
    /// Time of the newest event; 0 when there is none.
    pub newest: Timestamp,
    /// Hashes of the files that it speaks of.
    pub blobs: Vec<[u8; 32]>,
}

async fn open(path: &Path) -> Answer<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).synchronous(SqliteSynchronous::Full);
    SqliteConnection::connect_with(&options).await.map_err(at("copy.open"))
}

/// Copies one moment of the database at `from` into the new file `to`; a desk may run meanwhile.
///
/// # Errors
/// [`StoreError`]; `to` may then be there in part.
pub async fn copy(from: &Path, to: &Path) -> Answer<()> {
    let mut db = open(from).await?;
    let copied = copy_over(&mut db, to).await;
    db.close().await.map_err(at("copy.close"))?;
    copied
}

/// As [`copy`], over a connection that is there.
pub(crate) async fn copy_over(db: &mut SqliteConnection, to: &Path) -> Answer<()> {
    let name = to.to_str().ok_or(StoreError::Corrupt("the name of the copy"))?;
    sqlx::query(COPY).bind(name).execute(db).await.map_err(at("copy.copy"))?;
    Ok(())
}

/// What the file holds. Reads it all once.
///
/// # Errors
/// [`StoreError::Corrupt`] when it is damaged, [`StoreError::Newer`] when a later program wrote it.
pub async fn contents(path: &Path) -> Answer<Contents> {
    let here = at("copy.contents");
    let mut db = open(path).await?;
    let (said,): (String,) = sqlx::query_as(CHECK).fetch_one(&mut db).await.map_err(here)?;
    if said != "ok" {
        return Err(StoreError::Corrupt("desk.db"));
    }
    let (version, firm, head, epoch, newest): (i64, String, i64, Vec<u8>, i64) =
        sqlx::query_as(HEAD).fetch_one(&mut db).await.map_err(here)?;
    if version > VERSION {
        return Err(StoreError::Newer);
    }
    let rows: Vec<(Vec<u8>,)> = sqlx::query_as(BLOBS).fetch_all(&mut db).await.map_err(here)?;
    let hash = |(hash,): (Vec<u8>,)| hash.try_into().map_err(|_| StoreError::Corrupt("blobs"));
    let blobs = rows.into_iter().map(hash).collect::<Answer<_>>()?;
    db.close().await.map_err(here)?;
    Ok(Contents { version, firm, head, feed_epoch: id(&epoch, "firm")?, newest: Timestamp(newest), blobs })
}

/// The mail server that is named in the file, without its password.
///
/// # Errors
/// [`StoreError`].
pub async fn mail_server(path: &Path) -> Answer<Option<Server>> {
    let here = at("copy.mail_server");
    let mut db = open(path).await?;
    let found: Option<(String,)> = sqlx::query_as(MAIL_SERVER).fetch_optional(&mut db).await.map_err(here)?;
    db.close().await.map_err(here)?;
    found.map(|(server,)| json(&server, "mail_server")).transpose()
}

/// Makes a restored copy a feed of its own: whoever saw more than it holds learns of that and
/// takes everything anew.
///
/// # Errors
/// [`StoreError`].
pub async fn begin_anew(path: &Path, rng: &Rng) -> Answer<()> {
    let here = at("copy.begin_anew");
    let mut db = open(path).await?;
    let epoch = rng.uuid_v7(Timestamp(0)).as_bytes().to_vec();
    sqlx::query(SET_EPOCH).bind(epoch).execute(&mut db).await.map_err(here)?;
    sqlx::query(FORGET_UPLOADS).execute(&mut db).await.map_err(here)?;
    db.close().await.map_err(here)
}
