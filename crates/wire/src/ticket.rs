//! Tickets after they were made. All of it is in `staff`; what concerns the client is in `ticket/ID` too, which
//! the customer and those read who see the ticket.

use opora_domain::{
    ItemId, LineId, MessageId, OrganisationId, PersonId, TicketId,
    rating::Rating,
    rights::Act,
    ticket::{Category, Change, Comment, Deadlines, Edit, Item, Link, Tracker, terms::Terms},
};
use serde::{Deserialize, Serialize};

/// What can be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// Change fields, say something, or both: one entry of the history. What somebody else changed meanwhile to
    /// something else is left as it is and named in the answer.
    Update {
        /// Which.
        ticket: TicketId,
        /// Id of the entry: the operation's.
        entry: MessageId,
        /// Fields, one edit each.
        #[serde(default)]
        edits: Vec<Edit>,
        /// Words.
        #[serde(default)]
        comment: Option<Comment>,
    },
    /// Somebody hears of it, or no longer.
    Watch {
        /// Which.
        ticket: TicketId,
        /// Who.
        person: PersonId,
        /// On or off.
        on: bool,
    },
    /// Add a line to the checklist, or change one.
    PutItem {
        /// Which.
        ticket: TicketId,
        /// The line.
        item: Item,
    },
    /// Take a line from the checklist.
    DropItem {
        /// Which.
        ticket: TicketId,
        /// The line.
        item: ItemId,
    },
    /// Say how two tickets hang together, or that they do not.
    Link {
        /// The first.
        ticket: TicketId,
        /// What it is to which.
        link: Link,
        /// On or off.
        on: bool,
    },
    /// The one goes on in the other: its customer watches that one, its work is over.
    Merge {
        /// Which.
        ticket: TicketId,
        /// Where it goes on.
        into: TicketId,
    },
    /// "I want that too", of a wish; or no longer.
    Vote {
        /// Which.
        ticket: TicketId,
        /// On or off.
        on: bool,
    },
    /// How the customer found it.
    Rate {
        /// Which.
        ticket: TicketId,
        /// How it was.
        rating: Rating,
    },
    /// Tell all clients of it, in words that are meant for them; or no longer. Saying it again is news.
    Publish {
        /// Which.
        ticket: TicketId,
        /// What all are told; none: nothing any more.
        notice: Option<Notice>,
    },
    /// Add a tracker, or change one.
    PutTracker {
        /// All of it.
        tracker: Tracker,
    },
    /// Say what tickets are about.
    PutCategories {
        /// All of them, in order.
        categories: Vec<Category>,
    },
    /// Say what is promised.
    PutTerms {
        /// All of it.
        terms: Terms,
    },
}

impl Op {
    /// The ticket that is acted upon.
    #[must_use]
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Update { ticket, .. }
            | Self::Watch { ticket, .. }
            | Self::PutItem { ticket, .. }
            | Self::DropItem { ticket, .. }
            | Self::Link { ticket, .. }
            | Self::Merge { ticket, .. }
            | Self::Vote { ticket, .. }
            | Self::Rate { ticket, .. }
            | Self::Publish { ticket, .. } => Some(*ticket),
            Self::PutTracker { .. } | Self::PutCategories { .. } | Self::PutTerms { .. } => None,
        }
    }

    /// What it is in the table of rights.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Update { comment: Some(comment), .. } if comment.staff => Act::WorkOnTicket,
            Self::Update { edits, .. } if edits.iter().any(|edit| !edit.now.field().is_customers()) => {
                Act::WorkOnTicket
            }
            Self::Update { .. } => Act::UpdateTicket,
            Self::Watch { .. }
            | Self::PutItem { .. }
            | Self::DropItem { .. }
            | Self::Link { .. }
            | Self::Merge { .. } => Act::WorkOnTicket,
            Self::Vote { .. } => Act::VoteForTicket,
            Self::Rate { .. } => Act::RateTicket,
            Self::Publish { .. } => Act::PublishTicket,
            Self::PutTracker { .. } | Self::PutCategories { .. } | Self::PutTerms { .. } => Act::SetUpTickets,
        }
    }
}

/// What all clients are told of an error that many have, or of a wish that many may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// One line, without anybody's name.
    pub title: String,
    /// In full.
    pub text: String,
}

/// What the desk adds to a draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The client organisation it counts for.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// Whose line it is.
    #[serde(default)]
    pub line: Option<LineId>,
    /// Who works on it.
    #[serde(default)]
    pub assignee: Option<PersonId>,
    /// By when it is answered and solved.
    #[serde(default)]
    pub deadlines: Deadlines,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// Fields changed, something was said, or both. The event's id is the entry's.
    Updated {
        /// Which.
        ticket: TicketId,
        /// Fields as they are now.
        #[serde(default)]
        changes: Vec<Change>,
        /// Words; none in `ticket/ID` when they are for the firm's people.
        #[serde(default)]
        comment: Option<Comment>,
        /// By when it is answered and solved now.
        deadlines: Deadlines,
    },
    /// Who somebody is, before the first time that the person is named. In `ticket/ID`: clients know nobody of the
    /// firm by themselves.
    Introduced {
        /// Which.
        ticket: TicketId,
        /// Who.
        person: PersonId,
        /// Name.
        name: String,
        /// Works for the firm.
        of_firm: bool,
    },
    /// Somebody hears of it, or no longer. In `ticket/ID` only about people of the client.
    Watched {
        /// Which.
        ticket: TicketId,
        /// Who.
        person: PersonId,
        /// On or off.
        on: bool,
    },
    /// The checklist has this line. In `staff`.
    ItemPut {
        /// Which.
        ticket: TicketId,
        /// The line.
        item: Item,
    },
    /// The checklist lost a line. In `staff`.
    ItemDropped {
        /// Which.
        ticket: TicketId,
        /// The line.
        item: ItemId,
    },
    /// Two tickets hang together, or no longer; said of both. In `staff`.
    Linked {
        /// The first.
        ticket: TicketId,
        /// What it is to which.
        link: Link,
        /// On or off.
        on: bool,
    },
    /// It goes on elsewhere. In `ticket/ID` with that one's number only.
    Merged {
        /// Which.
        ticket: TicketId,
        /// Where it goes on.
        into: TicketId,
        /// That one's number.
        number: i64,
    },
    /// Somebody wants it too, or no longer. In `staff`, and in that person's own stream.
    Voted {
        /// Which.
        ticket: TicketId,
        /// Who.
        person: PersonId,
        /// On or off.
        on: bool,
    },
    /// The customer rated it.
    Rated {
        /// Which.
        ticket: TicketId,
        /// How it was.
        rating: Rating,
    },
    /// A promise is nearly broken, or is. In `staff`.
    Pressed {
        /// Which.
        ticket: TicketId,
        /// It is broken.
        broken: bool,
    },
    /// All clients are told of it, or no longer. In `desk`.
    Published {
        /// Which.
        ticket: TicketId,
        /// An error or a wish.
        wish: bool,
        /// What; none: nothing any more.
        notice: Option<Notice>,
        /// So many want it too.
        votes: u32,
    },
    /// A tracker exists, or was changed. In `desk`.
    TrackerPut {
        /// All of it.
        tracker: Tracker,
    },
    /// What tickets are about. In `desk`.
    CategoriesPut {
        /// All of them, in order.
        categories: Vec<Category>,
    },
    /// What is promised. In `desk`.
    TermsPut {
        /// All of it.
        terms: Terms,
    },
    /// From a newer desk.
    #[serde(other)]
    Unknown,
}

impl Event {
    /// The ticket that it is about.
    #[must_use]
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Updated { ticket, .. }
            | Self::Introduced { ticket, .. }
            | Self::Watched { ticket, .. }
            | Self::ItemPut { ticket, .. }
            | Self::ItemDropped { ticket, .. }
            | Self::Linked { ticket, .. }
            | Self::Merged { ticket, .. }
            | Self::Voted { ticket, .. }
            | Self::Rated { ticket, .. }
            | Self::Pressed { ticket, .. }
            | Self::Published { ticket, .. } => Some(*ticket),
            Self::TrackerPut { .. } | Self::CategoriesPut { .. } | Self::TermsPut { .. } | Self::Unknown => None,
        }
    }
}
