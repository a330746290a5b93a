//! Lines, organisations, people: what the owner sets up.

use opora_domain::{
    LineId, OrganisationId, PersonId, line::Tier, machine::Program, membership::Membership, role::Role, skill::Service,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::structure::{GroupView, OwnSpecialistView, QrView};

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
    /// Groups of specialists.
    pub groups: Vec<GroupView>,
    /// Who is asked first.
    pub own_specialists: Vec<OwnSpecialistView>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineView {
    /// Which.
    pub id: LineId,
    /// Its name.
    pub name: String,
    /// Who works on it.
    pub tier: Tier,
    /// What it is for.
    pub description: String,
    /// Its place among the lines.
    pub order: u16,
}

/// A client organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrganisationView {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// ИНН; empty when it is not known.
    pub inn: String,
    /// КПП; empty when it is not known.
    pub kpp: String,
    /// What the firm's people should know.
    pub note: String,
    /// Products and releases it runs.
    pub products: Vec<Program>,
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
    /// E-mail; empty when it is not known.
    pub email: String,
    /// Telephone; empty when it is not known.
    pub phone: String,
    /// Organisations of a customer, the main one first.
    pub memberships: Vec<Membership>,
    /// What a specialist serves and knows.
    pub service: Service,
    /// Has an invite.
    pub invited: bool,
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
    /// The link as a picture.
    pub qr: QrView,
    /// Whom it is for.
    pub person: PersonId,
    /// Name.
    pub name: String,
}
