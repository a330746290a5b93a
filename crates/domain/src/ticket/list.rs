//! Which tickets a list shows, in which order, in which groups.

use std::{cmp::Ordering, collections::BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Kind, Priority, Status, Ticket, terms, terms::Light};
use crate::{CategoryId, LineId, OrganisationId, PersonId, Timestamp, TrackerId};

/// What a list shows. Empty sets and absent values let everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(rename = "TicketFilter")]
pub struct Filter {
    /// Letters of subject, number, customer.
    pub text: String,
    /// Only these.
    pub statuses: BTreeSet<Status>,
    /// Nothing that is over.
    pub open: bool,
    /// Only these.
    pub kinds: BTreeSet<Kind>,
    /// Only these.
    pub trackers: BTreeSet<TrackerId>,
    /// Only these.
    pub priorities: BTreeSet<Priority>,
    /// Only these.
    pub categories: BTreeSet<CategoryId>,
    /// Only these.
    pub lines: BTreeSet<LineId>,
    /// Only these.
    pub organisations: BTreeSet<OrganisationId>,
    /// Of this customer.
    pub customer: Option<PersonId>,
    /// Who works on it.
    pub assignee: Assignee,
    /// Only these lights.
    pub lights: BTreeSet<Light>,
    /// That one watches.
    pub watched: bool,
    /// Made at or after.
    pub from: Option<Timestamp>,
    /// Made before.
    pub before: Option<Timestamp>,
}

/// Who works on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", content = "person", rename_all = "snake_case")]
#[ts(rename = "AssigneeFilter")]
pub enum Assignee {
    /// Anybody or nobody.
    #[default]
    Any,
    /// Nobody.
    Nobody,
    /// Oneself.
    Me,
    /// That person.
    Person(PersonId),
}

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketColumn")]
pub enum Column {
    /// Number.
    Number,
    /// Subject.
    Subject,
    /// Customer's name.
    Customer,
    /// Status, in the order of a board.
    Status,
    /// Priority.
    Priority,
    /// Assignee's name.
    Assignee,
    /// The nearest deadline.
    Deadline,
    /// When it was made.
    Made,
    /// When something happened last.
    #[default]
    Updated,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketSort")]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// The greatest first.
    pub down: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: Column::default(), down: true }
    }
}

/// By what a list is grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "TicketGroup")]
pub enum Group {
    /// Status.
    Status,
    /// Priority.
    Priority,
    /// Assignee.
    Assignee,
    /// Client organisation.
    Organisation,
    /// Line.
    Line,
    /// Tracker.
    Tracker,
    /// Category.
    Category,
}

/// Who looks, and when.
#[derive(Clone, Copy, Debug)]
pub struct Looker {
    /// Oneself.
    pub me: PersonId,
    /// Now.
    pub now: Timestamp,
}

/// Names that are searched and sorted by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// Of the customer and the organisation, in small letters.
    pub customer: &'a str,
    /// Of the assignee, in small letters.
    pub assignee: &'a str,
    /// The subject, in small letters.
    pub subject: &'a str,
}

impl Filter {
    /// Whether a ticket passes. [`Filter::text`] is in small letters.
    #[must_use]
    pub fn passes(&self, ticket: &Ticket, names: Names<'_>, looker: Looker) -> bool {
        fn among<T: Ord>(set: &BTreeSet<T>, value: Option<&T>) -> bool {
            set.is_empty() || value.is_some_and(|value| set.contains(value))
        }
        let light = || terms::light(ticket.deadlines, ticket.made, looker.now);
        !(self.open && ticket.status.is_over())
            && among(&self.statuses, Some(&ticket.status))
            && among(&self.kinds, Some(&ticket.kind))
            && among(&self.trackers, Some(&ticket.tracker))
            && among(&self.priorities, Some(&ticket.priority))
            && among(&self.categories, ticket.category.as_ref())
            && among(&self.lines, ticket.line.as_ref())
            && among(&self.organisations, ticket.organisation.as_ref())
            && self.customer.is_none_or(|customer| customer == ticket.customer)
            && self.assignee.is(ticket.assignee, looker.me)
            && (self.lights.is_empty() || self.lights.contains(&light()))
            && (!self.watched || ticket.watchers.contains(&looker.me))
            && self.from.is_none_or(|from| ticket.made >= from)
            && self.before.is_none_or(|before| ticket.made < before)
            && self.is_said(ticket, names)
    }

    fn is_said(&self, ticket: &Ticket, names: Names<'_>) -> bool {
        let mut words = self.text.split_whitespace();
        words.all(|word| {
            names.subject.contains(word)
                || names.customer.contains(word)
                || word.trim_start_matches('#').parse() == Ok(ticket.number)
        })
    }
}

impl Assignee {
    fn is(self, assignee: Option<PersonId>, me: PersonId) -> bool {
        match self {
            Self::Any => true,
            Self::Nobody => assignee.is_none(),
            Self::Me => assignee == Some(me),
            Self::Person(person) => assignee == Some(person),
        }
    }
}

/// What a ticket is sorted by: found once for each, compared often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key<'a> {
    /// A number, a moment, or a place in an order.
    Number(i64),
    /// A name or a subject, in small letters.
    Text(&'a str),
}

impl<'a> Key<'a> {
    /// The key of a ticket.
    #[must_use]
    pub fn of(by: Column, ticket: &Ticket, names: Names<'a>) -> Self {
        let deadlines = ticket.deadlines;
        let nearest = || deadlines.nearest().unwrap_or(Timestamp(i64::MAX));
        match by {
            Column::Number => Self::Number(ticket.number),
            Column::Subject => Self::Text(names.subject),
            Column::Customer => Self::Text(names.customer),
            Column::Status => Self::place(&Status::ALL, ticket.status),
            Column::Priority => Self::place(&Priority::ALL, ticket.priority),
            Column::Assignee => Self::Text(names.assignee),
            Column::Deadline => Self::Number(nearest().0),
            Column::Made => Self::Number(ticket.made.0),
            Column::Updated => Self::Number(ticket.updated.0),
        }
    }

    fn place<T: PartialEq>(all: &[T], value: T) -> Self {
        let place = all.iter().position(|other| *other == value).and_then(|place| i64::try_from(place).ok());
        Self::Number(place.unwrap_or(i64::MAX))
    }
}

/// The order of two tickets, each with its key; a total one, so that a list never jumps.
#[must_use]
pub fn compare(down: bool, a: (&Ticket, Key<'_>), b: (&Ticket, Key<'_>)) -> Ordering {
    let ((a, a_key), (b, b_key)) = (a, b);
    let order = if down { b_key.cmp(&a_key) } else { a_key.cmp(&b_key) };
    order.then(b.number.cmp(&a.number)).then(b.id.cmp(&a.id))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{super::tests::ticket, *};

    const LOOKER: Looker = Looker { me: PersonId(Uuid::from_u128(9)), now: Timestamp(50) };

    fn passes(filter: &Filter, ticket: &Ticket) -> bool {
        let subject = ticket.subject.to_lowercase();
        filter.passes(ticket, Names { customer: "анна белова", assignee: "", subject: &subject }, LOOKER)
    }

    #[test]
    fn an_empty_filter_lets_everything_through() {
        assert!(passes(&Filter::default(), &ticket()));
    }

    #[test]
    fn each_part_of_a_filter_holds_something_back() {
        let with = |change: fn(&mut Filter)| {
            let mut filter = Filter::default();
            change(&mut filter);
            filter
        };
        let held = [
            with(|filter| filter.statuses = [Status::Solved].into()),
            with(|filter| filter.kinds = [Kind::Wish].into()),
            with(|filter| filter.priorities = [Priority::Low].into()),
            with(|filter| filter.lines = [LineId(Uuid::nil())].into()),
            with(|filter| filter.organisations = [OrganisationId(Uuid::nil())].into()),
            with(|filter| filter.customer = Some(PersonId(Uuid::nil()))),
            with(|filter| filter.assignee = Assignee::Me),
            with(|filter| filter.lights = [Light::Red].into()),
            with(|filter| filter.watched = true),
            with(|filter| filter.from = Some(Timestamp(1))),
            with(|filter| filter.before = Some(Timestamp(0))),
            with(|filter| filter.text = "заказ".into()),
        ];
        for filter in held {
            assert!(!passes(&filter, &ticket()), "{filter:?}");
        }
        for text in ["счёт", "белова печат", "#1", "1"] {
            assert!(passes(&Filter { text: text.into(), ..Filter::default() }, &ticket()), "{text}");
        }
        let over = Ticket { status: Status::Confirmed, ..ticket() };
        assert!(!passes(&Filter { open: true, ..Filter::default() }, &over));
    }

    #[test]
    fn what_has_no_deadline_is_last() {
        let due = |solution| Ticket { deadlines: terms::Deadlines { answer: None, solution }, ..ticket() };
        let (soon, never) = (due(Some(Timestamp(1))), due(None));
        let key = |ticket| (ticket, Key::of(Column::Deadline, ticket, Names::default()));
        assert_eq!(compare(false, key(&soon), key(&never)), Ordering::Less);
    }
}
