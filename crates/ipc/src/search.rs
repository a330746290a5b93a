//! Finding things by some letters of their words.

use opora_domain::{ConversationId, OrganisationId, PersonId, RequestId, TicketId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchFor {
    /// As it was typed so far.
    pub words: String,
}

/// What was found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchView {
    /// What was looked for: an answer that comes late is known by it.
    pub words: String,
    /// Hits.
    pub hits: Vec<Hit>,
    /// Older messages are still being put into the index.
    pub building: bool,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SearchHit")]
pub struct Hit {
    /// Names the row; one of each kind.
    pub id: String,
    /// What it is.
    pub what: HitKind,
    /// Its title.
    pub title: String,
    /// What tells it from others.
    pub note: String,
    /// When; none for clients.
    pub at: Option<Timestamp>,
}

/// What was found, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "SearchHitKind")]
pub enum HitKind {
    /// A person of a client, with the newest conversation, if one may read any.
    Client {
        /// Who.
        person: PersonId,
        /// Where one talked last.
        conversation: Option<ConversationId>,
    },
    /// A client organisation that nobody belongs to yet.
    Organisation {
        /// Which.
        organisation: OrganisationId,
    },
    /// A conversation.
    Conversation {
        /// Which.
        conversation: ConversationId,
    },
    /// A request that waits.
    Queue {
        /// Which.
        request: RequestId,
    },
    /// A ticket.
    Ticket {
        /// Which.
        ticket: TicketId,
        /// Its number; none while it waits for the network.
        #[ts(type = "number | null")]
        number: Option<i64>,
        /// The talk it came from, if one may read it.
        conversation: Option<ConversationId>,
    },
    /// A note of the firm's people beside a talk.
    Note {
        /// Beside which talk.
        conversation: ConversationId,
    },
    /// A message.
    Message {
        /// In which talk.
        conversation: ConversationId,
        /// The row's id in the talk.
        entry: String,
        /// Its place.
        #[ts(type = "number")]
        order: i64,
    },
}
