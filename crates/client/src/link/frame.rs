//! Frames as text. Events are read apart from the typed rest, so that a kind of event or stream
//! that this version does not know is kept as it came.

use opora_domain::{PersonId, Timestamp};
use opora_history::StoredEvent;
use opora_wire::{Frame, MOST_FRAME, ToClient, ToDesk};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ConnectError;

/// A frame from the desk.
pub(super) struct Read {
    pub(super) id: u64,
    pub(super) message: Body,
}

/// What is in it.
pub(super) enum Body {
    /// `events` or `fetched`.
    Events { events: Vec<StoredEvent>, cursor: i64, more: bool },
    /// Everything else that is known.
    Other(Box<ToClient>),
    /// From a newer desk.
    Unknown,
}

#[derive(Deserialize)]
struct RawFrame {
    #[serde(default)]
    id: u64,
    t: String,
    #[serde(default)]
    body: Value,
}

#[derive(Deserialize)]
struct RawEvents {
    events: Vec<RawEvent>,
    #[serde(default)]
    cursor: i64,
    #[serde(default)]
    more: bool,
}

#[derive(Deserialize)]
struct RawEvent {
    stream: String,
    seq: i64,
    gseq: i64,
    id: Uuid,
    at: Timestamp,
    by: Option<PersonId>,
    body: Value,
}

/// Writes a frame.
pub(super) fn write(id: u64, message: &ToDesk) -> Result<String, ConnectError> {
    let text = serde_json::to_string(&Frame::new(id, message)).map_err(ConnectError::Frame)?;
    // What the person can write is limited long before this.
    if text.len() > MOST_FRAME { Err(ConnectError::TooLarge) } else { Ok(text) }
}

/// Reads a frame.
pub(super) fn read(text: &str) -> Result<Read, ConnectError> {
    let RawFrame { id, t, body } = serde_json::from_str(text).map_err(ConnectError::Frame)?;
    let message = if matches!(t.as_str(), "events" | "fetched") {
        let RawEvents { events, cursor, more } = serde_json::from_value(body).map_err(ConnectError::Frame)?;
        Body::Events { events: events.into_iter().map(stored).collect(), cursor, more }
    } else {
        let known = json!({ "t": t, "body": body });
        serde_json::from_value(known).map_or(Body::Unknown, |known| Body::Other(Box::new(known)))
    };
    Ok(Read { id, message })
}

fn stored(raw: RawEvent) -> StoredEvent {
    let RawEvent { stream, seq, gseq, id, at, by, body } = raw;
    StoredEvent { stream, seq, gseq, id, at, by, body }
}
