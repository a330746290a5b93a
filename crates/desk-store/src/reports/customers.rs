//! Clients of the firm: how many, where they stand, how fast new people come, what was noted for them.

use opora_desk::store::Answer;
use opora_domain::{
    Span, Timestamp,
    contract::Contract,
    report::{Clients, Held, Minutes, standings},
};
use sqlx::SqliteConnection as Db;

use super::Of;
use crate::{
    error::at,
    value::{count, id, json},
};

const ALL: &str = "
SELECT count(DISTINCT organisation) FROM persons WHERE role = 'customer' AND made_at < ?1";
const CONTRACTS: &str = "SELECT body FROM contracts";
/// Of one line: what was noted for its conversations.
const MINUTES: &str = "
SELECT organisation, sum(minutes), sum(drawn) FROM time_spent
 WHERE at >= ?1 AND at < ?2
   AND (?3 IS NULL OR (work = 'conversation' AND (SELECT r.line FROM requests r WHERE r.id = time_spent.id) = ?3))
 GROUP BY organisation ORDER BY 2 DESC, 1";
/// From the invite to the first entry, by the clock: the customer's evening counts, too.
const REGISTERED: &str = "
WITH came AS (
  SELECT joined_at - made_at AS took, row_number() OVER (ORDER BY joined_at - made_at) AS n, count(*) OVER () AS many
    FROM persons WHERE role = 'customer' AND joined_at >= ?1 AND joined_at < ?2)
SELECT count(*), max(CASE WHEN n = (many * 50 + 99) / 100 THEN took END),
       max(CASE WHEN n = (many * 90 + 99) / 100 THEN took END) FROM came";

pub(super) async fn clients(db: &mut Db, of: &Of) -> Answer<Clients> {
    let here = at("reports.clients");
    let (all,): (i64,) = sqlx::query_as(ALL).bind(of.to).fetch_one(&mut *db).await.map_err(&here)?;
    let query = sqlx::query_as(REGISTERED).bind(of.from).bind(of.to);
    let (came, p50, p90): (i64, Option<i64>, Option<i64>) = query.fetch_one(&mut *db).await.map_err(&here)?;
    Ok(Clients {
        all: count(all, "persons")?,
        registered: count(came, "persons")?,
        register_p50: p50.map(Span),
        register_p90: p90.map(Span),
        ..standings(&held(db, of).await?, Timestamp(of.from), Timestamp(of.to))
    })
}

/// All contracts, as they stand at the end of the period.
async fn held(db: &mut Db, of: &Of) -> Answer<Vec<Held>> {
    let rows: Vec<(String,)> = sqlx::query_as(CONTRACTS).fetch_all(db).await.map_err(at("reports.contracts"))?;
    let end = Timestamp(of.to.saturating_sub(1));
    let held = |(body,): (String,)| {
        let contract: Contract = json(&body, "contracts")?;
        let (begins, ends, standing) = (contract.begins(), contract.ends(), contract.standing(end));
        Ok(Held { organisation: contract.organisation, begins, ends, standing })
    };
    rows.into_iter().map(held).collect()
}

/// What was noted for each client.
pub(super) async fn minutes(db: &mut Db, of: &Of) -> Answer<Vec<Minutes>> {
    let query = sqlx::query_as(MINUTES).bind(of.from).bind(of.to).bind(of.line.as_deref());
    let rows: Vec<(Vec<u8>, i64, i64)> = query.fetch_all(db).await.map_err(at("reports.minutes"))?;
    let minutes = |(organisation, minutes, drawn): (Vec<u8>, i64, i64)| {
        let (organisation, place) = (id(&organisation, "time_spent")?, "time_spent");
        Ok(Minutes { organisation, minutes: count(minutes, place)?, drawn: count(drawn, place)? })
    };
    rows.into_iter().map(minutes).collect()
}
