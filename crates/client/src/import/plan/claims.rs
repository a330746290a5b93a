//! Who said what first in a table.
//!
//! A list may contradict itself: one address under two names, two telephones of one person. The first
//! row is believed, and each later one is told which. The order of the list decides, each time the
//! same, so two rows never take turns at changing one person.

use std::collections::BTreeMap;

use opora_ipc::import::ImportField as Field;
use uuid::Uuid;

use super::{people::plain, row::Row};

/// What was said about whom, and of which part of it (a product, an organisation).
type About = (Uuid, Field, String);

/// What was said, as it is compared, and in which row.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<About, (String, u32)>);

/// What an earlier row has said.
pub(super) enum Earlier {
    /// Nothing.
    Nothing,
    /// The same.
    Same,
    /// Something else, in this row.
    Other(u32),
}

impl Claims {
    /// What an earlier row has said; saying nothing contradicts nobody.
    pub(super) fn earlier(&self, id: Uuid, field: Field, part: &str, said: &str) -> Earlier {
        match self.0.get(&(id, field, part.to_owned())) {
            Some((before, _)) if said.is_empty() || before == said => Earlier::Same,
            Some((_, row)) => Earlier::Other(*row),
            None => Earlier::Nothing,
        }
    }

    /// A row that is taken has said this.
    pub(super) fn note(&mut self, id: Uuid, field: Field, part: &str, said: String, row: u32) {
        if !said.is_empty() {
            self.0.entry((id, field, part.to_owned())).or_insert((said, row));
        }
    }
}

/// Names by which rows without a number or an address mean somebody, and the first such row. Who is
/// meant by a name keeps it: renamed by another row, the first one would mean nobody.
#[derive(Default)]
pub(super) struct Anchors {
    organisations: BTreeMap<String, u32>,
    people: BTreeMap<String, u32>,
}

impl Anchors {
    /// Those of a table.
    pub(super) fn of(rows: &[(usize, Row<'_>)]) -> Self {
        let mut anchors = Self::default();
        for (_, row) in rows {
            if row.numbers().0.is_empty() {
                anchors.organisations.entry(plain(row.get(Field::Organisation))).or_insert(row.number);
            }
            if row.get(Field::Email).is_empty() {
                anchors.people.entry(plain(&row.name())).or_insert(row.number);
            }
        }
        anchors
    }

    /// The row that means an organisation by this name alone.
    pub(super) fn organisation(&self, name: &str) -> Option<u32> {
        self.organisations.get(&plain(name)).copied()
    }

    /// The row that means a person by this name alone.
    pub(super) fn person(&self, name: &str) -> Option<u32> {
        self.people.get(&plain(name)).copied()
    }
}
