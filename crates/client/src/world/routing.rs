//! Settings of routing, conversations on hold, and the way of each request to its specialist.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    ConversationId, LineId, PersonId, RequestId, Timestamp,
    queue::{Decision, Overflow, Rules},
};
use opora_wire::{Event, routing};
use serde::{Deserialize, Serialize};

use super::{Changes, Rows, World};

/// Steps of one request that are kept; a request that rings longer has only its last ones looked at.
const MOST_STEPS: usize = 20;

/// What is known about routing.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Routing {
    /// The owner's settings.
    pub rules: Rules,
    /// Lines that overflow.
    pub overflows: BTreeMap<LineId, Overflow>,
    /// Capacities that were set; the others have the usual one.
    pub capacities: BTreeMap<PersonId, u32>,
    /// Conversations on hold.
    pub held: BTreeSet<ConversationId>,
    /// Offers of each request, and what came of them, oldest first.
    #[serde(skip)]
    pub ways: Rows<RequestId, Vec<(Timestamp, Step)>>,
}

/// A step of a request on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Shown to somebody.
    Decided(Decision),
    /// Came back.
    Passed(PersonId, routing::Passed),
}

impl World {
    pub(super) fn apply_routing(&mut self, event: &Event, what: &routing::Event) -> Changes {
        let mut changes = Changes { queue: true, routing: true, ..Changes::default() };
        let known = &mut self.routing;
        match what {
            routing::Event::RulesSet { rules } => known.rules = *rules,
            routing::Event::OverflowSet { line, overflow: Some(overflow) } => {
                known.overflows.insert(*line, *overflow);
            }
            routing::Event::OverflowSet { line, overflow: None } => {
                known.overflows.remove(line);
            }
            routing::Event::CapacitySet { person, capacity } => {
                known.capacities.insert(*person, *capacity);
            }
            routing::Event::Held { conversation, on } => {
                if *on {
                    known.held.insert(*conversation);
                } else {
                    known.held.remove(conversation);
                }
                changes.ways.insert(RequestId(conversation.0));
            }
            routing::Event::Decided { request, decision } => {
                known.step(*request, event.at, Step::Decided(decision.clone()));
                changes.ways.insert(*request);
            }
            routing::Event::Passed { request, person, passed } => {
                known.step(*request, event.at, Step::Passed(*person, passed.clone()));
                changes.ways.insert(*request);
            }
            routing::Event::Unknown => return Changes::default(),
        }
        changes
    }
}

impl Routing {
    /// Steps come in two streams; each has its own order, the time puts them together.
    fn step(&mut self, request: RequestId, at: Timestamp, step: Step) {
        let way = self.ways.or_default(request);
        let place = way.partition_point(|(earlier, _)| *earlier <= at);
        way.insert(place, (at, step));
        if way.len() > MOST_STEPS {
            way.remove(0);
        }
    }
}
