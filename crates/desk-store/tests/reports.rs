//! The figures of any requests are those that plain queries find, a query for each figure and group.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use opora_desk::store::ReportsStore;
use opora_desk_store::SqliteStore;
use opora_domain::{
    LineId, Span, Timestamp,
    report::{Ask, Figures, MOST_PRODUCTS, Report, Row, STEP, Step, by_day_and_hour},
};
use opora_runtime::Rng;
use proptest::{prelude::*, test_runner::TestRunner};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use uuid::Uuid;

type TestResult<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// A request as the table keeps it; things are named by small numbers, 0 is none.
#[derive(Debug, Clone)]
struct Asked {
    line: u8,
    class: &'static str,
    organisation: u8,
    program: &'static str,
    owner: u8,
    since: i64,
    state: &'static str,
    first: Option<i64>,
    done: Option<i64>,
    stars: Option<i64>,
    head: Option<i64>,
}

/// Moments around the period, its ends among them; few enough that many are equal.
fn moment() -> impl Strategy<Value = i64> {
    (-2_i64..12).prop_map(|quarter| quarter * STEP.0 / 2)
}

/// Few lengths, so that many are equal.
fn length() -> impl Strategy<Value = Option<i64>> {
    proptest::option::of((0_i64..8).prop_map(|minutes| minutes * 60_000_000))
}

fn asked() -> impl Strategy<Value = Asked> {
    let what = (
        1_u8..4,
        proptest::sample::select(vec!["error", "question", "broken", "wish"]),
        0_u8..4,
        proptest::sample::select(vec!["", "Бухгалтерия", "Торговля", "бухгалтерия", "Tally"]),
        0_u8..4,
        proptest::sample::select(vec!["waiting", "offered", "accepted", "closed", "cancelled"]),
    );
    let figures = (moment(), length(), length(), proptest::option::of(1_i64..6), proptest::option::of(1_i64..6));
    (what, figures).prop_map(|((line, class, organisation, program, owner, state), figures)| {
        let (since, first, done, stars, head) = figures;
        Asked { line, class, organisation, program, owner, since, state, first, done, stars, head }
    })
}

fn id(number: u8) -> Uuid {
    Uuid::from_u128(u128::from(number))
}

fn bytes(number: u8) -> Option<Vec<u8>> {
    (number > 0).then(|| id(number).as_bytes().to_vec())
}

const PUT: &str = "
INSERT INTO requests (id, customer, line, class, ask, since, state, organisation, program, owner, first_work, closed_work,
                      stars, head_stars)
VALUES (?1, x'01', ?2, ?3, '{}', ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

async fn put(db: &mut SqliteConnection, requests: &[Asked]) -> TestResult {
    let mut tx = db.begin().await?;
    sqlx::query("DELETE FROM requests").execute(&mut *tx).await?;
    for (number, one) in requests.iter().enumerate() {
        let query = sqlx::query(PUT).bind(i64::try_from(number)?.to_be_bytes().to_vec()).bind(bytes(one.line));
        let query = query.bind(one.class).bind(one.since).bind(one.state).bind(bytes(one.organisation));
        let query = query.bind(one.program).bind(bytes(one.owner)).bind(one.first).bind(one.done);
        query.bind(one.stars).bind(one.head).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}

/// One query for each group: percentiles by the engine's own ranks.
const FIGURES: &str = "
WITH asked AS (
  SELECT {group} AS g, state, first_work, closed_work, stars, head_stars
    FROM requests WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3)),
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
SELECT c.g, c.asked, c.answered, c.closed, c.cancelled, f.p50, f.p90, d.p50, d.p90,
       c.rated, c.stars, c.marked, c.head_stars
  FROM counted c LEFT JOIN first_of f ON f.g = c.g LEFT JOIN done_of d ON d.g = c.g
 ORDER BY c.asked DESC, 1";
const STEPS: &str = "
SELECT since / 900000000 AS step, count(*), sum(state = 'closed') FROM requests
 WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3) GROUP BY step";
const STARS: &str = "
SELECT stars, count(*) FROM requests
 WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3) AND stars IS NOT NULL GROUP BY stars";

type Counted = (String, u32, u32, u32, u32, Option<i64>, Option<i64>, Option<i64>, Option<i64>, u32, u32, u32, u32);

async fn rows(db: &mut SqliteConnection, group: &str, ask: &Ask) -> TestResult<Vec<Row>> {
    let query = sqlx::query_as(AssertSqlSafe(FIGURES.replace("{group}", group)));
    let line = ask.line.map(|line| line.as_bytes().to_vec());
    let rows: Vec<Counted> = query.bind(ask.from.0).bind(ask.to.0).bind(line).fetch_all(db).await?;
    let row = |(group, asked, answered, closed, cancelled, f50, f90, c50, c90, rated, stars, marked, head): Counted| {
        let of = Some(group).filter(|group| !group.is_empty());
        let (first_p50, first_p90) = (f50.map(Span), f90.map(Span));
        let (closed_p50, closed_p90, head_stars) = (c50.map(Span), c90.map(Span), head);
        let figures = Figures {
            asked,
            answered,
            closed,
            cancelled,
            first_p50,
            first_p90,
            closed_p50,
            closed_p90,
            rated,
            stars,
            marked,
            head_stars,
        };
        Row { of, figures }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Rows by ids, which are shown as everywhere else.
async fn by_id(db: &mut SqliteConnection, column: &str, ask: &Ask) -> TestResult<Vec<Row>> {
    let shown = |of: Option<String>| of.map(|hex| Uuid::parse_str(&hex).map(|id| id.to_string())).transpose();
    let rows = rows(db, &format!("hex(coalesce({column}, x''))"), ask).await?;
    rows.into_iter().map(|row| Ok(Row { of: shown(row.of)?, figures: row.figures })).collect()
}

/// The report as plain queries find it.
async fn plain(db: &mut SqliteConnection, ask: &Ask, zone: &TimeZone) -> TestResult<Report> {
    let line = ask.line.map(|line| line.as_bytes().to_vec());
    let query = sqlx::query_as(STEPS).bind(ask.from.0).bind(ask.to.0).bind(&line);
    let steps: Vec<(i64, u32, u32)> = query.fetch_all(&mut *db).await?;
    let steps: Vec<Step> = steps.into_iter().map(|(number, asked, closed)| Step { number, asked, closed }).collect();
    let query = sqlx::query_as(STARS).bind(ask.from.0).bind(ask.to.0).bind(&line);
    let stars: BTreeMap<i64, u32> = query.fetch_all(&mut *db).await?.into_iter().collect();
    let (days, hours) = by_day_and_hour(&steps, zone);
    let mut products = rows(db, "program", ask).await?;
    products.truncate(MOST_PRODUCTS);
    Ok(Report {
        total: rows(db, "''", ask).await?.pop().map(|row| row.figures).unwrap_or_default(),
        lines: by_id(db, "line", ask).await?,
        classes: rows(db, "class", ask).await?,
        clients: by_id(db, "organisation", ask).await?,
        products,
        specialists: by_id(db, "owner", ask).await?,
        days,
        hours,
        stars: [1, 2, 3, 4, 5].map(|many| stars.get(&many).copied().unwrap_or_default()),
        ..Report::default()
    })
}

/// A desk's file, as its store reads it and beside it.
struct Both {
    store: SqliteStore,
    db: SqliteConnection,
    _folder: tempfile::TempDir,
}

impl Both {
    async fn open() -> TestResult<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("desk.db");
        let store = SqliteStore::open(&path, &Rng::system()).await?;
        // Only the requests matter here, nobody else is there.
        let options = SqliteConnectOptions::new().filename(&path).foreign_keys(false);
        Ok(Self { store, db: SqliteConnection::connect_with(&options).await?, _folder: folder })
    }

    async fn reports(&mut self, ask: &Ask) -> TestResult<(Report, Report)> {
        let zone = ask.check()?;
        Ok((self.store.report(ask, &zone).await?, plain(&mut self.db, ask, &zone).await?))
    }
}

fn ask() -> impl Strategy<Value = Ask> {
    (0_i64..3, 3_i64..10, 0_u8..5).prop_map(|(from, to, line)| {
        let line = (line > 0).then(|| LineId(id(line)));
        Ask { from: Timestamp(from * STEP.0 / 2), to: Timestamp(to * STEP.0 / 2), zone: "Asia/Kolkata".into(), line }
    })
}

#[test]
fn figures_of_any_requests_are_those_of_plain_queries() -> TestResult {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let both = std::cell::RefCell::new(runtime.block_on(Both::open())?);
    let cases = (proptest::collection::vec(asked(), 0..70), ask());
    TestRunner::default().run(&cases, |(requests, ask)| {
        let both = &mut *both.borrow_mut();
        let reports = runtime.block_on(async {
            put(&mut both.db, &requests).await?;
            both.reports(&ask).await
        });
        let (report, plain) = reports.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(report, plain);
        Ok(())
    })?;
    Ok(())
}

#[tokio::test]
async fn of_many_products_the_most_asked_are_shown_and_all_are_counted() -> TestResult {
    let mut both = Both::open().await?;
    let names: &'static [String] = Box::leak((0..260).map(|n| format!("Программа {n}")).collect());
    let one = |program: &'static String, number: usize| Asked {
        line: 1,
        class: "error",
        organisation: 1,
        program,
        owner: 1,
        since: 0,
        state: "closed",
        first: i64::try_from(number).ok(),
        done: None,
        stars: None,
        head: None,
    };
    let twice = names.iter().enumerate().filter(|(number, _)| number % 3 == 0);
    let requests: Vec<Asked> = names.iter().enumerate().chain(twice).map(|(n, name)| one(name, n)).collect();
    put(&mut both.db, &requests).await?;
    let ask = Ask { from: Timestamp(0), to: Timestamp(1), zone: "UTC".into(), line: None };
    let (report, plain) = both.reports(&ask).await?;
    assert_eq!((report.products.len(), report.total.asked), (MOST_PRODUCTS, 347));
    assert_eq!(report, plain);
    Ok(())
}
