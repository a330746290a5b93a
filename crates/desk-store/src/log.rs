//! The log: streams, events, rights, and operations that were done.

mod append;
mod feed;

use opora_desk::{
    record::OpKey,
    store::{Answer, StoreError},
};
use opora_domain::{ConversationId, PersonId, Timestamp};
use opora_wire::{
    OpResult,
    event::{Event, Stream},
};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

pub(crate) use self::{append::append, feed::feed};
use crate::{
    error::at,
    value::{id, json, to_json},
};

type EventRow = (String, i64, i64, Vec<u8>, i64, Option<Vec<u8>>, String);

const HEAD: &str = "SELECT gseq FROM firm WHERE id = 1";
const STREAM: &str = "SELECT id, head FROM streams WHERE name = ?1";
const ADD_STREAM: &str = "INSERT INTO streams (name, conversation) VALUES (?1, ?2) RETURNING id";
const FETCH: &str = "
SELECT s.name, e.seq, e.gseq, e.id, e.at, e.by, coalesce(b.body, '{\"is\":\"erased\"}')
  FROM events e
  JOIN streams s ON s.id = e.stream
  LEFT JOIN event_bodies b ON b.gseq = e.gseq
 WHERE e.stream = ?1 AND e.seq BETWEEN ?2 AND ?3
 ORDER BY e.seq DESC
 LIMIT ?4";
/// From a place on, the oldest first; what was erased is left out.
const ENTRIES: &str = "
SELECT s.name, e.seq, e.gseq, e.id, e.at, e.by, b.body
  FROM streams s
  JOIN events e ON e.stream = s.id AND e.seq > ?2
  JOIN event_bodies b ON b.gseq = e.gseq
 WHERE s.name = ?1
 ORDER BY e.seq
 LIMIT ?3";
const RIGHT: &str = "
SELECT s.id, r.from_seq, r.to_seq FROM rights r JOIN streams s ON s.id = r.stream WHERE r.person = ?1 AND s.name = ?2";
/// A stream exists from its first mention. Who looked in silently and then joins is a member from then on; who left
/// and comes back reads also what was said meanwhile. Who left and only looks in keeps beside the look what there
/// was.
const GRANT: &str = "
INSERT INTO streams (name, conversation) VALUES (?2, ?3) ON CONFLICT (name) DO NOTHING;
INSERT INTO rights (person, stream, from_seq, silent) SELECT ?1, id, ?4, ?5 FROM streams WHERE name = ?2
ON CONFLICT (person, stream) DO UPDATE
   SET silent = iif(rights.to_seq IS NULL, min(rights.silent, excluded.silent), excluded.silent),
       kept_from = iif(excluded.silent = 0, NULL,
                       iif(rights.silent = 0 AND rights.to_seq IS NOT NULL, rights.from_seq, rights.kept_from)),
       kept_to = iif(excluded.silent = 0, NULL,
                     iif(rights.silent = 0 AND rights.to_seq IS NOT NULL, rights.to_seq, rights.kept_to)),
       from_seq = min(rights.from_seq, excluded.from_seq), to_seq = NULL
 WHERE rights.silent > excluded.silent OR rights.to_seq IS NOT NULL OR rights.from_seq > excluded.from_seq
RETURNING 1";
const LEAVE: &str = "
UPDATE rights SET to_seq = (SELECT head FROM streams WHERE id = rights.stream) + ?3
 WHERE person = ?1 AND stream = (SELECT id FROM streams WHERE name = ?2) AND to_seq IS NULL";
const REVOKE: &str = "
DELETE FROM rights WHERE person = ?1 AND stream = (SELECT id FROM streams WHERE name = ?2)";
const END_LOOK: &str = "
UPDATE rights SET silent = 0, from_seq = kept_from, to_seq = kept_to, kept_from = NULL, kept_to = NULL
 WHERE person = ?1 AND stream = (SELECT id FROM streams WHERE name = ?2) AND silent = 1 AND kept_to IS NOT NULL";
const DROP_LOOK: &str = "
DELETE FROM rights
 WHERE person = ?1 AND stream = (SELECT id FROM streams WHERE name = ?2) AND silent = 1";
const LOOKS: &str = "
SELECT s.conversation FROM rights r JOIN streams s ON s.id = r.stream
 WHERE r.person = ?1 AND r.silent = 1 AND r.to_seq IS NULL AND s.conversation IS NOT NULL ORDER BY s.conversation";
const IS_MEMBER: &str = "
SELECT count(*) FROM rights r JOIN streams s ON s.id = r.stream
 WHERE r.person = ?1 AND s.name = ?2 AND r.silent = 0 AND r.to_seq IS NULL";
const HAS_EVENT: &str = "SELECT count(*) FROM events WHERE id = ?1";
const HAS_EVENT_IN: &str = "
SELECT count(*) FROM events e JOIN streams s ON s.id = e.stream
 WHERE e.id = ?1 AND s.conversation = ?2 AND e.kind = 'said'";
const MEMBERS: &str = "
SELECT r.person FROM rights r JOIN streams s ON s.id = r.stream
 WHERE s.conversation = ?1 AND r.silent = 0 AND r.to_seq IS NULL ORDER BY r.person";
/// Conversations that are going on, by the two indices that know no other: few, however long the history.
macro_rules! going_on {
    ($select:literal) => {
        concat!(
            "
WITH open (id) AS (
  SELECT id FROM requests INDEXED BY requests_queue WHERE state IN ('waiting', 'offered')
  UNION ALL SELECT id FROM requests INDEXED BY requests_held WHERE state = 'accepted')",
            $select
        )
    };
}
const OPEN_CONVERSATIONS: &str = going_on!(
    "
SELECT q.id FROM open q
 CROSS JOIN streams s ON s.conversation = q.id
 CROSS JOIN rights r ON r.person = ?1 AND r.stream = s.id AND r.silent = 0 AND r.to_seq IS NULL
 ORDER BY q.id"
);
const PEERS: &str = going_on!(
    "
SELECT DISTINCT other.person FROM open q
 CROSS JOIN streams s ON s.conversation = q.id
 CROSS JOIN rights mine ON mine.person = ?1 AND mine.stream = s.id AND mine.to_seq IS NULL
 CROSS JOIN rights other ON other.stream = mine.stream AND other.person <> mine.person AND other.silent = 0
                        AND other.to_seq IS NULL
 ORDER BY other.person"
);
const SAVE_OP: &str = "INSERT INTO done_ops (device, op, at, result) VALUES (?1, ?2, ?3, ?4)";

pub(crate) async fn head(db: &mut Db) -> Answer<i64> {
    let (head,) = sqlx::query_as(HEAD).fetch_one(db).await.map_err(at("log.head"))?;
    Ok(head)
}

/// The conversation that a stream is the public one of.
fn conversation(stream: Stream) -> Option<ConversationId> {
    match stream {
        Stream::Conversation(id) => Some(id),
        _ => None,
    }
}

/// The stream's row and head; a stream exists from its first mention.
pub(crate) async fn stream(db: &mut Db, stream: Stream) -> Answer<(i64, i64)> {
    let here = at("log.stream");
    let name = stream.to_string();
    if let Some(found) = sqlx::query_as(STREAM).bind(&name).fetch_optional(&mut *db).await.map_err(here)? {
        return Ok(found);
    }
    let conversation = conversation(stream).map(|id| id.0.as_bytes().to_vec());
    let (row,) = sqlx::query_as(ADD_STREAM).bind(name).bind(conversation).fetch_one(db).await.map_err(here)?;
    Ok((row, 0))
}

/// What is in a stream after a place, whoever reads it.
pub(crate) async fn entries(db: &mut Db, stream: Stream, after: i64, most: u32) -> Answer<Vec<Event>> {
    let query = sqlx::query_as(ENTRIES).bind(stream.to_string()).bind(after).bind(most);
    let rows: Vec<EventRow> = query.fetch_all(db).await.map_err(at("log.entries"))?;
    rows.into_iter().map(event).collect()
}

pub(crate) async fn fetch(
    db: &mut Db,
    person: PersonId,
    stream: Stream,
    (from, to): (i64, i64),
    most: i64,
) -> Answer<Option<Vec<Event>>> {
    let Some(right) = right(db, person, stream).await? else { return Ok(None) };
    let (from, to) = (from.max(right.from), to.min(right.to.unwrap_or(to)));
    let query = sqlx::query_as(FETCH).bind(right.row).bind(from).bind(to).bind(most);
    let rows: Vec<EventRow> = query.fetch_all(db).await.map_err(at("log.fetch"))?;
    rows.into_iter().rev().map(event).collect::<Answer<_>>().map(Some)
}

fn event((stream, seq, gseq, event_id, at, by, body): EventRow) -> Answer<Event> {
    let place = "events";
    let stream = stream.parse().map_err(|_| StoreError::Corrupt(place))?;
    let by = by.map(|by| id(&by, place)).transpose()?;
    let body = json(&body, "event_bodies")?;
    Ok(Event { stream, seq, gseq, id: id(&event_id, place)?, at: Timestamp(at), by, body })
}

/// What a person may read of a stream.
#[derive(sqlx::FromRow)]
pub(crate) struct Right {
    /// The stream's row.
    #[sqlx(rename = "id")]
    row: i64,
    /// First `seq`.
    #[sqlx(rename = "from_seq")]
    from: i64,
    /// Last `seq`, for who has left.
    #[sqlx(rename = "to_seq")]
    pub(crate) to: Option<i64>,
}

pub(crate) async fn right(db: &mut Db, person: PersonId, stream: Stream) -> Answer<Option<Right>> {
    let query = sqlx::query_as(RIGHT).bind(person.0.as_bytes().to_vec()).bind(stream.to_string());
    query.fetch_optional(db).await.map_err(at("log.right"))
}

pub(crate) async fn is_member(db: &mut Db, person: PersonId, of: Stream) -> Answer<bool> {
    let query = sqlx::query_as(IS_MEMBER).bind(person.0.as_bytes().to_vec()).bind(of.to_string());
    let (many,): (i64,) = query.fetch_one(db).await.map_err(at("log.is_member"))?;
    Ok(many > 0)
}

/// Whether others learn of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silent {
    Yes,
    No,
}

pub(crate) async fn grant(db: &mut Db, person: PersonId, to: Stream, from: i64, silent: Silent) -> Answer<bool> {
    let conversation = conversation(to).map(|id| id.0.as_bytes().to_vec());
    let query = sqlx::query_as(GRANT).bind(person.0.as_bytes().to_vec()).bind(to.to_string()).bind(conversation);
    let query = query.bind(from).bind(silent == Silent::Yes);
    let granted: Option<(i64,)> = query.fetch_optional(db).await.map_err(at("log.grant"))?;
    Ok(granted.is_some())
}

/// `gathered` events are still to be numbered, and are the last to be read.
pub(crate) async fn leave(db: &mut Db, person: PersonId, from: Stream, gathered: usize) -> Answer<bool> {
    let gathered = i64::try_from(gathered).map_err(|_| StoreError::Corrupt("log"))?;
    let query = sqlx::query(LEAVE).bind(person.0.as_bytes().to_vec()).bind(from.to_string()).bind(gathered);
    Ok(query.execute(db).await.map_err(at("log.leave"))?.rows_affected() > 0)
}

pub(crate) async fn revoke(db: &mut Db, person: PersonId, from: Stream) -> Answer<bool> {
    let query = sqlx::query(REVOKE).bind(person.0.as_bytes().to_vec()).bind(from.to_string());
    Ok(query.execute(db).await.map_err(at("log.revoke"))?.rows_affected() > 0)
}

pub(crate) async fn end_look(db: &mut Db, person: PersonId, into: Stream) -> Answer<bool> {
    for sql in [END_LOOK, DROP_LOOK] {
        let query = sqlx::query(sql).bind(person.0.as_bytes().to_vec()).bind(into.to_string());
        if query.execute(&mut *db).await.map_err(at("log.end_look"))?.rows_affected() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) async fn looks(db: &mut Db, person: PersonId) -> Answer<Vec<ConversationId>> {
    let query = sqlx::query_as(LOOKS).bind(person.0.as_bytes().to_vec());
    let rows: Vec<(Vec<u8>,)> = query.fetch_all(db).await.map_err(at("log.looks"))?;
    rows.into_iter().map(|(conversation,)| id(&conversation, "streams")).collect()
}

pub(crate) async fn has_event(db: &mut Db, event: Uuid) -> Answer<bool> {
    let query = sqlx::query_as(HAS_EVENT).bind(event.as_bytes().to_vec());
    let (many,): (i64,) = query.fetch_one(db).await.map_err(at("log.has_event"))?;
    Ok(many > 0)
}

pub(crate) async fn has_message(db: &mut Db, conversation: ConversationId, message: Uuid) -> Answer<bool> {
    let query = sqlx::query_as(HAS_EVENT_IN).bind(message.as_bytes().to_vec()).bind(conversation.0.as_bytes().to_vec());
    let (many,): (i64,) = query.fetch_one(db).await.map_err(at("log.has_message"))?;
    Ok(many > 0)
}

pub(crate) async fn members(db: &mut Db, conversation: ConversationId) -> Answer<Vec<PersonId>> {
    people(db, MEMBERS, conversation.0).await
}

pub(crate) async fn peers(db: &mut Db, person: PersonId) -> Answer<Vec<PersonId>> {
    people(db, PEERS, person.0).await
}

async fn people(db: &mut Db, sql: &'static str, of: Uuid) -> Answer<Vec<PersonId>> {
    let rows: Vec<(Vec<u8>,)> =
        sqlx::query_as(sql).bind(of.as_bytes().to_vec()).fetch_all(db).await.map_err(at("log.people"))?;
    rows.into_iter().map(|(person,)| id(&person, "rights")).collect()
}

pub(crate) async fn open_conversations(db: &mut Db, person: PersonId) -> Answer<Vec<ConversationId>> {
    let query = sqlx::query_as(OPEN_CONVERSATIONS).bind(person.0.as_bytes().to_vec());
    let rows: Vec<(Vec<u8>,)> = query.fetch_all(db).await.map_err(at("log.open_conversations"))?;
    rows.into_iter().map(|(conversation,)| id(&conversation, "requests")).collect()
}

pub(crate) async fn save_op(db: &mut Db, key: OpKey, result: &OpResult, now: Timestamp) -> Answer<()> {
    let query = sqlx::query(SAVE_OP).bind(key.device.0.to_vec()).bind(key.op.0.as_bytes().to_vec());
    let query = query.bind(now.0).bind(to_json(result, "done_ops")?);
    query.execute(db).await.map_err(at("log.save_op"))?;
    Ok(())
}
