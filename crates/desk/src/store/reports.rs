//! What reports count: milestones of requests, written by the operations themselves, and queries.

use std::future::Future;

use jiff::tz::TimeZone;
use opora_domain::{
    OrganisationId, PersonId, RequestId, Span, Timestamp,
    rating::Stars,
    report::{Ask, Report},
    request::State,
};
use opora_wire::board::DayNow;

use super::Answer;

/// How far a request has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    /// The latest opening.
    pub opened_at: Timestamp,
    /// Who accepted it last; stays after its end.
    pub owner: Option<PersonId>,
    /// The first answer by a person after the latest opening.
    pub first_human_at: Option<Timestamp>,
}

/// The reports' part of a transaction.
pub trait ReportsTx {
    /// A request was asked: whose client it is and which product, as of now.
    fn note_asked(
        &mut self,
        request: RequestId,
        organisation: Option<OrganisationId>,
        product: &str,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// A request moved; `worked` is the working time since its latest opening, and counts when it is closed.
    fn note_moved(
        &mut self,
        request: RequestId,
        to: State,
        now: Timestamp,
        worked: Span,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// A person of the firm wrote to the client; only the first time counts.
    fn note_answer(
        &mut self,
        request: RequestId,
        now: Timestamp,
        worked: Span,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The client rated the help.
    fn note_rated(&mut self, request: RequestId, stars: Stars) -> impl Future<Output = Answer<()>> + Send;
    /// How far a request has come.
    fn milestones(&mut self, request: RequestId) -> impl Future<Output = Answer<Milestones>> + Send;
}

/// The reports' reads; each sees one moment.
pub trait ReportsStore {
    /// Everything of a period; days and hours as `zone` reads them.
    fn report(&self, ask: &Ask, zone: &TimeZone) -> impl Future<Output = Answer<Report>> + Send;
    /// The day that began at `from`.
    fn day(&self, from: Timestamp) -> impl Future<Output = Answer<DayNow>> + Send;
    /// Since when those who have something in hand have had the oldest of it.
    fn busy_since(&self) -> impl Future<Output = Answer<Vec<(PersonId, Timestamp)>>> + Send;
}
