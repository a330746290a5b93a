//! Forgetting: closed talks whose time has come, and persons.
//!
//! A header with its keyed hash stays; bodies go, and with `secure_delete` their bytes are
//! overwritten. Files go when nobody holds them any more: first they are named here, then taken
//! off the disk, then no longer named, so that a crash between two steps loses none of them.

mod tickets;

use opora_desk::store::{
    Answer, StoreError,
    keeping::{KeepingStore, KeepingTx},
};
use opora_domain::{ConversationId, LineId, PersonId, Timestamp};
use opora_wire::{Stream, keeping::Previewed};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{SqliteStore, SqliteTx, error::at, value::id};

/// Kinds whose bodies hold words of people. A noun that brings words of its own adds its kind.
macro_rules! words {
    () => {
        "('said', 'conversation_opened', 'request_asked', 'rated', 'session_asked', 'ticket_noted')"
    };
}
const WIPE_STREAM: &str = concat!(
    "
DELETE FROM event_bodies WHERE gseq IN (SELECT gseq FROM events WHERE stream = ?1 AND kind IN ",
    words!(),
    ")"
);
const WIPE_ASKED: &str = "
DELETE FROM event_bodies WHERE gseq IN (SELECT gseq FROM events WHERE kind IN ('request_asked', 'participant'))
   AND (json_extract(body, '$.request') = ?1
        OR (json_extract(body, '$.conversation') = ?1
            AND json_extract(body, '$.what') IN ('invited', 'invitation_ended')))";
/// Their words, also where somebody copied them for others, their own stream, what introduces them to
/// others, numbers to call them at, and wishes of theirs.
const WIPE_OF_PERSON: &str = concat!(
    "
DELETE FROM event_bodies WHERE gseq IN (
  SELECT e.gseq FROM events e JOIN streams s ON s.id = e.stream
   WHERE (e.by = ?1 AND e.kind IN ",
    words!(),
    ")
      OR s.name = 'person/' || ?2
      OR (e.kind = 'ticket_noted' AND s.conversation IN (SELECT id FROM requests WHERE customer = ?1))
      OR (e.kind = 'copied'
          AND (SELECT json_extract(b.body, '$.by') FROM event_bodies b WHERE b.gseq = e.gseq) = ?2)
      OR (e.kind = 'contract' AND e.by = ?1
          AND (SELECT json_extract(b.body, '$.what') FROM event_bodies b WHERE b.gseq = e.gseq) = 'renewal_asked')
      OR (e.kind = 'participant'
          AND (SELECT json_extract(b.body, '$.what') IN ('invited', 'invitation_ended')
                  AND (e.by = ?1 OR json_extract(b.body, '$.person') = ?2)
                 FROM event_bodies b WHERE b.gseq = e.gseq))
      OR (e.kind = 'hours'
          AND (SELECT upper(replace(json_extract(b.body, '$.request'), '-', '')) FROM event_bodies b WHERE b.gseq = e.gseq)
              IN (SELECT hex(id) FROM requests WHERE customer = ?1))
      OR (e.kind IN ('person_invited', 'joined', 'ticket_made', 'ticket', 'request_asked', 'structure', 'device')
          AND (SELECT coalesce(json_extract(b.body, '$.customer'), json_extract(b.body, '$.person'))
                 FROM event_bodies b WHERE b.gseq = e.gseq) = ?2))"
);

const SET: &str = "
INSERT INTO retention (line, days) VALUES (?1, ?2) ON CONFLICT (line) DO UPDATE SET days = excluded.days";
const UNSET: &str = "DELETE FROM retention WHERE line = ?1";
const OUTLIVED: &str = "
SELECT q.id FROM requests q
  JOIN retention t ON t.line = q.line
  JOIN streams s ON s.conversation = q.id
 WHERE q.state IN ('closed', 'cancelled') AND q.forgotten_at IS NULL
   AND (SELECT max(e.at) FROM events e WHERE e.stream = s.id) <= ?1 - t.days * 86400000000
 ORDER BY q.id LIMIT ?2";
const OF_TALK: &str = "SELECT id, name FROM streams WHERE name LIKE 'conversation/' || ?1 || '/%' ORDER BY name";
const WIPE_REQUEST: &str = "
UPDATE requests SET forgotten_at = ?2, ask = json_set(ask, '$.description', '', '$.facts', json('[]')) WHERE id = ?1";
const WIPE_RATING: &str = "UPDATE ratings SET comment = '' WHERE conversation = ?1";
const LET_GO: &str = "DELETE FROM blob_streams WHERE stream = ?1";
const HASHES_OF: &str = "SELECT hash FROM blob_streams WHERE stream = ?1";
const HOLDERS: &str = "SELECT count(*) FROM blob_streams WHERE hash = ?1";
const NAME_DROPPED: &str = "INSERT INTO dropped_blobs (hash) VALUES (?1) ON CONFLICT DO NOTHING";
const FORGET_SENDERS: &str = "DELETE FROM blob_senders WHERE hash = ?1";
const FORGET_BLOB: &str = "DELETE FROM blobs WHERE hash = ?1";
const TO_DROP: &str = "SELECT hash FROM dropped_blobs ORDER BY hash LIMIT ?1";
const DROPPED: &str = "DELETE FROM dropped_blobs WHERE hash = ?1";
const HAS_BLOB: &str = "SELECT count(*) FROM blobs WHERE hash = ?1";

/// Whoever reads one of these may hold words of theirs: the sides of their talks that they never saw
/// hold copies, the streams of their organisation hold what they asked and wished.
const STREAMS_OF: &str = "
SELECT DISTINCT s.name FROM streams s
  LEFT JOIN rights r ON r.stream = s.id AND r.person = ?1
 WHERE (s.name LIKE 'conversation/%' OR s.name LIKE 'organisation/%' OR s.name LIKE 'ticket/%')
   AND (r.person IS NOT NULL OR s.conversation IN (SELECT id FROM requests WHERE customer = ?1)
        OR EXISTS (SELECT 1 FROM events e WHERE e.stream = s.id AND e.by = ?1))
 ORDER BY s.name";
const TALKS_OF: &str =
    "UPDATE ratings SET comment = '' WHERE conversation IN (SELECT id FROM requests WHERE customer = ?1)";
const ASKS_OF: &str = "
UPDATE requests SET ask = json_set(ask, '$.description', '', '$.facts', json('[]')) WHERE customer = ?1";
const NAME_OF: &str = "
UPDATE persons SET name = '', email = '', phone = '', skills = '[]', on_line = 0, erased_at = ?2 WHERE id = ?1";
const ONLY_THEIRS: &str = "
SELECT b.hash FROM blob_senders b
 WHERE b.person = ?1 AND NOT EXISTS (SELECT 1 FROM blob_senders o WHERE o.hash = b.hash AND o.person <> ?1)";
const LET_GO_OF: &str = "DELETE FROM blob_streams WHERE hash = ?1";
/// What is a person's and nothing else. A noun that keeps something about people adds a line.
const THEIRS: &[&str] = &[
    "DELETE FROM callbacks WHERE request IN (SELECT id FROM requests WHERE customer = ?1)",
    "DELETE FROM renewals WHERE by = ?1",
    "DELETE FROM vouchings WHERE device IN (SELECT key FROM devices WHERE person = ?1)",
    "DELETE FROM devices WHERE person = ?1",
    "DELETE FROM invites WHERE person = ?1",
    "DELETE FROM invitations WHERE person = ?1 OR by = ?1",
    "DELETE FROM rights WHERE person = ?1",
    "DELETE FROM seen WHERE person = ?1",
    "DELETE FROM passes WHERE person = ?1",
    "DELETE FROM person_lines WHERE person = ?1",
    "DELETE FROM specialist_load WHERE person = ?1",
    "DELETE FROM memberships WHERE person = ?1",
    "DELETE FROM group_members WHERE person = ?1",
    "DELETE FROM own_specialists WHERE specialist = ?1 OR client = ?1",
    "DELETE FROM uploads WHERE person = ?1",
    "DELETE FROM blob_senders WHERE person = ?1",
    "DELETE FROM mail_choices WHERE person = ?1",
    "DELETE FROM mail_told WHERE person = ?1",
    "DELETE FROM ticket_stages WHERE person = ?1 OR ticket IN (SELECT id FROM tickets WHERE customer = ?1)",
    "DELETE FROM letters WHERE person = ?1",
    "DELETE FROM totp WHERE person = ?1",
];

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn hash(bytes: Vec<u8>) -> Answer<[u8; 32]> {
    bytes.try_into().map_err(|_| StoreError::Corrupt("blobs"))
}

/// Files that no stream holds any more: named for the disk, gone from the tables.
async fn let_go(db: &mut Db, hashes: Vec<Vec<u8>>) -> Answer<Vec<[u8; 32]>> {
    let here = at("keeping.let_go");
    let mut gone = Vec::new();
    for one in hashes {
        let (held,): (i64,) = sqlx::query_as(HOLDERS).bind(one.clone()).fetch_one(&mut *db).await.map_err(here)?;
        if held > 0 {
            continue;
        }
        for sql in [NAME_DROPPED, FORGET_SENDERS, FORGET_BLOB] {
            sqlx::query(sql).bind(one.clone()).execute(&mut *db).await.map_err(here)?;
        }
        gone.push(hash(one)?);
    }
    Ok(gone)
}

async fn streams_of_talk(db: &mut Db, talk: ConversationId) -> Answer<Vec<(i64, String)>> {
    sqlx::query_as(OF_TALK).bind(talk.to_string()).fetch_all(db).await.map_err(at("keeping.streams"))
}

async fn run(db: &mut Db, sql: &'static str, person: PersonId) -> Answer<()> {
    sqlx::query(sql).bind(bytes(person.0)).execute(db).await.map_err(at("keeping.erase"))?;
    Ok(())
}

impl KeepingTx for SqliteTx {
    async fn set_retention(&mut self, line: LineId, days: Option<u32>) -> Answer<()> {
        let query = match days {
            Some(days) => sqlx::query(SET).bind(bytes(line.0)).bind(days),
            None => sqlx::query(UNSET).bind(bytes(line.0)),
        };
        query.execute(self.db()).await.map_err(at("keeping.set"))?;
        Ok(())
    }

    async fn outlived(&mut self, now: Timestamp, most: u32) -> Answer<Vec<ConversationId>> {
        let query = sqlx::query_as(OUTLIVED).bind(now.0).bind(most);
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(self.db()).await.map_err(at("keeping.outlived"))?;
        rows.into_iter().map(|(talk,)| id(&talk, "requests")).collect()
    }

    async fn forget_talk(&mut self, talk: ConversationId, now: Timestamp) -> Answer<(Vec<Stream>, Vec<[u8; 32]>)> {
        let here = at("keeping.forget_talk");
        let streams = streams_of_talk(self.db(), talk).await?;
        let mut hashes = Vec::new();
        for (row, _) in &streams {
            let rows: Vec<(Vec<u8>,)> = sqlx::query_as(HASHES_OF).bind(row).fetch_all(self.db()).await.map_err(here)?;
            hashes.extend(rows.into_iter().map(|(hash,)| hash));
            sqlx::query(LET_GO).bind(row).execute(self.db()).await.map_err(here)?;
            sqlx::query(WIPE_STREAM).bind(row).execute(self.db()).await.map_err(here)?;
        }
        // Its request, and what people were asked in with, stand in other streams too.
        sqlx::query(WIPE_ASKED).bind(talk.to_string()).execute(self.db()).await.map_err(here)?;
        sqlx::query(WIPE_REQUEST).bind(bytes(talk.0)).bind(now.0).execute(self.db()).await.map_err(here)?;
        sqlx::query(WIPE_RATING).bind(bytes(talk.0)).execute(self.db()).await.map_err(here)?;
        let gone = let_go(self.db(), hashes).await?;
        Ok((parsed(streams.into_iter().map(|(_, name)| name))?, gone))
    }

    async fn erase_person(&mut self, person: PersonId, now: Timestamp) -> Answer<(Vec<Stream>, Vec<[u8; 32]>)> {
        let here = at("keeping.erase");
        let query = sqlx::query_as(STREAMS_OF).bind(bytes(person.0));
        let names: Vec<(String,)> = query.fetch_all(self.db()).await.map_err(here)?;
        let query = sqlx::query_as(ONLY_THEIRS).bind(bytes(person.0));
        let files: Vec<(Vec<u8>,)> = query.fetch_all(self.db()).await.map_err(here)?;
        let in_tickets = tickets::erase(self.db(), person).await?;
        let query = sqlx::query(WIPE_OF_PERSON).bind(bytes(person.0)).bind(person.to_string());
        query.execute(self.db()).await.map_err(here)?;
        for sql in [ASKS_OF, TALKS_OF].iter().chain(THEIRS) {
            run(self.db(), sql, person).await?;
        }
        let query = sqlx::query(NAME_OF).bind(bytes(person.0)).bind(now.0);
        query.execute(self.db()).await.map_err(here)?;
        let mut files: Vec<Vec<u8>> = files.into_iter().map(|(hash,)| hash).collect();
        for file in &files {
            sqlx::query(LET_GO_OF).bind(file.clone()).execute(self.db()).await.map_err(here)?;
        }
        files.extend(tickets::let_go(self.db(), person, in_tickets).await?);
        let gone = let_go(self.db(), files).await?;
        Ok((parsed(names.into_iter().map(|(name,)| name))?, gone))
    }

    async fn to_drop(&mut self, most: u32) -> Answer<Vec<[u8; 32]>> {
        let query = sqlx::query_as(TO_DROP).bind(most);
        let rows: Vec<(Vec<u8>,)> = query.fetch_all(self.db()).await.map_err(at("keeping.to_drop"))?;
        rows.into_iter().map(|(bytes,)| hash(bytes)).collect()
    }

    async fn dropped(&mut self, hash: [u8; 32]) -> Answer<()> {
        sqlx::query(DROPPED).bind(hash.to_vec()).execute(self.db()).await.map_err(at("keeping.dropped"))?;
        Ok(())
    }

    async fn has_blob(&mut self, hash: [u8; 32]) -> Answer<bool> {
        let query = sqlx::query_as(HAS_BLOB).bind(hash.to_vec());
        let (many,): (i64,) = query.fetch_one(self.db()).await.map_err(at("keeping.has_blob"))?;
        Ok(many > 0)
    }
}

fn parsed(names: impl Iterator<Item = String>) -> Answer<Vec<Stream>> {
    names.map(|name| name.parse().map_err(|_| StoreError::Corrupt("streams"))).collect()
}

const PREVIEW: &str = "
WITH old AS (
  SELECT s.id AS stream FROM requests q JOIN streams s ON s.conversation = q.id
   WHERE q.line = ?1 AND q.state IN ('closed', 'cancelled') AND q.forgotten_at IS NULL
     AND (SELECT max(e.at) FROM events e WHERE e.stream = s.id) <= ?2 - ?3 * 86400000000),
files AS (
  SELECT DISTINCT b.hash, b.size FROM blob_streams bs JOIN blobs b ON b.hash = bs.hash
   WHERE bs.stream IN (SELECT stream FROM old)
     AND NOT EXISTS (SELECT 1 FROM blob_streams o WHERE o.hash = b.hash AND o.stream NOT IN (SELECT stream FROM old)))
SELECT (SELECT count(*) FROM old),
       (SELECT count(*) FROM events e WHERE e.kind = 'said' AND e.stream IN (SELECT stream FROM old)),
       (SELECT count(*) FROM files), (SELECT coalesce(sum(size), 0) FROM files)";

impl KeepingStore for SqliteStore {
    async fn preview(&self, line: LineId, days: u32, now: Timestamp) -> Answer<Previewed> {
        let mut db = self.reader().await?;
        let query = sqlx::query_as(PREVIEW).bind(bytes(line.0)).bind(now.0).bind(days);
        let (conversations, messages, files, size) = query.fetch_one(&mut *db).await.map_err(at("keeping.preview"))?;
        Ok(Previewed { conversations, messages, files, bytes: size })
    }
}
