//! Appending: the events of a transaction are numbered in one step and written in another, however many
//! they are.
//!
//! Every step is a way to the engine's thread and back, and everybody waits for the one writer
//! meanwhile. So lists go as JSON, and what belongs together goes at once.

use std::collections::BTreeMap;

use opora_desk::{
    record::NewEvent,
    store::{Answer, StoreError},
    webhooks,
};
use opora_domain::Timestamp;
use opora_wire::event::{EventBody, Stream};
use serde::Serialize;
use serde_json::json;
use sqlx::SqliteConnection as Db;

use super::conversation;
use crate::{
    error::at,
    value::{json as from_json, to_json},
};

/// A stream exists from its first mention. The desk's counter is the last to be touched: its order is the
/// order of commits.
const NUMBER: &str = "
INSERT INTO streams (name, conversation, head)
SELECT value ->> 'name', unhex(value ->> 'conversation'), value ->> 'new' FROM json_each(?1) WHERE true
ON CONFLICT (name) DO UPDATE SET head = head + excluded.head WHERE excluded.head > 0;
UPDATE firm SET gseq = gseq + ?2 WHERE id = 1;
SELECT f.gseq, f.body_key,
       (SELECT json_group_object(s.name, json_array(s.id, s.head)) FROM streams s
         WHERE s.name IN (SELECT value ->> 'name' FROM json_each(?1)))
  FROM firm f WHERE f.id = 1";
const WRITE: &str = "
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash)
SELECT value ->> 'gseq', value ->> 'stream', value ->> 'seq', unhex(value ->> 'id'), ?2, unhex(value ->> 'by'),
       value ->> 'kind', unhex(value ->> 'body_hash')
  FROM json_each(?1);
INSERT INTO event_bodies (gseq, body) SELECT value ->> 'gseq', value ->> 'body' FROM json_each(?1)";
/// Beside the events that webhooks can tell of: what each that is on has to tell, with its own numbers.
const TELL: &str = "
UPDATE requests SET moved_at = ?2
 WHERE id IN (SELECT unhex(value ->> 'request') FROM json_each(?1) WHERE value ->> 'request' IS NOT NULL);
INSERT INTO deliveries (webhook, seq, topic, told, at, next_at)
SELECT webhooks.id, head + row_number() OVER (PARTITION BY webhooks.id ORDER BY json_each.value ->> 'gseq'),
       json_each.value ->> 'topic', json_each.value ->> 'told', ?2, ?2
  FROM webhooks CROSS JOIN json_each(?1)
 WHERE state = 'on'
   AND json_each.value ->> 'topic' IN (SELECT topics.value FROM json_each(webhooks.topics) AS topics);
UPDATE webhooks SET head = (SELECT max(d.seq) FROM deliveries d WHERE d.webhook = webhooks.id)
 WHERE state = 'on' AND head < (SELECT max(d.seq) FROM deliveries d WHERE d.webhook = webhooks.id)";

/// A stream that is written to, or spoken of.
#[derive(Serialize)]
struct Mention {
    name: String,
    conversation: Option<String>,
    /// How many events it gets.
    new: i64,
}

/// As the columns are called; bytes are in hex.
#[derive(Serialize)]
struct Row {
    gseq: i64,
    stream: i64,
    seq: i64,
    id: String,
    by: Option<String>,
    kind: String,
    body_hash: String,
    body: String,
    /// For webhooks; a request that it is about is marked as moved.
    #[serde(flatten)]
    told: Option<Told>,
}

/// As webhooks tell of it.
#[derive(Serialize)]
struct Told {
    topic: &'static str,
    told: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
}

impl Told {
    fn of(event: &NewEvent) -> Option<Self> {
        let (topic, data) = webhooks::told(event)?;
        let request = match &event.body {
            EventBody::RequestAsked { request, .. } | EventBody::RequestMoved { request, .. } => Some(request.0),
            _ => None,
        };
        let told = json!({ "id": event.id, "by": event.by, "data": data }).to_string();
        Some(Self { topic: topic.name(), told, request: request.map(|request| request.simple().to_string()) })
    }
}

/// The numbers that were taken.
struct Numbers {
    last: i64,
    body_key: [u8; 32],
    /// Row and head, by the stream's name.
    streams: BTreeMap<String, (i64, i64)>,
}

impl Numbers {
    fn of(&self, stream: Stream) -> Answer<(i64, i64)> {
        self.streams.get(&stream.to_string()).copied().ok_or(StoreError::Corrupt("streams"))
    }
}

/// Numbers and writes events; answers the last `gseq`.
pub(crate) async fn append(db: &mut Db, events: Vec<NewEvent>, now: Timestamp) -> Answer<i64> {
    if events.is_empty() {
        return super::head(db).await;
    }
    let new = count_new(&events);
    let numbers = number(db, &new).await?;
    let rows = to_rows(events, new, &numbers)?;
    let query = sqlx::query(WRITE).bind(to_json(&rows, "events")?).bind(now.0);
    query.execute(&mut *db).await.map_err(at("log.append"))?;
    let told: Vec<&Row> = rows.iter().filter(|row| row.told.is_some()).collect();
    if !told.is_empty() {
        let query = sqlx::query(TELL).bind(to_json(&told, "deliveries")?).bind(now.0);
        query.execute(db).await.map_err(at("log.tell"))?;
    }
    Ok(numbers.last)
}

/// New events of each stream; of one that is only opened to somebody there may be none.
fn count_new(events: &[NewEvent]) -> BTreeMap<Stream, i64> {
    let mut new = BTreeMap::new();
    for event in events {
        *new.entry(event.stream).or_default() += 1;
        if let EventBody::StreamOpened { stream, .. } = &event.body {
            new.entry(*stream).or_default();
        }
    }
    new
}

async fn number(db: &mut Db, new: &BTreeMap<Stream, i64>) -> Answer<Numbers> {
    let mention = |(stream, new): (&Stream, &i64)| {
        let conversation = conversation(*stream).map(|id| id.0.simple().to_string());
        Mention { name: stream.to_string(), conversation, new: *new }
    };
    let mentions: Vec<Mention> = new.iter().map(mention).collect();
    let query = sqlx::query_as(NUMBER).bind(to_json(&mentions, "streams")?).bind(new.values().sum::<i64>());
    let (last, body_key, streams): (i64, Vec<u8>, String) = query.fetch_one(db).await.map_err(at("log.number"))?;
    let body_key = body_key.try_into().map_err(|_| StoreError::Corrupt("firm"))?;
    Ok(Numbers { last, body_key, streams: from_json(&streams, "streams")? })
}

fn to_rows(events: Vec<NewEvent>, mut left: BTreeMap<Stream, i64>, numbers: &Numbers) -> Answer<Vec<Row>> {
    let mut gseq = numbers.last - left.values().sum::<i64>();
    let mut rows = Vec::with_capacity(events.len());
    for mut event in events {
        if let EventBody::StreamOpened { stream, head } = &mut event.body {
            *head = numbers.of(*stream)?.1;
        }
        gseq += 1;
        let (stream, head) = numbers.of(event.stream)?;
        let left = left.entry(event.stream).or_default();
        *left -= 1;
        rows.push(row(gseq, (stream, head - *left), &event, &numbers.body_key)?);
    }
    Ok(rows)
}

fn row(gseq: i64, (stream, seq): (i64, i64), event: &NewEvent, body_key: &[u8; 32]) -> Answer<Row> {
    let body = serde_json::to_value(&event.body).map_err(|_| StoreError::Corrupt("event"))?;
    let kind = body.get("is").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let body = body.to_string();
    Ok(Row {
        gseq,
        stream,
        seq,
        id: event.id.simple().to_string(),
        by: event.by.map(|by| by.0.simple().to_string()),
        kind,
        body_hash: blake3::keyed_hash(body_key, body.as_bytes()).to_hex().to_string(),
        body,
        told: Told::of(event),
    })
}
