//! Tickets.

use opora_domain::{
    ConversationId, TicketId, Timestamp,
    message::Mark,
    ticket::{Kind, Priority, Status},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorCode;

/// A ticket in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketView {
    /// Which.
    pub id: TicketId,
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Its number; none while the desk has not seen it.
    #[ts(type = "number | null")]
    pub number: Option<i64>,
    /// The talk it came from.
    pub conversation: Option<ConversationId>,
    /// Whose it is.
    pub customer: String,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// How soon.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// How far it has come to the desk.
    pub mark: Mark,
    /// Why it is stuck.
    pub stuck: Option<ErrorCode>,
    /// Names and sizes of its files.
    pub files: Vec<TicketFile>,
    /// When it was made.
    pub at: Timestamp,
}

/// A ticket's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketFile {
    /// Name.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// Make a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeTicket {
    /// The talk it comes from.
    pub conversation: Option<ConversationId>,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// How soon.
    pub priority: Priority,
    /// Full paths of files; copied at once, so that the originals may go.
    pub files: Vec<String>,
}

/// A new list of tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketsView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Newest first.
    pub tickets: Vec<TicketView>,
}
