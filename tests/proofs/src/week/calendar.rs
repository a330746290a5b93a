//! Days and hours of the week: Europe/Berlin from Wednesday 25 to Tuesday 31 March 2026. In the night
//! to Sunday the clocks go forward; Friday is a holiday of the firm.

use opora_domain::{
    Span, Timestamp,
    calendar::{Calendar, Day, Exception, Instead, Opening, Zone},
};

/// Midnight of the first day, in UTC: it is 00:00 there, one hour ahead.
pub(super) const START: Timestamp = Timestamp(1_774_393_200_000_000);
/// Days of the week that are lived through.
pub(super) const DAYS: i64 = 7;
/// Nobody works: the firm's holiday, Saturday, Sunday.
const FREE: [i64; 3] = [2, 3, 4];
/// From this day on the clocks are an hour further.
const SUMMER: i64 = 5;

const HOUR: Span = Span::minutes(60);

/// When somebody works on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// Comes.
    pub(super) from: Timestamp,
    /// Goes to lunch.
    pub(super) lunch: Timestamp,
    /// For so long.
    pub(super) lasts: Span,
    /// Goes home.
    pub(super) to: Timestamp,
}

/// A moment of a day, in minutes after midnight as the clock on the wall shows it.
pub(super) fn at(day: i64, minutes: i64) -> Timestamp {
    let summer = if day >= SUMMER { HOUR } else { Span::ZERO };
    Timestamp(START.0 + day * 24 * HOUR.0 - summer.0) + Span::minutes(minutes)
}

/// The night to Sunday, 2 o'clock there: from then on the clocks are an hour further.
const FORWARD: Timestamp = Timestamp(START.0 + 4 * 24 * HOUR.0 + 2 * HOUR.0);
/// The first line has lunch, the second has none.
const OPENINGS: [&[(i64, i64)]; 2] = [&[(9 * 60, 12 * 60), (12 * 60 + 30, 18 * 60)], &[(9 * 60, 18 * 60)]];

/// The hours of a line as an owner sets them; free days of the week follow from the weekday, the holiday is an
/// exception.
pub(super) fn hours(line: usize) -> Calendar {
    let minute = |minute: i64| u16::try_from(minute).unwrap_or_default();
    let day = || OPENINGS[line].iter().map(|(from, to)| Opening::new(minute(*from), minute(*to))).collect();
    let week = [day(), day(), day(), day(), day(), Vec::new(), Vec::new()];
    let friday =
        Day::new(2026, 3, 27)
            .map(|day| Exception { day, instead: Instead::Closed, note: "День фирмы".into() });
    let zone = Zone("Europe/Berlin".into());
    Calendar { zone, week, holidays: Vec::new(), exceptions: friday.into_iter().collect() }
}

/// Whether a line is open, worked out here anew from the clock on the wall.
pub(super) fn is_open(line: usize, now: Timestamp) -> bool {
    let forward = if now >= FORWARD { HOUR } else { Span::ZERO };
    let wall = (now - START).0 + forward.0;
    let (day, minute) = (wall.div_euclid(24 * HOUR.0), wall.rem_euclid(24 * HOUR.0) / Span::minutes(1).0);
    works(day) && OPENINGS[line].iter().any(|(from, to)| (*from..*to).contains(&minute))
}

/// Whether the firm works on that day.
pub(super) fn works(day: i64) -> bool {
    !FREE.contains(&day)
}

/// The shift of one of the firm's people: half of them begin an hour later, lunches are spread.
pub(super) fn shift(day: i64, person: usize) -> Shift {
    let late = if person.is_multiple_of(2) { 0 } else { 60 };
    let lunch = 12 * 60 + 20 * i64::try_from(person % 6).unwrap_or_default();
    Shift { from: at(day, 9 * 60 + late), lunch: at(day, lunch), lasts: Span::minutes(45), to: at(day, 17 * 60 + late) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_o_clock_comes_an_hour_earlier_after_the_clocks_went_forward() {
        let (before, after) = (at(1, 9 * 60), at(5, 9 * 60));
        assert_eq!(after - before, Span(4 * 24 * HOUR.0 - HOUR.0));
        let open = |day, minutes| is_open(0, at(day, minutes));
        assert!(open(1, 9 * 60) && !open(1, 9 * 60 - 1) && open(5, 9 * 60) && !open(5, 9 * 60 - 1));
        assert!(!open(1, 12 * 60) && open(1, 12 * 60 + 30), "lunch is a gap");
        assert!(!works(2) && works(5), "Friday is the holiday, Monday is not");
    }
}
