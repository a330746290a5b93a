//! An invitation into a talk: a second specialist, or another contact person of the customer's organisation,
//! is asked first and comes in by a yes of one's own.
//!
//! Open, then [`Ended`] once. Until the yes the one who is asked reads nothing of the talk. It outlives a
//! change of the talk's owner, and dies when nobody owns the talk any more.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, InvitationId, PersonId, Span, Timestamp, request::State, role::Role};

/// The longest words of who invites, and the longest reason of a refusal, in characters.
pub const MOST_WORDS: usize = 500;
/// A colleague is asked beside other work, and who asked waits with a customer.
const LIFE_OF_STAFF: Span = Span::minutes(10);
/// A contact person may be at a warehouse without a computer.
const LIFE_OF_CUSTOMER: Span = Span::minutes(24 * 60);

/// How long an invitation stands.
#[must_use]
pub fn life(of: Role) -> Span {
    if of.is_staff() { LIFE_OF_STAFF } else { LIFE_OF_CUSTOMER }
}

/// How an invitation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(rename = "InvitationEnded")]
pub enum Ended {
    /// The person is in the talk.
    Joined,
    /// The person said no.
    Declined {
        /// Why.
        reason: String,
    },
    /// It was taken back.
    Withdrawn,
    /// Nobody answered in time.
    Expired,
    /// The talk is over, or waits for somebody again.
    Overtaken,
}

/// An invitation that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Into which talk.
    pub conversation: ConversationId,
    /// Who asks.
    pub by: PersonId,
    /// Who is asked.
    pub person: PersonId,
    /// The first `seq` that the person will read.
    pub from: i64,
    /// When it lapses.
    pub until: Timestamp,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not the one who may say this.
    #[error("not this person's invitation")]
    NotYours,
    /// It is over.
    #[error("the invitation has lapsed or was overtaken")]
    Over,
}

impl Invitation {
    /// What has become of it by `now` when nobody touched it; `talk` is where its request stands.
    #[must_use]
    pub fn lapse(&self, talk: State, now: Timestamp) -> Option<Ended> {
        if !matches!(talk, State::Accepted { .. }) {
            return Some(Ended::Overtaken);
        }
        (now >= self.until).then_some(Ended::Expired)
    }

    /// Whether this person may say yes or no now.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn answer(&self, talk: State, by: PersonId, now: Timestamp) -> Result<(), Refused> {
        self.must_be(by == self.person, talk, now)
    }

    /// Whether this person may take it back now: who asked, and who owns the talk meanwhile.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn withdraw(&self, talk: State, by: PersonId, now: Timestamp) -> Result<(), Refused> {
        self.must_be(by == self.by || talk == (State::Accepted { by }), talk, now)
    }

    fn must_be(&self, right: bool, talk: State, now: Timestamp) -> Result<(), Refused> {
        if !right {
            return Err(Refused::NotYours);
        }
        if self.lapse(talk, now).is_some() { Err(Refused::Over) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const BORIS: PersonId = PersonId(Uuid::from_u128(1));
    const VERA: PersonId = PersonId(Uuid::from_u128(2));
    const GALINA: PersonId = PersonId(Uuid::from_u128(3));
    const HELD: State = State::Accepted { by: BORIS };

    fn invitation() -> Invitation {
        Invitation {
            id: InvitationId(Uuid::from_u128(9)),
            conversation: ConversationId(Uuid::from_u128(5)),
            by: BORIS,
            person: VERA,
            from: 1,
            until: Timestamp(60),
        }
    }

    #[test]
    fn only_vera_answers_and_only_boris_or_who_owns_the_talk_takes_it_back() {
        let (one, now) = (invitation(), Timestamp(1));
        assert_eq!(one.answer(HELD, VERA, now), Ok(()));
        assert_eq!(one.answer(HELD, BORIS, now), Err(Refused::NotYours), "not for her");
        assert_eq!(one.withdraw(HELD, VERA, now), Err(Refused::NotYours));
        assert_eq!(one.withdraw(HELD, BORIS, now), Ok(()));
        let passed = State::Accepted { by: GALINA };
        assert_eq!((one.withdraw(passed, GALINA, now), one.withdraw(passed, BORIS, now)), (Ok(()), Ok(())));
        assert_eq!(one.answer(passed, VERA, now), Ok(()), "the talk has another owner, and she is wanted still");
    }

    #[test]
    fn a_colleague_is_waited_for_ten_minutes_and_a_contact_person_a_day() {
        assert_eq!((life(Role::Specialist), life(Role::Customer)), (Span::minutes(10), Span::minutes(1_440)));
    }

    proptest! {
        #[test]
        fn nobody_comes_in_late_or_into_a_talk_that_nobody_owns(
            state in prop_oneof![
                Just(HELD),
                Just(State::Waiting),
                Just(State::Closed),
                Just(State::Cancelled),
                Just(State::Offered { to: GALINA, until: Timestamp(100) }),
            ],
            now in 0_i64..120,
        ) {
            let one = invitation();
            let open = state == HELD && now < 60;
            prop_assert_eq!(one.answer(state, VERA, Timestamp(now)).is_ok(), open);
            prop_assert_eq!(one.withdraw(state, BORIS, Timestamp(now)).is_ok(), open);
            prop_assert_eq!(one.lapse(state, Timestamp(now)).is_none(), open);
        }
    }
}
