//! The requests of a period, read once, by one covering index.

use futures_util::TryStreamExt;
use opora_desk::store::{Answer, StoreError};
use sqlx::{Row, SqliteConnection as Db, sqlite::SqliteRow};

use super::{Of, figures::Asked};
use crate::{error::at, value::count};

/// As few columns as can be: each is copied on its way out of the engine. The last holds the stars in its tens and
/// the head's in its hundreds; nought is none.
const ASKED: &str = "
SELECT line, class, coalesce(organisation, x''), program, coalesce(owner, x''), since, first_work, closed_work,
       (CASE state WHEN 'closed' THEN 1 WHEN 'cancelled' THEN 2 ELSE 0 END)
       + 10 * coalesce(stars, 0) + 100 * coalesce(head_stars, 0)
  FROM requests INDEXED BY requests_report
 WHERE since >= ?1 AND since < ?2 AND (?3 IS NULL OR line = ?3)";

/// Calls `each` with every request and the moment when it was asked.
pub(super) async fn each(db: &mut Db, of: &Of, mut each: impl FnMut(i64, &Asked<'_>) -> Answer<()>) -> Answer<()> {
    let here = at("reports.asked");
    let query = sqlx::query(ASKED).bind(of.from).bind(of.to).bind(of.line.as_deref());
    let mut rows = query.fetch(db);
    while let Some(row) = rows.try_next().await.map_err(here)? {
        let (since, asked) = read(&row).map_err(here)?;
        each(since, &asked?)?;
    }
    Ok(())
}

fn read(row: &SqliteRow) -> Result<(i64, Answer<Asked<'_>>), sqlx::Error> {
    // Types are the columns' own (the table is STRICT), so nobody looks them up for each value.
    let bytes = |place: usize| row.try_get_unchecked::<&[u8], _>(place);
    let text = |place: usize| row.try_get_unchecked::<&str, _>(place).map(str::as_bytes);
    let rest: i64 = row.try_get_unchecked(8)?;
    let asked = Asked {
        of: [bytes(0)?, text(1)?, bytes(2)?, text(3)?, bytes(4)?],
        first: row.try_get_unchecked(6)?,
        done: row.try_get_unchecked(7)?,
        ..Asked::default()
    };
    Ok((row.try_get_unchecked(5)?, with(asked, rest)))
}

/// Takes the last column apart.
fn with(asked: Asked<'_>, rest: i64) -> Answer<Asked<'_>> {
    let digit = |number: i64| match count(number % 10, "requests")? {
        0 => Ok(None),
        stars @ 1..=5 => Ok(Some(stars)),
        _ => Err(StoreError::Corrupt("requests")),
    };
    let (closed, cancelled) = (rest % 10 == 1, rest % 10 == 2);
    Ok(Asked { closed, cancelled, stars: digit(rest / 10)?, head_stars: digit(rest / 100)?, ..asked })
}
