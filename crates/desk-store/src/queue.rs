//! Requests, the load of who serves them, and who passed on what.

use std::collections::BTreeMap;

use opora_desk::{
    record::{Entry, Pass, Request, Server},
    store::{Answer, StoreError},
};
use opora_domain::{
    LineId, OrganisationId, PersonId, RequestId, Timestamp,
    queue::Waiting,
    request::{Class, State},
};
use sqlx::SqliteConnection as Db;
use uuid::Uuid;

use crate::{
    error::at,
    value::{count, id, json, to_json, to_word, word},
};

const ADD: &str = "
INSERT INTO requests (id, customer, line, class, ask, since, state, holder, until, epoch, organisation)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const GET: &str = "
SELECT customer, ask, since, state, holder, until, epoch, organisation FROM requests WHERE id = ?1";
/// The guard: whoever comes with an older epoch comes too late. Who passed on it is forgotten once it is
/// taken or over.
const MOVE: &str = "
UPDATE requests SET state = ?3, holder = ?4, until = ?5, epoch = epoch + 1 WHERE id = ?1 AND epoch = ?2;
DELETE FROM passes WHERE changes() > 0 AND request = ?1 AND ?3 NOT IN ('waiting', 'offered')";
const QUEUE: &str = "
SELECT id, customer, line, class, since, state, holder, until, epoch, coalesce(b.urgent, 1), organisation
  FROM requests LEFT JOIN request_basis b ON b.request = id
 WHERE state IN ('waiting', 'offered') ORDER BY since, id";
/// The other guard: nobody holds more than the capacity.
const TAKE: &str = "UPDATE specialist_load SET active = active + 1 WHERE person = ?1 AND active < capacity";
const FREE: &str = "UPDATE specialist_load SET active = max(active - 1, 0), idle_since = ?2 WHERE person = ?1";
const SERVERS: &str = "
SELECT p.id, p.role, p.on_line, d.status, d.until, l.active, l.capacity, l.idle_since
  FROM specialist_load l CROSS JOIN persons p ON p.id = l.person LEFT JOIN declared d ON d.person = p.id
 ORDER BY l.person";
const LINES: &str = "
SELECT pl.person, pl.line FROM person_lines pl JOIN specialist_load l ON l.person = pl.person ORDER BY pl.line";
const PASSES: &str = "SELECT person, request, rests_until FROM passes ORDER BY request";
const ADD_PASS: &str = "
INSERT INTO passes (request, person, rests_until) VALUES (?1, ?2, ?3)
ON CONFLICT (request, person) DO UPDATE SET rests_until = excluded.rests_until";
/// A load is a count kept beside what it counts; after a start it is that count again. Only what is not
/// over is looked at: both indices know nothing else.
const REPAIR: &str = "
UPDATE specialist_load SET active =
  (SELECT count(*) FROM requests r INDEXED BY requests_queue
    WHERE r.state IN ('waiting', 'offered') AND r.holder = specialist_load.person)
  + (SELECT count(*) FROM requests r INDEXED BY requests_held
      WHERE r.state = 'accepted' AND r.holder = specialist_load.person AND r.id NOT IN (SELECT request FROM holds))";

fn bytes(id: Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

type Columns = (&'static str, Option<PersonId>, Option<Timestamp>);

fn to_columns(state: State) -> Columns {
    match state {
        State::Waiting => ("waiting", None, None),
        State::Offered { to, until } => ("offered", Some(to), Some(until)),
        State::Accepted { by } => ("accepted", Some(by), None),
        State::Closed => ("closed", None, None),
        State::Cancelled => ("cancelled", None, None),
    }
}

pub(crate) fn state(word: &str, holder: Option<Vec<u8>>, until: Option<i64>) -> Answer<State> {
    let holder = holder.map(|bytes| id(&bytes, "requests")).transpose()?;
    match (word, holder, until) {
        ("waiting", ..) => Ok(State::Waiting),
        ("offered", Some(to), Some(until)) => Ok(State::Offered { to, until: Timestamp(until) }),
        ("accepted", Some(by), _) => Ok(State::Accepted { by }),
        ("closed", ..) => Ok(State::Closed),
        ("cancelled", ..) => Ok(State::Cancelled),
        _ => Err(StoreError::Corrupt("requests")),
    }
}

fn organisation(bytes: Option<&[u8]>) -> Answer<Option<OrganisationId>> {
    bytes.map(|bytes| id(bytes, "requests")).transpose()
}

pub(crate) async fn repair(db: &mut Db) -> Answer<()> {
    sqlx::query(REPAIR).execute(db).await.map_err(at("queue.repair"))?;
    Ok(())
}

pub(crate) async fn add(db: &mut Db, request: &Request) -> Answer<()> {
    let (state, holder, until) = to_columns(request.state);
    sqlx::query(ADD)
        .bind(bytes(request.id.0))
        .bind(bytes(request.customer.0))
        .bind(bytes(request.ask.line.0))
        .bind(to_word(&request.ask.class, "requests")?)
        .bind(to_json(&request.ask, "requests")?)
        .bind(request.since.0)
        .bind(state)
        .bind(holder.map(|holder| bytes(holder.0)))
        .bind(until.map(|until| until.0))
        .bind(request.epoch)
        .bind(request.organisation.map(|one| bytes(one.0)))
        .execute(db)
        .await
        .map_err(at("queue.add"))?;
    Ok(())
}

pub(crate) async fn get(db: &mut Db, request: RequestId) -> Answer<Option<Request>> {
    type Row = (Vec<u8>, String, i64, String, Option<Vec<u8>>, Option<i64>, i64, Option<Vec<u8>>);
    let found: Option<Row> =
        sqlx::query_as(GET).bind(bytes(request.0)).fetch_optional(db).await.map_err(at("queue.get"))?;
    let Some((customer, ask, since, word, holder, until, epoch, firm)) = found else { return Ok(None) };
    let (customer, ask) = (id(&customer, "requests")?, json(&ask, "requests")?);
    let state = state(&word, holder, until)?;
    let (since, organisation) = (Timestamp(since), organisation(firm.as_deref())?);
    Ok(Some(Request { id: request, customer, ask, organisation, since, state, epoch }))
}

pub(crate) async fn move_to(db: &mut Db, request: RequestId, epoch: i64, to: State) -> Answer<bool> {
    let (state, holder, until) = to_columns(to);
    let query = sqlx::query(MOVE).bind(bytes(request.0)).bind(epoch).bind(state);
    let query = query.bind(holder.map(|holder| bytes(holder.0))).bind(until.map(|until| until.0));
    Ok(query.execute(db).await.map_err(at("queue.move_to"))?.rows_affected() > 0)
}

pub(crate) async fn entries(db: &mut Db) -> Answer<Vec<Entry>> {
    type Bytes = Vec<u8>;
    type Row = (Bytes, Bytes, Bytes, String, i64, String, Option<Bytes>, Option<i64>, i64, bool, Option<Bytes>);
    let rows: Vec<Row> = sqlx::query_as(QUEUE).fetch_all(db).await.map_err(at("queue.entries"))?;
    let entry = |(request, customer, line, class, since, stage, holder, until, epoch, urgent, firm): Row| {
        let place = "requests";
        let class = word::<Class>(&class, place)?.counted(urgent);
        let waiting = Waiting { request: id(&request, place)?, class, since: Timestamp(since) };
        let state = state(&stage, holder, until)?;
        let (line, customer) = (id(&line, place)?, id(&customer, place)?);
        Ok(Entry { waiting, line, customer, organisation: organisation(firm.as_deref())?, state, epoch })
    };
    rows.into_iter().map(entry).collect()
}

pub(crate) async fn take_load(db: &mut Db, person: PersonId) -> Answer<bool> {
    let taken = sqlx::query(TAKE).bind(bytes(person.0)).execute(db).await.map_err(at("queue.take_load"))?;
    Ok(taken.rows_affected() > 0)
}

pub(crate) async fn free_load(db: &mut Db, person: PersonId, now: Timestamp) -> Answer<()> {
    sqlx::query(FREE).bind(bytes(person.0)).bind(now.0).execute(db).await.map_err(at("queue.free_load"))?;
    Ok(())
}

pub(crate) async fn add_pass(db: &mut Db, request: RequestId, person: PersonId, until: Timestamp) -> Answer<()> {
    let query = sqlx::query(ADD_PASS).bind(bytes(request.0)).bind(bytes(person.0)).bind(until.0);
    query.execute(db).await.map_err(at("queue.add_pass"))?;
    Ok(())
}

pub(crate) async fn servers(db: &mut Db) -> Answer<Vec<Server>> {
    type Row = (Vec<u8>, String, bool, Option<String>, Option<i64>, i64, i64, i64);
    let here = at("queue.servers");
    let rows: Vec<Row> = sqlx::query_as(SERVERS).fetch_all(&mut *db).await.map_err(here)?;
    let mut lines = lines(db).await?;
    let mut passes = passes(db).await?;
    let server = |(person, role, on_line, status, until, active, capacity, idle_since): Row| {
        let person = id(&person, "persons")?;
        Ok(Server {
            person,
            role: word(&role, "persons")?,
            lines: lines.remove(&person).unwrap_or_default(),
            declared: crate::routing::declared(status.as_deref(), until, on_line)?,
            active: count(active, "specialist_load")?,
            capacity: count(capacity, "specialist_load")?,
            idle_since: Timestamp(idle_since),
            passed: passes.remove(&person).unwrap_or_default(),
        })
    };
    rows.into_iter().map(server).collect()
}

async fn lines(db: &mut Db) -> Answer<BTreeMap<PersonId, Vec<LineId>>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(LINES).fetch_all(db).await.map_err(at("queue.lines"))?;
    let mut all: BTreeMap<PersonId, Vec<LineId>> = BTreeMap::new();
    for (person, line) in rows {
        all.entry(id(&person, "person_lines")?).or_default().push(id(&line, "person_lines")?);
    }
    Ok(all)
}

async fn passes(db: &mut Db) -> Answer<BTreeMap<PersonId, Vec<Pass>>> {
    let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = sqlx::query_as(PASSES).fetch_all(db).await.map_err(at("queue.passes"))?;
    let mut all: BTreeMap<PersonId, Vec<Pass>> = BTreeMap::new();
    for (person, request, until) in rows {
        let pass = Pass { request: id(&request, "passes")?, rests_until: Timestamp(until) };
        all.entry(id(&person, "passes")?).or_default().push(pass);
    }
    Ok(all)
}
