//! What a store keeps of webhooks: what is told, until it has arrived, and a log of it.
//!
//! A delivery is written by the commit of the transaction that it tells of ([`crate::webhooks::told`]), to each
//! webhook that is on and wants to hear it.

use std::future::Future;

use opora_domain::{
    Timestamp, WebhookId,
    webhook::{Card, Delivery, Webhook},
};
use opora_wire::api::Replay;

use super::Answer;

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The other side's HTTP status.
    pub status: Option<u16>,
    /// In words, when there was none.
    pub said: String,
    /// What follows.
    pub then: Then,
}

/// What follows a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The other side has it.
    Arrived,
    /// Tried again then.
    Again(Timestamp),
    /// Given up.
    Failed,
}

/// A delivery that is due, with what it takes to send it.
#[derive(Clone)]
pub struct Due {
    /// Where it stands.
    pub delivery: Delivery,
    /// Where to.
    pub url: String,
    /// What it is signed with.
    pub secret: String,
    /// What is told: JSON.
    pub told: String,
}

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Due({} of {})", self.delivery.sequence, self.delivery.webhook)
    }
}

/// Webhooks in a transaction.
pub trait WebhooksTx: Send {
    /// A webhook.
    fn webhook(&mut self, webhook: WebhookId) -> impl Future<Output = Answer<Option<Webhook>>> + Send;
    /// How many there are.
    fn count_webhooks(&mut self) -> impl Future<Output = Answer<usize>> + Send;
    /// Adds a webhook, or changes it. A new one has a secret; none keeps the one that is known.
    fn put_webhook(
        &mut self,
        webhook: WebhookId,
        card: &Card,
        secret: Option<&str>,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Forgets a webhook and its log; `false` when there was none.
    fn drop_webhook(&mut self, webhook: WebhookId) -> impl Future<Output = Answer<bool>> + Send;
    /// Turns a webhook off, and remembers whether it fails.
    fn set_webhook(&mut self, webhook: WebhookId, on: bool, failing: bool) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps what came of a try.
    fn settle_delivery(
        &mut self,
        delivery: &Delivery,
        tried: &Tried,
        now: Timestamp,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// What was sent waits again, from the first try on; answers how many.
    fn replay(&mut self, webhook: WebhookId, what: Replay, now: Timestamp) -> impl Future<Output = Answer<u64>> + Send;
    /// Forgets deliveries of before; answers how many.
    fn forget_deliveries(&mut self, before: Timestamp) -> impl Future<Output = Answer<u64>> + Send;
}

/// Reads of webhooks beside the writer.
pub trait WebhooksStore {
    /// All webhooks, oldest first.
    fn webhooks(&self) -> impl Future<Output = Answer<Vec<Webhook>>> + Send;
    /// Deliveries that are due, of each webhook at most `most`, oldest first.
    fn due_deliveries(&self, now: Timestamp, most: u32) -> impl Future<Output = Answer<Vec<Due>>> + Send;
    /// The log of a webhook below a number, newest first.
    fn deliveries(
        &self,
        webhook: WebhookId,
        below: i64,
        most: u32,
    ) -> impl Future<Output = Answer<Vec<Delivery>>> + Send;
}
