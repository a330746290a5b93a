//! How long a customer will probably wait, and why.
//!
//! A range, from how long the last conversations of the line took and from how many hands serve it
//! now. Honest: without data there is no range, and nothing is promised while nobody serves.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Span, Timestamp, availability::Availability, availability::Hours};

/// Fewer conversations than this say nothing about the next one.
pub const LEAST_SAMPLES: usize = 5;
/// Older conversations say nothing about today.
pub const MOST_SAMPLES: usize = 50;
/// A longer wait is not worth a number: "more than" would be read as a promise.
const MOST: Span = Span::minutes(4 * 60);

/// An expected wait, in whole minutes: "usually 3 to 7 minutes".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "WaitRange")]
pub struct Range {
    /// From so many minutes; 0 is "less than one".
    pub from: u32,
    /// To so many.
    pub to: u32,
}

/// Who serves a line at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Serving {
    /// Conversations that fit into the hands that are there.
    pub room: u32,
    /// Of them in use.
    pub busy: u32,
}

/// The wait of a request with `ahead` before it, from how long recent conversations took.
///
/// The hands that are there finish one conversation each (length / hands); a quarter of the recent
/// ones took less than the lower length, a quarter more than the upper.
#[must_use]
pub fn estimate(ahead: u32, serving: Serving, recent: &[Span]) -> Option<Range> {
    if serving.room == 0 || recent.len() < LEAST_SAMPLES {
        return None;
    }
    let free = serving.room.saturating_sub(serving.busy);
    let to_end = i64::from(ahead.saturating_add(1).saturating_sub(free));
    if to_end == 0 {
        return Some(Range { from: 0, to: 1 });
    }
    let mut recent = recent.to_vec();
    recent.sort_unstable();
    let quartile = |n: usize| recent.get((recent.len() - 1) * n / 4).copied().unwrap_or_default();
    let wait = |length: Span| Span(length.0.saturating_mul(to_end) / i64::from(serving.room));
    let (from, to) = (wait(quartile(1)), wait(quartile(3)));
    if to > MOST {
        return None;
    }
    // To the minute, outwards: a range that is too narrow is a lie.
    let from = u32::try_from(from.0 / Span::minutes(1).0).ok()?;
    let to = u32::try_from((to.0 + Span::minutes(1).0 - 1) / Span::minutes(1).0).ok()?;
    Some(Range { from, to: to.max(from + 1) })
}

/// Why a request still waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(rename = "WaitReason")]
pub enum Why {
    /// Somebody is free: any moment now.
    Soon,
    /// Everybody who is there has their hands full.
    AllBusy,
    /// Who serves the line is at lunch.
    Lunch {
        /// The first is back then.
        until: Timestamp,
    },
    /// The line is closed.
    Closed {
        /// Opens then, if a calendar says so.
        opens: Option<Timestamp>,
    },
    /// Nobody is on line.
    Nobody,
}

/// Why requests of a line wait: its hours, and each who serves it with whether there is room.
#[must_use]
pub fn why(hours: Hours, people: &[(Availability, bool)]) -> Why {
    if let Hours::Closed { opens } = hours {
        return Why::Closed { opens };
    }
    let mut available = people.iter().filter(|(availability, _)| availability.is_available()).peekable();
    if available.peek().is_some() {
        return if available.any(|(_, room)| *room) { Why::Soon } else { Why::AllBusy };
    }
    let lunch = people.iter().filter_map(|(availability, _)| match availability {
        Availability::Lunch { until } => Some(*until),
        _ => None,
    });
    lunch.min().map_or(Why::Nobody, |until| Why::Lunch { until })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minutes(all: &[i64]) -> Vec<Span> {
        all.iter().copied().map(Span::minutes).collect()
    }

    #[test]
    fn three_before_anna_with_two_specialists_is_a_range_of_minutes() {
        let recent = minutes(&[4, 6, 8, 10, 12]);
        let serving = Serving { room: 8, busy: 8 };
        assert_eq!(
            estimate(3, serving, &recent),
            Some(Range { from: 3, to: 5 }),
            "4 to end, by 8 hands, of 6 to 10 minutes"
        );
    }

    #[test]
    fn without_data_or_without_anybody_there_is_no_number() {
        let recent = minutes(&[4, 6, 8, 10, 12]);
        assert_eq!(estimate(3, Serving { room: 8, busy: 8 }, &recent[..4]), None);
        assert_eq!(estimate(0, Serving::default(), &recent), None);
        assert_eq!(estimate(900, Serving { room: 1, busy: 1 }, &recent), None, "a number of hours is no promise");
    }

    #[test]
    fn with_a_free_pair_of_hands_it_is_less_than_a_minute() {
        let recent = minutes(&[4, 6, 8, 10, 12]);
        assert_eq!(estimate(0, Serving { room: 4, busy: 3 }, &recent), Some(Range { from: 0, to: 1 }));
    }

    #[test]
    fn the_reason_is_said_in_the_order_in_which_it_matters() {
        let (one, two) = (Timestamp(1), Timestamp(2));
        let lunch = |until| (Availability::Lunch { until }, true);
        let closed = Hours::Closed { opens: Some(two) };
        assert_eq!(why(closed, &[(Availability::Available, true)]), Why::Closed { opens: Some(two) });
        assert_eq!(why(Hours::Open, &[lunch(two), lunch(one)]), Why::Lunch { until: one }, "the first who is back");
        assert_eq!(why(Hours::Open, &[lunch(one), (Availability::Available, false)]), Why::AllBusy);
        assert_eq!(why(Hours::Open, &[(Availability::Off, true), (Availability::Gone, true)]), Why::Nobody);
        assert_eq!(why(Hours::Open, &[(Availability::Available, true)]), Why::Soon);
        assert_eq!(why(Hours::Open, &[]), Why::Nobody);
    }

    proptest! {
        #[test]
        fn more_people_before_never_shorten_the_wait_and_more_hands_never_lengthen_it(
            ahead in 0_u32..60, room in 1_u32..30, busy in 0_u32..30,
            recent in proptest::collection::vec((1_i64..90).prop_map(Span::minutes), 5..20),
        ) {
            let busy = busy.min(room);
            let of = |ahead, room, busy| estimate(ahead, Serving { room, busy }, &recent);
            if let (Some(now), Some(later)) = (of(ahead, room, busy), of(ahead + 1, room, busy)) {
                prop_assert!(later.from >= now.from && later.to >= now.to);
            }
            if let (Some(now), Some(more)) = (of(ahead, room, busy), of(ahead, room + 1, busy + 1)) {
                prop_assert!(more.from <= now.from && more.to <= now.to);
            }
            if let Some(Range { from, to }) = of(ahead, room, busy) {
                prop_assert!(from < to);
            }
        }
    }
}
