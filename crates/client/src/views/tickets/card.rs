//! A ticket, opened: its fields, its history, and what this person may do with it.

use opora_domain::{
    MessageId, PersonId, Timestamp,
    rights::{Act, Relation},
    role::Role,
    ticket::{Change, Comment, Edit, Link, Ticket, workflow::needs_words},
};
use opora_history::{OpState, OutboxRow};
use opora_ipc::ticket::{
    TicketCard, TicketChangeView, TicketConflictView, TicketEntry, TicketHappened, TicketLinkView, TicketMay,
    TicketNoticeView, TicketPerson, TicketTarget,
};
use opora_wire::{
    Event, EventBody, OpBody,
    contract::Work,
    ticket::{Event as Said, Op},
};

use super::{At, file_view};
use crate::{state::State, world::World};

impl State {
    /// A ticket, opened. `events` are those of its history, oldest first.
    pub(crate) fn ticket_card(&self, at: At, ticket: &Ticket, events: &[Event]) -> Option<TicketCard> {
        let world = self.world.as_ref()?;
        let waiting = self.waiting_tickets();
        let mine = waiting.get(&ticket.id);
        let row = self.ticket_view(at, ticket, mine);
        let mut history = self.ticket_history(world, events);
        let rows = mine.map(|mine| mine.rows.as_slice()).unwrap_or_default();
        let seen = |row: &OutboxRow| events.iter().any(|event| event.id == row.op.0);
        let echoes = rows.iter().filter(|(row, _)| !seen(row));
        history.extend(echoes.filter_map(|(row, body)| self.ticket_echo(world, ticket, row, body)));
        let staff = world.role.is_staff();
        let label = |id| self.ticket_label(id);
        let person = |id: PersonId| TicketPerson { id, name: self.ticket_person(id, ticket.conversation) };
        let children = world.tickets.all.values().filter(|known| known.ticket.parent == Some(ticket.id));
        Some(TicketCard {
            row,
            product: ticket.product.clone(),
            release: ticket.release.clone(),
            custom: ticket.custom.clone(),
            line_id: ticket.line,
            category_id: ticket.category,
            organisation_id: ticket.organisation,
            history,
            checklist: ticket.checklist.values().cloned().collect(),
            links: ticket.links.iter().filter_map(|link| self.ticket_link(*link)).collect(),
            parent: ticket.parent.and_then(label),
            children: if staff { children.filter_map(|known| label(known.ticket.id)).collect() } else { Vec::new() },
            merged: ticket.merged.and_then(|into| world.tickets.get(into)).map(|into| into.number),
            watchers: ticket.watchers.iter().map(|id| person(*id)).collect(),
            minutes: world.contracts.noted.get(&Work::Ticket(ticket.id)).copied().unwrap_or_default(),
            conflicts: self.conflict_views(ticket, events),
            may: self.ticket_may(world, ticket),
            rating: ticket.rating.clone(),
            notice: self.ticket_notices().into_iter().find(|notice| notice.ticket == ticket.id),
            voted: ticket.voters.contains(&world.me),
        })
    }

    /// What all clients are told, newest first.
    pub(crate) fn ticket_notices(&self) -> Vec<TicketNoticeView> {
        let Some(world) = &self.world else { return Vec::new() };
        let joined =
            |id| world.tickets.all.values().any(|known| known.ticket.links.iter().any(|link| link.other == id));
        let notices = world.tickets.notices.iter().map(|(id, told)| TicketNoticeView {
            ticket: *id,
            wish: told.wish,
            title: told.notice.title.clone(),
            text: told.notice.text.clone(),
            at: told.at,
            votes: told.votes,
            mine: world.tickets.voted.contains(id) || (!world.role.is_staff() && joined(*id)),
        });
        let mut notices: Vec<TicketNoticeView> = notices.collect();
        notices.sort_by_key(|notice| std::cmp::Reverse((notice.at, notice.ticket)));
        notices
    }

    fn ticket_may(&self, world: &World, ticket: &Ticket) -> TicketMay {
        let own = ticket.customer == world.me;
        let relation = if own { Relation::Own } else { Relation::Member };
        // The firm's people reach every ticket.
        let relation = if world.role.is_staff() { Relation::Foreign } else { relation };
        let may = |act: Act| act.reach(world.role).holds(relation);
        let update = may(Act::UpdateTicket) && ticket.merged.is_none();
        let targets = world.tickets.tracker_of(ticket).workflow.targets(world.role, ticket.status);
        let wish = ticket.kind == opora_domain::ticket::Kind::Wish;
        TicketMay {
            statuses: targets
                .into_iter()
                .filter(|_| update)
                .map(|status| TicketTarget { status, words: needs_words(ticket.status, status) })
                .collect(),
            comment: update,
            edit: update && (world.role != Role::Customer || !ticket.status.is_over()),
            work: may(Act::WorkOnTicket),
            rate: own && may(Act::RateTicket) && ticket.status.is_over(),
            vote: wish && may(Act::VoteForTicket),
        }
    }

    fn conflict_views(&self, ticket: &Ticket, events: &[Event]) -> Vec<TicketConflictView> {
        let by = |change: &Change| {
            let said = events.iter().rev().find(|event| match &event.body {
                EventBody::Ticket(Said::Updated { changes, .. }) => changes.contains(change),
                _ => false,
            });
            said.and_then(|event| event.by).map(|by| self.ticket_person(by, ticket.conversation))
        };
        let conflicts = self.ticket_conflicts(ticket.id).into_iter();
        let views = conflicts.map(|(id, conflict)| TicketConflictView {
            id,
            by: by(&conflict.theirs),
            mine: self.value_name(&conflict.mine),
            theirs: self.value_name(&conflict.theirs),
            conflict,
        });
        views.collect()
    }

    /// Each entry with what its fields were before.
    fn ticket_history(&self, world: &World, events: &[Event]) -> Vec<TicketEntry> {
        let mut entries = Vec::new();
        let mut then: Option<Ticket> = None;
        for event in events {
            match &event.body {
                EventBody::TicketMade { number, customer, draft, .. } => {
                    then = Some(Ticket::of(draft, *number, *customer, event.by, event.at));
                }
                EventBody::Ticket(Said::Updated { changes, comment, .. }) => {
                    let fields = changes.iter().map(|now| {
                        let was = then.as_ref().map(|then| then.value(now.field()));
                        if let Some(then) = &mut then {
                            then.take(now);
                        }
                        self.change_view(was, now)
                    });
                    let fields = fields.collect();
                    entries.push(self.ticket_entry(world, event, fields, comment.as_ref(), TicketHappened::Updated));
                }
                EventBody::Ticket(said) => {
                    let what = self.happened(said);
                    entries.extend(what.map(|what| self.ticket_entry(world, event, Vec::new(), None, what)));
                }
                _ => {}
            }
        }
        entries
    }

    fn happened(&self, said: &Said) -> Option<TicketHappened> {
        Some(match said {
            Said::Watched { person, on, .. } => {
                TicketHappened::Watched { name: self.ticket_person(*person, None), on: *on }
            }
            Said::Linked { link, on, .. } => TicketHappened::Linked { link: self.ticket_link(*link)?, on: *on },
            Said::Merged { number, .. } => TicketHappened::Merged { number: *number },
            Said::Rated { rating, .. } => TicketHappened::Rated { stars: rating.stars },
            Said::Pressed { broken, .. } => TicketHappened::Pressed { broken: *broken },
            _ => return None,
        })
    }

    fn ticket_entry(
        &self,
        world: &World,
        event: &Event,
        changes: Vec<TicketChangeView>,
        comment: Option<&Comment>,
        what: TicketHappened,
    ) -> TicketEntry {
        TicketEntry {
            id: MessageId(event.id),
            by: event.by.map(|by| self.ticket_person(by, None)),
            of_firm: event.by.is_none_or(|by| self.is_of_firm(by)),
            mine: event.by == Some(world.me),
            at: event.at,
            changes,
            what,
            ..entry_of(comment)
        }
    }

    /// An entry that waits here.
    fn ticket_echo(&self, world: &World, ticket: &Ticket, row: &OutboxRow, body: &OpBody) -> Option<TicketEntry> {
        let OpBody::Ticket(Op::Update { edits, comment, .. }) = body else { return None };
        let files = super::files_of(body).into_iter().map(|file| Some(file.hash.as_str()));
        let stuck = files.chain([None]).find_map(|hash| self.stuck_code(row, hash));
        let change = |edit: &Edit| self.change_view(Some(edit.was.clone()), &edit.now);
        let changes: Vec<_> = edits.iter().map(change).collect();
        // What the desk has and did not write down changed nothing.
        if row.state == OpState::Acked && changes.is_empty() && comment.is_none() {
            return None;
        }
        Some(TicketEntry {
            id: MessageId(row.op.0),
            by: Some(self.ticket_person(world.me, ticket.conversation)),
            of_firm: world.role.is_staff(),
            mine: true,
            at: row.made_at,
            changes,
            mark: self.mark_of(row, stuck),
            stuck,
            ..entry_of(comment.as_ref())
        })
    }

    fn change_view(&self, was: Option<Change>, now: &Change) -> TicketChangeView {
        TicketChangeView {
            name: self.value_name(now),
            was_name: was.as_ref().and_then(|was| self.value_name(was)),
            now: now.clone(),
            was,
        }
    }

    /// The name of a value that a person gave a name; the interface names the others.
    pub(super) fn value_name(&self, value: &Change) -> Option<String> {
        let world = self.world.as_ref()?;
        match value {
            Change::Assignee(person) => person.map(|person| self.ticket_person(person, None)),
            Change::Line(line) => line.and_then(|line| world.lines.get(&line).cloned()),
            Change::Category(id) => {
                let id = (*id)?;
                let category = world.tickets.categories.iter().find(|category| category.id == id)?;
                Some(category.name.clone())
            }
            Change::Tracker { tracker, .. } => {
                let tracker = world.tickets.trackers.get(tracker)?;
                (!tracker.is_standard()).then(|| tracker.name.clone())
            }
            Change::Parent(parent) => {
                let label = self.ticket_label((*parent)?)?;
                Some(format!("№ {} {}", label.number.unwrap_or_default(), label.subject))
            }
            Change::Custom { id, .. } => {
                let mut fields = world.tickets.trackers.values().flat_map(|tracker| &tracker.fields);
                fields.find(|field| field.id == *id).map(|field| field.name.clone())
            }
            _ => None,
        }
    }

    fn ticket_link(&self, link: Link) -> Option<TicketLinkView> {
        Some(TicketLinkView { relation: link.relation, other: self.ticket_label(link.other)? })
    }
}

/// The words of an entry, and nothing else yet.
fn entry_of(comment: Option<&Comment>) -> TicketEntry {
    TicketEntry {
        id: MessageId(uuid::Uuid::nil()),
        by: None,
        of_firm: false,
        mine: false,
        at: Timestamp(0),
        changes: Vec::new(),
        text: comment.map(|comment| comment.text.clone()).unwrap_or_default(),
        files: comment.map(|comment| comment.files.iter().map(file_view).collect()).unwrap_or_default(),
        staff: comment.is_some_and(|comment| comment.staff),
        what: TicketHappened::Updated,
        mark: opora_domain::message::Mark::Sent,
        stuck: None,
    }
}
