//! What somebody may read, in the order of the log.
//!
//! There are two ways to it, and each is endless where the other is short. *Walking* looks at every event
//! since the cursor: a few for who is up to date, all of the firm's for a customer's new device. *Gathering*
//! takes the person's own streams and sorts: little for a customer, and for staff the whole history for
//! each page.

use opora_desk::{record::Feed, store::Answer};
use opora_domain::PersonId;
use sqlx::SqliteConnection as Db;

use super::{EventRow, event, head};
use crate::error::at;

/// The columns and the end of both ways. An erased body leaves its header; it is then left out of the join.
macro_rules! feed {
    ($from:literal) => {
        concat!(
            "
SELECT s.name, e.seq, e.gseq, e.id, e.at, e.by, coalesce(b.body, '{\"is\":\"erased\"}')
  FROM ",
            $from,
            "
  JOIN streams s ON s.id = e.stream
  LEFT JOIN event_bodies b ON b.gseq = e.gseq
 WHERE r.person = ?1 AND r.from_seq <= e.seq AND (r.to_seq IS NULL OR e.seq <= r.to_seq)
   AND e.gseq > ?2 AND e.gseq <= ?3
 ORDER BY e.gseq
 LIMIT ?4"
        )
    };
}
/// The order of a CROSS JOIN is the order that is written.
const WALK: &str = feed!("events e CROSS JOIN rights r ON r.stream = e.stream");
const GATHER: &str = feed!("rights r CROSS JOIN events e ON e.stream = r.stream");
const HELD: &str = "
SELECT coalesce(sum(max(min(s.head, coalesce(r.to_seq, s.head)) - r.from_seq + 1, 0)), 0)
  FROM rights r JOIN streams s ON s.id = r.stream WHERE r.person = ?1";
/// So many events are walked without counting anything first: some milliseconds.
const NEAR: i64 = 2_000;

/// Head and events must be of one moment: `db` is inside a transaction.
pub(crate) async fn feed(db: &mut Db, person: PersonId, after: i64, most: i64) -> Answer<Feed> {
    let head = head(db).await?;
    if head <= after {
        return Ok(Feed { events: Vec::new(), cursor: head, more: false });
    }
    let way = way(db, person, head - after, most).await?;
    let query = sqlx::query_as(way).bind(person.0.as_bytes().to_vec()).bind(after).bind(head).bind(most);
    let rows: Vec<EventRow> = query.fetch_all(db).await.map_err(at("log.feed"))?;
    let events = rows.into_iter().map(event).collect::<Answer<Vec<_>>>()?;
    let full = i64::try_from(events.len()).is_ok_and(|many| many >= most);
    let cursor = events.last().filter(|_| full).map_or(head, |event| event.gseq);
    Ok(Feed { events, cursor, more: full && cursor < head })
}

async fn way(db: &mut Db, person: PersonId, distance: i64, most: i64) -> Answer<&'static str> {
    if distance <= NEAR {
        return Ok(WALK);
    }
    let query = sqlx::query_as(HELD).bind(person.0.as_bytes().to_vec());
    let (held,): (i64,) = query.fetch_one(db).await.map_err(at("log.held"))?;
    Ok(if gathers(held, distance, most) { GATHER } else { WALK })
}

/// Gathering looks at all that is held for each page; walking finds `held` events evenly in the distance.
fn gathers(held: i64, distance: i64, most: i64) -> bool {
    held.saturating_mul(held.max(most)) < distance.saturating_mul(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_new_device_gathers_and_a_specialists_walks() {
        assert!(gathers(300, 3_000_000, 200), "a customer's two hundred talks among a year of the firm");
        assert!(!gathers(2_900_000, 3_000_000, 200), "nearly all of it is staff's");
    }
}
