//! A ticket: a promise of work (D16).
//!
//! A [`Draft`] becomes a [`Ticket`]; what happens to it afterwards is a list of [`Change`]s, each of one field,
//! and words beside them: an entry of its history, as Redmine's journal has them. Who may move it where is a
//! [`workflow`], by when it is answered and solved are [`terms`], who sees it is [`visibility`].
//!
//! Nothing here is more than Redmine's issue can carry (tracker, status, priority, category, custom fields,
//! journal, private notes, attachments, watchers, relations, parent), but for votes, checklists and ratings,
//! which stay here.

pub mod change;
pub mod checklist;
pub mod link;
pub mod list;
pub mod press;
pub mod step;
pub mod terms;
pub mod tracker;
pub mod visibility;
pub mod workflow;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use change::{Change, Conflict, Edit, Field, Merged, merge};
pub use checklist::Item;
pub use link::{Link, Relation};
pub use terms::Deadlines;
pub use tracker::{Category, Tracker};
pub use visibility::Visibility;
pub use workflow::Workflow;

use crate::{
    CategoryId, ConversationId, FieldId, ItemId, LineId, MessageId, OrganisationId, PersonId, SessionId, TicketId,
    Timestamp, TrackerId,
    calendar::Day,
    message::{Attachment, MOST_TEXT},
    rating::Rating,
};

/// The longest subject, in characters; Redmine takes 255.
pub const MOST_SUBJECT: usize = 255;
/// The longest value of a short field (product, release, a field of the owner's own), in characters.
pub const MOST_VALUE: usize = 255;
/// Files of one entry at most.
pub const MOST_FILES: usize = 20;

/// What sort of work (Redmine: tracker). Each [`Tracker`] is of one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketKind")]
pub enum Kind {
    /// Something does not work.
    Error,
    /// Someone has to explain or look.
    Consultation,
    /// Something should be different.
    Wish,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Error, Self::Consultation, Self::Wish];
}

/// How soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketPriority")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As usual.
    Normal,
    /// Before the rest.
    High,
    /// Now.
    Urgent,
}

impl Priority {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketStatus")]
pub enum Status {
    /// Nobody has begun.
    New,
    /// Someone works on it.
    InWork,
    /// The customer was asked something; terms stand still.
    Waiting,
    /// Done, says the specialist.
    Solved,
    /// Done, says the customer.
    Confirmed,
    /// It was not.
    Reopened,
    /// It will not be done, and why.
    Refused,
}

impl Status {
    /// All of them, in the order of a board.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Reopened, Self::InWork, Self::Waiting, Self::Solved, Self::Confirmed, Self::Refused];

    /// Whether nobody has to do anything any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Solved | Self::Confirmed | Self::Refused)
    }
}

/// What a person wrote to make a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketDraft")]
pub struct Draft {
    /// The maker's operation id.
    pub id: TicketId,
    /// The talk it came from, if any.
    pub conversation: Option<ConversationId>,
    /// Whose ticket it is; the maker's own when none.
    pub customer: Option<PersonId>,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// How soon.
    pub priority: Priority,
    /// Files.
    pub files: Vec<Attachment>,
    /// All the rest.
    #[serde(default, flatten)]
    pub more: More,
}

/// What a draft may say beside the essentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketMore")]
pub struct More {
    /// The client organisation it counts for, when the customer belongs to several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The message of the talk it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// The remote session it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The owner's own tracker; else the standard one of the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracker: Option<TrackerId>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// The program.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub product: String,
    /// Its release.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub release: String,
    /// The day by which it is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Who sees it.
    #[serde(default)]
    pub visibility: Visibility,
    /// Fields of the owner's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<FieldId, String>,
    /// "Me too": the published ticket that this one joins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<TicketId>,
}

/// Why a ticket cannot be made or changed like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// No subject.
    #[error("the subject is empty")]
    NoSubject,
    /// Longer than [`MOST_SUBJECT`].
    #[error("the subject is too long")]
    SubjectTooLong,
    /// Longer than [`MOST_TEXT`] or [`MOST_VALUE`].
    #[error("the text is too long")]
    TextTooLong,
    /// More than [`MOST_FILES`].
    #[error("too many files")]
    TooManyFiles,
}

impl Draft {
    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        check_subject(&self.subject)?;
        check_text(&self.description)?;
        let more = &self.more;
        let mut values = [&more.product, &more.release].into_iter().chain(more.custom.values());
        values.try_for_each(|value| check_value(value))?;
        if self.files.len() > MOST_FILES { Err(DraftError::TooManyFiles) } else { Ok(()) }
    }

    /// Its tracker.
    #[must_use]
    pub fn tracker(&self) -> TrackerId {
        self.more.tracker.unwrap_or_else(|| tracker::standard(self.kind))
    }
}

fn check_subject(subject: &str) -> Result<(), DraftError> {
    if subject.trim().is_empty() {
        return Err(DraftError::NoSubject);
    }
    if subject.chars().count() > MOST_SUBJECT { Err(DraftError::SubjectTooLong) } else { Ok(()) }
}

fn check_text(text: &str) -> Result<(), DraftError> {
    if text.chars().count() > MOST_TEXT { Err(DraftError::TextTooLong) } else { Ok(()) }
}

fn check_value(text: &str) -> Result<(), DraftError> {
    if text.chars().count() > MOST_VALUE { Err(DraftError::TextTooLong) } else { Ok(()) }
}

/// Words beside changes, or alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketComment")]
pub struct Comment {
    /// Plain text.
    pub text: String,
    /// Files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// For the firm's people only.
    #[serde(default)]
    pub staff: bool,
}

impl Comment {
    /// Whether it says anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.files.is_empty()
    }

    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        check_text(&self.text)?;
        if self.files.len() > MOST_FILES { Err(DraftError::TooManyFiles) } else { Ok(()) }
    }
}

/// A ticket as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The maker's id for it.
    pub id: TicketId,
    /// Given by the desk, from 1.
    pub number: i64,
    /// Whose it is.
    pub customer: PersonId,
    /// The client organisation it counts for; none for the firm's own.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// Who made it.
    pub by: Option<PersonId>,
    /// When.
    pub made: Timestamp,
    /// When something happened last.
    pub updated: Timestamp,
    /// The talk it came from.
    pub conversation: Option<ConversationId>,
    /// One line.
    pub subject: String,
    /// In full.
    pub description: String,
    /// What sort of work.
    pub kind: Kind,
    /// Its tracker, of that kind.
    pub tracker: TrackerId,
    /// Where it stands.
    pub status: Status,
    /// How soon.
    pub priority: Priority,
    /// What it is about.
    pub category: Option<CategoryId>,
    /// The program.
    pub product: String,
    /// Its release.
    pub release: String,
    /// The day by which it is wanted.
    pub due: Option<Day>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// Whose line it is.
    pub line: Option<LineId>,
    /// Who of the client sees it.
    pub visibility: Visibility,
    /// Fields of the owner's own.
    pub custom: BTreeMap<FieldId, String>,
    /// A part of this one.
    pub parent: Option<TicketId>,
    /// It goes on there.
    pub merged: Option<TicketId>,
    /// Files of the description.
    pub files: Vec<Attachment>,
    /// Who hears of it beside customer and assignee.
    pub watchers: BTreeSet<PersonId>,
    /// How it hangs together with others.
    pub links: BTreeSet<Link>,
    /// What has to be done.
    pub checklist: BTreeMap<ItemId, Item>,
    /// Who wants it too.
    pub voters: BTreeSet<PersonId>,
    /// How the customer found it.
    pub rating: Option<Rating>,
    /// By when it is answered and solved.
    pub deadlines: Deadlines,
}

impl Ticket {
    /// What a draft becomes.
    #[must_use]
    pub fn of(draft: &Draft, number: i64, customer: PersonId, by: Option<PersonId>, made: Timestamp) -> Self {
        let more = draft.more.clone();
        Self {
            id: draft.id,
            number,
            customer,
            organisation: None,
            by,
            made,
            updated: made,
            conversation: draft.conversation,
            subject: draft.subject.clone(),
            description: draft.description.clone(),
            kind: draft.kind,
            tracker: draft.tracker(),
            status: Status::New,
            priority: draft.priority,
            category: more.category,
            product: more.product,
            release: more.release,
            due: more.due,
            assignee: None,
            line: None,
            visibility: more.visibility,
            custom: more.custom,
            parent: None,
            merged: None,
            files: draft.files.clone(),
            watchers: BTreeSet::new(),
            links: BTreeSet::new(),
            checklist: BTreeMap::new(),
            voters: BTreeSet::new(),
            rating: None,
            deadlines: Deadlines::default(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    /// A draft with nothing special.
    pub(crate) fn draft() -> Draft {
        Draft {
            id: TicketId(Uuid::from_u128(1)),
            conversation: None,
            customer: None,
            subject: "Не печатает счёт".into(),
            description: "После обновления".into(),
            kind: Kind::Error,
            priority: Priority::Normal,
            files: Vec::new(),
            more: More::default(),
        }
    }

    /// Its ticket.
    pub(crate) fn ticket() -> Ticket {
        Ticket::of(&draft(), 1, PersonId(Uuid::from_u128(2)), None, Timestamp(0))
    }

    #[test]
    fn a_draft_of_an_older_program_is_read() {
        let old = r#"{"id":"00000000-0000-0000-0000-000000000001","conversation":null,"customer":null,
            "subject":"Не печатает счёт","description":"После обновления","kind":"error","priority":"normal","files":[]}"#;
        assert_eq!(serde_json::from_str::<Draft>(old).expect("read"), draft());
    }

    #[test]
    fn what_a_person_can_get_wrong_is_found() {
        let with = |change: fn(&mut Draft)| {
            let mut draft = draft();
            change(&mut draft);
            draft.check()
        };
        assert_eq!(with(|_| {}), Ok(()));
        assert_eq!(with(|draft| draft.subject = "  ".into()), Err(DraftError::NoSubject));
        assert_eq!(with(|draft| draft.subject = "я".repeat(MOST_SUBJECT)), Ok(()));
        assert_eq!(with(|draft| draft.subject = "я".repeat(MOST_SUBJECT + 1)), Err(DraftError::SubjectTooLong));
        assert_eq!(with(|draft| draft.more.release = "8".repeat(MOST_VALUE + 1)), Err(DraftError::TextTooLong));
    }
}
