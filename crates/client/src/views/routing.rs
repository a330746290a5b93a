//! Routing and presence as they are shown.

use opora_domain::{PersonId, RequestId, request::State as RequestState};
use opora_ipc::{
    presence::{StaffRow, StaffView},
    routing::{LineRouting, PassedWhy, PersonRouting, RoutingView, WayPerson, WayStep, WayView},
};
use opora_wire::routing::Passed;

use crate::{
    state::{CAPACITY, State},
    world::{Step, World},
};

impl State {
    /// The firm's people at this moment.
    pub(crate) fn staff_view(&self, rev: u64) -> StaffView {
        let Some(world) = &self.world else { return StaffView { rev, ..StaffView::default() } };
        let mut people: Vec<StaffRow> = self
            .staff
            .iter()
            .map(|one| StaffRow {
                person: one.person,
                name: self.person_name(one.person, None),
                me: one.person == world.me,
                declared: one.declared,
                availability: one.availability,
                active: one.active,
                capacity: one.capacity,
            })
            .collect();
        people.sort_by(|a, b| (!a.me, &a.name, a.person).cmp(&(!b.me, &b.name, b.person)));
        StaffView { rev, people }
    }

    /// Conversations that one has at most.
    pub(crate) fn my_capacity(&self) -> u32 {
        let set = |world: &World| world.routing.capacities.get(&world.me).copied();
        self.world.as_ref().and_then(set).unwrap_or(CAPACITY)
    }

    /// Everything an owner sets up about routing.
    pub(crate) fn routing_view(&self, rev: u64) -> RoutingView {
        let Some(world) = &self.world else {
            return RoutingView { rev, rules: Default::default(), lines: Vec::new(), people: Vec::new() };
        };
        let lines = self.line_views().into_iter().map(|line| LineRouting {
            line: line.id,
            name: line.name,
            overflow: world.routing.overflows.get(&line.id).copied(),
        });
        let serving = world.people.iter().filter(|(_, person)| person.role.is_staff());
        let mut people: Vec<PersonRouting> = serving
            .map(|(id, person)| PersonRouting {
                person: *id,
                name: person.name.clone(),
                capacity: world.routing.capacities.get(id).copied().unwrap_or(CAPACITY),
            })
            .collect();
        people.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
        RoutingView { rev, rules: world.routing.rules, lines: lines.collect(), people }
    }

    /// The way of a request to its specialist.
    pub(crate) fn way_view(&self, request: RequestId) -> WayView {
        let nothing = WayView { request, held: false, mine: false, taken: false, steps: Vec::new() };
        let Some(world) = &self.world else { return nothing };
        let holder = match world.requests.get(&request).map(|one| one.state) {
            Some(RequestState::Accepted { by }) => Some(by),
            _ => None,
        };
        let way = world.routing.ways.get(&request).map(Vec::as_slice).unwrap_or_default();
        let asked = |person: PersonId| {
            let last = way.iter().rev().find_map(|(_, step)| match step {
                Step::Decided(decision) => Some(decision.to),
                Step::Passed(..) => None,
            });
            last == Some(person)
        };
        WayView {
            held: world.routing.held.iter().any(|held| held.0 == request.0),
            mine: holder == Some(world.me),
            taken: holder.is_some_and(|holder| !asked(holder)),
            steps: way.iter().map(|(at, step)| self.way_step(*at, step)).collect(),
            ..nothing
        }
    }

    fn way_step(&self, at: opora_domain::Timestamp, step: &Step) -> WayStep {
        match step {
            Step::Decided(decision) => WayStep::Offered {
                at,
                to: self.person_name(decision.to, None),
                because: decision.because,
                considered: decision
                    .considered
                    .iter()
                    .map(|one| WayPerson {
                        name: self.person_name(one.person, None),
                        active: one.active,
                        capacity: one.capacity,
                        idle: one.idle,
                        own: one.own,
                        overflow: one.overflow,
                        skipped: one.skipped,
                    })
                    .collect(),
            },
            Step::Passed(person, passed) => {
                let (why, reason) = match passed {
                    Passed::Declined { reason } => (PassedWhy::Declined, reason.clone()),
                    Passed::Lapsed => (PassedWhy::Lapsed, String::new()),
                    Passed::Left => (PassedWhy::Left, String::new()),
                };
                WayStep::Passed { at, by: self.person_name(*person, None), why, reason }
            }
        }
    }
}
