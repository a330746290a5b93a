//! How fast a year is reckoned: `cargo run --release -p opora-desk-store --example report_speed [REQUESTS]`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use jiff::tz::TimeZone;
use opora_desk::store::ReportsStore;
use opora_desk_store::SqliteStore;
use opora_domain::{LineId, Timestamp, report::Ask};
use opora_runtime::Rng;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use uuid::Uuid;

/// 2026-01-01, and a year in microseconds.
const FROM: i64 = 1_767_225_600_000_000;
const YEAR: i64 = 365 * 86_400_000_000;
const PEOPLE: &str = "
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 411)
INSERT INTO persons (id, name, role, organisation, made_at, joined_at)
SELECT unhex(printf('%032x', 1000 + i)), 'Человек ' || i, iif(i < 12, 'specialist', 'customer'),
       iif(i < 12, NULL, unhex(printf('%032x', 5000 + i % 60))), 1, 2 FROM n";
const ORGANISATIONS: &str = "
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
INSERT INTO organisations (id, name) SELECT unhex(printf('%032x', 5000 + i)), 'Клиент ' || i FROM n";
const LINES: &str = "
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
INSERT INTO lines (id, name) SELECT unhex(printf('%032x', 9000 + i)), 'Линия ' || i FROM n";
const REQUESTS: &str = "
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1),
     r AS (SELECT i, abs(random()) AS x, abs(random()) AS y FROM n)
INSERT INTO requests (id, customer, line, class, ask, since, state, epoch, organisation, program, opened_at, owner,
                      first_human_at, first_work, closed_at, closed_work, stars)
SELECT unhex(printf('%032x', 1000000 + i)), unhex(printf('%032x', 1012 + x % 400)), unhex(printf('%032x', 9000 + x % 4)),
       CASE x % 4 WHEN 0 THEN 'error' WHEN 1 THEN 'question' WHEN 2 THEN 'broken' ELSE 'wish' END,
       printf('{\"line\":\"x\",\"class\":\"error\",\"description\":\"%.400c\"}', 'x'),
       ?2 + (x % 365) * 86400000000 + (y % 86400) * 1000000, iif(y % 20 = 0, 'cancelled', 'closed'), 3,
       unhex(printf('%032x', 5000 + x % 60)), 'Программа ' || (x % 40), 0, unhex(printf('%032x', 1000 + y % 12)),
       1, (y % 3600) * 1000000, 1, (y % 36000) * 1000000, iif(x % 2 = 0, 1 + y % 5, NULL) FROM r";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let many: i64 = std::env::args().nth(1).map_or(Ok(200_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("desk.db");
    let store = SqliteStore::open(&path, &Rng::system()).await?;
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&path)).await?;
    let began = Instant::now();
    for sql in [ORGANISATIONS, PEOPLE, LINES] {
        sqlx::raw_sql(sql).execute(&mut db).await?;
    }
    sqlx::query(REQUESTS).bind(many).bind(FROM).execute(&mut db).await?;
    db.close().await?;
    println!("{many} requests written in {:.1?}", began.elapsed());
    let zone = TimeZone::get("Asia/Yekaterinburg")?;
    let ask = |to, line| Ask { from: Timestamp(FROM), to: Timestamp(to), zone: "Asia/Yekaterinburg".into(), line };
    let line = LineId(Uuid::from_u128(9000));
    for (what, ask) in [
        ("the year", ask(FROM + YEAR, None)),
        ("the year again", ask(FROM + YEAR, None)),
        ("one line of it", ask(FROM + YEAR, Some(line))),
        ("a month", ask(FROM + YEAR / 12, None)),
    ] {
        let began = Instant::now();
        let report = store.report(&ask, &zone).await?;
        println!("{what}: {} requests in {:.2?}", report.total.asked, began.elapsed());
    }
    let began = Instant::now();
    let day = store.day(Timestamp(FROM + YEAR - 86_400_000_000)).await?;
    println!("the board's day: {} requests in {:.2?}", day.asked, began.elapsed());
    Ok(())
}
