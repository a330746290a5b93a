//! Dates, and the zones in which they begin and end.

use std::sync::LazyLock;

use jiff::{
    civil,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::Weekday;
use crate::Timestamp;

/// The tables inside the program: what the system has may be old, or (on Windows) not there at all.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Microseconds of a day without a change of the clocks.
pub(super) const DAY_MICROS: i64 = 24 * 60 * 60 * SECOND;
/// Where days are counted from.
const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// A date, as `2026-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(type = "string")]
pub struct Day(civil::Date);

/// The text is not a date.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADay;

impl Day {
    /// The date, if there is one.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The date so many days after 1970-01-01.
    pub(super) fn of_number(number: i64) -> Option<Self> {
        let days = jiff::Span::new().try_days(number).ok()?;
        EPOCH.checked_add(days).ok().map(Self)
    }

    /// Days after 1970-01-01.
    pub(super) fn number(self) -> i64 {
        EPOCH.until(self.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// So many days later, or earlier.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self::of_number(self.number().saturating_add(days.into())).unwrap_or(self)
    }

    /// Whole days from this one to `later`; negative when that one is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.number() - self.number()
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The first day of the month after.
    #[must_use]
    pub fn next_month(self) -> Self {
        Self(self.0.last_of_month()).plus(1)
    }

    /// As it is written in Russian: `31.12.2026`.
    #[must_use]
    pub fn dotted(self) -> String {
        format!("{:02}.{:02}.{}", self.0.day(), self.0.month(), self.0.year())
    }

    /// Its place in the week, Monday first.
    pub(super) fn weekday(self) -> usize {
        usize::try_from(self.0.weekday().to_monday_zero_offset()).unwrap_or_default()
    }

    /// Month and day.
    pub(super) fn of_year(self) -> (i8, i8) {
        (self.0.month(), self.0.day())
    }
}

impl Weekday {
    /// Its place in the week, Monday first.
    pub(super) fn index(self) -> usize {
        match self {
            Self::Monday => 0,
            Self::Tuesday => 1,
            Self::Wednesday => 2,
            Self::Thursday => 3,
            Self::Friday => 4,
            Self::Saturday => 5,
            Self::Sunday => 6,
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or(NotADay);
        let (year, month, day) = (next()?, next()?, next()?);
        let year = year.parse().map_err(|_| NotADay)?;
        let (month, day) = (month.parse().map_err(|_| NotADay)?, day.parse().map_err(|_| NotADay)?);
        Self::new(year, month, day).ok_or(NotADay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A time zone by its IANA name, as `Europe/Moscow`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Zone(pub String);

impl Zone {
    /// The zone without a zone.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// Whether the tables know it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        ZONES.get(&self.0).is_ok()
    }

    /// The date on the wall at that moment.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Option<Day> {
        Day::of_number((at.0 + self.offset(at)).div_euclid(DAY_MICROS))
    }

    /// When a date begins there: its first instant.
    #[must_use]
    pub fn start_of(&self, day: Day) -> Timestamp {
        let midnight = self.table().to_timestamp(day.0.at(0, 0, 0, 0)).map(jiff::Timestamp::as_microsecond);
        Timestamp(midnight.unwrap_or(day.number().saturating_mul(DAY_MICROS)))
    }

    /// Minute of the day that the wall shows at that moment.
    #[must_use]
    pub fn minute_of(&self, at: Timestamp) -> u16 {
        u16::try_from((at.0 + self.offset(at)).rem_euclid(DAY_MICROS) / (60 * SECOND)).unwrap_or_default()
    }

    /// When the wall shows this minute on a date; where the clock is put forward over it, as much later.
    #[must_use]
    pub fn at_minute(&self, day: Day, minute: u16) -> Timestamp {
        let of = |number: u16| i8::try_from(number).unwrap_or_default();
        let wall = day.0.at(of(minute / 60), of(minute % 60), 0, 0);
        let at = self.table().to_timestamp(wall).map(jiff::Timestamp::as_microsecond);
        let without_zone = day.number().saturating_mul(DAY_MICROS) + i64::from(minute) * 60 * SECOND;
        Timestamp(at.unwrap_or(without_zone))
    }

    /// What the wall is ahead of UTC then, in minutes.
    #[must_use]
    pub fn offset_minutes(&self, at: Timestamp) -> i32 {
        i32::try_from(self.offset(at) / (60 * SECOND)).unwrap_or_default()
    }

    /// An unknown zone is UTC: a calendar from a newer program still opens, and `check` refuses it.
    pub(super) fn table(&self) -> TimeZone {
        ZONES.get(&self.0).unwrap_or(TimeZone::UTC)
    }

    fn offset(&self, at: Timestamp) -> i64 {
        let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
        i64::from(self.table().to_offset(at).seconds()) * SECOND
    }
}
