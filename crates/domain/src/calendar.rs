//! When a line is open: a week, the days that differ from it, and a zone.
//!
//! Hours are what the clock on the wall of the zone shows, so they move with summer time by
//! themselves. A day has many openings (lunch is the gap between two); an opening may reach past
//! midnight and still belongs to the day it begins on. What holds for a day is, in this order: an
//! exception of that date, a holiday of every year, the weekday. Rules are in [`Calendar`]'s
//! functions and take `now`; zones come from tables inside the program, so that every machine and
//! every desk says the same.

mod day;
mod preset;
mod rules;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use day::{Day, NotADay, Zone};
pub use preset::holidays_of_russia;
pub use rules::Now;

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// Openings of one day at most; more than that is a slip.
const MOST_OPENINGS: usize = 12;
/// Exceptions and holidays of one calendar at most: ten years of decrees.
const MOST_DAYS: usize = 400;
/// The longest name of a holiday or exception, in characters.
const MOST_NOTE: usize = 100;

/// Open from here to there, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Opening {
    /// 0 to 1439.
    pub from: u16,
    /// After `from`, at most a day later; above 1440 it is the morning after.
    pub to: u16,
}

impl Opening {
    /// From so many to so many minutes.
    #[must_use]
    pub const fn new(from: u16, to: u16) -> Self {
        Self { from, to }
    }

    /// From full hour to full hour.
    #[must_use]
    pub const fn hours(from: u16, to: u16) -> Self {
        Self { from: from * 60, to: to * 60 }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// A day off of every year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Holiday {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// Its name.
    pub name: String,
}

/// What a date is instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(rename = "ExceptionKind")]
pub enum Instead {
    /// Closed.
    Closed,
    /// Other hours.
    Open {
        /// These.
        openings: Vec<Opening>,
    },
    /// A swapped working day: works as that day of the week, holiday or not.
    As {
        /// Which.
        weekday: Weekday,
    },
}

/// A date that differs from its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarException")]
pub struct Exception {
    /// Which date.
    pub day: Day,
    /// What it is.
    pub instead: Instead,
    /// Why, in words; may be empty.
    #[serde(default)]
    pub note: String,
}

/// The hours of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Calendar {
    /// Whose clock on the wall counts.
    pub zone: Zone,
    /// Openings of each weekday, Monday first; in order, without overlap.
    pub week: [Vec<Opening>; 7],
    /// Days off of every year.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Dates that differ.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// What is wrong with a calendar that a person made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No such zone.
    #[error("there is no such time zone")]
    Zone,
    /// An opening ends before it begins, or is longer than a day.
    #[error("an opening makes no sense")]
    Opening,
    /// Two openings of a day overlap.
    #[error("two openings overlap")]
    Overlap,
    /// A date has two exceptions, or a holiday does not exist.
    #[error("a date is there twice, or is no date")]
    Date,
    /// Too many openings or days, or a note that is too long.
    #[error("it is too much")]
    TooMuch,
}

impl Calendar {
    /// Monday to Friday from 9 to 18 with lunch from 13 to 14, and the holidays of Russia: where an owner begins.
    #[must_use]
    pub fn usual(zone: Zone) -> Self {
        let day = || vec![Opening::hours(9, 13), Opening::hours(14, 18)];
        let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
        Self { zone, week, holidays: holidays_of_russia(), exceptions: Vec::new() }
    }

    /// Always open: a line for which nobody set hours.
    #[must_use]
    pub fn always() -> Self {
        let week = std::array::from_fn(|_| vec![Opening::new(0, DAY)]);
        Self { zone: Zone::utc(), week, holidays: Vec::new(), exceptions: Vec::new() }
    }

    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn check(&self) -> Result<(), CalendarError> {
        if !self.zone.is_known() {
            return Err(CalendarError::Zone);
        }
        if self.exceptions.len() + self.holidays.len() > MOST_DAYS {
            return Err(CalendarError::TooMuch);
        }
        let notes = self.exceptions.iter().map(|one| &one.note).chain(self.holidays.iter().map(|one| &one.name));
        if notes.into_iter().any(|note| note.chars().count() > MOST_NOTE) {
            return Err(CalendarError::TooMuch);
        }
        self.week.iter().try_for_each(|openings| check_openings(openings))?;
        for (index, exception) in self.exceptions.iter().enumerate() {
            if self.exceptions.iter().skip(index + 1).any(|other| other.day == exception.day) {
                return Err(CalendarError::Date);
            }
            if let Instead::Open { openings } = &exception.instead {
                check_openings(openings)?;
            }
        }
        // 2024 has a 29 February.
        let exists = |holiday: &Holiday| Day::new(2024, holiday.month, holiday.day).is_some();
        if self.holidays.iter().all(exists) { Ok(()) } else { Err(CalendarError::Date) }
    }
}

fn check_openings(openings: &[Opening]) -> Result<(), CalendarError> {
    if openings.len() > MOST_OPENINGS {
        return Err(CalendarError::TooMuch);
    }
    for opening in openings {
        let length = opening.to.saturating_sub(opening.from);
        if opening.from >= DAY || length == 0 || length > DAY {
            return Err(CalendarError::Opening);
        }
    }
    let apart = openings.iter().zip(openings.iter().skip(1)).all(|(one, next)| one.to <= next.from);
    if apart { Ok(()) } else { Err(CalendarError::Overlap) }
}
