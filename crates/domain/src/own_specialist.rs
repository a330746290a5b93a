//! The client's "own specialist": who knows this client best and is asked first.
//!
//! It is said of an organisation or of one person, for one line or for all. The narrower saying
//! wins: first the person's before the organisation's, then the line's before the general one. It
//! is a wish with a time limit, never a lock: routing falls back to the line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{LineId, OrganisationId, PersonId};

/// Whose own specialist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SpecialistOf")]
pub enum Client {
    /// Everybody's of an organisation.
    Organisation(OrganisationId),
    /// One person's.
    Person(PersonId),
}

/// One saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnSpecialist {
    /// Whose.
    pub client: Client,
    /// For which line; for all, when there is none.
    pub line: Option<LineId>,
    /// Who.
    pub specialist: PersonId,
}

/// Who is asked first when this person asks on this line.
///
/// `organisations` are the ones the person belongs to now, the main one first.
#[must_use]
pub fn own_specialist(
    said: &[OwnSpecialist],
    person: PersonId,
    organisations: &[OrganisationId],
    line: LineId,
) -> Option<PersonId> {
    let whose = |client: Client| match client {
        Client::Person(one) => (one == person).then_some(0),
        Client::Organisation(one) => organisations.iter().position(|known| *known == one).map(|place| place + 1),
    };
    let narrow = |one: &OwnSpecialist| match one.line {
        Some(own) => (own == line).then_some(0),
        None => Some(1),
    };
    let fitting = said.iter().filter_map(|one| Some(((whose(one.client)?, narrow(one)?), one.specialist)));
    fitting.min_by_key(|(rank, _)| *rank).map(|(_, specialist)| specialist)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn the_narrower_saying_wins() {
        let (anna, boris, vera) = (PersonId(id(1)), PersonId(id(2)), PersonId(id(3)));
        let (romashka, vasilek) = (OrganisationId(id(4)), OrganisationId(id(5)));
        let (first, second) = (LineId(id(6)), LineId(id(7)));
        let of = |client, line, specialist| OwnSpecialist { client, line, specialist };
        let mut said = vec![of(Client::Organisation(romashka), None, boris)];
        assert_eq!(own_specialist(&said, anna, &[romashka], first), Some(boris));
        assert_eq!(own_specialist(&said, anna, &[vasilek], first), None, "another organisation's");

        said.push(of(Client::Organisation(romashka), Some(second), vera));
        assert_eq!(own_specialist(&said, anna, &[romashka], second), Some(vera), "for this line");
        assert_eq!(own_specialist(&said, anna, &[romashka], first), Some(boris));

        said.push(of(Client::Person(anna), None, boris));
        assert_eq!(own_specialist(&said, anna, &[romashka], second), Some(boris), "her own comes first");

        said.push(of(Client::Organisation(vasilek), None, vera));
        let anyone = PersonId(id(9));
        assert_eq!(
            own_specialist(&said, anyone, &[vasilek, romashka], first),
            Some(vera),
            "the main organisation first"
        );
    }
}
