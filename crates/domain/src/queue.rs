//! Order in a line's queue, and who is shown the next request.

use std::cmp::Reverse;

use crate::{PersonId, RequestId, Timestamp, request::Class};

/// One waiting request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The request.
    pub request: RequestId,
    /// What hurts.
    pub class: Class,
    /// When it was asked; an offer that comes back keeps it.
    pub since: Timestamp,
}

/// One specialist who could be shown a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Conversations in hand, offers included.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
    /// Last time a conversation or an offer ended; who rested longest goes first.
    pub idle_since: Timestamp,
    /// Requests this person declined or let lapse just now, so they go to someone else first.
    pub passed: Vec<RequestId>,
}

/// Broken work goes before the rest; inside a rank, first come, first served.
fn rank(class: Class) -> u8 {
    match class {
        Class::Broken => 0,
        Class::Error | Class::Question | Class::Wish => 1,
    }
}

/// The order in which requests are served.
pub fn sort(waiting: &mut [Waiting]) {
    waiting.sort_by_key(|entry| (rank(entry.class), entry.since, entry.request));
}

/// How many requests are before this one; `None` when it does not wait.
#[must_use]
pub fn ahead(waiting: &[Waiting], request: RequestId) -> Option<usize> {
    let mut order = waiting.to_vec();
    sort(&mut order);
    order.iter().position(|entry| entry.request == request)
}

/// Whom to show `request`: has room, did not pass on it if another did not; least loaded, then longest idle.
#[must_use]
pub fn choose(request: RequestId, candidates: &[Candidate]) -> Option<PersonId> {
    candidates
        .iter()
        .filter(|one| one.active < one.capacity)
        .min_by_key(|one| {
            (one.passed.contains(&request), one.active, one.idle_since, Reverse(one.capacity), one.person)
        })
        .map(|one| one.person)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn entry(n: u128, class: Class, since: i64) -> Waiting {
        Waiting { request: RequestId(Uuid::from_u128(n)), class, since: Timestamp(since) }
    }

    fn candidate(n: u128, active: u32) -> Candidate {
        let person = PersonId(Uuid::from_u128(n));
        Candidate { person, active, capacity: 4, idle_since: Timestamp(0), passed: Vec::new() }
    }

    #[test]
    fn stopped_work_goes_first_then_who_waited_longest() {
        let waiting = [entry(1, Class::Wish, 10), entry(2, Class::Broken, 30), entry(3, Class::Error, 5)];
        let place = |n: u128| ahead(&waiting, RequestId(Uuid::from_u128(n)));
        assert_eq!((place(2), place(3), place(1), place(9)), (Some(0), Some(1), Some(2), None));
    }

    #[test]
    fn a_declined_request_goes_to_another_first_and_back_if_there_is_none() {
        let request = RequestId(Uuid::from_u128(7));
        let mut boris = candidate(1, 0);
        boris.passed.push(request);
        assert_eq!(choose(request, &[boris.clone(), candidate(2, 3)]), Some(PersonId(Uuid::from_u128(2))));
        assert_eq!(choose(request, &[boris]), Some(PersonId(Uuid::from_u128(1))));
    }

    proptest! {
        #[test]
        fn nobody_is_chosen_beyond_capacity(loads in proptest::collection::vec((0_u32..6, 0_u32..5), 0..8)) {
            let candidates: Vec<_> = loads.iter().enumerate().map(|(n, (active, capacity))|
                Candidate { capacity: *capacity, ..candidate(n as u128, *active) }).collect();
            let chosen = choose(RequestId(Uuid::from_u128(7)), &candidates);
            match chosen {
                Some(person) => {
                    let one = candidates.iter().find(|one| one.person == person).expect("one of them");
                    prop_assert!(one.active < one.capacity);
                }
                None => prop_assert!(candidates.iter().all(|one| one.active >= one.capacity)),
            }
        }
    }
}
