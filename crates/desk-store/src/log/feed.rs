//! What somebody may read, in the order of the log.
//!
//! There are two ways to it, and each is endless where the other is short. *Walking* looks at every event
//! since the cursor: a few for who is up to date, all of the firm's for a customer's new device. *Gathering*
//! takes the person's own streams and sorts: little for a customer, and for staff the whole history for
//! each page.

use opora_desk::{record::Feed, store::Answer};
use opora_domain::PersonId;
use opora_wire::event::Event;
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
    let events = go(db, way, person, (after, head), most).await?;
    let full = i64::try_from(events.len()).is_ok_and(|many| many >= most);
    let cursor = events.last().filter(|_| full).map_or(head, |event| event.gseq);
    Ok(Feed { events, cursor, more: full && cursor < head })
}

async fn go(
    db: &mut Db,
    way: &'static str,
    person: PersonId,
    (after, head): (i64, i64),
    most: i64,
) -> Answer<Vec<Event>> {
    let query = sqlx::query_as(way).bind(person.0.as_bytes().to_vec()).bind(after).bind(head).bind(most);
    let rows: Vec<EventRow> = query.fetch_all(db).await.map_err(at("log.feed"))?;
    rows.into_iter().map(event).collect()
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
    use opora_desk::{
        record::NewEvent,
        store::{Store, Tx},
    };
    use opora_domain::Timestamp;
    use opora_runtime::Rng;
    use opora_wire::event::{EventBody, Stream};

    use super::*;
    use crate::SqliteStore;

    #[test]
    fn a_customers_new_device_gathers_and_a_specialists_walks() {
        assert!(gathers(300, 3_000_000, 200), "a customer's two hundred talks among a year of the firm");
        assert!(!gathers(2_900_000, 3_000_000, 200), "nearly all of it is staff's");
    }

    #[tokio::test]
    async fn both_ways_lead_to_the_same_events() -> Result<(), Box<dyn std::error::Error>> {
        let (folder, rng) = (tempfile::tempdir()?, Rng::seeded(3));
        let store = SqliteStore::open(&folder.path().join("desk.db"), &rng).await?;
        let boris = PersonId(rng.uuid_v7(Timestamp(1)));
        let streams = [Stream::Desk, Stream::Staff, Stream::Supervisors, Stream::Person(boris)];
        for number in 0..60 {
            let mut tx = store.begin().await?;
            match number {
                10 => _ = tx.grant(boris, Stream::Staff, 3).await?,
                20 => _ = tx.grant(boris, Stream::Person(boris), 1).await?,
                40 => _ = tx.leave(boris, Stream::Staff).await?,
                _ => {}
            }
            let stream = streams[usize::try_from(rng.up_to(3))?];
            let body = EventBody::DeskNamed { name: number.to_string() };
            tx.append(NewEvent { stream, id: rng.uuid_v7(Timestamp(1)), by: None, body });
            tx.commit(Timestamp(1)).await?;
        }
        let db = &mut *store.snapshot().await?;
        for (after, most) in [(0, 100), (0, 3), (17, 5), (59, 5)] {
            let walked = go(db, WALK, boris, (after, 60), most).await?;
            let gathered = go(db, GATHER, boris, (after, 60), most).await?;
            assert_eq!(walked, gathered, "{most} after {after}");
        }
        assert!(go(db, WALK, boris, (0, 60), 100).await?.len() > 10, "there was something to find");
        Ok(())
    }
}
