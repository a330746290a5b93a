//! Lines, organisations, people: what the owner sets up.

use opora_domain::{LineId, OrganisationId, PersonId, role::Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything an owner sets up, and specialists look up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeopleView {
    /// Counter of the core process.
    #[ts(type = "number")]
    pub rev: u64,
    /// Lines.
    pub lines: Vec<LineView>,
    /// Client organisations.
    pub organisations: Vec<OrganisationView>,
    /// People, oneself included.
    pub people: Vec<PersonView>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineView {
    /// Which.
    pub id: LineId,
    /// Its name.
    pub name: String,
}

/// A client organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrganisationView {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Client organisation's name; the firm's for its own people.
    pub organisation: String,
    /// Lines a specialist serves.
    pub lines: Vec<LineId>,
    /// Has redeemed the invite.
    pub joined: bool,
}

/// Make a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeLine {
    /// Its name.
    pub name: String,
}

/// Make a client organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeOrganisation {
    /// Its name.
    pub name: String,
}

/// Invite a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MakeInvite {
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Client organisation, for a customer.
    pub organisation: Option<OrganisationId>,
    /// Lines, for a specialist.
    pub lines: Vec<LineId>,
}

/// A fresh invite; shown once, kept nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InviteView {
    /// The link to give to the person.
    pub link: String,
    /// Whom it is for.
    pub person: PersonId,
    /// Name.
    pub name: String,
}
