//! A webhook: what happens at the desk is told to another program, signed, until it has heard it.
//!
//! What is told is thin: which thing, what kind of change, when. No words and no names leave by it; whoever wants
//! them asks the API with a key that may. A delivery is tried at once and then after growing waits
//! ([`again_after`]); 410 says "no more" and turns the webhook off.

pub mod address;

use std::collections::BTreeSet;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use ts_rs::TS;
use uuid::Uuid;

use crate::{Span, Timestamp, WebhookId};

/// Characters of a secret: at least 128 bits, however it is written.
pub const SECRET: std::ops::RangeInclusive<usize> = 32..=200;
/// Webhooks of one desk at most.
pub const MOST: usize = 50;
/// How long a delivery stays in the log.
pub const KEPT: Span = Span::minutes(30 * 24 * 60);
/// Waits before the tries after the first one: a restart, an update, a night, a day.
const WAITS: [Span; 6] = [
    Span::minutes(1),
    Span::minutes(5),
    Span::minutes(30),
    Span::minutes(2 * 60),
    Span::minutes(6 * 60),
    Span::minutes(24 * 60),
];

/// What can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "WebhookTopic")]
pub enum Topic {
    /// A customer asks for help.
    #[serde(rename = "request.asked")]
    RequestAsked,
    /// A request waits, is offered, taken, closed, or taken back.
    #[serde(rename = "request.moved")]
    RequestMoved,
    /// A ticket was made.
    #[serde(rename = "ticket.made")]
    TicketMade,
    /// Fields of a ticket changed, something was said, or both.
    #[serde(rename = "ticket.updated")]
    TicketUpdated,
    /// A ticket goes on in another one.
    #[serde(rename = "ticket.merged")]
    TicketMerged,
    /// A customer rated a ticket.
    #[serde(rename = "ticket.rated")]
    TicketRated,
    /// A promise about a ticket is nearly broken, or is.
    #[serde(rename = "ticket.pressed")]
    TicketPressed,
    /// An organisation exists, or was changed.
    #[serde(rename = "organisation.changed")]
    OrganisationChanged,
}

impl Topic {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestAsked => "request.asked",
            Self::RequestMoved => "request.moved",
            Self::TicketMade => "ticket.made",
            Self::TicketUpdated => "ticket.updated",
            Self::TicketMerged => "ticket.merged",
            Self::TicketRated => "ticket.rated",
            Self::TicketPressed => "ticket.pressed",
            Self::OrganisationChanged => "organisation.changed",
        }
    }
}

/// What a webhook is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "WebhookCard")]
pub struct Card {
    /// Where to: [`address::check`].
    pub url: String,
    /// What it wants to hear.
    pub topics: BTreeSet<Topic>,
    /// Off: nothing is queued, and what is queued waits.
    pub on: bool,
}

/// A webhook as the desk knows it; its secret is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "Webhook")]
pub struct Webhook {
    /// Which.
    pub id: WebhookId,
    /// What it is.
    pub card: Card,
    /// Since when.
    pub made: Timestamp,
    /// Number of the newest delivery.
    #[ts(type = "number")]
    pub head: i64,
    /// A delivery was given up, and none has arrived since.
    pub failing: bool,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DeliveryState")]
pub enum State {
    /// It will be tried, perhaps again.
    Waiting,
    /// The other side has it.
    Arrived,
    /// It was given up.
    Failed,
}

/// One thing that was told, or will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Delivery {
    /// By which webhook.
    pub webhook: WebhookId,
    /// Its number there, from 1 without a gap.
    #[ts(type = "number")]
    pub sequence: i64,
    /// What about.
    pub topic: Topic,
    /// When it happened.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Tries until now.
    pub tries: u32,
    /// When it is tried next, while it waits.
    pub next: Timestamp,
    /// The last try.
    pub tried: Option<Timestamp>,
    /// The other side's HTTP status then.
    pub status: Option<u16>,
    /// In words, when there was none.
    pub said: String,
}

impl Delivery {
    /// Names it towards the other side: the same at every try and replay, so that doubles are noticed.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let mut hash = blake3::Hasher::new();
        hash.update(b"opora delivery").update(self.webhook.as_bytes()).update(&self.sequence.to_be_bytes());
        let mut bytes = [0; 16];
        hash.finalize_xof().fill(&mut bytes);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// The wait after `tries` tries; none: given up. `chance` of 0 to 1000 spreads it by a fifth either way, so that a
/// receiver that comes back is not met by everything at once.
#[must_use]
pub fn again_after(tries: u32, chance: u16) -> Option<Span> {
    let index = usize::try_from(tries.checked_sub(1)?).ok()?;
    let wait = *WAITS.get(index)?;
    Some(Span(wait.0 * (800 + i64::from(chance.min(1_000)) * 400 / 1_000) / 1_000))
}

/// What goes into `Opora-Signature`: HMAC-SHA256 (RFC 2104) of timestamp, point and body, in hex, after its version.
#[must_use]
pub fn sign(secret: &str, timestamp: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(format!("{timestamp}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("v1={hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_what_other_programs_reckon() {
        // python3 -c 'import hmac;print(hmac.new(b"Jefe"*8,b"1700000000.{}","sha256").hexdigest())'
        let expected = include_str!("webhook/vector.txt").trim();
        assert_eq!(sign(&"Jefe".repeat(8), 1_700_000_000, "{}"), expected);
        assert_ne!(sign(&"Jefe".repeat(8), 1_700_000_001, "{}"), expected, "an old one cannot be sent as new");
    }

    #[test]
    fn waits_grow_and_end_and_are_spread_by_a_fifth() {
        assert_eq!(again_after(0, 500), None, "nothing was tried");
        let waits: Vec<_> = (1..=6).filter_map(|tries| again_after(tries, 500)).collect();
        assert_eq!(waits, WAITS, "the middle of the spread");
        assert_eq!(again_after(7, 500), None);
        assert_eq!(again_after(1, 0), Some(Span::seconds(48)));
        assert_eq!(again_after(1, 1_000), Some(Span::seconds(72)));
    }

    #[test]
    fn a_topic_is_called_on_the_wire_as_in_words() -> Result<(), serde_json::Error> {
        let topics = [Topic::RequestAsked, Topic::TicketPressed, Topic::OrganisationChanged];
        for topic in topics {
            assert_eq!(serde_json::to_value(topic)?, topic.name());
        }
        Ok(())
    }
}
