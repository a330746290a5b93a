//! Showing a request to one specialist, with a deadline.
//!
//! Pure rules over a request's [`State`]; the desk applies the result in one transaction with the
//! specialist's load (D15).

use crate::{PersonId, Span, Timestamp, request::State};

/// How long a specialist may think until the owner says otherwise. Long enough to read the request, short
/// enough for who waits.
pub const LIFE: Span = Span::seconds(25);

/// Why an answer to an offer was refused; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    /// The request moved on; the caller shows who has it now.
    #[error("the request is not on offer to this specialist")]
    Moved(State),
    /// The answer came after the deadline.
    #[error("the offer has lapsed")]
    Lapsed,
}

/// Shows a waiting request to a specialist.
///
/// # Errors
/// [`OfferError::Moved`] when it does not wait.
pub fn make(state: State, to: PersonId, life: Span, now: Timestamp) -> Result<State, OfferError> {
    match state {
        State::Waiting => Ok(State::Offered { to, until: now + life }),
        moved => Err(OfferError::Moved(moved)),
    }
}

/// The specialist accepts. A request that waits may be taken without having been offered.
///
/// # Errors
/// [`OfferError`].
pub fn accept(state: State, by: PersonId, now: Timestamp) -> Result<State, OfferError> {
    match state {
        State::Offered { to, until } if to == by && now < until => Ok(State::Accepted { by }),
        State::Offered { to, .. } if to == by => Err(OfferError::Lapsed),
        State::Waiting => Ok(State::Accepted { by }),
        moved => Err(OfferError::Moved(moved)),
    }
}

/// The specialist says "not now": back to the queue, with its original time.
///
/// # Errors
/// [`OfferError::Moved`].
pub fn decline(state: State, by: PersonId) -> Result<State, OfferError> {
    match state {
        State::Offered { to, .. } if to == by => Ok(State::Waiting),
        moved => Err(OfferError::Moved(moved)),
    }
}

/// What an offer has become by `now` when nobody touched it.
#[must_use]
pub fn lapse(state: State, now: Timestamp) -> Option<State> {
    match state {
        State::Offered { until, .. } if now >= until => Some(State::Waiting),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn people() -> (PersonId, PersonId) {
        (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)))
    }

    #[test]
    fn a_late_accept_changes_nothing() {
        let (boris, _) = people();
        let offered = make(State::Waiting, boris, LIFE, Timestamp(0)).expect("it waits");
        assert_eq!(accept(offered, boris, Timestamp(0) + LIFE), Err(OfferError::Lapsed));
        assert_eq!(lapse(offered, Timestamp(0) + LIFE), Some(State::Waiting));
    }

    #[test]
    fn what_is_offered_to_boris_vera_cannot_take() {
        let (boris, vera) = people();
        let offered = make(State::Waiting, boris, LIFE, Timestamp(0)).expect("it waits");
        assert_eq!(accept(offered, vera, Timestamp(1)), Err(OfferError::Moved(offered)));
        assert_eq!(decline(offered, vera), Err(OfferError::Moved(offered)));
        assert_eq!(make(offered, vera, LIFE, Timestamp(1)), Err(OfferError::Moved(offered)));
    }

    #[test]
    fn an_accepted_request_cannot_be_accepted_again() {
        let (boris, vera) = people();
        let taken = accept(State::Waiting, boris, Timestamp(0)).expect("it waits");
        assert_eq!(accept(taken, vera, Timestamp(1)), Err(OfferError::Moved(State::Accepted { by: boris })));
    }
}
