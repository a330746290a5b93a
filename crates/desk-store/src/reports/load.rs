//! When requests come, and what stars they get.

use opora_desk::store::{Answer, StoreError};
use opora_domain::{Timestamp, report::Step};
use sqlx::SqliteConnection as Db;

use super::Of;
use crate::{error::at, value::count};

/// A step is `opora_domain::report::STEP`: 15 minutes.
const STEPS: &str = "
SELECT since / 900000000 AS step, count(*), sum(state = 'closed')
  FROM requests INDEXED BY requests_report
 WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3)
 GROUP BY step ORDER BY step";
const STARS: &str = "
SELECT stars, count(*) FROM requests INDEXED BY requests_report
 WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3) AND stars IS NOT NULL
 GROUP BY stars";
const RATED_SINCE: &str = "SELECT count(*), coalesce(sum(stars), 0) FROM ratings WHERE at >= ?1";

pub(super) async fn steps(db: &mut Db, of: &Of) -> Answer<Vec<Step>> {
    let query = sqlx::query_as(STEPS).bind(of.from).bind(of.to).bind(of.line.as_deref());
    let rows: Vec<(i64, i64, i64)> = query.fetch_all(db).await.map_err(at("reports.steps"))?;
    let step = |(number, asked, closed)| {
        Ok(Step { number, asked: count(asked, "requests")?, closed: count(closed, "requests")? })
    };
    rows.into_iter().map(step).collect()
}

pub(super) async fn stars(db: &mut Db, of: &Of) -> Answer<[u32; 5]> {
    let query = sqlx::query_as(STARS).bind(of.from).bind(of.to).bind(of.line.as_deref());
    let rows: Vec<(i64, i64)> = query.fetch_all(db).await.map_err(at("reports.stars"))?;
    let mut all = [0; 5];
    for (stars, many) in rows {
        let place = usize::try_from(stars - 1).ok().and_then(|place| all.get_mut(place));
        *place.ok_or(StoreError::Corrupt("requests"))? = count(many, "requests")?;
    }
    Ok(all)
}

/// Ratings given from that moment on: how many, and the sum of their stars.
pub(super) async fn rated_since(db: &mut Db, from: Timestamp) -> Answer<(u32, u32)> {
    let query = sqlx::query_as(RATED_SINCE).bind(from.0);
    let (rated, stars): (i64, i64) = query.fetch_one(db).await.map_err(at("reports.rated_since"))?;
    Ok((count(rated, "ratings")?, count(stars, "ratings")?))
}
