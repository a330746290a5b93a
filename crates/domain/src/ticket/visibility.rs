//! Who of the client sees a ticket. The firm's people see all of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Ticket;
use crate::{OrganisationId, PersonId, role::Role};

/// Whom the customer lets see it, beside those who watch it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "to", content = "people", rename_all = "snake_case")]
#[ts(rename = "TicketVisibility")]
pub enum Visibility {
    /// Nobody else.
    #[default]
    Private,
    /// Everybody of the client organisation it counts for.
    Organisation,
    /// Some colleagues.
    Group(BTreeSet<PersonId>),
}

/// Who looks.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Which person.
    pub id: PersonId,
    /// In which role.
    pub role: Role,
    /// Client organisations the person belongs to now.
    pub organisations: BTreeSet<OrganisationId>,
}

impl Ticket {
    /// Whether a person sees the ticket and what is said in it to the client.
    #[must_use]
    pub fn is_seen_by(&self, viewer: &Viewer) -> bool {
        match viewer.role {
            Role::Specialist | Role::Supervisor | Role::Owner => true,
            // A vendor reads what was handed over, which is another stream.
            Role::Vendor => false,
            Role::Customer => {
                self.customer == viewer.id || self.watchers.contains(&viewer.id) || self.is_shown_to(viewer)
            }
        }
    }

    fn is_shown_to(&self, viewer: &Viewer) -> bool {
        let colleague = self.organisation.is_some_and(|organisation| viewer.organisations.contains(&organisation));
        match &self.visibility {
            Visibility::Private => false,
            Visibility::Organisation => colleague,
            // Who has left the organisation sees what goes on in it no longer.
            Visibility::Group(people) => colleague && people.contains(&viewer.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{super::tests::ticket, *};

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn visibility() -> impl Strategy<Value = Visibility> {
        prop_oneof![
            Just(Visibility::Private),
            Just(Visibility::Organisation),
            proptest::collection::btree_set((0_u128..6).prop_map(person), 0..4).prop_map(Visibility::Group),
        ]
    }

    proptest! {
        #[test]
        fn no_stranger_ever_sees_one(
            visibility in visibility(), who in 3_u128..6, watches in any::<bool>(), own in 0_u128..3, of in 0_u128..3,
        ) {
            let mut ticket = ticket();
            ticket.visibility = visibility.clone();
            ticket.organisation = Some(OrganisationId(Uuid::from_u128(own)));
            if watches {
                ticket.watchers.insert(person(who));
            }
            let viewer = Viewer {
                id: person(who),
                role: Role::Customer,
                organisations: BTreeSet::from([OrganisationId(Uuid::from_u128(of))]),
            };
            let let_in = match visibility {
                Visibility::Private => false,
                Visibility::Organisation => own == of,
                Visibility::Group(people) => own == of && people.contains(&person(who)),
            };
            prop_assert_eq!(ticket.is_seen_by(&viewer), watches || let_in);
            let (vendor, staff) =
                (Viewer { role: Role::Vendor, ..viewer.clone() }, Viewer { role: Role::Specialist, ..viewer });
            prop_assert!(!ticket.is_seen_by(&vendor));
            prop_assert!(ticket.is_seen_by(&staff));
        }
    }

    #[test]
    fn the_customer_sees_an_own_one_whatever_it_says() {
        let ticket = ticket();
        let viewer = Viewer { id: ticket.customer, role: Role::Customer, organisations: BTreeSet::new() };
        assert!(ticket.is_seen_by(&viewer));
    }
}
