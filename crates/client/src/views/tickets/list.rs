//! A window into a list of tickets: which, in which order, in which groups.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use opora_domain::{
    ConversationId, PersonId,
    ticket::{
        Ticket,
        list::{Group, Looker, Names, compare},
    },
};
use opora_ipc::ticket::{TicketGroupView, TicketsAsk, TicketsPage};

use super::{At, Waiting, over};
use crate::{state::State, world::World};

/// Rows of one window at most.
const MOST_ROWS: u32 = 500;

/// A ticket with the subject that it is sorted by.
struct Row<'a> {
    ticket: Cow<'a, Ticket>,
    subject: Cow<'a, str>,
}

impl State {
    /// A window into a list.
    pub(crate) fn tickets_page(&self, at: At, ask: &TicketsAsk) -> TicketsPage {
        let Some(world) = &self.world else { return TicketsPage { rev: at.rev, ..TicketsPage::default() } };
        let waiting = self.waiting_tickets();
        let (rows, groups) = self.listed(world, &waiting, at, ask);
        let from = (ask.from as usize).min(rows.len());
        let to = from.saturating_add(ask.count.min(MOST_ROWS) as usize).min(rows.len());
        let shown = rows[from..to].iter();
        TicketsPage {
            rev: at.rev,
            total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            groups,
            from: u32::try_from(from).unwrap_or(u32::MAX),
            rows: shown.map(|row| self.ticket_view(at, &row.ticket, waiting.get(&row.ticket.id))).collect(),
        }
    }

    /// All rows of a list, for a file.
    pub(crate) fn tickets_listed(&self, at: At, ask: &TicketsAsk) -> Vec<opora_ipc::ticket::TicketView> {
        let Some(world) = &self.world else { return Vec::new() };
        let waiting = self.waiting_tickets();
        let (rows, _) = self.listed(world, &waiting, at, ask);
        rows.iter().map(|row| self.ticket_view(at, &row.ticket, waiting.get(&row.ticket.id))).collect()
    }

    fn listed<'a>(
        &'a self,
        world: &'a World,
        waiting: &BTreeMap<opora_domain::TicketId, Waiting<'a>>,
        at: At,
        ask: &TicketsAsk,
    ) -> (Vec<Row<'a>>, Vec<TicketGroupView>) {
        let mut naming = Naming::new(self, world);
        let filter = opora_domain::ticket::list::Filter { text: ask.filter.text.to_lowercase(), ..ask.filter.clone() };
        let looker = Looker { me: world.me, now: at.now };
        let known = world.tickets.all.iter().map(|(id, known)| {
            let ticket = over(&known.ticket, waiting.get(id), world.me);
            // A subject that was changed here is in no cache of small letters yet.
            let subject = match &ticket {
                Cow::Borrowed(_) => Cow::Borrowed(known.subject.as_str()),
                Cow::Owned(ticket) => Cow::Owned(ticket.subject.to_lowercase()),
            };
            Row { ticket, subject }
        });
        let drafts = waiting.iter().filter(|(id, _)| !world.tickets.has(**id)).filter_map(|(_, mine)| {
            let ticket = self.drafted(mine)?;
            Some(Row { subject: Cow::Owned(ticket.subject.to_lowercase()), ticket: Cow::Owned(ticket) })
        });
        let mut rows: Vec<Row<'a>> = known
            .chain(drafts)
            .filter(|row| {
                naming.learn(&row.ticket);
                filter.passes(&row.ticket, naming.of(row), looker)
            })
            .collect();
        rows.sort_unstable_by(|a, b| compare(ask.sort, (&a.ticket, naming.of(a)), (&b.ticket, naming.of(b))));
        match ask.group {
            Some(group) => self.grouped(world, rows, group),
            None => (rows, Vec::new()),
        }
    }

    /// The same rows, group after group; the order inside a group stays.
    fn grouped<'a>(&self, world: &World, rows: Vec<Row<'a>>, group: Group) -> (Vec<Row<'a>>, Vec<TicketGroupView>) {
        let mut groups: BTreeMap<Place, Vec<Row<'a>>> = BTreeMap::new();
        for row in rows {
            groups.entry(self.place(world, &row.ticket, group)).or_default().push(row);
        }
        let views = groups.iter().map(|(place, rows)| TicketGroupView {
            key: place.key.clone(),
            name: place.name.clone(),
            count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        });
        let views = views.collect();
        (groups.into_values().flatten().collect(), views)
    }

    fn place(&self, world: &World, ticket: &Ticket, group: Group) -> Place {
        let named = |key: Option<String>, name: Option<String>| Place {
            order: usize::from(key.is_none()),
            sort: name.as_deref().unwrap_or_default().to_lowercase(),
            key: key.unwrap_or_default(),
            name,
        };
        let fixed = |order: usize, key: serde_json::Value| Place {
            order,
            sort: String::new(),
            key: key.as_str().unwrap_or_default().to_owned(),
            name: None,
        };
        let json = |value: Result<serde_json::Value, serde_json::Error>| value.unwrap_or_default();
        match group {
            Group::Status => {
                let order = opora_domain::ticket::Status::ALL.iter().position(|status| *status == ticket.status);
                fixed(order.unwrap_or_default(), json(serde_json::to_value(ticket.status)))
            }
            Group::Priority => {
                let all = opora_domain::ticket::Priority::ALL;
                let order = all.iter().rev().position(|priority| *priority == ticket.priority);
                fixed(order.unwrap_or_default(), json(serde_json::to_value(ticket.priority)))
            }
            Group::Assignee => {
                let name = ticket.assignee.map(|person| self.ticket_person(person, None));
                named(ticket.assignee.map(|id| id.to_string()), name)
            }
            Group::Organisation => {
                let name = super::organisation_name(world, ticket);
                let id = ticket.organisation.map(|id| id.to_string());
                named(id.or_else(|| name.clone()), name)
            }
            Group::Line => {
                let name = ticket.line.and_then(|line| world.lines.get(&line).cloned());
                named(ticket.line.map(|id| id.to_string()), name)
            }
            Group::Tracker => {
                let tracker = world.tickets.tracker_of(ticket);
                // The standard ones come first and are named by the interface.
                let standard = tracker.is_standard();
                let name = (!standard).then(|| tracker.name.clone());
                let key = Some(tracker.id.to_string());
                let place = named(key, name);
                if standard { Place { sort: place.key.clone(), ..place } } else { Place { order: 1, ..place } }
            }
            Group::Category => {
                let of = |id| world.tickets.categories.iter().find(|category| category.id == id);
                let name = ticket.category.and_then(of).map(|category| category.name.clone());
                named(ticket.category.map(|id| id.to_string()), name)
            }
        }
    }
}

/// A group's place among groups.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    order: usize,
    sort: String,
    key: String,
    name: Option<String>,
}

/// Names in small letters, each made once for a list.
struct Naming<'a> {
    state: &'a State,
    world: &'a World,
    customers: HashMap<(PersonId, Option<ConversationId>), String>,
    assignees: HashMap<PersonId, String>,
}

impl<'a> Naming<'a> {
    fn new(state: &'a State, world: &'a World) -> Self {
        Self { state, world, customers: HashMap::new(), assignees: HashMap::new() }
    }

    fn learn(&mut self, ticket: &Ticket) {
        let Self { state, world, customers, assignees } = self;
        customers.entry(Self::key(world, ticket)).or_insert_with(|| {
            let organisation = super::organisation_name(world, ticket).unwrap_or_default();
            format!("{} {organisation}", state.ticket_person(ticket.customer, ticket.conversation)).to_lowercase()
        });
        if let Some(assignee) = ticket.assignee {
            assignees.entry(assignee).or_insert_with(|| state.ticket_person(assignee, None).to_lowercase());
        }
    }

    /// Who is known by the firm has one name; others are known from a talk.
    fn key(world: &World, ticket: &Ticket) -> (PersonId, Option<ConversationId>) {
        let known = world.people.contains_key(&ticket.customer);
        (ticket.customer, ticket.conversation.filter(|_| !known))
    }

    fn of<'b>(&'b self, row: &'b Row<'_>) -> Names<'b> {
        let assignee = row.ticket.assignee.and_then(|assignee| self.assignees.get(&assignee));
        Names {
            customer: self.customers.get(&Self::key(self.world, &row.ticket)).map(String::as_str).unwrap_or_default(),
            assignee: assignee.map(String::as_str).unwrap_or_default(),
            subject: &row.subject,
        }
    }
}
