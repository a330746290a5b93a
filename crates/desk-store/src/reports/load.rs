//! When requests come, and what stars they get.

use std::collections::BTreeMap;

use opora_desk::store::{Answer, StoreError};
use opora_domain::{
    Timestamp,
    report::{STEP, Step},
};
use sqlx::SqliteConnection as Db;

use super::figures::Asked;
use crate::{error::at, value::count};

const RATED_SINCE: &str = "SELECT count(*), coalesce(sum(stars), 0) FROM ratings WHERE at >= ?1";

/// The requests of each step, and how many gave one star, up to five.
#[derive(Debug, Default)]
pub(super) struct Load {
    steps: BTreeMap<i64, Step>,
    pub(super) stars: [u32; 5],
}

impl Load {
    pub(super) fn add(&mut self, since: i64, asked: &Asked<'_>) -> Answer<()> {
        let number = since / STEP.0;
        let step = self.steps.entry(number).or_insert(Step { number, asked: 0, closed: 0 });
        step.asked += 1;
        step.closed += u32::from(asked.closed);
        if let Some(stars) = asked.stars {
            let place = usize::try_from(stars).ok().and_then(|stars| self.stars.get_mut(stars.checked_sub(1)?));
            *place.ok_or(StoreError::Corrupt("requests"))? += 1;
        }
        Ok(())
    }

    /// In the order of time.
    pub(super) fn steps(&self) -> Vec<Step> {
        self.steps.values().copied().collect()
    }
}

/// Ratings given from that moment on: how many, and the sum of their stars.
pub(super) async fn rated_since(db: &mut Db, from: Timestamp) -> Answer<(u32, u32)> {
    let query = sqlx::query_as(RATED_SINCE).bind(from.0);
    let (rated, stars): (i64, i64) = query.fetch_one(db).await.map_err(at("reports.rated_since"))?;
    Ok((count(rated, "ratings")?, count(stars, "ratings")?))
}
