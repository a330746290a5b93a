//! What a list of tickets brings.
//!
//! A ticket is known by the number that it has elsewhere (without one, by its subject) and its customer: its id is
//! made of both, so a list that is brought in twice makes nothing twice, from whatever device. What this desk itself
//! gave out is known by its number here. Customers have to be there already. What is over is not brought in: its
//! history would be a lie, because nobody here worked on it. An empty cell says nothing, and the first row about a
//! ticket is believed.

use std::collections::BTreeMap;

use opora_domain::{
    MessageId, OrganisationId, PersonId, TicketId, person,
    role::Role,
    ticket::{Category, Change, Draft, DraftError, Edit, Kind, More, Priority, Ticket, Tracker, tracker::standard},
};
use opora_ipc::import::{ImportChange, ImportField as Field, ImportOutcome as Outcome, ImportReason as Reason};
use opora_wire::{OpBody, ticket::Op};
use uuid::Uuid;

use super::{
    Known, Plan, Table, blank,
    claims::Anchors,
    date::day,
    people::{Planner, Wrong, plain},
    row::Row,
};

/// What a row says about a ticket.
const SAID: [Field; 8] = [
    Field::Subject,
    Field::Description,
    Field::Tracker,
    Field::Priority,
    Field::Category,
    Field::Product,
    Field::Release,
    Field::Due,
];

/// Beginnings of words for what is over.
const OVER: [&str; 8] = ["закры", "отказ", "отмен", "closed", "solved", "resolved", "done", "reject"];
/// Whole words for the same: "решение" and "выполняется" begin alike, and go on.
const OVER_WORDS: [&str; 16] = [
    "решен",
    "решена",
    "решено",
    "выполнен",
    "выполнена",
    "выполнено",
    "отклонен",
    "отклонена",
    "отклонено",
    "подтвержден",
    "подтверждена",
    "подтверждено",
    "confirmed",
    "refused",
    "cancelled",
    "canceled",
];
/// Parts of words for each priority; the first that fits counts.
const PRIORITIES: [(Priority, &[&str]); 4] = [
    (Priority::Low, &["низк", "не спеш", "не сроч", "low"]),
    (Priority::Normal, &["норм", "обычн", "средн", "normal", "medium"]),
    (Priority::High, &["высок", "high"]),
    (Priority::Urgent, &["сроч", "немедл", "критич", "urgent", "immediate", "critical"]),
];
/// The same for kinds.
const KINDS: [(Kind, &[&str]); 3] = [
    (Kind::Error, &["ошиб", "баг", "дефект", "инцид", "error", "bug", "defect", "incident"]),
    (Kind::Consultation, &["консульт", "вопрос", "поддержк", "consult", "question", "support"]),
    (Kind::Wish, &["пожел", "улучш", "предлож", "wish", "feature"]),
];

/// Compares a list of tickets with what is known.
pub(super) fn plan(table: &Table, fields: &[Field], mut known: Known, new_id: &mut impl FnMut() -> Uuid) -> Plan {
    let mut planner = Tickets {
        tickets: std::mem::take(&mut known.tickets),
        trackers: std::mem::take(&mut known.trackers),
        categories: std::mem::take(&mut known.categories),
        said: BTreeMap::new(),
        people: Planner::over(known, Anchors::default()),
    };
    let rows = table.rows.iter().map(|(number, cells)| Row { number: *number, cells, fields });
    let mut plan = Plan::default();
    for (place, row) in rows.enumerate() {
        let mut report = blank(&row);
        match planner.row(&row, new_id) {
            Ok(None) => {}
            Ok(Some(found)) => {
                (report.outcome, report.changes) = (found.outcome, found.changes);
                plan.ops.push((place, found.op));
            }
            Err(wrong) => {
                (report.outcome, report.reason, report.against) = (Outcome::Wrong, Some(wrong.reason), wrong.against);
            }
        }
        plan.rows.push(report);
    }
    plan
}

/// What a row brings.
struct Found {
    outcome: Outcome,
    changes: Vec<ImportChange>,
    op: OpBody,
}

struct Tickets {
    people: Planner,
    tickets: BTreeMap<TicketId, Ticket>,
    trackers: Vec<Tracker>,
    categories: Vec<Category>,
    /// Which row has spoken of a ticket first, and what it said.
    said: BTreeMap<TicketId, (u32, Vec<String>)>,
}

impl Tickets {
    /// What the row brings; none when all of it is so already.
    fn row(&mut self, row: &Row<'_>, new_id: &mut impl FnMut() -> Uuid) -> Result<Option<Found>, Wrong> {
        if row.get(Field::Subject).is_empty() {
            return Err(Reason::NoSubject.into());
        }
        if is_over(row.get(Field::Status)) {
            return Err(Reason::Over.into());
        }
        let organisation = self.organisation(row)?;
        let customer = self.customer(row, organisation)?;
        let changes = self.changes(row)?;
        let id = self.which(row, customer);
        let first = !self.said.contains_key(&id);
        self.believe(id, row)?;
        match self.tickets.get(&id) {
            Some(known) => Ok(self.changed(known, &changes, new_id)),
            None if first => self.made(id, customer, organisation, &changes).map(Some),
            None => Ok(None),
        }
    }

    fn organisation(&self, row: &Row<'_>) -> Result<Option<OrganisationId>, Wrong> {
        let (name, (inn, kpp)) = (row.get(Field::Organisation), row.numbers());
        if name.is_empty() && inn.is_empty() {
            return Ok(None);
        }
        let found = self.people.which_organisation(name, &inn, &kpp)?;
        found.map(Some).ok_or_else(|| Reason::UnknownOrganisation.into())
    }

    fn customer(&self, row: &Row<'_>, organisation: Option<OrganisationId>) -> Result<PersonId, Wrong> {
        let said = person::Card { name: row.name(), email: row.get(Field::Email).to_owned(), phone: String::new() };
        if said.name.is_empty() && said.email.is_empty() {
            return Err(Reason::NoPerson.into());
        }
        let id = self.people.which_person(&said.tidy(), organisation)?.ok_or(Reason::UnknownPerson)?;
        match self.people.known.people.get(&id).map(|known| known.role) {
            Some(Role::Customer) => Ok(id),
            _ => Err(Reason::OwnPeople.into()),
        }
    }

    fn which(&self, row: &Row<'_>, customer: PersonId) -> TicketId {
        let (number, subject) = (row.get(Field::Ticket), plain(row.get(Field::Subject)));
        let ours = |ticket: &&Ticket| {
            ticket.customer == customer && ticket.number.to_string() == number && plain(&ticket.subject) == subject
        };
        match self.tickets.values().find(ours) {
            Some(ticket) => ticket.id,
            None => id_of(customer, if number.is_empty() { &subject } else { number }),
        }
    }

    fn believe(&mut self, id: TicketId, row: &Row<'_>) -> Result<(), Wrong> {
        let said: Vec<String> = SAID.iter().map(|field| row.get(*field).to_owned()).collect();
        match self.said.entry(id).or_insert_with(|| (row.number, said.clone())) {
            (_, first) if *first == said => Ok(()),
            (number, _) => Err(Wrong { reason: Reason::TicketTwice, against: Some(*number) }),
        }
    }

    /// What the row says, field by field; what it does not say is not there.
    fn changes(&self, row: &Row<'_>) -> Result<Vec<(Field, Change)>, Wrong> {
        let mut changes = Vec::new();
        for field in SAID {
            let text = row.get(field);
            if text.is_empty() {
                continue;
            }
            let change = match field {
                Field::Subject => Change::Subject(text.to_owned()),
                Field::Description => Change::Description(text.to_owned()),
                Field::Tracker => self.tracker(text)?,
                Field::Priority => Change::Priority(among(&PRIORITIES, text).ok_or(Reason::Priority)?),
                Field::Category => self.category(text)?,
                Field::Product => Change::Product(text.to_owned()),
                Field::Release => Change::Release(text.to_owned()),
                _ => Change::Due(Some(day(text)?)),
            };
            change.check().map_err(of_draft)?;
            changes.push((field, change));
        }
        Ok(changes)
    }

    fn tracker(&self, name: &str) -> Result<Change, Reason> {
        let own = self.trackers.iter().find(|one| !one.retired && plain(&one.name) == plain(name));
        if let Some(own) = own {
            return Ok(Change::Tracker { tracker: own.id, kind: own.kind });
        }
        let kind = among(&KINDS, name).ok_or(Reason::Tracker)?;
        Ok(Change::Tracker { tracker: standard(kind), kind })
    }

    fn category(&self, name: &str) -> Result<Change, Reason> {
        let known = self.categories.iter().find(|one| plain(&one.name) == plain(name));
        known.map(|one| Change::Category(Some(one.id))).ok_or(Reason::Category)
    }

    fn changed(&self, known: &Ticket, said: &[(Field, Change)], new_id: &mut impl FnMut() -> Uuid) -> Option<Found> {
        let differ = said.iter().map(|(field, now)| (*field, known.value(now.field()), now));
        let differ: Vec<_> = differ.filter(|(_, was, now)| was != *now).collect();
        let edits: Vec<Edit> =
            differ.iter().map(|(_, was, now)| Edit { was: was.clone(), now: (*now).clone() }).collect();
        let change = |(field, was, now): &(Field, Change, &Change)| ImportChange {
            field: *field,
            before: self.words(was),
            after: self.words(now),
        };
        let changes = differ.iter().map(change).collect();
        let (ticket, entry) = (known.id, MessageId(new_id()));
        let op = OpBody::Ticket(Op::Update { ticket, entry, edits, comment: None });
        (!differ.is_empty()).then_some(Found { outcome: Outcome::Changed, changes, op })
    }

    fn made(
        &self,
        id: TicketId,
        customer: PersonId,
        organisation: Option<OrganisationId>,
        said: &[(Field, Change)],
    ) -> Result<Found, Wrong> {
        let mut draft = Draft {
            id,
            conversation: None,
            customer: Some(customer),
            subject: String::new(),
            description: String::new(),
            kind: Kind::Consultation,
            priority: Priority::Normal,
            files: Vec::new(),
            more: More { organisation, ..More::default() },
        };
        for (_, change) in said {
            take(&mut draft, change);
        }
        draft.check().map_err(of_draft)?;
        let change = |(field, now): &(Field, Change)| ImportChange {
            field: *field,
            before: String::new(),
            after: self.words(now),
        };
        let changes = said.iter().filter(|(field, _)| *field != Field::Subject).map(change).collect();
        Ok(Found { outcome: Outcome::Added, changes, op: OpBody::MakeTicket { draft } })
    }

    /// A value as the report shows it; what has a name in the interface comes as its key.
    fn words(&self, change: &Change) -> String {
        match change {
            Change::Subject(text) | Change::Description(text) | Change::Product(text) | Change::Release(text) => {
                text.clone()
            }
            Change::Tracker { tracker, kind } => {
                let own = self.trackers.iter().find(|one| one.id == *tracker && !one.name.is_empty());
                own.map_or_else(|| key_of(*kind).to_owned(), |own| own.name.clone())
            }
            Change::Priority(priority) => key_of_priority(*priority).to_owned(),
            Change::Category(id) => {
                let known = self.categories.iter().find(|one| Some(one.id) == *id);
                known.map(|one| one.name.clone()).unwrap_or_default()
            }
            Change::Due(day) => day.map(|day| day.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// Puts a value into a draft.
fn take(draft: &mut Draft, change: &Change) {
    match change.clone() {
        Change::Subject(text) => draft.subject = text,
        Change::Description(text) => draft.description = text,
        Change::Tracker { tracker, kind } => (draft.more.tracker, draft.kind) = (Some(tracker), kind),
        Change::Priority(priority) => draft.priority = priority,
        Change::Category(category) => draft.more.category = category,
        Change::Product(text) => draft.more.product = text,
        Change::Release(text) => draft.more.release = text,
        Change::Due(day) => draft.more.due = day,
        _ => {}
    }
}

/// The same ticket has the same id, whoever brings it in and however often.
fn id_of(PersonId(customer): PersonId, name: &str) -> TicketId {
    let mut hash = blake3::Hasher::new_derive_key("opora 2026-11 id of a ticket that is brought in");
    hash.update(customer.as_bytes()).update(name.as_bytes());
    let mut bytes = [0; 16];
    hash.finalize_xof().fill(&mut bytes);
    TicketId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn is_over(status: &str) -> bool {
    let status = status.to_lowercase().replace('ё', "е");
    OVER.iter().any(|word| status.starts_with(word)) || OVER_WORDS.contains(&first_word(&status))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

fn among<T: Copy>(known: &[(T, &[&str])], word: &str) -> Option<T> {
    let word = word.to_lowercase();
    known.iter().find(|(_, parts)| parts.iter().any(|part| word.contains(part))).map(|(value, _)| *value)
}

fn key_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Error => "error",
        Kind::Consultation => "consultation",
        Kind::Wish => "wish",
    }
}

fn key_of_priority(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "low",
        Priority::Normal => "normal",
        Priority::High => "high",
        Priority::Urgent => "urgent",
    }
}

fn of_draft(error: DraftError) -> Reason {
    match error {
        DraftError::NoSubject => Reason::NoSubject,
        _ => Reason::TooLong,
    }
}

#[cfg(test)]
mod tests;
