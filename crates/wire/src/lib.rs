//! What client and desk say to each other (D21).
//!
//! Over one WebSocket at `wss://HOST:PORT/v1/link` go JSON frames `{t, v, id, body}` of at most
//! [`MOST_FRAME`] bytes. The desk begins with [`ToClient::Challenge`]; the client answers
//! [`ToDesk::Hello`]; the desk says [`ToClient::Ready`] and from then on sends events as they
//! come. Every [`ToDesk::Op`], `Fetch` and `Hello` is answered by exactly one frame that carries the same `id`.
//! Unknown fields are ignored; an unknown event is kept as it came.
//!
//! Over HTTPS at the same address: redeeming invites ([`redeem`]), and files ([`files`]).

pub mod api;
pub mod board;
pub mod colleague;
pub mod contract;
pub mod copied;
pub mod device;
pub mod event;
pub mod files;
pub mod hello;
pub mod hours;
pub mod keeping;
pub mod mail;
pub mod note;
pub mod op;
pub mod participant;
pub mod presence;
pub mod redeem;
mod rights;
pub mod routing;
pub mod signal;
pub mod structure;
pub mod supervision;
pub mod ticket;
pub mod totp;
pub mod transfer;
pub mod vendor;

use opora_domain::{
    ConversationId, PersonId, PublicKey, RequestId, SessionId,
    wait::{Range, Why},
};
use serde::{Deserialize, Serialize};

pub use event::{Event, EventBody, Stream};
pub use hello::{Hello, Ready};
pub use op::{Op, OpBody, OpResult, Refusal, RefusalCode};

/// The version of the frames described here.
pub const VERSION: u16 = 1;
/// The largest frame in bytes, either way.
pub const MOST_FRAME: usize = 256 * 1024;

/// One frame, either way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame<T> {
    /// [`VERSION`].
    pub v: u16,
    /// Ties an answer to its question; 0 where there is none.
    #[serde(default)]
    pub id: u64,
    /// The message: `t` and `body`.
    #[serde(flatten)]
    pub message: T,
}

impl<T> Frame<T> {
    /// A frame of this version.
    pub fn new(id: u64, message: T) -> Self {
        Self { v: VERSION, id, message }
    }
}

/// From the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "body", rename_all = "snake_case")]
pub enum ToDesk {
    /// Answers the challenge.
    Hello(Hello),
    /// Does something; answered by `Done` or `Refused`.
    Op(Op),
    /// Asks for a hole or older part of a stream; answered by `Fetched`.
    Fetch(Fetch),
    /// "I am writing"; no answer.
    Typing {
        /// Where.
        conversation: ConversationId,
    },
    /// To one device in a session; no answer.
    Signal(signal::Signal),
    /// Liveness, every [`hello::BEAT`]; answered by `Pong`.
    Ping,
}

/// From the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "body", rename_all = "snake_case")]
pub enum ToClient {
    /// First frame of a connection.
    Challenge(hello::Challenge),
    /// The device is known; catching up follows as `Events`.
    Ready(Ready),
    /// Events after the client's cursor, in the order of `gseq`.
    Events(Events),
    /// Answers `Fetch`.
    Fetched(Events),
    /// Answers `Op`: it is in the log (now, or since an earlier try).
    Done(OpResult),
    /// Answers `Op`, `Fetch` or `Hello`: no, and why.
    Refused(Refusal),
    /// Someone is writing.
    Typing {
        /// Where.
        conversation: ConversationId,
        /// Who.
        person: PersonId,
    },
    /// The customer's place in the queue; sent when it changes.
    Place(Place),
    /// Whether the people of a conversation, and their devices, are connected.
    Present {
        /// Devices that are connected and belong to a conversation of this person.
        devices: Vec<PublicKey>,
    },
    /// The firm's people, to each of them; sent when it changes.
    Staff {
        /// All who serve.
        people: Vec<presence::Shown>,
    },
    /// From a device in a session.
    Signal(signal::Signal),
    /// Load and quality now; for supervisors, whole and whenever it changed.
    Board(board::LiveBoard),
    /// Answers `Ping`.
    Pong,
}

/// A part of one stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// Which stream.
    pub stream: Stream,
    /// First `seq` wanted.
    pub from: i64,
    /// Last `seq` wanted; at most [`MOST_FETCH`] events are sent, the newest ones.
    pub to: i64,
}

/// Events in one answer at most.
pub const MOST_FETCH: i64 = 200;

/// Some events, and the cursor to store together with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Events {
    /// In the order of `gseq`.
    pub events: Vec<Event>,
    /// Nothing that this person may read has `gseq` at or below this and is missing. 0 in `Fetched`.
    pub cursor: i64,
    /// More is waiting to be sent.
    pub more: bool,
}

/// A customer's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The request.
    pub request: RequestId,
    /// How many are before it.
    pub ahead: u32,
    /// Specialists of the line who are on line now.
    pub specialists: u32,
    /// How long it will probably take; none when nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Range>,
    /// Why it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// Which session a transient frame belongs to.
pub type SessionKey = (SessionId, PublicKey);
