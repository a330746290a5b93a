//! How far requests have come: written with the operations, read by the reports.

use opora_desk::store::{Answer, Milestones, ReportsTx};
use opora_domain::{OrganisationId, RequestId, Span, Timestamp, rating::Stars, request::State};

use crate::{SqliteTx, error::at, value::id};

const ASKED: &str = "UPDATE requests SET organisation = ?2, program = ?3, opened_at = since WHERE id = ?1";
const ACCEPTED: &str = "UPDATE requests SET accepted_at = ?2, owner = ?3 WHERE id = ?1";
const CLOSED: &str = "UPDATE requests SET closed_at = ?2, closed_work = ?3 WHERE id = ?1";
const CANCELLED: &str = "UPDATE requests SET closed_at = ?2 WHERE id = ?1";
const ANSWERED: &str = "
UPDATE requests SET first_human_at = ?2, first_work = ?3 WHERE id = ?1 AND first_human_at IS NULL";
const RATED: &str = "UPDATE requests SET stars = ?2 WHERE id = ?1";
const MILESTONES: &str = "SELECT opened_at, owner, first_human_at FROM requests WHERE id = ?1";

fn bytes(id: uuid::Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

impl ReportsTx for SqliteTx {
    async fn note_asked(
        &mut self,
        request: RequestId,
        organisation: Option<OrganisationId>,
        product: &str,
    ) -> Answer<()> {
        let query = sqlx::query(ASKED).bind(bytes(request.0)).bind(organisation.map(|id| bytes(id.0))).bind(product);
        query.execute(self.db()).await.map_err(at("reports.note_asked"))?;
        Ok(())
    }

    async fn note_moved(&mut self, request: RequestId, to: State, now: Timestamp, worked: Span) -> Answer<()> {
        let query = match to {
            State::Accepted { by } => sqlx::query(ACCEPTED).bind(bytes(request.0)).bind(now.0).bind(bytes(by.0)),
            State::Closed => sqlx::query(CLOSED).bind(bytes(request.0)).bind(now.0).bind(worked.0),
            State::Cancelled => sqlx::query(CANCELLED).bind(bytes(request.0)).bind(now.0),
            State::Waiting | State::Offered { .. } => return Ok(()),
        };
        query.execute(self.db()).await.map_err(at("reports.note_moved"))?;
        Ok(())
    }

    async fn note_answer(&mut self, request: RequestId, now: Timestamp, worked: Span) -> Answer<()> {
        let query = sqlx::query(ANSWERED).bind(bytes(request.0)).bind(now.0).bind(worked.0);
        query.execute(self.db()).await.map_err(at("reports.note_answer"))?;
        Ok(())
    }

    async fn note_rated(&mut self, request: RequestId, stars: Stars) -> Answer<()> {
        let query = sqlx::query(RATED).bind(bytes(request.0)).bind(i64::from(stars.get()));
        query.execute(self.db()).await.map_err(at("reports.note_rated"))?;
        Ok(())
    }

    async fn milestones(&mut self, request: RequestId) -> Answer<Milestones> {
        type Row = (i64, Option<Vec<u8>>, Option<i64>);
        let query = sqlx::query_as(MILESTONES).bind(bytes(request.0));
        let found: Option<Row> = query.fetch_optional(self.db()).await.map_err(at("reports.milestones"))?;
        let Some((opened_at, owner, first)) = found else { return Ok(Milestones::default()) };
        Ok(Milestones {
            opened_at: Timestamp(opened_at),
            owner: owner.map(|owner| id(&owner, "requests")).transpose()?,
            first_human_at: first.map(Timestamp),
        })
    }
}
