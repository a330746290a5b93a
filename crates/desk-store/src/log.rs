//! The log: streams, events, rights, and operations that were done.

use std::collections::BTreeMap;

use opora_desk::{
    record::{Feed, NewEvent, OpKey},
    store::{Answer, StoreError},
};
use opora_domain::{ConversationId, PersonId, Timestamp};
use opora_wire::{
    OpResult,
    event::{Event, EventBody, Stream},
};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    error::at,
    value::{id, json, to_json},
};

type EventRow = (String, i64, i64, Vec<u8>, i64, Option<Vec<u8>>, String);

const HEAD: &str = "SELECT gseq FROM firm WHERE id = 1";
const STREAM: &str = "SELECT id, head FROM streams WHERE name = ?1";
const ADD_STREAM: &str = "INSERT INTO streams (name, conversation) VALUES (?1, ?2) RETURNING id";
const SET_HEAD: &str = "UPDATE streams SET head = ?2 WHERE id = ?1";
/// The last counter to be touched: its order is the order of commits.
const TAKE_GSEQ: &str = "UPDATE firm SET gseq = gseq + ?1 WHERE id = 1 RETURNING gseq, body_key";
const ADD_EVENT: &str = "
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const ADD_BODY: &str = "INSERT INTO event_bodies (gseq, body) VALUES (?1, ?2)";
/// An erased body leaves its header; it is then left out of the join and read as `{}`.
const FEED: &str = "
SELECT s.name, e.seq, e.gseq, e.id, e.at, e.by, coalesce(b.body, '{\"is\":\"erased\"}')
  FROM events e
  JOIN rights r ON r.stream = e.stream AND r.person = ?1 AND r.from_seq <= e.seq
                AND (r.to_seq IS NULL OR e.seq <= r.to_seq)
  JOIN streams s ON s.id = e.stream
  LEFT JOIN event_bodies b ON b.gseq = e.gseq
 WHERE e.gseq > ?2 AND e.gseq <= ?3
 ORDER BY e.gseq
 LIMIT ?4";
const FETCH: &str = "
SELECT s.name, e.seq, e.gseq, e.id, e.at, e.by, coalesce(b.body, '{\"is\":\"erased\"}')
  FROM events e
  JOIN streams s ON s.id = e.stream
  LEFT JOIN event_bodies b ON b.gseq = e.gseq
 WHERE e.stream = ?1 AND e.seq BETWEEN ?2 AND ?3
 ORDER BY e.seq DESC
 LIMIT ?4";
const RIGHT: &str = "
SELECT s.id, r.from_seq, r.to_seq FROM rights r JOIN streams s ON s.id = r.stream WHERE r.person = ?1 AND s.name = ?2";
/// Who looked in silently and then joins is a member from then on; who left and comes back reads
/// also what was said meanwhile. Who left and only looks in keeps beside the look what there was.
const GRANT: &str = "
INSERT INTO rights (person, stream, from_seq, silent) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (person, stream) DO UPDATE
   SET silent = iif(rights.to_seq IS NULL, min(rights.silent, excluded.silent), excluded.silent),
       kept_from = iif(excluded.silent = 0, NULL,
                       iif(rights.silent = 0 AND rights.to_seq IS NOT NULL, rights.from_seq, rights.kept_from)),
       kept_to = iif(excluded.silent = 0, NULL,
                     iif(rights.silent = 0 AND rights.to_seq IS NOT NULL, rights.to_seq, rights.kept_to)),
       from_seq = min(rights.from_seq, excluded.from_seq), to_seq = NULL
 WHERE rights.silent > excluded.silent OR rights.to_seq IS NOT NULL OR rights.from_seq > excluded.from_seq";
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
const OPEN_CONVERSATIONS: &str = "
SELECT q.id FROM rights r
  JOIN streams s ON s.id = r.stream
  JOIN requests q ON q.id = s.conversation AND q.state NOT IN ('closed', 'cancelled')
 WHERE r.person = ?1 AND r.silent = 0 AND r.to_seq IS NULL
 ORDER BY q.id";
const PEERS: &str = "
SELECT DISTINCT other.person FROM rights mine
  JOIN streams s ON s.id = mine.stream
  JOIN requests q ON q.id = s.conversation AND q.state NOT IN ('closed', 'cancelled')
  JOIN rights other ON other.stream = mine.stream AND other.person <> mine.person AND other.silent = 0
                    AND other.to_seq IS NULL
 WHERE mine.person = ?1 AND mine.to_seq IS NULL
 ORDER BY other.person";
const OP_RESULT: &str = "SELECT result FROM done_ops WHERE device = ?1 AND op = ?2";
const SAVE_OP: &str = "INSERT INTO done_ops (device, op, at, result) VALUES (?1, ?2, ?3, ?4)";

pub(crate) async fn head(db: &mut Db) -> Answer<i64> {
    let (head,) = sqlx::query_as(HEAD).fetch_one(db).await.map_err(at("log.head"))?;
    Ok(head)
}

/// The stream's row and head; a stream exists from its first mention.
pub(crate) async fn stream(db: &mut Db, stream: Stream) -> Answer<(i64, i64)> {
    let here = at("log.stream");
    let name = stream.to_string();
    if let Some(found) = sqlx::query_as(STREAM).bind(&name).fetch_optional(&mut *db).await.map_err(here)? {
        return Ok(found);
    }
    let conversation = match stream {
        Stream::Conversation(id) => Some(id.0.as_bytes().to_vec()),
        _ => None,
    };
    let (row,) = sqlx::query_as(ADD_STREAM).bind(name).bind(conversation).fetch_one(db).await.map_err(here)?;
    Ok((row, 0))
}

/// Numbers and writes events; answers the last `gseq`.
pub(crate) async fn append(db: &mut Db, events: Vec<NewEvent>, now: Timestamp) -> Answer<i64> {
    if events.is_empty() {
        return head(db).await;
    }
    let here = at("log.append");
    let mut heads: BTreeMap<Stream, (i64, i64)> = BTreeMap::new();
    let mut numbered = Vec::with_capacity(events.len());
    for event in events {
        let place = match heads.get(&event.stream) {
            Some((row, head)) => (*row, head + 1),
            None => {
                let (row, head) = stream(db, event.stream).await?;
                (row, head + 1)
            }
        };
        heads.insert(event.stream, place);
        numbered.push((place, event));
    }
    for (row, head) in heads.values() {
        sqlx::query(SET_HEAD).bind(row).bind(head).execute(&mut *db).await.map_err(here)?;
    }
    for (_, event) in &mut numbered {
        if let EventBody::StreamOpened { stream: opened, head } = &mut event.body {
            *head = stream(db, *opened).await?.1;
        }
    }
    let many = i64::try_from(numbered.len()).map_err(|_| StoreError::Corrupt("log"))?;
    let (last, body_key): (i64, Vec<u8>) =
        sqlx::query_as(TAKE_GSEQ).bind(many).fetch_one(&mut *db).await.map_err(here)?;
    let body_key: [u8; 32] = body_key.try_into().map_err(|_| StoreError::Corrupt("firm"))?;
    for (gseq, ((row, seq), event)) in (last - many + 1..).zip(numbered) {
        add(db, gseq, (row, seq), event, now, &body_key).await?;
    }
    Ok(last)
}

async fn add(
    db: &mut Db,
    gseq: i64,
    (row, seq): (i64, i64),
    event: NewEvent,
    now: Timestamp,
    body_key: &[u8; 32],
) -> Answer<()> {
    let here = at("log.append");
    let body = serde_json::to_value(&event.body).map_err(|_| StoreError::Corrupt("event"))?;
    let kind = body.get("is").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let body = body.to_string();
    let hash = blake3::keyed_hash(body_key, body.as_bytes()).as_bytes().to_vec();
    sqlx::query(ADD_EVENT)
        .bind(gseq)
        .bind(row)
        .bind(seq)
        .bind(event.id.as_bytes().to_vec())
        .bind(now.0)
        .bind(event.by.map(|by| by.0.as_bytes().to_vec()))
        .bind(kind)
        .bind(hash)
        .execute(&mut *db)
        .await
        .map_err(here)?;
    sqlx::query(ADD_BODY).bind(gseq).bind(body).execute(db).await.map_err(here)?;
    Ok(())
}

/// Head and events must be of one moment: `db` is inside a transaction.
pub(crate) async fn feed(db: &mut Db, person: PersonId, after: i64, most: i64) -> Answer<Feed> {
    let head = head(db).await?;
    let query = sqlx::query_as(FEED).bind(person.0.as_bytes().to_vec()).bind(after).bind(head).bind(most);
    let rows: Vec<EventRow> = query.fetch_all(db).await.map_err(at("log.feed"))?;
    let events = rows.into_iter().map(event).collect::<Answer<Vec<Event>>>()?;
    let full = i64::try_from(events.len()).is_ok_and(|many| many >= most);
    let cursor = events.last().filter(|_| full).map_or(head, |event| event.gseq);
    Ok(Feed { events, cursor, more: full && cursor < head })
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
    let (row, _) = stream(db, to).await?;
    let query = sqlx::query(GRANT).bind(person.0.as_bytes().to_vec()).bind(row).bind(from);
    let query = query.bind(silent == Silent::Yes);
    Ok(query.execute(db).await.map_err(at("log.grant"))?.rows_affected() > 0)
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

pub(crate) async fn op_result(db: &mut Db, key: OpKey) -> Answer<Option<OpResult>> {
    let query = sqlx::query_as(OP_RESULT).bind(key.device.0.to_vec()).bind(key.op.0.as_bytes().to_vec());
    let found: Option<(String,)> = query.fetch_optional(db).await.map_err(at("log.op_result"))?;
    found.map(|(result,)| json(&result, "done_ops")).transpose()
}

pub(crate) async fn save_op(db: &mut Db, key: OpKey, result: &OpResult, now: Timestamp) -> Answer<()> {
    let query = sqlx::query(SAVE_OP).bind(key.device.0.to_vec()).bind(key.op.0.as_bytes().to_vec());
    let query = query.bind(now.0).bind(to_json(result, "done_ops")?);
    query.execute(db).await.map_err(at("log.save_op"))?;
    Ok(())
}
