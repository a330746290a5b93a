//! Counts and percentiles of requests, all together and by each thing they can be grouped by.
//!
//! The requests of a period come by once, in no order that matters, and are counted for every group on the way.
//! Percentiles need an order: the lengths of time are sorted once for all groups, and whose turn it is comes out
//! of counting. Sorting in the engine, for each way of grouping anew, took ten times as long.

use std::collections::HashMap;

use opora_desk::store::{Answer, StoreError};
use opora_domain::{
    Span,
    report::{Figures, MOST_PRODUCTS, Row, rank},
};
use uuid::Uuid;

/// No firm has more clients or people; a bound all the same.
const MOST_ROWS: usize = 10_000;

/// What requests are grouped by, in the order of [`Asked::of`].
const WAYS: usize = 6;
const TOTAL: usize = 0;
const LINE: usize = 1;
const CLASS: usize = 2;
const CLIENT: usize = 3;
const PRODUCT: usize = 4;
const SPECIALIST: usize = 5;

/// What counts of one request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// Its line, class, client, product and specialist, as they are kept; empty where there is none.
    pub(super) of: [&'a [u8]; WAYS - 1],
    pub(super) closed: bool,
    pub(super) cancelled: bool,
    pub(super) stars: Option<u32>,
    pub(super) head_stars: Option<u32>,
    /// Working time until the first answer, and until the end.
    pub(super) first: Option<i64>,
    pub(super) done: Option<i64>,
}

/// The figures of the requests that were added.
#[derive(Debug, Default)]
pub(super) struct Reckoned {
    ways: [Way; WAYS],
    /// The groups of each request.
    groups: Vec<[usize; WAYS]>,
    first: Vec<Length>,
    done: Vec<Length>,
}

/// A length of time, and the place of its request in [`Reckoned::groups`].
type Length = (i64, usize);

/// One way of grouping.
#[derive(Debug, Default)]
struct Way {
    places: HashMap<Vec<u8>, usize>,
    groups: Vec<(Vec<u8>, Figures)>,
}

impl Way {
    /// The place of a group, made when it is seen for the first time.
    fn place(&mut self, name: &[u8]) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.groups.len();
        self.places.insert(name.to_vec(), place);
        self.groups.push((name.to_vec(), Figures::default()));
        place
    }

    fn add(&mut self, asked: &Asked<'_>, name: &[u8]) -> usize {
        let place = self.place(name);
        if let Some((_, figures)) = self.groups.get_mut(place) {
            add(figures, asked);
        }
        place
    }

    /// Median and nine of ten of each group, of lengths that are sorted.
    fn percentiles(&self, groups: impl Iterator<Item = (i64, usize)> + Clone) -> Vec<[Option<Span>; 2]> {
        let mut many = vec![0_i64; self.groups.len()];
        groups.clone().for_each(|(_, group)| many.get_mut(group).into_iter().for_each(|many| *many += 1));
        let mut seen: Vec<(i64, [i64; 2])> =
            many.into_iter().map(|many| (0, [rank(50, many), rank(90, many)])).collect();
        let mut found = vec![[None; 2]; seen.len()];
        for (length, group) in groups {
            let (Some((seen, ranks)), Some(found)) = (seen.get_mut(group), found.get_mut(group)) else { continue };
            *seen += 1;
            for (rank, found) in ranks.iter().zip(found) {
                if rank == seen {
                    *found = Some(Span(length));
                }
            }
        }
        found
    }
}

fn add(figures: &mut Figures, asked: &Asked<'_>) {
    figures.asked += 1;
    figures.answered += u32::from(asked.first.is_some());
    figures.closed += u32::from(asked.closed);
    figures.cancelled += u32::from(asked.cancelled);
    figures.rated += u32::from(asked.stars.is_some());
    figures.stars += asked.stars.unwrap_or_default();
    figures.marked += u32::from(asked.head_stars.is_some());
    figures.head_stars += asked.head_stars.unwrap_or_default();
}

impl Reckoned {
    pub(super) fn add(&mut self, asked: &Asked<'_>) {
        let row = self.groups.len();
        let mut names = std::iter::once(&[][..]).chain(asked.of);
        self.groups.push(self.ways.each_mut().map(|way| way.add(asked, names.next().unwrap_or_default())));
        self.first.extend(asked.first.map(|length| (length, row)));
        self.done.extend(asked.done.map(|length| (length, row)));
    }

    /// Takes the percentiles when all requests are there.
    pub(super) fn finish(mut self) -> Self {
        self.first.sort_unstable();
        self.done.sort_unstable();
        for (number, way) in self.ways.iter_mut().enumerate() {
            let groups = &self.groups;
            let of = |(length, row): &Length| Some((*length, *groups.get(*row)?.get(number)?));
            let first = way.percentiles(self.first.iter().filter_map(of));
            let done = way.percentiles(self.done.iter().filter_map(of));
            for (((_, figures), first), done) in way.groups.iter_mut().zip(first).zip(done) {
                [figures.first_p50, figures.first_p90] = first;
                [figures.closed_p50, figures.closed_p90] = done;
            }
        }
        self
    }

    pub(super) fn total(&self) -> Figures {
        self.ways[TOTAL].groups.first().map(|(_, figures)| figures.clone()).unwrap_or_default()
    }

    pub(super) fn lines(&self) -> Answer<Vec<Row>> {
        self.rows(LINE, MOST_ROWS, id)
    }

    pub(super) fn classes(&self) -> Answer<Vec<Row>> {
        self.rows(CLASS, MOST_ROWS, word)
    }

    pub(super) fn clients(&self) -> Answer<Vec<Row>> {
        self.rows(CLIENT, MOST_ROWS, id)
    }

    pub(super) fn products(&self) -> Answer<Vec<Row>> {
        self.rows(PRODUCT, MOST_PRODUCTS, word)
    }

    pub(super) fn specialists(&self) -> Answer<Vec<Row>> {
        self.rows(SPECIALIST, MOST_ROWS, id)
    }

    /// Most asked first; equal ones by their bytes. A group that is not there is empty.
    fn rows(&self, way: usize, most: usize, shown: fn(&[u8]) -> Answer<String>) -> Answer<Vec<Row>> {
        let mut groups: Vec<&(Vec<u8>, Figures)> = self.ways[way].groups.iter().collect();
        groups.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.asked.cmp(&of_a.asked).then_with(|| a.cmp(b)));
        let row = |(name, figures): &(Vec<u8>, Figures)| {
            let of = Some(name).filter(|name| !name.is_empty()).map(|name| shown(name)).transpose()?;
            Ok(Row { of, figures: figures.clone() })
        };
        groups.into_iter().take(most).map(row).collect()
    }
}

fn id(bytes: &[u8]) -> Answer<String> {
    Uuid::from_slice(bytes).map(|id| id.to_string()).map_err(|_| StoreError::Corrupt("requests"))
}

fn word(bytes: &[u8]) -> Answer<String> {
    String::from_utf8(bytes.to_vec()).map_err(|_| StoreError::Corrupt("requests"))
}
