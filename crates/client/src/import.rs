//! Bringing organisations, people and contracts in from a table that somebody has.
//!
//! `table` reads the file with limits, `columns` guesses what its columns are, `plan` compares it
//! with what is known. The three are pure; the owner's client carries the plan out with operations
//! that may be sent twice, so an import that was cut off goes on where it was.

pub mod columns;
pub mod plan;
pub mod table;

use opora_ipc::import::{ImportColumn, ImportField, ImportOutcome, ImportReason, ImportRow, ImportState, ImportView};
use opora_wire::OpBody;
use uuid::Uuid;

use self::{
    plan::{Known, Plan},
    table::Table,
};

/// Rows of the report that are shown; the counts are of all.
const MOST_SHOWN: usize = 1_000;
/// Cells that show what a column holds.
const SAMPLES: usize = 3;

/// A table on its way to the desk.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    file: String,
    table: Table,
    fields: Vec<ImportField>,
    plan: Plan,
    state: ImportState,
}

impl Import {
    /// Opened, with its columns guessed.
    pub(crate) fn new(file: String, table: Table, known: Known, new_id: &mut impl FnMut() -> Uuid) -> Self {
        let fields = columns::guess(&table);
        let plan = plan::plan(&table, &fields, known, new_id);
        Self { file, table, fields, plan, state: ImportState::DryRun }
    }

    /// Where it stands.
    pub(crate) fn state(&self) -> ImportState {
        self.state
    }

    /// The columns are these; a field that is named twice counts once.
    pub(crate) fn map(&mut self, fields: Vec<ImportField>, known: Known, new_id: &mut impl FnMut() -> Uuid) {
        self.fields = fields;
        self.fields.resize(self.table.headings.len(), ImportField::Skip);
        self.plan = plan::plan(&self.table, &self.fields, known, new_id);
        self.state = ImportState::DryRun;
    }

    /// Begins, with what is known now.
    pub(crate) fn begin(&mut self, known: Known, new_id: &mut impl FnMut() -> Uuid) {
        let before = std::mem::take(&mut self.plan);
        self.plan = plan::plan(&self.table, &self.fields, known, new_id);
        if matches!(self.state, ImportState::Interrupted { .. }) {
            // The report is of the whole import: what was brought in before the cut was not "the same".
            for (now, then) in self.plan.rows.iter_mut().zip(before.rows) {
                if now.outcome == ImportOutcome::Same {
                    *now = then;
                }
            }
        }
        self.state = match self.many() {
            0 => ImportState::Done,
            of => ImportState::Running { done: 0, of },
        };
    }

    fn many(&self) -> u32 {
        u32::try_from(self.plan.ops.len()).unwrap_or(u32::MAX)
    }

    /// The next operation and the place of its row in the report.
    pub(crate) fn next(&self) -> Option<(usize, OpBody)> {
        let ImportState::Running { done, .. } = self.state else { return None };
        self.plan.ops.get(usize::try_from(done).ok()?).cloned()
    }

    /// It is done; `false` when it was the last one.
    pub(crate) fn done(&mut self) -> bool {
        let ImportState::Running { done, of } = self.state else { return false };
        let goes_on = done + 1 < of;
        self.state = if goes_on { ImportState::Running { done: done + 1, of } } else { ImportState::Done };
        goes_on
    }

    /// The network went away.
    pub(crate) fn interrupted(&mut self) -> bool {
        if let ImportState::Running { done, of } = self.state {
            self.state = ImportState::Interrupted { done, of };
        }
        false
    }

    /// The desk said no: the row is wrong, the others go on.
    pub(crate) fn refused(&mut self, row: usize) -> bool {
        if let Some(row) = self.plan.rows.get_mut(row) {
            (row.outcome, row.reason) = (ImportOutcome::Wrong, Some(ImportReason::Refused));
        }
        self.done()
    }

    /// What comes of each row, in the order of the table.
    pub(crate) fn rows(&self) -> Vec<ImportRow> {
        self.plan.rows.clone()
    }

    /// For the interface.
    pub(crate) fn view(&self, rev: u64) -> ImportView {
        let columns = self.table.headings.iter().zip(&self.fields).enumerate();
        let columns = columns.map(|(place, (heading, field))| {
            let cells = self.table.rows.iter().filter_map(|(_, cells)| cells.get(place));
            let samples = cells.filter(|cell| !cell.is_empty()).take(SAMPLES).cloned().collect();
            ImportColumn { heading: heading.clone(), samples, field: *field }
        });
        let is_wrong = |row: &&ImportRow| row.outcome == ImportOutcome::Wrong;
        let wrong = self.plan.rows.iter().filter(is_wrong);
        let others = self.plan.rows.iter().filter(|row| !is_wrong(row));
        ImportView {
            rev,
            file: self.file.clone(),
            total: u32::try_from(self.table.rows.len()).unwrap_or(u32::MAX),
            columns: columns.collect(),
            list: plan::list(&self.fields),
            state: self.state,
            counts: self.plan.counts(),
            rows: wrong.chain(others).take(MOST_SHOWN).cloned().collect(),
        }
    }
}
