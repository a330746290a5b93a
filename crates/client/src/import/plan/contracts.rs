//! What a list of contracts changes.
//!
//! A contract is known by its number within its organisation, because "without number" is a number that
//! many have. An empty cell says nothing; a new contract takes the place of what it does not say as the
//! form does: every line by every way, paid, ten days of grace. The first row about a contract is
//! believed, a later one that says something else is wrong. Organisations have to be there already: a
//! contract with somebody whom nobody knows is a slip more often than a new client.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    ContractId, LineId, OrganisationId,
    calendar::Day,
    contract::{Channel, Contract, ContractError, Entitlement, Every, Kind, Level},
};
use opora_ipc::import::{ImportChange, ImportField as Field, ImportOutcome as Outcome, ImportReason as Reason};
use opora_wire::{OpBody, contract::Op};
use uuid::Uuid;

use super::{
    Known, Plan, Table, blank,
    claims::Anchors,
    date::day,
    people::{Planner, Wrong, plain},
    row::Row,
};

/// Days of help after the end: what the form proposes.
const GRACE: u16 = 10;
/// Minutes of a step of time: what the form proposes.
const STEP: u16 = 15;
/// The rank of a level that nobody has named before: what the form proposes.
const RANK: u8 = 1;

/// What a row says about a contract.
const SAID: [Field; 6] = [Field::Level, Field::From, Field::To, Field::Kind, Field::Amount, Field::Every];

/// Compares a list of contracts with what is known.
pub(super) fn plan(table: &Table, fields: &[Field], known: Known, new_id: &mut impl FnMut() -> Uuid) -> Plan {
    let mut planner = Agreements {
        contracts: known.contracts.clone(),
        lines: known.lines.clone(),
        zone: known.zone.clone(),
        said: BTreeMap::new(),
        organisations: Planner::over(known, Anchors::default()),
    };
    let rows = table.rows.iter().map(|(number, cells)| Row { number: *number, cells, fields });
    let mut rows: Vec<(usize, Row<'_>)> = rows.enumerate().collect();
    let mut plan = Plan { rows: rows.iter().map(|(_, row)| blank(row)).collect(), ops: Vec::new() };
    // A number alone means whatever contract the whole list knows by it.
    rows.sort_by_key(|(_, row)| row.get(Field::Organisation).is_empty() && row.get(Field::Inn).is_empty());
    for (place, row) in rows {
        let Some(report) = plan.rows.get_mut(place) else { continue };
        match planner.row(&row, new_id) {
            Ok((contract, before)) => {
                report.changes = compare(before.as_ref(), &contract);
                report.outcome = match &before {
                    None => Outcome::Added,
                    Some(before) if *before == contract => Outcome::Same,
                    Some(_) => Outcome::Changed,
                };
                planner.contracts.insert(contract.id, contract.clone());
                if report.outcome != Outcome::Same {
                    plan.ops.push((place, OpBody::Contract(Op::Put { contract })));
                }
            }
            Err(wrong) => {
                (report.outcome, report.reason, report.against) = (Outcome::Wrong, Some(wrong.reason), wrong.against);
            }
        }
    }
    plan
}

struct Agreements {
    organisations: Planner,
    contracts: BTreeMap<ContractId, Contract>,
    lines: Vec<LineId>,
    zone: opora_domain::calendar::Zone,
    /// Which row has spoken of a contract first, and what it said.
    said: BTreeMap<(OrganisationId, String), (u32, Vec<String>)>,
}

impl Agreements {
    /// The contract after the row, and before it.
    fn row(&mut self, row: &Row<'_>, new_id: &mut impl FnMut() -> Uuid) -> Result<(Contract, Option<Contract>), Wrong> {
        let said_organisation = self.organisation(row)?;
        let before = self.which(row, said_organisation)?.cloned();
        let organisation = said_organisation.or(before.as_ref().map(|known| known.organisation));
        let organisation = organisation.ok_or(Reason::NoOrganisation)?;
        self.believe(organisation, row)?;
        let mut contract = match &before {
            Some(known) => known.clone(),
            None => self.fresh(ContractId(new_id()), organisation, row)?,
        };
        self.say(&mut contract, row)?;
        contract.check().map_err(of_contract)?;
        Ok((contract, before))
    }

    /// Whether no earlier row says something else about the contract; also one that is wrong itself, because
    /// what it meant is not known.
    fn believe(&mut self, organisation: OrganisationId, row: &Row<'_>) -> Result<(), Wrong> {
        let said: Vec<String> = SAID.iter().map(|field| row.get(*field).to_owned()).collect();
        let key = (organisation, plain(row.get(Field::Contract)));
        match self.said.entry(key).or_insert_with(|| (row.number, said.clone())) {
            (_, first) if *first == said => Ok(()),
            (number, _) => Err(Wrong { reason: Reason::ContractTwice, against: Some(*number) }),
        }
    }

    fn organisation(&self, row: &Row<'_>) -> Result<Option<OrganisationId>, Wrong> {
        let (name, (inn, kpp)) = (row.get(Field::Organisation), row.numbers());
        if name.is_empty() && inn.is_empty() {
            return Ok(None);
        }
        let found = self.organisations.which_organisation(name, &inn, &kpp)?;
        found.map(Some).ok_or_else(|| Reason::UnknownOrganisation.into())
    }

    fn which(&self, row: &Row<'_>, organisation: Option<OrganisationId>) -> Result<Option<&Contract>, Wrong> {
        let number = plain(row.get(Field::Contract));
        if number.is_empty() {
            return Err(Reason::NoNumber.into());
        }
        let fits = |one: &&Contract| {
            plain(&one.number) == number && organisation.is_none_or(|organisation| one.organisation == organisation)
        };
        let mut fitting = self.contracts.values().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(_), Some(_)) => Err(Reason::WhichContract.into()),
            (found, _) => Ok(found),
        }
    }

    /// A contract that says nothing yet but its number and its first day.
    fn fresh(&self, id: ContractId, organisation: OrganisationId, row: &Row<'_>) -> Result<Contract, Wrong> {
        if self.lines.is_empty() {
            return Err(Reason::NoLine.into());
        }
        if row.get(Field::Level).is_empty() {
            return Err(Reason::NoLevel.into());
        }
        if row.get(Field::From).is_empty() {
            return Err(Reason::NoStart.into());
        }
        let channels = BTreeSet::from([Channel::Chat, Channel::Call, Channel::Remote]);
        let allow = |line: &LineId| Entitlement { line: *line, channels: channels.clone(), urgent: true };
        Ok(Contract {
            id,
            organisation,
            number: row.get(Field::Contract).to_owned(),
            level: Level { name: String::new(), rank: RANK },
            zone: self.zone.clone(),
            from: day(row.get(Field::From))?,
            to: None,
            paid: true,
            grace_days: GRACE,
            kind: Kind::Flat,
            step: STEP,
            entitlements: self.lines.iter().map(allow).collect(),
        })
    }

    /// Takes what the row says.
    fn say(&self, contract: &mut Contract, row: &Row<'_>) -> Result<(), Wrong> {
        let level = row.get(Field::Level);
        if !level.is_empty() && plain(level) != plain(&contract.level.name) {
            contract.level = self.level(level);
        }
        if !row.get(Field::From).is_empty() {
            contract.from = day(row.get(Field::From))?;
        }
        match row.get(Field::To) {
            "" => {}
            word if is_endless(word) => contract.to = None,
            date => contract.to = Some(day(date)?),
        }
        contract.kind = kind(contract.kind, row)?;
        Ok(())
    }

    /// A level by its name, as other contracts have it.
    fn level(&self, name: &str) -> Level {
        let known = self.contracts.values().map(|one| &one.level).find(|level| plain(&level.name) == plain(name));
        known.cloned().unwrap_or_else(|| Level { name: name.to_owned(), rank: RANK })
    }
}

fn is_endless(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(word.as_str(), "-" | "–" | "—")
        || ["бессроч", "endless", "no end", "unlimited"].iter().any(|part| word.contains(part))
}

/// What is paid for after a row.
fn kind(before: Kind, row: &Row<'_>) -> Result<Kind, Reason> {
    let (word, amount) = (row.get(Field::Kind).to_lowercase(), row.get(Field::Amount).to_lowercase());
    let every_word = row.get(Field::Every).to_lowercase();
    let has = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let monthly = [&word, &amount, &every_word].iter().any(|text| has(text, &["мес", "month"]));
    let every = |known: Option<Every>| match (monthly, every_word.is_empty()) {
        (true, _) => Every::Month,
        (false, true) => known.unwrap_or(Every::Term),
        (false, false) => Every::Term,
    };
    let named = if word.is_empty() {
        before
    } else if has(&word, &["час", "hour", "врем", "time"]) {
        match before {
            hours @ Kind::Hours { .. } => hours,
            _ => Kind::Hours { minutes: 0, every: Every::Term },
        }
    } else if has(&word, &["обращ", "заявк", "запрос", "request", "ticket"]) {
        match before {
            requests @ Kind::Requests { .. } => requests,
            _ => Kind::Requests { count: 0, every: Every::Term },
        }
    } else if has(&word, &["услуг", "по факту", "service"]) {
        Kind::Services
    } else if has(&word, &["всё", "все ", "абон", "безлим", "фикс", "flat", "all"]) {
        Kind::Flat
    } else {
        return Err(Reason::Kind);
    };
    let hundredths = if amount.is_empty() { None } else { Some(hundredths(&amount).ok_or(Reason::Amount)?) };
    match (named, hundredths) {
        (Kind::Hours { minutes, every: known }, said) => {
            // Half a minute is rounded up.
            let minutes = said.map_or(Some(minutes), |said| ((said * 60 + 50) / 100).try_into().ok());
            Ok(Kind::Hours { minutes: minutes.ok_or(Reason::Amount)?, every: every(Some(known)) })
        }
        (Kind::Requests { count, every: known }, said) => {
            let whole = said.map_or(Some(count), |said| (said % 100 == 0).then_some(said / 100)?.try_into().ok());
            Ok(Kind::Requests { count: whole.ok_or(Reason::Amount)?, every: every(Some(known)) })
        }
        (other, None | Some(0)) => Ok(other),
        (_, Some(_)) => Err(Reason::Amount),
    }
}

/// The number at the beginning of a cell, in hundredths; a dash is nothing.
fn hundredths(text: &str) -> Option<u64> {
    if matches!(text, "-" | "–" | "—") {
        return Some(0);
    }
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
    let end = dense.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(dense.len());
    let (number, unit) = dense.split_at_checked(end)?;
    let number = number.strip_suffix('.').unwrap_or(number);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.len() > 2 || unit.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = whole.parse::<u32>().ok()?.into();
    let part: u64 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + part)
}

fn of_contract(error: ContractError) -> Reason {
    match error {
        ContractError::Dates => Reason::Dates,
        ContractError::Number => Reason::Amount,
        ContractError::Lines => Reason::NoLine,
        ContractError::Label | ContractError::Zone => Reason::TooLong,
    }
}

/// What changes. Kinds and times of filling up are named by their keys, the interface has words for them.
fn compare(before: Option<&Contract>, after: &Contract) -> Vec<ImportChange> {
    let (was, is) = (before.map(said).unwrap_or_default(), said(after));
    let pairs = is.into_iter().zip(was.into_iter().map(|(_, text)| text).chain(std::iter::repeat(String::new())));
    let pairs = pairs.filter(|((_, after), before)| after != before);
    pairs.map(|((field, after), before)| ImportChange { field, before, after }).collect()
}

fn said(contract: &Contract) -> Vec<(Field, String)> {
    let date = |day: Day| day.to_string();
    let (kind, amount, every) = match contract.kind {
        Kind::Flat => ("flat", String::new(), None),
        Kind::Services => ("services", String::new(), None),
        Kind::Hours { minutes, every } => ("hours", in_hours(minutes), Some(every)),
        Kind::Requests { count, every } => ("requests", count.to_string(), Some(every)),
    };
    let every = match every {
        Some(Every::Month) => "month",
        Some(Every::Term) => "term",
        None => "",
    };
    vec![
        (Field::Level, contract.level.name.clone()),
        (Field::From, date(contract.from)),
        (Field::To, contract.to.map(date).unwrap_or_default()),
        (Field::Kind, kind.to_owned()),
        (Field::Amount, amount),
        (Field::Every, every.to_owned()),
    ]
}

/// Minutes as hours with what is left over: `10:30`. Whole hours too, so that nobody takes them for requests.
fn in_hours(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests;
