//! The queue as of the last look: order in each line, and who serves it.

use std::collections::BTreeMap;

use opora_domain::{LineId, PersonId, queue};

use crate::record::{Entry, Server};
pub use opora_wire::Place;

/// What customers are told about their place. Made by the offers task after each pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    places: BTreeMap<PersonId, Vec<Place>>,
}

impl Board {
    /// Makes the board. An offered request keeps its place: the offer may come back.
    #[must_use]
    pub fn new(entries: &[Entry], available: &[Server]) -> Self {
        let mut lines: BTreeMap<LineId, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            lines.entry(entry.line).or_default().push(entry);
        }
        let mut places: BTreeMap<PersonId, Vec<Place>> = BTreeMap::new();
        for (line, mut entries) in lines {
            let specialists = count(available.iter().filter(|one| one.serves(line)).count());
            let mut order: Vec<queue::Waiting> = entries.iter().map(|entry| entry.waiting).collect();
            queue::sort(&mut order);
            entries.sort_by_key(|entry| order.iter().position(|one| one.request == entry.waiting.request));
            for (ahead, entry) in entries.iter().enumerate() {
                let place = Place { request: entry.waiting.request, ahead: count(ahead), specialists };
                places.entry(entry.customer).or_default().push(place);
            }
        }
        Self { places }
    }

    /// A customer's places, one for each request that waits.
    #[must_use]
    pub fn of(&self, customer: PersonId) -> &[Place] {
        self.places.get(&customer).map(Vec::as_slice).unwrap_or_default()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
