//! How far something was read on this device: choices in the vault, one a thing.
//!
//! Nobody else learns of it, so it is no operation: a read mark in the staff's stream would tell who looks in.

use std::{collections::BTreeMap, fmt::Display, str::FromStr};

/// What the names of choices about notes beside talks begin with: the last `seq` that was on screen.
pub(crate) const NOTES: &str = "notes:";
/// What the names of choices about tickets begin with: how much of what others did was on screen.
pub(crate) const TICKETS: &str = "ticket:";

/// How far each thing was read.
#[derive(Debug)]
pub(crate) struct ReadMarks<K> {
    prefix: &'static str,
    marks: BTreeMap<K, i64>,
}

impl<K: Ord + FromStr + Display> ReadMarks<K> {
    /// Nothing was read.
    pub(crate) fn new(prefix: &'static str) -> Self {
        Self { prefix, marks: BTreeMap::new() }
    }

    /// What is kept; what cannot be read was not read.
    pub(crate) fn of(prefix: &'static str, kept: &BTreeMap<String, String>) -> Self {
        let mark =
            |(name, value): (&String, &String)| Some((name.strip_prefix(prefix)?.parse().ok()?, value.parse().ok()?));
        Self { prefix, marks: kept.iter().filter_map(mark).collect() }
    }

    /// The choice's name.
    pub(crate) fn name(&self, thing: &K) -> String {
        format!("{}{thing}", self.prefix)
    }

    /// As far as it was read.
    pub(crate) fn up_to(&self, thing: &K) -> i64 {
        self.marks.get(thing).copied().unwrap_or_default()
    }

    pub(crate) fn set(&mut self, thing: K, mark: i64) {
        self.marks.insert(thing, mark);
    }
}
