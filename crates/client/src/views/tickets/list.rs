//! A window into a list of tickets: which, in which order, in which groups.
//!
//! Nothing is kept between two questions, so nothing is ever old: all tickets are looked at, which is quick as
//! long as nothing is copied, named or put in order but what is asked for.

use std::collections::{BTreeMap, HashMap};

use opora_domain::{
    CategoryId, ConversationId, LineId, OrganisationId, PersonId, TicketId, TrackerId,
    ticket::{
        Kind, Priority, Status, Ticket,
        list::{Column, Filter, Group, Key, Looker, Names, compare},
    },
};
use opora_ipc::ticket::{TicketGroupView, TicketsAsk, TicketsPage};

use super::{At, Waiting, over};
use crate::{state::State, world::World};

/// Rows of one window at most.
const MOST_ROWS: u32 = 500;

/// A ticket that something waits for here, as it will be, and its subject in small letters.
type Own = (Ticket, String);

/// A ticket of a list. Small, because many are moved about.
struct Row<'a> {
    /// Its group's place among groups.
    group: usize,
    key: Key<'a>,
    ticket: &'a Ticket,
}

/// A list that has not been put in order.
struct Listed<'a> {
    rows: Vec<Row<'a>>,
    groups: Vec<TicketGroupView>,
    down: bool,
}

impl<'a> Listed<'a> {
    /// These rows of the ordered list. Only they are put in order: the others are on the right side of them.
    fn window(mut self, from: usize, count: usize) -> Vec<Row<'a>> {
        let down = self.down;
        let order = |a: &Row<'_>, b: &Row<'_>| {
            a.group.cmp(&b.group).then_with(|| compare(down, (a.ticket, a.key), (b.ticket, b.key)))
        };
        let to = from.saturating_add(count);
        if to < self.rows.len() {
            self.rows.select_nth_unstable_by(to, order);
            self.rows.truncate(to);
        }
        if (1..self.rows.len()).contains(&from) {
            self.rows.select_nth_unstable_by(from, order);
        }
        let mut window = self.rows.split_off(from.min(self.rows.len()));
        window.sort_unstable_by(order);
        window
    }
}

impl State {
    /// A window into a list.
    pub(crate) fn tickets_page(&self, at: At, ask: &TicketsAsk) -> TicketsPage {
        let Some(world) = &self.world else { return TicketsPage { rev: at.rev, ..TicketsPage::default() } };
        let waiting = self.waiting_tickets();
        let (own, mut naming) = (self.own_tickets(world, &waiting), Naming::new(self, world));
        let listed = self.listed(world, &own, &mut naming, at, ask);
        let (total, groups) = (listed.rows.len(), listed.groups.clone());
        let from = (ask.from as usize).min(total);
        let rows = listed.window(from, ask.count.min(MOST_ROWS) as usize);
        TicketsPage {
            rev: at.rev,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            groups,
            from: u32::try_from(from).unwrap_or(u32::MAX),
            rows: rows.iter().map(|row| self.ticket_view(at, row.ticket, waiting.get(&row.ticket.id))).collect(),
        }
    }

    /// All rows of a list, for a file.
    pub(crate) fn tickets_listed(&self, at: At, ask: &TicketsAsk) -> Vec<opora_ipc::ticket::TicketView> {
        let Some(world) = &self.world else { return Vec::new() };
        let waiting = self.waiting_tickets();
        let (own, mut naming) = (self.own_tickets(world, &waiting), Naming::new(self, world));
        let rows = self.listed(world, &own, &mut naming, at, ask).window(0, usize::MAX);
        rows.iter().map(|row| self.ticket_view(at, row.ticket, waiting.get(&row.ticket.id))).collect()
    }

    /// Tickets that differ from what the desk has: a few.
    fn own_tickets(&self, world: &World, waiting: &BTreeMap<TicketId, Waiting<'_>>) -> BTreeMap<TicketId, Own> {
        let own = |(id, mine): (&TicketId, &Waiting<'_>)| {
            let ticket = match world.tickets.get(*id) {
                Some(ticket) => over(ticket, Some(mine), world.me).into_owned(),
                None => self.drafted(mine)?,
            };
            let subject = ticket.subject.to_lowercase();
            Some((*id, (ticket, subject)))
        };
        waiting.iter().filter_map(own).collect()
    }

    fn listed<'a>(
        &self,
        world: &'a World,
        own: &'a BTreeMap<TicketId, Own>,
        naming: &'a mut Naming<'_>,
        at: At,
        ask: &TicketsAsk,
    ) -> Listed<'a> {
        let filter = Filter { text: ask.filter.text.to_lowercase(), ..ask.filter.clone() };
        let looker = Looker { me: world.me, now: at.now };
        let known = world.tickets.all.iter().filter(|(id, _)| own.is_empty() || !own.contains_key(*id));
        let known = known.map(|(_, known)| (&known.ticket, known.subject.as_str()));
        let mine = own.values().map(|(ticket, subject)| (ticket, subject.as_str()));
        // Names cost more than all the rest: they are looked up where something asks for them.
        let (searched, by) = (!filter.text.is_empty(), ask.sort.by);
        let unsearched = Filter { text: String::new(), ..filter.clone() };
        let mut passed: Vec<(&'a Ticket, &'a str, Named)> = Vec::new();
        for (ticket, subject) in known.chain(mine) {
            if !unsearched.passes(ticket, Names::default(), looker) {
                continue;
            }
            let named = naming.learn(ticket, searched || by == Column::Customer, by == Column::Assignee);
            if !searched || filter.passes(ticket, naming.of(named, subject), looker) {
                passed.push((ticket, subject, named));
            }
        }
        let naming: &'a Naming<'_> = naming;
        let rows = passed.into_iter().map(|(ticket, subject, named)| Row {
            group: 0,
            key: Key::of(by, ticket, naming.of(named, subject)),
            ticket,
        });
        let (mut rows, down) = (rows.collect::<Vec<_>>(), ask.sort.down);
        let groups = ask.group.map(|group| self.grouped(world, &mut rows, group)).unwrap_or_default();
        Listed { rows, groups, down }
    }

    /// Says of each row in which group it is, and answers the groups in their order.
    fn grouped(&self, world: &World, rows: &mut [Row<'_>], group: Group) -> Vec<TicketGroupView> {
        // What a group is called is found once for each value, not for each ticket.
        let mut values: HashMap<Value, usize> = HashMap::new();
        let mut places: Vec<(Place, usize)> = Vec::new();
        for row in &mut *rows {
            row.group = *values.entry(Value::of(row.ticket, group)).or_insert_with(|| {
                places.push((self.place(world, row.ticket, group), 0));
                places.len() - 1
            });
            if let Some((_, count)) = places.get_mut(row.group) {
                *count += 1;
            }
        }
        let mut groups: BTreeMap<&Place, usize> = BTreeMap::new();
        places.iter().for_each(|(place, count)| *groups.entry(place).or_default() += count);
        let ranks: Vec<usize> =
            places.iter().map(|(place, _)| groups.keys().take_while(|other| **other < place).count()).collect();
        for row in rows {
            row.group = ranks.get(row.group).copied().unwrap_or_default();
        }
        let view = |(place, count): (&&Place, &usize)| TicketGroupView {
            key: place.key.clone(),
            name: place.name.clone(),
            count: u32::try_from(*count).unwrap_or(u32::MAX),
        };
        groups.iter().map(view).collect()
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
                let order = Status::ALL.iter().position(|status| *status == ticket.status);
                fixed(order.unwrap_or_default(), json(serde_json::to_value(ticket.status)))
            }
            Group::Priority => {
                let all = Priority::ALL;
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

/// What decides in which group a ticket is, before it has a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Value {
    Status(Status),
    Priority(Priority),
    Assignee(Option<PersonId>),
    /// Of the ticket, else of its customer.
    Organisation(Result<OrganisationId, PersonId>),
    Line(Option<LineId>),
    Tracker(TrackerId, Kind),
    Category(Option<CategoryId>),
}

impl Value {
    fn of(ticket: &Ticket, group: Group) -> Self {
        match group {
            Group::Status => Self::Status(ticket.status),
            Group::Priority => Self::Priority(ticket.priority),
            Group::Assignee => Self::Assignee(ticket.assignee),
            Group::Organisation => Self::Organisation(ticket.organisation.ok_or(ticket.customer)),
            Group::Line => Self::Line(ticket.line),
            Group::Tracker => Self::Tracker(ticket.tracker, ticket.kind),
            Group::Category => Self::Category(ticket.category),
        }
    }
}

/// Whose ticket it is: who is known by the firm has one name, others are known from a talk.
type Whose = (PersonId, Option<ConversationId>, Option<OrganisationId>);

/// Names in small letters, each made once for a list.
struct Naming<'a> {
    state: &'a State,
    world: &'a World,
    customers: HashMap<Whose, usize>,
    assignees: HashMap<PersonId, usize>,
    names: Vec<String>,
}

/// Where the names of a ticket are.
#[derive(Clone, Copy, Default)]
struct Named {
    customer: Option<usize>,
    assignee: Option<usize>,
}

impl<'a> Naming<'a> {
    fn new(state: &'a State, world: &'a World) -> Self {
        Self { state, world, customers: HashMap::new(), assignees: HashMap::new(), names: Vec::new() }
    }

    /// Looks up the names that are wanted.
    fn learn(&mut self, ticket: &Ticket, customer: bool, assignee: bool) -> Named {
        let Self { state, world, customers, assignees, names } = self;
        let mut keep = |name: String| {
            names.push(name.to_lowercase());
            names.len() - 1
        };
        let customer = customer.then(|| {
            *customers.entry(Self::whose(world, ticket)).or_insert_with(|| {
                let organisation = super::organisation_name(world, ticket).unwrap_or_default();
                keep(format!("{} {organisation}", state.ticket_person(ticket.customer, ticket.conversation)))
            })
        });
        let assignee = ticket.assignee.filter(|_| assignee);
        let assignee = assignee
            .map(|assignee| *assignees.entry(assignee).or_insert_with(|| keep(state.ticket_person(assignee, None))));
        Named { customer, assignee }
    }

    fn whose(world: &World, ticket: &Ticket) -> Whose {
        let talk = ticket.conversation.filter(|_| !world.people.contains_key(&ticket.customer));
        (ticket.customer, talk, ticket.organisation)
    }

    fn of<'b>(&'b self, named: Named, subject: &'b str) -> Names<'b> {
        let name = |place: Option<usize>| place.and_then(|place| self.names.get(place)).map_or("", String::as_str);
        Names { customer: name(named.customer), assignee: name(named.assignee), subject }
    }
}
