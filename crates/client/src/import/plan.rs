//! What a table changes: a comparison, row by row, of what it says with what is known.
//!
//! Pure. An organisation is known by its ИНН (and КПП), else by its name; a person by the address,
//! else by name and organisation. An empty cell says nothing. A row is taken whole or not at all.
//! Later rows see what earlier ones bring, so a list of people of one organisation makes it once.

use std::collections::{BTreeMap, BTreeSet};

use opora_domain::{
    OrganisationId, PersonId,
    inn::InnError,
    machine::Program,
    membership::{MemberRole, Membership},
    organisation, person,
    role::Role,
    skill::Service,
};
use opora_ipc::import::{
    ImportChange, ImportCounts, ImportField as Field, ImportOutcome as Outcome, ImportReason as Reason, ImportRow,
};
use opora_wire::structure::Op;
use uuid::Uuid;

use super::table::Table;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Client organisations.
    pub organisations: BTreeMap<OrganisationId, organisation::Card>,
    /// People.
    pub people: BTreeMap<PersonId, KnownPerson>,
}

/// What a table comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What comes of each row.
    pub rows: Vec<ImportRow>,
    /// What is to be done, in this order, and for which row (its place in `rows`).
    pub ops: Vec<(usize, Op)>,
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
/// Rows that name an organisation go first, so that a row with its ИНН alone finds it wherever it stands.
pub fn plan(table: &Table, fields: &[Field], known: Known, new_id: &mut impl FnMut() -> Uuid) -> Plan {
    let mut planner = Planner::over(known);
    let mut plan = Plan {
        rows: table.rows.iter().map(|(number, cells)| blank(*number, cells, fields)).collect(),
        ..Plan::default()
    };
    let mut order: Vec<usize> = (0..plan.rows.len()).collect();
    order.sort_by_key(|place| plan.rows.get(*place).is_none_or(|row| row.organisation.is_empty()));
    for place in order {
        let (Some((_, cells)), Some(report)) = (table.rows.get(place), plan.rows.get_mut(place)) else { continue };
        match planner.row(&Row { cells, fields }, new_id) {
            Ok(Found { ops, changes, added }) => {
                report.outcome = match (added, ops.is_empty()) {
                    (true, _) => Outcome::Added,
                    (false, true) => Outcome::Same,
                    (false, false) => Outcome::Changed,
                };
                report.changes = changes;
                plan.ops.extend(ops.into_iter().map(|op| (place, op)));
            }
            Err(reason) => (report.outcome, report.reason) = (Outcome::Wrong, Some(reason)),
        }
    }
    plan
}

/// The report of a row before it was compared.
fn blank(number: u32, cells: &[String], fields: &[Field]) -> ImportRow {
    let row = Row { cells, fields };
    ImportRow {
        row: number,
        organisation: row.get(Field::Organisation).to_owned(),
        person: row.name(),
        outcome: Outcome::Same,
        reason: None,
        changes: Vec::new(),
    }
}

/// A row under the fields of its columns.
struct Row<'a> {
    cells: &'a [String],
    fields: &'a [Field],
}

impl Row<'_> {
    fn get(&self, field: Field) -> &str {
        let place = self.fields.iter().position(|one| *one == field);
        place.and_then(|place| self.cells.get(place)).map(|cell| cell.trim()).unwrap_or_default()
    }

    /// The person's name, also out of its parts.
    fn name(&self) -> String {
        let parts = [Field::Person, Field::Surname, Field::GivenName, Field::Patronymic];
        let parts: Vec<&str> = parts.into_iter().map(|field| self.get(field)).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// ИНН and КПП, also out of one cell. A КПП alone says nothing: it only tells branches of one ИНН apart.
    fn numbers(&self) -> (String, String) {
        let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (inn, kpp) = (dense(self.get(Field::Inn)), dense(self.get(Field::Kpp)).to_uppercase());
        match inn.split_once(['/', '\\']) {
            Some((inn, beside)) if kpp.is_empty() => (inn.to_owned(), beside.to_uppercase()),
            Some((inn, _)) => (inn.to_owned(), kpp),
            None if inn.is_empty() => (inn, String::new()),
            None => (inn, kpp),
        }
    }

    /// Whether the person answers for the organisation; none when the row does not say.
    fn role(&self) -> Option<MemberRole> {
        let word = self.get(Field::Responsible).to_lowercase();
        match word.as_str() {
            "" => None,
            "да" | "yes" | "true" | "истина" | "1" | "+" | "x" | "х" | "v" => Some(MemberRole::Responsible),
            word if word.contains("ответств") || word.contains("respons") => Some(MemberRole::Responsible),
            _ => Some(MemberRole::User),
        }
    }
}

/// What a row brings.
#[derive(Default)]
struct Found {
    ops: Vec<Op>,
    changes: Vec<ImportChange>,
    added: bool,
}

impl Found {
    fn change(&mut self, field: Field, before: &str, after: &str) {
        if before != after {
            self.changes.push(ImportChange { field, before: before.to_owned(), after: after.to_owned() });
        }
    }
}

struct Planner {
    known: Known,
    by_inn: BTreeMap<String, Vec<OrganisationId>>,
    by_name: BTreeMap<String, Vec<OrganisationId>>,
    by_email: BTreeMap<String, Vec<PersonId>>,
    by_person: BTreeMap<String, Vec<PersonId>>,
    /// People whom this table has named already: another row of the same name is somebody else.
    named: BTreeSet<PersonId>,
    /// Organisations whose name this table has said already: the first row that says it is believed.
    titled: BTreeSet<OrganisationId>,
}

impl Planner {
    fn over(known: Known) -> Self {
        let mut planner = Self {
            known: Known::default(),
            by_inn: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_email: BTreeMap::new(),
            by_person: BTreeMap::new(),
            named: BTreeSet::new(),
            titled: BTreeSet::new(),
        };
        for (id, card) in known.organisations {
            planner.put_organisation(id, card);
        }
        for (id, one) in known.people {
            planner.put_person(id, one);
        }
        planner
    }

    fn put_organisation(&mut self, id: OrganisationId, card: organisation::Card) {
        index(&mut self.by_name, plain(&card.name), id);
        if !card.inn.is_empty() {
            index(&mut self.by_inn, card.inn.clone(), id);
        }
        self.known.organisations.insert(id, card);
    }

    fn put_person(&mut self, id: PersonId, one: KnownPerson) {
        index(&mut self.by_person, plain(&one.card.name), id);
        if !one.card.email.is_empty() {
            index(&mut self.by_email, one.card.email.to_lowercase(), id);
        }
        self.known.people.insert(id, one);
    }

    fn row(&mut self, row: &Row<'_>, new_id: &mut impl FnMut() -> Uuid) -> Result<Found, Reason> {
        let mut found = Found::default();
        let organisation = self.organisation(row, &mut found, new_id)?;
        let person = self.person(row, organisation.as_ref().map(|(id, _)| *id), &mut found, new_id)?;
        if organisation.is_none() && person.is_none() {
            return Err(Reason::NoOrganisation);
        }
        // Only now is the row good as a whole.
        if let Some((id, card)) = organisation {
            if !row.get(Field::Organisation).is_empty() {
                self.titled.insert(id);
            }
            self.put_organisation(id, card);
        }
        if let Some((id, one)) = person {
            self.named.insert(id);
            self.put_person(id, one);
        }
        Ok(found)
    }

    fn organisation(
        &self,
        row: &Row<'_>,
        found: &mut Found,
        new_id: &mut impl FnMut() -> Uuid,
    ) -> Result<Option<(OrganisationId, organisation::Card)>, Reason> {
        let (name, (inn, kpp)) = (row.get(Field::Organisation), row.numbers());
        if name.is_empty() && inn.is_empty() {
            return Ok(None);
        }
        let id = self.which_organisation(name, &inn, &kpp)?;
        let before = id.and_then(|id| self.known.organisations.get(&id)).cloned();
        let mut card = before.clone().unwrap_or_default();
        let say = |place: &mut String, said: &str| {
            if !said.is_empty() {
                said.clone_into(place);
            }
        };
        if !id.is_some_and(|id| self.titled.contains(&id)) {
            say(&mut card.name, name);
        }
        say(&mut card.inn, &inn);
        say(&mut card.kpp, &kpp);
        say(&mut card.note, row.get(Field::Note));
        run(&mut card, row.get(Field::Product), row.get(Field::Release));
        let card = card.tidy();
        card.check().map_err(|error| match error {
            organisation::CardError::NoName => Reason::NoOrganisation,
            organisation::CardError::Inn(InnError::Length) => Reason::InnLength,
            organisation::CardError::Inn(InnError::Digits) => Reason::InnDigits,
            organisation::CardError::Kpp => Reason::Kpp,
            organisation::CardError::TooLong => Reason::TooLong,
        })?;
        let id = id.unwrap_or_else(|| OrganisationId(new_id()));
        if before.as_ref() != Some(&card) {
            found.added = before.is_none();
            compare_organisations(found, &before.unwrap_or_default(), &card);
            found.ops.push(Op::PutOrganisation { organisation: id, card: card.clone() });
        }
        Ok(Some((id, card)))
    }

    fn which_organisation(&self, name: &str, inn: &str, kpp: &str) -> Result<Option<OrganisationId>, Reason> {
        let card = |id: &OrganisationId| self.known.organisations.get(id);
        let of_name = self.by_name.get(&plain(name)).map(Vec::as_slice).unwrap_or_default();
        if inn.is_empty() {
            return match of_name {
                [] => Ok(None),
                [one] => Ok(Some(*one)),
                _ => Err(Reason::WhichOrganisation),
            };
        }
        let of_inn = self.by_inn.get(inn).map(Vec::as_slice).unwrap_or_default();
        let with = |kpp: &str| of_inn.iter().find(|id| card(id).is_some_and(|card| card.kpp == kpp)).copied();
        if let Some(exact) = with(kpp).or_else(|| with("")) {
            return Ok(Some(exact));
        }
        match (of_inn, kpp.is_empty()) {
            ([one], true) => Ok(Some(*one)),
            ([_, ..], true) => Err(Reason::WhichOrganisation),
            // A branch with a КПП of its own, unless the name is known without any number.
            _ => Ok(of_name.iter().find(|id| card(id).is_some_and(|card| card.inn.is_empty())).copied()),
        }
    }

    fn person(
        &self,
        row: &Row<'_>,
        organisation: Option<OrganisationId>,
        found: &mut Found,
        new_id: &mut impl FnMut() -> Uuid,
    ) -> Result<Option<(PersonId, KnownPerson)>, Reason> {
        let said = person::Card {
            name: row.name(),
            email: row.get(Field::Email).to_owned(),
            phone: row.get(Field::Phone).to_owned(),
        };
        if said.name.is_empty() && (said.email.is_empty() || organisation.is_some()) {
            // The address of an organisation is not yet a person.
            return Ok(None);
        }
        let said = said.tidy();
        match self.which_person(&said, organisation)? {
            Some(id) => self.known_person(id, &said, organisation, row.role(), found).map(Some),
            None => {
                let organisation = organisation.ok_or(Reason::NoOrganisation)?;
                said.check().map_err(of_person)?;
                let role = row.role().unwrap_or_default();
                let memberships = vec![Membership { role, ..Membership::of(organisation) }];
                let id = PersonId(new_id());
                found.added = true;
                compare_people(found, &person::Card::default(), &said);
                found.ops.push(Op::AddPerson {
                    person: id,
                    card: said.clone(),
                    role: Role::Customer,
                    memberships: memberships.clone(),
                    service: Service::default(),
                });
                Ok(Some((id, KnownPerson { card: said, role: Role::Customer, memberships })))
            }
        }
    }

    fn known_person(
        &self,
        id: PersonId,
        said: &person::Card,
        organisation: Option<OrganisationId>,
        role: Option<MemberRole>,
        found: &mut Found,
    ) -> Result<(PersonId, KnownPerson), Reason> {
        let mut one = self.known.people.get(&id).cloned().ok_or(Reason::WhichPerson)?;
        if one.role != Role::Customer {
            return Err(Reason::OwnPeople);
        }
        let or = |said: &String, before: &String| if said.is_empty() { before.clone() } else { said.clone() };
        let card = person::Card {
            name: or(&said.name, &one.card.name),
            email: or(&said.email, &one.card.email),
            phone: or(&said.phone, &one.card.phone),
        };
        card.check().map_err(of_person)?;
        if card != one.card {
            compare_people(found, &one.card, &card);
            found.ops.push(Op::PutPerson { person: id, card: card.clone() });
            one.card = card;
        }
        if let Some(organisation) = organisation {
            let before = one.memberships.iter().find(|known| known.organisation == organisation).copied();
            let mut membership = before.unwrap_or_else(|| Membership::of(organisation));
            membership.role = role.unwrap_or(membership.role);
            if before != Some(membership) {
                found.change(
                    Field::Responsible,
                    role_word(before.map(|one| one.role)),
                    role_word(Some(membership.role)),
                );
                found.ops.push(Op::PutMembership { person: id, membership });
                one.memberships.retain(|known| known.organisation != organisation);
                one.memberships.push(membership);
            }
        }
        Ok((id, one))
    }

    fn which_person(
        &self,
        said: &person::Card,
        organisation: Option<OrganisationId>,
    ) -> Result<Option<PersonId>, Reason> {
        let one = |id: &PersonId| self.known.people.get(id);
        let same_name = |id: &&PersonId| one(id).is_some_and(|one| plain(&one.card.name) == plain(&said.name));
        let of_email = self.by_email.get(&said.email).map(Vec::as_slice).unwrap_or_default();
        let of_email: Vec<PersonId> =
            of_email.iter().filter(|id| one(id).is_some_and(|one| one.card.email == said.email)).copied().collect();
        match of_email.as_slice() {
            [] => {}
            [id] => return Ok(Some(*id)),
            several => {
                return match several.iter().find(same_name) {
                    Some(id) => Ok(Some(*id)),
                    None if said.name.is_empty() => Err(Reason::WhichPerson),
                    None => Ok(None),
                };
            }
        }
        let of_name = self.by_person.get(&plain(&said.name)).map(Vec::as_slice).unwrap_or_default();
        let belongs = |one: &KnownPerson| one.memberships.iter().any(|part| Some(part.organisation) == organisation);
        let free = |id: &PersonId, one: &KnownPerson| {
            said.email.is_empty() || one.card.email.is_empty() || !self.named.contains(id)
        };
        let mut fitting = of_name.iter().filter(|id| one(id).is_some_and(|one| belongs(one) && free(id, one)));
        match (fitting.next(), fitting.next()) {
            (Some(_), Some(_)) => Err(Reason::WhichPerson),
            (found, _) => Ok(found.copied()),
        }
    }
}

/// Adds a product, or changes the release of a known one.
fn run(card: &mut organisation::Card, name: &str, release: &str) {
    if name.is_empty() {
        return;
    }
    match card.products.iter_mut().find(|one| one.name.to_lowercase() == name.to_lowercase()) {
        Some(known) if !release.is_empty() => release.clone_into(&mut known.release),
        Some(_) => {}
        None => card.products.push(Program { name: name.to_owned(), release: release.to_owned() }),
    }
}

fn compare_organisations(found: &mut Found, before: &organisation::Card, after: &organisation::Card) {
    let products = |card: &organisation::Card| {
        let all: Vec<String> = card.products.iter().map(|one| format!("{} {}", one.name, one.release)).collect();
        all.join(", ").trim().to_owned()
    };
    found.change(Field::Organisation, &before.name, &after.name);
    found.change(Field::Inn, &before.inn, &after.inn);
    found.change(Field::Kpp, &before.kpp, &after.kpp);
    found.change(Field::Note, &before.note, &after.note);
    found.change(Field::Product, &products(before), &products(after));
}

fn compare_people(found: &mut Found, before: &person::Card, after: &person::Card) {
    found.change(Field::Person, &before.name, &after.name);
    found.change(Field::Email, &before.email, &after.email);
    found.change(Field::Phone, &before.phone, &after.phone);
}

fn of_person(error: person::CardError) -> Reason {
    match error {
        person::CardError::NoName => Reason::NoName,
        person::CardError::Email => Reason::Email,
        person::CardError::Phone => Reason::Phone,
        person::CardError::TooLong => Reason::TooLong,
    }
}

fn role_word(role: Option<MemberRole>) -> &'static str {
    match role {
        None => "",
        Some(MemberRole::User) => "−",
        Some(MemberRole::Responsible) => "+",
    }
}

fn index<T: Copy + PartialEq>(map: &mut BTreeMap<String, Vec<T>>, key: String, id: T) {
    let all = map.entry(key).or_default();
    if !all.contains(&id) {
        all.push(id);
    }
}

/// A name as it is compared: small letters, one blank, no quotes, е for ё.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !"\"'«»„“”‘’".contains(*c)).map(|c| if "ёЁ".contains(c) { 'е' } else { c });
    letters.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
