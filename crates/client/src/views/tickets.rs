//! Tickets, those that wait for the network among them.

use opora_domain::{ConversationId, PersonId, Timestamp, message::Mark, ticket};
use opora_history::OutboxRow;
use opora_ipc::ticket::{TicketFile, TicketView};
use opora_wire::OpBody;

use crate::state::State;

impl State {
    /// All tickets, newest first.
    pub(crate) fn ticket_views(&self, rev: u64) -> Vec<TicketView> {
        let Some(world) = &self.world else { return Vec::new() };
        let mut tickets: Vec<TicketView> = world
            .tickets
            .values()
            .map(|known| {
                let view = self.ticket_view(rev, known.customer, &known.draft, known.at);
                TicketView { number: Some(known.number), status: known.status, mark: Mark::Sent, ..view }
            })
            .collect();
        for (row, body) in self.ops() {
            if let OpBody::MakeTicket { draft } = body
                && !world.tickets.contains_key(&draft.id)
            {
                tickets.push(self.queued_ticket(rev, row, draft));
            }
        }
        tickets.sort_by_key(|ticket| std::cmp::Reverse((ticket.at, ticket.id)));
        tickets
    }

    /// Tickets of the customer of a conversation, newest first.
    pub(crate) fn tickets_beside(&self, rev: u64, conversation: ConversationId) -> Vec<TicketView> {
        let Some(world) = &self.world else { return Vec::new() };
        let customer = world.conversations.get(&conversation).and_then(|talk| talk.customer);
        let of = |ticket: &TicketView| match world.tickets.get(&ticket.id) {
            Some(known) => Some(known.customer) == customer,
            None => ticket.conversation == Some(conversation),
        };
        self.ticket_views(rev).into_iter().filter(of).collect()
    }

    fn queued_ticket(&self, rev: u64, row: &OutboxRow, draft: &ticket::Draft) -> TicketView {
        let world = self.world.as_ref();
        let talk = draft.conversation.and_then(|id| world?.conversations.get(&id)?.customer);
        let customer = draft.customer.or(talk).or(world.map(|world| world.me)).unwrap_or(PersonId(draft.id.0));
        let hashes = draft.files.iter().map(|file| file.hash.as_str());
        let stuck = hashes.map(Some).chain([None]).find_map(|hash| self.stuck_code(row, hash));
        let view = self.ticket_view(rev, customer, draft, row.made_at);
        TicketView { mark: self.mark_of(row, stuck), stuck, ..view }
    }

    fn ticket_view(&self, rev: u64, customer: PersonId, draft: &ticket::Draft, at: Timestamp) -> TicketView {
        TicketView {
            id: draft.id,
            rev,
            number: None,
            conversation: draft.conversation,
            customer: self.person_name(customer, draft.conversation),
            subject: draft.subject.clone(),
            description: draft.description.clone(),
            customer_id: customer,
            organisation: None,
            tracker: draft.tracker(),
            assignee: None,
            assignee_id: None,
            line: None,
            category: None,
            due: draft.more.due,
            deadlines: ticket::Deadlines::default(),
            light: ticket::terms::Light::None,
            visibility: draft.more.visibility.clone(),
            unread: false,
            conflict: false,
            votes: 0,
            steps: Vec::new(),
            updated: at,
            kind: draft.kind,
            priority: draft.priority,
            status: ticket::Status::New,
            mark: Mark::Waiting,
            stuck: None,
            files: draft
                .files
                .iter()
                .map(|file| TicketFile { name: file.name.clone(), size: file.size, hash: file.hash.clone() })
                .collect(),
            at,
        }
    }
}
