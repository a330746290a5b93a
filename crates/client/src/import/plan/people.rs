//! People and organisations: what one row brings, after the rows before it.

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
use opora_ipc::import::{ImportChange, ImportField as Field, ImportReason as Reason};
use opora_wire::structure::Op;
use uuid::Uuid;

use super::{
    Known, KnownPerson,
    claims::{Anchors, Claims, Earlier},
    row::Row,
};

/// Why nothing of a row is taken.
pub(super) struct Wrong {
    pub(super) reason: Reason,
    /// The row that is believed instead.
    pub(super) against: Option<u32>,
}

impl Wrong {
    pub(super) fn contradicts(row: u32) -> Self {
        Self { reason: Reason::Contradicts, against: Some(row) }
    }
}

impl From<Reason> for Wrong {
    fn from(reason: Reason) -> Self {
        Self { reason, against: None }
    }
}

/// What a row brings.
#[derive(Default)]
pub(super) struct Found {
    pub(super) ops: Vec<Op>,
    pub(super) changes: Vec<ImportChange>,
    pub(super) added: bool,
    /// The row that is believed about the organisation instead.
    pub(super) against: Option<u32>,
}

impl Found {
    fn change(&mut self, field: Field, before: &str, after: &str) {
        if before != after {
            self.changes.push(ImportChange { field, before: before.to_owned(), after: after.to_owned() });
        }
    }
}

pub(super) struct Planner {
    pub(super) known: Known,
    by_inn: BTreeMap<String, Vec<OrganisationId>>,
    by_name: BTreeMap<String, Vec<OrganisationId>>,
    by_email: BTreeMap<String, Vec<PersonId>>,
    by_person: BTreeMap<String, Vec<PersonId>>,
    /// People whom this table has named already: another row of the same name is somebody else.
    named: BTreeSet<PersonId>,
    /// What earlier rows have said.
    claims: Claims,
    anchors: Anchors,
}

impl Planner {
    pub(super) fn over(known: Known, anchors: Anchors) -> Self {
        let mut planner = Self {
            known: Known::default(),
            by_inn: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_email: BTreeMap::new(),
            by_person: BTreeMap::new(),
            named: BTreeSet::new(),
            claims: Claims::default(),
            anchors,
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

    pub(super) fn row(&mut self, row: &Row<'_>, new_id: &mut impl FnMut() -> Uuid) -> Result<Found, Wrong> {
        let mut found = Found::default();
        let organisation = self.organisation(row, &mut found, new_id)?;
        let organisation_id = organisation.as_ref().map(|(id, _)| *id);
        let person = self.person(row, organisation_id, &mut found, new_id)?;
        if organisation.is_none() && person.is_none() {
            return Err(Reason::NoOrganisation.into());
        }
        // Only now is the row good as a whole.
        if let Some((id, card)) = organisation {
            self.note_organisation(id, row);
            self.put_organisation(id, card);
        }
        if let Some((id, one)) = person {
            self.named.insert(id);
            self.note_person(id, organisation_id, row);
            self.put_person(id, one);
        }
        Ok(found)
    }

    fn note_organisation(&mut self, OrganisationId(id): OrganisationId, row: &Row<'_>) {
        for (field, part, said) in of_organisation(row) {
            self.claims.note(id, field, &part, said, row.number);
        }
    }

    fn note_person(&mut self, PersonId(id): PersonId, organisation: Option<OrganisationId>, row: &Row<'_>) {
        for (field, part, said) in of_customer(row, organisation) {
            self.claims.note(id, field, &part, said, row.number);
        }
    }

    /// What an earlier row has said about an organisation stays; which fields, and which row it was.
    fn believed(&self, id: Option<OrganisationId>, row: &Row<'_>) -> (Vec<Field>, Option<u32>) {
        let Some(OrganisationId(id)) = id else { return (Vec::new(), None) };
        let (mut fields, mut against) = (Vec::new(), None);
        for (field, part, said) in of_organisation(row) {
            match self.claims.earlier(id, field, &part, &said) {
                Earlier::Nothing => continue,
                Earlier::Same => {}
                Earlier::Other(row) => against = against.or(Some(row)),
            }
            fields.push(field);
        }
        (fields, against)
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
        let (believed, against) = self.believed(id, row);
        let anchor = before.as_ref().and_then(|card| self.anchors.organisation(&card.name));
        let renamed = before.as_ref().is_some_and(|card| !name.is_empty() && plain(&card.name) != plain(name));
        let kept = anchor.filter(|_| renamed);
        found.against = against.or(kept);
        let said = |field| if believed.contains(&field) { "" } else { row.get(field) };
        if kept.is_none() {
            say(&mut card.name, said(Field::Organisation));
        }
        say(&mut card.inn, &inn);
        say(&mut card.kpp, &kpp);
        say(&mut card.note, said(Field::Note));
        run(&mut card, row.get(Field::Product), said(Field::Release));
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

    pub(super) fn which_organisation(
        &self,
        name: &str,
        inn: &str,
        kpp: &str,
    ) -> Result<Option<OrganisationId>, Reason> {
        let card = |id: &OrganisationId| self.known.organisations.get(id);
        let named = |id: &&OrganisationId| card(id).is_some_and(|card| plain(&card.name) == plain(name));
        // Names change while a table is gone through; the index keeps the old ones.
        let of_name: Vec<_> = self.by_name.get(&plain(name)).into_iter().flatten().filter(named).copied().collect();
        if inn.is_empty() {
            return match of_name.as_slice() {
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
    ) -> Result<Option<(PersonId, KnownPerson)>, Wrong> {
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
            Some(id) => self.known_person(id, &said, organisation, row, found).map(Some),
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
        row: &Row<'_>,
        found: &mut Found,
    ) -> Result<(PersonId, KnownPerson), Wrong> {
        let mut one = self.known.people.get(&id).cloned().ok_or(Reason::WhichPerson)?;
        if one.role != Role::Customer {
            return Err(Reason::OwnPeople.into());
        }
        let believed = self.believed_of_person(id, organisation, row)?;
        let renamed = !said.name.is_empty() && plain(&one.card.name) != plain(&said.name);
        if let Some(row) = self.anchors.person(&one.card.name).filter(|_| renamed) {
            return Err(Wrong::contradicts(row));
        }
        let or = |field, said: &String, before: &String| {
            if said.is_empty() || believed.contains(&field) { before.clone() } else { said.clone() }
        };
        let card = person::Card {
            name: or(Field::Person, &said.name, &one.card.name),
            email: or(Field::Email, &said.email, &one.card.email),
            phone: or(Field::Phone, &said.phone, &one.card.phone),
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
            membership.role = row.role().unwrap_or(membership.role);
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

    /// What an earlier row has said about a person in other letters stays as it is there.
    ///
    /// # Errors
    /// An earlier row has said something else: the row may as well be about somebody else.
    fn believed_of_person(
        &self,
        PersonId(id): PersonId,
        organisation: Option<OrganisationId>,
        row: &Row<'_>,
    ) -> Result<Vec<Field>, Wrong> {
        let mut fields = Vec::new();
        for (field, part, said) in of_customer(row, organisation) {
            match self.claims.earlier(id, field, &part, &said) {
                Earlier::Nothing => {}
                Earlier::Same => fields.push(field),
                Earlier::Other(row) => return Err(Wrong::contradicts(row)),
            }
        }
        Ok(fields)
    }

    pub(super) fn which_person(
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
        let of_name = self.by_person.get(&plain(&said.name)).into_iter().flatten().filter(same_name);
        let belongs = |one: &KnownPerson| one.memberships.iter().any(|part| Some(part.organisation) == organisation);
        let free = |id: &PersonId, one: &KnownPerson| {
            said.email.is_empty() || one.card.email.is_empty() || !self.named.contains(id)
        };
        let mut fitting = of_name.filter(|id| one(id).is_some_and(|one| belongs(one) && free(id, one)));
        match (fitting.next(), fitting.next()) {
            (Some(_), Some(_)) => Err(Reason::WhichPerson),
            (found, _) => Ok(found.copied()),
        }
    }
}

/// What a row says about its organisation, as it is compared.
fn of_organisation(row: &Row<'_>) -> [(Field, String, String); 3] {
    let product = row.get(Field::Product).to_lowercase();
    [
        (Field::Organisation, String::new(), plain(row.get(Field::Organisation))),
        (Field::Note, String::new(), row.get(Field::Note).to_owned()),
        (Field::Release, product, row.get(Field::Release).to_owned()),
    ]
}

/// What a row says about its person, as it is compared.
fn of_customer(row: &Row<'_>, organisation: Option<OrganisationId>) -> [(Field, String, String); 3] {
    let digits = row.get(Field::Phone).chars().filter(char::is_ascii_digit).collect();
    let organisation = organisation.map(|OrganisationId(id)| id.to_string()).unwrap_or_default();
    [
        (Field::Person, String::new(), plain(&row.name())),
        (Field::Phone, String::new(), digits),
        (Field::Responsible, organisation, role_word(row.role()).to_owned()),
    ]
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
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !"\"'«»„“”‘’".contains(*c)).map(|c| if "ёЁ".contains(c) { 'е' } else { c });
    letters.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
