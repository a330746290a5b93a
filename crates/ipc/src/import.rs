//! Bringing organisations, people, contracts and tickets in from a table.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// Nothing that is taken.
    Skip,
    /// The organisation's name.
    Organisation,
    /// ИНН; `ИНН/КПП` in one cell is understood too.
    Inn,
    /// КПП.
    Kpp,
    /// Note about the organisation.
    Note,
    /// A product it runs.
    Product,
    /// Its release.
    Release,
    /// A person's whole name.
    Person,
    /// Surname.
    Surname,
    /// Given name.
    GivenName,
    /// Patronymic.
    Patronymic,
    /// E-mail.
    Email,
    /// Telephone.
    Phone,
    /// Whether the person answers for the organisation.
    Responsible,
    /// A contract's number. A table with such a column is a list of contracts.
    Contract,
    /// Its level.
    Level,
    /// Its first day.
    From,
    /// Its last day.
    To,
    /// What is paid for.
    Kind,
    /// How many hours or requests.
    Amount,
    /// How often the allowance is filled up.
    Every,
    /// A ticket's subject. A table with such a column is a list of tickets.
    Subject,
    /// The number that the ticket has elsewhere; the same number of the same person is the same ticket.
    Ticket,
    /// Its description.
    Description,
    /// What sort of work.
    Tracker,
    /// How soon.
    Priority,
    /// Where it stands; what is over is not brought in.
    Status,
    /// What it is about.
    Category,
    /// The day by which it is wanted.
    Due,
}

/// What comes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Something new.
    Added,
    /// Something known, changed.
    Changed,
    /// Nothing new.
    Same,
    /// Nothing of it is taken.
    Wrong,
}

/// Why a row is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportReason {
    /// It names no organisation.
    NoOrganisation,
    /// A new person has no name.
    NoName,
    /// ИНН has another number of digits.
    InnLength,
    /// A digit of ИНН was mistyped.
    InnDigits,
    /// КПП.
    Kpp,
    /// Not an address.
    Email,
    /// Not a telephone number.
    Phone,
    /// Too long.
    TooLong,
    /// Several organisations could be meant.
    WhichOrganisation,
    /// Several people could be meant.
    WhichPerson,
    /// An earlier row says something else about the same person.
    Contradicts,
    /// The address is that of one of the firm's own people.
    OwnPeople,
    /// A contract of an organisation that nobody knows.
    UnknownOrganisation,
    /// A contract without a number.
    NoNumber,
    /// Several contracts could be meant.
    WhichContract,
    /// An earlier row says something else about the same contract.
    ContractTwice,
    /// A new contract without a level.
    NoLevel,
    /// A new contract without a first day.
    NoStart,
    /// Not a date.
    Date,
    /// It ends before it begins.
    Dates,
    /// Not a kind of contract.
    Kind,
    /// Not an allowance of that kind.
    Amount,
    /// There is no line that a contract could allow.
    NoLine,
    /// A ticket without a subject.
    NoSubject,
    /// A ticket of nobody.
    NoPerson,
    /// A ticket of somebody whom nobody knows.
    UnknownPerson,
    /// An earlier row says something else about the same ticket.
    TicketTwice,
    /// The ticket is over.
    Over,
    /// Not a kind of ticket.
    Tracker,
    /// Not a priority.
    Priority,
    /// Tickets are not about such a thing here.
    Category,
    /// The desk refused it when it was sent.
    Refused,
}

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportColumn {
    /// Its heading.
    pub heading: String,
    /// The first cells that hold something.
    pub samples: Vec<String>,
    /// What it is.
    pub field: ImportField,
}

/// What comes of a row, for the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRow {
    /// Its number, as the person's program shows it.
    pub row: u32,
    /// Its organisation.
    pub organisation: String,
    /// Its person.
    pub person: String,
    /// The number of its contract.
    pub contract: String,
    /// The subject of its ticket.
    pub subject: String,
    /// What comes of it.
    pub outcome: ImportOutcome,
    /// Why it is not taken.
    pub reason: Option<ImportReason>,
    /// An earlier row that says something else, and is believed.
    pub against: Option<u32>,
    /// What changes, in the words of the cells: what it is, before, after.
    pub changes: Vec<ImportChange>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportChange {
    /// What.
    pub field: ImportField,
    /// How it was; empty when it was not there.
    pub before: String,
    /// How it will be.
    pub after: String,
}

/// How many rows of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportCounts {
    /// Added.
    pub added: u32,
    /// Changed.
    pub changed: u32,
    /// Same.
    pub same: u32,
    /// Wrong.
    pub wrong: u32,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ImportState {
    /// Nothing was sent: this is what would be done.
    DryRun,
    /// So many of so many changes are at the desk.
    Running {
        /// Done.
        done: u32,
        /// Of.
        of: u32,
    },
    /// The network went away in between; running it again goes on.
    Interrupted {
        /// Done.
        done: u32,
        /// Of.
        of: u32,
    },
    /// All is done.
    Done,
}

/// What a table is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportList {
    /// Organisations and people.
    People,
    /// Contracts.
    Contracts,
    /// Tickets.
    Tickets,
}

/// A table that is being imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// The file's name.
    pub file: String,
    /// Rows without the heading.
    pub total: u32,
    /// Columns.
    pub columns: Vec<ImportColumn>,
    /// What it is a list of.
    pub list: ImportList,
    /// Where it stands.
    pub state: ImportState,
    /// How many rows of each outcome.
    pub counts: ImportCounts,
    /// The report: the wrong rows first, then in their order; not more than can be looked at.
    pub rows: Vec<ImportRow>,
}

/// What comes of every row: the whole report, for a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRows {
    /// In the order of the table.
    pub rows: Vec<ImportRow>,
}

/// Open a file to import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFile {
    /// Full path.
    pub path: String,
}

/// What the columns are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportMapping {
    /// One for each column, in their order.
    pub fields: Vec<ImportField>,
}

/// Where a file was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedPath {
    /// Full path.
    pub path: String,
}
