//! Keys of the API, and webhooks: what the owner can have done about them, and what is told of it.
//!
//! Secrets are made by the owner's program. Of a key the desk is told the hash alone; a webhook's secret goes to the
//! desk once, is sealed there and told to nobody. So there is nothing to be shown twice.

use opora_domain::{
    KeyId, Timestamp, WebhookId,
    api::{self, Key, Scope},
    rights::Act,
    webhook::{self, Delivery, Webhook},
};
use serde::{Deserialize, Serialize};

use crate::{OpBody, structure, ticket};

/// What can be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Give out a key.
    MakeKey {
        /// Which; made by the owner's program.
        key: KeyId,
        /// What it is.
        card: api::Card,
        /// BLAKE3 of its text, in hex ([`api::hash`]).
        hash: String,
    },
    /// Take a key back, for ever.
    RevokeKey {
        /// Which.
        key: KeyId,
    },
    /// A webhook is there and is so.
    PutWebhook {
        /// Which; made by the owner's program.
        webhook: WebhookId,
        /// How it is.
        card: webhook::Card,
        /// What it signs with; none keeps the one that is known.
        #[serde(default)]
        secret: Option<String>,
    },
    /// A webhook is no more, nor the log of its deliveries.
    DropWebhook {
        /// Which.
        webhook: WebhookId,
    },
    /// Send again what was sent before.
    Replay {
        /// By which webhook.
        webhook: WebhookId,
        /// What.
        which: Replay,
    },
}

/// What is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Replay {
    /// One delivery, whatever came of it.
    One(i64),
    /// All that were given up, of what happened since then.
    FailedSince(Timestamp),
}

impl Op {
    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        Act::KeepApi
    }
}

impl OpBody {
    /// The scope that lets a key of the API have it done; none: no key may.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        match self {
            Self::Structure(structure::Op::PutOrganisation { .. }) => Some(Scope::OrganisationsWrite),
            Self::MakeTicket { draft } if draft.customer.is_some() && draft.conversation.is_none() => {
                Some(Scope::TicketsWrite)
            }
            Self::Ticket(ticket::Op::Update { .. }) => Some(Scope::TicketsWrite),
            // A key gives out no keys.
            Self::Api(Op::PutWebhook { .. } | Op::DropWebhook { .. } | Op::Replay { .. }) => Some(Scope::WebhooksWrite),
            _ => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// A key exists. In `staff`: its name stands as an author.
    KeyMade {
        /// Which.
        key: KeyId,
        /// What it is.
        card: api::Card,
    },
    /// A key works no longer. In `staff`.
    KeyRevoked {
        /// Which.
        key: KeyId,
    },
    /// A webhook is so. In `supervisors`.
    WebhookSet {
        /// Which.
        webhook: WebhookId,
        /// How.
        card: webhook::Card,
    },
    /// A webhook is no more. In `supervisors`.
    WebhookDropped {
        /// Which.
        webhook: WebhookId,
    },
    /// The other side wants to hear nothing more (410); the webhook is off. In `supervisors`.
    WebhookGone {
        /// Which.
        webhook: WebhookId,
    },
    /// A delivery was given up; said once until one arrives again. In `supervisors`.
    WebhookFailing {
        /// Which.
        webhook: WebhookId,
        /// The delivery.
        sequence: i64,
        /// What came of the last try.
        said: String,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

/// Answer of `GET /v1/api`, for the owner: keys with their last use, webhooks with how they go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// Keys, the revoked ones too, oldest first.
    pub keys: Vec<Key>,
    /// Webhooks, oldest first.
    pub webhooks: Vec<Webhook>,
}

/// Answer of `GET /v1/api/webhooks/{id}?before=N`: newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deliveries {
    /// A part of the log.
    pub deliveries: Vec<Delivery>,
}
