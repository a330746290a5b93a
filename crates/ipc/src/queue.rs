//! The specialist's queue and offers.

use opora_domain::{
    ConversationId, LineId, RequestId, Timestamp,
    callback::Callback,
    request::{Ask, State},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The specialist's queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Whether one takes requests.
    pub on_line: bool,
    /// One's own conversations on hold; they are in nobody's hands.
    pub held: Vec<ConversationId>,
    /// In hand, and how many at most.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
    /// What is offered to oneself now, most urgent first.
    pub offers: Vec<OfferView>,
    /// What waits, in the order it will be served.
    pub waiting: Vec<QueueRow>,
}

/// A request in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueRow {
    /// Which.
    pub request: RequestId,
    /// Guard for commands.
    #[ts(type = "number")]
    pub epoch: i64,
    /// The line.
    pub line: LineId,
    /// The line's name.
    pub line_name: String,
    /// Who asks.
    pub customer: String,
    /// From which organisation.
    pub organisation: String,
    /// What.
    pub ask: Ask,
    /// Where it stands.
    pub state: State,
    /// Waiting since.
    pub since: Timestamp,
    /// A wish to be called back.
    pub callback: Option<Callback>,
}

/// A request that rings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferView {
    /// The request.
    pub row: QueueRow,
    /// Milliseconds left when this view was made.
    #[ts(type = "number")]
    pub left_ms: i64,
    /// Milliseconds from ring to deadline.
    #[ts(type = "number")]
    pub life_ms: i64,
}

/// Answer to an offer, or taking a request that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferRef {
    /// Which.
    pub request: RequestId,
    /// As it was shown.
    #[ts(type = "number")]
    pub epoch: i64,
}

/// "Not now."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeclineOffer {
    /// Which.
    pub request: RequestId,
    /// As it was shown.
    #[ts(type = "number")]
    pub epoch: i64,
    /// Why, for supervisors; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// Whether one takes requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetPresence {
    /// On line or not.
    pub on_line: bool,
}
