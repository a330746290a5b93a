//! What a table changes: a comparison, row by row, of what it says with what is known.
//!
//! Pure. An organisation is known by its ИНН (and КПП), else by its name; a person by the address,
//! else by name and organisation. An empty cell says nothing. A row is taken whole or not at all.
//! Later rows see what earlier ones bring, so a list of people of one organisation makes it once.
//! Where a list contradicts itself the first row is believed ([`claims`]). What a row means may depend
//! on rows below it, so the table is gone through until nothing changes any more: what the same table
//! would change the second time is done the first time.

mod claims;
mod contracts;
mod date;
mod people;
mod row;
mod tickets;

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    ContractId, LineId, OrganisationId, PersonId, TicketId,
    calendar::Zone,
    contract::Contract,
    membership::Membership,
    organisation, person,
    role::Role,
    ticket::{Category, Ticket, Tracker},
};
use opora_ipc::import::{
    ImportCounts, ImportField as Field, ImportList, ImportOutcome as Outcome, ImportReason as Reason, ImportRow,
};
use opora_wire::OpBody;
use uuid::Uuid;

use self::{
    claims::Anchors,
    people::{Found, Planner},
    row::Row,
};
use super::table::Table;

/// How often a table is gone through at most. The second time changes something when a row was
/// understood by one below it, the third when that one was too; a list is that tangled by intent alone.
const PASSES: usize = 8;

/// A person who is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// Who it is.
    pub card: person::Card,
    /// Role.
    pub role: Role,
    /// Where a customer belongs.
    pub memberships: Vec<Membership>,
}

/// What is known before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Client organisations.
    pub organisations: BTreeMap<OrganisationId, organisation::Card>,
    /// People.
    pub people: BTreeMap<PersonId, KnownPerson>,
    /// Contracts.
    pub contracts: BTreeMap<ContractId, Contract>,
    /// Lines that a new contract allows.
    pub lines: Vec<LineId>,
    /// Tickets.
    pub tickets: BTreeMap<TicketId, Ticket>,
    /// Kinds of tickets by the owner's names, and what they are about.
    pub trackers: Vec<Tracker>,
    /// What tickets are about.
    pub categories: Vec<Category>,
    /// Where a new contract's days begin.
    pub zone: Zone,
}

impl Default for Known {
    fn default() -> Self {
        let (organisations, people, contracts, lines) = Default::default();
        let (tickets, trackers, categories) = Default::default();
        Self { organisations, people, contracts, lines, tickets, trackers, categories, zone: Zone::utc() }
    }
}

/// What a table comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What comes of each row.
    pub rows: Vec<ImportRow>,
    /// What is to be done, in this order, and for which row (its place in `rows`).
    pub ops: Vec<(usize, OpBody)>,
}

impl Plan {
    /// How many rows of each outcome.
    #[must_use]
    pub fn counts(&self) -> ImportCounts {
        let mut counts = ImportCounts::default();
        for row in &self.rows {
            match row.outcome {
                Outcome::Added => counts.added += 1,
                Outcome::Changed => counts.changed += 1,
                Outcome::Same => counts.same += 1,
                Outcome::Wrong => counts.wrong += 1,
            }
        }
        counts
    }
}

/// Compares a table with what is known. `new_id` gives ids for what is new.
///
/// Rows that would take turns at changing one thing for ever contradict each other: none of them is taken.
pub fn plan(table: &Table, fields: &[Field], known: Known, new_id: &mut impl FnMut() -> Uuid) -> Plan {
    match list(fields) {
        ImportList::Contracts => return contracts::plan(table, fields, known, new_id),
        ImportList::Tickets => return tickets::plan(table, fields, known, new_id),
        ImportList::People => {}
    }
    let mut restless = BTreeSet::new();
    loop {
        let (plan, more) = settle(table, fields, known.clone(), &restless, new_id);
        if more.is_empty() {
            return plan;
        }
        restless.extend(more);
    }
}

/// What a table with these columns is a list of.
#[must_use]
pub fn list(fields: &[Field]) -> ImportList {
    match () {
        () if fields.contains(&Field::Subject) => ImportList::Tickets,
        () if fields.contains(&Field::Contract) => ImportList::Contracts,
        () => ImportList::People,
    }
}

/// Goes through the table, but for some rows, until nothing changes; the rows that never come to rest.
fn settle(
    table: &Table,
    fields: &[Field],
    mut known: Known,
    without: &BTreeSet<usize>,
    new_id: &mut impl FnMut() -> Uuid,
) -> (Plan, BTreeSet<usize>) {
    let rows = table.rows.iter().map(|(number, cells)| Row { number: *number, cells, fields });
    let mut rows: Vec<(usize, Row<'_>)> = rows.enumerate().collect();
    let mut plan = Plan { rows: rows.iter().map(|(_, row)| blank(row)).collect(), ops: Vec::new() };
    for place in without {
        let Some(report) = plan.rows.get_mut(*place) else { continue };
        (report.outcome, report.reason) = (Outcome::Wrong, Some(Reason::Contradicts));
    }
    rows.retain(|(place, _)| !without.contains(place));
    // Rows that name an organisation go first, so that a row with its ИНН alone finds it wherever it
    // stands; of those the ones with an address: who has none is told by the others' names.
    rows.sort_by_key(|(_, row)| (row.get(Field::Organisation).is_empty(), row.get(Field::Email).is_empty()));
    let mut last = BTreeSet::new();
    for _ in 0..PASSES {
        let before = plan.ops.len();
        known = pass(&rows, known, &mut plan, new_id);
        last = plan.ops.iter().skip(before).map(|(place, _)| *place).collect();
        if last.is_empty() {
            break;
        }
    }
    (plan, last)
}

/// Goes through the rows once; what is known afterwards.
fn pass(rows: &[(usize, Row<'_>)], known: Known, plan: &mut Plan, new_id: &mut impl FnMut() -> Uuid) -> Known {
    let mut planner = Planner::over(known, Anchors::of(rows));
    for (place, row) in rows {
        let Some(report) = plan.rows.get_mut(*place) else { continue };
        match planner.row(row, new_id) {
            Ok(found) => {
                tell(report, &found);
                plan.ops.extend(found.ops.into_iter().map(|op| (*place, OpBody::Structure(op))));
            }
            Err(wrong) if matches!(report.outcome, Outcome::Same | Outcome::Wrong) => {
                (report.outcome, report.reason, report.against) = (Outcome::Wrong, Some(wrong.reason), wrong.against);
            }
            // Something of it was taken in an earlier pass, and that is what is told.
            Err(_) => {}
        }
    }
    planner.known
}

/// Adds to the report of a row what was found this time.
fn tell(report: &mut ImportRow, found: &Found) {
    report.outcome = match (report.outcome, found.added, found.ops.is_empty()) {
        (Outcome::Added, ..) | (_, true, _) => Outcome::Added,
        (Outcome::Changed, ..) | (_, _, false) => Outcome::Changed,
        _ => Outcome::Same,
    };
    report.reason = None;
    report.against = report.against.filter(|_| report.outcome != Outcome::Same).or(found.against);
    report.changes.extend(found.changes.iter().cloned());
}

/// The report of a row before it was compared.
fn blank(row: &Row<'_>) -> ImportRow {
    ImportRow {
        row: row.number,
        organisation: row.get(Field::Organisation).to_owned(),
        person: row.name(),
        contract: row.get(Field::Contract).to_owned(),
        subject: row.get(Field::Subject).to_owned(),
        outcome: Outcome::Same,
        reason: None,
        against: None,
        changes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
