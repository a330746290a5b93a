//! What has to be done for a ticket, line by line; for the firm's people.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ItemId;

/// Lines of one checklist at most.
pub const MOST_ITEMS: usize = 100;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketItem")]
pub struct Item {
    /// Which.
    pub id: ItemId,
    /// What.
    pub text: String,
    /// Done.
    pub done: bool,
}
