//! A remote session (D19): what the desk knows of help at a customer's screen.
//!
//! `Requested` → `Live` → `Ended`, or `Requested` → `Ended`. The desk keeps who, when and how it
//! ended; what is allowed at this moment is decided by the controlled device alone.
//!
//! A session never changes its helper: a grant names one device. When a talk changes hands, the giver's
//! session ends and the receiver asks with the next one ([`State::goes_along`]), so that no pixel goes
//! anywhere between the two without a new yes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::PersonId;

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
    /// Whether the receiver of a talk asks to go on where its giver was. What nobody has answered yet does
    /// not go along: the receiver asks in words of one's own.
    #[must_use]
    pub fn goes_along(self, helper: PersonId, giver: PersonId) -> bool {
        self == Self::Live && helper == giver
    }

    /// Whether a session may go from here to there.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!((self, next), (Self::Requested, Self::Live | Self::Ended) | (Self::Live, Self::Ended))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_what_is_live_and_the_givers_goes_along() {
        let (boris, vera) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert!(State::Live.goes_along(boris, boris));
        assert!(!State::Live.goes_along(vera, boris), "another specialist's stays that one's");
        assert!(!State::Requested.goes_along(boris, boris), "nobody has said yes to it");
        assert!(!State::Ended.goes_along(boris, boris));
    }
}
