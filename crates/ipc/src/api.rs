//! Keys of the HTTP API, and webhooks: what the owner lets other programs do, and what they are told.

use opora_domain::{
    KeyId, WebhookId,
    api::{Key, Scope},
    webhook::{Delivery, Topic, Webhook},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who may come from outside, and who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiView {
    /// Where other programs find the API.
    pub address: String,
    /// Keys, the revoked ones too, oldest first.
    pub keys: Vec<Key>,
    /// Webhooks, oldest first.
    pub webhooks: Vec<Webhook>,
}

/// Give a key out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeApiKey {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// It works for so many days; none: until it is revoked.
    pub days: Option<u32>,
}

/// A key that was given out. Its text is shown once; nobody keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MadeApiKey {
    /// For the other program.
    pub text: String,
    /// All of them now.
    pub view: ApiView,
}

/// Take a key back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApiKeyRef {
    /// Which.
    pub key: KeyId,
}

/// Make a webhook, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutWebhook {
    /// Which; none makes a new one.
    pub webhook: Option<WebhookId>,
    /// Where to.
    pub url: String,
    /// What it is told.
    pub topics: Vec<Topic>,
    /// Whether it is told anything.
    pub on: bool,
}

/// A webhook that was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetWebhook {
    /// What deliveries are signed with, when it is new or goes elsewhere. Shown once; the desk tells it to nobody.
    pub secret: Option<String>,
    /// All of them now.
    pub view: ApiView,
}

/// A webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookRef {
    /// Which.
    pub webhook: WebhookId,
}

/// A part of the log of deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookLogAsk {
    /// Of which webhook.
    pub webhook: WebhookId,
    /// Older than this one; the newest when none.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
}

/// Send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplayWebhook {
    /// By which webhook.
    pub webhook: WebhookId,
    /// Which delivery; all that were given up when none.
    #[ts(type = "number | null")]
    pub sequence: Option<i64>,
}

/// Deliveries, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WebhookLog {
    /// A part of the log.
    pub deliveries: Vec<Delivery>,
}
