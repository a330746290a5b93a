//! Pages: at most so many, after a place that the page before names. A place is opaque to whoever reads.

use opora_desk::store::api::Place;
use opora_domain::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{asked::Moment, error::Problem};

/// Rows where nobody says how many.
const USUAL: u32 = 50;
/// Rows at most.
const MOST: u32 = 200;

/// A page of a list in the order of ids.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ById {
    /// `next` of the page before.
    after: Option<Uuid>,
    /// Rows at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

impl ById {
    /// Where it begins, and how many rows.
    pub(crate) fn place<I>(self, id: impl Fn(Uuid) -> I) -> Result<(Option<I>, u32), Problem> {
        Ok((self.after.map(id), limit(self.limit)?))
    }
}

/// A page of a list in the order of changes, the oldest first. What changes while somebody reads on comes once more.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ByChange {
    /// `next` of the page before.
    #[param(pattern = r"^[0-9]{1,16}\.[0-9a-f]{1,32}$")]
    after: Option<String>,
    /// Only what has changed since this moment.
    #[param(value_type = Option<String>, format = DateTime)]
    updated_since: Option<Moment>,
    /// Rows at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

impl ByChange {
    /// Where it begins, and how many rows. A page's own place is later than the moment that the first one began with.
    pub(crate) fn place<I>(self, id: impl Fn(u128) -> Option<I>) -> Result<(Option<Place<I>>, u32), Problem> {
        let since = self.updated_since.map(|since| Place { changed: since.0, last: None });
        let after = self.after.map(|after| parse(&after, id).ok_or_else(|| Problem::malformed("after"))).transpose()?;
        Ok((after.or(since), limit(self.limit)?))
    }
}

fn parse<I>(text: &str, id: impl Fn(u128) -> Option<I>) -> Option<Place<I>> {
    let (changed, last) = text.split_once('.')?;
    let digits = |text: &str, most: usize, good: fn(&u8) -> bool| {
        (1..=most).contains(&text.len()) && text.as_bytes().iter().all(good)
    };
    if !digits(changed, 16, u8::is_ascii_digit) || !digits(last, 32, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let last = u128::from_str_radix(last, 16).ok()?;
    Some(Place { changed: Timestamp(changed.parse().ok()?), last: Some(id(last)?) })
}

/// The place of a row in a list by changes.
pub(crate) fn place_of(changed: Timestamp, last: u128) -> String {
    format!("{}.{last:x}", changed.0)
}

pub(crate) fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    match asked.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit),
        _ => Err(Problem::malformed("limit is between 1 and 200")),
    }
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// In order.
    items: Vec<T>,
    /// `after` of the next page; none: this is the end.
    next: Option<String>,
}

impl<T> Page<T> {
    /// One row more than `limit` was looked for, to see whether there is one.
    pub(crate) fn of<R>(mut rows: Vec<R>, limit: u32, place: impl Fn(&R) -> String, show: impl Fn(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(place);
        Self { items: rows.into_iter().map(show).collect(), next }
    }
}

impl<T> Page<Option<T>> {
    /// Without the rows that show nothing; the next page begins where it did.
    pub(crate) fn with_words(self) -> Page<T> {
        Page { items: self.items.into_iter().flatten().collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is() {
        let place = place_of(Timestamp(1_764_000_000_000_000), 0xabc);
        let read = parse(&place, Some);
        assert_eq!(read, Some(Place { changed: Timestamp(1_764_000_000_000_000), last: Some(0xabc) }));
        for wrong in ["", ".", "1.", ".1", "-1.1", "1.-1", "+1.1", "1.g", "1.1.1", "99999999999999999.1"] {
            assert_eq!(parse(wrong, Some), None, "{wrong}");
        }
    }

    #[test]
    fn a_full_page_that_ends_the_list_has_no_next() {
        let page = |rows: Vec<u8>| Page::of(rows, 2, ToString::to_string, |row| row);
        assert_eq!(page(vec![1, 2]).next, None);
        let more = page(vec![1, 2, 3]);
        assert_eq!((more.items, more.next.as_deref()), (vec![1, 2], Some("2")));
    }
}
