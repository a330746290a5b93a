//! Tickets: as lists show them, and opened. What waits for the network is laid over what the desk has.

mod card;
mod list;
mod setup;

use std::{borrow::Cow, collections::BTreeMap};

use opora_domain::{
    ConversationId, MessageId, PersonId, TicketId, Timestamp,
    message::{Attachment, Mark},
    role::Role,
    ticket::{Conflict, Ticket, merge, step, terms},
};
use opora_history::{OpState, OutboxRow};
use opora_ipc::{
    ErrorCode,
    ticket::{TicketFile, TicketLabel, TicketStepView, TicketView},
};
use opora_wire::{OpBody, ticket::Op};

use crate::{
    state::State,
    world::{KnownTicket, World},
};

/// The outbox's name for an update of a ticket.
pub(crate) const UPDATE: &str = "ticket_update";
/// The outbox's name for fields that two people changed to different things.
pub(crate) const CONFLICT: &str = "ticket_conflict";

/// Tickets beside a conversation, and on a customer's first page, at most.
pub(crate) const MOST_BESIDE: usize = 100;

/// Where a view stands.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// Counter of the core process.
    pub(crate) rev: u64,
    /// This machine's clock.
    pub(crate) now: Timestamp,
}

/// What waits here about one ticket.
#[derive(Default)]
struct Waiting<'a> {
    /// Rows, oldest first.
    rows: Vec<(&'a OutboxRow, &'a OpBody)>,
}

impl State {
    /// A ticket as it will be when all that waits here has gone.
    pub(crate) fn ticket_now(&self, id: TicketId) -> Option<Ticket> {
        let world = self.world.as_ref()?;
        let waiting = self.waiting_tickets();
        let mine = waiting.get(&id);
        match (world.tickets.get(id), mine) {
            (Some(ticket), mine) => Some(over(ticket, mine, world.me).into_owned()),
            (None, Some(mine)) => self.drafted(mine),
            (None, None) => None,
        }
    }

    /// Fields that two people changed to different things, by the entry that wanted them.
    pub(crate) fn ticket_conflicts(&self, id: TicketId) -> Vec<(MessageId, Conflict)> {
        let Some(world) = &self.world else { return Vec::new() };
        let Some(known) = world.tickets.get(id) else { return Vec::new() };
        if !self.rows().any(|row| row.kind == CONFLICT) {
            return Vec::new();
        }
        let waiting = self.waiting_tickets();
        let ticket = over(known, waiting.get(&id), world.me);
        let rows = self.ops().filter(|(row, _)| row.kind == CONFLICT);
        let edits = rows.filter_map(|(row, body)| match body {
            OpBody::Ticket(Op::Update { ticket: of, edits, .. }) if *of == id => Some((MessageId(row.op.0), edits)),
            _ => None,
        });
        edits
            .flat_map(|(entry, edits)| merge(&ticket, edits).conflicts.into_iter().map(move |one| (entry, one)))
            .collect()
    }

    /// The newest tickets among those that are wanted.
    pub(crate) fn ticket_views(&self, at: At, most: usize, wanted: impl Fn(&Ticket) -> bool) -> Vec<TicketView> {
        let Some(world) = &self.world else { return Vec::new() };
        let waiting = self.waiting_tickets();
        let drafts = waiting.iter().filter(|(id, _)| !world.tickets.has(**id));
        let drafts = drafts.filter_map(|(_, mine)| self.drafted(mine)).map(Cow::Owned);
        let known = world.tickets.all.iter().map(|(id, known)| over(&known.ticket, waiting.get(id), world.me));
        let mut tickets: Vec<Cow<'_, Ticket>> = known.chain(drafts).filter(|ticket| wanted(ticket)).collect();
        tickets.sort_by_key(|ticket| std::cmp::Reverse((ticket.made, ticket.id)));
        tickets.truncate(most);
        tickets.iter().map(|ticket| self.ticket_view(at, ticket, waiting.get(&ticket.id))).collect()
    }

    /// Tickets of the customer of a conversation, newest first.
    pub(crate) fn tickets_beside(&self, at: At, conversation: ConversationId) -> Vec<TicketView> {
        let customer = self.world.as_ref().and_then(|world| world.conversations.get(&conversation)?.customer);
        self.ticket_views(at, MOST_BESIDE, |ticket| match customer {
            Some(customer) => ticket.customer == customer,
            None => ticket.conversation == Some(conversation),
        })
    }

    /// What waits here, by ticket.
    fn waiting_tickets(&self) -> BTreeMap<TicketId, Waiting<'_>> {
        let mut waiting: BTreeMap<TicketId, Waiting<'_>> = BTreeMap::new();
        for (row, body) in self.ops().filter(|(row, _)| row.kind != CONFLICT) {
            let ticket = match body {
                OpBody::MakeTicket { draft } => Some(draft.id),
                OpBody::Ticket(op) => op.ticket(),
                _ => None,
            };
            if let Some(ticket) = ticket {
                waiting.entry(ticket).or_default().rows.push((row, body));
            }
        }
        waiting
    }

    /// A ticket that the desk has not seen.
    fn drafted(&self, waiting: &Waiting<'_>) -> Option<Ticket> {
        let world = self.world.as_ref()?;
        let (row, draft) = waiting.rows.iter().find_map(|(row, body)| match body {
            OpBody::MakeTicket { draft } => Some((row, draft)),
            _ => None,
        })?;
        let talk = draft.conversation.and_then(|id| world.conversations.get(&id)?.customer);
        let customer = draft.customer.or(talk).unwrap_or(world.me);
        let mut ticket = Ticket::of(draft, 0, customer, Some(world.me), row.made_at);
        ticket.organisation = draft.more.organisation;
        Some(over(&ticket, Some(waiting), world.me).into_owned())
    }

    fn ticket_view(&self, at: At, ticket: &Ticket, waiting: Option<&Waiting<'_>>) -> TicketView {
        let world = self.world.as_ref();
        let known = world.and_then(|world| world.tickets.all.get(&ticket.id));
        let name = |person: PersonId| self.ticket_person(person, ticket.conversation);
        let (mark, stuck) = self.ticket_mark(known, waiting);
        let category = ticket.category.and_then(|id| {
            let categories = &world?.tickets.categories;
            Some(categories.iter().find(|category| category.id == id)?.name.clone())
        });
        TicketView {
            id: ticket.id,
            rev: at.rev,
            number: known.map(|known| known.ticket.number),
            conversation: ticket.conversation,
            customer: name(ticket.customer),
            customer_id: ticket.customer,
            organisation: world.and_then(|world| organisation_name(world, ticket)),
            subject: ticket.subject.clone(),
            description: ticket.description.clone(),
            kind: ticket.kind,
            tracker: ticket.tracker,
            priority: ticket.priority,
            status: ticket.status,
            assignee: ticket.assignee.map(name),
            assignee_id: ticket.assignee,
            line: ticket.line.and_then(|line| world?.lines.get(&line).cloned()),
            category,
            due: ticket.due,
            deadlines: ticket.deadlines,
            light: terms::light(ticket.deadlines, ticket.made, at.now),
            visibility: ticket.visibility.clone(),
            unread: known.is_some_and(|known| self.is_unread(ticket, known)),
            conflict: !self.ticket_conflicts(ticket.id).is_empty(),
            votes: u32::try_from(ticket.voters.len()).unwrap_or(u32::MAX),
            steps: step::steps(ticket.status).into_iter().map(|(step, state)| TicketStepView { step, state }).collect(),
            mark,
            stuck,
            files: ticket.files.iter().map(file_view).collect(),
            at: ticket.made,
            updated: ticket.updated,
        }
    }

    /// Others did something in it since it was looked at. The firm's people follow what is theirs, not every ticket.
    fn is_unread(&self, ticket: &Ticket, known: &KnownTicket) -> bool {
        let follows = self.world.as_ref().is_some_and(|world| {
            let me = world.me;
            !world.role.is_staff()
                || ticket.customer == me
                || ticket.assignee == Some(me)
                || ticket.watchers.contains(&me)
        });
        follows && known.news > self.seen_tickets.up_to(&ticket.id)
    }

    /// How far all of it has come, and what is stuck.
    fn ticket_mark(&self, known: Option<&KnownTicket>, waiting: Option<&Waiting<'_>>) -> (Mark, Option<ErrorCode>) {
        let rows = waiting.map(|waiting| waiting.rows.as_slice()).unwrap_or_default();
        let stuck = rows.iter().find_map(|(row, body)| {
            let files = files_of(body).into_iter().map(|file| Some(file.hash.as_str()));
            files.chain([None]).find_map(|hash| self.stuck_code(row, hash))
        });
        let waits = rows.iter().find(|(row, _)| row.state != OpState::Acked);
        match waits {
            Some((row, _)) => (self.mark_of(row, stuck), stuck),
            None if known.is_some() => (Mark::Sent, stuck),
            None => (Mark::Sending, stuck),
        }
    }

    /// The name of a person in a ticket.
    fn ticket_person(&self, person: PersonId, conversation: Option<ConversationId>) -> String {
        let name = self.person_name(person, conversation);
        if !name.is_empty() {
            return name;
        }
        let introduced = self.world.as_ref().and_then(|world| world.tickets.people.get(&person));
        introduced.map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// Whether somebody in a ticket works for the firm.
    fn is_of_firm(&self, person: PersonId) -> bool {
        let Some(world) = &self.world else { return false };
        let known = world.people.get(&person).map(|person| person.role != Role::Customer);
        let introduced = world.tickets.people.get(&person).map(|(_, of_firm)| *of_firm);
        let me = (person == world.me).then(|| world.role.is_staff());
        known.or(introduced).or(me).unwrap_or_default()
    }

    /// A ticket's name.
    pub(crate) fn ticket_label(&self, id: TicketId) -> Option<TicketLabel> {
        let ticket = self.world.as_ref()?.tickets.get(id)?;
        Some(TicketLabel { id, number: Some(ticket.number), subject: ticket.subject.clone(), status: ticket.status })
    }
}

/// Files that an operation takes along.
fn files_of(body: &OpBody) -> Vec<&Attachment> {
    match body {
        OpBody::MakeTicket { draft } => draft.files.iter().collect(),
        OpBody::Ticket(Op::Update { comment: Some(comment), .. }) => comment.files.iter().collect(),
        _ => Vec::new(),
    }
}

/// A file of a ticket.
pub(crate) fn file_view(file: &Attachment) -> TicketFile {
    TicketFile { name: file.name.clone(), size: file.size, hash: file.hash.clone() }
}

fn organisation_name(world: &World, ticket: &Ticket) -> Option<String> {
    let of_customer = || world.people.get(&ticket.customer).and_then(|person| person.organisation);
    let id = ticket.organisation.or_else(of_customer)?;
    world.organisations.get(&id).or_else(|| world.structure.own_names.get(&id)).cloned()
}

/// Lays what waits over what the desk has; what is stuck is not laid over.
fn over<'a>(ticket: &'a Ticket, waiting: Option<&Waiting<'_>>, me: PersonId) -> Cow<'a, Ticket> {
    let rows = waiting.map(|waiting| waiting.rows.as_slice()).unwrap_or_default();
    let mut now = Cow::Borrowed(ticket);
    for (row, body) in rows.iter().filter(|(row, _)| row.state != OpState::Stuck) {
        if let OpBody::Ticket(op) = body {
            take(now.to_mut(), op, row.made_at, me);
        }
    }
    now
}

fn take(ticket: &mut Ticket, op: &Op, at: Timestamp, me: PersonId) {
    ticket.updated = ticket.updated.max(at);
    match op {
        Op::Update { edits, .. } => {
            for change in merge(ticket, edits).takes {
                ticket.take(&change);
            }
        }
        Op::Watch { person, on: true, .. } => drop(ticket.watchers.insert(*person)),
        Op::Watch { person, on: false, .. } => drop(ticket.watchers.remove(person)),
        Op::PutItem { item, .. } => drop(ticket.checklist.insert(item.id, item.clone())),
        Op::DropItem { item, .. } => drop(ticket.checklist.remove(item)),
        Op::Link { link, on: true, .. } => drop(ticket.links.insert(*link)),
        Op::Link { link, on: false, .. } => drop(ticket.links.remove(link)),
        Op::Vote { on: true, .. } => drop(ticket.voters.insert(me)),
        Op::Vote { on: false, .. } => drop(ticket.voters.remove(&me)),
        Op::Rate { rating, .. } => ticket.rating = Some(rating.clone()),
        _ => {}
    }
}
