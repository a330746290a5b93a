//! Changing lines, organisations, people and groups.

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, line, membership::Membership, organisation, own_specialist::Client,
    person, role::Role, skill,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A group of specialists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupView {
    /// Which.
    pub id: GroupId,
    /// How it is.
    pub card: skill::Group,
}

/// Who is asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnSpecialistView {
    /// When whom asks.
    pub client: Client,
    /// On which line; on all when there is none.
    pub line: Option<LineId>,
    /// Who.
    pub specialist: PersonId,
    /// Name.
    pub name: String,
}

/// Add a line, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutLine {
    /// Which; a new one when there is none.
    pub line: Option<LineId>,
    /// How it is.
    pub card: line::Card,
}

/// Add a client organisation, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutOrganisation {
    /// Which; a new one when there is none.
    pub organisation: Option<OrganisationId>,
    /// How it is.
    pub card: organisation::Card,
}

/// Add a person without an invite, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutPerson {
    /// Which; a new one when there is none.
    pub person: Option<PersonId>,
    /// Who it is.
    pub card: person::Card,
    /// As what; a known one gets another role only where that needs no new invite.
    pub role: Role,
    /// All organisations of a customer, the main one first.
    pub memberships: Vec<Membership>,
    /// What a specialist serves.
    pub service: skill::Service,
}

/// Add a group, or change one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutGroup {
    /// Which; a new one when there is none.
    pub group: Option<GroupId>,
    /// How it is.
    pub card: skill::Group,
}

/// Forget a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GroupRef {
    /// Which.
    pub group: GroupId,
}

/// Say who is asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutOwnSpecialist {
    /// When whom asks.
    pub client: Client,
    /// On which line; on all when there is none.
    pub line: Option<LineId>,
    /// Who; nobody in particular when there is none.
    pub specialist: Option<PersonId>,
}

/// A picture that a telephone or another computer reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QrView {
    /// Modules on a side, the quiet zone included.
    pub size: u32,
    /// Path of an SVG in units of modules.
    pub path: String,
}

/// Invite people who are known already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitePeople {
    /// Whom.
    pub people: Vec<PersonId>,
}

/// One of many invites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BulkInvite {
    /// Whom it is for.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// E-mail; empty when it is not known.
    pub email: String,
    /// Organisation.
    pub organisation: String,
    /// The link.
    pub link: String,
    /// The link as a picture.
    pub qr: QrView,
}

/// Fresh invites; kept in memory until the program ends or others are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BulkInvites {
    /// The invites.
    pub invites: Vec<BulkInvite>,
    /// People for whom none could be made, because they came in already or the desk refused.
    pub skipped: u32,
}

/// A colleague's request, for who answers for the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColleagueRequestView {
    /// Which.
    pub id: opora_domain::RequestId,
    /// Who asked.
    pub who: String,
    /// In which organisation.
    pub organisation: String,
    /// First words.
    pub subject: String,
    /// Line.
    pub line: String,
    /// Since when.
    pub since: opora_domain::Timestamp,
    /// Somebody works on it.
    pub taken: bool,
    /// It is over.
    pub over: bool,
}

/// Somebody of a customer's own organisations, to whom a ticket can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnColleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Where both belong to.
    pub organisations: Vec<OrganisationId>,
}
