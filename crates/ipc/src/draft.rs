//! Tickets that are being written: they stay on this device until they are sent or thrown away.

use opora_domain::{TicketId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ticket::{MakeTicket, TicketFile};

/// A ticket that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketDraftView {
    /// The ticket's id once it is sent.
    pub id: TicketId,
    /// As far as it is written; without paths of files.
    pub form: MakeTicket,
    /// Its files: copies, so that the originals may go.
    pub files: Vec<TicketFile>,
    /// When it was changed last.
    pub at: Timestamp,
}

/// All that are being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketDrafts {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The one that was changed last first.
    pub drafts: Vec<TicketDraftView>,
}

/// Keep what is written so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepTicketDraft {
    /// All of it. A new draft has no [`MakeTicket::draft`]; [`MakeTicket::files`] are added to those it has.
    pub form: MakeTicket,
    /// Hashes of files that it has no longer.
    #[serde(default)]
    pub without: Vec<String>,
}
