//! Who is next.
//!
//! A request is due at the moment it was asked, plus [`Rules::ageing`] for each rank. That is one
//! number for ever: the order of two requests never turns round while they wait, nobody who comes
//! later overtakes within a rank, and a lower rank is overtaken only by what comes within a bounded
//! time after it, so nothing starves. (A score that grows with waiting gives the same order and has
//! to be computed anew at every look.)

use crate::{RequestId, Span, Timestamp, request::Class};

use super::Rules;

/// One waiting request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The request.
    pub request: RequestId,
    /// What hurts, as it counts here: see [`Class::counted`].
    pub class: Class,
    /// When it was asked; an offer that comes back keeps it.
    pub since: Timestamp,
}

/// The moment that a request's place follows from.
#[must_use]
pub fn due(waiting: &Waiting, rules: &Rules) -> Timestamp {
    waiting.since + Span(rules.ageing.0.saturating_mul(i64::from(rules.rank(waiting.class))))
}

/// The order in which requests are served.
pub fn sort(waiting: &mut [Waiting], rules: &Rules) {
    waiting.sort_by_key(|entry| (due(entry, rules), entry.since, entry.request));
}

/// How many requests are before this one; `None` when it does not wait.
#[must_use]
pub fn ahead(waiting: &[Waiting], request: RequestId, rules: &Rules) -> Option<usize> {
    let mut order = waiting.to_vec();
    sort(&mut order, rules);
    order.iter().position(|entry| entry.request == request)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::queue::Ranks;

    fn entry(n: u128, class: Class, since: Timestamp) -> Waiting {
        Waiting { request: RequestId(Uuid::from_u128(n)), class, since }
    }

    fn minute(n: i64) -> Timestamp {
        Timestamp(0) + Span::minutes(n)
    }

    #[test]
    fn stopped_work_goes_first_then_who_waited_longest() {
        let waiting =
            [entry(1, Class::Wish, minute(4)), entry(2, Class::Broken, minute(6)), entry(3, Class::Error, minute(1))];
        let place = |n: u128| ahead(&waiting, RequestId(Uuid::from_u128(n)), &Rules::default());
        assert_eq!((place(2), place(3), place(1), place(9)), (Some(0), Some(1), Some(2), None));
    }

    #[test]
    fn a_question_that_waited_a_quarter_of_an_hour_is_not_overtaken_by_stopped_work() {
        let waiting = [entry(1, Class::Question, minute(0)), entry(2, Class::Broken, minute(16))];
        assert_eq!(ahead(&waiting, RequestId(Uuid::from_u128(1)), &Rules::default()), Some(0));
        let earlier = [entry(1, Class::Question, minute(0)), entry(2, Class::Broken, minute(14))];
        assert_eq!(ahead(&earlier, RequestId(Uuid::from_u128(1)), &Rules::default()), Some(1));
    }

    const CLASSES: [Class; 4] = [Class::Broken, Class::Error, Class::Question, Class::Wish];

    prop_compose! {
        fn queue()(entries in proptest::collection::vec((0_usize..4, 0_i64..300), 0..40)) -> Vec<Waiting> {
            entries.iter().enumerate()
                .map(|(n, (class, since))| entry(n as u128, CLASSES[*class], minute(*since))).collect()
        }
    }

    prop_compose! {
        fn rules()(ranks in proptest::array::uniform4(0_u8..=5), ageing in 1_i64..120) -> Rules {
            let [broken, error, question, wish] = ranks;
            let (ranks, ageing) = (Ranks { broken, error, question, wish }, Span::minutes(ageing));
            Rules { ranks, ageing, ..Rules::default() }
        }
    }

    proptest! {
        /// Whoever is served before a request came at most (ranks between them) x ageing after it: however
        /// many urgent ones keep coming, its turn comes.
        #[test]
        fn nothing_starves(mut waiting in queue(), rules in rules()) {
            sort(&mut waiting, &rules);
            for (place, one) in waiting.iter().enumerate() {
                let bound = Span(rules.ageing.0 * i64::from(rules.rank(one.class)));
                for before in &waiting[..place] {
                    prop_assert!(before.since - one.since <= bound, "{before:?} before {one:?}");
                }
            }
        }

        #[test]
        fn nobody_who_came_later_overtakes_within_a_rank(mut waiting in queue(), rules in rules()) {
            sort(&mut waiting, &rules);
            for (place, one) in waiting.iter().enumerate() {
                for before in &waiting[..place] {
                    prop_assert!(rules.rank(before.class) != rules.rank(one.class) || before.since <= one.since);
                }
            }
        }

        /// Who comes and goes changes nothing between two that stay.
        #[test]
        fn two_that_wait_never_change_places(mut waiting in queue(), rules in rules(), gone in 0_usize..40) {
            sort(&mut waiting, &rules);
            let mut fewer = waiting.clone();
            if gone < fewer.len() { fewer.remove(gone); }
            let mut again = fewer.clone();
            again.reverse();
            sort(&mut again, &rules);
            prop_assert_eq!(again, fewer);
        }
    }
}
