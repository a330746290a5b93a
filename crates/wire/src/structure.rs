//! The structure of the firm and its clients: lines, organisations, people, groups.
//!
//! Each operation says how one thing is from now on, as a whole; saying the same again changes
//! nothing and makes no event, so an import may be sent twice.

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, line, membership::Membership, organisation, own_specialist::Client,
    person, role::Role, skill,
};
use serde::{Deserialize, Serialize};

/// What is to be as said. The owner may say all of it, supervisors what concerns the firm's own people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Op {
    /// A line is there and is so.
    PutLine {
        /// Which; made by the client.
        line: LineId,
        /// How it is.
        card: line::Card,
    },
    /// A client organisation is there and is so. Two with one ИНН and КПП are refused.
    PutOrganisation {
        /// Which; made by the client.
        organisation: OrganisationId,
        /// How it is.
        card: organisation::Card,
    },
    /// A person is there, without an invite yet.
    AddPerson {
        /// Which; made by the client.
        person: PersonId,
        /// Who it is.
        card: person::Card,
        /// Customer, specialist or supervisor.
        role: Role,
        /// Organisations of a customer, the main one first.
        memberships: Vec<Membership>,
        /// What a specialist serves.
        service: skill::Service,
    },
    /// Name and addresses of a known person.
    PutPerson {
        /// Which.
        person: PersonId,
        /// Who it is.
        card: person::Card,
    },
    /// A customer belongs to an organisation so.
    PutMembership {
        /// Who.
        person: PersonId,
        /// How.
        membership: Membership,
    },
    /// A customer does not belong there, and never did; the last organisation stays.
    DropMembership {
        /// Who.
        person: PersonId,
        /// Where.
        organisation: OrganisationId,
    },
    /// What a specialist serves and knows.
    PutService {
        /// Who.
        person: PersonId,
        /// What.
        service: skill::Service,
    },
    /// A group of specialists is there and is so.
    PutGroup {
        /// Which; made by the client.
        group: GroupId,
        /// How it is.
        card: skill::Group,
    },
    /// A group is no more; its people stay.
    DropGroup {
        /// Which.
        group: GroupId,
    },
    /// Who is asked first when this client asks.
    PutOwnSpecialist {
        /// Whose.
        client: Client,
        /// On which line; on all when there is none.
        line: Option<LineId>,
        /// Who; nobody in particular when there is none.
        specialist: Option<PersonId>,
    },
    /// A person has this role from now on, as far as that needs no new invite.
    PutRole {
        /// Who.
        person: PersonId,
        /// As what.
        role: Role,
    },
}

/// How something is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// In `desk`.
    LineSet {
        /// Which.
        line: LineId,
        /// How.
        card: line::Card,
    },
    /// In `staff`.
    OrganisationSet {
        /// Which.
        organisation: OrganisationId,
        /// How.
        card: organisation::Card,
    },
    /// In `staff`, and in the person's own stream.
    PersonSet {
        /// Which.
        person: PersonId,
        /// Who it is.
        card: person::Card,
        /// As what.
        role: Role,
    },
    /// In `staff`, the person's own stream, and the organisation's stream of requests.
    MembershipSet {
        /// Who.
        person: PersonId,
        /// Name.
        name: String,
        /// The organisation's name.
        organisation_name: String,
        /// How.
        membership: Membership,
    },
    /// As `MembershipSet`: it is taken back.
    MembershipDropped {
        /// Who.
        person: PersonId,
        /// Where.
        organisation: OrganisationId,
    },
    /// In `staff`.
    ServiceSet {
        /// Who.
        person: PersonId,
        /// What.
        service: skill::Service,
    },
    /// In `staff`.
    GroupSet {
        /// Which.
        group: GroupId,
        /// How.
        card: skill::Group,
    },
    /// In `staff`.
    GroupDropped {
        /// Which.
        group: GroupId,
    },
    /// In `staff`, and in the stream of the organisation or person.
    OwnSpecialistSet {
        /// Whose.
        client: Client,
        /// On which line; on all when there is none.
        line: Option<LineId>,
        /// Who; nobody in particular when there is none.
        specialist: Option<PersonId>,
        /// Name of the specialist, as the client reads it.
        name: String,
    },
    /// From a newer desk; kept for a newer client.
    #[serde(other)]
    Unknown,
}
