//! Vendors (line 4): who they are, and what is said with them beside a talk.

use opora_domain::{ConversationId, MessageId, OrganisationId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::conversation::EntryView;

/// An organisation that can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VendorView {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}

/// A question to a vendor, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VendorRow {
    /// The talk it is about.
    pub conversation: ConversationId,
    /// The other firm's name.
    pub title: String,
    /// First words of the question.
    pub subject: String,
    /// First words of the last message.
    pub last: String,
    /// When something last happened.
    pub at: Timestamp,
    /// It is not settled.
    pub open: bool,
}

/// Questions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VendorRows {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// One a talk.
    pub rows: Vec<VendorRow>,
}

/// What is said with a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VendorThread {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// As in the list; none when no vendor was asked.
    pub row: Option<VendorRow>,
    /// Lines, oldest first.
    pub lines: Vec<EntryView>,
    /// Lines that were handed over from the talk.
    pub handed: Vec<String>,
}

/// Make an organisation that is a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeVendor {
    /// Its name.
    pub name: String,
}

/// Ask a vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Escalate {
    /// About which talk.
    pub conversation: ConversationId,
    /// Whom.
    pub organisation: OrganisationId,
    /// What.
    pub question: String,
    /// Messages to hand over.
    pub messages: Vec<MessageId>,
}

/// Hand more messages over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandOver {
    /// Of which talk.
    pub conversation: ConversationId,
    /// Which.
    pub messages: Vec<MessageId>,
}

/// Write to the other firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SayToVendor {
    /// Beside which talk.
    pub conversation: ConversationId,
    /// Plain text.
    pub text: String,
}

/// Send a file to the other firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileToVendor {
    /// Beside which talk.
    pub conversation: ConversationId,
    /// Full path.
    pub path: String,
}

/// Quote the vendor's answer in the talk, for the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuoteVendor {
    /// In which talk.
    pub conversation: ConversationId,
    /// Which answer; its file goes along.
    pub message: MessageId,
    /// The words for the customer.
    pub text: String,
}
