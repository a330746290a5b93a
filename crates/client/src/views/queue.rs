//! The specialist's queue, the customer's request.

use opora_domain::{ConversationId, OrganisationId, RequestId, Timestamp, request::State as RequestState};
use opora_ipc::{
    ask::{HomeView, RequestView},
    queue::{OfferView, QueueRow, QueueView},
};
use opora_wire::OpBody;

use super::tickets::{At, MOST_BESIDE};
use crate::{
    state::State,
    world::{Request, World},
};

impl State {
    /// The queue at `now`.
    pub(crate) fn queue_view(&self, rev: u64, now: Timestamp) -> QueueView {
        let Some(world) = &self.world else { return QueueView { rev, ..QueueView::default() } };
        let life_ms = world.routing.rules.offer_life.as_millis();
        let offers = world.offers().into_iter().map(|(id, request)| OfferView {
            row: row(world, id, request),
            left_ms: request.deadline.map_or(0, |deadline| (deadline - now).as_millis()).clamp(0, life_ms),
            life_ms,
        });
        QueueView {
            rev,
            on_line: self.on_line,
            held: world.on_hold(),
            active: u32::try_from(world.in_hand()).unwrap_or(u32::MAX),
            capacity: self.my_capacity(),
            offers: offers.filter(|offer| offer.left_ms > 0).collect(),
            waiting: world.waiting().into_iter().map(|(id, request)| row(world, id, request)).collect(),
        }
    }

    /// The customer's first screen.
    pub(crate) fn home_view(&self, at: At) -> HomeView {
        let rev = at.rev;
        HomeView {
            rev,
            lines: self.line_views(),
            request: self.open_request(),
            conversations: self.conversation_rows(rev),
            tickets: self.ticket_views(at, MOST_BESIDE, |_| true),
            colleagues: self.colleague_views(),
            asked_for: self.asked_for(),
        }
    }

    /// The organisation of one's newest request, at the desk or still here.
    fn asked_for(&self) -> Option<OrganisationId> {
        let world = self.world.as_ref()?;
        let known = world.requests.iter().filter(|(_, one)| one.customer == world.me);
        let known = known.map(|(id, one)| (one.since, *id, one.ask.organisation));
        let queued = self.ops().filter_map(|(row, body)| match body {
            OpBody::Ask { request, ask } => Some((row.made_at, *request, ask.organisation)),
            _ => None,
        });
        known.chain(queued).max().and_then(|(_, _, organisation)| organisation)
    }

    /// The newest request of one's own that is not over.
    pub(crate) fn open_request(&self) -> Option<RequestView> {
        let world = self.world.as_ref()?;
        let is_open = |request: &&Request| {
            request.customer == world.me && !matches!(request.state, RequestState::Closed | RequestState::Cancelled)
        };
        let known =
            world.requests.iter().filter(|(_, request)| is_open(request)).max_by_key(|(id, one)| (one.since, **id));
        let queued = self.ops().filter_map(|(row, body)| match body {
            OpBody::Ask { request, .. } if !world.requests.contains_key(request) => Some((row.made_at, *request)),
            _ => None,
        });
        match (queued.max(), known) {
            (Some((_, request)), _) => self.request_view(request),
            (None, Some((request, _))) => self.request_view(*request),
            (None, None) => None,
        }
    }

    /// One's own request, at the desk or still here.
    pub(crate) fn request_view(&self, id: RequestId) -> Option<RequestView> {
        let world = self.world.as_ref()?;
        let (ask, state, since) = match world.requests.get(&id) {
            Some(known) => (known.ask.clone(), Some(known.state), known.since),
            None => self.ops().find_map(|(row, body)| match body {
                OpBody::Ask { request, ask } if *request == id => Some((ask.clone(), None, row.made_at)),
                _ => None,
            })?,
        };
        let place = self
            .places
            .get(&id)
            .filter(|_| matches!(state, Some(RequestState::Waiting | RequestState::Offered { .. })));
        Some(RequestView {
            id,
            conversation: ConversationId(id.0),
            class: ask.class,
            program: ask.program,
            description: ask.description,
            state,
            since,
            ahead: place.map(|place| place.ahead),
            specialists: place.map(|place| place.specialists),
            line: ask.line,
            callback: self.callback(id),
            wait: place.and_then(|place| place.wait),
            why: place.and_then(|place| place.why),
        })
    }
}

fn row(world: &World, id: RequestId, request: &Request) -> QueueRow {
    let (customer, organisation) = world.names_of_ask(request.customer, &request.ask);
    QueueRow {
        request: id,
        epoch: request.epoch,
        line: request.ask.line,
        line_name: world.lines.get(&request.ask.line).cloned().unwrap_or_default(),
        customer,
        organisation,
        ask: request.ask.clone(),
        state: request.state,
        since: request.since,
        callback: world.hours.callbacks.get(&id).cloned(),
    }
}
