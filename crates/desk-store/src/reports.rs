//! Reports: the requests of a period are read once, by one covering index, and counted on the way.
//!
//! `asked` reads them, `figures` counts and takes percentiles for each way of grouping, `load` sorts by day and
//! hour, `customers` looks at clients; `milestones` writes what they read. Percentiles are the nearest
//! rank, as `opora_domain::report::rank` defines it.

mod asked;
mod customers;
mod figures;
mod load;
mod milestones;

use jiff::tz::TimeZone;
use opora_desk::store::{Answer, ReportsStore};
use opora_domain::{
    PersonId, Timestamp,
    report::{Ask, Report},
};
use opora_wire::board::DayNow;
use sqlx::SqliteConnection;

use self::{
    figures::{Asked, Reckoned},
    load::Load,
};
use crate::{SqliteStore, error::at, value::id};

const BUSY_SINCE: &str = "
SELECT holder, min(accepted_at) FROM requests INDEXED BY requests_held
 WHERE state = 'accepted' AND accepted_at IS NOT NULL GROUP BY holder";

/// The period and the line of a report, as every query takes them: `?1`, `?2`, `?3`.
#[derive(Debug)]
pub(crate) struct Of {
    from: i64,
    to: i64,
    line: Option<Vec<u8>>,
}

impl From<&Ask> for Of {
    fn from(ask: &Ask) -> Self {
        Self { from: ask.from.0, to: ask.to.0, line: ask.line.map(|line| line.as_bytes().to_vec()) }
    }
}

/// The requests of a period, gone through once.
async fn reckon(db: &mut SqliteConnection, of: &Of) -> Answer<(Reckoned, Load)> {
    let (mut reckoned, mut load) = (Reckoned::default(), Load::default());
    let add = |since, asked: &Asked<'_>| {
        reckoned.add(asked);
        load.add(since, asked)
    };
    asked::each(db, of, add).await?;
    Ok((reckoned.finish(), load))
}

impl ReportsStore for SqliteStore {
    async fn report(&self, ask: &Ask, zone: &TimeZone) -> Answer<Report> {
        let mut db = self.snapshot().await?;
        let of = Of::from(ask);
        let (reckoned, load) = reckon(&mut db, &of).await?;
        let (days, hours) = opora_domain::report::by_day_and_hour(&load.steps(), zone);
        Ok(Report {
            total: reckoned.total(),
            lines: reckoned.lines()?,
            classes: reckoned.classes()?,
            clients: reckoned.clients()?,
            products: reckoned.products()?,
            specialists: reckoned.specialists()?,
            days,
            hours,
            stars: load.stars,
            minutes: customers::minutes(&mut db, &of).await?,
            customers: customers::clients(&mut db, &of).await?,
        })
    }

    async fn day(&self, from: Timestamp) -> Answer<DayNow> {
        let mut db = self.snapshot().await?;
        let total = reckon(&mut db, &Of { from: from.0, to: i64::MAX, line: None }).await?.0.total();
        let (rated, stars) = load::rated_since(&mut db, from).await?;
        let (asked, answered, closed) = (total.asked, total.answered, total.closed);
        let (first_p50, first_p90) = (total.first_p50, total.first_p90);
        Ok(DayNow { asked, answered, closed, first_p50, first_p90, rated, stars })
    }

    async fn busy_since(&self) -> Answer<Vec<(PersonId, Timestamp)>> {
        let query = sqlx::query_as(BUSY_SINCE);
        let rows: Vec<(Vec<u8>, i64)> =
            query.fetch_all(&mut *self.reader().await?).await.map_err(at("reports.busy_since"))?;
        rows.into_iter().map(|(holder, since)| Ok((id(&holder, "requests")?, Timestamp(since)))).collect()
    }
}
