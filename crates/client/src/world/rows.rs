//! A map whose rows are kept one by one: it knows which of them are not written yet.
//!
//! Reading goes through [`BTreeMap`]; every way to change a row notes its key, so that no reducer can forget it.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map},
    fmt,
    ops::Deref,
};

use opora_history::KeptRow;
use serde::{Serialize, de::DeserializeOwned};

/// Rows by key.
#[derive(Clone)]
pub struct Rows<K, V> {
    rows: BTreeMap<K, V>,
    unwritten: BTreeSet<K>,
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), unwritten: BTreeSet::new() }
    }
}

impl<K, V> Deref for Rows<K, V> {
    type Target = BTreeMap<K, V>;

    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}

/// What is written is no part of what is known.
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Rows<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Rows<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<'a, K, V> IntoIterator for &'a Rows<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = btree_map::Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<K: Ord + Copy, V> Rows<K, V> {
    /// Puts a row in; answers the one that was there.
    pub fn insert(&mut self, key: K, row: V) -> Option<V> {
        self.unwritten.insert(key);
        self.rows.insert(key, row)
    }

    /// Takes a row out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let row = self.rows.remove(key)?;
        self.unwritten.insert(*key);
        Some(row)
    }

    /// A row, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let row = self.rows.get_mut(key)?;
        self.unwritten.insert(*key);
        Some(row)
    }

    /// A row, to be changed, made first if it is not there.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        self.unwritten.insert(key);
        self.rows.entry(key).or_insert_with(make)
    }

    /// As [`Rows::or_insert_with`], of nothing.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.or_insert_with(key, V::default)
    }

    /// Fills in what rows do not keep because it follows from the rest of them.
    pub(super) fn derive(&mut self, fill: impl Fn(&mut V)) {
        self.rows.values_mut().for_each(fill);
    }
}

/// One map of the world, as it is kept.
pub(super) trait Part {
    /// Rows that are not written yet, under the name of the part.
    fn unwritten(&self, part: &'static str) -> serde_json::Result<Vec<KeptRow>>;

    /// They are written now.
    fn written(&mut self);

    /// None of them is written.
    fn write_all(&mut self);

    /// A row that was written.
    fn read(&mut self, key: &str, body: &str) -> serde_json::Result<()>;
}

impl<K, V> Part for Rows<K, V>
where
    K: Ord + Copy + Serialize + DeserializeOwned,
    V: Serialize + DeserializeOwned,
{
    fn unwritten(&self, part: &'static str) -> serde_json::Result<Vec<KeptRow>> {
        let row = |key: &K| {
            let body = self.rows.get(key).map(serde_json::to_string).transpose()?;
            Ok(KeptRow { part, key: serde_json::to_string(key)?, body })
        };
        self.unwritten.iter().map(row).collect()
    }

    fn written(&mut self) {
        self.unwritten.clear();
    }

    fn write_all(&mut self) {
        self.unwritten.extend(self.rows.keys());
    }

    fn read(&mut self, key: &str, body: &str) -> serde_json::Result<()> {
        self.rows.insert(serde_json::from_str(key)?, serde_json::from_str(body)?);
        Ok(())
    }
}
