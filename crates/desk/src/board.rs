//! The queue as of the last look: customers' places, and who of the firm takes requests.

use std::collections::BTreeMap;

use opora_domain::PersonId;
pub use opora_wire::Place;
use opora_wire::presence::Shown;

/// What people are told about the queue. Made by the offers task after each pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    places: BTreeMap<PersonId, Vec<Place>>,
    staff: Vec<Shown>,
}

impl Board {
    /// Makes the board.
    #[must_use]
    pub fn new(places: BTreeMap<PersonId, Vec<Place>>, staff: Vec<Shown>) -> Self {
        Self { places, staff }
    }

    /// A customer's places, one for each request that waits.
    #[must_use]
    pub fn of(&self, customer: PersonId) -> &[Place] {
        self.places.get(&customer).map(Vec::as_slice).unwrap_or_default()
    }

    /// The firm's people.
    #[must_use]
    pub fn staff(&self) -> &[Shown] {
        &self.staff
    }
}
