//! The live board: the desk's figures with the names and requests that are known here.

use opora_domain::{
    ConversationId, PersonId, RequestId, Timestamp,
    queue::{self, Waiting},
    request::State as RequestState,
};
use opora_ipc::supervision::{
    AuditAct, AuditRow, AuditView, BoardDay, BoardDoing, BoardLine, BoardPerson, BoardTalk, BoardView,
};
use opora_wire::{
    board::{Doing, LiveBoard},
    supervision::Act,
};

use crate::{
    state::State,
    world::{Acted, Request, World, first_words},
};

/// Conversations that are over, on one board at most.
const MOST_OVER: usize = 50;
/// Lines of the trail in one view at most; what is older is in the desk's log and in the report of it.
const MOST_ACTS: usize = 500;

impl State {
    /// The board as far as the desk has shown it, with what the log says.
    pub(crate) fn board_view(&self, rev: u64) -> BoardView {
        let (Some(world), Some((board, received))) = (&self.world, &self.board) else {
            return BoardView { rev, ..BoardView::default() };
        };
        let here = |at: Timestamp| at + (*received - board.at);
        BoardView {
            rev,
            live: self.connected,
            lines: lines(world, board, here),
            people: people(world, board, here),
            talks: talks(world, here),
            day: BoardDay {
                asked: board.day.asked,
                answered: board.day.answered,
                closed: board.day.closed,
                first_p50: board.day.first_p50,
                first_p90: board.day.first_p90,
                rated: board.day.rated,
                stars: board.day.stars,
            },
        }
    }

    /// The trail, newest first.
    pub(crate) fn audit_view(&self, rev: u64) -> AuditView {
        let Some(world) = &self.world else { return AuditView { rev, ..AuditView::default() } };
        let acts = &world.supervision.acts;
        AuditView {
            rev,
            rows: acts.values().rev().filter_map(|one| audit_row(world, one)).take(MOST_ACTS).collect(),
            all: u32::try_from(acts.len()).unwrap_or(u32::MAX),
        }
    }
}

fn lines(world: &World, board: &LiveBoard, here: impl Fn(Timestamp) -> Timestamp) -> Vec<BoardLine> {
    let line = |one: &opora_wire::board::LineNow| BoardLine {
        id: one.line,
        name: world.lines.get(&one.line).cloned().unwrap_or_default(),
        waiting: one.waiting,
        oldest: one.oldest.map(&here),
        on_line: one.on_line,
    };
    let mut lines: Vec<BoardLine> = board.lines.iter().map(line).collect();
    lines.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    lines
}

fn people(world: &World, board: &LiveBoard, here: impl Fn(Timestamp) -> Timestamp) -> Vec<BoardPerson> {
    let person = |one: &opora_wire::board::PersonNow| {
        let known = world.people.get(&one.person).filter(|known| known.joined)?;
        Some(BoardPerson {
            id: one.person,
            name: known.name.clone(),
            role: known.role,
            doing: doing(one.doing),
            since: one.since.map(&here),
            active: one.active,
            capacity: one.capacity,
            me: one.person == world.me,
        })
    };
    let mut people: Vec<BoardPerson> = board.people.iter().filter_map(person).collect();
    people.sort_by(|a, b| (a.doing, &a.name, a.id).cmp(&(b.doing, &b.name, b.id)));
    people
}

fn doing(doing: Doing) -> BoardDoing {
    match doing {
        Doing::Free => BoardDoing::Free,
        Doing::Busy => BoardDoing::Busy,
        Doing::Full => BoardDoing::Full,
        Doing::Lunch => BoardDoing::Lunch,
        Doing::Away => BoardDoing::Away,
        Doing::Gone => BoardDoing::Gone,
        Doing::Off | Doing::Unknown => BoardDoing::Off,
    }
}

/// What waits in the order it will be served, what is in hand, and the newest that are over.
fn talks(world: &World, here: impl Fn(Timestamp) -> Timestamp) -> Vec<BoardTalk> {
    let mut waiting: Vec<Waiting> = Vec::new();
    let (mut held, mut over): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    for (id, request) in &world.requests {
        match request.state {
            RequestState::Waiting | RequestState::Offered { .. } => {
                waiting.push(request.waiting(*id));
            }
            RequestState::Accepted { .. } => held.push((request.since, *id)),
            RequestState::Closed => over.push((request.since, *id)),
            RequestState::Cancelled => {}
        }
    }
    queue::sort(&mut waiting, &world.routing.rules);
    held.sort_unstable();
    over.sort_unstable_by(|a, b| b.cmp(a));
    let order = waiting.iter().map(|one| one.request).chain(held.into_iter().map(|(_, id)| id));
    let order = order.chain(over.into_iter().take(MOST_OVER).map(|(_, id)| id));
    order.filter_map(|id| Some(talk(world, id, world.requests.get(&id)?, &here))).collect()
}

fn talk(world: &World, id: RequestId, request: &Request, here: &impl Fn(Timestamp) -> Timestamp) -> BoardTalk {
    let conversation = ConversationId(id.0);
    let (customer, organisation) = world.names_of_ask(request.customer, &request.ask);
    let specialist = match request.state {
        RequestState::Accepted { by } => Some(by),
        RequestState::Offered { to, .. } => Some(to),
        _ => world.supervision.owners.get(&id).copied(),
    };
    let talk = world.conversations.get(&conversation);
    BoardTalk {
        conversation,
        request: id,
        epoch: request.epoch,
        line: request.ask.line,
        line_name: world.lines.get(&request.ask.line).cloned().unwrap_or_default(),
        customer,
        organisation,
        subject: first_words(&request.ask.description),
        class: request.ask.class,
        state: request.state,
        since: here(request.since),
        specialist,
        specialist_name: specialist.map(|person| name(world, person)).unwrap_or_default(),
        mine: talk.is_some_and(|talk| talk.members.contains_key(&world.me)),
        looking: world.supervision.looking.contains(&conversation),
        mark: world.supervision.marks.get(&conversation).cloned(),
    }
}

fn name(world: &World, person: PersonId) -> String {
    world.name_of(person).map(|(name, _)| name).unwrap_or_default()
}

fn audit_row(world: &World, acted: &Acted) -> Option<AuditRow> {
    let act = match acted.act {
        Act::LookedIn => AuditAct::LookedIn,
        Act::LookedAway => AuditAct::LookedAway,
        Act::Whispered => AuditAct::Whispered,
        Act::TookOver => AuditAct::TookOver,
        Act::Marked => AuditAct::Marked,
        Act::Unknown => return None,
    };
    let (customer, organisation) = world.name_of(acted.customer).unwrap_or_default();
    Some(AuditRow {
        id: acted.id.to_string(),
        at: acted.at,
        by_name: acted.by.map(|by| name(world, by)).unwrap_or_default(),
        act,
        conversation: acted.conversation,
        customer,
        organisation,
        specialist_name: acted.specialist.map(|person| name(world, person)).unwrap_or_default(),
        mark: acted.mark.clone(),
    })
}
