//! Lines, organisations, people and groups as the store keeps them.

use std::future::Future;

use opora_domain::{
    GroupId, LineId, OrganisationId, PersonId, Timestamp, line, membership::Membership, organisation,
    own_specialist::Client, person, role::Role, skill,
};
use opora_wire::event::Stream;

use super::Answer;

/// The structure's part of a transaction.
pub trait StructureTx: Send {
    /// A line.
    fn line_card(&mut self, line: LineId) -> impl Future<Output = Answer<Option<line::Card>>> + Send;
    /// Adds a line, or changes it.
    fn put_line_card(&mut self, line: LineId, card: &line::Card) -> impl Future<Output = Answer<()>> + Send;
    /// A client organisation.
    fn organisation_card(
        &mut self,
        id: OrganisationId,
    ) -> impl Future<Output = Answer<Option<organisation::Card>>> + Send;
    /// Adds an organisation, or changes it; `false` when another one has this ИНН and КПП.
    fn put_organisation_card(
        &mut self,
        id: OrganisationId,
        card: &organisation::Card,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// All client organisations.
    fn organisations(&mut self) -> impl Future<Output = Answer<Vec<OrganisationId>>> + Send;
    /// Name and addresses of a person.
    fn person_card(&mut self, id: PersonId) -> impl Future<Output = Answer<Option<person::Card>>> + Send;
    /// Changes them.
    fn set_person_card(&mut self, id: PersonId, card: &person::Card) -> impl Future<Output = Answer<()>> + Send;
    /// Where a person belongs, whatever the dates say; the main organisation first.
    fn memberships(&mut self, id: PersonId) -> impl Future<Output = Answer<Vec<Membership>>> + Send;
    /// Adds a membership, or changes it.
    fn put_membership(&mut self, id: PersonId, membership: &Membership) -> impl Future<Output = Answer<()>> + Send;
    /// Forgets a membership.
    fn drop_membership(
        &mut self,
        id: PersonId,
        organisation: OrganisationId,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// As what the person is known from now on.
    fn set_role(&mut self, id: PersonId, role: Role) -> impl Future<Output = Answer<()>> + Send;
    /// Which organisation is the person's main one.
    fn set_main(&mut self, id: PersonId, organisation: OrganisationId) -> impl Future<Output = Answer<()>> + Send;
    /// What a specialist serves and knows.
    fn service(&mut self, id: PersonId) -> impl Future<Output = Answer<skill::Service>> + Send;
    /// Changes it.
    fn set_service(&mut self, id: PersonId, service: &skill::Service) -> impl Future<Output = Answer<()>> + Send;
    /// A group.
    fn group(&mut self, id: GroupId) -> impl Future<Output = Answer<Option<skill::Group>>> + Send;
    /// Adds a group, or changes it.
    fn put_group(&mut self, id: GroupId, group: &skill::Group) -> impl Future<Output = Answer<()>> + Send;
    /// Forgets a group; `false` when there is none.
    fn drop_group(&mut self, id: GroupId) -> impl Future<Output = Answer<bool>> + Send;
    /// Says who is asked first; `false` when that was said already.
    fn put_own_specialist(
        &mut self,
        client: Client,
        line: Option<LineId>,
        specialist: Option<PersonId>,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// As [`StructureRead::own_specialist`].
    fn own_specialist(&mut self, asked: Asked, now: Timestamp)
    -> impl Future<Output = Answer<Option<PersonId>>> + Send;
    /// The firm's own people who have come in.
    fn staff(&mut self) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
    /// Streams of organisations that a person may read.
    fn organisation_streams(&mut self, id: PersonId) -> impl Future<Output = Answer<Vec<Stream>>> + Send;
}

/// Who asks, on which line, for which organisation; for any of the customer's when it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// Who.
    pub customer: PersonId,
    /// On which line.
    pub line: LineId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
}

/// The structure's part of reading.
pub trait StructureRead: Send + Sync {
    /// Who is asked first when a customer asks like this (`domain::own_specialist`): one saying
    /// at most, whether or not that specialist is there, or still serves the line.
    fn own_specialist(&self, asked: Asked, now: Timestamp) -> impl Future<Output = Answer<Option<PersonId>>> + Send;
    /// People who have come in; only those with a dated membership when `dated`.
    fn come_in(&self, dated: bool) -> impl Future<Output = Answer<Vec<PersonId>>> + Send;
}
