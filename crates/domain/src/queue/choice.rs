//! To whom a request is shown, and why.
//!
//! The client's own specialist first, for a limited time and only while waiting makes sense; then
//! who has least in hand, then who rested longest. Who passed on the request is asked again only when
//! nobody else can be. The answer keeps its reasons, so that "why he?" has an answer on screen.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Span, Timestamp, availability::Availability};

use super::{Rules, Waiting};

/// One specialist who serves the line, or is asked because it overflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Takes requests, or why not.
    pub availability: Availability,
    /// Conversations in hand, offers included, those on hold not.
    pub active: u32,
    /// How many at most.
    pub capacity: u32,
    /// Last time a conversation or an offer ended; who rested longest goes first.
    pub idle_since: Timestamp,
    /// Passed on this request; not to be asked again before.
    pub passed: Option<Timestamp>,
    /// The client's own specialist.
    pub own: bool,
    /// Of the overflow line.
    pub overflow: bool,
}

/// Why somebody was not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Skip {
    /// Does not take requests now.
    Unavailable {
        /// Why.
        why: Availability,
    },
    /// Hands full.
    Full,
    /// Said "not now" or did not answer, just now.
    Passed,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The client's own specialist.
    Own,
    /// Nobody else could be asked.
    Only,
    /// Had less in hand than the others.
    LeastLoaded,
    /// As much in hand as others, and rested longest.
    LongestIdle,
    /// Had passed on it; and so had everybody else.
    AskedAgain,
}

/// Somebody who was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Considered {
    /// Who.
    pub person: PersonId,
    /// Had so many in hand.
    pub active: u32,
    /// Of so many.
    pub capacity: u32,
    /// Had rested for so long.
    pub idle: Span,
    /// The client's own specialist.
    #[serde(default)]
    pub own: bool,
    /// Of the overflow line.
    #[serde(default)]
    pub overflow: bool,
    /// Why not; none for who could have been asked.
    pub skipped: Option<Skip>,
}

/// To whom, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Decision {
    /// Whom the request is shown to.
    pub to: PersonId,
    /// What decided.
    pub because: Because,
    /// Everybody who was looked at, the best first.
    pub considered: Vec<Considered>,
}

/// What to do with a request now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Show it.
    Offer(Decision),
    /// Its own specialist is there and busy: wait until then.
    WaitForOwn {
        /// Then the line takes over.
        until: Timestamp,
    },
    /// Nobody can be asked.
    Nobody,
}

/// Whom to show a request.
#[must_use]
pub fn choose(waiting: &Waiting, candidates: &[Candidate], rules: &Rules, now: Timestamp) -> Choice {
    let own = candidates.iter().find(|one| one.own);
    if let Some(own) = own.filter(|own| own.availability.is_available() && own.passed.is_none()) {
        if own.active < own.capacity {
            return Choice::Offer(decision(own, Because::Own, candidates, now));
        }
        let until = waiting.since + rules.own_limit;
        if now < until && own.capacity > 0 {
            return Choice::WaitForOwn { until };
        }
    }
    let mut free: Vec<&Candidate> = candidates.iter().filter(|one| skip(one, now).is_none()).collect();
    free.sort_by_key(|one| order(one));
    let Some(best) = free.first() else { return Choice::Nobody };
    let because = match free.get(1) {
        _ if best.passed.is_some() => Because::AskedAgain,
        None => Because::Only,
        Some(next) if next.passed.is_none() && next.active == best.active => Because::LongestIdle,
        Some(_) => Because::LeastLoaded,
    };
    Choice::Offer(decision(best, because, candidates, now))
}

/// Who passed goes last; then the load, then the rest.
fn order(one: &Candidate) -> (bool, u32, Timestamp, Reverse<u32>, PersonId) {
    (one.passed.is_some(), one.active, one.idle_since, Reverse(one.capacity), one.person)
}

fn skip(one: &Candidate, now: Timestamp) -> Option<Skip> {
    if !one.availability.is_available() {
        Some(Skip::Unavailable { why: one.availability })
    } else if one.passed.is_some_and(|rests_until| rests_until > now) {
        Some(Skip::Passed)
    } else if one.active >= one.capacity {
        Some(Skip::Full)
    } else {
        None
    }
}

fn decision(best: &Candidate, because: Because, candidates: &[Candidate], now: Timestamp) -> Decision {
    let mut all: Vec<&Candidate> = candidates.iter().collect();
    all.sort_by_key(|one| (one.person != best.person, skip(one, now).is_some(), order(one)));
    let considered = all.into_iter().map(|one| Considered {
        person: one.person,
        active: one.active,
        capacity: one.capacity,
        idle: now - one.idle_since,
        own: one.own,
        overflow: one.overflow,
        skipped: skip(one, now),
    });
    Decision { to: best.person, because, considered: considered.collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{RequestId, request::Class};

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    fn anna() -> Waiting {
        Waiting { request: RequestId(Uuid::from_u128(7)), class: Class::Error, since: NOW }
    }

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn candidate(n: u128, active: u32) -> Candidate {
        Candidate {
            person: person(n),
            availability: Availability::Available,
            active,
            capacity: 4,
            idle_since: Timestamp(0),
            passed: None,
            own: false,
            overflow: false,
        }
    }

    fn chosen(candidates: &[Candidate], now: Timestamp) -> Option<(PersonId, Because)> {
        match choose(&anna(), candidates, &Rules::default(), now) {
            Choice::Offer(decision) => Some((decision.to, decision.because)),
            _ => None,
        }
    }

    #[test]
    fn a_declined_request_goes_to_another_first_and_back_if_there_is_none() {
        let boris = Candidate { passed: Some(NOW), ..candidate(1, 0) };
        assert_eq!(chosen(&[boris, candidate(2, 3)], NOW), Some((person(2), Because::LeastLoaded)));
        assert_eq!(chosen(&[boris], NOW), Some((person(1), Because::AskedAgain)));
        let resting = Candidate { passed: Some(NOW + Span::seconds(30)), ..boris };
        assert_eq!(chosen(&[resting], NOW), None, "he has just said no");
    }

    #[test]
    fn her_own_specialist_is_asked_first_even_with_more_in_hand() {
        let boris = Candidate { own: true, ..candidate(1, 3) };
        assert_eq!(chosen(&[candidate(2, 0), boris], NOW), Some((person(1), Because::Own)));
    }

    #[test]
    fn for_a_busy_own_specialist_the_request_waits_two_minutes_and_no_longer() {
        let boris = Candidate { own: true, ..candidate(1, 4) };
        let at = |now| choose(&anna(), &[boris, candidate(2, 0)], &Rules::default(), now);
        let limit = NOW + Rules::default().own_limit;
        assert_eq!(at(NOW), Choice::WaitForOwn { until: limit });
        assert_eq!(chosen(&[boris, candidate(2, 0)], limit), Some((person(2), Because::Only)));
    }

    #[test]
    fn when_her_own_specialist_is_at_lunch_or_gone_or_declined_the_line_takes_over_at_once() {
        let lunch = Availability::Lunch { until: NOW + Span::minutes(30) };
        for availability in [lunch, Availability::Gone, Availability::Off, Availability::Away { until: None }] {
            let boris = Candidate { own: true, availability, ..candidate(1, 0) };
            assert_eq!(chosen(&[boris, candidate(2, 3)], NOW), Some((person(2), Because::Only)), "{availability:?}");
        }
        let boris = Candidate { own: true, passed: Some(NOW + Span::seconds(30)), ..candidate(1, 0) };
        assert_eq!(chosen(&[boris, candidate(2, 3)], NOW), Some((person(2), Because::Only)));
    }

    #[test]
    fn the_decision_says_why_each_of_the_others_was_not_asked() {
        let until = NOW + Span::minutes(30);
        let vera = Candidate { availability: Availability::Lunch { until }, ..candidate(2, 0) };
        let Choice::Offer(decision) =
            choose(&anna(), &[candidate(3, 4), vera, candidate(1, 2)], &Rules::default(), NOW)
        else {
            panic!("somebody is free")
        };
        let why: Vec<_> = decision.considered.iter().map(|one| (one.person, one.skipped)).collect();
        let lunch = Skip::Unavailable { why: Availability::Lunch { until } };
        assert_eq!(why, [(person(1), None), (person(2), Some(lunch)), (person(3), Some(Skip::Full))]);
    }

    prop_compose! {
        fn crowd()(people in proptest::collection::vec(
            (0_u32..6, 0_u32..5, 0_i64..9, any::<bool>(), proptest::option::of(-9_i64..9), any::<bool>()), 0..8,
        ), own in 0_usize..12) -> Vec<Candidate> {
            people.iter().enumerate().map(|(n, (active, capacity, idle, here, passed, overflow))| Candidate {
                availability: if *here { Availability::Available } else { Availability::Gone },
                capacity: *capacity,
                idle_since: Timestamp(*idle),
                passed: passed.map(|at| Timestamp(NOW.0 + at)),
                own: n == own,
                overflow: *overflow,
                ..candidate(n as u128, *active)
            }).collect()
        }
    }

    proptest! {
        #[test]
        fn nobody_is_chosen_beyond_capacity_or_against_his_word(crowd in crowd(), waited in 0_i64..300) {
            let now = NOW + Span::seconds(waited);
            match choose(&anna(), &crowd, &Rules::default(), now) {
                Choice::Offer(decision) => {
                    let one = crowd.iter().find(|one| one.person == decision.to).expect("one of them");
                    prop_assert!(one.active < one.capacity && one.availability.is_available());
                    prop_assert!(one.passed.is_none_or(|until| until <= now));
                    prop_assert_eq!(decision.considered.len(), crowd.len(), "everybody has a reason");
                }
                Choice::WaitForOwn { until } => prop_assert!(until > now && crowd.iter().any(|one| one.own)),
                // A request is never left lying while somebody could take it.
                Choice::Nobody => prop_assert!(crowd.iter().all(|one| skip(one, now).is_some())),
            }
        }

        #[test]
        fn without_an_own_specialist_the_least_loaded_is_asked_and_then_who_rested_longest(crowd in crowd()) {
            let crowd: Vec<_> = crowd.into_iter().map(|one| Candidate { own: false, ..one }).collect();
            if let Some((to, _)) = chosen(&crowd, NOW) {
                let best = crowd.iter().find(|one| one.person == to).expect("one of them");
                for other in crowd.iter().filter(|one| skip(one, NOW).is_none() && one.passed.is_none()) {
                    prop_assert!((best.active, best.idle_since) <= (other.active, other.idle_since));
                }
            }
        }
    }
}
