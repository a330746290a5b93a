//! Conversations, messages, files.

use opora_domain::{
    ConversationId, MessageId, PersonId, RequestId, Timestamp,
    message::Mark,
    rating::Rating,
    request::{Ask, State},
    session::{EndReason, State as SessionState},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{error::ErrorCode, session::SessionView, ticket::TicketView, transfer::HandingEntry};

/// A conversation in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationRow {
    /// Which.
    pub id: ConversationId,
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The other side's name: the customer's for a specialist; the specialist's, or empty while
    /// nobody has accepted, for a customer.
    pub title: String,
    /// The other side's organisation.
    pub organisation: String,
    /// First words of what was asked.
    pub subject: String,
    /// Last message, or empty.
    pub last: String,
    /// The last message is one's own.
    pub last_mine: bool,
    /// When something last happened.
    pub at: Timestamp,
    /// Messages one has not seen.
    pub unread: u32,
    /// Notes of others beside it that one has not seen; customers have none.
    pub notes: u32,
    /// Where its request stands; none while it waits for the network.
    pub state: Option<State>,
    /// A remote session is live.
    pub sharing: bool,
    /// One has left it: what was said until then stays readable.
    pub left: bool,
}

/// An open conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationView {
    /// As in the list.
    pub row: ConversationRow,
    /// Its request.
    pub request: RequestId,
    /// What was asked.
    pub ask: Option<Ask>,
    /// Name of the line.
    pub line_name: String,
    /// Everybody in it.
    pub members: Vec<MemberView>,
    /// The newest entries, oldest first.
    pub entries: Vec<EntryView>,
    /// There is more above.
    pub more: bool,
    /// The remote session that is asked for or live.
    pub session: Option<SessionView>,
    /// The customer's last tickets, newest first.
    pub tickets: Vec<TicketView>,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// The head's mark of the specialist's work; customers never have one.
    pub mark: Option<Rating>,
    /// Whom it is being handed to, while that is open.
    pub handing: Option<String>,
    /// Guard for handing it over.
    #[ts(type = "number")]
    pub epoch: i64,
}

/// Someone in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MemberView {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Works for the firm.
    pub staff: bool,
    /// Oneself.
    pub me: bool,
    /// Connected now.
    pub present: bool,
}

/// A line of a conversation: a message, or something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// Message id, or the event's id.
    pub id: String,
    /// Order: place in the stream; what is not sent yet comes last, in the order it was written.
    #[ts(type = "number")]
    pub order: i64,
    /// When.
    pub at: Timestamp,
    /// Who; none when the desk did it.
    pub by: Option<PersonId>,
    /// Name of who.
    pub by_name: String,
    /// Oneself.
    pub mine: bool,
    /// What.
    pub what: Entry,
}

/// What a line of a conversation is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Entry {
    /// A message.
    Message(MessageView),
    /// It began: what was asked.
    Opened {
        /// The request.
        ask: Ask,
    },
    /// Someone came.
    Joined,
    /// The screen was asked for, allowed, or a session ended.
    Session {
        /// Where the session is.
        state: SessionState,
        /// Why it ended.
        reason: Option<EndReason>,
    },
    /// A ticket was made of it.
    Ticket {
        /// Its number.
        #[ts(type = "number")]
        number: i64,
        /// Its subject.
        subject: String,
    },
    /// Words were erased, of the whole talk or of one person.
    Erased,
    /// It was closed.
    Closed,
    /// It was rated.
    Rated(Rating),
    /// Who answers, who came in or left; beside the talk, what is known of it.
    Handing(HandingEntry),
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessageView {
    /// Which.
    pub message: MessageId,
    /// Plain text.
    pub text: String,
    /// What it answers.
    pub reply: Option<ReplyView>,
    /// A file.
    pub file: Option<FileView>,
    /// How far one's own message has come; for others' messages `sent`.
    pub mark: Mark,
    /// Why it is stuck.
    pub stuck: Option<ErrorCode>,
}

/// The message that is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplyView {
    /// Which.
    pub message: MessageId,
    /// By whom.
    pub by_name: String,
    /// Its first words or its file's name.
    pub excerpt: String,
}

/// A file in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileView {
    /// Harmless name.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// BLAKE3 in hex.
    pub hash: String,
    /// Media type.
    pub mime: String,
    /// Shown inline from `opora://localhost/blob/MESSAGE` when it is here.
    pub picture: Option<(u32, u32)>,
    /// Opening it could act on the machine.
    pub dangerous: bool,
    /// Where it is.
    pub state: FileState,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FileState {
    /// Going up, or waiting to.
    Sending {
        /// Bytes the desk has.
        #[ts(type = "number")]
        done: u64,
    },
    /// At the desk, not here.
    Offered,
    /// Coming down.
    Receiving {
        /// Bytes that are here.
        #[ts(type = "number")]
        done: u64,
    },
    /// Here, and its hash was verified.
    Here,
    /// Did not work; can be tried again.
    Failed {
        /// Why.
        code: ErrorCode,
    },
}

/// Names a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConversationRef {
    /// Which.
    pub conversation: ConversationId,
}

/// Older entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Older {
    /// Where.
    pub conversation: ConversationId,
    /// Before this `order`.
    #[ts(type = "number")]
    pub before: i64,
}

/// Write a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SendMessage {
    /// Where.
    pub conversation: ConversationId,
    /// Plain text.
    pub text: String,
    /// What it answers.
    pub reply_to: Option<MessageId>,
}

/// Send a file from this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SendFile {
    /// Where.
    pub conversation: ConversationId,
    /// Full path, from a drop or the picker.
    pub path: String,
}

/// Send a picture from the clipboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SendBytes {
    /// Where.
    pub conversation: ConversationId,
    /// Name.
    pub name: String,
    /// Content, base64.
    pub base64: String,
}

/// Names a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MessageRef {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub message: MessageId,
}

/// Save a received file somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveFile {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub message: MessageId,
    /// Folder; the downloads folder when empty. An existing file is never replaced.
    pub folder: String,
}

/// Where a file was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// Full path.
    pub path: String,
}

/// Rate the help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rate {
    /// Which talk.
    pub conversation: ConversationId,
    /// How it was.
    pub rating: Rating,
}

/// Rows that are new or changed, and rows that are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntriesChange {
    /// Where.
    pub conversation: ConversationId,
    /// Whole rows.
    pub upsert: Vec<EntryView>,
    /// Ids.
    pub gone: Vec<String>,
}

/// Someone is writing; forget it after five seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypingView {
    /// Where.
    pub conversation: ConversationId,
    /// Who.
    pub name: String,
}
