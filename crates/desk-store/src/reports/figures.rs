//! Counts and percentiles of requests, all together and by each thing they can be grouped by.

use opora_desk::store::{Answer, StoreError};
use opora_domain::{
    Span,
    report::{Figures, MOST_PRODUCTS, Row},
};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use super::Of;
use crate::{error::at, value::count};

/// One query for each group: SQL is known when it is compiled. A group that is not there is empty.
macro_rules! figures {
    ($group:literal, $shown:literal) => {
        concat!(
            "
WITH asked AS (
  SELECT ",
            $group,
            " AS g, state, first_work, closed_work, stars, head_stars
    FROM requests INDEXED BY requests_report
   WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3)),
first AS (
  SELECT g, first_work AS work, row_number() OVER one AS n, count(*) OVER (PARTITION BY g) AS many
    FROM asked WHERE first_work IS NOT NULL WINDOW one AS (PARTITION BY g ORDER BY first_work)),
done AS (
  SELECT g, closed_work AS work, row_number() OVER one AS n, count(*) OVER (PARTITION BY g) AS many
    FROM asked WHERE closed_work IS NOT NULL WINDOW one AS (PARTITION BY g ORDER BY closed_work)),
first_of AS (
  SELECT g, max(CASE WHEN n = (many * 50 + 99) / 100 THEN work END) AS p50,
            max(CASE WHEN n = (many * 90 + 99) / 100 THEN work END) AS p90 FROM first GROUP BY g),
done_of AS (
  SELECT g, max(CASE WHEN n = (many * 50 + 99) / 100 THEN work END) AS p50,
            max(CASE WHEN n = (many * 90 + 99) / 100 THEN work END) AS p90 FROM done GROUP BY g),
counted AS (
  SELECT g, count(*) AS asked, count(first_work) AS answered, sum(state = 'closed') AS closed,
         sum(state = 'cancelled') AS cancelled, count(stars) AS rated, coalesce(sum(stars), 0) AS stars,
         count(head_stars) AS marked, coalesce(sum(head_stars), 0) AS head_stars
    FROM asked GROUP BY g)
SELECT ",
            $shown,
            ", c.asked, c.answered, c.closed, c.cancelled, f.p50, f.p90, d.p50, d.p90,
       c.rated, c.stars, c.marked, c.head_stars
  FROM counted c LEFT JOIN first_of f ON f.g = c.g LEFT JOIN done_of d ON d.g = c.g
 ORDER BY c.asked DESC, 1
 LIMIT ?4"
        )
    };
}

const TOTAL: &str = figures!("''", "c.g");
const BY_LINE: &str = figures!("line", "hex(c.g)");
const BY_CLASS: &str = figures!("class", "c.g");
const BY_CLIENT: &str = figures!("coalesce(organisation, x'')", "hex(c.g)");
const BY_PRODUCT: &str = figures!("program", "c.g");
const BY_SPECIALIST: &str = figures!("coalesce(owner, x'')", "hex(c.g)");
/// No firm has more clients or people; a bound all the same.
const MOST_ROWS: i64 = 10_000;

type Counted = (String, i64, i64, i64, i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>, i64, i64, i64, i64);

async fn rows(db: &mut Db, sql: &'static str, of: &Of, most: i64) -> Answer<Vec<(String, Figures)>> {
    let query = sqlx::query_as(sql).bind(of.from).bind(of.to).bind(of.line.as_deref()).bind(most);
    let rows: Vec<Counted> = query.fetch_all(db).await.map_err(at("reports.figures"))?;
    rows.into_iter().map(figures).collect()
}

fn figures(row: Counted) -> Answer<(String, Figures)> {
    let (group, asked, answered, closed, cancelled, f50, f90, c50, c90, rated, stars, marked, head_stars) = row;
    let place = "requests";
    let figures = Figures {
        asked: count(asked, place)?,
        answered: count(answered, place)?,
        closed: count(closed, place)?,
        cancelled: count(cancelled, place)?,
        first_p50: f50.map(Span),
        first_p90: f90.map(Span),
        closed_p50: c50.map(Span),
        closed_p90: c90.map(Span),
        rated: count(rated, place)?,
        stars: count(stars, place)?,
        marked: count(marked, place)?,
        head_stars: count(head_stars, place)?,
    };
    Ok((group, figures))
}

/// The group is an id in hex, or nothing.
fn by_id((group, figures): (String, Figures)) -> Answer<Row> {
    let of = match group.as_str() {
        "" => None,
        hex => Some(Uuid::parse_str(hex).map_err(|_| StoreError::Corrupt("requests"))?.to_string()),
    };
    Ok(Row { of, figures })
}

fn by_word((group, figures): (String, Figures)) -> Row {
    Row { of: Some(group).filter(|group| !group.is_empty()), figures }
}

pub(super) async fn total(db: &mut Db, of: &Of) -> Answer<Figures> {
    Ok(rows(db, TOTAL, of, 1).await?.pop().map(|(_, figures)| figures).unwrap_or_default())
}

pub(super) async fn by_line(db: &mut Db, of: &Of) -> Answer<Vec<Row>> {
    rows(db, BY_LINE, of, MOST_ROWS).await?.into_iter().map(by_id).collect()
}

pub(super) async fn by_class(db: &mut Db, of: &Of) -> Answer<Vec<Row>> {
    Ok(rows(db, BY_CLASS, of, MOST_ROWS).await?.into_iter().map(by_word).collect())
}

pub(super) async fn by_client(db: &mut Db, of: &Of) -> Answer<Vec<Row>> {
    rows(db, BY_CLIENT, of, MOST_ROWS).await?.into_iter().map(by_id).collect()
}

pub(super) async fn by_product(db: &mut Db, of: &Of) -> Answer<Vec<Row>> {
    let most = i64::try_from(MOST_PRODUCTS).unwrap_or(MOST_ROWS);
    Ok(rows(db, BY_PRODUCT, of, most).await?.into_iter().map(by_word).collect())
}

pub(super) async fn by_specialist(db: &mut Db, of: &Of) -> Answer<Vec<Row>> {
    rows(db, BY_SPECIALIST, of, MOST_ROWS).await?.into_iter().map(by_id).collect()
}
