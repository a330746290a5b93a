//! Tickets.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    CategoryId, ConversationId, FieldId, ItemId, LineId, MessageId, OrganisationId, PersonId, SessionId, TicketId,
    Timestamp, TrackerId,
    calendar::Day,
    message::Mark,
    rating::{Rating, Stars},
    ticket::{
        Category, Change, Conflict, Deadlines, Edit, Item, Kind, Priority, Relation, Status, Tracker, Visibility,
        list::{Column, Filter, Group, Sort},
        step,
        terms::{Light, Terms},
        workflow::Workflow,
    },
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
    /// Whose in person.
    pub customer_id: PersonId,
    /// The client organisation it counts for.
    pub organisation: Option<String>,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// Its tracker.
    pub tracker: TrackerId,
    /// How soon.
    pub priority: Priority,
    /// Where it stands, what waits for the network included.
    pub status: Status,
    /// Who works on it.
    pub assignee: Option<String>,
    /// Who in person.
    pub assignee_id: Option<PersonId>,
    /// Whose line it is.
    pub line: Option<String>,
    /// What it is about.
    pub category: Option<String>,
    /// The day by which it is wanted.
    pub due: Option<Day>,
    /// By when it is answered and solved.
    pub deadlines: Deadlines,
    /// How the nearest of these stands.
    pub light: Light,
    /// Who of the client sees it.
    pub visibility: Visibility,
    /// Something in it was not looked at.
    pub unread: bool,
    /// Fields that two people changed to different things wait for an answer.
    pub conflict: bool,
    /// So many want it too.
    pub votes: u32,
    /// The customer's line of steps.
    pub steps: Vec<TicketStepView>,
    /// How far it has come to the desk, with all that was changed here.
    pub mark: Mark,
    /// Why it is stuck.
    pub stuck: Option<ErrorCode>,
    /// Names and sizes of its files.
    pub files: Vec<TicketFile>,
    /// When it was made.
    pub at: Timestamp,
    /// When something happened last.
    pub updated: Timestamp,
}

/// One of the customer's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketStepView {
    /// Which.
    pub step: step::Step,
    /// How far.
    pub state: step::State,
}

/// A ticket's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketFile {
    /// Name.
    pub name: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// BLAKE3 of the whole, in hex: names the file to `open_ticket_file`.
    pub hash: String,
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
    /// For whom a specialist makes it; the customer of the talk, or oneself, when none.
    #[serde(default)]
    pub customer: Option<PersonId>,
    /// The client organisation it counts for, when the customer belongs to several.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// The message it comes from.
    #[serde(default)]
    pub message: Option<MessageId>,
    /// The remote session it comes from.
    #[serde(default)]
    pub session: Option<SessionId>,
    /// The owner's own tracker; else the standard one of the kind.
    #[serde(default)]
    pub tracker: Option<TrackerId>,
    /// What it is about.
    #[serde(default)]
    pub category: Option<CategoryId>,
    /// The program.
    #[serde(default)]
    pub product: String,
    /// Its release.
    #[serde(default)]
    pub release: String,
    /// The day by which it is wanted.
    #[serde(default)]
    pub due: Option<Day>,
    /// Who of the client sees it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Fields of the owner's own.
    #[serde(default)]
    pub custom: BTreeMap<FieldId, String>,
    /// "Me too": the published ticket that this one joins.
    #[serde(default)]
    pub joins: Option<TicketId>,
    /// The draft that it is made of; its files go along.
    #[serde(default)]
    pub draft: Option<TicketId>,
}

/// A window into a list of tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketsAsk {
    /// Which.
    #[serde(default)]
    pub filter: Filter,
    /// In which order.
    #[serde(default)]
    pub sort: Sort,
    /// In groups; the groups come one after another, and the window counts over all of them.
    #[serde(default)]
    pub group: Option<Group>,
    /// First row of the window, from 0.
    #[serde(default)]
    pub from: u32,
    /// Rows of the window, 500 at most.
    #[serde(default)]
    pub count: u32,
}

/// A window into a list of tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketsPage {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Rows in all.
    pub total: u32,
    /// Groups in their order; empty when not grouped.
    pub groups: Vec<TicketGroupView>,
    /// First row of the window.
    pub from: u32,
    /// The window.
    pub rows: Vec<TicketView>,
}

/// Lists may look different now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketsMoved {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Tickets that changed; empty when it may be any.
    pub tickets: Vec<TicketId>,
}

/// A group of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketGroupView {
    /// The value as the program knows it: a status, a priority, an id; empty for none.
    pub key: String,
    /// Its name when a person gave it one; else the interface names the key.
    pub name: Option<String>,
    /// Rows.
    pub count: u32,
}

/// Which ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketRef {
    /// Which.
    pub ticket: TicketId,
}

/// A ticket, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketCard {
    /// As in lists.
    pub row: TicketView,
    /// The program.
    pub product: String,
    /// Its release.
    pub release: String,
    /// Fields of the owner's own that say something.
    pub custom: BTreeMap<FieldId, String>,
    /// Values behind the names of the row, for edits.
    pub line_id: Option<LineId>,
    /// As above.
    pub category_id: Option<CategoryId>,
    /// As above.
    pub organisation_id: Option<OrganisationId>,
    /// What happened, oldest first; the description is not among it.
    pub history: Vec<TicketEntry>,
    /// What has to be done; for the firm's people.
    pub checklist: Vec<Item>,
    /// What it hangs together with; for the firm's people.
    pub links: Vec<TicketLinkView>,
    /// What it is a part of; for the firm's people.
    pub parent: Option<TicketLabel>,
    /// Its parts; for the firm's people.
    pub children: Vec<TicketLabel>,
    /// Where it goes on.
    #[ts(type = "number | null")]
    pub merged: Option<i64>,
    /// Who hears of it.
    pub watchers: Vec<TicketPerson>,
    /// Minutes noted.
    pub minutes: u32,
    /// Fields that two people changed to different things.
    pub conflicts: Vec<TicketConflictView>,
    /// What this person may do.
    pub may: TicketMay,
    /// How the customer found it.
    pub rating: Option<Rating>,
    /// What all clients are told of it.
    pub notice: Option<TicketNoticeView>,
    /// Oneself wants it too.
    pub voted: bool,
}

/// What a person may do with a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketMay {
    /// Where it may be moved, in the order of a board.
    pub statuses: Vec<TicketTarget>,
    /// Comment.
    pub comment: bool,
    /// Change subject, description, product, release, day, visibility.
    pub edit: bool,
    /// All the rest: assignee, priority, notes, checklist, links, watchers, merge.
    pub work: bool,
    /// Rate.
    pub rate: bool,
    /// Vote.
    pub vote: bool,
}

/// Where a ticket may be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketTarget {
    /// There.
    pub status: Status,
    /// The customer has to be told in words.
    pub words: bool,
}

/// A ticket's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketLabel {
    /// Which.
    pub id: TicketId,
    /// Its number.
    #[ts(type = "number | null")]
    pub number: Option<i64>,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
}

/// How a ticket hangs together with another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketLinkView {
    /// What it is to the other.
    pub relation: Relation,
    /// The other.
    pub other: TicketLabel,
}

/// A person in a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketPerson {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
}

/// One entry of a ticket's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketEntry {
    /// Which.
    pub id: MessageId,
    /// Who; none when the desk did, by itself.
    pub by: Option<String>,
    /// Works for the firm.
    pub of_firm: bool,
    /// Oneself.
    pub mine: bool,
    /// When.
    pub at: Timestamp,
    /// Fields, with words for their values.
    pub changes: Vec<TicketChangeView>,
    /// Words.
    pub text: String,
    /// Files.
    pub files: Vec<TicketFile>,
    /// For the firm's people only.
    pub staff: bool,
    /// What else happened.
    pub what: TicketHappened,
    /// How far it has come to the desk.
    pub mark: Mark,
    /// Why it is stuck.
    pub stuck: Option<ErrorCode>,
}

/// What happened to a ticket, beside changes and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "with", rename_all = "snake_case")]
pub enum TicketHappened {
    /// Changes or words.
    Updated,
    /// A person watches, or no longer.
    Watched {
        /// Who.
        name: String,
        /// On or off.
        on: bool,
    },
    /// It hangs together with another one, or no longer.
    Linked {
        /// How, with which.
        link: TicketLinkView,
        /// On or off.
        on: bool,
    },
    /// It goes on elsewhere.
    Merged {
        /// That one's number.
        #[ts(type = "number")]
        number: i64,
    },
    /// The customer rated it.
    Rated {
        /// One to five.
        stars: Stars,
    },
    /// A promise is nearly broken, or is.
    Pressed {
        /// It is broken.
        broken: bool,
    },
    /// All clients are told, or no longer.
    Published {
        /// On or off.
        on: bool,
    },
}

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketChangeView {
    /// To what.
    pub now: Change,
    /// From what, as far as it is known.
    pub was: Option<Change>,
    /// The name of what it is now, where a person gave it one: of a person, line, category, tracker, ticket.
    pub name: Option<String>,
    /// The name of what it was.
    pub was_name: Option<String>,
}

/// A field that two people changed to different things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketConflictView {
    /// Names it to `settle_ticket`.
    pub id: MessageId,
    /// Both values.
    pub conflict: Conflict,
    /// Who changed it meanwhile.
    pub by: Option<String>,
    /// Names of both values, where a person gave them one.
    pub mine: Option<String>,
    /// As above.
    pub theirs: Option<String>,
}

/// Settle a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettleTicket {
    /// Which ticket.
    pub ticket: TicketId,
    /// Which conflict: the entry, and the place of the field in it is found by `field`.
    pub id: MessageId,
    /// Which field.
    pub field: opora_domain::ticket::Field,
    /// One's own value; else what is there stays.
    pub mine: bool,
}

/// Change fields of a ticket, say something, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UpdateTicket {
    /// Which.
    pub ticket: TicketId,
    /// What was on screen, and what shall be there instead.
    #[serde(default)]
    pub edits: Vec<Edit>,
    /// Words; may be empty.
    #[serde(default)]
    pub text: String,
    /// Full paths of files.
    #[serde(default)]
    pub files: Vec<String>,
    /// Words and files are for the firm's people only.
    #[serde(default)]
    pub staff: bool,
}

/// Change the same in many tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UpdateTickets {
    /// Which, 500 at most.
    pub tickets: BTreeSet<TicketId>,
    /// To what.
    pub changes: Vec<Change>,
    /// Words for the client of each; may be empty.
    #[serde(default)]
    pub text: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UpdatedTickets {
    /// So many are changed.
    pub changed: u32,
    /// These may not be changed so.
    pub left: Vec<TicketLabel>,
}

/// Somebody hears of a ticket, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchTicket {
    /// Which.
    pub ticket: TicketId,
    /// Who; oneself when none.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// On or off.
    pub on: bool,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutTicketItem {
    /// Which ticket.
    pub ticket: TicketId,
    /// Which line; a new one when none.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// What; empty: the line goes.
    pub text: String,
    /// Done.
    pub done: bool,
}

/// How a ticket hangs together with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkTicket {
    /// Which.
    pub ticket: TicketId,
    /// With which, by number.
    #[ts(type = "number")]
    pub number: i64,
    /// How; none: it goes on there.
    pub relation: Option<Relation>,
    /// On or off.
    pub on: bool,
}

/// What a ticket is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartOf {
    /// Which.
    pub ticket: TicketId,
    /// Number of the whole; none: it stands alone.
    #[ts(type = "number | null")]
    pub number: Option<i64>,
}

/// Want a wish too, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoteTicket {
    /// Which.
    pub ticket: TicketId,
    /// On or off.
    pub on: bool,
}

/// Rate a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RateTicket {
    /// Which.
    pub ticket: TicketId,
    /// How it was.
    pub rating: Rating,
}

/// Tell all clients of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishTicket {
    /// Which.
    pub ticket: TicketId,
    /// What; none: nothing any more.
    pub notice: Option<TicketNoticeText>,
}

/// What all clients are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketNoticeText {
    /// One line, without anybody's name.
    pub title: String,
    /// In full.
    pub text: String,
}

/// What all clients are told, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketNoticeView {
    /// Of which ticket.
    pub ticket: TicketId,
    /// A wish; else an error.
    pub wish: bool,
    /// One line.
    pub title: String,
    /// In full.
    pub text: String,
    /// When it was said last.
    pub at: Timestamp,
    /// So many want it too.
    pub votes: u32,
    /// Oneself too: votes for the wish, or has joined the error.
    pub mine: bool,
}

/// Words that somebody types who is about to make a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SimilarAsk {
    /// Subject and description so far.
    pub text: String,
}

/// What is known already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SimilarView {
    /// What all clients are told, the most alike first.
    pub notices: Vec<TicketNoticeView>,
    /// Tickets that one sees, the most alike first, five at most.
    pub tickets: Vec<TicketLabel>,
}

/// Trackers, categories, what is promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketSetupView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// All trackers, the standard ones first.
    pub trackers: Vec<Tracker>,
    /// What tickets are about.
    pub categories: Vec<Category>,
    /// What is promised.
    pub terms: Terms,
    /// What all clients are told.
    pub notices: Vec<TicketNoticeView>,
    /// The steps that most firms use.
    pub usual: Workflow,
}

/// Add a tracker, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutTracker {
    /// All of it; a new one has the nil id.
    pub tracker: Tracker,
}

/// Say what tickets are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutCategories {
    /// All of them, in order; a new one has the nil id.
    pub categories: Vec<Category>,
}

/// Say what is promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutTerms {
    /// All of it.
    pub terms: Terms,
}

/// A list that a person kept under a name. Stays on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedList {
    /// Its name.
    pub name: String,
    /// What it shows, with the window at the beginning.
    pub ask: TicketsAsk,
    /// Columns in their order.
    pub columns: Vec<String>,
}

/// Lists that were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedLists {
    /// In order.
    pub lists: Vec<SavedList>,
}

/// Save a list of tickets as a file in the downloads folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportTickets {
    /// Which, in which order; the window does not count.
    pub ask: TicketsAsk,
    /// Columns in their order; all when empty.
    pub columns: Vec<Column>,
    /// CSV; else XLSX.
    pub csv: bool,
}

/// Open or save a file of a ticket that this person may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TicketFileRef {
    /// Of which ticket.
    pub ticket: TicketId,
    /// BLAKE3 of the whole, in hex.
    pub hash: String,
}

/// Note the minutes that a ticket took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteTicketTime {
    /// Which.
    pub ticket: TicketId,
    /// As it was, not rounded.
    pub minutes: u32,
}
