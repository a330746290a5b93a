//! Supervision: looking into a conversation unseen, taking it over, the head's own mark.
//!
//! A look gives a supervisor the right to read and nothing else; who looks is no member, so nobody
//! in the conversation learns of it. Taking over moves the ownership and nothing else: the request
//! keeps its place in time, the former owner stays a member.

use crate::{PersonId, request::State};

/// Why a conversation was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TakeOverError {
    /// Nobody has it: it waits, is offered, or is over.
    #[error("nobody has it: {0:?}")]
    NotHeld(State),
    /// It is one's own already.
    #[error("it is one's own already")]
    OwnAlready,
}

/// Takes a conversation from who has it. Answers the new state and the former owner.
///
/// # Errors
/// [`TakeOverError`]; then nothing moves.
pub fn take_over(state: State, me: PersonId) -> Result<(State, PersonId), TakeOverError> {
    match state {
        State::Accepted { by } if by == me => Err(TakeOverError::OwnAlready),
        State::Accepted { by } => Ok((State::Accepted { by: me }, by)),
        other => Err(TakeOverError::NotHeld(other)),
    }
}

/// Whether the head may mark this work: somebody did it, and it was somebody else.
#[must_use]
pub fn may_mark(owner: Option<PersonId>, head: PersonId) -> bool {
    owner.is_some_and(|owner| owner != head)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Timestamp;

    const GALINA: PersonId = PersonId(Uuid::from_u128(1));
    const BORIS: PersonId = PersonId(Uuid::from_u128(2));

    #[test]
    fn what_boris_has_galina_takes_and_he_is_named_as_the_former_owner() {
        let taken = take_over(State::Accepted { by: BORIS }, GALINA);
        assert_eq!(taken, Ok((State::Accepted { by: GALINA }, BORIS)));
    }

    #[test]
    fn what_nobody_has_cannot_be_taken_over() {
        let offered = State::Offered { to: BORIS, until: Timestamp(5) };
        for state in [State::Waiting, offered, State::Closed, State::Cancelled] {
            assert_eq!(take_over(state, GALINA), Err(TakeOverError::NotHeld(state)));
        }
        assert_eq!(take_over(State::Accepted { by: GALINA }, GALINA), Err(TakeOverError::OwnAlready));
    }

    #[test]
    fn nobody_marks_the_own_work_or_work_that_nobody_did() {
        assert!(may_mark(Some(BORIS), GALINA));
        assert!(!may_mark(Some(GALINA), GALINA));
        assert!(!may_mark(None, GALINA));
    }
}
