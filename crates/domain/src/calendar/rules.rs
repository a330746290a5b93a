//! From a calendar to instants.
//!
//! Between two changes of the clocks the wall runs evenly, so openings become instants by a
//! subtraction there. Everything else (open now, next change, working time) follows from the list
//! of open intervals between two instants, merged and in order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Calendar, Instead, Opening,
    day::{DAY_MICROS, Day},
};
use crate::{Span, Timestamp};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;
/// How far a change is looked for: first over the next weekend, then over the long holidays, then over a year.
const LOOKS: [i64; 3] = [4 * DAY_MICROS, 40 * DAY_MICROS, 400 * DAY_MICROS];
/// Working time is added up in steps of this length ...
const STEP: i64 = 32 * DAY_MICROS;
/// ... and not further than some ten years.
const MOST_STEPS: usize = 120;
/// Years in which instants are meant: 1970 to 2255, as `Timestamp` says.
const LAST: i64 = 1 << 53;

/// What a calendar says at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "HoursNow")]
pub enum Now {
    /// Open.
    Open {
        /// Until then; none when it never closes.
        until: Option<Timestamp>,
    },
    /// Closed between two openings of a day: lunch.
    Break {
        /// Opens again then.
        until: Timestamp,
    },
    /// Closed.
    Closed {
        /// Opens then; none when it never does.
        until: Option<Timestamp>,
        /// The holiday's or the exception's name; may be empty.
        why: String,
    },
}

impl Now {
    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// When this ends.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Open { until } | Self::Closed { until, .. } => *until,
            Self::Break { until } => Some(*until),
        }
    }
}

impl Calendar {
    /// Whether it is open at `now`: exactly when the clock on the wall shows an hour of an opening.
    #[must_use]
    pub fn open_at(&self, now: Timestamp) -> bool {
        !self.intervals(now.0, now.0 + 1).is_empty()
    }

    /// The next instant after `now` at which it opens or closes; none within a year.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        LOOKS.iter().find_map(|look| {
            let end = now.0.saturating_add(*look);
            let (from, to) = self.intervals(now.0, end).first().copied()?;
            let change = if from > now.0 { from } else { to };
            (change < end).then_some(Timestamp(change))
        })
    }

    /// Open time between `a` and `b`; none when `b` is not later.
    #[must_use]
    pub fn working_time_between(&self, a: Timestamp, b: Timestamp) -> Span {
        Span(self.intervals(a.0, b.0).iter().map(|(from, to)| to - from).sum())
    }

    /// The first instant by which so much open time has passed since `from`; none within ten years.
    #[must_use]
    pub fn add_working_time(&self, from: Timestamp, time: Span) -> Option<Timestamp> {
        let (mut at, mut left) = (from.0, time.0);
        if left <= 0 {
            return Some(from);
        }
        for _ in 0..MOST_STEPS {
            for (start, end) in self.intervals(at, at + STEP) {
                if end - start >= left {
                    return Some(Timestamp(start + left));
                }
                left -= end - start;
            }
            at += STEP;
        }
        None
    }

    /// What it says at `now`, for people.
    #[must_use]
    pub fn now(&self, now: Timestamp) -> Now {
        let until = self.next_change(now);
        if self.open_at(now) {
            return Now::Open { until };
        }
        let today = self.zone.day_of(now);
        let begun = today.is_some_and(|day| !self.intervals(self.zone.start_of(day).0, now.0).is_empty());
        match until {
            Some(until) if begun && self.zone.day_of(until) == today => Now::Break { until },
            until => Now::Closed { until, why: today.map(|day| self.why(day)).unwrap_or_default() },
        }
    }

    /// Openings of a date.
    pub(super) fn openings_on(&self, day: Day) -> &[Opening] {
        let of_weekday = |index: usize| self.week.get(index).map(Vec::as_slice).unwrap_or_default();
        match self.exceptions.iter().find(|one| one.day == day).map(|one| &one.instead) {
            Some(Instead::Closed) => &[],
            Some(Instead::Open { openings }) => openings,
            Some(Instead::As { weekday }) => of_weekday(weekday.index()),
            None if self.holiday(day).is_some() => &[],
            None => of_weekday(day.weekday()),
        }
    }

    fn holiday(&self, day: Day) -> Option<&str> {
        let (month, date) = day.of_year();
        let same = |a: u8, b: i8| i8::try_from(a) == Ok(b);
        let found = self.holidays.iter().find(|one| same(one.month, month) && same(one.day, date));
        found.map(|one| one.name.as_str())
    }

    fn why(&self, day: Day) -> String {
        let exception = self.exceptions.iter().find(|one| one.day == day).map(|one| one.note.as_str());
        exception.or_else(|| self.holiday(day)).unwrap_or_default().to_owned()
    }

    /// When it is open in `from..to`: in order, apart from each other, cut to both ends.
    fn intervals(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        let (from, to) = (from.clamp(0, LAST), to.clamp(0, LAST));
        let zone = self.zone.table();
        let (mut at, mut found) = (from, Vec::new());
        while at < to {
            let Ok(instant) = jiff::Timestamp::from_microsecond(at) else { break };
            let offset = i64::from(zone.to_offset(instant).seconds()) * 1_000_000;
            let change = zone.following(instant).next().map(|one| one.timestamp().as_microsecond());
            let end = change.filter(|change| *change > at).map_or(to, |change| change.min(to));
            self.even(at, end, offset, &mut found);
            at = end;
        }
        merged(found)
    }

    /// Open intervals of a time in which the wall is `offset` ahead of UTC all along.
    fn even(&self, from: i64, to: i64, offset: i64, found: &mut Vec<(i64, i64)>) {
        // What began the day before may reach in.
        let first = (from + offset).div_euclid(DAY_MICROS) - 1;
        let last = (to - 1 + offset).div_euclid(DAY_MICROS);
        for number in first..=last {
            let Some(day) = Day::of_number(number) else { continue };
            let midnight = number * DAY_MICROS - offset;
            for opening in self.openings_on(day) {
                let start = (midnight + i64::from(opening.from) * MINUTE).max(from);
                let end = (midnight + i64::from(opening.to) * MINUTE).min(to);
                if start < end {
                    found.push((start, end));
                }
            }
        }
    }
}

fn merged(mut all: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    all.sort_unstable();
    let mut out: Vec<(i64, i64)> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}
