//! A remote session (D19): what the desk knows of help at a customer's screen.
//!
//! `Requested` → `Live` → `Ended`, or `Requested` → `Ended`. The desk keeps who, when and how it
//! ended; what is allowed at this moment is decided by the controlled device alone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How long a request for the screen waits for an answer.
pub const ASK_LIFE: crate::Span = crate::Span::minutes(2);

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SessionState")]
pub enum State {
    /// The helper asked; the customer has not answered.
    Requested,
    /// The customer allowed something.
    Live,
    /// Over.
    Ended,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The customer pressed Stop or the stop key.
    StoppedByCustomer,
    /// The specialist finished.
    FinishedByHelper,
    /// The customer said no.
    Refused,
    /// Nobody answered in time.
    NoAnswer,
    /// Thirty minutes are over.
    TimeOver,
    /// The connection could not be made or was lost.
    ConnectionLost,
    /// The other device could not prove who it is.
    NotGenuine,
    /// There is no screen that could be shown.
    NoScreen,
    /// The interface that shows the bar stopped answering.
    BarLost,
    /// The conversation was closed.
    ConversationClosed,
    /// The helper handed the conversation over, or left it.
    HandedOver,
}

impl State {
    /// Whether a session may go from here to there.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Requested, Self::Live | Self::Ended) | (Self::Live, Self::Ended))
    }
}
