//! Supervision: looking into a conversation unseen, taking it over, the head's own mark.
//!
//! A look gives a supervisor the right to read and nothing else; who looks is no member, so nobody
//! in the conversation learns of it, unless it is told by a whisper. Taking over is a hand-over in which
//! nobody is asked: the request keeps its place in time, and the former owner leaves or stays as a second specialist.

use crate::{
    PersonId,
    request::State,
    transfer::{Effect, Ended, Transfer, pass},
};

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

/// Takes a conversation from who has it; an open offer of it is overtaken. The former owner leaves, or `stays`
/// as a second specialist. Answers the former owner and what has to be done.
///
/// # Errors
/// [`TakeOverError`]; then nothing moves.
pub fn take_over(
    state: State,
    open: Option<&Transfer>,
    me: PersonId,
    stays: bool,
) -> Result<(PersonId, Vec<Effect>), TakeOverError> {
    let from = match state {
        State::Accepted { by } if by == me => return Err(TakeOverError::OwnAlready),
        State::Accepted { by } => by,
        other => return Err(TakeOverError::NotHeld(other)),
    };
    let ended = open.map(|open| open.end(Ended::Overtaken)).unwrap_or_default();
    let mut effects = pass(from, me, ended);
    if !stays {
        effects.push(Effect::Leave(from));
    }
    Ok((from, effects))
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
    use crate::{ConversationId, Timestamp, TransferId};

    const GALINA: PersonId = PersonId(Uuid::from_u128(1));
    const BORIS: PersonId = PersonId(Uuid::from_u128(2));
    const VERA: PersonId = PersonId(Uuid::from_u128(3));

    #[test]
    fn what_boris_has_galina_takes_and_he_leaves_as_after_a_hand_over() {
        let steps = vec![
            Effect::Load(GALINA),
            Effect::Move(State::Accepted { by: GALINA }),
            Effect::Enter(GALINA),
            Effect::Unload(BORIS),
            Effect::Leave(BORIS),
        ];
        assert_eq!(take_over(State::Accepted { by: BORIS }, None, GALINA, false), Ok((BORIS, steps.clone())));
        let stays = steps.into_iter().filter(|step| *step != Effect::Leave(BORIS)).collect();
        assert_eq!(take_over(State::Accepted { by: BORIS }, None, GALINA, true), Ok((BORIS, stays)), "or he stays");
    }

    #[test]
    fn an_offer_to_vera_is_overtaken_before_galina_comes_in() {
        let offer = Transfer {
            id: TransferId(Uuid::from_u128(4)),
            conversation: ConversationId(Uuid::from_u128(5)),
            from: BORIS,
            to: VERA,
            epoch: 1,
            until: Timestamp(60),
            stays: true,
        };
        let (_, steps) = take_over(State::Accepted { by: BORIS }, Some(&offer), GALINA, false).expect("he has it");
        assert_eq!(steps[2..5], [Effect::End(Ended::Overtaken), Effect::Forget(VERA), Effect::Enter(GALINA)]);
    }

    #[test]
    fn what_nobody_has_cannot_be_taken_over() {
        let offered = State::Offered { to: BORIS, until: Timestamp(5) };
        for state in [State::Waiting, offered, State::Closed, State::Cancelled] {
            assert_eq!(take_over(state, None, GALINA, false), Err(TakeOverError::NotHeld(state)));
        }
        assert_eq!(take_over(State::Accepted { by: GALINA }, None, GALINA, false), Err(TakeOverError::OwnAlready));
    }

    #[test]
    fn nobody_marks_the_own_work_or_work_that_nobody_did() {
        assert!(may_mark(Some(BORIS), GALINA));
        assert!(!may_mark(Some(GALINA), GALINA));
        assert!(!may_mark(None, GALINA));
    }
}
