//! Dates as lists have them.

use opora_domain::calendar::Day;
use opora_ipc::import::ImportReason as Reason;

/// Day numbers of Excel that are believed to be dates: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<i32> = 20_000..=80_000;

/// A date: 31.12.2026, 31/12/2026, 2026-12-31, each also with a time behind it, or a day number of Excel.
pub(super) fn day(text: &str) -> Result<Day, Reason> {
    if let Some(serial) = text.parse::<i32>().ok().filter(|serial| SERIALS.contains(serial)) {
        // Day 60 is 29.02.1900, which never was; dates that are believed are behind it.
        return Day::new(1899, 12, 30).map(|day| day.plus(serial)).ok_or(Reason::Date);
    }
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['.', '/', '-']).collect();
    let [first, month, last] = parts.as_slice() else { return Err(Reason::Date) };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return Err(Reason::Date);
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return Err(Reason::Date) };
    Day::new(year, month, day).ok_or(Reason::Date)
}
