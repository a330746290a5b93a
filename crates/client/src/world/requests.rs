//! Requests in the queue, offers.

use opora_domain::{
    ConversationId, OpId, PersonId, RequestId, Timestamp,
    queue::{self, Waiting},
    request::{Ask, State},
};
use opora_wire::{Event, EventBody};
use serde::{Deserialize, Serialize};

use super::{Changes, Moment, World};

/// A request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Who asks.
    pub customer: PersonId,
    /// What.
    pub ask: Ask,
    /// Waiting since.
    pub since: Timestamp,
    /// Whether stopped work goes first for this client.
    pub urgent: bool,
    /// Where it stands.
    pub state: State,
    /// Guard for commands.
    pub epoch: i64,
    /// When the offer lapses, by this machine's clock; not kept.
    #[serde(skip)]
    pub deadline: Option<Timestamp>,
}

impl Request {
    /// An offer to oneself that did not come just now lapses when the desk says so.
    pub(super) fn derive_deadline(&mut self, me: PersonId) {
        self.deadline = match self.state {
            State::Offered { to, until } if to == me => Some(until),
            _ => None,
        };
    }

    /// As it stands in the queue.
    pub(crate) fn waiting(&self, request: RequestId) -> Waiting {
        Waiting { request, class: self.ask.class.counted(self.urgent), since: self.since }
    }
}

impl World {
    pub(super) fn apply_request(&mut self, event: &Event, moment: Moment) -> Changes {
        let mut changes = Changes { queue: true, home: true, ..Changes::default() };
        match &event.body {
            EventBody::RequestAsked { request, customer, ask, since, urgent } => {
                let (ask, since, urgent) = (ask.clone(), *since, *urgent);
                let state = State::Waiting;
                let new = Request { customer: *customer, ask, since, urgent, state, epoch: 0, deadline: None };
                self.requests.or_insert_with(*request, || new);
                self.note_request(*request, &mut changes);
            }
            EventBody::RequestMoved { request, state, epoch } => {
                let me = self.me;
                let Some(known) = self.requests.get_mut(request) else { return changes };
                if *epoch < known.epoch {
                    return changes;
                }
                (known.state, known.epoch) = (*state, *epoch);
                if let State::Accepted { by } = state {
                    self.supervision.owners.insert(*request, *by);
                }
                known.deadline = match state {
                    State::Offered { to, until } if *to == me => {
                        changes.rings.push(*request);
                        // Live, only the length counts, whatever the two clocks say.
                        Some(if moment.live { moment.now + (*until - event.at) } else { *until })
                    }
                    _ => None,
                };
                self.note_request(*request, &mut changes);
            }
            _ => {}
        }
        changes
    }

    fn note_request(&self, request: RequestId, changes: &mut Changes) {
        let conversation = ConversationId(request.0);
        if self.conversations.contains_key(&conversation) {
            changes.rows.insert(conversation);
            changes.heads.insert(conversation);
        }
        if self.ask_is_done(request) {
            changes.done.insert(OpId(request.0));
        }
    }

    /// Requests of one's lines that wait, in the order they will be served; offers to oneself apart.
    #[must_use]
    pub fn waiting(&self) -> Vec<(RequestId, &Request)> {
        let mut order: Vec<Waiting> = Vec::new();
        for (id, request) in &self.requests {
            let waits = match request.state {
                State::Waiting => true,
                State::Offered { to, .. } => to != self.me,
                _ => false,
            };
            if waits && self.serves(request.ask.line) {
                order.push(request.waiting(*id));
            }
        }
        queue::sort(&mut order, &self.routing.rules);
        order.iter().filter_map(|one| self.requests.get_key_value(&one.request)).map(|(id, one)| (*id, one)).collect()
    }

    /// What rings for oneself, what lapses first in front.
    #[must_use]
    pub fn offers(&self) -> Vec<(RequestId, &Request)> {
        let mine = |request: &Request| matches!(request.state, State::Offered { to, .. } if to == self.me);
        let mut offers: Vec<_> =
            self.requests.iter().filter(|(_, one)| mine(one)).map(|(id, one)| (*id, one)).collect();
        offers.sort_by_key(|(id, one)| (one.deadline, *id));
        offers
    }

    /// One's own conversations, by whether they are on hold.
    fn mine(&self, on_hold: bool) -> impl Iterator<Item = ConversationId> {
        let mine = self.requests.iter().filter(|(_, one)| one.state == State::Accepted { by: self.me });
        let mine = mine.map(|(id, _)| ConversationId(id.0));
        mine.filter(move |id| self.routing.held.contains(id) == on_hold)
    }

    /// How many conversations one has in hand.
    #[must_use]
    pub fn in_hand(&self) -> usize {
        self.mine(false).count()
    }

    /// One's own conversations on hold.
    #[must_use]
    pub fn on_hold(&self) -> Vec<ConversationId> {
        self.mine(true).collect()
    }
}
