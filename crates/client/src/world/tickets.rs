//! Tickets, and what all clients are told of some of them.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    OpId, PersonId, TicketId, Timestamp, TrackerId,
    ticket::{self, Category, Kind, Tracker, terms::Terms},
};
use opora_wire::{
    Event, EventBody, Stream, api,
    ticket::{Event as Said, Notice, Placed},
};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, Rows, World};

/// All that is known about tickets.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tickets {
    /// Those that one sees.
    #[serde(skip)]
    pub all: Rows<TicketId, Known>,
    /// What all clients are told of.
    pub notices: BTreeMap<TicketId, Told>,
    /// Wishes that oneself wants too.
    pub voted: BTreeSet<TicketId>,
    /// Trackers, the standard ones among them.
    pub trackers: BTreeMap<TrackerId, Tracker>,
    /// What tickets are about.
    pub categories: Vec<Category>,
    /// What is promised.
    pub terms: Terms,
    /// Who people in tickets are: name, works for the firm. Clients know nobody of the firm by themselves.
    #[serde(skip)]
    pub people: Rows<PersonId, (String, bool)>,
    /// Moves with each change, so that a sorted list knows when it is old.
    #[serde(skip)]
    pub changed: u64,
}

/// A ticket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    /// As the desk has it.
    pub ticket: ticket::Ticket,
    /// Its subject in small letters, for lists; not kept.
    #[serde(skip)]
    pub subject: String,
    /// Where its history is stored.
    pub places: Vec<(Stream, i64)>,
    /// So much happened in it that others did.
    pub news: i64,
}

/// What all clients are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// A wish; else an error.
    pub wish: bool,
    /// The words.
    pub notice: Notice,
    /// When they were said last.
    pub at: Timestamp,
    /// So many want it too.
    pub votes: u32,
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            all: Rows::default(),
            notices: BTreeMap::new(),
            voted: BTreeSet::new(),
            trackers: Kind::ALL.into_iter().map(Tracker::usual).map(|tracker| (tracker.id, tracker)).collect(),
            categories: Vec::new(),
            terms: Terms::default(),
            people: Rows::default(),
            changed: 0,
        }
    }
}

impl Tickets {
    /// The ticket as the desk has it.
    #[must_use]
    pub fn get(&self, id: TicketId) -> Option<&ticket::Ticket> {
        self.all.get(&id).map(|known| &known.ticket)
    }

    /// Whether it is here.
    #[must_use]
    pub fn has(&self, id: TicketId) -> bool {
        self.all.contains_key(&id)
    }

    /// Its tracker; a retired or unknown one moves tickets as most firms do.
    #[must_use]
    pub fn tracker_of(&self, ticket: &ticket::Ticket) -> Tracker {
        self.trackers.get(&ticket.tracker).cloned().unwrap_or_else(|| Tracker::usual(ticket.kind))
    }
}

impl World {
    pub(super) fn apply_ticket_made(&mut self, event: &Event, made: &Made<'_>, moment: Moment) -> Changes {
        let Made { number, customer, draft, status, placed } = made;
        let mut changes = Changes { tickets: true, home: true, ..Changes::default() };
        let id = draft.id;
        changes.done.insert(OpId(id.0));
        let beside = self.conversations.iter().filter(|(_, talk)| talk.customer == Some(*customer));
        changes.heads.extend(beside.map(|(id, _)| *id));
        self.tickets.changed += 1;
        let news = i64::from(event.by != Some(self.me));
        let known = self.tickets.all.or_insert_with(id, || {
            let mut ticket = ticket::Ticket::of(draft, *number, *customer, event.by, event.at);
            ticket.status = *status;
            (ticket.organisation, ticket.line) = (placed.organisation, placed.line);
            (ticket.assignee, ticket.deadlines) = (placed.assignee, placed.deadlines);
            Known { subject: draft.subject.to_lowercase(), ticket, places: Vec::new(), news }
        });
        known.places.push((event.stream, event.seq));
        if moment.live && news > 0 {
            changes.ticketed.push(event.clone());
        }
        changes
    }

    /// A key of the API writes into tickets under its own name.
    pub(super) fn apply_api(&mut self, said: &api::Event) -> Changes {
        if let api::Event::KeyMade { key, card } = said {
            self.tickets.people.insert(PersonId(key.0), (card.name.clone(), true));
        }
        Changes { tickets: true, ..Changes::default() }
    }

    pub(super) fn apply_ticket(&mut self, event: &Event, said: &Said, moment: Moment) -> Changes {
        let mut changes = Changes { tickets: true, ..Changes::default() };
        self.tickets.changed += 1;
        if let Some(set_up) = self.tickets.set_up(said, event.at) {
            changes.ticket_setup = set_up;
            return changes;
        }
        if let Said::Introduced { person, name, of_firm, .. } = said {
            self.tickets.people.insert(*person, (name.clone(), *of_firm));
            return changes;
        }
        let me = self.me;
        if let Said::Voted { ticket, person, on } = said
            && *person == me
        {
            put(&mut self.tickets.voted, *ticket, *on);
        }
        let Some(known) = said.ticket().and_then(|id| self.tickets.all.get_mut(&id)) else { return changes };
        known.ticket.updated = known.ticket.updated.max(event.at);
        known.places.push((event.stream, event.seq));
        if let Said::Updated { .. } = said {
            changes.done.insert(OpId(event.id));
        }
        take(&mut known.ticket, said);
        known.subject = known.ticket.subject.to_lowercase();
        if event.by != Some(me) {
            known.news += 1;
            if moment.live {
                changes.ticketed.push(event.clone());
            }
        }
        let customer = known.ticket.customer;
        changes.home = customer == me;
        let beside = self.conversations.iter().filter(|(_, talk)| talk.customer == Some(customer));
        changes.heads.extend(beside.map(|(id, _)| *id));
        changes
    }
}

impl Tickets {
    /// What is about all tickets, or about all clients; none when it is neither.
    fn set_up(&mut self, said: &Said, at: Timestamp) -> Option<bool> {
        match said {
            Said::TrackerPut { tracker } => drop(self.trackers.insert(tracker.id, tracker.clone())),
            Said::CategoriesPut { categories } => self.categories.clone_from(categories),
            Said::TermsPut { terms } => self.terms = terms.clone(),
            Said::Published { ticket, notice: None, .. } => drop(self.notices.remove(ticket)),
            Said::Published { ticket, wish, notice: Some(notice), votes } => {
                let known = self.notices.get(ticket);
                // A vote is no news.
                let at = known.filter(|known| known.notice == *notice).map_or(at, |known| known.at);
                self.notices.insert(*ticket, Told { wish: *wish, notice: notice.clone(), at, votes: *votes });
            }
            _ => return None,
        }
        Some(true)
    }
}

/// What a ticket was made of.
pub(super) struct Made<'a> {
    pub(super) number: i64,
    pub(super) customer: PersonId,
    pub(super) draft: &'a ticket::Draft,
    pub(super) status: ticket::Status,
    pub(super) placed: &'a Placed,
}

impl<'a> Made<'a> {
    pub(super) fn of(body: &'a EventBody) -> Option<Self> {
        let EventBody::TicketMade { number, customer, draft, status, placed } = body else { return None };
        Some(Self { number: *number, customer: *customer, draft, status: *status, placed })
    }
}

fn take(ticket: &mut ticket::Ticket, said: &Said) {
    match said {
        Said::Updated { changes, deadlines, .. } => {
            for change in changes {
                ticket.take(change);
            }
            ticket.deadlines = *deadlines;
        }
        Said::Watched { person, on, .. } => put(&mut ticket.watchers, *person, *on),
        Said::ItemPut { item, .. } => drop(ticket.checklist.insert(item.id, item.clone())),
        Said::ItemDropped { item, .. } => drop(ticket.checklist.remove(item)),
        Said::Linked { link, on, .. } => put(&mut ticket.links, *link, *on),
        Said::Merged { into, .. } => {
            (ticket.merged, ticket.status) = (Some(*into), ticket::Status::Solved);
            ticket.deadlines = ticket::Deadlines::default();
        }
        Said::Voted { person, on, .. } => put(&mut ticket.voters, *person, *on),
        Said::Rated { rating, .. } => ticket.rating = Some(rating.clone()),
        _ => {}
    }
}

fn put<T: Ord>(set: &mut BTreeSet<T>, value: T, on: bool) {
    if on {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}
