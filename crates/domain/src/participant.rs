//! Who else may come into a talk by an invitation, and who may leave it.
//!
//! The owner adds colleagues, and other contact persons of the customer's organisation; nobody of
//! another firm ever. Who owns the talk hands it over before leaving; the customer who asked stays.

use crate::{OrganisationId, PersonId, request::State, role::Role};

/// A person as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Role.
    pub role: Role,
    /// Client organisation; none for the firm's own people.
    pub organisation: Option<OrganisationId>,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The talk has another owner, or none.
    #[error("the conversation is somebody else's")]
    Moved(State),
    /// Of another firm.
    #[error("not one of the two organisations")]
    Stranger,
    /// The owner hands the talk over first.
    #[error("the owner of a conversation does not leave it")]
    Owner,
    /// Whose question it is.
    #[error("the customer who asked stays")]
    Asker,
}

/// The owner asks somebody in.
///
/// # Errors
/// [`Refused`].
pub fn add(state: State, by: PersonId, asker: Person, new: Person) -> Result<(), Refused> {
    if state != (State::Accepted { by }) {
        return Err(Refused::Moved(state));
    }
    let colleague_of_asker = new.role == Role::Customer && new.organisation == asker.organisation;
    if new.role.is_staff() || colleague_of_asker { Ok(()) } else { Err(Refused::Stranger) }
}

/// Somebody leaves.
///
/// # Errors
/// [`Refused`].
pub fn leave(state: State, asker: PersonId, who: PersonId) -> Result<(), Refused> {
    match state {
        _ if who == asker => Err(Refused::Asker),
        State::Accepted { by } if by == who => Err(Refused::Owner),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(n: u128, role: Role, organisation: Option<u128>) -> Person {
        let organisation = organisation.map(|n| OrganisationId(Uuid::from_u128(n)));
        Person { id: PersonId(Uuid::from_u128(n)), role, organisation }
    }

    #[test]
    fn boris_adds_vera_and_oleg_of_the_same_firm_and_nobody_of_another() {
        let (boris, anna) = (person(1, Role::Specialist, None), person(2, Role::Customer, Some(50)));
        let held = State::Accepted { by: boris.id };
        assert_eq!(add(held, boris.id, anna, person(3, Role::Specialist, None)), Ok(()));
        assert_eq!(add(held, boris.id, anna, person(4, Role::Customer, Some(50))), Ok(()));
        assert_eq!(add(held, boris.id, anna, person(5, Role::Customer, Some(51))), Err(Refused::Stranger));
        let vera = person(3, Role::Specialist, None);
        assert_eq!(add(held, vera.id, anna, vera), Err(Refused::Moved(held)), "the talk is not hers");
    }

    #[test]
    fn the_owner_and_the_asker_stay() {
        let (boris, anna) = (person(1, Role::Specialist, None).id, person(2, Role::Customer, Some(50)).id);
        let held = State::Accepted { by: boris };
        assert_eq!(leave(held, anna, boris), Err(Refused::Owner));
        assert_eq!(leave(held, anna, anna), Err(Refused::Asker));
        assert_eq!(leave(held, anna, PersonId(Uuid::from_u128(3))), Ok(()));
    }
}
