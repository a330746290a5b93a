//! Files: what is on its way, what is here, who may read it.

use opora_desk::{
    record::Upload,
    store::{Answer, StoreError},
};
use opora_domain::{PersonId, Timestamp};
use opora_wire::event::Stream;
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    error::at,
    log,
    value::{count, id, to_column},
};

const ADD_UPLOAD: &str = "
INSERT INTO uploads (id, person, hash, size, offset, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const UPLOAD: &str = "SELECT hash, size, offset FROM uploads WHERE id = ?1 AND person = ?2";
const MOVE_UPLOAD: &str = "UPDATE uploads SET offset = ?3 WHERE id = ?1 AND offset = ?2";
const DROP_UPLOAD: &str = "DELETE FROM uploads WHERE id = ?1";
const ADD_BLOB: &str = "INSERT INTO blobs (hash, size, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
const ADD_SENDER: &str = "INSERT INTO blob_senders (hash, person) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const ADD_STREAM: &str = "INSERT INTO blob_streams (hash, stream) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const READABLE: &str = "
SELECT b.size FROM blobs b
 WHERE b.hash = ?1
   AND (EXISTS (SELECT 1 FROM blob_senders s WHERE s.hash = b.hash AND s.person = ?2)
     OR EXISTS (SELECT 1 FROM blob_streams bs JOIN rights r ON r.stream = bs.stream
                 WHERE bs.hash = b.hash AND r.person = ?2))";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

pub(crate) async fn add_upload(db: &mut Db, upload: &Upload, now: Timestamp) -> Answer<()> {
    sqlx::query(ADD_UPLOAD)
        .bind(bytes(upload.id))
        .bind(bytes(upload.person.0))
        .bind(upload.hash.to_vec())
        .bind(to_column(upload.size))
        .bind(to_column(upload.offset))
        .bind(now.0)
        .execute(db)
        .await
        .map_err(at("blobs.add_upload"))?;
    Ok(())
}

pub(crate) async fn upload(db: &mut Db, person: PersonId, upload: Uuid) -> Answer<Option<Upload>> {
    let query = sqlx::query_as(UPLOAD).bind(bytes(upload)).bind(bytes(person.0));
    let found: Option<(Vec<u8>, i64, i64)> = query.fetch_optional(db).await.map_err(at("blobs.upload"))?;
    let Some((hash, size, offset)) = found else { return Ok(None) };
    let hash = hash.try_into().map_err(|_| StoreError::Corrupt("uploads"))?;
    let (size, offset) = (count(size, "uploads")?, count(offset, "uploads")?);
    Ok(Some(Upload { id: id(&bytes(upload), "uploads")?, person, hash, size, offset }))
}

pub(crate) async fn move_upload(db: &mut Db, upload: Uuid, from: u64, to: u64) -> Answer<bool> {
    let query = sqlx::query(MOVE_UPLOAD).bind(bytes(upload)).bind(to_column(from)).bind(to_column(to));
    Ok(query.execute(db).await.map_err(at("blobs.move_upload"))?.rows_affected() > 0)
}

pub(crate) async fn drop_upload(db: &mut Db, upload: Uuid) -> Answer<()> {
    sqlx::query(DROP_UPLOAD).bind(bytes(upload)).execute(db).await.map_err(at("blobs.drop_upload"))?;
    Ok(())
}

pub(crate) async fn add(db: &mut Db, hash: [u8; 32], size: u64, person: PersonId, now: Timestamp) -> Answer<()> {
    let here = at("blobs.add");
    let query = sqlx::query(ADD_BLOB).bind(hash.to_vec()).bind(to_column(size)).bind(now.0);
    query.execute(&mut *db).await.map_err(here)?;
    sqlx::query(ADD_SENDER).bind(hash.to_vec()).bind(bytes(person.0)).execute(db).await.map_err(here)?;
    Ok(())
}

pub(crate) async fn share(db: &mut Db, hash: [u8; 32], stream: Stream) -> Answer<()> {
    let (row, _) = log::stream(db, stream).await?;
    sqlx::query(ADD_STREAM).bind(hash.to_vec()).bind(row).execute(db).await.map_err(at("blobs.share"))?;
    Ok(())
}

/// Size of a blob, for who sent it or reads a stream that holds it.
pub(crate) async fn readable(db: &mut Db, person: PersonId, hash: [u8; 32]) -> Answer<Option<u64>> {
    let query = sqlx::query_as(READABLE).bind(hash.to_vec()).bind(bytes(person.0));
    let found: Option<(i64,)> = query.fetch_optional(db).await.map_err(at("blobs.readable"))?;
    found.map(|(size,)| count(size, "blobs")).transpose()
}
