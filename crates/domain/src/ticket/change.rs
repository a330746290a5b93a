//! Changes of one field each, and what happens when two people change the same one (issue: "Two people, one of
//! them offline").
//!
//! An [`Edit`] says what a person saw and what that person wants instead. Fields that others changed meanwhile
//! merge, as long as nobody changed the same one to something else; that is a [`Conflict`], which shows both
//! values and asks once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DraftError, Kind, Priority, Status, Ticket, Visibility, check_subject, check_text, check_value};
use crate::{CategoryId, FieldId, LineId, PersonId, TicketId, TrackerId, calendar::Day};

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
#[ts(rename = "TicketChange")]
pub enum Change {
    /// One line.
    Subject(String),
    /// In full.
    Description(String),
    /// What sort of work, by the owner's name for it.
    Tracker {
        /// Which.
        tracker: TrackerId,
        /// What it is at bottom.
        kind: Kind,
    },
    /// Where it stands.
    Status(Status),
    /// How soon.
    Priority(Priority),
    /// What it is about.
    Category(Option<CategoryId>),
    /// The program.
    Product(String),
    /// Its release.
    Release(String),
    /// The day by which it is wanted.
    Due(Option<Day>),
    /// Who works on it.
    Assignee(Option<PersonId>),
    /// Whose line it is.
    Line(Option<LineId>),
    /// Who of the client sees it.
    Visibility(Visibility),
    /// What it is a part of.
    Parent(Option<TicketId>),
    /// A field of the owner's own.
    Custom {
        /// Which.
        id: FieldId,
        /// What it says.
        text: String,
    },
}

/// Names a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "name", content = "id", rename_all = "snake_case")]
#[ts(rename = "TicketField")]
pub enum Field {
    /// One line.
    Subject,
    /// In full.
    Description,
    /// What sort of work.
    Tracker,
    /// Where it stands.
    Status,
    /// How soon.
    Priority,
    /// What it is about.
    Category,
    /// The program.
    Product,
    /// Its release.
    Release,
    /// The day by which it is wanted.
    Due,
    /// Who works on it.
    Assignee,
    /// Whose line it is.
    Line,
    /// Who of the client sees it.
    Visibility,
    /// What it is a part of.
    Parent,
    /// A field of the owner's own.
    Custom(FieldId),
}

impl Change {
    /// Its field.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Subject(_) => Field::Subject,
            Self::Description(_) => Field::Description,
            Self::Tracker { .. } => Field::Tracker,
            Self::Status(_) => Field::Status,
            Self::Priority(_) => Field::Priority,
            Self::Category(_) => Field::Category,
            Self::Product(_) => Field::Product,
            Self::Release(_) => Field::Release,
            Self::Due(_) => Field::Due,
            Self::Assignee(_) => Field::Assignee,
            Self::Line(_) => Field::Line,
            Self::Visibility(_) => Field::Visibility,
            Self::Parent(_) => Field::Parent,
            Self::Custom { id, .. } => Field::Custom(*id),
        }
    }

    /// Checks what a person can get wrong.
    ///
    /// # Errors
    /// [`DraftError`].
    pub fn check(&self) -> Result<(), DraftError> {
        match self {
            Self::Subject(text) => check_subject(text),
            Self::Description(text) => check_text(text),
            Self::Product(text) | Self::Release(text) | Self::Custom { text, .. } => check_value(text),
            _ => Ok(()),
        }
    }
}

impl Field {
    /// Whether a customer may change it in an own ticket; status goes by the workflow.
    #[must_use]
    pub fn is_customers(self) -> bool {
        !matches!(self, Self::Tracker | Self::Assignee | Self::Line | Self::Parent | Self::Category | Self::Priority)
    }

    /// Whether only the firm's people learn of it: it tells of other clients' tickets.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self == Self::Parent
    }
}

/// What a person saw, and wants instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketEdit")]
pub struct Edit {
    /// As it was when the person began.
    pub was: Change,
    /// As it shall be; the same field.
    pub now: Change,
}

impl Edit {
    /// Whether both are of one field.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.was.field() == self.now.field()
    }
}

/// A field that two people changed to different things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TicketConflict")]
pub struct Conflict {
    /// What this person wanted.
    pub mine: Change,
    /// What is there now.
    pub theirs: Change,
}

/// What came of edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// To be taken.
    pub takes: Vec<Change>,
    /// To be asked about.
    pub conflicts: Vec<Conflict>,
}

/// Puts edits and what happened meanwhile together.
#[must_use]
pub fn merge(ticket: &Ticket, edits: &[Edit]) -> Merged {
    let mut merged = Merged::default();
    for edit in edits.iter().filter(|edit| edit.is_sound()) {
        let theirs = ticket.value(edit.now.field());
        if theirs == edit.now {
            // Both wanted the same.
        } else if theirs == edit.was {
            merged.takes.push(edit.now.clone());
        } else {
            merged.conflicts.push(Conflict { mine: edit.now.clone(), theirs });
        }
    }
    merged
}

impl Ticket {
    /// The value of a field.
    #[must_use]
    pub fn value(&self, field: Field) -> Change {
        match field {
            Field::Subject => Change::Subject(self.subject.clone()),
            Field::Description => Change::Description(self.description.clone()),
            Field::Tracker => Change::Tracker { tracker: self.tracker, kind: self.kind },
            Field::Status => Change::Status(self.status),
            Field::Priority => Change::Priority(self.priority),
            Field::Category => Change::Category(self.category),
            Field::Product => Change::Product(self.product.clone()),
            Field::Release => Change::Release(self.release.clone()),
            Field::Due => Change::Due(self.due),
            Field::Assignee => Change::Assignee(self.assignee),
            Field::Line => Change::Line(self.line),
            Field::Visibility => Change::Visibility(self.visibility.clone()),
            Field::Parent => Change::Parent(self.parent),
            Field::Custom(id) => Change::Custom { id, text: self.custom.get(&id).cloned().unwrap_or_default() },
        }
    }

    /// Takes a change; whether it was one.
    pub fn take(&mut self, change: &Change) -> bool {
        if self.value(change.field()) == *change {
            return false;
        }
        match change.clone() {
            Change::Subject(text) => self.subject = text,
            Change::Description(text) => self.description = text,
            Change::Tracker { tracker, kind } => (self.tracker, self.kind) = (tracker, kind),
            Change::Status(status) => self.status = status,
            Change::Priority(priority) => self.priority = priority,
            Change::Category(category) => self.category = category,
            Change::Product(text) => self.product = text,
            Change::Release(text) => self.release = text,
            Change::Due(day) => self.due = day,
            Change::Assignee(person) => self.assignee = person,
            Change::Line(line) => self.line = line,
            Change::Visibility(visibility) => self.visibility = visibility,
            Change::Parent(parent) => self.parent = parent,
            Change::Custom { id, text } if text.is_empty() => drop(self.custom.remove(&id)),
            Change::Custom { id, text } => drop(self.custom.insert(id, text)),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{super::tests::ticket, *};

    fn change() -> impl Strategy<Value = Change> {
        let text = || proptest::sample::select(vec!["а", "б", "в"]).prop_map(str::to_owned);
        prop_oneof![
            text().prop_map(Change::Subject),
            text().prop_map(Change::Description),
            proptest::sample::select(Status::ALL.to_vec()).prop_map(Change::Status),
            proptest::sample::select(Priority::ALL.to_vec()).prop_map(Change::Priority),
            text().prop_map(|text| Change::Custom { id: FieldId(Uuid::nil()), text }),
            proptest::option::of((0_u128..3).prop_map(|n| PersonId(Uuid::from_u128(n)))).prop_map(Change::Assignee),
        ]
    }

    /// Edits as a person makes them who looks at the ticket: one for a field.
    fn edits(ticket: &Ticket, changes: Vec<Change>) -> Vec<Edit> {
        let mut seen = std::collections::BTreeSet::new();
        let new = changes.into_iter().filter(|change| seen.insert(change.field()));
        new.map(|now| Edit { was: ticket.value(now.field()), now }).filter(|edit| edit.was != edit.now).collect()
    }

    proptest! {
        #[test]
        fn nothing_that_two_people_want_is_lost(
            hers in proptest::collection::vec(change(), 0..6),
            his in proptest::collection::vec(change(), 0..6),
        ) {
            let seen = ticket();
            let (hers, his) = (edits(&seen, hers), edits(&seen, his));
            let mut ticket = seen.clone();
            for change in merge(&seen, &hers).takes {
                ticket.take(&change);
            }
            let merged = merge(&ticket, &his);
            for change in &merged.takes {
                ticket.take(change);
            }
            for edit in &hers {
                // Hers came first and stands.
                prop_assert_eq!(&ticket.value(edit.now.field()), &edit.now);
            }
            for edit in &his {
                let there = ticket.value(edit.now.field()) == edit.now;
                let asked = merged.conflicts.iter().any(|conflict| conflict.mine == edit.now);
                prop_assert!(there ^ asked, "{:?}", edit);
                if asked {
                    prop_assert!(hers.iter().any(|her| her.now.field() == edit.now.field() && her.now != edit.now));
                }
            }
        }

        #[test]
        fn the_same_again_changes_nothing(changes in proptest::collection::vec(change(), 0..6)) {
            let seen = ticket();
            let edits = edits(&seen, changes);
            let mut ticket = seen;
            for change in merge(&ticket, &edits).takes {
                prop_assert!(ticket.take(&change));
            }
            prop_assert_eq!(merge(&ticket, &edits), Merged::default());
        }
    }

    #[test]
    fn an_edit_of_two_fields_is_none() {
        let edit = Edit { was: Change::Subject("а".into()), now: Change::Description("б".into()) };
        assert_eq!(merge(&ticket(), &[edit]), Merged::default());
    }
}
